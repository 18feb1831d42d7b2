//! Events as the server sends them, and what they carry.

use serde::Serialize;

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId, Stream};

/// A member as shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Member {
    /// Account.
    pub id: MemberId,
    /// Login name.
    pub name: String,
    /// Name as shown.
    pub display: String,
}

/// The author of an entry.
pub type Author = Member;

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EvKind {
    /// A chat message.
    Message,
    /// A post, the first of a topic too.
    Post,
    /// An entry's text changed.
    Edit,
    /// An entry was removed.
    Removal,
    /// A moderator hid values in an entry.
    Mask,
    /// A removed entry is back.
    Restore,
    /// Somebody joined the room.
    Join,
    /// Somebody left the room.
    Leave,
    /// The topic or room itself changed.
    Place,
    /// Nothing that can be shown; it keeps the sequence gapless.
    Void,
}

impl EvKind {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Message,
        Self::Post,
        Self::Edit,
        Self::Removal,
        Self::Mask,
        Self::Restore,
        Self::Join,
        Self::Leave,
        Self::Place,
        Self::Void,
    ];
}

/// One event of a stream.
#[derive(Debug, Clone, Serialize)]
pub struct Ev {
    /// Topic or room.
    pub stream: Stream,
    /// Gapless in the stream.
    pub seq: i64,
    /// What happened.
    pub kind: EvKind,
    /// When.
    pub at: Moment,
    /// Who did it; absent where a moderator acted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<MemberId>,
    /// Client's name for a message or post.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nonce: Option<String>,
    /// An entry as it is now, a member, or a place; absent for `void`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Content>,
}

/// What an event carries.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// For entries.
    Entry(Box<Entry>),
    /// For `join` and `leave`.
    Person {
        /// Who.
        member: Member,
    },
    /// For `place`, of a room.
    Room {
        /// Name.
        title: String,
        /// Topic line, sanitised HTML.
        topic_html: String,
        /// Read only.
        archived: bool,
    },
    /// For `place`, of a topic.
    Topic {
        /// Title.
        title: String,
        /// Title in the URL.
        slug: String,
        /// Kept on top of its board.
        pinned: bool,
        /// No more replies.
        locked: bool,
    },
}

/// Whether an entry shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Shown.
    Published,
    /// Taken back by its author: no text.
    RemovedByAuthor,
    /// Removed by a moderator: no text.
    Removed,
}

/// An entry as it stands now, whichever event brings it.
#[derive(Debug, Clone, Serialize)]
pub struct Entry {
    /// Id; the permalink is `/p/{id}`.
    pub id: EntryId,
    /// Post number, or sequence of the message.
    pub number: i64,
    /// What it answers.
    pub reply_to: Option<Parent>,
    /// Level in the reply tree of a topic, from 0.
    pub depth: i32,
    /// Who wrote it.
    pub author: Author,
    /// Shown or removed.
    pub state: Standing,
    /// Markdown as typed.
    pub source: String,
    /// Sanitised HTML.
    pub html: String,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// Rises with each change.
    pub revision: i64,
    /// Values hidden in it.
    pub masked: i32,
    /// Last edit.
    pub edited: Option<Moment>,
}

/// What an entry answers: its id, and what can be shown of it.
#[derive(Debug, Clone, Serialize)]
pub struct Parent {
    /// Entry.
    pub id: EntryId,
    /// The rest.
    #[serde(flatten)]
    pub quoted: Quoted,
}

/// A quoted entry as it stands now.
#[derive(Debug, Clone, Serialize)]
pub struct Quoted {
    /// Post number, or sequence of the message.
    pub number: i64,
    /// Who wrote it.
    pub author: Author,
    /// Its beginning; empty when it was removed.
    pub excerpt: String,
}
