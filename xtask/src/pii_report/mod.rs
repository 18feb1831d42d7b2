//! `cargo xtask pii-report`: how well the detector reads the labelled cases of `tests/pii/`, and how others do.
//!
//! Limit: options and order. [`cases`] and [`real_texts`] read, [`scores`] counts, [`speed`] measures, [`peers`] runs
//! other tools, [`print`] lays out the tables, [`page`] keeps them, [`misses`] lists what went wrong in the open part.

mod cases;
#[cfg(test)]
mod floors;
mod misses;
mod page;
mod peers;
mod print;
mod real_texts;
mod scores;
mod speed;
#[cfg(test)]
mod tests;

use crate::run::{program, quiet, root, say};
use cases::{Case, Class};
use scores::{Find, Scores};
use std::path::PathBuf;
use tact_pii::pii::{self, DETECTOR_VERSION, Level, Rule};

/// How many misread cases are listed unless told.
const LISTED: usize = 40;

/// Reads the options and prints the report, or the misread cases of the open part and those by hand.
pub fn run(options: &[&str]) -> Result<(), String> {
    match options {
        ["--alarms"] => {
            misses::alarms(&real_texts::read(&folder().join("prose"))?);
            Ok(())
        }
        ["--misses", kind, class] => list_misses(kind, class, LISTED),
        ["--misses", kind, class, limit] => {
            list_misses(kind, class, limit.parse().map_err(|_| format!("{limit} is no number"))?)
        }
        rest if rest.iter().all(|option| ["--peers", "--write"].contains(option)) => {
            report(rest.contains(&"--peers"), rest.contains(&"--write"))
        }
        _ => Err(USAGE.to_owned()),
    }
}

const USAGE: &str = "Usage:
  cargo xtask pii-report [--peers] [--write]
  cargo xtask pii-report --alarms
  cargo xtask pii-report --misses KIND CLASS [N]
      kinds: email card ssn phone iban password secret ip · classes: plain disguised look_alike prose";

fn report(peers: bool, write: bool) -> Result<(), String> {
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
    // Asked once, since writing the first part changes the tree.
    let circumstances = circumstances();
    let put = |mark: &str, tables: &str| {
        let part = format!("{circumstances}\n\n{tables}");
        if write {
            return page::put(mark, &part);
        }
        say(&part);
        Ok(())
    };
    put(page::FIGURES, &print::own(&figures))?;
    if peers {
        let tools = peers::run(&held, &texts)?;
        put(page::PEERS, &print::compared(&figures, speed::over_all(&held, &texts), &tools))?;
    }
    Ok(())
}

/// When, where and of what the figures are.
fn circumstances() -> String {
    let say = |name: &str, arguments: &[&str]| quiet(program(name, arguments)).unwrap_or_else(|_| "unknown".to_owned());
    let (day, commit) = (say("date", &["-u", "+%-d %B %Y"]), say("git", &["describe", "--always", "--dirty"]));
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let name = about.lines().find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let processor = name.map_or("a processor without a name", |(_, name)| name);
    format!("Measured on {day} at commit {commit}, detector version {DETECTOR_VERSION}, on {processor}.")
}

fn list_misses(kind: &str, class: &str, limit: usize) -> Result<(), String> {
    let kind = Rule::parse(kind).ok_or(USAGE)?;
    let class = Class::parse(class).ok_or(USAGE)?;
    let mut cases = read("open.jsonl")?;
    cases.extend(read("corpus.jsonl")?);
    misses::list(&cases, kind, class, limit);
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
