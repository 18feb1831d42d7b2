//! Finds the keywords of a view in one pass. Limit: where they stand and of which class they are; see [`super::keywords`].

use super::alloc::vec::Vec;
use super::fold::{NONE, View};
use super::keywords::{LISTS, OTHER, SSN, TRIAL};
use super::pairs::{Pairs, first_of, is_spaced};

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

/// All keywords in one text: before each a mark that tells its class and whether it is a stem ("kreditkart" opens
/// "kreditkartennummer"). Those that may share their first two characters stand together.
struct Index<const SIZE: usize> {
    bytes: [u8; SIZE],
    /// Where the keywords begin whose first two characters have this [`place`], and where the last ones end.
    starts: [u16; PLACES + 1],
}

const PLACES: usize = 256;
/// Marks are control characters, so that they never stand in a keyword.
const MARKS: u8 = 32;

const SIZE: usize = built::size();
static INDEX: Index<SIZE> = built::index();
static WORDS: &str = match core::str::from_utf8(&INDEX.bytes) {
    Ok(words) => words,
    Err(_) => "",
};
static PAIRS: Pairs = built::pairs();
/// The class of each list, apart from its words, which are in [`INDEX`].
static CLASSES: [u16; LISTS.len()] = built::classes();

/// The bits of all keywords of one character; a few characters share a bit.
const SINGLES: u128 = built::singles();

const fn bit(ch: char) -> u128 {
    1 << (ch as u32 % u128::BITS)
}

/// Where the keywords stand that begin with two characters.
const fn place(first: char, second: char) -> usize {
    (first as usize * 23 + second as usize) % PLACES
}

/// The keywords that may begin with `first` and `second`: the word, whether it is a stem, and its class.
fn keywords(first: char, second: char) -> impl Iterator<Item = (&'static str, bool, u16)> {
    let at = place(first, second);
    let bound = |at: usize| INDEX.starts.get(at).map_or(0, |start| usize::from(*start));
    let mut rest = WORDS.get(bound(at)..bound(at + 1)).unwrap_or_default();
    core::iter::from_fn(move || {
        let (mark, words) = (*rest.as_bytes().first()?, rest.get(1..)?);
        let end = words.bytes().position(|byte| byte < MARKS).unwrap_or(words.len());
        rest = words.get(end..)?;
        let class = CLASSES.get(usize::from(mark >> 1)).copied().unwrap_or(0);
        Some((words.get(..end)?, mark & 1 != 0, class))
    })
}

/// How the index is made, all of it at build time.
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at build time only")]
mod built {
    use super::{Index, LISTS, NONE, PLACES, Pairs, bit, first_of, place};

    /// A keyword in its list.
    struct Word {
        list: usize,
        from: usize,
        to: usize,
        stem: bool,
    }

    impl Word {
        const fn bytes(&self) -> &'static [u8] {
            LISTS[self.list].1.as_bytes().split_at(self.to).0.split_at(self.from).1
        }
    }

    /// The keyword at or behind byte `at` of a list, and where to go on.
    const fn next(list: usize, at: usize) -> Option<(Word, usize)> {
        let text = LISTS[list].1.as_bytes();
        let (mut from, mut end) = (at, at);
        while from < text.len() && (text[from] == b' ' || text[from] == b'|') {
            from += 1;
            end = from;
        }
        if from >= text.len() {
            return None;
        }
        while end < text.len() && text[end] != b'|' {
            end += 1;
        }
        let mut to = end;
        while text[to - 1] == b' ' {
            to -= 1;
        }
        let stem = text[to - 1] == b'*';
        Some((Word { list, from, to: to - stem as usize, stem }, end))
    }

    /// Where a keyword stands: by its first two characters, or by its only one.
    const fn place_of(word: &Word) -> usize {
        let first = first_of(word.bytes());
        let rest = word.bytes().split_at(first.len_utf8()).1;
        place(first, if rest.is_empty() { NONE } else { first_of(rest) })
    }

    pub(super) const fn size() -> usize {
        let (mut size, mut list) = (0, 0);
        while list < LISTS.len() {
            let mut at = 0;
            while let Some((word, end)) = next(list, at) {
                size += word.bytes().len() + 1;
                at = end;
            }
            list += 1;
        }
        size
    }

    pub(super) const fn index<const SIZE: usize>() -> Index<SIZE> {
        let mut index = Index { bytes: [0; SIZE], starts: [0; PLACES + 1] };
        // First how much every place takes, then where it begins.
        let mut list = 0;
        while list < LISTS.len() {
            let mut at = 0;
            while let Some((word, end)) = next(list, at) {
                index.starts[place_of(&word) + 1] += word.bytes().len() as u16 + 1;
                at = end;
            }
            list += 1;
        }
        let mut at = 0;
        while at < PLACES {
            index.starts[at + 1] += index.starts[at];
            at += 1;
        }
        let mut free = index.starts;
        list = 0;
        while list < LISTS.len() {
            at = 0;
            while let Some((word, end)) = next(list, at) {
                let slot = &mut free[place_of(&word)];
                index.bytes[*slot as usize] = (list as u8) << 1 | word.stem as u8;
                *slot += 1;
                let mut rest = word.bytes();
                while let [byte, others @ ..] = rest {
                    index.bytes[*slot as usize] = *byte;
                    *slot += 1;
                    rest = others;
                }
                at = end;
            }
            list += 1;
        }
        index
    }

    pub(super) const fn classes() -> [u16; LISTS.len()] {
        let (mut classes, mut list) = ([0; LISTS.len()], 0);
        while list < LISTS.len() {
            classes[list] = LISTS[list].0;
            list += 1;
        }
        classes
    }

    pub(super) const fn singles() -> u128 {
        let (mut bits, mut list) = (0, 0);
        while list < LISTS.len() {
            let mut at = 0;
            while let Some((word, end)) = next(list, at) {
                let first = first_of(word.bytes());
                if word.bytes().len() == first.len_utf8() {
                    bits |= bit(first);
                }
                at = end;
            }
            list += 1;
        }
        bits
    }

    pub(super) const fn pairs() -> Pairs {
        let mut pairs = Pairs::new();
        let mut list = 0;
        while list < LISTS.len() {
            let mut at = 0;
            while let Some((word, end)) = next(list, at) {
                pairs = pairs.with(word.bytes());
                at = end;
            }
            list += 1;
        }
        pairs
    }
}

