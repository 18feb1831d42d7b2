//! The character tables of the folded views: what is invisible, what is a digit, dash, dot or space in disguise.
//! Limit: one character in, one out. Source: Unicode Character Database 14.0 to 16.0 (`UnicodeData.txt`), chosen by hand.

use super::lower::lower;

/// What becomes of a character.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Fold {
    /// It reads as this character.
    To(char),
    /// A dash, but only between digits.
    Dash,
    /// It is invisible.
    Drop,
    /// It only changes the look of the character before it and is covered by it.
    Attach,
}

/// First characters of the runs of ten decimal digits outside ASCII (general category Nd).
const DIGIT_ZEROS: &[u32] = &[
    0x660, 0x6F0, 0x7C0, 0x966, 0x9E6, 0xA66, 0xAE6, 0xB66, 0xBE6, 0xC66, 0xCE6, 0xD66, 0xDE6, 0xE50, 0xED0, 0xF20,
    0x1040, 0x1090, 0x17E0, 0x1810, 0x1946, 0x19D0, 0x1A80, 0x1A90, 0x1B50, 0x1BB0, 0x1C40, 0x1C50, 0xA620, 0xA8D0,
    0xA900, 0xA9D0, 0xA9F0, 0xAA50, 0xABF0, 0xFF10, 0x104A0, 0x10D30, 0x10D40, 0x11066, 0x110F0, 0x11136, 0x111D0,
    0x112F0, 0x11450, 0x114D0, 0x11650, 0x116C0, 0x116D0, 0x116DA, 0x11730, 0x118E0, 0x11950, 0x11BF0, 0x11C50,
    0x11D50, 0x11DA0, 0x11F50, 0x16A60, 0x16AC0, 0x16B50, 0x16D70, 0x1CCF0, 0x1D7CE, 0x1D7D8, 0x1D7E2, 0x1D7EC,
    0x1D7F6, 0x1E140, 0x1E2F0, 0x1E4F0, 0x1E5F1, 0x1E950, 0x1FBF0,
];

/// Runs of letters in disguise: first character, how many, and the letter the first one reads as. The longer run holds
/// several alphabets one after the other, each in capitals and then small.
const LETTER_RUNS: &[(u32, u32, char)] = &[
    (0x249C, 26, 'a'),
    (0x24B6, 26, 'A'),
    (0x24D0, 26, 'a'),
    (0xFF21, 26, 'A'),
    (0xFF41, 26, 'a'),
    (0x1D400, 676, 'A'),
    (0x1F110, 26, 'A'),
    (0x1F130, 26, 'A'),
    (0x1F150, 26, 'A'),
    (0x1F170, 26, 'A'),
];

/// Runs of circled and raised digits: first character, how many, the digit of the first.
const ROUND_DIGITS: &[(u32, u32, u32)] = &[
    (0x2070, 1, 0),
    (0x2074, 6, 4),
    (0x2080, 10, 0),
    (0x2460, 9, 1),
    (0x2474, 9, 1),
    (0x2488, 9, 1),
    (0x24EA, 1, 0),
    (0x24F5, 9, 1),
    (0x24FF, 1, 0),
    (0x2776, 9, 1),
    (0x2780, 9, 1),
    (0x278A, 9, 1),
    (0x1F101, 10, 0),
];

/// Letters that stand alone in the block "Letterlike Symbols".
const LETTERLIKE: &[(char, char)] = &[
    ('ª', 'a'),
    ('º', 'o'),
    ('ℂ', 'c'),
    ('ℊ', 'g'),
    ('ℋ', 'h'),
    ('ℌ', 'h'),
    ('ℍ', 'h'),
    ('ℎ', 'h'),
    ('ℐ', 'i'),
    ('ℑ', 'i'),
    ('ℒ', 'l'),
    ('ℓ', 'l'),
    ('ℕ', 'n'),
    ('ℙ', 'p'),
    ('ℚ', 'q'),
    ('ℛ', 'r'),
    ('ℜ', 'r'),
    ('ℝ', 'r'),
    ('ℤ', 'z'),
    ('ℨ', 'z'),
    ('ℬ', 'b'),
    ('ℭ', 'c'),
    ('ℯ', 'e'),
    ('ℰ', 'e'),
    ('ℱ', 'f'),
    ('ℳ', 'm'),
    ('ℴ', 'o'),
    ('ℹ', 'i'),
    ('ⅅ', 'd'),
    ('ⅆ', 'd'),
    ('ⅇ', 'e'),
    ('ⅈ', 'i'),
    ('ⅉ', 'j'),
];

