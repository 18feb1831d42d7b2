//! The scoring on hand-made cases: what is right, missed, wrong and excused, and that bad detectors score badly.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::float_cmp)]

use super::cases::{Case, Class, parse};
use super::scores::{CORE, Find, Scores, Tally, judge};
use tact_pii::pii::Rule;

const MAIL: &str = r#"{"id":"a","text":"to <ann@mail.se>, ann","class":"plain","lang":"en","family":"f","spans":[{"start":4,"end":15,"kind":"email"}]}"#;
const LINK: &str = r#"{"id":"b","text":"see https://u:pw12@h.se/x now","class":"plain","lang":"en","family":"f","spans":[{"start":14,"end":18,"kind":"secret","within":[4,25]}]}"#;
const ORDER: &str = r#"{"id":"c","text":"order 4111 2222 3333 4444","class":"look_alike","lang":"de","family":"look_alike.orders","spans":[],"not":["card","ssn"]}"#;
const TALK: &str =
    r#"{"id":"d","text":"my password is not working","class":"prose","lang":"en","family":"prose.talk","spans":[]}"#;

fn case(line: &str) -> Case {
    parse(line).unwrap()
}

fn find(kind: Rule, start: usize, end: usize) -> Find {
    Find { kind, start, end }
}

fn email(start: usize, end: usize) -> Find {
    find(Rule::Email, start, end)
}

/// Right labels and wrong finds.
fn judged(line: &str, finds: &[Find]) -> (usize, usize) {
    let verdict = judge(&case(line), finds);
    (verdict.right.iter().filter(|right| **right).count(), verdict.wrong.len())
}

#[test]
fn a_find_may_cover_four_bytes_more_than_the_value() {
    assert_eq!(judged(MAIL, &[email(4, 15)]), (1, 0));
    assert_eq!(judged(MAIL, &[email(2, 17)]), (1, 0));
    assert_eq!(judged(MAIL, &[email(2, 18)]), (0, 1), "five bytes more are too many");
}

#[test]
fn wrong_edges_inside_the_value_are_a_miss_and_no_false_alarm() {
    assert_eq!(judged(MAIL, &[email(5, 15)]), (0, 0));
    assert_eq!(judged(MAIL, &[email(5, 21)]), (0, 1), "it reaches out of the value");
}

#[test]
fn another_kind_and_another_place_are_false_finds() {
    assert_eq!(judged(MAIL, &[find(Rule::Secret, 4, 15)]), (0, 1));
    assert_eq!(judged(MAIL, &[email(4, 15), email(18, 21)]), (1, 1));
    assert_eq!(judged(MAIL, &[]), (0, 0));
}

#[test]
fn within_bounds_the_widest_right_find() {
    assert_eq!(judged(LINK, &[find(Rule::Secret, 4, 25)]), (1, 0));
    assert_eq!(judged(LINK, &[find(Rule::Secret, 14, 18)]), (1, 0));
    assert_eq!(judged(LINK, &[find(Rule::Secret, 15, 25)]), (0, 0), "the password's first letter stays readable");
    assert_eq!(judged(LINK, &[find(Rule::Secret, 4, 26)]), (0, 1), "no slack beyond the widest");
}

#[test]
fn a_look_alike_forbids_the_kinds_it_names_and_talk_forbids_all() {
    assert_eq!(judged(ORDER, &[find(Rule::Card, 6, 25)]), (0, 1));
    assert_eq!(judged(ORDER, &[find(Rule::Phone, 6, 25)]), (0, 0));
    assert_eq!(judged(TALK, &[find(Rule::Phone, 3, 11)]), (0, 1));
}

#[test]
fn a_case_with_labels_outside_its_text_is_refused() {
    assert!(parse(&MAIL.replace("\"end\":15", "\"end\":99")).is_none());
    assert!(parse(&MAIL.replace("plain", "unheard")).is_none());
    assert!(parse(&ORDER.replace("ssn", "passport")).is_none());
}

fn scored(detector: impl FnMut(&Case) -> Vec<Find>) -> Scores {
    Scores::of(&[MAIL, LINK, ORDER, TALK].map(case), detector)
}

#[test]
fn a_perfect_detector_has_perfect_scores() {
    let labels = |case: &Case| case.spans.iter().map(|span| find(span.kind, span.start, span.end)).collect();
    let scores = scored(labels);
    let all = scores.tally(Rule::ALL, Class::ALL);
    assert_eq!(all, Tally { right: 2, missed: 0, wrong: 0 });
    assert_eq!((all.precision(), all.recall(), all.f1()), (1.0, 1.0, 1.0));
    assert_eq!((scores.flagged.part, scores.flagged.whole), (0, 1));
    assert_eq!(scores.covered.ratio(), 1.0);
}

#[test]
fn a_detector_that_finds_nothing_has_no_recall() {
    let all = scored(|_| Vec::new()).tally(Rule::ALL, Class::ALL);
    assert_eq!((all.recall(), all.f1()), (0.0, 0.0));
    assert_eq!(all.missed, 2);
}

#[test]
fn a_detector_that_marks_everything_has_no_precision() {
    let whole = |case: &Case| Rule::ALL.iter().map(|kind| find(*kind, 0, case.text.len())).collect();
    let scores = scored(whole);
    // No value is as long as its text, so every find counts but those of the kinds that the look-alike leaves open.
    assert_eq!(scores.tally(Rule::ALL, Class::ALL), Tally { right: 0, missed: 2, wrong: 8 + 8 + 2 + 8 });
    assert_eq!(scores.flagged.ratio(), 1.0);
    assert_eq!(scores.flagged_core.ratio(), 1.0);
    assert_eq!(scores.families["look_alike.orders"].part, 1);
}

#[test]
fn half_a_mask_covers_half_a_value() {
    let half = |case: &Case| if case.id == "a" { vec![email(4, 10)] } else { Vec::new() };
    let scores = scored(half);
    assert_eq!((scores.covered.part, scores.covered.whole), (6, 11));
    assert_eq!(scores.tally(CORE, &[Class::Plain]).missed, 1);
}

#[test]
fn languages_and_classes_are_counted_apart() {
    let scores = scored(|case| if case.lang == "de" { vec![find(Rule::Card, 6, 25)] } else { Vec::new() });
    assert_eq!(scores.languages["de"].wrong, 1);
    assert_eq!(scores.languages["en"].wrong, 0);
    assert_eq!(scores.tally(&[Rule::Card], &[Class::LookAlike]).wrong, 1);
    assert_eq!(scores.tally(&[Rule::Card], &[Class::Plain]).wrong, 0);
}
