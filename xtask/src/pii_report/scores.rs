//! Compares what a detector found with what is labelled, as `tests/pii/README.md` defines it. Limit: counting only.

use super::cases::{Case, Class, Span};
use std::collections::BTreeMap;
use tact_pii::pii::Rule;

/// A find may cover so many bytes more than its label, for marks that belong to neither.
const SLACK: usize = 4;

/// The kinds that every tool knows, which the figures to reach are about.
pub const CORE: &[Rule] = &[Rule::Email, Rule::Card, Rule::Ssn];
/// The kinds that are off until somebody turns them on.
pub const QUIET: &[Rule] = &[Rule::Phone, Rule::Ip];

/// What a detector found: bytes of a text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Find {
    /// What it was taken for.
    pub kind: Rule,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

impl Find {
    fn is_right_for(self, span: &Span) -> bool {
        self.kind == span.kind && self.start <= span.start && self.end >= span.end && self.fits(span)
    }

    /// Whether it reaches no further out of the label than a right find may.
    fn fits(self, span: &Span) -> bool {
        match span.within {
            Some((start, end)) => self.start >= start && self.end <= end,
            None => span.start.saturating_sub(self.start) + self.end.saturating_sub(span.end) <= SLACK,
        }
    }

    fn touches(self, span: &Span) -> bool {
        self.start < span.end && span.start < self.end
    }

    /// A find counts against the detector unless it stands on a label of its kind and does not reach out of it. With
    /// wrong edges inside the label it is no false alarm; the label then counts as missed.
    fn is_excused(self, case: &Case) -> bool {
        let labelled = case.spans.iter().any(|span| span.kind == self.kind && self.touches(span) && self.fits(span));
        labelled || !case.forbids(self.kind)
    }
}

/// What one case says about the detector.
pub struct Verdict {
    /// For every label, whether a find is right for it.
    pub right: Vec<bool>,
    /// The finds that should not be there.
    pub wrong: Vec<Find>,
}

/// Judges the finds of one case.
pub fn judge(case: &Case, finds: &[Find]) -> Verdict {
    let found = |span: &Span| finds.iter().any(|find| find.is_right_for(span));
    Verdict {
        right: case.spans.iter().map(found).collect(),
        wrong: finds.iter().copied().filter(|find| !find.is_excused(case)).collect(),
    }
}

/// Counts of labels and finds.
#[derive(Default, Clone, Copy, PartialEq, Eq, Debug)]
pub struct Tally {
    /// Labels with a right find.
    pub right: usize,
    /// Labels without one.
    pub missed: usize,
    /// Finds that should not be there.
    pub wrong: usize,
}

impl Tally {
    /// The share of labels that were found; nothing labelled is nothing missed.
    pub fn recall(self) -> f64 {
        ratio(self.right, self.right + self.missed)
    }

    /// The share of finds that are right; nothing found is nothing wrong.
    pub fn precision(self) -> f64 {
        ratio(self.right, self.right + self.wrong)
    }

    /// The harmonic mean of both.
    pub fn f1(self) -> f64 {
        ratio(2 * self.right, 2 * self.right + self.missed + self.wrong)
    }

    /// Whether nothing was counted.
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    fn add(&mut self, other: Self) {
        self.right += other.right;
        self.missed += other.missed;
        self.wrong += other.wrong;
    }
}

/// A number of things and how many of them are meant.
#[derive(Default, Clone, Copy, Debug)]
pub struct Share {
    /// Those that are meant.
    pub part: usize,
    /// All of them.
    pub whole: usize,
}

impl Share {
    fn count(&mut self, meant: bool) {
        self.part += usize::from(meant);
        self.whole += 1;
    }

    /// Between 0 and 1; 0 of nothing.
    pub fn ratio(self) -> f64 {
        if self.whole == 0 { 0.0 } else { ratio(self.part, self.whole) }
    }
}

/// The scores of one file of cases.
#[derive(Default)]
pub struct Scores {
    kinds: BTreeMap<(Rule, Class), Tally>,
    /// Everything of a language.
    pub languages: BTreeMap<String, Tally>,
    /// Look-alikes taken for something, by family.
    pub families: BTreeMap<String, Share>,
    /// Look-alikes taken for anything.
    pub flagged: Share,
    /// Look-alikes taken for an e-mail address, a card or a social security number.
    pub flagged_core: Share,
    /// Bytes of found values that a mask covers.
    pub covered: Share,
}

impl Scores {
    /// Scores a detector over cases.
    pub fn of(cases: &[Case], mut detector: impl FnMut(&Case) -> Vec<Find>) -> Self {
        let mut scores = Self::default();
        for case in cases {
            scores.add(case, &detector(case));
        }
        scores
    }

    fn add(&mut self, case: &Case, finds: &[Find]) {
        let verdict = judge(case, finds);
        for (span, right) in case.spans.iter().zip(&verdict.right) {
            let one = Tally { right: usize::from(*right), missed: usize::from(!right), wrong: 0 };
            self.count(case, span.kind, one);
            self.cover(span, finds);
        }
        for find in &verdict.wrong {
            self.count(case, find.kind, Tally { wrong: 1, ..Tally::default() });
        }
        if case.class == Class::LookAlike {
            let flagged = !verdict.wrong.is_empty();
            self.flagged.count(flagged);
            self.families.entry(case.family.clone()).or_default().count(flagged);
            if CORE.iter().any(|kind| case.forbids(*kind)) {
                self.flagged_core.count(verdict.wrong.iter().any(|find| CORE.contains(&find.kind)));
            }
        }
    }

    fn count(&mut self, case: &Case, kind: Rule, tally: Tally) {
        self.kinds.entry((kind, case.class)).or_default().add(tally);
        self.languages.entry(case.lang.clone()).or_default().add(tally);
    }

    /// Counts the bytes of a label that finds cover, if one of its kind touches it at all.
    fn cover(&mut self, span: &Span, finds: &[Find]) {
        if finds.iter().any(|find| find.kind == span.kind && find.touches(span)) {
            let hidden = |at: &usize| finds.iter().any(|find| find.start <= *at && *at < find.end);
            self.covered.part += (span.start..span.end).filter(hidden).count();
            self.covered.whole += span.end - span.start;
        }
    }

    /// The counts of some kinds in some classes.
    pub fn tally(&self, kinds: &[Rule], classes: &[Class]) -> Tally {
        let mut sum = Tally::default();
        for ((kind, class), tally) in &self.kinds {
            if kinds.contains(kind) && classes.contains(class) {
                sum.add(*tally);
            }
        }
        sum
    }
}

/// `part` of `whole`; 1 of nothing.
pub fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { float(part) / float(whole) }
}

/// A count as a number with a fraction. Counts beyond 32 bits do not occur here.
pub fn float(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from)
}
