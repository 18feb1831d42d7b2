//! Invisible characters anywhere inside an address, a card number or a Social Security number hide nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tact_fuzz::pii::{Level, Rule, scan};

const VALUES: [(Rule, &str); 6] = [
    (Rule::Email, "sam@fenmail.example"),
    (Rule::Email, "li.wei+forum@mail.qq.com"),
    (Rule::Card, "4539 1488 0343 6467"),
    (Rule::Card, "4539148803436467"),
    (Rule::Ssn, "512-34-5678"),
    (Rule::Ssn, "512 34 5678"),
];
const INVISIBLE: [char; 10] = [
    '\u{200B}', '\u{AD}', '\u{200C}', '\u{200D}', '\u{2060}', '\u{202C}', '\u{202E}', '\u{FEFF}', '\u{FE0F}',
    '\u{2063}',
];

fuzz_target!(|data: &[u8]| {
    let Some((&which, places)) = data.split_first() else { return };
    let (rule, value) = VALUES[usize::from(which) % VALUES.len()];
    let mut chars: Vec<char> = value.chars().collect();
    // More of them than this between two characters is a flood, for which `scan` is the target.
    for pair in places.chunks_exact(2).take(64) {
        let place = 1 + usize::from(pair[0]) % (chars.len() - 1);
        chars.insert(place, INVISIBLE[usize::from(pair[1]) % INVISIBLE.len()]);
    }
    let text = format!("see {} here", chars.iter().collect::<String>());
    let found = scan(&text);
    let (start, end) = (4, text.len() - 5);
    let seen = found.len() == 1 && found[0].rule == rule && found[0].level >= Level::Likely;
    assert!(seen && (found[0].start, found[0].end) == (start, end), "{text:?}: {found:?}");
});
