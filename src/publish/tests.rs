//! What the filter does on the way to publication: values split over texts, settings of places, words of authors.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod sizes;

use super::*;
use crate::access::Role;
use crate::entity::board::Readers;
use crate::entity::finding::Ground;
use crate::entity::pii_policy::PolicyAction;
use crate::entity::pii_tally::{self, Tally};
use crate::entity::place_role::PlaceKind;
use crate::entity::room::RoomAccess;
use crate::ids::{BoardId, RoomId};
use crate::pii::Rule;
use crate::testing;
use sea_orm::EntityTrait;

fn envelope(nonce: &str, choice: Choice) -> Envelope {
    Envelope { nonce: nonce.to_owned(), choice, address: None }
}

async fn say(site: &Site, viewer: &Viewer, room: RoomId, (nonce, body): (&str, &str)) -> Outcome {
    let message = Submission::Message { room, reply_to: None, body: body.to_owned() };
    publish(site, viewer, message, envelope(nonce, Choice::Warn)).await.unwrap()
}

fn topic_of(board: BoardId, title: &str, body: &str) -> Submission {
    Submission::Topic { board, title: title.to_owned(), body: body.to_owned() }
}

fn warned(outcome: Outcome) -> Warning {
    let Outcome::Warned(warning) = outcome else { panic!("not warned: {outcome:?}") };
    warning
}

fn setting(action: PolicyAction) -> Setting {
    Setting { action, ..Setting::default_of(Rule::Email, Class::Public) }
}

async fn set(site: &Site, place: (PlaceKind, i64), rule: Rule, setting: Setting) {
    site.db
        .write(setting, move |tx, setting| async move { set_setting(&*tx, place, rule, *setting).await })
        .await
        .unwrap();
}

async fn tallies(site: &Site) -> Vec<(String, Tally, i64)> {
    let rows = pii_tally::Entity::find().all(site.db.reads()).await.unwrap();
    let mut rows: Vec<_> = rows.into_iter().map(|row| (row.rule, row.outcome, row.count)).collect();
    rows.sort();
    rows
}

#[tokio::test]
async fn a_number_split_over_messages_is_one_finding() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let bea = testing::member(&site, "bea", Role::Member).await;
    let room = testing::room(&site, "tea", RoomAccess::Open, &[&ada, &bea]).await;
    for (nonce, part) in [("a", "4539 1488"), ("b", "0343")] {
        assert!(matches!(say(&site, &ada, room, (nonce, part)).await, Outcome::Published(_)));
    }
    // The same digits from somebody else complete nothing.
    assert!(matches!(say(&site, &bea, room, ("c", "6467")).await, Outcome::Published(_)));
    let warning = warned(say(&site, &ada, room, ("d", "6467 that is all")).await);
    let [found] = warning.findings.as_slice() else { panic!("{:?}", warning.findings) };
    assert_eq!((found.rule, found.start, found.end), (Rule::Card, 0, 4));
    assert_eq!(warning.masked[0].1, "[card number hidden] that is all");
    let message = Submission::Message { room, reply_to: None, body: "6467 that is all".to_owned() };
    let hidden = publish(&site, &ada, message, envelope("d", Choice::Mask)).await.unwrap();
    assert!(matches!(hidden, Outcome::Published(_)));
}

#[tokio::test]
async fn a_name_in_one_text_gives_the_number_in_the_next_away() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let room = testing::room(&site, "tea", RoomAccess::Open, &[&ada]).await;
    assert!(matches!(say(&site, &ada, room, ("a", "512345678")).await, Outcome::Published(_)));
    assert!(matches!(say(&site, &ada, room, ("b", "my social security number is")).await, Outcome::Published(_)));
    let warning = warned(say(&site, &ada, room, ("c", "512345679")).await);
    assert_eq!(warning.findings[0].rule, Rule::Ssn);
    let board = testing::board(&site, "help", Readers::Public).await;
    let topic = topic_of(board, "My SSN", "512345678 is it, can you check");
    let warning = warned(publish(&site, &ada, topic, envelope("d", Choice::Warn)).await.unwrap());
    assert_eq!((warning.findings[0].field, warning.findings[0].start), (Field::Body, 0));
}

