//! Views: the text folded to plain lower-case characters, each with its exact place in the bytes that were typed.
//! Limit: folds character by character; what the characters mean is left to the rules.

use super::escape;
use super::fold_tables::{Fold, fold_char};
use super::types::{Finding, Rule};
use std::ops::Range;

/// Stands for a masked or already found value: no letter, no digit, no separator.
pub(super) const BLANK: char = '\u{FFFC}';
/// What [`View::ch`] answers outside the view.
pub(super) const NONE: char = '\0';

/// One character of a view and the bytes it stands for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Cell {
    pub(super) ch: char,
    pub(super) start: u32,
    pub(super) end: u32,
}

/// A folded reading of the text.
pub(super) struct View {
    cells: Vec<Cell>,
}

impl View {
    /// The whole of a short text, nothing blanked.
    pub(super) fn of(text: &str) -> Self {
        Self::fold(text, 0..text.len(), &[])
    }

    pub(super) fn from_cells(cells: Vec<Cell>) -> Self {
        Self { cells }
    }

    /// Folds a part of `text`; every blank in it becomes one [`BLANK`]. The text must be shorter than 4 GiB (a piece
    /// is far shorter), the part must begin and end on character boundaries.
    pub(super) fn fold(text: &str, part: Range<usize>, blanks: &[Finding]) -> Self {
        let first = blanks.partition_point(|blank| blank.end <= part.start);
        let mut blanks = blanks.get(first..).unwrap_or_default().iter().peekable();
        let mut folder = Folder { text, cells: Vec::with_capacity(part.len()) };
        let mut at = part.start;
        while at < part.end {
            if let Some(blank) = blanks.next_if(|blank| blank.start <= at) {
                folder.push(BLANK, at, blank.end);
                at = blank.end.max(at);
                continue;
            }
            let stop = blanks.peek().map_or(part.end, |blank| blank.start.min(part.end));
            at = folder.take_plain(at, stop);
            let Some(ch) = text.get(at..stop).and_then(|rest| rest.chars().next()) else {
                at = stop.max(at);
                continue;
            };
            at = folder.take(at, ch);
        }
        Self { cells: folder.cells }
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The character at `at`, or [`NONE`] outside.
    pub(super) fn ch(&self, at: usize) -> char {
        self.cells.get(at).map_or(NONE, |cell| cell.ch)
    }

    /// The character `by` places before `at`, or [`NONE`] outside.
    pub(super) fn back(&self, at: usize, by: usize) -> char {
        at.checked_sub(by).map_or(NONE, |at| self.ch(at))
    }

    /// The bytes of the cells `from..to`.
    pub(super) fn bytes(&self, from: usize, to: usize) -> (usize, usize) {
        let start = self.cells.get(from).map_or(0, |cell| cell.start as usize);
        let end = to.checked_sub(1).and_then(|last| self.cells.get(last)).map_or(start, |cell| cell.end as usize);
        (start, end.max(start))
    }

    /// Whether the cells from `at` on spell `word`.
    pub(super) fn spells(&self, at: usize, word: &str) -> bool {
        let mut cells = self.cells.get(at..).unwrap_or_default().iter();
        word.chars().all(|ch| cells.next().is_some_and(|cell| cell.ch == ch))
    }

    /// The first place at or after `at` whose character is not as `wanted`, looking at most `cap` places far.
    pub(super) fn run_end(&self, at: usize, cap: usize, wanted: impl Fn(char) -> bool) -> usize {
        let stop = self.len().min(at.saturating_add(cap));
        let run = self.cells.get(at..stop).unwrap_or_default();
        run.iter().position(|cell| !wanted(cell.ch)).map_or(stop.max(at), |length| at + length)
    }

    /// The start of the run of `wanted` characters that ends before `at`, at most `cap` places back.
    pub(super) fn run_start(&self, at: usize, cap: usize, wanted: impl Fn(char) -> bool) -> usize {
        let floor = at.saturating_sub(cap);
        let mut start = at;
        while start > floor && wanted(self.back(start, 1)) {
            start -= 1;
        }
        start
    }

    /// The characters `from..to` as a string; meant for short stretches.
    pub(super) fn text(&self, from: usize, to: usize) -> String {
        self.cells.get(from..to).unwrap_or_default().iter().map(|cell| cell.ch).collect()
    }
}

/// Where `part` begins in `text`. The library's own search would add a twentieth to the module for the browser.
pub(super) fn position(text: &str, part: &str) -> Option<usize> {
    let (bytes, first) = (text.as_bytes(), *part.as_bytes().first()?);
    let mut begins = bytes.iter().enumerate().filter(|(_, byte)| **byte == first).map(|(at, _)| at);
    begins.find(|at| bytes.get(*at..).is_some_and(|rest| rest.starts_with(part.as_bytes())))
}

/// Where `part` begins last in `text`.
pub(super) fn last_position(text: &str, part: &str) -> Option<usize> {
    text.as_bytes().windows(part.len()).rposition(|window| window == part.as_bytes())
}

struct Folder<'t> {
    text: &'t str,
    cells: Vec<Cell>,
}