/// Folds one character; Latin letters keep their case.
#[allow(clippy::match_same_arms, reason = "the order is that of how common they are")]
pub(super) fn fold_char(ch: char) -> Fold {
    match ch {
        ' '..='~' | '\n' => Fold::To(ch),
        // The letters of common scripts first, of which nothing below is true.
        '\u{C0}'..='\u{24F}' | '\u{400}'..='\u{52F}' => Fold::To(lower(ch)),
        '\u{620}'..='\u{64A}' | '\u{904}'..='\u{963}' | '\u{E01}'..='\u{E4E}' => Fold::To(ch),
        '\u{3041}'..='\u{3096}' | '\u{30A1}'..='\u{30FA}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}' => {
            Fold::To(ch)
        }
        '\u{85}' | '\u{2028}' | '\u{2029}' => Fold::To('\n'),
        '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{2800}' | '\u{3000}' => {
            Fold::To(' ')
        }
        '\u{300}'..='\u{36F}' | '\u{FE00}'..='\u{FE0F}' | '\u{20DD}'..='\u{20E4}' | '\u{E0100}'..='\u{E01EF}' => {
            Fold::Attach
        }
        '＠' | '﹫' => Fold::To('@'),
        '\u{2215}' | '\u{2044}' | '\u{29F8}' => Fold::To('/'),
        '\u{2217}' | '\u{2731}' => Fold::To('*'),
        '\u{30FC}' | '\u{FF70}' => Fold::Dash,
        _ => fold_rare(ch),
    }
}

fn fold_rare(ch: char) -> Fold {
    match ch {
        _ if is_invisible(ch) => Fold::Drop,
        _ if is_dash(ch) => Fold::To('-'),
        _ if is_dot(ch) => Fold::To('.'),
        _ => Fold::To(digit(ch).or_else(|| letter(ch)).unwrap_or_else(|| wide_or_lower(ch))),
    }
}

fn is_invisible(ch: char) -> bool {
    matches!(
        u32::from(ch),
        0x00..=0x1F | 0x7F..=0x9F | 0xAD | 0x600..=0x605 | 0x61C | 0x6DD | 0x70F | 0x890..=0x891 | 0x8E2
            | 0x115F..=0x1160 | 0x17B4..=0x17B5 | 0x180B..=0x180F | 0x200B..=0x200F | 0x202A..=0x202E
            | 0x2060..=0x206F | 0x3164 | 0xFEFF | 0xFFA0 | 0xFFF0..=0xFFFB | 0x110BD | 0x110CD
            | 0x13430..=0x1343F | 0x1BCA0..=0x1BCA3 | 0x1D173..=0x1D17A | 0xE0000..=0xE00FF
    )
}

fn is_dash(ch: char) -> bool {
    matches!(
        u32::from(ch),
        0x58A | 0x5BE | 0x1400 | 0x1806 | 0x2010
            ..=0x2015
                | 0x2043
                | 0x207B
                | 0x208B
                | 0x2212
                | 0x2500
                | 0x2501
                | 0x2796
                | 0x2E17
                | 0x2E1A
                | 0x2E3A
                | 0x2E3B
                | 0x2E40
                | 0x2E5D
                | 0x301C
                | 0x3030
                | 0x30A0
                | 0xFE31
                | 0xFE32
                | 0xFE58
                | 0xFE63
                | 0xFF0D
                | 0xFF5E
                | 0x2D7
                | 0x223C
                | 0x23AF
                | 0x10EAD
    )
}

fn is_dot(ch: char) -> bool {
    matches!(
        u32::from(ch),
        0xB7 | 0x6D4
            | 0x701
            | 0x702
            | 0x2022
            | 0x2024
            | 0x2027
            | 0x2219
            | 0x22C5
            | 0x25CF
            | 0x3002
            | 0x30FB
            | 0xFE52
            | 0xFF0E
            | 0xFF61
            | 0xFF65
            | 0x10A50
    )
}

