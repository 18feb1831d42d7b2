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

/// A small letter.
pub(super) const SMALL: u8 = 1 << 4;
/// A capital letter.
pub(super) const CAPITAL: u8 = 1 << 5;

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at build time; counts to 127")]
static CLASSES: [u8; 256] = {
    let mut table = [0_u8; 256];
    let mut at = 0_usize;
    while at < 128 {
        table[at] = class(at as u8);
        at += 1;
    }
    table
};

const fn class(byte: u8) -> u8 {
    match byte {
        b'0'..=b'9' => PLAIN | WORD | DIGIT,
        b'a'..=b'z' => PLAIN | WORD | SMALL,
        b'A'..=b'Z' => PLAIN | WORD | CAPITAL,
        b'*' | b'`' | b'~' | b'|' | b'<' => PLAIN | MARKUP,
        b'\\' => MARKUP,
        b'[' | b'&' | b'%' => 0,
        b'\n' | b' '..=b'~' => PLAIN,
        _ => 0,
    }
}

/// Whether `byte` is of one of the `classes`.
pub(super) const fn is(byte: u8, classes: u8) -> bool {
    of(byte) & classes != 0
}

/// The classes of `byte`.
#[allow(clippy::indexing_slicing, reason = "the table has a place for every byte")]
pub(super) const fn of(byte: u8) -> u8 {
    CLASSES[byte as usize]
}
