//! Scores the labelled corpus of `tests/pii/` and holds the floors of pii.md section 1.

use super::super::{Level, Rule, scan};
use serde_json::Value;
use std::collections::BTreeMap;

const CORPUS: &str = include_str!("../../../tests/pii/corpus.jsonl");
/// A finding may cover so many bytes more than its label, for marks that belong to neither.
const SLACK: usize = 4;

#[derive(Default, Debug)]
struct Score {
    found: usize,
    missed: usize,
    wrong: usize,
}

impl Score {
    fn recall(&self) -> f64 {
        ratio(self.found, self.found + self.missed)
    }

    fn precision(&self) -> f64 {
        ratio(self.found, self.found + self.wrong)
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap());
    if whole == 0 { 1.0 } else { number(part) / number(whole) }
}

struct Case {
    id: String,
    text: String,
    class: String,
    spans: Vec<(Rule, usize, usize)>,
}

fn cases() -> Vec<Case> {
    CORPUS.lines().map(|line| case(&serde_json::from_str(line).unwrap())).collect()
}

fn case(value: &Value) -> Case {
    let word = |key: &str| value[key].as_str().unwrap().to_owned();
    let place = |span: &Value, key: &str| usize::try_from(span[key].as_u64().unwrap()).unwrap();
    let span =
        |span: &Value| (Rule::parse(span["kind"].as_str().unwrap()).unwrap(), place(span, "start"), place(span, "end"));
    Case {
        id: word("id"),
        text: word("text"),
        class: word("class"),
        spans: value["spans"].as_array().unwrap().iter().map(span).collect(),
    }
}

/// Adds a case to the scores of its class and rules, and answers whether it was read without a mistake.
fn score(case: &Case, scores: &mut BTreeMap<(String, Rule), Score>) -> bool {
    let found: Vec<_> = scan(&case.text).into_iter().filter(|finding| finding.level >= Level::Likely).collect();
    let mut right = true;
    for &(rule, start, end) in &case.spans {
        let covered = |f: &&super::super::Finding| {
            f.rule == rule && f.start <= start && f.end >= end && f.end - f.start <= end - start + SLACK
        };
        let entry = scores.entry((case.class.clone(), rule)).or_default();
        if found.iter().any(|finding| covered(&finding)) {
            entry.found += 1;
        } else {
            entry.missed += 1;
            right = false;
        }
    }
    for finding in &found {
        let labelled =
            case.spans.iter().any(|span| span.0 == finding.rule && finding.start < span.2 && span.1 < finding.end);
        if !labelled {
            scores.entry((case.class.clone(), finding.rule)).or_default().wrong += 1;
            right = false;
        }
    }
    right
}

#[test]
fn the_corpus_is_read_well() {
    let mut scores = BTreeMap::new();
    let mut flagged = 0_usize;
    let mut look_alikes = 0_usize;
    for case in cases() {
        let right = score(&case, &mut scores);
        if case.class == "lookalike" {
            look_alikes += 1;
            flagged += usize::from(!right);
        }
        if !right {
            eprintln!("misread: {}", case.id);
        }
    }
    for ((class, rule), score) in &scores {
        eprintln!(
            "{class:10} {:5} precision {:.3} recall {:.3} {score:?}",
            rule.as_str(),
            score.precision(),
            score.recall()
        );
        let (recall, precision) = if class == "disguised" { (0.90, 0.99) } else { (0.97, 0.99) };
        assert!(score.recall() >= recall, "{class} {rule:?}: recall {:.3}", score.recall());
        assert!(
            class == "lookalike" || score.precision() >= precision,
            "{class} {rule:?}: precision {:.3}",
            score.precision()
        );
    }
    assert!(ratio(flagged, look_alikes) <= 0.01, "{flagged} of {look_alikes} look-alikes flagged");
}

#[test]
fn the_corpus_is_well_formed() {
    let cases = cases();
    assert!(cases.len() >= 300);
    for case in &cases {
        assert!(matches!(case.class.as_str(), "plain" | "disguised" | "lookalike"), "{}", case.id);
        assert_eq!(case.spans.is_empty(), case.class == "lookalike", "{}", case.id);
        assert!(case.spans.iter().all(|span| case.text.get(span.1..span.2).is_some()), "{}", case.id);
    }
}
