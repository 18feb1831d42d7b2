//! What the forms of members show: sending a returned text again, reporting an entry; and what came of their reports.

use askama::Template;

use crate::entries::views::{Person, Stamp, WarningView};
use crate::http::layout::Layout;

/// `/my/held/{item}/edit`.
#[derive(Template)]
#[template(path = "moderation/again.html")]
pub struct AgainPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Review item.
    pub id: i64,
    /// What kind of text: "Reply", "New topic".
    pub subject: &'static str,
    /// The submission's name.
    pub nonce: String,
    /// Its fields, in reading order.
    pub fields: Vec<AgainField>,
    /// The warning, when something personal is found again.
    pub warning: Option<WarningView>,
    /// What is wrong.
    pub error: Option<String>,
}

/// A field of a returned text.
#[derive(Debug, Clone)]
pub struct AgainField {
    /// Name in the form.
    pub name: &'static str,
    /// In words.
    pub label: &'static str,
    /// Several lines.
    pub long: bool,
    /// As typed.
    pub text: String,
}

/// `/p/{id}/flag`: a report to the moderators.
#[derive(Template)]
#[template(path = "moderation/flag.html")]
pub struct FlagPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Entry.
    pub id: i64,
    /// Title of its topic, name of its room.
    pub place: String,
    /// Who wrote it.
    pub author: Person,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// What may be reported.
    pub reasons: Vec<FlagChoice>,
    /// As typed.
    pub note: String,
    /// What is wrong with the reason, or with the whole.
    pub reason_error: Option<String>,
    /// What is wrong with the note.
    pub note_error: Option<String>,
}

/// Something that may be reported.
#[derive(Debug, Clone)]
pub struct FlagChoice {
    /// Value of the form.
    pub key: &'static str,
    /// In words.
    pub label: &'static str,
    /// Chosen before.
    pub chosen: bool,
}

/// `/my/reports`: what the viewer reported.
#[derive(Template)]
#[template(path = "moderation/reports.html")]
pub struct ReportsPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Newest first.
    pub rows: Vec<ReportRow>,
    /// Link to older rows.
    pub older: Option<String>,
}

/// One of the viewer's own reports.
#[derive(Debug, Clone)]
pub struct ReportRow {
    /// Nobody decided yet.
    pub waits: bool,
    /// What came of it, as a sentence.
    pub answer: &'static str,
    /// What kind of text: "Reply", "New topic", "Message".
    pub subject: &'static str,
    /// Topic title or room name.
    pub title: String,
    /// The entry.
    pub url: String,
    /// The reason they chose, in words.
    pub reason: &'static str,
    /// Their words; may be empty.
    pub note: String,
    /// Sent.
    pub at: Stamp,
    /// Decided.
    pub decided: Option<Stamp>,
}
