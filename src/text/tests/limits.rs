//! Every cap: the last allowed size passes, the next is refused with the right reason.

use super::super::TextError;
use super::{Profile, post, render};

fn refusal(source: &str, profile: Profile) -> TextError {
    render(source, profile).map(|rendered| rendered.html.len()).unwrap_err()
}

#[test]
fn sizes() {
    let body = |n: usize| "word\n".repeat(n / 5 + 1)[..n].to_owned();
    assert!(render(&body(32 * 1024), Profile::Post).is_ok());
    assert_eq!(refusal(&body(32 * 1024 + 1), Profile::Post), TextError::TooManyBytes { max: 32 * 1024 });
    assert!(render(&"é".repeat(4_000), Profile::Message).is_ok());
    assert_eq!(refusal(&"é".repeat(4_001), Profile::Message), TextError::TooLong { max: 4_000 });
    assert_eq!(refusal(&"a".repeat(2_001), Profile::Line), TextError::TooLong { max: 2_000 });
    assert!(render(&"é".repeat(10_000), Profile::Post).is_ok());
    assert_eq!(refusal(&format!("a\n{}", "é".repeat(10_001)), Profile::Post), TextError::LineTooLong { max: 10_000 });
}

#[test]
fn depth() {
    let deep = TextError::TooDeep { max: 16 };
    for (marker, tail) in [(">", "a"), ("> ", "a"), ("- ", "a"), ("1. ", "a"), ("+ ", "a")] {
        assert!(render(&(marker.repeat(16) + tail), Profile::Post).is_ok(), "{marker}");
        assert_eq!(refusal(&(marker.repeat(17) + tail), Profile::Post), deep, "{marker}");
        assert_eq!(refusal(&(marker.repeat(1_300) + tail), Profile::Message), deep, "{marker}");
    }
    let steps = |n: usize| (0..n).map(|i| format!("{}- a\n", "  ".repeat(i))).collect::<String>();
    assert!(render(&steps(16), Profile::Post).is_ok());
    assert_eq!(refusal(&steps(17), Profile::Post), deep);
    let stars = |n: usize| format!("{}a{}", "*".repeat(n), "*".repeat(n));
    assert!(render(&stars(32), Profile::Post).is_ok());
    for profile in [Profile::Post, Profile::Message, Profile::Line] {
        assert_eq!(refusal(&stars(34), profile), deep);
    }
    // Rules and code are not nesting.
    assert_eq!(post(&("- ".repeat(60) + "\n\na")).html, "<hr>\n<p>a</p>");
    assert!(render(&format!("```\n{}\n```", "> ".repeat(60)), Profile::Post).is_ok());
}

#[test]
fn counts() {
    let many = |part: &str, n: usize| part.repeat(n);
    for (part, max, error) in [
        ("[a](/x) ", 50, TextError::TooManyLinks { max: 50 }),
        ("https://x.example/ ", 50, TextError::TooManyLinks { max: 50 }),
        ("![a](/media/x.png) ", 20, TextError::TooManyImages { max: 20 }),
        ("![a](https://x.example/y.png) ", 20, TextError::TooManyImages { max: 20 }),
        ("@ada ", 50, TextError::TooManyMentions { max: 50 }),
    ] {
        assert!(render(&many(part, max), Profile::Post).is_ok(), "{part}");
        assert_eq!(refusal(&many(part, max + 1), Profile::Post), error, "{part}");
    }
    let notes = |n: usize| many("[^a] ", n) + "\n\n[^a]: b";
    assert!(render(&notes(50), Profile::Post).is_ok());
    assert_eq!(refusal(&notes(51), Profile::Post), TextError::TooManyFootnotes { max: 50 });
}

#[test]
fn tables() {
    let large = TextError::TableTooLarge { columns: 20, rows: 200 };
    let table = |columns: usize, rows: usize| {
        format!("{}|\n{}|\n{}", "|a".repeat(columns), "|-".repeat(columns), "|b\n".repeat(rows))
    };
    assert!(render(&table(20, 200), Profile::Post).is_ok());
    assert_eq!(refusal(&table(21, 1), Profile::Post), large);
    assert_eq!(refusal(&table(2, 201), Profile::Post), large);
    assert_eq!(refusal(&table(1, 201), Profile::Post), large);
    assert_eq!(refusal(&(table(20, 200) + "\n" + &table(20, 200)), Profile::Post), large);
    assert!(render(&format!("---\n{}", "a\n".repeat(900)), Profile::Post).is_ok());
}

#[test]
fn output_stays_in_proportion() {
    let quotes = |n: usize| (">".repeat(16) + "a\n\n").repeat(n);
    assert!(post(&quotes(800)).html.len() <= 512 * 1024);
    assert_eq!(refusal(&quotes(1_700), Profile::Post), TextError::OutputTooLarge);
    let tables = ("|a".repeat(20) + "|\n" + &"|:-:".repeat(20) + "|\n" + &"a\n".repeat(195) + "\n").repeat(2);
    assert_eq!(refusal(&tables, Profile::Post), TextError::OutputTooLarge);
}

#[test]
fn refusals_say_what_to_do() {
    for error in [
        TextError::TooManyBytes { max: 9 },
        TextError::TooLong { max: 9 },
        TextError::LineTooLong { max: 9 },
        TextError::Empty,
        TextError::NotText,
        TextError::UnpairedDirection,
        TextError::TooManyMarks { max: 3 },
        TextError::TooDeep { max: 9 },
        TextError::TooManyLinks { max: 9 },
        TextError::TooManyImages { max: 9 },
        TextError::TooManyMentions { max: 9 },
        TextError::TooManyFootnotes { max: 9 },
        TextError::TableTooLarge { columns: 9, rows: 9 },
        TextError::OutputTooLarge,
        TextError::NameLength { min: 2, max: 9 },
        TextError::NameCharacters,
        TextError::NameShape,
        TextError::NameReserved,
    ] {
        let text = error.to_string();
        assert!(text.ends_with('.') && text.len() > 20 && !text.contains('!'), "{text}");
        assert!(error.code().bytes().all(|b| b.is_ascii_lowercase() || b == b'_'));
    }
}
