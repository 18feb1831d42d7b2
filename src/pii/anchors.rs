//! The places of a view where one of the rules may begin, found in one pass by two neighbouring characters each.
//! Limit: it only says "perhaps", and for whom; the rules decide. Passwords, tokens and spelled signs begin at the
//! beginning of a word, so the inside of words is passed over.

use super::alloc::vec::Vec;
use super::classes::{self, CAPITAL, SMALL, WORD};
use super::password_words::WORDS;
use super::secret_tables::{OPENINGS, TOKENS};
use super::spelled_words::AT_WORDS;
use super::words::DIGIT_WORDS;
use core::ops::Range;

/// The sign of an address, or what stands for it.
pub(super) const MAIL: u8 = 1;
/// A word for a digit.
pub(super) const SPOKEN: u8 = 1 << 1;
/// A token, or the sign before a value.
pub(super) const SECRET: u8 = 1 << 2;
/// A word for a password.
pub(super) const PASSWORD: u8 = 1 << 3;

/// So many characters are looked at before what was found is kept.
const BLOCK: usize = 64;

/// A place and the rules that may begin there.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Anchor {
    at: u32,
    rules: u8,
}

impl Anchor {
    /// The place, if one of `rules` may begin there.
    pub(super) fn of(self, rules: u8) -> Option<usize> {
        (self.rules & rules != 0).then_some(self.at as usize)
    }
}

/// Rows: the characters of ASCII. Columns: the same, of which many count as one.
const SIZE: usize = 128;
const WIDTH: usize = 64;
static COLUMNS: [u8; SIZE] = built::columns();

/// Digits, and the letters that are typed in their place.
const DIGITS: &[u8; 16] = b"0123456789oliOLI";

/// Which rules may begin with a pair of characters. All characters outside ASCII are 0.
struct Table([u8; SIZE * WIDTH]);

impl Table {
    fn rules(&self, first: u8, second: u8) -> u8 {
        self.0.get(place(first, second)).copied().unwrap_or(0)
    }
}

#[allow(clippy::indexing_slicing, reason = "a column for every character")]
const fn place(first: u8, second: u8) -> usize {
    (first & 127) as usize * WIDTH + COLUMNS[(second & 127) as usize] as usize % WIDTH
}

static TABLE: Table = built::table();

/// How the table is made, all of it at build time.
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at build time only")]
mod built {
    use super::{
        AT_WORDS, DIGIT_WORDS, DIGITS, MAIL, OPENINGS, PASSWORD, SECRET, SIZE, SPOKEN, TOKENS, Table, WIDTH, WORDS,
    };
    use super::{classes, place};

    /// Signs that pairs end with.
    const SIGNS: &[u8] = b" ([{<@-_/|.~=";

    const ALL: [u8; SIZE] = {
        let mut all = [0; SIZE];
        let mut at = 0;
        while at < SIZE {
            all[at] = at as u8;
            at += 1;
        }
        all
    };

    /// Letters count in either case; signs that no pair ends with are one.
    pub(super) const fn columns() -> [u8; SIZE] {
        let (mut columns, mut at) = ([0; SIZE], 0);
        while at < SIZE {
            columns[at] = match ALL[at].to_ascii_lowercase() {
                letter @ b'a'..=b'z' => letter - b'a' + 1,
                digit @ b'0'..=b'9' => digit - b'0' + 27,
                0 => 37,
                sign => {
                    let (mut column, mut known) = (0, 0);
                    while known < SIGNS.len() {
                        if SIGNS[known] == sign {
                            column = 38 + ALL[known];
                        }
                        known += 1;
                    }
                    column
                }
            };
            at += 1;
        }
        columns
    }

