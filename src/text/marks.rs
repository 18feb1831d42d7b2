//! The tokens that stand where something private was hidden, and how they are shown.

use crate::pii::Rule;

/// What the detector leaves in the source in place of a hidden value. Only these exact words become marks, so that
/// nobody can make other words look like the server's own.
pub fn mask_tokens() -> impl Iterator<Item = &'static str> {
    Rule::ALL.iter().map(|rule| rule.token())
}

/// When `text` begins with a token: its HTML and the rest.
pub(super) fn mask_at(text: &str) -> Option<(String, &str)> {
    mask_tokens().find_map(|token| {
        let rest = text.strip_prefix(token)?;
        let words = token.trim_start_matches('[').trim_end_matches(']');
        Some((format!("<span class=\"mask\">{words}</span>"), rest))
    })
}
