//! The readable tail of a topic's address. It is for people; the number before it is what finds the topic.

use unicode_normalization::UnicodeNormalization;

/// Most characters in a slug.
const MAX_SLUG: usize = 60;

/// An ASCII slug of `title`: lower-case letters, digits and single hyphens, at most 60, never empty (then `topic`).
pub fn slug(title: &str) -> String {
    let mut slug = String::new();
    for c in title.nfkd() {
        match c {
            c if c.is_ascii_alphanumeric() => slug.push(c.to_ascii_lowercase()),
            // An apostrophe joins ("don't"), and so does an accent that decomposition has set apart.
            '\'' | '’' => {}
            c if unicode_normalization::char::is_combining_mark(c) => {}
            c => match spelled(c) {
                "" if slug.ends_with('-') || slug.is_empty() => {}
                "" => slug.push('-'),
                letters => slug.push_str(letters),
            },
        }
        if slug.len() > MAX_SLUG * 2 {
            break;
        }
    }
    let slug = shorten(slug.trim_matches('-'));
    if slug.is_empty() { "topic".to_owned() } else { slug.to_owned() }
}

/// Latin letters that do not come apart into a plain letter and an accent.
fn spelled(c: char) -> &'static str {
    match c {
        'ß' | 'ẞ' => "ss",
        'æ' | 'Æ' => "ae",
        'œ' | 'Œ' => "oe",
        'ø' | 'Ø' => "o",
        'ł' | 'Ł' => "l",
        'đ' | 'Đ' | 'ð' | 'Ð' => "d",
        'þ' | 'Þ' => "th",
        'ı' => "i",
        _ => "",
    }
}

/// Cuts at the last hyphen that fits, or inside the word when there is none in the second half.
fn shorten(slug: &str) -> &str {
    let Some(head) = slug.get(..MAX_SLUG) else { return slug };
    if slug.len() == MAX_SLUG || slug.as_bytes().get(MAX_SLUG) == Some(&b'-') {
        return head.trim_end_matches('-');
    }
    match head.rfind('-') {
        Some(at) if at > MAX_SLUG / 2 => head.get(..at).unwrap_or(head),
        _ => head,
    }
}
