//! Input made to stall or break the detector. Work is bounded by the shape of the code; here it has to finish, give a
//! bounded answer and keep finding values beside the flood.

use super::super::{Rule, scan};

const SIZE: usize = 40_000;

fn flood(unit: &str) -> String {
    let mut text = unit.repeat(SIZE / unit.len());
    text.push_str("\n\nwrite to sam@fenmail.example\n\n");
    text.push_str(&unit.repeat(SIZE / unit.len()));
    text
}

/// What a flood repeats: every beginning of something, alone.
const UNITS: &[&str] = &[
    "4",
    "@",
    ".",
    "a@",
    "a.",
    "a@a.",
    "-",
    "\u{200B}",
    "\u{FE0F}",
    "\u{301}",
    "&amp;",
    "&#",
    "&#64;",
    "%40",
    "\\u0040",
    "<",
    "<b",
    "<!--",
    "<b>",
    "*",
    "`",
    "```\n",
    "[",
    "[at]",
    " at ",
    " dot ",
    "a at a dot ",
    "1 ",
    "4 5 3 9 ",
    "512-34-",
    "card ",
    "four ",
    "아",
    "ー",
    "4ー",
    "(",
    "://",
    "www.",
    "\"",
    "_",
    "ssh ",
    "e\u{301}",
    "+",
    "+1",
    "+4 ",
    "1.",
    "1.1.1.",
    "1:",
    "a:",
    "2a02:",
    "2a02::",
    "de89",
    "de 89 ",
    "DE89 3704 ",
    "(212) ",
    "212-",
    "0 ",
    "00",
    "0171/",
    "call 1234567 ",
    "routing 021000021 ",
    "account 12345 ",
    "ext 1 ",
    "wa.me/1",
    "7 7 7 7 7 7 7 call ",
    "eyJ",
    "eyJ.",
    "-eyJ",
    "ghp_",
    "xoxb-",
    "password",
    "password: ",
    "password is ",
    "pass(",
    "token=",
    "://a:b@",
    "-----BEGIN PRIVATE KEY-----",
    "-----BEGIN PRIVATE KEY-----\nabc",
    "PuTTY-User-Key-File-",
    ":AA",
    "=",
    "QUJDREVGRw",
];

#[test]
fn floods_of_one_kind_end() {
    for unit in UNITS {
        let found = scan(&flood(unit));
        assert!(found.len() <= 2 * SIZE / 6, "{unit:?}: {}", found.len());
    }
}

#[test]
fn a_value_beside_a_flood_is_found() {
    for unit in ["4", "@", "\u{200B}", "<", "&amp;", "1 ", "*", "+", ".", ":", "2a02:", "1.1.", "+4 ", "de89"] {
        assert!(scan(&flood(unit)).iter().any(|finding| finding.rule == Rule::Email), "{unit:?}");
    }
}

#[test]
fn a_long_text_of_values_is_read_in_pieces_without_loss() {
    let line = "sam@fenmail.example wrote 4539 1488 0343 6467 and then 512-34-5678 é\n";
    let count = 400_000 / line.len();
    let text = line.repeat(count);
    let found = scan(&text);
    assert_eq!(found.len(), 3 * count);
    assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start));
}

#[test]
fn nothing_is_found_in_nothing() {
    for text in
        ["", " ", "@", "@.", "a@b", "\u{0}", "\u{FFFD}\u{FFFF}", "\r\n", "512", "&", "%", "\\", "<", "[email hidden]"]
    {
        assert_eq!(scan(text), [], "{text:?}");
    }
}
