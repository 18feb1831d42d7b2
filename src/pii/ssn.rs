//! Social Security numbers and the taxpayer numbers of the same shape (ITIN): area, group, serial and grouping.
//! Limit: United States numbers only; one stretch of digits at a time.
//!
//! Never issued: area 000, 666, 900-999, group 00, serial 0000 (SSA, "Social Security Number Randomization FAQs";
//! POMS RM 10201.035). Areas say nothing about states since 25 June 2011, so there is no such check.

use super::keywords::{CARD, OTHER, PHONE, SSN, TAX};
use super::numbers::{Edge, Gap, Stretch, edge, weigh};
use super::scene::Scene;
use super::tables::is_never_ssn;
use super::types::{Finding, Level, Rule, Why};

/// What nine digits may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Social,
    Taxpayer,
}

/// Judges one stretch of digits.
pub(super) fn judge(scene: &Scene<'_>, stretch: &Stretch<'_>) -> Option<Finding> {
    if stretch.digits.len() != 9 {
        return None;
    }
    let kind = kind(stretch.digits)?;
    // Two and seven digits are an employer's number (EIN), which is public.
    if is_part_of_more(stretch) || stretch.is_shaped(&[2, 7]) {
        return None;
    }
    let edge = edge(scene, stretch, SSN | TAX);
    if edge == Edge::Part {
        return None;
    }
    let weight = weigh(scene, stretch, SSN | TAX, OTHER | PHONE | CARD);
    let named = weight.named || edge == Edge::Named;
    let needs_word = scene.said || edge == Edge::Doubtful || kind == Kind::Taxpayer || !is_known_layout(stretch);
    if needs_word && !named {
        return None;
    }
    let level =
        Level::from_score(1 + weight.steps - i32::from(needs_word && weight.named && !is_known_layout(stretch)));
    let why = match (kind, named) {
        (Kind::Taxpayer, _) => Why::ItinNamed,
        (Kind::Social, true) => Why::SsnNamed,
        (Kind::Social, false) => Why::SsnGrouped,
    };
    let (start, end) = scene.view.bytes(stretch.from, stretch.to);
    Some(Finding { rule: Rule::Ssn, start, end, level, why })
}

fn kind(digits: &[u8]) -> Option<Kind> {
    let value = digits.iter().fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
    let (area, group, serial) = (value / 1_000_000, value / 10_000 % 100, value % 10_000);
    if is_never_ssn(value) || serial == 0 {
        return None;
    }
    match (area, group) {
        (1..=665 | 667..=899, 1..=99) => Some(Kind::Social),
        // IRS: groups given to ITINs; 93 is an adoption number (ATIN).
        (900..=999, 50..=65 | 70..=88 | 90..=92 | 94..=99) => Some(Kind::Taxpayer),
        _ => None,
    }
}

/// 3-2-4 with a dash, a space or a dot between.
fn is_known_layout(stretch: &Stretch<'_>) -> bool {
    let mut gaps = stretch.gaps();
    let first = gaps.next();
    stretch.is_shaped(&[3, 2, 4])
        && matches!(first, Some(Gap::Dash | Gap::Space | Gap::Dot))
        && gaps.all(|gap| Some(gap) == first)
}

/// Whether the neighbouring digits belong to the same number. A space apart is apart, unless spaces also group it.
fn is_part_of_more(stretch: &Stretch<'_>) -> bool {
    let joins = |gap: Gap| match gap {
        Gap::Open | Gap::Line | Gap::List | Gap::Loose | Gap::Wide => false,
        Gap::Space => stretch.groups.len() > 1 && stretch.gaps().any(|inner| inner == Gap::Space),
        Gap::Mark(mark) => mark != ',' && mark != ':' && mark != '|' || stretch.gaps().any(|inner| inner == gap),
        Gap::Dash | Gap::Dot => true,
    };
    joins(stretch.gap_before()) || joins(stretch.gap_after())
}
