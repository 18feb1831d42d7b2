//! What came of findings, by rule and place, so that an admin sees where a rule does harm.

use std::collections::BTreeMap;

use super::administer;
use super::store::policies;
use crate::access::Viewer;
use crate::clock::Moment;
use crate::entity::pii_tally::Tally;
use crate::entity::place_role::PlaceKind;
use crate::error::Result;
use crate::pii::Rule;
use crate::site::Site;

/// What came of one rule's findings in one place, in the last `days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The rule.
    pub rule: Rule,
    /// Where.
    pub place: (PlaceKind, i64),
    /// How often, by outcome.
    pub counts: BTreeMap<Tally, i64>,
}

/// Findings below which a share says nothing.
const ENOUGH: i64 = 50;
/// Share of findings called wrong, in percent, above which a rule should be looked at.
const WRONG_PERCENT: i64 = 20;

impl Numbers {
    /// How often `tally` was counted.
    pub fn of(&self, tally: Tally) -> i64 {
        self.counts.get(&tally).copied().unwrap_or_default()
    }

    /// Findings whose author changed or dropped the text after the warning: what is left of the warned.
    pub fn changed(&self) -> i64 {
        Ord::max(self.of(Tally::Warned) - self.of(Tally::Masked) - self.of(Tally::Held) - self.of(Tally::Anyway), 0)
    }

    /// Whether so many of its findings were called wrong that the rule should be looked at: above 20 % of at least 50.
    pub fn doubtful(&self) -> bool {
        let asked = self.of(Tally::Warned);
        asked >= ENOUGH && self.of(Tally::Wrong) * 100 > asked * WRONG_PERCENT
    }
}

const DAY_MS: i64 = 24 * 3600 * 1000;

/// What came of findings since `since`, by rule and place.
///
/// # Errors
/// Not an admin.
pub async fn numbers(site: &Site, viewer: &Viewer, since: Moment) -> Result<Vec<Numbers>> {
    administer(viewer, None)?;
    let rows = policies::counts(site.db.reads(), since.0.div_euclid(DAY_MS)).await?;
    let mut out: BTreeMap<(Rule, PlaceKind, i64), BTreeMap<Tally, i64>> = BTreeMap::new();
    for (kind, id, rule, outcome, count) in rows {
        if let Some(rule) = Rule::parse(&rule) {
            out.entry((rule, kind, id)).or_default().insert(outcome, count);
        }
    }
    Ok(out.into_iter().map(|((rule, kind, id), counts)| Numbers { rule, place: (kind, id), counts }).collect())
}
