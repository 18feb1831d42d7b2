//! Texts made to be slow. Doubling one must not do worse than about doubling its time.

use std::time::{Duration, Instant};

use super::{Profile, render};

type Make = fn(usize) -> String;

fn fill(piece: &str, bytes: usize) -> String {
    piece.repeat(bytes / piece.len())
}

fn wrapped(piece: &str, bytes: usize) -> String {
    // Below the limit on the length of a line.
    let line = fill(piece, 9_000);
    let mut text = String::new();
    while text.len() < bytes {
        text.push_str(&line);
        text.push('\n');
    }
    let end = (0..=bytes.min(text.len())).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    text.truncate(end);
    text
}

fn steps(bytes: usize, indent: usize, markers: usize) -> String {
    let mut text = String::new();
    let mut at = 0;
    while text.len() < bytes / 2 && at * indent < 9_000 {
        text.push_str(&" ".repeat(at * indent));
        text.push_str(&"- ".repeat(markers));
        text.push_str("a\n");
        at += 1;
    }
    text.truncate(bytes / 2);
    text + &"\n".repeat(bytes / 2)
}

const CASES: &[(&str, Make)] = &[
    ("quotes", |n| wrapped(">", n)),
    ("quotes with words", |n| fill(&(">".repeat(16) + "a\n\n"), n)),
    ("list markers", |n| fill(&("- ".repeat(4_000) + "a\n"), n)),
    ("markers below the early limit", |n| fill(&("- ".repeat(32) + "a\n"), n)),
    ("many items, blank lines", |n| "- ".repeat(16) + "a" + &fill("\n", n - 64)),
    ("stairs", |n| steps(n, 2, 1)),
    ("wide stairs", |n| steps(n, 64, 32)),
    ("deep lists again and again", |n| fill(&("- ".repeat(16) + "a\n\n"), n)),
    ("footnote references", |n| wrapped("[^a]", n - 16) + "\n\n[^a]: b"),
    ("nested footnotes", |n| wrapped("[^a]: ", n)),
    ("footnotes in footnotes", |n| fill("[^a]: [^b]: c\n", n)),
    ("brackets", |n| wrapped("[", n)),
    ("image brackets", |n| wrapped("![", n)),
    ("half links", |n| wrapped("[a](", n)),
    ("half references", |n| wrapped("[a][", n)),
    ("mask tokens", |n| wrapped("[SSN hidden]", n)),
    ("half tokens", |n| wrapped("[SSN hidden", n)),
    ("open emphasis", |n| wrapped("*a **a ", n)),
    ("mixed emphasis", |n| wrapped("*a_ ", n)),
    ("closed emphasis", |n| fill(&format!("{}a{}\n\n", "*".repeat(16), "*".repeat(16)), n)),
    ("deep emphasis", |n| fill("*a ", n / 2).replace("a *a *a *a", "a *a\n*a *a") + &fill("a* ", n / 2)),
    ("words in emphasis", |n| fill("*a* ", n.min(9_000)) + "\n" + &fill("*a*\n", n - n.min(9_000))),
    ("struck words", |n| wrapped("~a ~~a ", n)),
    ("backticks", |n| (1..).map(|i| format!("a{}\n", "`".repeat(i % 90))).take(n / 46).collect()),
    ("wide table", |n| wrapped("|a", n / 4) + "|\n" + &wrapped("|-", n / 4) + "|\n" + &fill("a\n", n / 2)),
    ("long table", |n| "|a".repeat(20) + "|\n" + &"|-".repeat(20) + "|\n" + &fill("a\n", n - 90)),
    ("full table", |n| {
        "|a".repeat(20) + "|\n" + &"|-".repeat(20) + "|\n" + &"a\n".repeat(200) + "\n" + &fill("b\n", n - 600)
    }),
    ("many tables", |n| fill("|a|b\n|-|-\n\n", n)),
    ("angle brackets", |n| wrapped("<", n)),
    ("half tags", |n| wrapped("<a href=\"", n)),
    ("half comments", |n| wrapped("<!--", n)),
    ("half declarations", |n| wrapped("<![CDATA[", n)),
    ("tags", |n| fill("<b>\n", n)),
    ("references to characters", |n| wrapped("&amp;", n)),
    ("quotes of all kinds", |n| wrapped("\"&<>", n)),
    ("addresses", |n| wrapped("http://a.b ", n)),
    ("half addresses", |n| wrapped("http://", n)),
    ("www", |n| wrapped("www.", n)),
    ("mail", |n| wrapped("a@", n)),
    ("mail with dots", |n| wrapped("a.b@c.", n)),
    ("closing brackets of an address", |n| wrapped("http://a.b/)))))))", n)),
    ("entities of an address", |n| wrapped("http://a.b/&amp;&amp;&amp;&amp;", n)),
    ("definitions", |n| (0..n / 14).map(|i| format!("[{i}]: /u\n")).collect()),
    ("uses of one definition", |n| format!("[a]: /{}\n\n", "x".repeat(n / 4)) + &wrapped("[a]", n / 2)),
    ("emoji names", |n| wrapped(":smile:", n)),
    ("colons", |n| wrapped(":a", n)),
    ("accents", |n| wrapped("\u{301}", n)),
    ("at signs", |n| wrapped("@", n)),
    ("mentions", |n| wrapped("@ab ", n)),
    ("reserved mentions", |n| wrapped("@all ", n)),
    ("dotted mentions", |n| wrapped("@a.", n)),
    ("paragraphs", |n| fill("a\n\n", n)),
    ("lines", |n| fill("a\n", n)),
    ("empty items", |n| fill("*\n", n)),
    ("tasks", |n| fill("- [ ] a\n", n)),
    ("headings", |n| fill("# a\n", n)),
    ("underlined headings", |n| fill("a\n=\n", n)),
    ("fences", |n| fill("```\n", n)),
    ("rules", |n| fill("---\n\n", n)),
    ("spaces", |n| wrapped(" ", n) + "a"),
    ("tabs", |n| fill("\t\n", n)),
    ("one long link text", |n| {
        format!("[{}](https://x.example)", fill("a.b ", n.min(9_000)) + "\n" + &fill("a.b\n", n.saturating_sub(9_060)))
    }),
    ("escapes", |n| wrapped("\\*", n)),
];

fn fastest(source: &str, profile: Profile) -> (Duration, &'static str) {
    let mut best = Duration::MAX;
    let mut outcome = "";
    for _ in 0..3 {
        let start = Instant::now();
        let result = render(source, profile);
        best = best.min(start.elapsed());
        outcome = result.as_ref().map_or_else(|error| error.code(), |_| "rendered");
    }
    (best, outcome)
}

/// Prints the table with `--nocapture`. The bound only catches what hangs: measuring is not a test's work.
#[test]
fn nothing_is_slow() {
    render("warm up", Profile::Post).unwrap();
    for (name, make) in CASES {
        let mut times = Vec::new();
        let mut report = String::new();
        for bytes in [8_192, 16_384, 32_768] {
            let source = make(bytes);
            let source = source.get(..bytes).unwrap_or(&source);
            let (time, outcome) = fastest(source, Profile::Post);
            times.push(time.as_secs_f64() * 1e3);
            report += &format!("  {:8.2} ms {outcome}", time.as_secs_f64() * 1e3);
        }
        eprintln!("{name:32}{report}");
        assert!(times.iter().all(|&t| t < 10_000.0), "{name} hangs: {report}");
    }
}
