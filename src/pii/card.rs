//! Payment cards: a network's range and length, the Luhn checksum, and how the digits are grouped.
//! Limit: one stretch of digits at a time; [`super::numbers`] chooses the stretches, [`super::tables`] knows the ranges.

use super::alloc::vec::Vec;
use super::fold::View;
use super::keywords::{CARD, CARD_DETAIL, NUMBER, OTHER};
use super::numbers::{Edge, Gap, Group, Stretch, edge, is_parted, weigh};
use super::phone;
use super::scene::Scene;
use super::tables::{is_published_card, network};
use super::types::{Finding, Level, Rule, Why};

/// Fewest and most digits of a card (ISO/IEC 7812-1).
const DIGITS: core::ops::RangeInclusive<usize> = 12..=19;

/// How far before bare digits a word for a number begins that may be theirs.
const NEAR: usize = 28;

/// Judges one stretch of digits.
pub(super) fn judge(scene: &Scene<'_>, stretch: &Stretch<'_>) -> Option<Finding> {
    if !DIGITS.contains(&stretch.digits.len()) {
        return None;
    }
    let network = network(stretch.digits)?;
    let checked = luhn(stretch.digits);
    if !checked && !network.may_lack_checksum || is_published_card(stretch.digits) || is_fraction(stretch) {
        return None;
    }
    let edge = edge(scene, stretch, CARD | CARD_DETAIL);
    if edge == Edge::Part || phone::is_dialled(scene, stretch) {
        return None;
    }
    let weight = weigh(scene, stretch, CARD | CARD_DETAIL, OTHER);
    let named = weight.named || edge == Edge::Named;
    let known_layout =
        !scene.said && is_known_layout(stretch.groups) && !in_table(scene, stretch) && !is_literal(scene, stretch);
    // Bare and of this length it is rather the number of a message or of a member.
    let snowflake = stretch.groups.len() == 1 && matches!(stretch.digits.len(), 17 | 18);
    let needs_word = network.needs_word || !known_layout || snowflake || edge == Edge::Doubtful || !checked;
    if needs_word && !named || !known_layout && !stands_apart(stretch) {
        return None;
    }
    let level = if checked {
        // A number that needs its word has spent it; the others gain a level by it.
        let numbered = !named && is_numbered(scene, stretch);
        Level::from_score(1 + weight.steps - i32::from(needs_word && weight.named) - i32::from(numbered))
    } else {
        Level::Possible
    };
    let why = match (checked, named) {
        (false, _) => Why::CardRange,
        (true, true) => Why::CardNamed,
        (true, false) => Why::CardChecksum,
    };
    let (start, end) = scene.view.bytes(stretch.from, stretch.to);
    Some(Finding { rule: Rule::Card, start, end, level, why })
}

/// Whether bare digits follow a word for a number or code of whatever kind.
fn is_numbered(scene: &Scene<'_>, stretch: &Stretch<'_>) -> bool {
    let (view, from) = (&scene.view, stretch.from);
    let label = view.run_start(from, 4, |ch| !ch.is_alphanumeric());
    let compound = ["number", "nummer"].iter().any(|end| label.checked_sub(6).is_some_and(|at| view.spells(at, end)));
    let near = scene.before(from, NEAR, NUMBER).filter(|distance| !is_parted(view, from - distance, from));
    stretch.groups.len() == 1 && (compound || near.is_some())
}

/// The checksum of ISO/IEC 7812-1, annex B.
fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit);
            if place % 2 == 0 { digit } else { digit * 2 - if digit > 4 { 9 } else { 0 } }
        })
        .sum();
    sum.is_multiple_of(10)
}

/// A decimal, or the digits after its point.
fn is_fraction(stretch: &Stretch<'_>) -> bool {
    let inner = stretch.groups.len() == 2 && stretch.gaps().all(|gap| gap == Gap::Dot);
    inner || stretch.gap_before() == Gap::Dot || stretch.gap_after() == Gap::Dot
}

