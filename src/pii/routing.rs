//! Accounts at banks of the United States: a routing number together with an account number.
//! Limit: a routing number alone is public and an account number alone is any number, so each counts only beside the
//! other, and both only by their words. Each becomes a finding of its own, so that masking leaves neither.
//!
//! Source for the routing number: American Bankers Association, "Routing Number Policy & Procedures": nine digits, the
//! first two 00 to 12, 21 to 32, 61 to 72 or 80, weights 3, 7, 1, sum divisible by ten.

use super::alloc::vec::Vec;
use super::fold::View;
use super::keywords::{ACCOUNT, ROUTING};
use super::numbers::{Edge, Stretch, edge};
use super::scene::Scene;
use super::types::{Finding, Level, Rule, Why};

/// How far before a number its word may begin, and how far apart the two numbers may be.
const REACH: usize = 40;
const APART: usize = 80;
/// Fewest and most digits of an account number (NACHA file format: 17 places).
const ACCOUNT_DIGITS: core::ops::RangeInclusive<usize> = 5..=17;

/// Judges one stretch of digits and adds the routing number and the account number, if it is one.
pub(super) fn judge(scene: &Scene<'_>, stretch: &Stretch<'_>, out: &mut Vec<Finding>) {
    if stretch.digits.len() != 9 || stretch.groups.len() > 3 || !is_routing(stretch.digits) {
        return;
    }
    let (from, to) = (stretch.from, stretch.to);
    if scene.before(from, REACH, ROUTING).is_none() || edge(scene, stretch, ROUTING) == Edge::Part {
        return;
    }
    let account =
        account_between(scene, to, to + APART).or_else(|| account_between(scene, from.saturating_sub(APART), from));
    let Some(account) = account else { return };
    for (from, to) in [(from, to), account] {
        let (start, end) = scene.view.bytes(from, to);
        let level = if scene.in_fence(from) { Level::Likely } else { Level::Certain };
        out.push(Finding { rule: Rule::Iban, start, end, level, why: Why::AccountRouted });
    }
}

fn is_routing(digits: &[u8]) -> bool {
    let sum: u32 = digits.iter().zip([3, 7, 1].iter().cycle()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let district = digits.iter().take(2).fold(0, |value, digit| value * 10 + u32::from(*digit));
    sum.is_multiple_of(10) && sum > 0 && matches!(district, 0..=12 | 21..=32 | 61..=72 | 80)
}

/// The first number in `from..to` that a word for an account announces.
fn account_between(scene: &Scene<'_>, from: usize, to: usize) -> Option<(usize, usize)> {
    let view = &scene.view;
    let mut at = from;
    while at < to.min(view.len()) {
        if !view.ch(at).is_ascii_digit() {
            at += 1;
            continue;
        }
        let end = number_end(view, at);
        let digits = (at..end).filter(|&at| view.ch(at).is_ascii_digit()).count();
        let alone = !view.back(at, 1).is_ascii_alphanumeric() && !view.ch(end).is_ascii_alphanumeric();
        if end <= to && alone && ACCOUNT_DIGITS.contains(&digits) && scene.before(at, REACH, ACCOUNT).is_some() {
            return Some((at, end));
        }
        at = end;
    }
    None
}

/// The end of digits that single spaces and dashes may part.
fn number_end(view: &View, at: usize) -> usize {
    let mut end = at;
    loop {
        end = view.run_end(end, 20, |ch| ch.is_ascii_digit());
        if end - at < 24 && matches!(view.ch(end), ' ' | '-') && view.ch(end + 1).is_ascii_digit() {
            end += 1;
        } else {
            return end;
        }
    }
}
