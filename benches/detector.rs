//! How fast the detector reads: megabytes per second of one core's time on talk, prose, program text, logs and floods,
//! and how long a text of 4 KB takes, beside the limits of the design.
//!
//! `cargo bench --bench detector`.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::cast_precision_loss)]

use std::fmt::Write as _;
use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use tact::pii;

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Megabytes per second of one core's time that are asked of prose.
const RATE: f64 = 60.0;
/// The time that a text of 4 KB may take in 99 of 100 cases.
const MOST: Duration = Duration::from_micros(200);
const SIZE: usize = 4096;
/// How long each figure is measured.
const SPAN: Duration = Duration::from_secs(2);
/// A text of 4 KB takes the least of so many readings, since other programs of the machine only add.
const READINGS: usize = 7;

fn main() {
    let profile = if cfg!(debug_assertions) { "DEBUG BUILD: the figures mean nothing" } else { "release build" };
    println!("tact {}, {profile}, one core; limits {RATE} MB/s, {MOST:?}", env!("CARGO_PKG_VERSION"));
    println!("{:<22} {:>9} {:>8} {:>9} {:>9} {:>9}  of 200", "text", "bytes", "MB/s", "of 60", "p50 µs", "p99 µs");
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let prose = |names: &[&str]| folder(&root.join("tests/pii/prose"), names);
    measure("prose, English", &prose(&["novel-"]));
    measure("prose, 20 languages", &prose(&["rights-", "novel-", "countries-", "sayings-", "interface-"]));
    measure("Markdown", &(prose(&["changes-"]) + &folder(&root.join("docs"), &[])));
    measure("talk", &cases(root, "prose"));
    measure("program text", &prose(&["code-", "config-"]));
    measure("logs", &prose(&["log-"]));
    measure("values, a line each", &cases(root, "plain"));
    measure("disguises, a line each", &cases(root, "disguised"));
    for (name, unit) in [
        ("flood of digits", "4539 1488 "),
        ("flood of signs", "a@"),
        ("flood of brackets", "([{<"),
        ("flood of tags", "<b>7</b>"),
        ("flood of entities", "&amp;#64;"),
        ("flood of at-words", "at dot "),
        ("flood of passwords", "password: "),
        ("flood of numbers", "one 2 три "),
    ] {
        measure(name, &unit.repeat(256 * 1024 / unit.len()));
    }
}

fn measure(name: &str, text: &str) {
    let parts = parts(text);
    let (since, cpu) = (Instant::now(), spent());
    let mut bytes = 0;
    while since.elapsed() < SPAN {
        for part in &parts {
            black_box(pii::scan(black_box(part)));
            bytes += part.len();
        }
    }
    let rate = bytes as f64 / 1e6 / spent().saturating_sub(cpu).as_secs_f64();
    let mut times: Vec<Duration> = parts.iter().map(|part| least(part)).collect();
    times.sort_unstable();
    let at = |percent: usize| times.get((times.len() - 1) * percent / 100).copied().unwrap_or_default();
    let (half, most) = (at(50), at(99));
    println!(
        "{name:<22} {:>9} {rate:>8.1} {:>9.2} {:>9.0} {:>9.0} {:>9.2}",
        text.len(),
        rate / RATE,
        half.as_secs_f64() * 1e6,
        most.as_secs_f64() * 1e6,
        MOST.as_secs_f64() / most.as_secs_f64()
    );
}

fn least(part: &str) -> Duration {
    let once = || {
        let since = Instant::now();
        black_box(pii::scan(black_box(part)));
        since.elapsed()
    };
    (0..READINGS).map(|_| once()).min().unwrap_or_default()
}

/// What this thread has used of a core, or the time of day where the system does not say (only Linux does).
fn spent() -> Duration {
    static BEGUN: std::sync::OnceLock<Instant> = std::sync::OnceLock::new();
    let said = fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = said.and_then(|line| line.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| BEGUN.get_or_init(Instant::now).elapsed(), Duration::from_nanos)
}

/// The text in pieces of a post's size.
fn parts(text: &str) -> Vec<&str> {
    let (mut parts, mut rest) = (Vec::new(), text);
    while !rest.is_empty() {
        let (part, after) = rest.split_at(rest.floor_char_boundary(SIZE));
        parts.push(part);
        rest = after;
    }
    parts
}

/// The files of a folder whose names begin with one of `names`, one after the other.
fn folder(path: &Path, names: &[&str]) -> String {
    let entries = fs::read_dir(path).expect("a folder").map(|entry| entry.expect("an entry").path());
    let wanted = |path: &Path| {
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        path.is_file() && (names.is_empty() || names.iter().any(|start| name.starts_with(start)))
    };
    let mut files: Vec<_> = entries.filter(|path| wanted(path)).collect();
    files.sort();
    files.iter().map(|path| fs::read_to_string(path).expect("a text")).collect()
}

/// The open cases of a class, a line each.
fn cases(root: &Path, class: &str) -> String {
    let lines = fs::read_to_string(root.join("tests/pii/open.jsonl")).expect("the cases");
    let mut text = String::new();
    for line in lines.lines() {
        let case: serde_json::Value = serde_json::from_str(line).expect("a case");
        if case.get("class").and_then(|own| own.as_str()) == Some(class) {
            let own = case.get("text").and_then(|own| own.as_str()).expect("its text");
            writeln!(text, "{own}").expect("a line");
        }
    }
    text
}
