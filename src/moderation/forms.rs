//! What the forms of members show: sending a returned text again, reporting an entry.

use askama::Template;

use crate::entries::views::{Person, WarningView};
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
