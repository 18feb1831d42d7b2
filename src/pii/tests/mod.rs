//! Tests of the detector as a whole. Each file holds one kind; the rules' tables test themselves beside the data.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, clippy::format_collect)]

mod accounts;
mod addresses;
mod corpus;
mod disguises;
mod hostile;
mod look_alikes;
mod masking;
mod passwords;
mod properties;
mod secrets;
mod sentences;
mod telephones;
mod values;

use super::{Finding, Level, Rule, scan};

/// What policy acts on: the rules, levels and texts of everything at least likely.
fn acted_on(text: &str) -> Vec<(Rule, Level, &str)> {
    scan(text).iter().filter(|f| f.level >= Level::Likely).map(|f| (f.rule, f.level, &text[f.start..f.end])).collect()
}

/// The only finding of a text.
fn only(text: &str) -> Finding {
    let found = scan(text);
    assert_eq!(found.len(), 1, "{text:?}: {found:?}");
    found[0]
}

/// Asserts that exactly `value` is found, as `rule`.
fn finds(text: &str, rule: Rule, value: &str) {
    let found = acted_on(text);
    assert_eq!(found.iter().map(|f| (f.0, f.2)).collect::<Vec<_>>(), [(rule, value)], "{text:?}");
}

/// Asserts that nothing is found that policy would act on.
fn ignores(text: &str) {
    assert_eq!(acted_on(text), [], "{text:?}");
}
