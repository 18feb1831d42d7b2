//! What the rooms part of the API reads and writes.

// The fields are described in the API document; those without a comment are what their name says.
#![allow(missing_docs)]

use serde::{Deserialize, Serialize};

use super::super::Row;
use crate::entity::room::RoomAccess;
use crate::http::json::{Answer, EntryItem};
use crate::ids::{EntryId, RoomId};

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
    pub last: Option<EntryItem>,
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
            last: last.map(EntryItem::from),
        }
    }
}

/// A room to be made.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct RoomWish {
    #[schema(min_length = 1, max_length = 60)]
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
    /// At most so many, 1 to 50; any other number counts as the nearest of these.
    pub limit: Option<u64>,
}

/// A page of history, oldest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct History {
    pub messages: Vec<EntryItem>,
    /// Whether there are more in that direction: ask on from the first or last sequence.
    pub more: bool,
    /// Highest sequence of the room when this was read; subscribe after it.
    pub head: i64,
}

/// A message to be sent.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct NewMessage {
    /// Text (Markdown), at most 4,000 characters.
    #[schema(min_length = 1)]
    pub body: String,
    /// Your name for this message: 1 to 64 visible ASCII characters. The same nonce is published once.
    #[schema(min_length = 1, max_length = 64, pattern = "^[!-~]+$")]
    pub nonce: String,
    /// Message it answers.
    pub reply_to: Option<EntryId>,
    /// After a warning.
    #[serde(flatten)]
    pub answer: Answer,
}

/// How far you have read.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct ReadUpTo {
    /// Highest sequence seen; the highest ever said counts.
    pub seq: i64,
}
