//! The detector of private data: finds e-mail and IP addresses, card, Social Security, telephone and bank account
//! numbers, passwords and secret keys in text that somebody typed, plain or in disguise.
//!
//! Limit: it is pure. It knows no policy, keeps nothing, reads nothing and depends on nothing but `core` and `alloc`, so
//! that the same source runs in the server and, through `frontend/pii`, in the browser. Every input takes linear time;
//! none panics.
//!
//! A scan builds *views* of the text ([`fold`]: folded characters with an exact map back to bytes), lets each rule
//! look at each view ([`numbers`] leads [`card`], [`ssn`], [`phone`], [`iban`], [`routing`] and [`ip`]; [`email`] leads
//! [`spelled`]; [`secret`] and [`password`] look for themselves), and keeps the best finding
//! of every place ([`resolve`]). What was found is then blanked and the text is read once more, so that masking all
//! findings leaves none behind.

extern crate alloc;

mod anchors;
mod card;
mod classes;
mod context;
mod domain;
mod email;
mod escape;
mod fold;
mod fold_tables;
mod iban;
mod ip;
mod keywords;
mod lower;
mod mask;
mod numbers;
mod pairs;
mod password;
mod password_words;
mod phone;
mod phone_tables;
mod resolve;
mod routing;
mod scene;
mod secret;
mod secret_tables;
mod small;
mod spaced;
mod spelled;
mod spelled_words;
mod ssn;
mod strip;
mod tables;
mod types;
mod words;

pub use mask::{hint, mask};
pub use types::{Finding, Level, Rule, Why};

use alloc::vec::Vec;
use core::ops::Range;
use fold::View;
use scene::Scene;

/// Grows whenever the same text may give other findings than before; stored beside findings.
pub const DETECTOR_VERSION: i16 = 2;

/// Longer texts are read in pieces of this many bytes, which bounds the memory of a scan.
const PIECE: usize = 64 * 1024;
/// Neighbouring pieces share this many bytes, the first [`LEAD`] of them as context; no value is longer than the rest.
const OVERLAP: usize = 8 * 1024;
/// No context reaches further back, in bytes.
const LEAD: usize = 1024;
/// Fewer characters hold no value of any rule: `a@b.cc`.
const SHORTEST: usize = 6;
/// How far, in bytes, the blanking of one value can change what else is found.
const VICINITY: usize = 1024;
/// How often what was found is blanked and the rest read again.
const ROUNDS: usize = 4;

/// Finds everything in `text` that looks private: all levels, sorted by start, never overlapping.
///
/// Offsets are bytes of `text` and lie on character boundaries.
#[must_use]
pub fn scan(text: &str) -> Vec<Finding> {
    scan_pieces(text, PIECE, OVERLAP)
}

fn scan_pieces(text: &str, piece: usize, overlap: usize) -> Vec<Finding> {
    if text.len() <= piece {
        return scan_piece(text);
    }
    let mut all = Vec::new();
    let mut from = 0_usize;
    loop {
        let to = boundary(text, from.saturating_add(piece));
        let last = to >= text.len();
        // Starts before `floor` belong to the piece before, which saw them with more text around them.
        let floor = if from == 0 { 0 } else { from + LEAD };
        let ceiling = if last { text.len() } else { to - overlap + LEAD };
        let part = text.get(from..to).unwrap_or_default();
        for mut finding in scan_piece(part) {
            finding.start += from;
            finding.end += from;
            if finding.start >= floor && finding.start < ceiling {
                all.push(finding);
            }
        }
        if last {
            return resolve::best(all);
        }
        // `floor` of the next piece is this `ceiling`, give or take the bytes of one character.
        from = boundary(text, to - overlap);
    }
}

/// The nearest character boundary at or below `at`.
fn boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn scan_piece(text: &str) -> Vec<Finding> {
    let fences = scene::fences(text);
    let whole = 0..text.len();
    let mut found = scan_part(text, whole, &fences, &[]);
    let mut fresh = found.clone();
    for _ in 1..ROUNDS {
        let mut more = Vec::new();
        for part in around(text, &fresh) {
            more.extend(scan_part(text, part, &fences, &found));
        }
        fresh = resolve::best(more);
        if fresh.is_empty() {
            break;
        }
        found.extend_from_slice(&fresh);
        resolve::sort(&mut found);
    }
    found
}

/// The parts of the text that blanking `fresh` can have changed, in order and apart.
fn around(text: &str, fresh: &[Finding]) -> Vec<Range<usize>> {
    let mut parts: Vec<Range<usize>> = Vec::new();
    for finding in fresh {
        let from = boundary(text, finding.start.saturating_sub(VICINITY));
        let to = boundary(text, finding.end.saturating_add(VICINITY));
        match parts.last_mut().filter(|last| last.end >= from) {
            Some(last) => last.end = last.end.max(to),
            None => parts.push(from..to),
        }
    }
    parts
}

/// One reading of a part of the text with the earlier findings blanked. What lies near a cut end is left out, since
/// there it may be half a value.
fn scan_part(text: &str, part: Range<usize>, fences: &[(usize, usize)], blanks: &[Finding]) -> Vec<Finding> {
    let mut out = Vec::new();
    let plain = View::fold(text, part.clone(), blanks).anchored();
    if plain.len() < SHORTEST {
        return out;
    }
    let stripped = strip::without_markup(&plain);
    let said = words::digits_for_words(stripped.as_ref().unwrap_or(&plain), words::LEAST);
    for view in [Some(plain), stripped].into_iter().flatten() {
        let scene = Scene::new(view, fences, false);
        numbers::find(&scene, &mut out);
        email::find(&scene, &mut out);
        secret::find(&scene, &mut out);
        password::find(&scene, &mut out);
    }
    if let Some(view) = said {
        numbers::find(&Scene::new(view, fences, true), &mut out);
    }
    let floor = if part.start == 0 { 0 } else { part.start + VICINITY / 2 };
    let ceiling = if part.end == text.len() { part.end } else { part.end - VICINITY / 2 };
    out.retain(|finding| finding.start >= floor && finding.end <= ceiling);
    resolve::best(out)
}

#[cfg(test)]
mod tests;
