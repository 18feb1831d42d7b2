//! Keeps one finding for every place of the text. Limit: it compares findings; it does not look at the text.

use super::alloc::vec::Vec;
use super::small;
use super::types::{Finding, Rule};

/// By start; of those that start together the longest first.
pub(super) fn sort(findings: &mut [Finding]) {
    small::sort(findings, |finding| (finding.start, core::cmp::Reverse(finding.end)));
}

/// The best of overlapping findings, sorted by start. A place belongs to one rule: the surer finding wins, then the
/// longer, then the rule that checks more.
pub(super) fn best(mut all: Vec<Finding>) -> Vec<Finding> {
    sort(&mut all);
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

/// How strong a finding is beside one that overlaps it.
fn rank(finding: &Finding, other: &Finding) -> (bool, u8, usize, u8) {
    // An address, an account or a key that contains a number is one whole: masking only the number would leave the rest of it.
    let around = matches!(finding.rule, Rule::Email | Rule::Iban | Rule::Secret)
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
