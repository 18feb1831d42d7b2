//! The whole matrix, as one table to read.

#![allow(clippy::unwrap_used)]

use std::fmt::Write as _;

use super::*;

fn member(role: Role, boards: &[i64], rooms: &[i64]) -> Viewer {
    Viewer::Member(Member {
        id: MemberId(1),
        name: "one".into(),
        display: "One".into(),
        role,
        trust: 0,
        boards: boards.iter().copied().map(BoardId).collect(),
        rooms: rooms.iter().copied().map(RoomId).collect(),
        credential: Credential::Console,
    })
}

fn viewers() -> Vec<(&'static str, Viewer)> {
    vec![
        ("guest", Viewer::Guest),
        ("member", member(Role::Member, &[], &[])),
        ("mod here", member(Role::Member, &[5], &[5])),
        ("mod elsewhere", member(Role::Member, &[6], &[6])),
        ("moderator", member(Role::Moderator, &[], &[])),
        ("admin", member(Role::Admin, &[], &[])),
    ]
}

fn places() -> Vec<(&'static str, Place)> {
    let board = |readers, writers, archived| Place::Board { id: BoardId(5), readers, writers, archived };
    let room = |access, archived, joined| Place::Room { id: RoomId(5), access, archived, joined };
    vec![
        ("site", Place::Site),
        ("public board", board(Readers::Public, Writers::Members, false)),
        ("announcements", board(Readers::Public, Writers::Staff, false)),
        ("members' board", board(Readers::Members, Writers::Members, false)),
        ("staff board", board(Readers::Staff, Writers::Members, false)),
        ("archived board", board(Readers::Public, Writers::Members, true)),
        ("open room", room(RoomAccess::Open, false, false)),
        ("closed room, outside", room(RoomAccess::Closed, false, false)),
        ("closed room, inside", room(RoomAccess::Closed, false, true)),
        ("direct room, outside", room(RoomAccess::Direct, false, false)),
        ("direct room, inside", room(RoomAccess::Direct, false, true)),
        ("archived room", room(RoomAccess::Open, true, true)),
    ]
}

fn targets() -> Vec<(&'static str, Target)> {
    let other = Target { author: Some(MemberId(2)), author_role: Some(Role::Member), ..Target::default() };
    vec![
        ("another's", other),
        ("own", Target { author: Some(MemberId(1)), ..other }),
        ("a moderator's", Target { author_role: Some(Role::Moderator), ..other }),
        ("locked", Target { locked: true, ..other }),
        ("own, locked", Target { author: Some(MemberId(1)), locked: true, ..other }),
        ("removed", Target { removed: true, ..other }),
    ]
}

#[test]
fn matrix() {
    let mut out = String::new();
    for (place_name, place) in places() {
        for (target_name, target) in targets() {
            writeln!(out, "\n{place_name} / {target_name}").unwrap();
            for action in Action::ALL {
                write!(out, "  {:<12}", format!("{action:?}")).unwrap();
                for (name, viewer) in viewers() {
                    let word = match decide(&viewer, action, place, target) {
                        Ok(()) => "yes",
                        Err(Error::NotFound) => "-",
                        Err(Error::SignInNeeded) => "sign in",
                        Err(error) => error.code(),
                    };
                    write!(out, " {name}: {word};").unwrap();
                }
                out.push('\n');
            }
        }
    }
    insta::assert_snapshot!(out);
}

#[test]
fn nobody_reviews_their_own_text_and_nobody_reads_a_direct_room_from_outside() {
    for (_, viewer) in viewers() {
        for (_, place) in places() {
            let own = Target { author: Some(MemberId(1)), ..Target::default() };
            assert!(decide(&viewer, Action::Review, place, own).is_err());
            if matches!(place, Place::Room { access: RoomAccess::Direct, joined: false, .. }) {
                assert!(matches!(decide(&viewer, Action::Read, place, Target::default()), Err(Error::NotFound)));
            }
        }
    }
}