fn digit(ch: char) -> Option<char> {
    let code = u32::from(ch);
    let last_start = DIGIT_ZEROS.partition_point(|&zero| zero <= code).checked_sub(1);
    let plain = last_start.and_then(|at| DIGIT_ZEROS.get(at)).map(|zero| code - zero).filter(|&digit| digit < 10);
    let round = || {
        let run = ROUND_DIGITS.iter().find(|(first, count, _)| (*first..first + count).contains(&code))?;
        Some(code - run.0 + run.2)
    };
    let raised = || match ch {
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        _ => None,
    };
    plain.or_else(round).or_else(raised).and_then(|digit| char::from_digit(digit, 10))
}

fn letter(ch: char) -> Option<char> {
    let code = u32::from(ch);
    if let Some((first, _, letter)) =
        LETTER_RUNS.iter().find(|(first, count, _)| (*first..first + count).contains(&code))
    {
        let place = (code - first) % 52;
        return char::from_u32(u32::from(*letter) + place % 26 + place / 26 * 32);
    }
    LETTERLIKE.binary_search_by(|(known, _)| known.cmp(&ch)).ok().and_then(|at| LETTERLIKE.get(at)).map(|pair| pair.1)
}

fn wide_or_lower(ch: char) -> char {
    match u32::from(ch) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(ch),
        0xFE6A => '%',
        0xFE5F => '#',
        _ => lower(ch),
    }
}

/// Letters of other scripts that look like a Latin one. Source: Unicode `confusables.txt` 16.0, Cyrillic, Greek,
/// Armenian and small capitals, lower case only, since views are lower case.
const CONFUSABLE: &[(char, char)] = &[
    ('ı', 'i'),
    ('ǫ', 'q'),
    ('ɑ', 'a'),
    ('ɡ', 'g'),
    ('ɢ', 'g'),
    ('ɩ', 'i'),
    ('ɪ', 'i'),
    ('ɴ', 'n'),
    ('ʀ', 'r'),
    ('ʏ', 'y'),
    ('ʙ', 'b'),
    ('ʜ', 'h'),
    ('ʟ', 'l'),
    ('α', 'a'),
    ('γ', 'y'),
    ('ε', 'e'),
    ('η', 'n'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('μ', 'u'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('σ', 'o'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ω', 'w'),
    ('ϲ', 'c'),
    ('ϳ', 'j'),
    ('а', 'a'),
    ('в', 'b'),
    ('г', 'r'),
    ('е', 'e'),
    ('к', 'k'),
    ('м', 'm'),
    ('н', 'h'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('т', 't'),
    ('у', 'y'),
    ('х', 'x'),
    ('ѕ', 's'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѡ', 'w'),
    ('ѵ', 'v'),
    ('ү', 'y'),
    ('һ', 'h'),
    ('ӏ', 'l'),
    ('ԁ', 'd'),
    ('ԍ', 'g'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('հ', 'h'),
    ('ո', 'n'),
    ('ս', 'u'),
    ('օ', 'o'),
    ('ᴀ', 'a'),
    ('ᴄ', 'c'),
    ('ᴅ', 'd'),
    ('ᴇ', 'e'),
    ('ᴊ', 'j'),
    ('ᴋ', 'k'),
    ('ᴍ', 'm'),
    ('ᴏ', 'o'),
    ('ᴘ', 'p'),
    ('ᴛ', 't'),
    ('ᴜ', 'u'),
    ('ᴠ', 'v'),
    ('ᴡ', 'w'),
    ('ᴢ', 'z'),
    ('ꜰ', 'f'),
    ('ꜱ', 's'),
];

/// The Latin letter that a letter of another script looks like.
pub(super) fn look_alike(ch: char) -> Option<char> {
    CONFUSABLE.binary_search_by(|(known, _)| known.cmp(&ch)).ok().and_then(|at| CONFUSABLE.get(at)).map(|pair| pair.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_letters_take_the_short_way_to_the_same_end() {
        for ch in ('\u{C0}'..='\u{D7A3}').filter(|ch| ch.is_alphanumeric()) {
            let short = fold_char(ch);
            assert!(matches!(short, Fold::Attach | Fold::Dash) || short == fold_rare(ch), "{ch}");
        }
    }

    #[test]
    fn tables_are_sorted_for_binary_search() {
        assert!(DIGIT_ZEROS.is_sorted());
        assert!(LETTERLIKE.is_sorted_by_key(|pair| pair.0));
        assert!(CONFUSABLE.is_sorted_by_key(|pair| pair.0));
    }
}
