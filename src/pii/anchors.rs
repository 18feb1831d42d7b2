//! The places of a view where one of the rules may begin, found in one pass by two neighbouring characters each.
//! Limit: it only says "perhaps", and for whom; the rules decide. Passwords, tokens and spelled signs begin at the
//! beginning of a word, so the inside of words is passed over.

use super::classes::{self, CAPITAL, SMALL, WORD};
use super::password_words::WORDS;
use super::secret_tables::openings;
use super::spelled_words::AT_WORDS;
use super::words::DIGIT_WORDS;
use std::sync::OnceLock;

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
#[derive(Clone, Copy)]
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

/// Rows and columns: the characters of ASCII.
const SIZE: usize = 128;

/// Digits, and the letters that are typed in their place.
const DIGITS: &[u8; 16] = b"0123456789oliOLI";

/// Which rules may begin with a pair of characters. All characters outside ASCII are 0.
struct Table([u8; SIZE * SIZE]);

impl Table {
    fn rules(&self, first: u8, second: u8) -> u8 {
        self.0.get(place(first, second)).copied().unwrap_or(0)
    }

    fn mark(&mut self, first: u8, second: u8, rule: u8) {
        if let Some(rules) = self.0.get_mut(place(first, second)) {
            *rules |= rule;
        }
    }

    /// Whatever follows `first`.
    fn mark_all(&mut self, first: u8, rule: u8) {
        (0..128).for_each(|second| self.mark(first, second, rule));
    }

    /// A folded word, in any case.
    fn mark_word(&mut self, word: &str, rule: u8) {
        let mut chars = word.chars().map(|ch| if ch.is_ascii() { ch as u8 } else { 0 });
        let Some(first) = chars.next() else { return };
        let second = chars.next();
        for first in [first, first.to_ascii_uppercase()] {
            match second {
                Some(second) => {
                    self.mark(first, second, rule);
                    self.mark(first, second.to_ascii_uppercase(), rule);
                }
                None => (0..128).filter(|next| !classes::is(*next, WORD)).for_each(|next| self.mark(first, next, rule)),
            }
        }
    }
}

fn place(first: u8, second: u8) -> usize {
    usize::from(first & 127) * SIZE + usize::from(second & 127)
}

fn table() -> &'static Table {
    static TABLE: OnceLock<Table> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = Table([0; SIZE * SIZE]);
        table.mark_all(0, MAIL | SPOKEN | PASSWORD);
        for first in *DIGITS {
            for second in *DIGITS {
                table.mark(first, second, SPOKEN);
            }
        }
        table.mark_all(b'@', MAIL);
        b":=".iter().for_each(|first| table.mark_all(*first, SECRET));
        for (word, _) in AT_WORDS {
            table.mark_word(word, MAIL);
        }
        for (word, _) in DIGIT_WORDS {
            table.mark_word(word, SPOKEN);
        }
        for word in WORDS {
            table.mark_word(word, PASSWORD);
        }
        openings().for_each(|word| match *word.as_bytes() {
            [first, second, ..] => table.mark(first, second, SECRET),
            [first] => {
                (0..128).filter(|next| classes::is(*next, WORD)).for_each(|next| table.mark(first, next, SECRET));
            }
            [] => {}
        });
        for first in *b"([{<-_/|.~=*" {
            table.mark(first, first, MAIL);
            b" ([{<@\0ackmszACKMSZ".iter().for_each(|second| table.mark(first, *second, MAIL));
        }
        table
    })
}

/// The anchors among the ASCII characters `keys` of a view.
#[allow(clippy::needless_bitwise_bool, reason = "a branch here would often be guessed wrong")]
pub(super) fn find(keys: &[u8]) -> Vec<Anchor> {
    let table = table();
    let mut anchors = Vec::with_capacity(keys.len() / 16);
    let mut found = [Anchor { at: 0, rules: 0 }; BLOCK];
    let (mut at, mut before) = (0_u32, 0_u8);
    for block in keys.chunks(BLOCK) {
        let mut count = 0;
        for key in block {
            let next = keys.get(at as usize + 1).copied().unwrap_or(0);
            let rules = table.rules(*key, next);
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
        openings().for_each(|word| marked(&format!("{word}7a"), SECRET));
        for text in ["@x", "(at)", "[ @", "-at-", "...", "__at", "Password", "PASSWORD", "At "] {
            marked(text, MAIL | PASSWORD);
        }
    }

    #[test]
    fn the_inside_of_words_is_none() {
        let places = |text: &str| find(text.as_bytes()).iter().filter_map(|a| a.of(PASSWORD)).collect::<Vec<_>>();
        assert_eq!(places("password xpassword userPassword"), [0, 23]);
    }
}
