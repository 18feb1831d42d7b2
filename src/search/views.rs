//! What the search page shows.

use askama::Template;

use crate::entries::views::{Person, Stamp};
use crate::http::layout::Layout;

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Scope {
    /// Boards and chat.
    #[default]
    All,
    /// Boards.
    Boards,
    /// Chat.
    Chat,
}

impl Scope {
    /// Value of `?in=`.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Boards => "boards",
            Self::Chat => "chat",
        }
    }
}

/// `/search`.
#[derive(Template)]
#[template(path = "search/results.html")]
pub struct SearchPage {
    /// Frame of the page.
    pub layout: Layout,
    /// What was asked, as typed; empty when nothing was.
    pub query: String,
    /// Where to look.
    pub scope: Scope,
    /// The query without its scope, for the links that change the scope: `q=brass+insert` (already encoded).
    pub base: String,
    /// "48 results", "More than 1,000 results"; empty when nothing was asked.
    pub heading: String,
    /// How the query was understood: "all of: brass, insert; by: tomasz".
    pub meaning: Option<String>,
    /// Best first.
    pub results: Vec<ResultView>,
    /// Link to the next page.
    pub next: Option<String>,
    /// How long it took, in milliseconds.
    pub took_ms: u64,
    /// Why there is no answer.
    pub error: Option<String>,
}

/// A stretch of an excerpt or title.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Segment {
    /// The words.
    pub text: String,
    /// They were asked for.
    pub marked: bool,
}

/// One result: the best entry of a topic, or a message.
#[derive(Debug, Clone)]
pub struct ResultView {
    /// Link to the entry.
    pub url: String,
    /// Topic title; empty for a message.
    pub title: Vec<Segment>,
    /// Who wrote the entry.
    pub author: Person,
    /// When.
    pub at: Stamp,
    /// Board title or room name.
    pub place: String,
    /// Link to the board or room.
    pub place_url: String,
    /// Hue 1-8 of the board; `None` for a room.
    pub colour: Option<i16>,
    /// Post number; `None` for a message.
    pub number: Option<i64>,
    /// Words around the found ones.
    pub excerpt: Vec<Segment>,
    /// More entries of the same topic that fit.
    pub more: i64,
    /// Link to those.
    pub more_url: String,
}
