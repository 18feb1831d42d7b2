//! What an ASCII character may be part of, as bits, so that a pass over the text costs one look-up a character.
//! Limit: a table and its look-up.

/// Folds to itself or to its lower case.
pub(super) const PLAIN: u8 = 1;
/// A letter or a digit.
pub(super) const WORD: u8 = 1 << 1;
/// A digit.
pub(super) const DIGIT: u8 = 1 << 2;
/// Markup begins with it.
pub(super) const MARKUP: u8 = 1 << 3;

/// A secret, its name's sign or its beginning may stand here.
pub(super) const OPENS_SECRET: u8 = 1 << 4;
/// A small letter, and one bit further a capital one.
const SMALL: u8 = 1 << 6;
const CAPITAL: u8 = SMALL << 1;

static CLASSES: [u8; 256] = {
    let mut table = [0_u8; 256];
    let mut at = 0_usize;
    while at < 128 {
        table[at] = class(at as u8) | opens(at as u8);
        at += 1;
    }
    table
};

#[allow(clippy::cast_possible_truncation, reason = "counts to 127")]
const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => PLAIN | WORD | DIGIT,
        b'a'..=b'z' => PLAIN | WORD | SMALL,
        b'A'..=b'Z' => PLAIN | WORD | CAPITAL,
        b'*' | b'`' | b'~' | b'|' | b'<' => PLAIN | MARKUP,
        b'\\' => MARKUP,
        b'\n' => PLAIN,
        b'[' | b'&' | b'%' => 0,
        b' '..=b'~' => PLAIN,
        _ => 0,
    }
}

const fn opens(byte: u8) -> u8 {
    match byte {
        b':' | b'=' | b'5' | b'A' | b'B' | b'E' | b'G' | b'K'..=b'P' | b'S' => OPENS_SECRET,
        b'c'..=b'e' | b'g' | b'h' | b'k' | b'l' | b'n' | b'p' | b'r' | b's' | b'w'..=b'y' => OPENS_SECRET,
        _ => 0,
    }
}

/// Whether `byte` is of one of the `classes`.
pub(super) fn is(byte: u8, classes: u8) -> bool {
    CLASSES.get(usize::from(byte)).is_some_and(|class| class & classes != 0)
}

/// Where something may begin: every place but white space and the inside of ASCII words. A capital behind a small letter
/// counts as the beginning of a word.
pub(super) fn starts(keys: &[u8]) -> Vec<u32> {
    let mut starts = vec![0; keys.len()];
    let mut count = 0;
    let mut before = 0_u8;
    for (at, key) in (0_u32..).zip(keys) {
        let class = CLASSES.get(usize::from(*key)).copied().unwrap_or(0);
        let inside = class & before & WORD != 0 && class & CAPITAL & (before << 1) == 0;
        before = class;
        // Written always and counted sometimes: a branch here would be guessed wrong at every word.
        if let Some(slot) = starts.get_mut(count) {
            *slot = at;
        }
        count += usize::from(!inside & (*key != b' ') & (*key != b'\n'));
    }
    starts.truncate(count);
    starts
}
