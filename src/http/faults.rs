//! What keeps one request's trouble its own: handlers that panic, and handlers that do not end.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use futures_util::FutureExt;

use crate::error::{Cause, Error};

/// Longest time from a request that was read to its answer.
const HANDLER: Duration = Duration::from_secs(10);
/// When to try again after that, in seconds.
const LATER_S: u64 = 5;

/// A panic becomes a fault of ours. Its message may quote what people wrote, so it goes nowhere.
pub async fn caught(request: Request, next: Next) -> Response {
    let answer = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    answer.unwrap_or_else(|_| Error::internal("a handler panicked").into_response())
}

/// Gives up on a handler after [`HANDLER`]. What it was waiting for is dropped; a write that has begun still ends.
pub async fn timely(request: Request, next: Next) -> Response {
    // The first admin's form may fill the community. That happens once, takes longer, and must not end halfway; the
    // accept loop's own limit still holds.
    if request.uri().path() == "/setup" {
        return next.run(request).await;
    }
    let answer = tokio::time::timeout(HANDLER, next.run(request)).await;
    answer.unwrap_or_else(|_| Error::Unavailable(LATER_S, Cause::new("a handler took too long")).into_response())
}
