//! Codes of refused requests and of closed sockets.

use std::borrow::Cow;

use crate::error::Error;

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $text:literal),* $(,)?) => {
        /// Why a request was refused.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub enum Code { $($(#[$doc])* $name),* }

        impl Code {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// As it stands in `err.code`.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

codes! {
    /// Not JSON, or a field is missing or of the wrong type.
    BadFrame = "bad_frame",
    /// No such request.
    UnknownType = "unknown_type",
    /// The text is longer than allowed.
    TooLarge = "too_large",
    /// The sign-in is over.
    Unauthenticated = "unauthenticated",
    /// Visible, but not allowed.
    Forbidden = "forbidden",
    /// Nothing there, or not visible.
    NotFound = "not_found",
    /// Join the room first.
    NotMember = "not_member",
    /// The room takes one message per member in so many seconds.
    SlowMode = "slow_mode",
    /// Too many requests.
    RateLimited = "rate_limited",
    /// Tact cannot do this just now.
    Unavailable = "unavailable",
    /// The nonce was used for another text.
    NonceConflict = "nonce_conflict",
    /// The text was changed meanwhile.
    StaleRevision = "stale_revision",
    /// Something private was found; nothing was stored.
    PiiWarning = "pii_warning",
    /// The consent is for another text, or too old.
    ConsentStale = "consent_stale",
    /// A field cannot be taken as it is.
    Invalid = "invalid",
    /// The place is read only.
    Archived = "archived",
    /// The topic takes no more replies.
    Locked = "locked",
    /// It was removed.
    Removed = "removed",
    /// Any other reason; the sentence tells it.
    Refused = "refused",
    /// A fault of the server.
    Internal = "internal",
}

impl Code {
    /// Whether the very same request can succeed later.
    pub fn is_temporary(self) -> bool {
        matches!(self, Self::SlowMode | Self::RateLimited | Self::Unavailable | Self::Internal)
    }

    /// The code of a domain error. Those the protocol has no word for are [`Code::Refused`].
    pub fn of(error: &Error) -> Self {
        match error {
            Error::Limited(limited) if limited.quota == "slow_mode" => Self::SlowMode,
            other => Self::ALL.iter().copied().find(|code| code.as_str() == other.code()).unwrap_or(Self::Refused),
        }
    }

    /// The sentence for frames that never reached a verb.
    pub fn sentence(self) -> Cow<'static, str> {
        match self {
            Self::BadFrame => {
                "A frame is a JSON object with the fields its type needs, or an array of up to 64 of them.".into()
            }
            Self::UnknownType => "This server knows no such frame type.".into(),
            _ => "This cannot be done.".into(),
        }
    }
}

/// Why a socket was closed: the code of the close frame, told before by `bye`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Close {
    /// Three frames could not be read.
    BadFrame,
    /// Neither a good ticket nor a good token.
    Unauthenticated,
    /// Another version of the protocol.
    Version,
    /// No `hello` in time.
    HelloTimeout,
    /// The session or token has ended.
    SessionEnded,
    /// This member has too many open sockets.
    TooMany,
    /// The network took nothing for too long.
    Slow,
    /// Nothing was heard for too long.
    NoPong,
    /// It went on after it was told to slow down.
    RateAbuse,
    /// The server stops.
    Draining,
    /// A fault of the server.
    Internal,
}

impl Close {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::BadFrame,
        Self::Unauthenticated,
        Self::Version,
        Self::HelloTimeout,
        Self::SessionEnded,
        Self::TooMany,
        Self::Slow,
        Self::NoPong,
        Self::RateAbuse,
        Self::Draining,
        Self::Internal,
    ];

    /// The number in the close frame.
    pub fn number(self) -> u16 {
        match self {
            Self::BadFrame => 4000,
            Self::Unauthenticated => 4001,
            Self::Version => 4006,
            Self::HelloTimeout => 4008,
            Self::SessionEnded => 4009,
            Self::TooMany => 4010,
            Self::Slow => 4011,
            Self::NoPong => 4012,
            Self::RateAbuse => 4013,
            Self::Draining => 4021,
            Self::Internal => 4500,
        }
    }

    /// The name in `bye.code`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::BadFrame => "bad_frame",
            Self::Unauthenticated => "unauthenticated",
            Self::Version => "version",
            Self::HelloTimeout => "hello_timeout",
            Self::SessionEnded => "session_ended",
            Self::TooMany => "too_many",
            Self::Slow => "slow",
            Self::NoPong => "no_pong",
            Self::RateAbuse => "rate_abuse",
            Self::Draining => "draining",
            Self::Internal => "internal",
        }
    }

    /// Whether coming back with the same credentials is pointless.
    pub fn is_final(self) -> bool {
        matches!(self, Self::BadFrame | Self::Unauthenticated | Self::Version | Self::SessionEnded)
    }

    /// The sentence in `bye.reason`.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::BadFrame => "Three frames could not be read.",
            Self::Unauthenticated => "The first frame needs a ticket of this session or an API token.",
            Self::Version => "This server speaks version 1 of the protocol.",
            Self::HelloTimeout => "No hello arrived in time.",
            Self::SessionEnded => "The sign-in has ended.",
            Self::TooMany => "Too many open connections.",
            Self::Slow => "The network took nothing for half a minute.",
            Self::NoPong => "Nothing was heard for a minute.",
            Self::RateAbuse => "Too many frames.",
            Self::Draining => "The server restarts.",
            Self::Internal => "Something went wrong on our side.",
        }
    }
}