impl Folder<'_> {
    /// Takes the characters from byte `at` on that stand for themselves but for case, and answers the byte behind them.
    fn take_plain(&mut self, at: usize, stop: usize) -> usize {
        let rest = self.text.as_bytes().get(at..stop).unwrap_or_default();
        let plain = rest.iter().position(|byte| !is_plain(*byte)).unwrap_or(rest.len());
        let cell = |(byte, start): (&u8, u32)| Cell { ch: byte.to_ascii_lowercase().into(), start, end: start + 1 };
        let run = rest.get(..plain).unwrap_or_default();
        self.cells.extend(run.iter().zip(narrow(at)..).map(cell));
        at + plain
    }

    /// Folds what starts at byte `at` and answers the byte to go on with.
    fn take(&mut self, at: usize, ch: char) -> usize {
        let plain_end = at + ch.len_utf8();
        match ch {
            '[' => {
                if let Some(end) = self.token_end(at) {
                    self.push(BLANK, at, end);
                    return end;
                }
                self.push(ch, at, plain_end);
            }
            '&' | '%' | '\\' => {
                let rest = self.text.as_bytes().get(at..).unwrap_or_default();
                if let Some((decoded, length)) = escape::decode(rest) {
                    self.fold_one(decoded, at, at + length);
                    return at + length;
                }
                self.push(ch, at, plain_end);
            }
            '\r' if self.text.as_bytes().get(plain_end) == Some(&b'\n') => {}
            '\t' => self.push(' ', at, plain_end),
            '\r' | '\u{B}' | '\u{C}' => self.push('\n', at, plain_end),
            _ => self.fold_one(ch, at, plain_end),
        }
        plain_end
    }

    fn token_end(&self, at: usize) -> Option<usize> {
        let rest = self.text.get(at..)?;
        Rule::ALL.iter().find(|rule| rest.starts_with(rule.token())).map(|rule| at + rule.token().len())
    }

    fn fold_one(&mut self, ch: char, start: usize, end: usize) {
        match fold_char(ch) {
            Fold::To('a') if matches!(ch, 'ⓐ' | 'Ⓐ') => {
                let sign = if self.beside_circled(start, end) { 'a' } else { '@' };
                self.push(sign, start, end);
            }
            Fold::To(folded) => self.push(folded, start, end),
            Fold::Dash => {
                // The long-vowel mark of kana is a dash only after a digit.
                let after_digit = self.cells.last().is_some_and(|cell| cell.ch.is_ascii_digit());
                self.push(if after_digit { '-' } else { ch }, start, end);
            }
            Fold::Drop => {}
            Fold::Attach => {
                if let Some(last) = self.cells.last_mut().filter(|last| last.ch != BLANK) {
                    last.end = narrow(end);
                }
            }
        }
    }

    /// A circled A stands for the sign, unless the letters beside it are circled too.
    fn beside_circled(&self, start: usize, end: usize) -> bool {
        let circled = |ch: char| matches!(ch, 'Ⓐ'..='ⓩ');
        let before = self.text.get(..start).and_then(|text| text.chars().next_back());
        let after = self.text.get(end..).and_then(|text| text.chars().next());
        before.is_some_and(circled) || after.is_some_and(circled)
    }

    fn push(&mut self, ch: char, start: usize, end: usize) {
        self.cells.push(Cell { ch, start: narrow(start), end: narrow(end) });
    }
}

/// ASCII that can be no part of a code, a token or a line ending of two characters.
fn is_plain(byte: u8) -> bool {
    matches!(byte, b' '..=b'~' | b'\n') && !matches!(byte, b'%' | b'&' | b'[' | b'\\')
}

/// Pieces are far shorter than 4 GiB, so nothing is ever cut here.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
