//! Any text: with everything masked, nothing likely is left, and what stood between the values is untouched.

#![no_main]

use libfuzzer_sys::fuzz_target;
use tact_fuzz::pii::{Finding, Level, mask, scan};

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let found = scan(&text);
    let masked = mask(&text, &found);
    let left: Vec<Finding> = scan(&masked).into_iter().filter(|finding| finding.level >= Level::Likely).collect();
    assert!(left.is_empty(), "{masked:?} still holds {left:?}");
    let mut rest = masked.as_str();
    let mut at = 0;
    for finding in &found {
        rest = rest.strip_prefix(&text[at..finding.start]).expect("the text between stays");
        rest = rest.strip_prefix(finding.rule.token()).expect("the token stands for the value");
        at = finding.end;
    }
    assert_eq!(rest, &text[at..], "the text behind the last value stays");
});
