//! Properties that hold for every text.

use super::super::{Level, Rule, hint, mask, scan};
use super::super::{OVERLAP, PIECE, scan_pieces};
use proptest::prelude::*;

/// What the rules react to.
const PARTS: &[&str] = &[
    "sam",
    "@",
    "fenmail.example",
    ".com",
    " at ",
    " dot ",
    "(at)",
    "[.]",
    "4539",
    "1488",
    "0343",
    "6467",
    "512",
    "34",
    "5678",
    "-",
    " ",
    "\n",
    ".",
    "ssn ",
    "card ",
    "order ",
    "test ",
    "**",
    "`",
    "<b>",
    "</b>",
    "<br>",
    "\\",
    "&#64;",
    "%40",
    "\u{200B}",
    "\u{FE0F}",
    "é",
    "谢谢",
    "カード",
    "four ",
    "[email hidden]",
    "[card number hidden]",
    "```\n",
    "://",
    "_",
    "\"",
    "4539 1488 0343 6467",
    "512-34-5678",
    "sam@fenmail.example",
    "4539148803436467",
    "+",
    "+44 ",
    "00",
    "(",
    ") ",
    "/",
    ":",
    "::",
    "2a02:8109:9a80::",
    "call ",
    "iban ",
    "routing 021000021 ",
    "account ",
    " x12",
    "v",
    "ip ",
    "DE",
    "GB67 OFFI 7045 5853 0435 20",
    "DE03880729022279180588",
    "212-555-2345",
    "+44 20 7946 0958",
    "020 7946 0958",
    "81.2.69.142",
    "2600:1700:9a80::1f3",
    "[phone number hidden]",
    "[bank account hidden]",
    "password",
    ": ",
    " is ",
    "hunter22",
    "\"",
    "token=",
    "postgres://app:s3cretPw@db",
    "-----BEGIN RSA PRIVATE KEY-----\n",
    "eyJ0eXAi",
    "Zm9vYmFyMTIzc2VjcmV0a2V5cQ",
    "key-0f9e8d7c6b5a4938271605f4e3d2c1b0",
];

/// Texts built from what the rules react to, so that chance comes across values, half values and neighbours of values.
fn pieces() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        prop::sample::select(PARTS).prop_map(str::to_owned),
        "[0-9]{1,5}",
        "[a-z]{1,4}",
        any::<char>().prop_map(|ch| ch.to_string()),
    ];
    prop::collection::vec(piece, 0..40).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn findings_lie_on_characters_sorted_and_apart(text in pieces()) {
        let found = scan(&text);
        for finding in &found {
            prop_assert!(finding.start < finding.end && text.get(finding.start..finding.end).is_some());
            prop_assert!(!hint(finding.rule, &text[finding.start..finding.end]).is_empty());
        }
        prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
    }

    #[test]
    fn masking_leaves_nothing_behind(text in pieces()) {
        let masked = mask(&text, &scan(&text));
        let left = scan(&masked);
        prop_assert!(left.is_empty(), "{:?} -> {:?}: {:?}", text, masked, left);
    }

    #[test]
    fn any_text_is_read(text in any::<String>()) {
        let _ = scan(&text);
    }

    #[test]
    fn invisible_characters_change_nothing(value in prop::sample::select(vec![
        (Rule::Email, "sam@fenmail.example"), (Rule::Email, "li.wei+forum@mail.qq.com"), (Rule::Card, "4539 1488 0343 6467"),
        (Rule::Card, "4539148803436467"), (Rule::Ssn, "512-34-5678"), (Rule::Phone, "+44 20 7946 0958"),
        (Rule::Phone, "(212) 555-2345"), (Rule::Phone, "06 12 34 56 78"), (Rule::Iban, "GB67 OFFI 7045 5853 0435 20"),
        (Rule::Iban, "DE03880729022279180588"), (Rule::Ip, "81.2.69.142"), (Rule::Ip, "2600:1700:9a80::1f3"),
    ]), places in prop::collection::vec((1_usize..18, prop::sample::select(vec!['\u{200B}', '\u{AD}', '\u{200D}', '\u{2060}', '\u{202C}', '\u{FE0F}'])), 1..12)) {
        let (rule, value) = value;
        let mut chars: Vec<char> = value.chars().collect();
        let last = chars.len() - 1;
        for (place, invisible) in places {
            chars.insert(place.min(last), invisible);
        }
        let text = format!("see {} here", chars.iter().collect::<String>());
        let found = scan(&text);
        prop_assert_eq!(found.len(), 1);
        prop_assert_eq!((found[0].rule, found[0].level >= Level::Likely), (rule, true));
        prop_assert_eq!((found[0].start, found[0].end), (4, text.len() - 5));
    }

    #[test]
    fn reading_in_pieces_finds_the_same(parts in prop::collection::vec(pieces(), 1..12)) {
        // Lines apart, so that no context reaches from one part into the next.
        let text = parts.join(&format!("\n{}\n", "lorem ipsum dolor ".repeat(30)));
        let whole: Vec<_> = scan_pieces(&text, PIECE, OVERLAP).iter().map(|f| (f.start, f.end, f.rule)).collect();
        let small: Vec<_> = scan_pieces(&text, 6000, 4000).iter().map(|f| (f.start, f.end, f.rule)).collect();
        prop_assert_eq!(whole, small);
    }
}
