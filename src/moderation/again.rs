//! What the page shows on which a returned text is changed and sent again.

use askama::Template;

use crate::entries::views::WarningView;
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
