//! `cargo xtask test`: every check, the cheap ones first, ending at the first failure. Limit: order and options only.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

use crate::postgres::Server;
use crate::run::{cargo, program, root, say, shown, step};
use crate::{packages, wasm};

/// Runs the checks; `quick` leaves out `PostgreSQL` and browsers.
pub fn all(quick: bool) -> Result<(), String> {
    step("packages", || packages::ensure(quick))?;
    step("format", || shown(cargo(&["fmt", "--all", "--check"])))?;
    step("clippy", clippy)?;
    step("detector's module", || wasm::build(true))?;
    step("JavaScript types", types)?;
    if quick {
        return step("tests, SQLite", || shown(tests("sqlite", &["test", "--workspace", "--locked"], None)));
    }
    let server = step("private PostgreSQL", Server::start)?;
    let url = server.url();
    step("tests, SQLite", || shown(tests("sqlite", &["test", "--workspace", "--locked"], Some(&url))))?;
    if has_integration_tests() {
        step("integration tests, PostgreSQL", || {
            shown(tests("postgres", &["test", "--workspace", "--locked", "--test", "it"], Some(&url)))
        })?;
    }
    drop(server);
    step("browser tests", browsers)?;
    say("\nEverything passed.");
    Ok(())
}

/// `--all-targets` takes in the tests of `tact-pii` although they are switched off there: they run with `tact`.
fn clippy() -> Result<(), String> {
    shown(cargo(&[
        "clippy",
        "--workspace",
        "--exclude",
        "tact-pii",
        "--all-targets",
        "--locked",
        "--",
        "-D",
        "warnings",
    ]))?;
    shown(cargo(&["clippy", "-p", "tact-pii", "--lib", "--locked", "--", "-D", "warnings"]))?;
    // The heap of the module exists only for browsers.
    let target = "--target=wasm32-unknown-unknown";
    shown(cargo(&["clippy", "-p", "tact-pii", "--lib", "--locked", target, "--", "-D", "warnings"]))
}

fn has_integration_tests() -> bool {
    let tests = root().join("tests");
    tests.join("it.rs").is_file() || tests.join("it/main.rs").is_file()
}

fn tests(database: &str, arguments: &[&str], postgres: Option<&str>) -> Command {
    let mut command = cargo(arguments);
    command.env("TACT_TEST_DATABASE", database);
    if let Some(url) = postgres {
        // The private server runs without fsync, which the database layer refuses unless told.
        command.env("TACT_TEST_POSTGRES", url).env("TACT_TEST_UNSAFE_POSTGRES", "1");
    }
    command
}

fn types() -> Result<(), String> {
    if !root().join("frontend/package.json").is_file() {
        return Err("frontend/package.json is missing".to_owned());
    }
    shown(program("npm", &["ci", "--prefix", "frontend", "--no-audit", "--no-fund"]))?;
    let mut command = program("npx", &["tsc", "-p", "."]);
    command.current_dir(root().join("frontend"));
    shown(command)
}

fn browsers() -> Result<(), String> {
    // The integration tests have built the program already; alone it would be built once more with other features.
    shown(cargo(&["test", "--workspace", "--locked", "--test", "it", "--no-run"]))?;
    shown(program("npm", &["ci", "--prefix", "tests/browser", "--no-audit", "--no-fund"]))?;
    let mut command = program("node", &["--test", "--test-concurrency=1", "--test-reporter=spec"]);
    command.args(journeys()?).env("TACT_BIN", binary());
    shown(command)
}

/// The test files by name: what a folder means to `node --test` differs between its versions.
fn journeys() -> Result<Vec<PathBuf>, String> {
    let folder =
        fs::read_dir(root().join("tests/browser")).map_err(|error| format!("tests/browser cannot be read: {error}"))?;
    let mut files: Vec<PathBuf> = folder
        .flatten()
        .map(|entry| Path::new("tests/browser").join(entry.file_name()))
        .filter(|path| path.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    files.sort();
    if files.is_empty() { Err("tests/browser holds no tests".to_owned()) } else { Ok(files) }
}

/// Where Cargo put the server.
fn binary() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    root().join(target).join("debug/tact")
}
