//! Makes sure of the programs the checks need. Limit: installs on Debian and its relatives, and only as root.

use crate::postgres;
use crate::run::{exists, program, quiet, say, shown};

/// Whether this process may install packages and has to step down for the database server.
pub fn is_root() -> bool {
    quiet(program("id", &["-u"])).is_ok_and(|id| id == "0")
}

/// Installs what is missing, or says what to install.
pub fn ensure(quick: bool) -> Result<(), String> {
    let missing = missing(quick);
    if !missing.is_empty() {
        install(&missing)?;
    }
    shown(program("rustup", &["target", "add", "wasm32-unknown-unknown"]))
}

fn missing(quick: bool) -> Vec<&'static str> {
    let mut missing = Vec::new();
    if !exists("node") {
        missing.push("nodejs");
    }
    if !exists("npm") {
        missing.push("npm");
    }
    if !exists("curl") {
        missing.push("curl");
    }
    if !quick && !exists("chromium") {
        missing.push("chromium");
    }
    if !quick && postgres::programs().is_none() {
        missing.push("postgresql");
    }
    missing
}

fn install(missing: &[&str]) -> Result<(), String> {
    let list = missing.join(" ");
    if !is_root() || !exists("apt-get") {
        return Err(format!("These packages are missing: {list}. On Debian: apt-get install {list}"));
    }
    say(&format!("Installing {list}"));
    quiet(program("apt-get", &["update", "-q"]))?;
    let mut command = program("apt-get", &["install", "-y", "-q", "--no-install-recommends"]);
    command.args(missing).env("DEBIAN_FRONTEND", "noninteractive");
    quiet(command).map(drop)
}
