//! One key for all spellings of a name that look alike, so that nobody can pass for somebody else. Never shown.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use super::chars;

/// The key of `name`: equal for two names that a reader could take for each other. Compare keys, never show them.
pub fn skeleton(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    for c in name.nfkd() {
        if is_combining_mark(c) || chars::is_unseen(c) {
            continue;
        }
        // Before lower case too: some capitals look like Latin letters whose small forms do not.
        for lower in look(c).to_lowercase() {
            push(&mut key, look(lower));
        }
    }
    key.replace("rn", "m").replace("vv", "w")
}

/// Appends a character, all separators as one hyphen, because `ada.b`, `ada_b` and `ada-b` are read as one name.
fn push(key: &mut String, c: char) {
    if matches!(c, '_' | '.' | '-' | ' ' | '\u{2010}'..='\u{2015}' | '·') {
        if !key.ends_with('-') {
            key.push('-');
        }
    } else {
        key.push(c);
    }
}

/// The Latin letter or digit that `c` can be taken for. From the look of common fonts; covers Cyrillic, Greek, Armenian
/// and the letter-like digits. Full-width and mathematical letters are already gone by compatibility decomposition.
fn look(c: char) -> char {
    match c {
        '0' | 'о' | 'О' | 'ο' | 'Ο' | 'օ' | 'σ' | 'ø' | 'Ø' => 'o',
        '1' | 'i' | 'I' | '|' | 'ı' | 'і' | 'І' | 'ι' | 'Ι' | 'ӏ' | 'Ӏ' | 'ɩ' | 'ǀ' | 'ł' | 'Ł' => 'l',
        'а' | 'А' | 'α' | 'Α' | 'ɑ' => 'a',
        'В' | 'Β' | 'ь' | 'Ь' => 'b',
        'с' | 'С' | 'ϲ' | 'Ϲ' => 'c',
        'ԁ' | 'ɗ' | 'đ' => 'd',
        'е' | 'Е' | 'Ε' | 'є' => 'e',
        'ɡ' | 'ց' => 'g',
        'һ' | 'Н' | 'Η' | 'հ' => 'h',
        'ј' | 'Ј' | 'ȷ' => 'j',
        'к' | 'К' | 'κ' | 'Κ' => 'k',
        'м' | 'М' | 'Μ' => 'm',
        'п' | 'ո' | 'η' | 'Ν' => 'n',
        'р' | 'Р' | 'ρ' | 'Ρ' => 'p',
        'ԛ' => 'q',
        'г' => 'r',
        'ѕ' | 'Ѕ' => 's',
        'т' | 'Т' | 'τ' | 'Τ' => 't',
        'υ' | 'ս' | 'ʋ' => 'u',
        'ν' | 'ѵ' | 'Ѵ' => 'v',
        'ԝ' | 'ω' | 'ѡ' => 'w',
        'х' | 'Х' | 'χ' | 'Χ' => 'x',
        'у' | 'У' | 'Υ' | 'γ' | 'ү' => 'y',
        'Ζ' => 'z',
        other => other,
    }
}
