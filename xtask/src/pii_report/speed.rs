//! Measures the detector in processor time. Limit: inputs and clock; what is found is of no interest here.

use super::cases::{Case, Class};
use super::real_texts::Piece;
use super::scores::float;
use rustix::time::{ClockId, clock_gettime};
use tact_pii::pii;

/// Shorter measurements say little.
const LEAST_SECONDS: f64 = 0.3;
/// The size of hostile inputs; each is measured at twice this size too.
const HOSTILE: usize = 1024 * 1024;
/// The size of the texts of which the slowest hundredth is told.
const MESSAGE: usize = 4096;

/// How fast one sort of text is read.
pub struct Pace {
    /// What was read.
    pub name: &'static str,
    /// Megabytes in a second of processor time.
    pub megabytes: f64,
    /// How much longer twice the text takes; 2 is linear. Only of hostile input.
    pub twice: Option<f64>,
}

/// Everything that was measured.
pub struct Speed {
    /// By sort of text.
    pub paces: Vec<Pace>,
    /// The time that 99 of 100 real texts of 4 KB stay under, in milliseconds.
    pub p99: f64,
    /// The same of labelled cases strung together, with a value in almost every line.
    pub p99_dense: f64,
}

/// Measures all sorts of text.
pub fn measure(cases: &[Case], pieces: &[Piece]) -> Speed {
    let of = |starts: &[&str]| -> Vec<String> {
        let wanted = |piece: &&Piece| starts.iter().any(|start| piece.file.starts_with(start));
        pieces.iter().filter(wanted).map(|piece| piece.text.clone()).collect()
    };
    let chat: Vec<String> = cases
        .iter()
        .filter(|case| matches!(case.class, Class::Plain | Class::Talk))
        .map(|case| case.text.clone())
        .collect();
    let sorts = [
        ("prose", of(&["novel", "rights", "sayings", "countries"])),
        ("chat, one message at a time", chat),
        ("code", of(&["code", "config"])),
        ("logs", of(&["log"])),
    ];
    let mut paces: Vec<Pace> =
        sorts.iter().map(|(name, texts)| Pace { name, megabytes: megabytes(texts), twice: None }).collect();
    paces.extend(hostile().into_iter().map(|(name, unit)| {
        let (once, twice) = (vec![unit.repeat(HOSTILE / unit.len())], vec![unit.repeat(2 * HOSTILE / unit.len())]);
        let (slow, slower) = (megabytes(&once), megabytes(&twice));
        Pace { name, megabytes: slow, twice: Some(2.0 * slow / slower) }
    }));
    let dense: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    let real: Vec<&str> = pieces.iter().map(|piece| piece.text.as_str()).collect();
    Speed { paces, p99: percentile(&messages(&real)), p99_dense: percentile(&messages(&dense)) }
}

/// What is repeated to a megabyte, by name.
fn hostile() -> Vec<(&'static str, String)> {
    let base64 = "TWFuIGlzIGRpc3Rpbmd1aXNoZWQsIG5vdCBvbmx5IGJ5IGhpcyByZWFzb24sIGJ1dCBieSB0aGlz/+9";
    vec![
        ("digits", "4716284095".to_owned()),
        ("digits and spaces", "4716 2840 95 ".to_owned()),
        ("`@`", "@".to_owned()),
        ("`a@`", "a@".to_owned()),
        ("`at` and `dot`", "name at place dot com ".to_owned()),
        ("zero-width characters", "\u{200b}\u{200d}\u{2060}".to_owned()),
        ("digits with zero-width characters", "4\u{200b}7\u{200d}1\u{ad}".to_owned()),
        ("base64", base64.to_owned()),
        ("nested entities", "&amp;amp;#38;#64;".to_owned()),
        ("markup", "*`~~<b>1</b>~~`*\\".to_owned()),
        ("`password:`", "password: ".to_owned()),
        ("combining marks", "e\u{301}\u{302}\u{303}".to_owned()),
    ]
}

fn megabytes(texts: &[String]) -> f64 {
    let bytes: usize = texts.iter().map(String::len).sum();
    let start = seconds();
    let mut rounds = 0_usize;
    loop {
        for text in texts {
            std::hint::black_box(pii::scan(text));
        }
        rounds += 1;
        let spent = seconds() - start;
        if spent >= LEAST_SECONDS {
            return float(rounds) * float(bytes) / 1e6 / spent;
        }
    }
}

/// Megabytes in a second over the texts that other tools are given too.
pub fn over_all(cases: &[Case], pieces: &[Piece]) -> f64 {
    let cases = cases.iter().map(|case| case.text.clone());
    megabytes(&cases.chain(pieces.iter().map(|piece| piece.text.clone())).collect::<Vec<_>>())
}

/// The texts strung together and cut into 4 KB.
fn messages(texts: &[&str]) -> Vec<String> {
    let whole = texts.join("\n");
    let mut rest = whole.as_str();
    let mut messages = Vec::new();
    while let Some((text, after)) = rest.split_at_checked(rest.floor_char_boundary(MESSAGE)) {
        if text.is_empty() {
            break;
        }
        messages.push(text.to_owned());
        rest = after;
    }
    messages
}

/// The 99th percentile of the texts' times in milliseconds. The better of three readings counts for each text, since
/// the first one pays for what the machine did before.
fn percentile(texts: &[String]) -> f64 {
    let once = |text: &String| {
        let start = seconds();
        std::hint::black_box(pii::scan(text));
        seconds() - start
    };
    let mut times: Vec<f64> =
        texts.iter().map(|text| (0..3).map(|_| once(text)).fold(f64::INFINITY, f64::min) * 1e3).collect();
    times.sort_by(f64::total_cmp);
    times.get(times.len() * 99 / 100).copied().unwrap_or_default()
}

/// Processor seconds of this thread: other work of the machine does not count.
fn seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    let whole = u32::try_from(now.tv_sec).unwrap_or_default();
    let nanos = u32::try_from(now.tv_nsec).unwrap_or_default();
    f64::from(whole) + f64::from(nanos) / 1e9
}
