//! The part of a text around what was found.

use super::query::Parsed;
use super::tokens;

/// Bytes shown before the first word found.
const BEFORE: usize = 80;
/// Bytes shown in all.
const SHOWN: usize = 240;

/// Stretches of the text around the first word found, each with whether it is one of the words.
pub fn around(text: &str, parsed: &Parsed) -> Vec<(String, bool)> {
    let wanted: Vec<&str> = parsed.words().collect();
    let words = tokens::words(text);
    let hits: Vec<_> = words.iter().filter(|word| wanted.contains(&word.text.as_str())).collect();
    let first = hits.first().map_or(0, |word| word.start);
    let start = boundary(text, first.saturating_sub(BEFORE)).min(first);
    let end = boundary(text, (start + SHOWN).min(text.len()));
    let mut out = Vec::new();
    let mut at = start;
    let mut push = |from: usize, to: usize, marked: bool| {
        if let Some(piece) = text.get(from..to).filter(|piece| !piece.is_empty()) {
            out.push((piece.replace('\n', " "), marked));
        }
    };
    for word in hits.into_iter().filter(|word| word.start >= start && word.end <= end) {
        push(at, word.start, false);
        push(word.start, word.end, true);
        at = word.end;
    }
    push(at, end, false);
    if start > 0 {
        out.insert(0, ("…".to_owned(), false));
    }
    if end < text.len() {
        out.push(("…".to_owned(), false));
    }
    out
}

/// The next character boundary at or after a byte, moved to the end of a word where one is near.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at += 1;
    }
    if at == 0 || at == text.len() {
        return at;
    }
    text.get(at..)
        .and_then(|rest| rest.char_indices().take(24).find(|(_, c)| c.is_whitespace()))
        .map_or(at, |(blank, c)| at + blank + c.len_utf8())
}
