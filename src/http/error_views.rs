//! Pages for what went wrong.

use askama::Template;

use super::layout::Layout;

/// An error as a page.
#[derive(Template)]
#[template(path = "errors/error.html")]
pub struct ErrorPage {
    /// Frame of the page.
    pub layout: Layout,
    /// HTTP status.
    pub status: u16,
    /// What happened, in a few words.
    pub heading: &'static str,
    /// What to do.
    pub detail: String,
    /// Number of the request, for faults of ours.
    pub request: Option<String>,
    /// Seconds until it may work.
    pub retry_after: Option<u64>,
}

/// What happened, in a few words.
pub fn heading(status: u16) -> &'static str {
    match status {
        401 => "Sign in first",
        403 => "Not allowed",
        404 => "Nothing here",
        409 => "Somebody was faster",
        413 => "Too large",
        422 => "Look at it again",
        429 => "A little slower",
        503 => "Back in a moment",
        _ => "Something went wrong",
    }
}
