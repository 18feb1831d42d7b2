//! Administration: sections, boards, rooms, members, what the filter does where, and how the server is.
//!
//! Everything here is for admins and asks `access` first. Settings of the server itself come from its configuration
//! and are only shown.

mod boards;
pub mod html;
mod members;
mod moderators;
mod overview;
mod policy;
mod rooms;
mod store;
#[cfg(test)]
mod tests;
pub mod views;

use crate::access::{self, Action, Place, Target, Viewer};
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::publish;
use crate::text;

pub use boards::{BoardDraft, Section, board, save_board, save_section, sections};
pub use members::{List, members, set_role};
pub use overview::{Overview, overview};
pub use policy::{
    Choices, Numbers, OfRule, Scope, action, action_key, numbers, place_names, save_scope, scope_settings,
};
pub use rooms::{RoomDraft, room, rooms, save_room};

/// Members on a page.
pub const MEMBERS: u64 = 50;
/// Most characters of the title of a section, board or room.
const TITLE_CHARS: usize = 60;
/// Most characters of a board's description.
const DESCRIPTION_CHARS: usize = 200;

/// Whether the viewer runs the server; about a member, whether they may change that account.
fn administer(viewer: &Viewer, member: Option<MemberId>) -> Result<()> {
    access::decide(viewer, Action::Administer, Place::Site, Target { author: member, ..Target::default() })
}

/// A line that everybody reads: normalised, and refused when something private is found in it. There is no author to
/// warn and no moderator to ask, so there is no other way.
fn public_line(field: &'static str, typed: &str, max_chars: usize) -> Result<String> {
    let line = text::line(typed, max_chars).map_err(|error| Error::field(field, error.to_string()))?;
    match publish::unwelcome(&line) {
        Some(found) => Err(Error::field(
            field,
            format!("This seems to contain something private ({}). Leave it out.", found.rule.label()),
        )),
        None => Ok(line),
    }
}
