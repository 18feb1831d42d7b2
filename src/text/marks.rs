//! The tokens that stand where something private was hidden, and how they are shown.

/// What the detector leaves in the source in place of a hidden value. Only these exact words become marks, so that
/// nobody can make other words look like the server's own.
pub const MASK_TOKENS: &[&str] = &[
    "[email hidden]",
    "[card number hidden]",
    "[SSN hidden]",
    "[phone number hidden]",
    "[IBAN hidden]",
    "[password hidden]",
    "[secret hidden]",
    "[IP address hidden]",
];

/// When `text` begins with a token: its HTML and the rest.
pub(super) fn mask_at(text: &str) -> Option<(String, &str)> {
    MASK_TOKENS.iter().find_map(|token| {
        let rest = text.strip_prefix(token)?;
        let words = token.trim_start_matches('[').trim_end_matches(']');
        Some((format!("<span class=\"mask\">{words}</span>"), rest))
    })
}