#[tokio::test]
async fn what_an_author_calls_not_private_is_not_asked_again_in_that_place() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let board = testing::board(&site, "help", Readers::Public).await;
    let other = testing::board(&site, "else", Readers::Public).await;
    let text = |board| topic_of(board, "Contact", "Write to sam.turner@fenmail.com about it");
    let token = warned(publish(&site, &ada, text(board), envelope("a", Choice::Warn)).await.unwrap()).consent.unwrap();
    let anyway = Choice::Anyway { token, acknowledged: true, ground: Ground::NotPrivate };
    assert!(matches!(publish(&site, &ada, text(board), envelope("a", anyway)).await.unwrap(), Outcome::Published(_)));
    let again = topic_of(board, "Again", "As said: SAM.TURNER@fenmail.com");
    assert!(matches!(publish(&site, &ada, again, envelope("b", Choice::Warn)).await.unwrap(), Outcome::Published(_)));
    warned(publish(&site, &ada, text(other), envelope("c", Choice::Warn)).await.unwrap());
    let bea = testing::member(&site, "bea", Role::Member).await;
    warned(publish(&site, &bea, text(board), envelope("d", Choice::Warn)).await.unwrap());
    let of = |tally: Tally, sums: &[(String, Tally, i64)]| -> i64 {
        sums.iter().filter(|(_, one, _)| *one == tally).map(|(.., count)| count).sum()
    };
    let sums = tallies(&site).await;
    assert_eq!([Tally::Warned, Tally::Anyway, Tally::Wrong, Tally::Masked].map(|tally| of(tally, &sums)), [3, 1, 1, 0]);
}

#[tokio::test]
async fn the_most_specific_setting_wins_above_the_floor() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let kit = testing::member(&site, "kit", Role::Moderator).await;
    let board = testing::board(&site, "help", Readers::Public).await;
    let here = (PlaceKind::Board, board.0);
    let text = || topic_of(board, "Contact", "Write to sam.turner@fenmail.com about it");
    set(&site, (PlaceKind::Site, 0), Rule::Email, setting(PolicyAction::Refuse)).await;
    set(&site, here, Rule::Email, Setting { audit: true, ..setting(PolicyAction::Hold) }).await;
    assert!(matches!(publish(&site, &ada, text(), envelope("a", Choice::Warn)).await.unwrap(), Outcome::Published(_)));
    assert_eq!(tallies(&site).await, [("email".to_owned(), Tally::Audited, 1)]);
    set(&site, here, Rule::Email, Setting { exempt: Some(Role::Moderator), ..setting(PolicyAction::Hold) }).await;
    assert!(matches!(publish(&site, &kit, text(), envelope("b", Choice::Warn)).await.unwrap(), Outcome::Published(_)));
    let warning = warned(publish(&site, &ada, text(), envelope("c", Choice::Warn)).await.unwrap());
    assert_eq!(warning.findings[0].action, PolicyAction::Hold);
    set(&site, (PlaceKind::Site, 0), Rule::Email, Setting { floor: true, ..setting(PolicyAction::Refuse) }).await;
    let warning = warned(publish(&site, &kit, text(), envelope("d", Choice::Warn)).await.unwrap());
    assert_eq!(warning.findings[0].action, PolicyAction::Refuse);
}

#[tokio::test]
async fn among_a_few_only_harm_is_spoken_of() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let bea = testing::member(&site, "bea", Role::Member).await;
    let room = testing::room(&site, "two", RoomAccess::Direct, &[&ada, &bea]).await;
    let email = say(&site, &ada, room, ("a", "I am at sam.turner@fenmail.com")).await;
    assert!(matches!(email, Outcome::Published(_)));
    let warning = warned(say(&site, &ada, room, ("b", "my card 4539 1488 0343 6467")).await);
    assert_eq!(warning.findings[0].action, PolicyAction::Warn);
    set(&site, (PlaceKind::Direct, 0), Rule::Email, setting(PolicyAction::Warn)).await;
    warned(say(&site, &ada, room, ("c", "I am at sam.turner@fenmail.com")).await);
}

#[tokio::test]
async fn counts_add_up() {
    let (site, _folder) = testing::site().await;
    let at = site.clock.now();
    for _ in 0..3 {
        site.db
            .write((), move |tx, _| async move {
                let two = [(Rule::Card, Tally::Warned), (Rule::Card, Tally::Warned), (Rule::Ssn, Tally::Held)];
                store::tally(&*tx, at, (PlaceKind::Site, 0), &two).await
            })
            .await
            .unwrap();
    }
    assert_eq!(tallies(&site).await, [("card".to_owned(), Tally::Warned, 6), ("ssn".to_owned(), Tally::Held, 3)]);
}
