//! A quick test whether any word of a list can begin here, so that ordinary text is passed over fast.
//! Limit: it only says "perhaps"; the list itself decides.

/// The first two characters of the words of a list, for Latin letters; of words in other scripts the first one, of which
/// a few share a place.
pub(super) struct Pairs {
    rows: [u32; 26],
    others: u128,
}

impl Pairs {
    pub(super) const fn new() -> Self {
        Self { rows: [0; 26], others: 0 }
    }

    /// Lets `word` pass by its first and third character.
    pub(super) const fn with_third(self, word: &str) -> Self {
        match word.as_bytes() {
            [first @ b'a'..=b'z', _, third @ b'a'..=b'z', ..] => self.with_two(*first, 1 << (*third - b'a')),
            [first @ b'a'..=b'z', ..] => self.with_two(*first, u32::MAX),
            other => self.with_other(other),
        }
    }

    #[allow(clippy::indexing_slicing, reason = "runs at build time and in tests; the index is a letter's place")]
    const fn with_two(mut self, first: u8, seconds: u32) -> Self {
        self.rows[(first - b'a') as usize] |= seconds;
        self
    }

    /// Lets `word` pass as well.
    pub(super) const fn with(self, word: &[u8]) -> Self {
        if let [first @ b'a'..=b'z', rest @ ..] = word {
            let bits = match rest {
                [second @ b'a'..=b'z', ..] => 1 << (*second - b'a'),
                _ => u32::MAX,
            };
            return self.with_two(*first, bits);
        }
        self.with_other(word)
    }

    const fn with_other(mut self, word: &[u8]) -> Self {
        self.others |= 1 << (first_of(word) as u32 % u128::BITS);
        self
    }

    /// Lets the second and third character of `word` pass; the end of the word counts as any other character.
    #[allow(clippy::indexing_slicing, reason = "runs at build time; the index is a letter's place")]
    pub(super) const fn with_tail(mut self, word: &str) -> Self {
        if let [_, second @ b'a'..=b'z', rest @ ..] = word.as_bytes() {
            let bit = match rest {
                [third @ b'a'..=b'z', ..] => *third - b'a',
                _ => 31,
            };
            self.rows[(*second - b'a') as usize] |= 1 << bit;
        }
        self
    }

    /// Lets every row of a list in one string pass; a space stands before each row.
    #[allow(clippy::indexing_slicing, reason = "runs at build time; the index is a letter's place")]
    pub(super) const fn of_rows(rows: &str) -> Self {
        let mut pairs = Self::new();
        let mut rest = rows.as_bytes();
        while let [before, others @ ..] = rest {
            if let (b' ', [first @ b'a'..=b'z', second @ b'a'..=b'z', ..]) = (*before, others) {
                pairs.rows[(*first - b'a') as usize] |= 1 << (*second - b'a');
            }
            rest = others;
        }
        pairs
    }

    /// Whether a word may begin with these two characters.
    pub(super) fn may_open(&self, first: char, second: char) -> bool {
        let Some(row) = place(first).and_then(|at| self.rows.get(at)) else {
            return first > '~' && self.others & (1 << (u32::from(first) % u128::BITS)) != 0;
        };
        // The highest bits stand for "any other character".
        let bit = place(second).unwrap_or(31);
        row & (1_u32 << bit) != 0
    }
}

/// The first character of a word of three bytes a character at most.
pub(super) const fn first_of(word: &[u8]) -> char {
    let code = match *word {
        [one @ ..0x80, ..] => one as u32,
        [one @ ..0xE0, two, ..] => (one as u32 & 0x1F) << 6 | two as u32 & 0x3F,
        [one, two, three, ..] => (one as u32 & 0xF) << 12 | (two as u32 & 0x3F) << 6 | three as u32 & 0x3F,
        _ => 0,
    };
    match char::from_u32(code) {
        Some(ch) => ch,
        None => ' ',
    }
}

fn place(ch: char) -> Option<usize> {
    ch.is_ascii_lowercase().then(|| (u32::from(ch) - u32::from('a')) as usize)
}

/// Letters of the scripts that write spaces between words and glue no particles on: Latin, Greek, Cyrillic.
pub(super) fn is_spaced(ch: char) -> bool {
    match u32::from(ch) {
        ..0x80 => ch.is_ascii_alphabetic(),
        0x80..0x100 => matches!(ch, '\u{AA}' | '\u{B5}' | '\u{BA}' | '\u{C0}'..) && !matches!(ch, '×' | '÷'),
        0x100..0x2C2 | 0x400..0x482 | 0x48A..0x530 => true,
        0x2C2..0x400 => ch.is_alphabetic(),
        _ => false,
    }
}

/// A letter or a digit of any script: [`char::is_alphanumeric`], faster for the common ones.
pub(super) fn is_word(ch: char) -> bool {
    match ch {
        ..'\u{80}' => ch.is_ascii_alphanumeric(),
        '\u{C0}'..'\u{2C2}' => !matches!(ch, '×' | '÷'),
        '\u{48A}'..'\u{530}'
        | '\u{400}'..'\u{482}'
        | '\u{3041}'..'\u{3097}'
        | '\u{4E00}'..'\u{A000}'
        | '\u{AC00}'..'\u{D7A4}'
        | '\u{904}'..'\u{93A}'
        | '\u{620}'..'\u{64B}' => true,
        _ => ch.is_alphanumeric(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_of_spaced_scripts_are_those_of_the_standard_library() {
        for ch in (0..=u32::from(char::MAX)).filter_map(char::from_u32) {
            assert_eq!(is_spaced(ch), ch.is_alphabetic() && u32::from(ch) < 0x530, "{ch}");
            assert_eq!(is_word(ch), ch.is_alphanumeric(), "{ch}");
        }
    }

    #[test]
    fn words_pass_by_their_beginning() {
        let pairs = Pairs::new().with("at".as_bytes()).with("собака".as_bytes()).with("앳".as_bytes());
        assert!(pairs.may_open('a', 't') && pairs.may_open('с', 'о') && pairs.may_open('앳', ' '));
        assert!(!pairs.may_open('a', 'x') && !pairs.may_open('b', 't') && !pairs.may_open('т', 'о'));
    }
}
