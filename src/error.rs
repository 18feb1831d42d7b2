//! The errors of the domain. They know no HTTP: `http::problem` maps them to answers.
//!
//! Two faces, kept apart: the public message (a sentence its reader can act on) and the internal cause
//! (for the log, never for the reader). Neither may contain text that people wrote.

use std::borrow::Cow;
use std::fmt;

/// Result of every verb in the program.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// One field of a submission that was refused, and why.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct FieldError {
    /// Name of the form or JSON field.
    pub field: Cow<'static, str>,
    /// What to do about it.
    pub message: Cow<'static, str>,
}

/// What a limit said: which one, and when to come back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limited {
    /// Name of the quota (see `limits::Quota`).
    pub quota: &'static str,
    /// Whole seconds until the next request may pass, at least 1.
    pub retry_after_s: u64,
    /// Requests allowed per window.
    pub allowed: u32,
    /// Length of the window in seconds.
    pub window_s: u64,
}

/// Everything that can go wrong, by what its reader can do about it.
#[derive(Debug)]
pub enum Error {
    /// It does not exist, or the viewer may not know that it does.
    NotFound,
    /// The viewer has to sign in first.
    SignInNeeded,
    /// The viewer may see it, but not do this; the code is stable, the sentence is for people.
    Denied(&'static str, Cow<'static, str>),
    /// Somebody was faster, or the version is stale.
    Conflict(&'static str, Cow<'static, str>),
    /// Too many requests.
    Limited(Limited),
    /// One or more fields are wrong.
    Invalid(Vec<FieldError>),
    /// The request is larger than allowed.
    TooLarge(Cow<'static, str>),
    /// The program cannot do this just now; try again after so many seconds.
    Unavailable(u64, Cause),
    /// A fault of ours.
    Internal(Cause),
}

/// What really happened, for the log only.
#[derive(Debug)]
pub struct Cause(Box<dyn std::error::Error + Send + Sync>);

impl Cause {
    /// Wraps a cause. The text must not contain anything that people wrote.
    pub fn new(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self(cause.into())
    }
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl Error {
    /// One wrong field.
    pub fn field(field: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::Invalid(vec![FieldError { field: Cow::Borrowed(field), message: message.into() }])
    }

    /// A fault of ours with its cause.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(Cause::new(cause))
    }

    /// Stable code, used in problem documents and socket frames.
    pub fn code(&self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::SignInNeeded => "unauthenticated",
            Self::Denied(code, _) | Self::Conflict(code, _) => code,
            Self::Limited(_) => "rate_limited",
            Self::Invalid(_) => "invalid",
            Self::TooLarge(_) => "too_large",
            Self::Unavailable(..) => "unavailable",
            Self::Internal(_) => "internal",
        }
    }

    /// The sentence for the reader.
    pub fn message(&self) -> Cow<'static, str> {
        match self {
            Self::NotFound => "There is nothing here, or it is not visible to you.".into(),
            Self::SignInNeeded => "Sign in to do this.".into(),
            Self::Denied(_, message) | Self::Conflict(_, message) | Self::TooLarge(message) => message.clone(),
            Self::Limited(limited) => format!(
                "That is more than {} in {}. Try again in {}.",
                limited.allowed,
                duration(limited.window_s),
                duration(limited.retry_after_s)
            )
            .into(),
            Self::Invalid(fields) => match fields.as_slice() {
                [one] => one.message.clone(),
                _ => "Some fields need another look.".into(),
            },
            Self::Unavailable(..) => "Tact cannot do this just now. Nothing was stored; try again shortly.".into(),
            Self::Internal(_) => "Something went wrong on our side. Nothing was published.".into(),
        }
    }

    /// Whether trying the very same thing again later can help.
    pub fn is_temporary(&self) -> bool {
        matches!(self, Self::Limited(_) | Self::Unavailable(..) | Self::Internal(_))
    }
}

/// Seconds in the largest unit that fits, rounded up, so that whoever waits so long has waited long enough.
fn duration(seconds: u64) -> String {
    let (count, unit) = match seconds {
        0..=90 => (seconds.max(1), "second"),
        91..=5400 => (seconds.div_ceil(60), "minute"),
        _ => (seconds.div_ceil(3600), "hour"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unavailable(_, cause) | Self::Internal(cause) => write!(f, "{}: {cause}", self.code()),
            Self::Invalid(fields) => {
                f.write_str("invalid:")?;
                fields.iter().try_for_each(|field| write!(f, " {}", field.field))
            }
            _ => f.write_str(self.code()),
        }
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn waits_are_said_in_whole_units() {
        let said = [0, 1, 30, 90, 91, 1800, 5400, 5401, 86_400].map(duration);
        let expected = [
            "1 second",
            "1 second",
            "30 seconds",
            "90 seconds",
            "2 minutes",
            "30 minutes",
            "90 minutes",
            "2 hours",
            "24 hours",
        ];
        assert_eq!(said, expected);
    }
}
