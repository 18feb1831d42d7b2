//! Views: the text folded to plain lower-case characters, each with its exact place in the bytes that were typed
//! and, for ASCII, the case it was typed in.
//! Limit: folds character by character; what the characters mean is left to the rules.

use super::alloc::{string::String, vec::Vec};
use super::anchors::{self, Anchor, Run};
use super::classes;
use super::escape;
use super::fold_tables::{Fold, fold_char};
use super::types::{Finding, Rule};
use core::ops::Range;

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
#[derive(Default)]
pub(super) struct View {
    cells: Vec<Cell>,
    /// Per cell its ASCII character in the case it was typed in, or 0.
    keys: Vec<u8>,
    anchors: Vec<Anchor>,
}

impl View {
    /// The whole of a short text, nothing blanked.
    pub(super) fn of(text: &str) -> Self {
        Self::fold(text, 0..text.len(), &[]).anchored()
    }

    /// Folds a part of `text`; every blank in it becomes one [`BLANK`]. The text must be shorter than 4 GiB (a piece
    /// is far shorter), the part must begin and end on character boundaries.
    pub(super) fn fold(text: &str, part: Range<usize>, blanks: &[Finding]) -> Self {
        let first = blanks.partition_point(|blank| blank.end <= part.start);
        let mut blanks = blanks.get(first..).unwrap_or_default().iter().peekable();
        let mut folder = Folder { text, view: Self::with_capacity(part.len()) };
        let mut at = part.start;
        while at < part.end {
            if let Some(blank) = blanks.next_if(|blank| blank.start <= at) {
                folder.view.push(BLANK, at, blank.end);
                at = at.max(blank.end);
                continue;
            }
            let stop = blanks.peek().map_or(part.end, |blank| blank.start.min(part.end));
            at = folder.take_plain(at, stop);
            if at < stop {
                let Some(ch) = text.get(at..).and_then(|rest| rest.chars().next()) else { break };
                at = folder.take(at, ch);
            }
        }
        folder.view
    }

    /// The view with its anchors.
    pub(super) fn anchored(mut self) -> Self {
        self.anchors = anchors::find(&self.keys);
        self
    }

    /// The view with its anchors, when it consists of `runs` of another one and little more.
    pub(super) fn anchored_by(mut self, other: &Self, runs: &[Run]) -> Self {
        self.anchors = anchors::moved(&self.keys, runs, &other.anchors);
        self
    }

    /// The places where one of `rules` may begin; none before the view is [`Self::anchored`].
    pub(super) fn anchors(&self, rules: u8) -> impl Iterator<Item = usize> {
        self.anchors.iter().filter_map(move |anchor| anchor.of(rules))
    }

    pub(super) fn with_capacity(cells: usize) -> Self {
        Self { cells: Vec::with_capacity(cells), keys: Vec::with_capacity(cells), anchors: Vec::new() }
    }

    /// Appends a character that stands for the bytes `start..end`; case is kept beside the folded character.
    pub(super) fn push(&mut self, ch: char, start: usize, end: usize) {
        self.cells.push(Cell { ch: ch.to_ascii_lowercase(), start: narrow(start), end: narrow(end) });
        self.keys.push(if ch.is_ascii() { ch as u8 } else { 0 });
    }

    /// Appends the cells `from..to` of another view.
    pub(super) fn append(&mut self, other: &Self, from: usize, to: usize) {
        self.cells.extend_from_slice(other.cells.get(from..to).unwrap_or_default());
        self.keys.extend_from_slice(other.keys.get(from..to).unwrap_or_default());
    }

    pub(super) fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// Per cell its ASCII character in the case it was typed in, or 0.
    pub(super) fn keys(&self) -> &[u8] {
        &self.keys
    }

    pub(super) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The ASCII character at `at` in the case it was typed in; 0 outside and for all others.
    pub(super) fn key(&self, at: usize) -> u8 {
        self.keys.get(at).copied().unwrap_or(0)
    }

    /// The key `by` places before `at`.
    pub(super) fn key_back(&self, at: usize, by: usize) -> u8 {
        at.checked_sub(by).map_or(0, |at| self.key(at))
    }

    /// The first place at or after `at` that holds an ASCII character of one of the `classes`.
    pub(super) fn next_of(&self, at: usize, classes: u8) -> Option<usize> {
        self.keys.get(at..)?.iter().position(|&key| classes::is(key, classes)).map(|step| at + step)
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

struct Folder<'t> {
    text: &'t str,
    view: View,
}

impl Folder<'_> {
    /// Folds the ordinary ASCII characters from byte `at` on, at most up to `stop`, and answers where they end.
    fn take_plain(&mut self, at: usize, stop: usize) -> usize {
        let run = self.text.as_bytes().get(at..stop).unwrap_or_default();
        let length = run.iter().position(|byte| !classes::is(*byte, classes::PLAIN)).unwrap_or(run.len());
        let run = run.get(..length).unwrap_or_default();
        self.view.cells.extend(run.iter().zip(narrow(at)..).map(|(byte, start)| Cell {
            ch: char::from(byte.to_ascii_lowercase()),
            start,
            end: start + 1,
        }));
        self.view.keys.extend_from_slice(run);
        at + length
    }

    /// Folds what starts at byte `at` and answers the byte to go on with.
    fn take(&mut self, at: usize, ch: char) -> usize {
        let plain_end = at + ch.len_utf8();
        match ch {
            '[' => {
                if let Some(end) = self.token_end(at) {
                    self.view.push(BLANK, at, end);
                    return end;
                }
                self.view.push(ch, at, plain_end);
            }
            '&' | '%' | '\\' => {
                let rest = self.text.as_bytes().get(at..).unwrap_or_default();
                if let Some((decoded, length)) = escape::decode(rest) {
                    self.fold_one(decoded, at, at + length);
                    return at + length;
                }
                self.view.push(ch, at, plain_end);
            }
            '\r' if self.text.as_bytes().get(plain_end) == Some(&b'\n') => {}
            '\t' => self.view.push(' ', at, plain_end),
            '\r' | '\u{B}' | '\u{C}' => self.view.push('\n', at, plain_end),
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
            Fold::To(letter) if matches!(ch, 'ⓐ' | 'Ⓐ') => {
                let sign = if self.beside_circled(start, end) { letter } else { '@' };
                self.view.push(sign, start, end);
            }
            Fold::To(folded) => self.view.push(folded, start, end),
            Fold::Dash => {
                // The long-vowel mark of kana is a dash only after a digit.
                let after_digit = self.view.cells.last().is_some_and(|cell| cell.ch.is_ascii_digit());
                self.view.push(if after_digit { '-' } else { ch }, start, end);
            }
            Fold::Drop => {}
            Fold::Attach => {
                if let Some(last) = self.view.cells.last_mut().filter(|last| last.ch != BLANK) {
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
}

/// Pieces are far shorter than 4 GiB, so nothing is ever cut here.
fn narrow(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