    pub(super) const fn table() -> Table {
        let mut table = Table([0; SIZE * WIDTH])
            .with(&[0], &ALL, MAIL | SPOKEN | PASSWORD)
            .with(DIGITS, DIGITS, SPOKEN)
            .with(b"@", &ALL, MAIL)
            .with(b":=", &ALL, SECRET);
        let mut rest = AT_WORDS;
        while let [(word, _), others @ ..] = rest {
            table = table.with_word(word, MAIL);
            rest = others;
        }
        let mut rest = DIGIT_WORDS;
        while let [(word, _), others @ ..] = rest {
            table = table.with_word(word, SPOKEN);
            rest = others;
        }
        let mut rest = WORDS;
        while let [word, others @ ..] = rest {
            table = table.with_word(word, PASSWORD);
            rest = others;
        }
        let mut rest = TOKENS;
        while let [token, others @ ..] = rest {
            table = table.with_opening(token.prefix);
            rest = others;
        }
        let mut rest = OPENINGS;
        while let [opening, others @ ..] = rest {
            table = table.with_opening(opening);
            rest = others;
        }
        let mut marks: &[u8] = b"([{<-_/|.~=*";
        while let [mark, others @ ..] = marks {
            table = table.with(&[*mark], &[*mark], MAIL).with(&[*mark], b" ([{<@\0ackmszACKMSZ", MAIL);
            marks = others;
        }
        table
    }

    impl Table {
        const fn with(mut self, firsts: &[u8], seconds: &[u8], rule: u8) -> Self {
            let mut first = 0;
            while first < firsts.len() {
                let mut second = 0;
                while second < seconds.len() {
                    self.0[place(firsts[first], seconds[second])] |= rule;
                    second += 1;
                }
                first += 1;
            }
            self
        }

        /// Marks the pairs of `first` and whatever is part of a word, or is not.
        const fn with_any(mut self, firsts: &[u8], in_word: bool, rule: u8) -> Self {
            let mut second = 0;
            while second < SIZE {
                if classes::is(ALL[second], classes::WORD) == in_word {
                    self = self.with(firsts, &[ALL[second]], rule);
                }
                second += 1;
            }
            self
        }

        /// A folded word, in any case.
        const fn with_word(self, word: &str, rule: u8) -> Self {
            let mut bytes = word.as_bytes();
            let first = key(bytes);
            bytes = behind(bytes);
            let firsts = [first, first.to_ascii_uppercase()];
            if bytes.is_empty() {
                return self.with_any(&firsts, false, rule);
            }
            let second = key(bytes);
            self.with(&firsts, &[second, second.to_ascii_uppercase()], rule)
        }

        /// What a token begins with.
        const fn with_opening(self, word: &str) -> Self {
            match word.as_bytes() {
                [first, second, ..] => self.with(&[*first], &[*second], SECRET),
                [first] => self.with_any(&[*first], true, SECRET),
                [] => self,
            }
        }
    }

    /// The first character as it is looked up.
    const fn key(word: &[u8]) -> u8 {
        if word[0].is_ascii() { word[0] } else { 0 }
    }

    /// What follows the first character.
    const fn behind(word: &[u8]) -> &[u8] {
        let mut rest = word;
        while let [_, others @ ..] = rest {
            rest = others;
            if let [0x80..=0xBF, ..] = rest {
                continue;
            }
            break;
        }
        rest
    }
}

/// The anchors among the ASCII characters `keys` of a view.
pub(super) fn find(keys: &[u8]) -> Vec<Anchor> {
    let mut anchors = Vec::with_capacity(keys.len() / 16);
    add(keys, 0..keys.len(), &mut anchors);
    anchors
}

