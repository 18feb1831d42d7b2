//! Any bytes: a scan ends in time, and its findings lie on characters, in order and apart.

#![no_main]

use std::time::{Duration, Instant};

use libfuzzer_sys::fuzz_target;
use tact_fuzz::pii::{hint, scan};

/// A unit of at most this many bytes is read once more as a flood of itself.
const UNIT: usize = 32;
/// The bytes of a flood. Linear work takes some hundredths of a second; quadratic work takes many seconds.
const FLOOD: usize = 64 * 1024 + 4096;
/// For the quickest of some tries, since a busy machine can make any one slow.
const PATIENCE: Duration = Duration::from_secs(5);
const TRIES: usize = 4;

fuzz_target!(|data: &[u8]| {
    let text = String::from_utf8_lossy(data);
    let found = scan(&text);
    for finding in &found {
        assert!(finding.start < finding.end, "an empty finding");
        let value = text.get(finding.start..finding.end).expect("a finding lies on characters");
        assert!(!hint(finding.rule, value).is_empty(), "no hint");
    }
    assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start), "findings overlap");
    if !text.is_empty() && text.len() <= UNIT {
        let flood = text.repeat(FLOOD / text.len());
        let quick = (0..TRIES).any(|_| {
            let began = Instant::now();
            let _ = scan(&flood);
            began.elapsed() < PATIENCE
        });
        assert!(quick, "a flood of it takes more than {PATIENCE:?}");
    }
});
