//! Chat rooms: which ones a viewer sees, their history, who belongs to them and who is there, and how far one has read.
//! What is said in them goes through `publish`; this folder writes memberships, read positions and rooms themselves.

mod change;
pub mod html;
pub mod json;
mod membership;
mod pages;
pub mod store;
#[cfg(test)]
mod tests;
pub mod views;

use crate::access::{self, Action, Place, Role, Target, Viewer};
use crate::entity::room::{self, RoomAccess};
use crate::entries::store::Window;
use crate::entries::{Author, Entry};
use crate::error::{Error, Result};
use crate::ids::{EntryId, RoomId, Stream};
use crate::outbox;
use crate::publish::{self, Envelope, Outcome, Submission};
use crate::site::Site;

pub use change::{Change, NewRoom, change, create, set_topic};
pub use membership::{join, leave, mark_read};

/// Messages on a page of history.
pub const PAGE: u64 = 50;
/// Most characters of a message.
pub const MESSAGE_CHARS: usize = crate::text::MAX_MESSAGE_CHARS;
/// People shown as present.
pub const HERE: usize = 50;

/// A room in a viewer's list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The room.
    pub room: room::Model,
    /// How many belong to it.
    pub members: i64,
    /// Whether the viewer does.
    pub joined: bool,
    /// Messages of others since the viewer last read it; 0 for rooms they do not belong to.
    pub unread: i64,
    /// Whether one of them names the viewer.
    pub mentioned: bool,
    /// Its newest message.
    pub last: Option<Entry>,
}

/// A room as a viewer may see it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The room.
    pub room: room::Model,
    /// The room as a place.
    pub place: Place,
    /// Whether the viewer belongs to it.
    pub joined: bool,
    /// Highest sequence the viewer has read.
    pub read_seq: i64,
    /// Highest sequence of the room.
    pub head: i64,
}

impl Opened {
    /// Its events.
    pub fn stream(&self) -> Stream {
        Stream::Room(self.room.id)
    }

    /// Who can read what is written here, in a sentence.
    pub fn audience(&self) -> &'static str {
        match self.room.access {
            RoomAccess::Open => "Everyone can read this room, guests too.",
            RoomAccess::Closed => "Only members of this room and moderators can read it.",
            RoomAccess::Direct => "Only the people in this conversation can read it.",
        }
    }
}

/// A page of history, oldest first.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    /// Messages.
    pub messages: Vec<Entry>,
    /// Whether there are older ones.
    pub older: bool,
    /// Whether there are newer ones.
    pub newer: bool,
}

/// Somebody who follows a room now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Here {
    /// Who.
    pub who: Author,
    /// Whether they moderate it.
    pub moderates: bool,
}

/// Opens a room by its name in the URL.
pub async fn open(site: &Site, viewer: &Viewer, slug: &str) -> Result<Opened> {
    opened(site, viewer, store::by_slug(site.db.reads(), slug).await?).await
}

/// Opens a room by its id.
pub async fn open_id(site: &Site, viewer: &Viewer, id: RoomId) -> Result<Opened> {
    opened(site, viewer, store::by_id(site.db.reads(), id).await?).await
}

async fn opened(site: &Site, viewer: &Viewer, room: room::Model) -> Result<Opened> {
    let read = store::read_seq(site.db.reads(), room.id, viewer.id()).await?;
    let place = publish::room_place(&room, read.is_some());
    access::decide(viewer, Action::Read, place, Target::default())?;
    // Before any message is read: what comes meanwhile is then above this head, and a socket will bring it.
    let head = outbox::head(site.db.reads(), Stream::Room(room.id)).await?;
    Ok(Opened { joined: read.is_some(), read_seq: read.unwrap_or(0), head, place, room })
}

/// Name in the URL of a room that the caller has decided about already.
pub async fn slug_of(site: &Site, id: RoomId) -> Result<String> {
    Ok(store::by_id(site.db.reads(), id).await?.slug)
}

/// The rooms a viewer sees, in the order of the list, with what is new in them.
pub async fn list(site: &Site, viewer: &Viewer) -> Result<Vec<Row>> {
    store::list(site.db.reads(), viewer).await
}

/// A page of messages before or after a sequence.
pub async fn page(site: &Site, opened: &Opened, window: Window, limit: u64) -> Result<Page> {
    let mut messages = crate::entries::store::messages(site.db.reads(), opened.room.id, window, limit + 1).await?;
    let more = messages.len() as u64 > limit;
    let (older, newer) = match window {
        Window::Before(seq) => {
            if more {
                messages.remove(0);
            }
            (more, seq <= opened.head)
        }
        Window::After(seq) => {
            if more {
                messages.pop();
            }
            (seq > 0, more)
        }
    };
    Ok(Page { messages, older, newer })
}

/// The newest messages.
pub async fn newest(site: &Site, opened: &Opened) -> Result<Page> {
    let page = page(site, opened, Window::Before(i64::MAX), PAGE).await?;
    Ok(Page { newer: false, ..page })
}

/// The messages around one of them.
pub async fn around(site: &Site, opened: &Opened, seq: i64) -> Result<Page> {
    let before = page(site, opened, Window::Before(seq.saturating_add(1)), PAGE / 2).await?;
    let after = page(site, opened, Window::After(seq), PAGE / 2).await?;
    let messages = before.messages.into_iter().chain(after.messages).collect();
    Ok(Page { messages, older: before.older, newer: after.newer })
}

/// Who follows a room now: at most [`HERE`] of them, by name, and how many in all.
pub async fn here(site: &Site, opened: &Opened) -> Result<(Vec<Here>, usize)> {
    let present = site.hub.present(opened.stream());
    let count = present.len();
    let shown = present.into_iter().take(HERE);
    let people = store::people::with_roles(site.db.reads(), shown.collect(), opened.room.id).await?;
    let here = people.into_iter().map(|(who, role, own)| Here { who, moderates: own || role >= Role::Moderator });
    Ok((here.collect(), count))
}

/// A message on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Room.
    pub room: RoomId,
    /// Message it answers.
    pub reply_to: Option<EntryId>,
    /// Text.
    pub body: String,
}

/// Sends a message, through all stages of publishing.
pub async fn send(site: &Site, viewer: &Viewer, message: Message, envelope: Envelope) -> Result<Outcome> {
    if message.body.chars().count() > MESSAGE_CHARS {
        return Err(Error::TooLarge(format!("A message has at most {MESSAGE_CHARS} characters.").into()));
    }
    let Message { room, reply_to, body } = message;
    publish::publish(site, viewer, Submission::Message { room, reply_to, body }, envelope).await
}
