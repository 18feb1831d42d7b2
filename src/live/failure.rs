//! Errors and warnings as frames.

use crate::error::Error;
use crate::protocol::{Code, Failure, Warning};

/// A domain error as it is told. What is our fault goes to the log.
pub fn of(error: &Error) -> Failure {
    if let Error::Internal(cause) = error {
        tracing::error!(cause = %cause, "a frame failed");
    }
    let code = Code::of(error);
    let retry_ms = match error {
        Error::Limited(limited) => Some(limited.retry_after_s.saturating_mul(1000)),
        Error::Unavailable(seconds, _) => Some(seconds.saturating_mul(1000)),
        _ => None,
    };
    Failure { code, message: error.message(), retry_ms, temporary: code.is_temporary(), detail: None }
}

/// A frame that never reached a verb.
pub fn unread(code: Code) -> Failure {
    Failure { code, message: code.sentence(), retry_ms: None, temporary: false, detail: None }
}

/// Too many frames.
pub fn too_fast(wait: std::time::Duration) -> Failure {
    let retry_ms = u64::try_from(wait.as_millis()).unwrap_or(u64::MAX).max(1);
    Failure {
        code: Code::RateLimited,
        message: "Too many frames. Wait a moment.".into(),
        retry_ms: Some(retry_ms),
        temporary: true,
        detail: None,
    }
}

/// Something private was found.
pub fn warned(warning: Warning) -> Failure {
    let message = "This seems to contain something private. Nothing was published.".into();
    Failure { code: Code::PiiWarning, message, retry_ms: None, temporary: false, detail: Some(warning) }
}
