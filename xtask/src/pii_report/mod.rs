//! `cargo xtask pii-report`: how well the detector reads the labelled cases of `tests/pii/`, and how others do.
//!
//! Limit: options and order. [`cases`] and [`real_texts`] read, [`scores`] counts, [`speed`] measures, [`peers`] runs
//! other tools, [`print`] lays out the tables, [`misses`] lists what went wrong in the open part.

mod cases;
#[cfg(test)]
mod floors;
mod misses;
mod peers;
mod print;
mod real_texts;
mod scores;
mod speed;
#[cfg(test)]
mod tests;

use crate::run::{root, say};
use cases::{Case, Class};
use scores::{Find, Scores};
use std::path::PathBuf;
use tact_pii::pii::{self, Level, Rule};

/// The page that holds the figures, between these two lines.
const PAGE: &str = "docs/detector.md";
const BEGIN: &str = "<!-- figures: written by `cargo xtask pii-report --peers --write` -->\n";
const END: &str = "<!-- end of figures -->";
/// How many misread cases are listed unless told.
const LISTED: usize = 40;

/// Reads the options and prints the report, or the misread cases of the open part.
pub fn run(options: &[&str]) -> Result<(), String> {
    match options {
        ["--misses", kind, class] => list_misses(kind, class, LISTED),
        ["--misses", kind, class, limit] => {
            list_misses(kind, class, limit.parse().map_err(|_| format!("{limit} is no number"))?)
        }
        rest if rest.iter().all(|option| ["--peers", "--write"].contains(option)) => {
            let report = report(rest.contains(&"--peers"))?;
            if rest.contains(&"--write") {
                return write(&report);
            }
            say(&report);
            Ok(())
        }
        _ => Err(USAGE.to_owned()),
    }
}

const USAGE: &str = "Usage:
  cargo xtask pii-report [--peers] [--write]
  cargo xtask pii-report --misses KIND CLASS [N]
      kinds: email card ssn phone iban password secret ip · classes: plain disguised look_alike prose";

fn report(peers: bool) -> Result<String, String> {
    let open = read("open.jsonl")?;
    let held = read("held.jsonl")?;
    let by_hand = read("corpus.jsonl")?;
    let texts = real_texts::read(&folder().join("prose"))?;
    let own = |cases: &[Case]| Scores::of(cases, |case| finds(&case.text));
    let figures = print::Figures {
        open: own(&open),
        held: own(&held),
        by_hand: own(&by_hand),
        alarms: real_texts::Alarms::of(&texts, |_, piece| finds(&piece.text)),
        speed: speed::measure(&open, &texts),
    };
    let mut report = print::own(&figures);
    if peers {
        let tools = peers::run(&held, &texts)?;
        report.push_str(&print::compared(&figures, &tools));
    }
    Ok(report)
}

fn list_misses(kind: &str, class: &str, limit: usize) -> Result<(), String> {
    let kind = Rule::parse(kind).ok_or(USAGE)?;
    let class = Class::parse(class).ok_or(USAGE)?;
    misses::list(&read("open.jsonl")?, kind, class, limit);
    Ok(())
}

/// What Tact finds in a text at the levels that a policy acts on.
fn finds(text: &str) -> Vec<Find> {
    let certain = pii::scan(text).into_iter().filter(|finding| finding.level >= Level::Likely);
    certain.map(|finding| Find { kind: finding.rule, start: finding.start, end: finding.end }).collect()
}

fn folder() -> PathBuf {
    root().join("tests/pii")
}

fn read(name: &str) -> Result<Vec<Case>, String> {
    cases::read(&folder().join(name))
}

/// Puts the report into its page, between the two marks.
fn write(report: &str) -> Result<(), String> {
    let path = root().join(PAGE);
    let page = std::fs::read_to_string(&path).map_err(|error| format!("{PAGE}: {error}"))?;
    let parts = page.split_once(BEGIN).and_then(|(before, rest)| Some((before, rest.split_once(END)?.1)));
    let (before, after) = parts.ok_or_else(|| format!("{PAGE}: the marks of the figures are missing"))?;
    std::fs::write(&path, format!("{before}{BEGIN}\n{report}\n{END}{after}"))
        .map_err(|error| format!("{PAGE}: {error}"))?;
    say(&format!("{PAGE} holds the figures now"));
    Ok(())
}
