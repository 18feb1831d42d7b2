//! How large, deep and wide a text may be, and the checks that need only its source. They run before any parsing, so
//! that no text can make the parser build a tree that is far larger than itself.

use std::fmt;

use super::Profile;
use super::error::TextError;

/// Most bytes in a post (32 KiB).
pub const MAX_POST_BYTES: usize = 32 * 1024;
/// Most characters in a chat message.
pub const MAX_MESSAGE_CHARS: usize = 4_000;
/// Most characters in a bio or room topic; the form may allow fewer.
pub const MAX_LINE_PROFILE_CHARS: usize = 2_000;
/// Most characters in one line of source.
pub(super) const MAX_SOURCE_LINE_CHARS: usize = 10_000;
/// Most quotes and list items inside each other.
pub(super) const MAX_BLOCK_DEPTH: usize = 16;
/// Most emphasis, links and images inside each other. The sanitiser's time grows with the square of the depth.
pub(super) const MAX_INLINE_DEPTH: usize = 16;
/// Most links.
pub(super) const MAX_LINKS: usize = 50;
/// Most images.
pub(super) const MAX_IMAGES: usize = 20;
/// Most mentions.
pub(super) const MAX_MENTIONS: usize = 50;
/// Most references to footnotes; each costs two links in the output.
pub(super) const MAX_FOOTNOTES: usize = 50;
/// Most table columns.
pub(super) const MAX_COLUMNS: usize = 20;
/// Most table rows below the header.
pub(super) const MAX_ROWS: usize = 200;
/// Most cells in all tables of a text together: two full tables.
const MAX_CELLS: usize = 2 * MAX_COLUMNS * MAX_ROWS;
/// Most list items that the lines so far could have opened inside each other. Higher than `MAX_BLOCK_DEPTH`, which is
/// checked on the tree, since the lines may stand in a code block; low enough that blank lines, each of which is
/// carried through all open items, stay cheap.
const MAX_OPEN_ITEMS: usize = 32;
/// Most bytes of HTML (512 KiB).
pub(super) const MAX_OUTPUT_BYTES: usize = 512 * 1024;
/// Most bytes of HTML for each byte of source.
const MAX_GROWTH: usize = 40;
/// HTML that any text may have, however short: a table with every cell that is allowed, and little in them, fits.
const FREE_OUTPUT_BYTES: usize = 64 * 1024;

/// How many times a source may pass the size limits after values in it were hidden: `[email hidden]` is longer than the
/// shortest address by a little less than that, and hiding must never fail because of the room it takes.
pub(super) const MASKED_SLACK: usize = 3;

/// Refuses a source that is more than `slack` times too long for `profile`, or whose lines would make a disproportionate
/// tree.
pub(super) fn check_source(source: &str, profile: Profile, slack: usize) -> Result<(), TextError> {
    let max_chars = match profile {
        Profile::Post if source.len() > MAX_POST_BYTES * slack => {
            return Err(TextError::TooManyBytes { max: MAX_POST_BYTES });
        }
        Profile::Post => MAX_POST_BYTES,
        Profile::Message => MAX_MESSAGE_CHARS,
        Profile::Line => MAX_LINE_PROFILE_CHARS,
    };
    if source.chars().count() > max_chars * slack {
        return Err(TextError::TooLong { max: max_chars });
    }
    let max_line = MAX_SOURCE_LINE_CHARS * slack;
    let mut tables = Tables::default();
    let mut open = 0;
    for line in source.split(['\n', '\r']) {
        if line.len() > max_line && line.chars().count() > max_line {
            return Err(TextError::LineTooLong { max: MAX_SOURCE_LINE_CHARS });
        }
        // An item stays open below lines that are indented by at least two columns for it.
        open = open.max(markers(line) + open.min(indent(line) / 2));
        if open > MAX_OPEN_ITEMS {
            return Err(TextError::TooDeep { max: MAX_BLOCK_DEPTH });
        }
        tables.check(line)?;
    }
    Ok(())
}

/// The columns before the first sign of `line`, quote marks counted as space.
fn indent(line: &str) -> usize {
    let blank = line.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'>'));
    blank.map(|b| if b == b'\t' { 4 } else { 1 }).sum()
}

/// Counts the list and footnote markers that open `line`.
fn markers(line: &str) -> usize {
    let bytes = line.as_bytes();
    if bytes.iter().all(|b| matches!(b, b' ' | b'\t' | b'-')) || bytes.iter().all(|b| matches!(b, b' ' | b'\t' | b'*'))
    {
        return 0; // a horizontal rule
    }
    let mut count = 0;
    let mut rest = bytes;
    while let Some((&first, tail)) = rest.split_first() {
        rest = match first {
            b' ' | b'\t' | b'>' => tail,
            b'-' | b'+' | b'*' if ends_marker(tail) => {
                count += 1;
                tail
            }
            b'0'..=b'9' => {
                let digits = tail.iter().take_while(|b| b.is_ascii_digit()).count();
                match tail.get(digits..).and_then(<[u8]>::split_first) {
                    Some((b'.' | b')', tail)) if ends_marker(tail) => {
                        count += 1;
                        tail
                    }
                    _ => break,
                }
            }
            b'[' if tail.first() == Some(&b'^') => match tail.windows(2).position(|pair| pair == b"]:") {
                Some(at) => {
                    count += 1;
                    tail.get(at + 2..).unwrap_or_default()
                }
                None => break,
            },
            _ => break,
        };
    }
    count
}

fn ends_marker(tail: &[u8]) -> bool {
    matches!(tail.first(), None | Some(b' ' | b'\t'))
}

/// Counts the cells that the tables of a text would have. The parser fills short rows up to the width of the header.
#[derive(Default)]
struct Tables {
    columns: usize,
    rows: usize,
    cells: usize,
}

impl Tables {
    fn check(&mut self, line: &str) -> Result<(), TextError> {
        let columns = ruled_columns(line);
        if columns > 1 {
            (self.columns, self.rows) = (columns, 0);
        } else if line.bytes().all(|b| matches!(b, b' ' | b'\t' | b'>')) {
            self.columns = 0;
        } else if self.columns > 0 {
            self.rows += 1;
        }
        self.cells += self.columns;
        if self.columns > MAX_COLUMNS || self.rows > MAX_ROWS || self.cells > MAX_CELLS {
            return Err(table_too_large());
        }
        Ok(())
    }
}

/// The number of columns when `line` is the rule below a table header (`|---|:-:|`), else 0.
fn ruled_columns(line: &str) -> usize {
    if !line.contains('|') || !line.bytes().all(|b| matches!(b, b'|' | b'-' | b':' | b' ' | b'\t' | b'>')) {
        return 0;
    }
    line.split('|').filter(|cell| cell.contains('-')).count()
}

pub(super) fn table_too_large() -> TextError {
    TextError::TableTooLarge { columns: MAX_COLUMNS, rows: MAX_ROWS }
}

/// A string that refuses to grow beyond what a source of a given size may become.
pub(super) struct Output {
    pub(super) text: String,
    max: usize,
}

impl Output {
    pub(super) fn for_source(bytes: usize) -> Self {
        let max = bytes.saturating_mul(MAX_GROWTH).clamp(FREE_OUTPUT_BYTES, MAX_OUTPUT_BYTES);
        Self { text: String::with_capacity(bytes * 2), max }
    }
}

impl fmt::Write for Output {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        if self.text.len() + part.len() > self.max {
            return Err(fmt::Error);
        }
        self.text.push_str(part);
        Ok(())
    }
}