/// Whether a longer keyword takes the meaning of one inside it.
fn inner(one: &Hit, other: &Hit) -> bool {
    let covered = other.from <= one.from && other.to >= one.to && other.to - other.from > one.to - one.from;
    covered && (one.class | other.class) & (OTHER | SSN) != 0
}

/// Every keyword of the view that begins in `from..to`, sorted by where it begins.
pub(super) fn hits(view: &View, from: usize, to: usize) -> Vec<Hit> {
    let mut hits: Vec<Hit> = Vec::new();
    let mut before = view.back(from, 1);
    let cells = view.cells().get(from..to.min(view.len())).unwrap_or_default();
    for (at, cell) in (from..).zip(cells) {
        let ch = cell.ch;
        let inside = is_spaced(ch) && is_spaced(before);
        before = ch;
        if inside || !PAIRS.may_open(ch, view.ch(at + 1)) || !ch.is_alphabetic() {
            continue;
        }
        let single = SINGLES & bit(ch) != 0;
        let alone = single.then(|| keywords(ch, NONE)).into_iter().flatten();
        for (word, stem, class) in alone.chain(keywords(ch, view.ch(at + 1))) {
            // The end of a host name ("fenmail.example") announces nothing.
            let label = class == TRIAL && view.back(at, 1) == '.' && is_spaced(view.back(at, 2));
            if label || !view.spells(at, word) {
                continue;
            }
            let mut to = at + word.chars().count();
            if stem {
                to = view.run_end(to, TAIL, is_spaced);
            } else if is_spaced(view.back(to, 1)) && is_spaced(view.ch(to)) {
                continue;
            }
            let hit = Hit { from: at, to, class };
            // The card of "gift card" is none, and the number of "tax id" is no other.
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

    fn all() -> impl Iterator<Item = &'static str> {
        LISTS.iter().flat_map(|list| list.1.split('|')).map(|word| word.trim().trim_end_matches('*'))
    }

    #[test]
    fn no_keyword_is_longer_than_said() {
        assert!(all().all(|word| word.chars().count() <= WORD));
        assert!(LISTS.len() * 2 <= usize::from(MARKS));
    }

    #[test]
    fn keywords_are_folded_like_a_view() {
        for word in all() {
            let view = View::of(word);
            assert_eq!(view.text(0, view.len()), word);
        }
    }

    #[test]
    fn every_keyword_is_found() {
        for (class, list) in LISTS {
            for word in list.split('|').map(str::trim) {
                let (plain, stem) = (word.trim_end_matches('*'), word.ends_with('*'));
                let mut chars = plain.chars();
                let mut found = keywords(chars.next().unwrap_or(NONE), chars.next().unwrap_or(NONE));
                assert!(found.any(|entry| entry == (plain, stem, *class)), "{word}");
            }
        }
    }
}