/// The groupings that cards are printed in: whole, 4-4-4-4, 4-4-4-4-3 and shorter, 4-6-5, 4-6-4, with a mark of one kind between.
fn is_known_layout(groups: &[Group]) -> bool {
    let lengths: Vec<usize> = groups.iter().map(Group::len).collect();
    let shaped = matches!(lengths.as_slice(), [_] | [4, 4, 4, 4] | [4, 4, 4, 4, 1..=3] | [4, 6, 4 | 5]);
    let spaced = groups.iter().skip(1).all(|group| matches!(group.gap, Gap::Space | Gap::Dash | Gap::Wide));
    let first = groups.get(1).map(|group| group.gap);
    let marked = groups.iter().skip(1).all(|group| {
        Some(group.gap) == first && matches!(group.gap, Gap::Dot | Gap::Loose | Gap::Mark('/' | '_' | '*' | '|' | '~'))
    });
    shaped && (spaced || marked)
}

/// A column of a table: the neighbour looks like one more group of the same kind.
fn in_table(scene: &Scene<'_>, stretch: &Stretch<'_>) -> bool {
    let Some(first) = stretch.groups.first() else { return false };
    if stretch.groups.len() > 1
        && (beside_hex(&scene.view, stretch.from, true) || beside_hex(&scene.view, stretch.to, false))
    {
        return true;
    }
    let last = stretch.groups.last().unwrap_or(first);
    let inner = stretch.groups.get(1).map(|group| group.gap);
    let before = stretch.before.is_some_and(|group| alike(group, first, stretch.gap_before(), inner));
    let after = stretch.after.is_some_and(|group| alike(group, last, stretch.gap_after(), inner));
    before || after
}

fn alike(neighbour: &Group, own: &Group, gap: Gap, inner: Option<Gap>) -> bool {
    match inner {
        // Eight digits are the address before a row of such a table.
        Some(inner) if gap == inner || gap == Gap::Wide => {
            matches!(neighbour.len(), 4 | 8) || gap == inner && neighbour.len() == own.len()
        }
        Some(_) => false,
        None => {
            matches!(gap, Gap::Dash | Gap::Mark('_')) || matches!(gap, Gap::Space | Gap::List) && neighbour.len() >= 10
        }
    }
}

/// Whether the neighbouring word is a short code of digits and the letters a to f, as in a table of characters.
fn beside_hex(view: &View, at: usize, before: bool) -> bool {
    let (from, to) = if before {
        let end = view.run_start(at, 2, |ch| ch == ' ');
        (view.run_start(end, 6, |ch| ch.is_ascii_hexdigit()), end)
    } else {
        let start = view.run_end(at, 2, |ch| ch == ' ');
        (start, view.run_end(start, 6, |ch| ch.is_ascii_hexdigit()))
    };
    let code = view.text(from, to);
    matches!(code.len(), 4 | 5)
        && from != at
        && to != at
        && code.contains(|ch: char| ch.is_ascii_digit())
        && code.contains(|ch: char| ch.is_ascii_alphabetic())
}

/// A bare integer among the signs of a program or a data file; of sixteen digits, only the first of several.
fn is_literal(scene: &Scene<'_>, stretch: &Stretch<'_>) -> bool {
    let (before, after) = (scene.view.back(stretch.from, 1), scene.view.ch(stretch.to));
    let opened = matches!(before, '(' | '[' | '{' | '=');
    let listed = matches!(after, ',' | ';' | ')' | ']' | '}');
    stretch.groups.len() == 1 && if stretch.digits.len() > 16 { opened || listed } else { opened && after == ',' }
}

/// Whether an unusual grouping is a number of its own: its chain ends here, or goes on with another kind of gap.
fn stands_apart(stretch: &Stretch<'_>) -> bool {
    let apart = |gap: Gap| {
        matches!(gap, Gap::Open | Gap::Line | Gap::List | Gap::Loose) || stretch.gaps().all(|inner| inner != gap)
    };
    apart(stretch.gap_before()) && apart(stretch.gap_after())
}
