//! The first words of a text on one line, for lists, notifications and previews.

use super::chars;

/// Most characters in an excerpt, the ellipsis included.
pub const EXCERPT_CHARS: usize = 160;

/// The beginning of `plain`, white space as single spaces, cut at a word with an ellipsis when it is longer.
pub(super) fn excerpt(plain: &str) -> String {
    let mut text = String::new();
    let mut count = 0;
    for word in plain.split_whitespace() {
        let space = usize::from(!text.is_empty());
        let length = word.chars().count();
        if count + space + length > EXCERPT_CHARS {
            return cut(text, count, word);
        }
        if space == 1 {
            text.push(' ');
        }
        text.push_str(word);
        count += space + length;
    }
    text
}

/// Ends an excerpt before `word`, or inside it when it would otherwise be less than half full. `count` is the length of
/// `text`.
fn cut(mut text: String, count: usize, word: &str) -> String {
    if count < EXCERPT_CHARS / 2 {
        if count > 0 {
            text.push(' ');
        }
        let room = EXCERPT_CHARS - 1 - text.chars().count();
        text.extend(word.chars().take(room));
        // Not between a character and what belongs to it.
        let attached = |c: char| chars::is_mark(c) || chars::is_joiner(c) || chars::is_presentation(c);
        if word.chars().nth(room).is_some_and(attached) {
            while text.pop().is_some_and(attached) {}
        }
    }
    let end = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '.')).len();
    text.truncate(end);
    // Full words may fill the limit exactly; the ellipsis needs a place too.
    if text.chars().count() >= EXCERPT_CHARS {
        text.pop();
    }
    text.push('…');
    text
}