/// Adds the anchors in a part of the keys. What an anchor is depends on the keys right beside it, and on nothing else.
#[allow(clippy::needless_bitwise_bool, reason = "a branch here would often be guessed wrong")]
pub(super) fn add(keys: &[u8], part: Range<usize>, anchors: &mut Vec<Anchor>) {
    let mut found = [Anchor { at: 0, rules: 0 }; BLOCK];
    let mut before = part.start.checked_sub(1).and_then(|at| keys.get(at)).map_or(0, |key| classes::of(*key));
    let mut at = u32::try_from(part.start).unwrap_or(u32::MAX);
    for block in keys.get(part).unwrap_or_default().chunks(BLOCK) {
        let mut count = 0;
        for key in block {
            let next = keys.get(at as usize + 1).copied().unwrap_or(0);
            let rules = TABLE.rules(*key, next);
            let class = classes::of(*key);
            // A capital behind a small letter begins a word too.
            let inside = (class & before & WORD != 0) & ((class & CAPITAL == 0) | (before & SMALL == 0));
            // Written always, counted sometimes, so that there is no branch.
            if let Some(slot) = found.get_mut(count) {
                *slot = Anchor { at, rules };
            }
            count += usize::from((rules != 0) & !inside);
            before = class;
            at += 1;
        }
        anchors.extend_from_slice(found.get(..count).unwrap_or_default());
    }
}

/// A stretch of a view that another view has too, at another place.
pub(super) struct Run {
    pub(super) old: Range<usize>,
    pub(super) new: usize,
}

/// The anchors of a view that consists of `runs` of another one and of what was put between them, told from the
/// anchors of the other one: only the ends of runs have new neighbours.
pub(super) fn moved(keys: &[u8], runs: &[Run], others: &[Anchor]) -> Vec<Anchor> {
    let mut anchors = Vec::with_capacity(others.len());
    let mut others = others.iter().peekable();
    let mut done = 0;
    for run in runs {
        let (first, last) = (run.old.start + 1, run.old.end.saturating_sub(1));
        if first >= last {
            continue;
        }
        add(keys, done..run.new + 1, &mut anchors);
        while others.next_if(|anchor| (anchor.at as usize) < first).is_some() {}
        while let Some(anchor) = others.next_if(|anchor| (anchor.at as usize) < last) {
            let at = anchor.at as usize - run.old.start + run.new;
            anchors.push(Anchor { at: u32::try_from(at).unwrap_or(u32::MAX), rules: anchor.rules });
        }
        done = run.new + last - run.old.start;
    }
    add(keys, done..keys.len(), &mut anchors);
    anchors
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_of_every_list_is_an_anchor() {
        let marked = |word: &str, rule: u8| {
            let keys: Vec<u8> = word.chars().map(|ch| if ch.is_ascii() { ch as u8 } else { 0 }).collect();
            assert!(find(&keys).first().is_some_and(|anchor| anchor.of(rule) == Some(0)), "{word}");
        };
        for (word, _) in AT_WORDS {
            marked(word, MAIL);
        }
        for (word, _) in DIGIT_WORDS {
            marked(word, SPOKEN);
        }
        for word in WORDS {
            marked(word, PASSWORD);
        }
        let openings = TOKENS.iter().map(|token| token.prefix).chain(OPENINGS.iter().copied());
        openings.for_each(|word| marked(&format!("{word}7a"), SECRET));
        for text in ["@x", "(at)", "[ @", "-at-", "...", "__at", "Password", "PASSWORD", "At "] {
            marked(text, MAIL | PASSWORD);
        }
    }

    #[test]
    fn anchors_that_moved_are_those_of_a_new_search() {
        for text in ["**at**", "a**t** x@*y*", "the *password* is **at** home (at) *pass*Word", "a*b*c*d*", "*", ""] {
            let (mut keys, mut runs) = (Vec::new(), Vec::new());
            let mut old = 0;
            for part in text.split('*') {
                runs.push(Run { old: old..old + part.len(), new: keys.len() });
                keys.extend_from_slice(part.as_bytes());
                old += part.len() + 1;
            }
            assert_eq!(moved(&keys, &runs, &find(text.as_bytes())), find(&keys), "{text}");
        }
    }

    #[test]
    fn the_inside_of_words_is_none() {
        let places = |text: &str| find(text.as_bytes()).iter().filter_map(|a| a.of(PASSWORD)).collect::<Vec<_>>();
        assert_eq!(places("password xpassword userPassword"), [0, 23]);
    }
}
