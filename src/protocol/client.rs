//! What clients send.

use serde::Deserialize;
use serde_json::Value;

use super::Code;
use crate::ids::{EntryId, RoomId, Stream};

/// Most objects in one frame.
pub const MAX_BATCH: usize = 64;

/// A request with the number its answer repeats.
#[derive(Debug, Clone, PartialEq)]
pub struct Frame {
    /// The client's number for it.
    pub id: Option<u64>,
    /// What is asked.
    pub request: Request,
}

/// An object that is no request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// The client's number for it, if it could be read.
    pub id: Option<u64>,
    /// [`Code::UnknownType`] or [`Code::BadFrame`].
    pub code: Code,
}

/// Where a client stands in a stream.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Cursor {
    /// Which.
    pub stream: Stream,
    /// Last sequence it has; absent: only what comes from now on.
    #[serde(default)]
    pub after: Option<i64>,
}

/// The first frame of a socket.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Hello {
    /// Protocol version.
    pub v: u64,
    /// From `POST /live/ticket`, for browsers.
    #[serde(default)]
    pub ticket: Option<String>,
    /// API token, for programs.
    #[serde(default)]
    pub token: Option<String>,
    /// The epoch its sequences belong to.
    #[serde(default)]
    pub epoch: Option<String>,
    /// What to follow at once.
    #[serde(default)]
    pub streams: Vec<Cursor>,
}

/// What to do about findings, without asking first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wish {
    /// Hide every found value.
    Mask,
    /// Let a moderator look first.
    Ask,
}

/// Consent to publish what a warning showed.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Consent {
    /// The warning's token.
    pub token: String,
    /// Whether the author ticked that they know.
    #[serde(default)]
    pub ack: bool,
    /// Why it is fine.
    #[serde(default)]
    pub reason: Ground,
}

/// Why an author publishes a value although the filter warned.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is mine and I accept that others read it.
    #[default]
    Mine,
    /// It is public, or belongs to a role.
    Public,
    /// It is made up.
    Example,
    /// It is not private data: the filter is wrong.
    NotPrivate,
}

/// Everything a client can ask.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Request {
    /// Who it is; the first frame, once.
    Hello(Hello),
    /// Follow a stream.
    Sub(Cursor),
    /// Stop following it.
    Unsub {
        /// Which.
        stream: Stream,
    },
    /// Send a message.
    Send {
        /// Room.
        room: RoomId,
        /// The client's name for the message.
        nonce: String,
        /// Text.
        body: String,
        /// Message it answers.
        #[serde(default)]
        reply_to: Option<EntryId>,
        /// What to do about findings.
        #[serde(default)]
        choice: Option<Wish>,
        /// Consent to publish them.
        #[serde(default)]
        consent: Option<Consent>,
    },
    /// Change the text of an entry.
    Edit {
        /// Which.
        entry: EntryId,
        /// Revision the author saw.
        rev: i64,
        /// The client's name for the change.
        nonce: String,
        /// New text.
        body: String,
        /// What to do about findings.
        #[serde(default)]
        choice: Option<Wish>,
        /// Consent to publish them.
        #[serde(default)]
        consent: Option<Consent>,
    },
    /// Take an entry away.
    Remove {
        /// Which.
        entry: EntryId,
    },
    /// How far the member has read. Not answered.
    Read {
        /// Topic or room.
        stream: Stream,
        /// In a room: the highest sequence seen.
        #[serde(default)]
        seq: Option<i64>,
        /// In a topic: the highest post number seen.
        #[serde(default)]
        number: Option<i64>,
    },
    /// Whether the member is typing. Not answered.
    Typing {
        /// Where.
        room: RoomId,
        /// Began, or stopped.
        on: bool,
    },
    /// A page of a room's messages.
    History {
        /// Room.
        room: RoomId,
        /// Ending before this sequence; absent: the newest.
        #[serde(default)]
        before: Option<i64>,
        /// Or beginning after this one.
        #[serde(default)]
        after: Option<i64>,
        /// At most so many.
        #[serde(default)]
        limit: Option<u64>,
    },
    /// Answer to a ping. Not answered.
    Pong {
        /// The ping's `ts`.
        #[serde(default)]
        ts: Option<i64>,
    },
}

impl Request {
    /// The names of all requests, as the documentation lists them.
    pub const NAMES: [&'static str; 10] =
        ["hello", "sub", "unsub", "send", "edit", "remove", "read", "typing", "history", "pong"];

    /// Whether `ok` or `err` answers it. The others fail silently, but for frames that cannot be read.
    pub fn is_answered(&self) -> bool {
        !matches!(self, Self::Read { .. } | Self::Typing { .. } | Self::Pong { .. })
    }
}

/// Takes a frame apart. `Err`: it is not JSON, or neither an object nor an array of 1 to [`MAX_BATCH`] of them.
///
/// # Errors
/// [`Refusal`] without a number.
pub fn parse(text: &str) -> Result<Vec<Result<Frame, Refusal>>, Refusal> {
    let bad = || Refusal { id: None, code: Code::BadFrame };
    match serde_json::from_str(text).map_err(|_| bad())? {
        one @ Value::Object(_) => Ok(vec![object(one)]),
        Value::Array(many) if (1..=MAX_BATCH).contains(&many.len()) => Ok(many.into_iter().map(object).collect()),
        _ => Err(bad()),
    }
}

fn object(value: Value) -> Result<Frame, Refusal> {
    let id = value.get("id").and_then(Value::as_u64);
    let known = value.get("t").and_then(Value::as_str).map(|name| Request::NAMES.contains(&name));
    let code = if known == Some(false) { Code::UnknownType } else { Code::BadFrame };
    serde_json::from_value(value).map(|request| Frame { id, request }).map_err(|_| Refusal { id, code })
}
