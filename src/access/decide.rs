//! The one function that says yes or no.

use super::{Action, Member, Place, Role, Target, Viewer};
use crate::entity::board::{Readers, Writers};
use crate::entity::room::RoomAccess;
use crate::error::{Error, Result};

/// Whether the viewer may do this there. What they may not see is [`Error::NotFound`]; what they may see but not do
/// is [`Error::Denied`] with a sentence.
pub fn decide(viewer: &Viewer, action: Action, place: Place, target: Target) -> Result<()> {
    if !may_read(viewer, place) {
        return Err(Error::NotFound);
    }
    if action == Action::Read {
        return Ok(());
    }
    let member = viewer.member()?;
    match action {
        Action::Read => Ok(()),
        Action::StartTopic => start_topic(member, place),
        Action::Reply => reply(member, place, target),
        Action::SendMessage => send(member, place),
        Action::Join => join(place),
        Action::Edit => edit(member, place, target),
        Action::Remove => remove(member, place, target),
        Action::Flag => flag(member, target),
        Action::Review => review(member, place, target),
        Action::Reveal => reveal(member, place, target),
        Action::Manage => allow(member.moderates(place), "forbidden", "Only moderators of this place can change that."),
        Action::EditProfile => {
            allow(target.author == Some(member.id), "forbidden", "Only its owner can change a profile.")
        }
        Action::CreateRoom => allow(member.is_staff(), "forbidden", "Rooms are made by moderators."),
        Action::Administer => administer(member, target),
    }
}

fn may_read(viewer: &Viewer, place: Place) -> bool {
    match place {
        Place::Site | Place::Board { readers: Readers::Public, .. } | Place::Room { access: RoomAccess::Open, .. } => {
            true
        }
        Place::Board { readers: Readers::Members, .. } => viewer.id().is_some(),
        Place::Board { readers: Readers::Staff, .. } => viewer.moderates(place),
        Place::Room { access: RoomAccess::Closed, joined, .. } => joined || viewer.moderates(place),
        Place::Room { access: RoomAccess::Direct, joined, .. } => joined,
    }
}

fn allow(yes: bool, code: &'static str, sentence: &'static str) -> Result<()> {
    if yes { Ok(()) } else { Err(Error::Denied(code, sentence.into())) }
}

fn start_topic(member: &Member, place: Place) -> Result<()> {
    let Place::Board { writers, archived, .. } = place else { return Err(Error::NotFound) };
    allow(!archived, "archived", "This board is archived; nothing new can be posted.")?;
    allow(
        writers == Writers::Members || member.moderates(place),
        "forbidden",
        "On this board only its moderators start topics.",
    )
}

fn reply(member: &Member, place: Place, target: Target) -> Result<()> {
    let Place::Board { archived, .. } = place else { return Err(Error::NotFound) };
    allow(!archived, "archived", "This board is archived; nothing new can be posted.")?;
    allow(!target.removed, "removed", "This was removed and takes no replies.")?;
    allow(!target.locked || member.moderates(place), "locked", "This topic is closed; no more replies.")
}

fn send(member: &Member, place: Place) -> Result<()> {
    let Place::Room { archived, access, joined, .. } = place else { return Err(Error::NotFound) };
    allow(!archived, "archived", "This room is archived; nothing new can be sent.")?;
    allow(
        joined || access == RoomAccess::Open || member.moderates(place),
        "not_member",
        "Join this room to send messages.",
    )
}

fn join(place: Place) -> Result<()> {
    let Place::Room { archived, .. } = place else { return Err(Error::NotFound) };
    allow(!archived, "archived", "This room is archived.")
}

fn edit(member: &Member, place: Place, target: Target) -> Result<()> {
    allow(!target.removed, "removed", "This was removed and cannot be changed.")?;
    allow(target.author == Some(member.id), "forbidden", "Only its author can change this text.")?;
    allow(
        !target.locked || member.moderates(place),
        "locked",
        "This topic is closed; its posts can no longer be changed.",
    )
}

fn remove(member: &Member, place: Place, target: Target) -> Result<()> {
    if target.author == Some(member.id) {
        return Ok(());
    }
    allow(member.moderates(place), "forbidden", "Only its author or a moderator can remove this.")?;
    outranks(member, target)
}

fn flag(member: &Member, target: Target) -> Result<()> {
    allow(!target.removed, "removed", "This was removed already.")?;
    allow(target.author != Some(member.id), "forbidden", "This is your own; you can remove it yourself.")
}

/// Nobody decides about their own text; an admin's text is decided by another admin.
fn review(member: &Member, place: Place, target: Target) -> Result<()> {
    if !member.moderates(place) {
        return Err(Error::NotFound);
    }
    allow(target.author != Some(member.id), "own", "Somebody else has to decide about your own text.")
}

/// Deciding needs no more than the masked form, so whoever moderates one board or room does not see through it.
fn reveal(member: &Member, place: Place, target: Target) -> Result<()> {
    review(member, place, target)?;
    allow(
        member.is_staff(),
        "forbidden",
        "Only moderators of the whole site can look at hidden values. Decide by the masked form, or ask one of them.",
    )
}

fn administer(member: &Member, target: Target) -> Result<()> {
    allow(member.role == Role::Admin, "forbidden", "Only admins can do this.")?;
    allow(target.author != Some(member.id), "own", "Another admin has to change your own account.")
}

fn outranks(member: &Member, target: Target) -> Result<()> {
    let theirs = target.author_role.unwrap_or(Role::Member);
    let clear = theirs == Role::Member || member.role == Role::Admin;
    allow(clear, "forbidden", "Only an admin can act on a moderator's or admin's text.")
}
