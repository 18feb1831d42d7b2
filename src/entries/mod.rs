//! The one way published text is read: by post number, by sequence, by member, with its author, as the viewer may
//! see it. Nothing here writes.

pub mod frames;
pub mod store;
pub mod views;

use crate::clock::Moment;
use crate::entity::entry::{self, EntryKind, EntryState};
use crate::ids::{BoardId, EntryId, MemberId, RoomId, TopicId};

/// Who wrote something, as shown.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Author {
    /// Account.
    pub id: MemberId,
    /// Login name, for `/u/{name}`.
    pub name: String,
    /// Name as shown.
    pub display: String,
}

/// A published (or removed) entry with its author. A removed one has no text.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Id; the permalink is `/p/{id}`.
    pub id: EntryId,
    /// Post or message.
    pub kind: EntryKind,
    /// Topic of a post.
    pub topic: Option<TopicId>,
    /// Room of a message.
    pub room: Option<RoomId>,
    /// Post number, or sequence in the room.
    pub number: i64,
    /// What it answers.
    pub reply_to: Option<EntryId>,
    /// Level in the reply tree.
    pub depth: i32,
    /// Who wrote it.
    pub author: Author,
    /// Shown or removed.
    pub state: EntryState,
    /// Markdown as typed.
    pub source: String,
    /// Sanitised HTML.
    pub html: String,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// Rises with each edit.
    pub revision: i64,
    /// Values hidden in it.
    pub masked: i32,
    /// Published.
    pub at: Moment,
    /// Last edit.
    pub edited_at: Option<Moment>,
    /// The author's name for the submission, by which their own sockets recognise it.
    pub nonce: String,
}

impl Entry {
    fn from_row(row: entry::Model, author: Author) -> Self {
        Self {
            id: row.id,
            kind: row.kind,
            topic: row.topic_id,
            room: row.room_id,
            number: row.number.unwrap_or(0),
            reply_to: row.reply_to,
            depth: row.depth,
            author,
            state: row.state,
            source: row.source,
            html: row.html,
            excerpt: row.excerpt,
            revision: row.revision,
            masked: row.masked,
            at: row.published_at.unwrap_or(row.created_at),
            edited_at: row.edited_at,
            nonce: row.nonce,
        }
    }

    /// Whether its text shows.
    pub fn is_shown(&self) -> bool {
        self.state == EntryState::Published
    }
}

/// Everything a viewer may read, as ids to put into queries.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Scope {
    /// Boards.
    pub boards: Vec<BoardId>,
    /// Rooms.
    pub rooms: Vec<RoomId>,
}
