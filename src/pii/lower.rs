//! Small letters for capitals outside ASCII. Limit: Latin, Greek, Cyrillic, Armenian and Georgian; the letters of other
//! scripts have one case, but for a few that nobody types any more. The standard library's table of all of them was a
//! twentieth of the module that browsers load.

/// The small letter of `ch`, or `ch` itself.
pub(super) fn lower(ch: char) -> char {
    let code = u32::from(ch);
    let small = match code {
        ..0x180 => latin(code),
        0x180..0x250 => rare_latin(code),
        0x370..0x400 => greek(code),
        0x400..=0x52F => cyrillic(code),
        0x531..=0x556 => code + 48,
        0x1C90..=0x1CBA | 0x1CBD..=0x1CBF => code - 3008,
        0x1E00..=0x1E95 | 0x1EA0..=0x1EFF => code | 1,
        0x1E9E => 0xDF,
        0x1F00..=0x1F6F if code & 8 != 0 && char_has_capital(code) => code - 8,
        _ => code,
    };
    char::from_u32(small).unwrap_or(ch)
}

fn latin(code: u32) -> u32 {
    match code {
        0xD7 | 0x131 | 0x138 | 0x149 | 0x17F => code,
        0xC0..=0xDE => code + 32,
        // The dotted capital reads as an i with a mark, which is dropped.
        0x130 => 0x69,
        0x178 => 0xFF,
        // Capitals stand at even places, and at odd ones in two stretches.
        0x139..=0x148 | 0x179..=0x17E => code + code % 2,
        0x100..=0x177 => code | 1,
        _ => code,
    }
}

/// Of the letters for African languages, Azerbaijani, Pinyin and Vietnamese those with a regular pair, and schwa.
fn rare_latin(code: u32) -> u32 {
    match code {
        0x18F => 0x259,
        0x182 | 0x184 | 0x187 | 0x18B | 0x191 | 0x198 | 0x1A0 | 0x1A2 | 0x1A4 | 0x1A7 | 0x1AC | 0x1AF | 0x1B3
        | 0x1B5 | 0x1B8 | 0x1BC | 0x1F4 => code + 1,
        0x1CD..=0x1DC => code + code % 2,
        0x1DE..=0x1EF | 0x1F8..=0x21F | 0x222..=0x233 | 0x246..=0x24F => code | 1,
        _ => code,
    }
}

fn greek(code: u32) -> u32 {
    match code {
        0x386 => 0x3AC,
        0x388..=0x38A => code + 37,
        0x38C => 0x3CC,
        0x38E | 0x38F => code + 63,
        0x391..=0x3A1 | 0x3A3..=0x3AB => code + 32,
        0x3D8..=0x3EF => code | 1,
        _ => code,
    }
}

fn cyrillic(code: u32) -> u32 {
    match code {
        0x400..=0x40F => code + 80,
        0x410..=0x42F => code + 32,
        0x4C0 => 0x4CF,
        0x4C1..=0x4CE => code + code % 2,
        0x460..=0x481 | 0x48A..=0x4BF | 0x4D0..=0x52F => code | 1,
        _ => code,
    }
}

/// Greek letters with a breathing: not every place of a capital is taken.
fn char_has_capital(code: u32) -> bool {
    !matches!(code, 0x1F1E | 0x1F1F | 0x1F4E | 0x1F4F | 0x1F58 | 0x1F5A | 0x1F5C | 0x1F5E)
}

#[cfg(test)]
mod tests {
    use super::lower;

    #[test]
    fn letters_agree_with_the_standard_library() {
        let alphabets = [0x80..=0x17F, 0x386..=0x3CE, 0x400..=0x58F, 0x1C90..=0x1CBF, 0x1E00..=0x1F70];
        for ch in alphabets.into_iter().flatten().filter_map(char::from_u32) {
            assert_eq!(Some(lower(ch)), ch.to_lowercase().next(), "{ch} {:x}", u32::from(ch));
        }
    }

    #[test]
    fn nothing_else_is_changed_than_there() {
        for ch in (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|ch| !ch.is_ascii()) {
            assert!(lower(ch) == ch || Some(lower(ch)) == ch.to_lowercase().next(), "{ch} {:x}", u32::from(ch));
        }
    }
}
