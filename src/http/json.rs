//! What answers of the API have in common: an entry, the choice after a warning, and what came of a submission.
//! Limit: shapes and status codes; what is done stands in the features.

// The fields are described in the API document; those without a comment are what their name says.
#![allow(missing_docs)]

use axum::Json;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::entity::entry::EntryState;
use crate::entity::finding::Ground;
use crate::entries::{Author, Entry};
use crate::ids::{EntryId, ReviewId, TopicId};
use crate::protocol;
use crate::publish::{self, Choice, Outcome, Published};

/// A post or a message. A removed one has no text.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Entry)]
pub struct EntryItem {
    pub id: EntryId,
    /// Number in the topic, or sequence in the room.
    pub number: i64,
    /// Entry it answers.
    pub reply_to: Option<EntryId>,
    pub author: Author,
    /// `published`, `removed_by_author` or `removed`.
    #[schema(value_type = String, example = "published")]
    pub state: protocol::Standing,
    /// Markdown as typed.
    pub source: String,
    /// Sanitised HTML.
    pub html: String,
    /// Rises with each change; name it when you edit.
    pub revision: i64,
    /// Values hidden in it.
    pub masked: i32,
    /// Published, RFC 3339.
    pub at: String,
    /// Last edit, RFC 3339.
    pub edited: Option<String>,
}

impl From<Entry> for EntryItem {
    fn from(entry: Entry) -> Self {
        let state = match entry.state {
            EntryState::Published => protocol::Standing::Published,
            EntryState::RemovedByAuthor => protocol::Standing::RemovedByAuthor,
            EntryState::Removed => protocol::Standing::Removed,
        };
        Self {
            id: entry.id,
            number: entry.number,
            reply_to: entry.reply_to,
            author: entry.author,
            state,
            source: entry.source,
            html: entry.html,
            revision: entry.revision,
            masked: entry.masked,
            at: entry.at.iso(),
            edited: entry.edited_at.map(Moment::iso),
        }
    }
}

/// What to do about findings.
#[derive(Debug, Clone, Copy, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Hide every found value.
    Mask,
    /// Let a moderator look first.
    Ask,
    /// Publish what may be published; needs `consent` and `ack`.
    Anyway,
}

/// The author's answer to a warning.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
pub struct Answer {
    /// Without it nothing is stored when something is found, and the answer is 422.
    pub choice: Option<Wish>,
    /// For `anyway`: the warning's consent token.
    pub consent: Option<String>,
    /// For `anyway`: that you know it becomes public.
    #[serde(default)]
    pub ack: bool,
    /// For `anyway`: why it is fine. A value that is `not_private` is not asked about again in that place for 30 days.
    #[serde(default)]
    pub reason: Ground,
}

impl Answer {
    pub fn choice(&self) -> Choice {
        match self.choice {
            None => Choice::Warn,
            Some(Wish::Mask) => Choice::Mask,
            Some(Wish::Ask) => Choice::Hold,
            Some(Wish::Anyway) => {
                let token = self.consent.clone().unwrap_or_default();
                Choice::Anyway { token, acknowledged: self.ack, ground: self.reason }
            }
        }
    }
}

/// It is public and durable.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Published)]
pub struct Done {
    pub id: Option<EntryId>,
    /// Its topic; absent for messages.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    /// Number in the topic, or sequence in the room.
    pub number: i64,
    /// Sequence of its event in the stream of the topic or room; 0 for an edit that had happened before.
    pub seq: i64,
    pub revision: i64,
    /// RFC 3339.
    pub at: String,
    /// The same nonce had done it before.
    pub dup: bool,
}

impl From<Published> for Done {
    fn from(done: Published) -> Self {
        Self {
            id: done.entry,
            topic: done.topic,
            number: done.number,
            seq: done.seq,
            revision: done.revision,
            at: done.at.iso(),
            dup: done.dup,
        }
    }
}

/// It waits for a moderator.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Held)]
pub struct Waiting {
    /// Always true.
    pub held: bool,
    /// Its item in the review queue.
    pub review: ReviewId,
    /// The same nonce had done it before.
    pub dup: bool,
}

/// Nothing was stored: something private was found. Decide, and send it again. A problem document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Warned)]
pub struct Asked {
    #[serde(rename = "type")]
    #[schema(example = "about:blank")]
    pub kind: &'static str,
    pub title: &'static str,
    #[schema(example = 422)]
    pub status: u16,
    pub detail: &'static str,
    #[schema(example = "pii_warning")]
    pub code: &'static str,
    pub warning: protocol::Warning,
}

/// 201 with the address of what was made.
pub fn created(address: &str, body: impl Serialize) -> Response {
    (StatusCode::CREATED, [(header::LOCATION, address.to_owned())], Json(body)).into_response()
}

/// The answer to a submission: what `published` makes of it, 202 when it is held, 422 when its author is asked.
pub fn answer(outcome: Outcome, published: impl FnOnce(Published) -> Response) -> Response {
    match outcome {
        Outcome::Published(done) => published(done),
        Outcome::Held(held) => {
            (StatusCode::ACCEPTED, Json(Waiting { held: true, review: held.review, dup: held.dup })).into_response()
        }
        Outcome::Warned(warning) => {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            let asked = Asked {
                kind: "about:blank",
                title: super::problem::title(status),
                status: status.as_u16(),
                detail: "This seems to contain something private. Nothing was published.",
                code: "pii_warning",
                warning: publish::warning(&warning),
            };
            (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(asked)).into_response()
        }
    }
}

/// The answer to an entry that was written: 201 and its address.
pub fn written(outcome: Outcome) -> Response {
    answer(outcome, |done| {
        let address = done.entry.map_or_else(String::new, |id| format!("/api/v1/entries/{id}"));
        created(&address, Done::from(done))
    })
}
