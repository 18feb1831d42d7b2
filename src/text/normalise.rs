//! Brings typed text into one form before anything looks at it: bodies with `normalise`, one-line fields with `line`.

use unicode_normalization::UnicodeNormalization;

use super::chars;
use super::error::TextError;

/// Most combining marks in a row in a one-line field. Stacks beyond it run into the lines above and below.
const MAX_MARKS: usize = 3;

/// A body as it is stored: NFC, LF line ends, no byte order mark, no control characters but tab and LF.
///
/// `max_bytes` is the limit in bytes after that.
///
/// # Errors
/// Too long, or it holds NUL or a noncharacter.
pub fn normalise(input: &str, max_bytes: usize) -> Result<String, TextError> {
    // Forms send CRLF and may send decomposed accents, so the typed form can be longer than the stored one, never
    // doubly so.
    if input.len() > max_bytes.saturating_mul(2) {
        return Err(TextError::TooManyBytes { max: max_bytes });
    }
    let mut kept = String::with_capacity(input.len());
    let mut after_return = false;
    for c in input.chars() {
        match c {
            '\n' if after_return => {}
            '\r' | '\n' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push('\n'),
            '\t' => kept.push('\t'),
            '\0' => return Err(TextError::NotText),
            c if chars::is_noncharacter(c) => return Err(TextError::NotText),
            '\u{FEFF}' => {}
            c if c.is_control() => {}
            c => kept.push(c),
        }
        after_return = c == '\r';
    }
    let text: String = kept.nfc().collect();
    if text.len() > max_bytes {
        return Err(TextError::TooManyBytes { max: max_bytes });
    }
    Ok(text)
}

/// A title, display name, room title or other field of one line: NFC, single spaces, nothing invisible, trimmed.
///
/// # Errors
/// Longer than `max_chars` characters, empty, holds a control character, an unpaired direction mark or stacked accents.
pub fn line(input: &str, max_chars: usize) -> Result<String, TextError> {
    let max = max_chars;
    // A bound on the work; eight covers every letter that a decomposed form can need.
    if input.chars().count() > max.saturating_mul(8) {
        return Err(TextError::TooLong { max });
    }
    let mut kept = String::with_capacity(input.len());
    for c in input.nfc() {
        if c.is_whitespace() {
            if !kept.ends_with(' ') {
                kept.push(' ');
            }
        } else if c.is_control() || chars::is_noncharacter(c) {
            return Err(TextError::NotText);
        } else if !chars::is_invisible(c) {
            kept.push(c);
        }
    }
    if !chars::directions_paired(&kept) {
        return Err(TextError::UnpairedDirection);
    }
    let text = useful_joiners(kept.trim());
    if chars::is_blank(&text) {
        return Err(TextError::Empty);
    }
    check_marks(&text)?;
    if text.chars().count() > max {
        return Err(TextError::TooLong { max });
    }
    Ok(text)
}

/// Keeps a joiner or presentation mark only where it has work to do: joiners between two visible non-ASCII characters,
/// presentation marks once, behind a visible character.
fn useful_joiners(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        let before = kept.chars().next_back();
        let useful = if chars::is_joiner(c) {
            let joins =
                |n: char| !n.is_ascii() && !n.is_whitespace() && (!chars::is_unseen(n) || chars::is_presentation(n));
            before.is_some_and(joins) && rest.peek().copied().is_some_and(joins)
        } else if chars::is_presentation(c) {
            before.is_some_and(|b| b != ' ' && !chars::is_unseen(b))
        } else {
            true
        };
        // A space that only invisible characters kept apart from the one before it.
        let doubled = c == ' ' && before.is_none_or(|b| b == ' ');
        if useful && !doubled {
            kept.push(c);
        }
    }
    kept
}

fn check_marks(text: &str) -> Result<(), TextError> {
    let mut row = MAX_MARKS; // so that a mark with no letter before it is refused
    for c in text.chars() {
        if chars::is_mark(c) {
            row += 1;
            if row > MAX_MARKS {
                return Err(TextError::TooManyMarks { max: MAX_MARKS });
            }
        } else if !chars::is_unseen(c) {
            row = if c == ' ' { MAX_MARKS } else { 0 };
        }
    }
    Ok(())
}
