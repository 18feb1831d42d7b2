//! Bodies before they are stored.

use super::super::{TextError, normalise};

#[test]
fn one_form() {
    for (input, stored) in [
        ("a\r\nb\rc\nd", "a\nb\nc\nd"),
        ("a\r\r\nb", "a\n\nb"),
        ("e\u{301}", "é"),
        ("\u{feff}a\tb", "a\tb"),
        ("a\u{8}\u{1b}b", "ab"),
        ("a\u{2028}b\u{85}c\u{c}d", "a\nb\nc\nd"),
        ("", ""),
        ("  code", "  code"),
        ("👩\u{200d}🔬", "👩\u{200d}🔬"),
        ("\u{e000}", "\u{e000}"),
    ] {
        assert_eq!(normalise(input, 100).as_deref(), Ok(stored), "{input:?}");
    }
}

#[test]
fn refusals() {
    for input in ["a\0b", "\u{fffe}", "\u{ffff}", "\u{fdd0}", "\u{1fffe}", "\u{10ffff}"] {
        assert_eq!(normalise(input, 100), Err(TextError::NotText), "{input:?}");
    }
    assert_eq!(normalise("aaaa", 3), Err(TextError::TooManyBytes { max: 3 }));
    assert_eq!(normalise(&"a".repeat(99), 3), Err(TextError::TooManyBytes { max: 3 }));
    assert_eq!(normalise("a\r\nb", 3).as_deref(), Ok("a\nb"));
    // Grows under NFC, so the limit counts what is stored.
    assert_eq!(normalise(&"\u{1d160}".repeat(2), 8), Err(TextError::TooManyBytes { max: 8 }));
}

#[test]
fn a_second_time_changes_nothing() {
    for input in ["a\r\nb\u{2028}", "e\u{301}\u{327}", "\u{1100}\u{1161}\u{11a8}", "\u{feff}\u{feff}x"] {
        let once = normalise(input, 100).unwrap();
        assert_eq!(normalise(&once, 100).unwrap(), once);
    }
}
