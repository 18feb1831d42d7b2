//! Characters written as codes: HTML entities, `%40`, `\u0040`. Limit: one character at a time, printable ones only.

/// Longest number inside an entity that is read, leading zeros included.
const MAX_DIGITS: usize = 12;
/// How many nested `amp;` an entity may carry.
const MAX_NESTED: usize = 8;

/// Named entities that stand for a character the rules care about (HTML standard, "Named character references").
const NAMED: &[(&str, char)] = &[
    ("NoBreak", '\u{2060}'),
    ("ZeroWidthSpace", '\u{200B}'),
    ("amp", '&'),
    ("ast", '*'),
    ("bsol", '\\'),
    ("colon", ':'),
    ("comma", ','),
    ("commat", '@'),
    ("dash", '-'),
    ("emsp", ' '),
    ("ensp", ' '),
    ("hairsp", ' '),
    ("horbar", '-'),
    ("hyphen", '-'),
    ("lowbar", '_'),
    ("lrm", '\u{200E}'),
    ("mdash", '-'),
    ("middot", '.'),
    ("minus", '-'),
    ("nbsp", ' '),
    ("ndash", '-'),
    ("numsp", ' '),
    ("period", '.'),
    ("plus", '+'),
    ("puncsp", ' '),
    ("rlm", '\u{200F}'),
    ("shy", '\u{AD}'),
    ("sol", '/'),
    ("thinsp", ' '),
    ("zwj", '\u{200D}'),
    ("zwnj", '\u{200C}'),
];

/// Decodes the code that `rest` begins with: the character and how many bytes it took.
pub(super) fn decode(rest: &[u8]) -> Option<(char, usize)> {
    match rest.first()? {
        b'&' => entity(rest),
        b'%' => hex_pair(rest, 1),
        b'\\' => match rest.get(1)? {
            b'u' => unicode_escape(rest),
            b'x' => hex_pair(rest, 2),
            _ => None,
        },
        _ => None,
    }
}

fn entity(rest: &[u8]) -> Option<(char, usize)> {
    let mut at = 1;
    for _ in 0..MAX_NESTED {
        if rest.get(at..)?.starts_with(b"amp;") && matches!(rest.get(at + 4), Some(b'#' | b'a'..=b'z' | b'A'..=b'Z')) {
            at += 4;
        } else {
            break;
        }
    }
    let body = rest.get(at..)?;
    if body.first() == Some(&b'#') {
        let (ch, length) = numeric(body.get(1..)?)?;
        return Some((ch, at + 1 + length));
    }
    let length = body.iter().take(16).take_while(|byte| byte.is_ascii_alphanumeric()).count();
    let name = core::str::from_utf8(body.get(..length)?).ok()?;
    if body.get(length) != Some(&b';') {
        return None;
    }
    let found = NAMED.binary_search_by(|(known, _)| (*known).cmp(name)).ok()?;
    NAMED.get(found).map(|(_, ch)| (*ch, at + length + 1))
}

/// The number after `&#`, with or without its semicolon, as browsers read it.
fn numeric(body: &[u8]) -> Option<(char, usize)> {
    let hex = matches!(body.first(), Some(b'x' | b'X'));
    let prefix = usize::from(hex);
    let radix = if hex { 16 } else { 10 };
    let mut value = 0_u32;
    let mut length = 0;
    for &byte in body.get(prefix..)?.iter().take(MAX_DIGITS) {
        let Some(digit) = char::from(byte).to_digit(radix) else { break };
        value = value.checked_mul(radix)?.checked_add(digit)?;
        length += 1;
    }
    if length == 0 {
        return None;
    }
    let ch = char::from_u32(value).filter(|ch| !ch.is_control())?;
    let closed = usize::from(body.get(prefix + length) == Some(&b';'));
    Some((ch, prefix + length + closed))
}

fn hex_pair(rest: &[u8], from: usize) -> Option<(char, usize)> {
    let value = hex(rest.get(from..from + 2)?)?;
    printable(value).map(|ch| (ch, from + 2))
}

fn unicode_escape(rest: &[u8]) -> Option<(char, usize)> {
    if rest.get(2) == Some(&b'{') {
        let length = rest.get(3..)?.iter().take(6).take_while(|byte| byte.is_ascii_hexdigit()).count();
        let value = hex(rest.get(3..3 + length)?)?;
        return (rest.get(3 + length) == Some(&b'}')).then(|| printable(value)).flatten().map(|ch| (ch, length + 4));
    }
    let value = hex(rest.get(2..6)?)?;
    printable(value).map(|ch| (ch, 6))
}

fn hex(digits: &[u8]) -> Option<u32> {
    if digits.is_empty() {
        return None;
    }
    digits.iter().try_fold(0_u32, |value, &byte| {
        let digit = char::from(byte).to_digit(16)?;
        value.checked_mul(16)?.checked_add(digit)
    })
}

fn printable(value: u32) -> Option<char> {
    char::from_u32(value).filter(|ch| (' '..='~').contains(ch))
}
