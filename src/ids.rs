//! Identifiers as types, so that a topic's id cannot be used as a post's.
//!
//! All are 64-bit row ids given out by the database.

use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, DeriveValueType, utoipa::ToSchema)]
        #[serde(transparent)]
        pub struct $name(pub i64);

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                self.0.fmt(f)
            }
        }

        impl std::str::FromStr for $name {
            type Err = std::num::ParseIntError;
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                text.parse().map(Self)
            }
        }
    )*};
}

ids! {
    /// A member's account.
    MemberId,
    /// A group of boards.
    SectionId,
    /// A board.
    BoardId,
    /// A topic.
    TopicId,
    /// A chat room.
    RoomId,
    /// A post or a message.
    EntryId,
    /// A signed-in browser.
    SessionId,
    /// An API token.
    TokenId,
    /// An entry of the review queue.
    ReviewId,
}

/// What an ordered sequence of events belongs to. On the wire: `t12` for a topic, `r3` for a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Stream {
    /// A topic's posts.
    Topic(TopicId),
    /// A room's messages.
    Room(RoomId),
}

impl Stream {
    /// The pair of columns that name this stream in the database.
    pub fn parts(self) -> (i16, i64) {
        match self {
            Self::Topic(id) => (1, id.0),
            Self::Room(id) => (2, id.0),
        }
    }

    /// The reverse of [`Stream::parts`].
    pub fn from_parts(kind: i16, id: i64) -> Option<Self> {
        match kind {
            1 => Some(Self::Topic(TopicId(id))),
            2 => Some(Self::Room(RoomId(id))),
            _ => None,
        }
    }
}

impl std::fmt::Display for Stream {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Topic(id) => write!(f, "t{id}"),
            Self::Room(id) => write!(f, "r{id}"),
        }
    }
}

impl std::str::FromStr for Stream {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let parse = |rest: &str| rest.parse::<i64>().ok().filter(|id| *id > 0).ok_or(());
        match text.split_at_checked(1) {
            Some(("t", rest)) => parse(rest).map(|id| Self::Topic(TopicId(id))),
            Some(("r", rest)) => parse(rest).map(|id| Self::Room(RoomId(id))),
            _ => Err(()),
        }
    }
}

impl Serialize for Stream {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stream {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(|()| serde::de::Error::custom("expected t<number> or r<number>"))
    }
}
