//! What the server sends.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::Serialize;

use super::{Code, Ev, Member};
use crate::clock::Moment;
use crate::ids::{EntryId, ReviewId, SessionId, Stream};

/// Sequences by stream.
pub type Heads = BTreeMap<Stream, i64>;

/// Answer to a good `hello`.
#[derive(Debug, Clone, Serialize)]
pub struct Welcome {
    /// The browser session; absent for API tokens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<SessionId>,
    /// Who is signed in.
    pub member: Member,
    /// The server's time.
    pub now: Moment,
    /// What the sequences belong to. Another epoch: another database, local copies are void.
    pub epoch: String,
    /// The settings that "committed" rests on.
    pub durability: String,
    /// Between two pings.
    pub ping_ms: u64,
    /// What is allowed.
    pub limits: Limits,
    /// Highest sequence of each stream of the `hello` that may be read.
    pub heads: Heads,
}

/// What is allowed on one socket.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Limits {
    /// Streams followed.
    pub streams: usize,
    /// Content a minute.
    pub frames_per_minute: u32,
    /// Bytes of a frame.
    pub frame_bytes: usize,
    /// Events a replay goes back.
    pub behind: i64,
}

/// What an `ok` tells besides the request's number.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
pub enum Done {
    /// To `sub`.
    Following {
        /// Highest sequence.
        head: i64,
        /// Lowest sequence that can be replayed; 0 in an empty stream.
        oldest: i64,
        /// What they belong to.
        epoch: String,
    },
    /// To `send` and `edit`: it is public and durable.
    Published {
        /// Sequence of its event; 0 for an edit that had happened before.
        seq: i64,
        /// When.
        at: Moment,
        /// Whether this nonce had done it before.
        dup: bool,
        /// The entry.
        #[serde(skip_serializing_if = "Option::is_none")]
        entry: Option<EntryId>,
        /// Its revision.
        revision: i64,
    },
    /// To `send` and `edit`: it waits for a moderator.
    Held {
        /// Always true.
        held: bool,
        /// Its review item.
        review: ReviewId,
        /// Whether this nonce had done it before.
        dup: bool,
    },
    /// To `history`.
    Page {
        /// Messages in order of sequence, each as the `ev` that published it.
        events: Vec<Ev>,
        /// Whether there are more in that direction.
        more: bool,
    },
    /// To everything else.
    Nothing {},
}

/// A refused request.
#[derive(Debug, Clone, Serialize)]
pub struct Failure {
    /// Stable name.
    pub code: Code,
    /// A sentence for people.
    pub message: Cow<'static, str>,
    /// When to try again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_ms: Option<u64>,
    /// Whether the very same request can succeed later.
    pub temporary: bool,
    /// What was found, for `pii_warning`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<Warning>,
}

impl Serialize for Code {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

/// What was found in a text that was not stored: kinds and places, no text. HTTP answers carry it too.
#[derive(Debug, Clone, Serialize, utoipa::ToSchema)]
#[schema(as = PiiWarning)]
pub struct Warning {
    /// Findings in reading order.
    pub findings: Vec<Finding>,
    /// Token for publishing anyway; absent when the place does not allow it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub consent: Option<String>,
    /// Whether masking can help.
    pub can_mask: bool,
    /// Whether a moderator can be asked.
    pub can_ask: bool,
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// Field it is in: `body`, `title` and so on.
    pub field: &'static str,
    /// `email`, `card`, `ssn`.
    pub rule: &'static str,
    /// The rule in words.
    pub label: &'static str,
    /// Offset in the field as it was sent, in UTF-16 code units, as JavaScript counts; both 0 when it shows only in the
    /// finished text.
    pub start: usize,
    /// End of it.
    pub end: usize,
    /// Why it looks like one.
    pub why: &'static str,
    /// What the place does about it: `warn`, `mask`, `hold`, `refuse`; absent in a preview.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub action: Option<&'static str>,
}

/// Members in a passing frame.
#[derive(Debug, Clone, Serialize)]
pub struct Peers {
    /// Room.
    pub stream: Stream,
    /// How many in all.
    pub count: usize,
    /// Some of them: at most 5 who type, 200 who are present.
    pub members: Vec<Member>,
}

/// Why a copy of a stream is void.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reset {
    /// The sequences belong to another database.
    Epoch,
    /// What follows is no longer kept.
    TooOld,
    /// More than a replay carries.
    TooFar,
    /// It cannot be read (any more).
    Access,
}

/// How a subscription ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// The viewer may no longer read it.
    Left,
}

/// Sent before the server closes.
#[derive(Debug, Clone, Serialize)]
pub struct Bye {
    /// Name of the close code.
    pub code: &'static str,
    /// A sentence for people.
    pub reason: &'static str,
    /// When to come back; absent when that is pointless.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_ms: Option<u64>,
}

/// Everything the server can send.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "t", rename_all = "snake_case")]
pub enum Outgoing {
    /// Signed in.
    Welcome(Box<Welcome>),
    /// Done.
    Ok {
        /// The request's number.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<u64>,
        /// What came of it.
        #[serde(flatten)]
        done: Done,
    },
    /// Refused.
    Err {
        /// The request's number.
        #[serde(skip_serializing_if = "Option::is_none")]
        id: Option<u64>,
        /// Why.
        #[serde(flatten)]
        failure: Box<Failure>,
    },
    /// An event.
    Ev(Box<Ev>),
    /// The replay is done.
    Synced {
        /// Which.
        stream: Stream,
        /// Up to here.
        seq: i64,
    },
    /// The copy is void, the subscription over.
    Reset {
        /// Which.
        stream: Stream,
        /// Why.
        reason: Reset,
        /// Highest sequence.
        head: i64,
        /// Lowest that can be replayed.
        oldest: i64,
    },
    /// Who is typing.
    Typing(Peers),
    /// Who is there.
    Presence(Peers),
    /// How far the member has read, from another device.
    Read {
        /// Which.
        stream: Stream,
        /// In a room.
        #[serde(skip_serializing_if = "Option::is_none")]
        seq: Option<i64>,
        /// In a topic.
        #[serde(skip_serializing_if = "Option::is_none")]
        number: Option<i64>,
    },
    /// Are you there?
    Ping {
        /// The server's time.
        ts: Moment,
        /// Last sequence sent of each stream that moved since the ping before.
        heads: Heads,
    },
    /// A subscription ended because rights changed.
    Access {
        /// Which.
        stream: Stream,
        /// How.
        state: Ended,
    },
    /// The server closes.
    Bye(Bye),
}

impl Outgoing {
    /// The names of all frames, as the documentation lists them.
    pub const NAMES: [&'static str; 12] =
        ["welcome", "ok", "err", "ev", "synced", "reset", "typing", "presence", "read", "ping", "access", "bye"];
}

/// A frame as text.
pub fn encode(frame: &Outgoing) -> String {
    // No map has a key that is not text, so this cannot fail; an empty object is what clients ignore.
    serde_json::to_string(frame).unwrap_or_else(|_| "{}".to_owned())
}
