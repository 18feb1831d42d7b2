//! Text on its way, and what travels with it.

use std::net::IpAddr;

use serde::{Deserialize, Serialize};

use crate::entity::entry::{self, EntryKind};
use crate::entity::finding::Ground;
use crate::ids::{BoardId, EntryId, RoomId, TopicId};

/// Everything a person can publish.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Submission {
    /// A new topic with its first post.
    Topic {
        /// Board.
        board: BoardId,
        /// Title.
        title: String,
        /// First post.
        body: String,
    },
    /// A reply in a topic.
    Post {
        /// Topic.
        topic: TopicId,
        /// Entry it answers; the first post when absent.
        reply_to: Option<EntryId>,
        /// Text.
        body: String,
    },
    /// A chat message.
    Message {
        /// Room.
        room: RoomId,
        /// Message it answers.
        reply_to: Option<EntryId>,
        /// Text.
        body: String,
    },
    /// A new text for an entry.
    Edit {
        /// Entry.
        entry: EntryId,
        /// Revision the author saw.
        revision: i64,
        /// New title, when it is a topic's first post.
        title: Option<String>,
        /// New text.
        body: String,
    },
    /// One's own profile.
    Profile {
        /// Display name.
        display: String,
        /// A few words about oneself.
        bio: String,
    },
    /// A room's topic line.
    RoomTopic {
        /// Room.
        room: RoomId,
        /// Topic line.
        text: String,
    },
}

/// The text fields of submissions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    /// A topic's title.
    Title,
    /// The text of an entry.
    Body,
    /// A display name.
    Display,
    /// A profile text.
    Bio,
    /// A room's topic line.
    Topic,
}

impl Field {
    /// Name of the form or JSON field.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Body => "body",
            Self::Display => "display",
            Self::Bio => "bio",
            Self::Topic => "topic",
        }
    }
}

impl Submission {
    /// Its text fields, in reading order.
    pub fn fields_mut(&mut self) -> Vec<(Field, &mut String)> {
        match self {
            Self::Topic { title, body, .. } => vec![(Field::Title, title), (Field::Body, body)],
            Self::Post { body, .. } | Self::Message { body, .. } => vec![(Field::Body, body)],
            Self::Edit { title, body, .. } => {
                let title = title.as_mut().map(|title| (Field::Title, title));
                title.into_iter().chain([(Field::Body, body)]).collect()
            }
            Self::Profile { display, bio } => vec![(Field::Display, display), (Field::Bio, bio)],
            Self::RoomTopic { text, .. } => vec![(Field::Topic, text)],
        }
    }

    /// Its text fields with what they hold.
    pub fn fields(&self) -> Vec<(Field, &str)> {
        match self {
            Self::Topic { title, body, .. } => vec![(Field::Title, title), (Field::Body, body)],
            Self::Post { body, .. } | Self::Message { body, .. } => vec![(Field::Body, body)],
            Self::Edit { title, body, .. } => {
                let title = title.as_deref().map(|title| (Field::Title, title));
                title.into_iter().chain([(Field::Body, body.as_str())]).collect()
            }
            Self::Profile { display, bio } => vec![(Field::Display, display), (Field::Bio, bio)],
            Self::RoomTopic { text, .. } => vec![(Field::Topic, text)],
        }
    }

    /// What its body becomes, which decides limits and rendering; for an edit, what the edited entry is.
    pub(super) fn kind(&self, edited: Option<&entry::Model>) -> EntryKind {
        match self {
            Self::Message { .. } => EntryKind::Message,
            Self::Edit { .. } => edited.map_or(EntryKind::Post, |entry| entry.kind),
            Self::Topic { .. } | Self::Post { .. } | Self::Profile { .. } | Self::RoomTopic { .. } => EntryKind::Post,
        }
    }

    /// Kind and target in a few bytes, to bind a consent or a nonce to.
    pub(super) fn target(&self) -> String {
        match self {
            Self::Topic { board, .. } => format!("topic:{board}"),
            Self::Post { topic, reply_to, .. } => format!("post:{topic}:{}", reply_to.map_or(0, |id| id.0)),
            Self::Message { room, reply_to, .. } => format!("message:{room}:{}", reply_to.map_or(0, |id| id.0)),
            Self::Edit { entry, .. } => format!("edit:{entry}"),
            Self::Profile { .. } => "profile".to_owned(),
            Self::RoomTopic { room, .. } => format!("room:{room}"),
        }
    }
}

/// What the author wants done about findings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Choice {
    /// Tell me first.
    #[default]
    Warn,
    /// Hide every found value, then publish.
    Mask,
    /// Let a moderator look before it is published.
    Hold,
    /// Publish what may be published unmasked; the rest is hidden.
    Anyway {
        /// Token of the warning that was shown.
        token: String,
        /// Whether the author ticked that they know.
        acknowledged: bool,
        /// Why it is fine.
        ground: Ground,
    },
}

impl Choice {
    /// The choice that a form's button names; anything else asks to be told first.
    pub fn from_form(choice: &str, consent: &str, acknowledged: bool) -> Self {
        match choice {
            "mask" => Self::Mask,
            "ask" => Self::Hold,
            "anyway" => Self::Anyway { token: consent.to_owned(), acknowledged, ground: Ground::Mine },
            _ => Self::Warn,
        }
    }

    /// The same, and why it is fine to publish anyway.
    #[must_use]
    pub fn because(self, why: Ground) -> Self {
        match self {
            Self::Anyway { token, acknowledged, .. } => Self::Anyway { token, acknowledged, ground: why },
            other => other,
        }
    }
}

/// What travels with a submission.
#[derive(Debug, Clone, Default)]
pub struct Envelope {
    /// The client's name for this submission: 1 to 64 visible ASCII characters; the same nonce is published once.
    pub nonce: String,
    /// What to do about findings.
    pub choice: Choice,
    /// Address of the client, for limits.
    pub address: Option<IpAddr>,
}
