//! Keeps one finding for every place of the text. Limit: it compares findings; it does not look at the text.

use super::types::{Finding, Rule};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The best of overlapping findings, sorted by start. A place belongs to one rule: the surer finding wins, then the
/// longer, then the rule that checks more.
pub(super) fn best(all: &[Finding]) -> Vec<Finding> {
    let all = sort(all);
    let mut kept: Vec<Finding> = Vec::with_capacity(all.len());
    for finding in all {
        let mut wins = true;
        while let Some(last) = kept.last().filter(|last| last.end > finding.start) {
            if rank(last, &finding) >= rank(&finding, last) {
                wins = false;
                break;
            }
            kept.pop();
        }
        if wins {
            kept.push(finding);
        }
    }
    kept
}

/// Sorts by start; of two that start together, the longer comes first.
pub(super) fn sort(findings: &[Finding]) -> Vec<Finding> {
    // The heap's code is a quarter of that of the library's sorts, and findings are few.
    let places = findings.iter().enumerate().map(|(at, finding)| (finding.start, Reverse(finding.end), at));
    let sorted = places.collect::<BinaryHeap<_>>().into_sorted_vec();
    sorted.into_iter().filter_map(|(_, _, at)| findings.get(at).copied()).collect()
}

/// How strong a finding is beside one that overlaps it.
fn rank(finding: &Finding, other: &Finding) -> (bool, u8, usize, u8) {
    // An address that contains a number is the address: masking only the number would leave the rest of it.
    // An account number contains digits that pass for other numbers in the same way.
    let around = matches!(finding.rule, Rule::Email | Rule::Iban)
        && finding.start <= other.start
        && finding.end >= other.end
        && finding.rule != other.rule;
    let order = match finding.rule {
        Rule::Secret => 7,
        Rule::Iban => 6,
        Rule::Card => 5,
        Rule::Ssn => 4,
        Rule::Phone => 3,
        Rule::Email => 2,
        Rule::Ip => 1,
        Rule::Password => 0,
    };
    (around, finding.level as u8, finding.end - finding.start, order)
}
