//! Tact's developer commands.
//!
//! Limit: reads the command line and keeps the order of the steps; each step lives in its own module.

mod packages;
mod postgres;
mod run;
mod suite;
mod wasm;

use std::env;
use std::process::ExitCode;

const USAGE: &str = "Usage:
  cargo xtask test [--quick]   every check, in the order of their cost; --quick leaves out PostgreSQL and browsers
  cargo xtask wasm [--check]   builds the detector's module, or checks the committed one";

fn main() -> ExitCode {
    let words: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let result = match words.as_slice() {
        ["test"] => suite::all(false),
        ["test", "--quick"] => suite::all(true),
        ["wasm"] => wasm::build(false),
        ["wasm", "--check"] => wasm::build(true),
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
