//! What the rooms part of the API reads and writes.

// The fields are described in the API document; those without a comment are what their name says.
#![allow(missing_docs)]

use serde::{Deserialize, Serialize};

use super::super::Row;
use crate::entity::finding::Ground;
use crate::entity::room::RoomAccess;
use crate::entries::{Author, Entry};
use crate::ids::{EntryId, ReviewId, RoomId};
use crate::protocol;
use crate::publish::Choice;

/// A room in the list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RoomItem {
    pub id: RoomId,
    /// Name in the URL.
    pub slug: String,
    pub title: String,
    /// Topic line (Markdown).
    pub topic: String,
    /// Topic line, sanitised HTML.
    pub topic_html: String,
    #[schema(value_type = String, example = "open")]
    pub access: RoomAccess,
    pub archived: bool,
    /// Least seconds between two messages of one member.
    pub slow_s: i64,
    /// How many belong to it.
    pub members: i64,
    /// Whether you belong to it.
    pub joined: bool,
    /// Messages of others since you last read it.
    pub unread: i64,
    /// Whether one of them names you.
    pub mentioned: bool,
    /// Its newest message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last: Option<MessageItem>,
}

impl From<Row> for RoomItem {
    fn from(row: Row) -> Self {
        let Row { room, members, joined, unread, mentioned, last } = row;
        Self {
            id: room.id,
            slug: room.slug,
            title: room.title,
            topic: room.topic,
            topic_html: room.topic_html,
            access: room.access,
            archived: room.archived,
            slow_s: room.slow_s,
            members,
            joined,
            unread,
            mentioned,
            last: last.map(MessageItem::from),
        }
    }
}

/// A message. A removed one has no text.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct MessageItem {
    pub id: EntryId,
    /// Sequence in the room.
    pub seq: i64,
    pub author: Author,
    /// Message it answers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<EntryId>,
    /// Whether it was removed, by whomever.
    pub removed: bool,
    /// Markdown as typed.
    pub source: String,
    /// Sanitised HTML.
    pub html: String,
    pub revision: i64,
    /// Values hidden in it.
    pub masked: i32,
    /// Published, RFC 3339.
    pub at: String,
    /// Last edit, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub edited: Option<String>,
}

impl From<Entry> for MessageItem {
    fn from(entry: Entry) -> Self {
        Self {
            removed: !entry.is_shown(),
            id: entry.id,
            seq: entry.number,
            author: entry.author,
            reply_to: entry.reply_to,
            source: entry.source,
            html: entry.html,
            revision: entry.revision,
            masked: entry.masked,
            at: entry.at.iso(),
            edited: entry.edited_at.map(crate::clock::Moment::iso),
        }
    }
}

/// A room to be made.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoomWish {
    pub title: String,
    #[serde(default)]
    pub topic: String,
    /// Only its members see it.
    #[serde(default)]
    pub closed: bool,
}

/// A room that was made.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RoomMade {
    pub id: RoomId,
    pub slug: String,
}

/// A room with the position of its stream.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct RoomDetail {
    #[serde(flatten)]
    pub room: RoomItem,
    /// Highest sequence; subscribe to `r{id}` after it.
    pub head: i64,
    /// Highest sequence you have read.
    pub read: i64,
    /// How many are there now.
    pub here: usize,
}

/// What changes about a room. Absent: stays.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct RoomChange {
    pub title: Option<String>,
    /// Only its members see it.
    pub closed: Option<bool>,
    pub archived: Option<bool>,
    /// Least seconds between two messages of one member.
    pub slow_s: Option<i64>,
    /// Topic line (Markdown); looked through like everything that is published.
    pub topic: Option<String>,
    /// Your name for this change of the topic line: 1 to 64 visible ASCII characters.
    #[serde(default)]
    pub nonce: String,
    /// After a warning about the topic line.
    #[serde(flatten)]
    pub answer: Answer,
}

/// Which part of the history.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Part {
    /// Ending before this sequence.
    pub before: Option<i64>,
    /// Or beginning after this one.
    pub after: Option<i64>,
    /// At most so many, 1 to 50.
    pub limit: Option<u64>,
}

/// A page of history, oldest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct History {
    pub messages: Vec<MessageItem>,
    /// Whether there are more in that direction: ask on from the first or last sequence.
    pub more: bool,
    /// Highest sequence of the room when this was read; subscribe after it.
    pub head: i64,
}

/// What to do about findings.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Hide every found value.
    Mask,
    /// Let a moderator look first.
    Ask,
    /// Publish what may be published.
    Anyway,
}

/// The author's answer to a warning.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct Answer {
    /// `mask`, `ask` or `anyway`.
    pub choice: Option<Wish>,
    /// For `anyway`: the warning's consent token.
    pub consent: Option<String>,
    /// For `anyway`: that you know it becomes public.
    #[serde(default)]
    pub ack: bool,
}

impl Answer {
    pub fn choice(&self) -> Choice {
        match self.choice {
            None => Choice::Warn,
            Some(Wish::Mask) => Choice::Mask,
            Some(Wish::Ask) => Choice::Hold,
            Some(Wish::Anyway) => Choice::Anyway {
                token: self.consent.clone().unwrap_or_default(),
                acknowledged: self.ack,
                ground: Ground::Mine,
            },
        }
    }
}

/// A message to be sent.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewMessage {
    /// Text (Markdown), at most 4,000 characters.
    pub body: String,
    /// Your name for this message: 1 to 64 visible ASCII characters. The same nonce is published once.
    pub nonce: String,
    /// Message it answers.
    pub reply_to: Option<EntryId>,
    /// After a warning.
    #[serde(flatten)]
    pub answer: Answer,
}

/// It is public and durable.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Sent {
    pub id: Option<EntryId>,
    /// Sequence in the room.
    pub seq: i64,
    /// Published, RFC 3339.
    pub at: String,
    /// Whether this nonce had done it before.
    pub dup: bool,
}

/// It waits for a moderator.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    pub held: bool,
    /// Its item in the review queue.
    pub review: ReviewId,
    /// Whether this nonce had done it before.
    pub dup: bool,
}

/// Nothing was stored: something private was found. Decide, and send it again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Asked {
    pub title: &'static str,
    #[schema(example = 422)]
    pub status: u16,
    #[schema(example = "pii_warning")]
    pub code: &'static str,
    #[serde(flatten)]
    pub warning: protocol::Warning,
}

/// How far you have read.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReadUpTo {
    /// Highest sequence seen; the highest ever said counts.
    pub seq: i64,
}
