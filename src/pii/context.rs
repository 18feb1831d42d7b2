//! Finds the keywords of a view in one pass. Limit: where they stand and of which class they are; see [`super::keywords`].

use super::fold::{NONE, View};
use super::keywords::{LISTS, OTHER, SSN, TRIAL};
use super::pairs::{Pairs, is_spaced};
use super::small;
use std::sync::OnceLock;

/// The longest listed word, in characters, and how far a stem may go on behind it.
const WORD: usize = 22;
const TAIL: usize = 18;
/// No keyword is longer.
pub(super) const LONGEST: usize = WORD + TAIL;

/// A keyword in a view.
#[derive(Clone)]
pub(super) struct Hit {
    pub(super) from: usize,
    pub(super) to: usize,
    pub(super) class: u16,
}

#[derive(Clone, Copy)]
struct Entry {
    /// The first two characters.
    opening: (char, char),
    word: &'static str,
    /// The word may go on: "kreditkart" opens "kreditkartennummer".
    stem: bool,
    class: u16,
}

struct Index {
    /// All keywords, sorted by their first two characters.
    entries: Vec<Entry>,
    pairs: Pairs,
}

fn index() -> &'static Index {
    static INDEX: OnceLock<Index> = OnceLock::new();
    INDEX.get_or_init(|| {
        let mut all = Vec::new();
        let mut pairs = Pairs::new();
        for (class, words) in LISTS {
            for word in words.split('|').map(str::trim).filter(|word| !word.is_empty()) {
                let stem = word.ends_with('*');
                let word = word.trim_end_matches('*');
                pairs = pairs.with(word);
                let mut chars = word.chars();
                let opening = (chars.next().unwrap_or(' '), chars.next().unwrap_or(NONE));
                all.push(Entry { opening, word, stem, class: *class });
            }
        }
        small::sort(&mut all, |entry| entry.opening);
        Index { entries: all, pairs }
    })
}

/// Every keyword of the view that begins in `from..to`, sorted by where it begins.
pub(super) fn hits(view: &View, from: usize, to: usize) -> Vec<Hit> {
    let Index { entries, pairs } = index();
    let mut hits: Vec<Hit> = Vec::new();
    let mut before = view.back(from, 1);
    let cells = view.cells().get(from..to.min(view.len())).unwrap_or_default();
    for (at, cell) in (from..).zip(cells) {
        let ch = cell.ch;
        let inside = is_spaced(ch) && is_spaced(before);
        before = ch;
        if inside || !ch.is_alphabetic() || !pairs.may_open(ch, view.ch(at + 1)) {
            continue;
        }
        let opened = |second: char| {
            let first = entries.partition_point(|entry| entry.opening < (ch, second));
            let rest = entries.get(first..).unwrap_or_default().iter();
            rest.take_while(move |entry| entry.opening == (ch, second))
        };
        for entry in opened(NONE).chain(opened(view.ch(at + 1))) {
            // The end of a host name ("fenmail.example") announces nothing.
            let label = entry.class == TRIAL && view.back(at, 1) == '.' && is_spaced(view.back(at, 2));
            if label || !view.spells(at, entry.word) {
                continue;
            }
            let mut to = at + entry.word.chars().count();
            if entry.stem {
                to = view.run_end(to, TAIL, is_spaced);
            } else if is_spaced(view.back(to, 1)) && is_spaced(view.ch(to)) {
                continue;
            }
            let hit = Hit { from: at, to, class: entry.class };
            // The card of "gift card" is none, and the number of "tax id" is no other.
            let inner = |one: &Hit, other: &Hit| {
                let covered = other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from;
                covered && (one.class | other.class) & (OTHER | SSN) != 0
            };
            while hits.last().is_some_and(|last| inner(last, &hit)) {
                hits.pop();
            }
            if !hits.last().is_some_and(|last| inner(&hit, last)) {
                hits.push(hit);
            }
        }
    }
    hits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_keyword_is_longer_than_said() {
        assert!(index().entries.iter().all(|entry| entry.word.chars().count() <= WORD));
    }

    #[test]
    fn keywords_are_folded_like_a_view() {
        for entry in &index().entries {
            let view = View::of(entry.word);
            assert_eq!(view.text(0, view.len()), entry.word);
        }
    }
}
