//! Review: what waits for a moderator, what was decided, and what its author is told.
//!
//! Held text is published by `publish` from its seal; this folder decides whether, once, and keeps the record of it.

mod cases;
mod decide;
mod expiry;
mod flags;
mod forms;
pub mod html;
pub mod json;
mod log;
mod own;
mod pages;
mod remove;
mod reports;
mod reveal;
pub mod store;
#[cfg(test)]
mod tests;
mod transitions;
pub mod views;
mod words;

use crate::clock::Moment;
use crate::error::Error;
use crate::ids::ReviewId;

pub use cases::{Case, Evidence, Flag, Names, PlaceName, Row, Standing, case, counts, queue, urls};
pub use decide::{Verdict, decide};
pub use expiry::{expire, forget_returned};
pub use flags::{Report, Reportable, flag, reportable};
pub use log::{Chain, Deed, append, verify};
pub use own::{Mine, held_in_room, held_in_topic, mine, returned, usual_min, withdraw};
pub use remove::remove;
pub use reports::{MyReport, reports};
pub use reveal::{Revealed, reveal};
pub use store::record::rows as log_rows;
pub use transitions::next;
pub use views::Filter;
pub use words::{FlagReason, Reason, RevealReason, decision, decision_key};

/// Items on a page.
pub const PAGE: u64 = 50;
/// What waits longer than this, in seconds, is late.
pub const TARGET_S: i64 = 40 * 60;
/// Most characters of a note, to an author or with a flag.
const NOTE_CHARS: usize = 1000;

impl Filter {
    /// The list of a `?show=`; all for what is unknown.
    pub fn parse(key: &str) -> Self {
        [Self::Held, Self::Flags, Self::Done].into_iter().find(|filter| filter.key() == key).unwrap_or_default()
    }
}

/// How many wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Held before publishing.
    pub held: i64,
    /// Reported by members.
    pub flags: i64,
}

/// Where the next page of the queue begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// When the last item shown was decided, or came.
    pub at: Moment,
    /// Its id.
    pub id: ReviewId,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.at.0, self.id)
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || Error::field("after", "This is not a place in the list; start from its first page.");
        let (at, id) = text.split_once('-').ok_or_else(wrong)?;
        let parse = |text: &str| text.parse::<i64>().map_err(|_| wrong());
        Ok(Self { at: Moment(parse(at)?), id: ReviewId(parse(id)?) })
    }
}

/// Checks a note: private words to one reader, never published.
fn note(field: &'static str, text: &str) -> Result<String, Error> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(String::new());
    }
    let refused = |error: crate::text::TextError| Error::field(field, error.to_string());
    let text = crate::text::normalise(text, 4 * NOTE_CHARS).map_err(refused)?;
    if text.chars().count() > NOTE_CHARS {
        return Err(refused(crate::text::TextError::TooLong { max: NOTE_CHARS }));
    }
    Ok(text)
}
