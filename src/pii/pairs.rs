//! A quick test whether any word of a list can begin here, so that ordinary text is passed over fast.
//! Limit: it only says "perhaps"; the list itself decides.

/// The first two characters of the words of a list, for Latin letters; words in other scripts always pass.
pub(super) struct Pairs {
    rows: [u32; 26],
}

impl Pairs {
    pub(super) const fn new() -> Self {
        Self { rows: [0; 26] }
    }

    /// Lets `word` pass by its first and third character.
    pub(super) const fn with_third(self, word: &str) -> Self {
        match word.as_bytes() {
            [first @ b'a'..=b'z', _, third @ b'a'..=b'z', ..] => self.with_two(*first, 1 << (*third - b'a')),
            [first @ b'a'..=b'z', ..] => self.with_two(*first, u32::MAX),
            _ => self,
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
        let Some(row) = place(first).and_then(|at| self.rows.get(at)) else { return first > '~' };
        // The highest bits stand for "any other character".
        let bit = place(second).unwrap_or(31);
        row & (1_u32 << bit) != 0
    }
}

fn place(ch: char) -> Option<usize> {
    ch.is_ascii_lowercase().then(|| (u32::from(ch) - u32::from('a')) as usize)
}

/// Letters of the scripts that write spaces between words and glue no particles on: Latin, Greek, Cyrillic.
pub(super) fn is_spaced(ch: char) -> bool {
    ch.is_ascii_alphabetic() || (ch > '~' && u32::from(ch) < 0x530 && ch.is_alphabetic())
}
