//! Tact's developer commands.
//!
//! Limit: reads the command line and keeps the order of the steps; each step lives in its own module.

mod packages;
mod pii_report;
mod postgres;
mod run;
mod suite;
mod wasm;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "Usage:
  cargo xtask test [--quick]   every check, in the order of their cost; --quick leaves out PostgreSQL and browsers
  cargo xtask wasm [--check]   builds the detector's module, or checks the committed one
  cargo xtask pii-report       how well the detector does on tests/pii; --peers: and other tools; --write: into docs/detector.md
  cargo xtask pii-report --misses KIND CLASS [N]   the misread cases of the open part, for tuning
  cargo xtask pii-report --alarms                  the false alarms in real texts";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => suite::all(false),
        ["test", "--quick"] => suite::all(true),
        ["wasm"] => wasm::build(false),
        ["wasm", "--check"] => wasm::build(true),
        ["pii-report", options @ ..] => pii_report::run(options),
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(text) => {
            eprintln!("{text}");
            ExitCode::FAILURE
        }
    }
}
