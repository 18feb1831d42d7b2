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

/// Something private was found.
pub fn warned(warning: Warning) -> Failure {
    let message = "This seems to contain something private. Nothing was published.".into();
    Failure { code: Code::PiiWarning, message, retry_ms: None, temporary: false, detail: Some(warning) }
}
