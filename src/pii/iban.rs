//! International bank account numbers: a country's length and layout, and the two check digits.
//! Limit: the number itself; United States accounts are the duty of [`super::routing`].
//! Sources: ISO 13616-1 for the form and the checksum (ISO/IEC 7064, MOD 97-10); the layouts are those of SWIFT's IBAN
//! Registry, release 101, as listed in the Python package `python-stdnum` 2.2.
//!
//! Levels: likely, with a word for an account certain; examples and code lower it by one. Digits read from words or letters need a word.

use super::alloc::{string::String, vec::Vec};
use super::fold::View;
use super::fold_tables::look_alike;
use super::keywords::{BANK, OTHER};
use super::numbers::{WIDEST_GAP, may_part, weigh_at};
use super::pairs::Pairs;
use super::scene::Scene;
use super::types::{Finding, Level, Rule, Why};

/// Layout behind the check digits, by country: lengths of runs of digits (n), letters (a) or either (c).
const LAYOUTS: &str = " ad8n12c ae19n al8n16c at16n az4a20c ba16n be12n bg4a6n8c bh4a14c bi23n br23n1a1c by4c4n16c ch5n12c \
    cr18n cy8n16c cz20n de18n dj23n dk14n do4c20n ee16n eg25n es20n fi14n fk2a12n fo14n fr10n11c2n gb4a14n ge2a16n gi4a15c \
    gl14n gr7n16c gt24c hn4a20n hr17n hu24n ie4a14n il19n iq4a15n is22n it1a10n12c jo4a4n18c kw4a22c kz3n13c lb4n20c lc4a24c \
    li5n12c lt16n lu3n13c lv4a13c ly21n mc10n11c2n md20c me18n mk3n10c2n mn16n mr23n mt4a5n18c mu4a19n3a ni4a20n nl4a10n no11n \
    om3n16c pk4a16c pl24n ps4a21c pt21n qa4a21c ro4a16c rs18n ru14n15c sa2n18c sc4a20n3a sd14n se20n si15n sk20n sm1a10n12c \
    so19n st21n sv4a20n tl19n tn20n tr6n16c ua6n19c va18n vg4a16n xk16n ye4a4n18c";

static COUNTRIES: Pairs = Pairs::of_rows(LAYOUTS);

/// Judges the digits that begin at `at`, when two letters stand before them.
pub(super) fn find(scene: &Scene<'_>, at: usize, out: &mut Vec<Finding>) {
    let view = &scene.view;
    let end = at.saturating_sub(usize::from(matches!(view.back(at, 1), ' ' | '-')));
    // "D E 4 4 …"
    let spread = end < at && view.back(end, 2) == ' ';
    let from = end.saturating_sub(2 + usize::from(spread));
    let country = [latin(view.ch(from)), latin(view.back(end, 1))];
    if end < 2 || !country[0].is_ascii_lowercase() || !COUNTRIES.may_open(country[0].into(), country[1].into()) {
        return;
    }
    let Some(layout) = layout(country) else { return };
    let Some((value, to, loose)) = read(view, from, layout) else { return };
    if remainder(&value) != 1 {
        return;
    }
    let glued = from.checked_sub(4).is_some_and(|at| view.spells(at, "iban"));
    let part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    if !glued && part(view.back(from, 1)) || part(view.ch(to)) {
        return;
    }
    let weight = weigh_at(scene, from, to, BANK, OTHER);
    let named = weight.named || glued;
    if (scene.said || loose && is_wordy(&value)) && !named {
        return;
    }
    let level = Level::from_score(1 + weight.steps + i32::from(glued && !weight.named));
    let why = if named { Why::IbanNamed } else { Why::IbanChecksum };
    let (start, end) = view.bytes(from, to);
    out.push(Finding { rule: Rule::Iban, start, end, level, why });
}

/// The two letters that an international number begins with; nothing for other accounts.
pub(super) fn country(view: &View) -> String {
    let letters = [latin(view.ch(0)), latin(view.ch(1))];
    let known = letters.iter().all(u8::is_ascii_lowercase);
    if known {
        letters.iter().map(|letter| char::from(letter.to_ascii_uppercase())).chain([' ']).collect()
    } else {
        String::new()
    }
}

/// The character, or the Latin one it looks like, as a byte; 0 for all that cannot stand in an IBAN.
fn latin(ch: char) -> u8 {
    let ch = if ch.is_ascii() { ch } else { look_alike(ch).unwrap_or(' ') };
    u8::try_from(ch).ok().filter(u8::is_ascii_alphanumeric).unwrap_or(0)
}

/// The layout of a country, up to the next space or the end.
fn layout(country: [u8; 2]) -> Option<&'static [u8]> {
    let rows = LAYOUTS.as_bytes();
    let at = rows.windows(3).position(|row| row.first() == Some(&b' ') && row.ends_with(&country))?;
    rows.get(at + 3..)
}

/// Reads the country, the check digits and what the layout asks for, and answers the characters, the place behind them,
/// and whether other marks stood between than one behind every fourth.
fn read(view: &View, from: usize, layout: &[u8]) -> Option<(Vec<u8>, usize, bool)> {
    let mut value = Vec::with_capacity(34);
    let mut at = from;
    let mut count = 0;
    let mut loose = false;
    for kind in *b"aann" {
        at = take(view, at, kind, &mut value, &mut loose)?;
    }
    for &byte in layout {
        if byte == b' ' {
            break;
        }
        if byte.is_ascii_digit() {
            count = count * 10 + usize::from(byte - b'0');
            continue;
        }
        for _ in 0..count {
            at = take(view, at, byte, &mut value, &mut loose)?;
        }
        count = 0;
    }
    Some((value, at, loose))
}

/// Takes one character of `kind` at `at`, or behind marks, and answers the place behind it.
fn take(view: &View, at: usize, kind: u8, value: &mut Vec<u8>, loose: &mut bool) -> Option<usize> {
    let start = at;
    let at = if value.is_empty() { at } else { view.run_end(at, WIDEST_GAP, may_part) };
    *loose |= at > start && (at > start + 1 || !value.len().is_multiple_of(4));
    let byte = latin(view.ch(at));
    let fits = match kind {
        b'n' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_lowercase(),
        _ => byte != 0,
    };
    fits.then(|| {
        value.push(byte);
        at + 1
    })
}

/// Whether there are so many letters that they may be words of a sentence.
fn is_wordy(value: &[u8]) -> bool {
    value.iter().filter(|byte| byte.is_ascii_lowercase()).count() > 8
}

/// The whole, its first four characters moved to the end and letters read as 10 to 35, modulo 97.
fn remainder(value: &[u8]) -> u32 {
    let (head, tail) = value.split_at(value.len().min(4));
    tail.iter().chain(head).fold(0, |sum, byte| {
        let digit = number(*byte);
        (sum * if digit > 9 { 100 } else { 10 } + digit) % 97
    })
}

fn number(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}
