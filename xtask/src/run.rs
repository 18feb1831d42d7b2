//! Runs programs and names the steps. Limit: no knowledge of what the steps are for.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Instant;
use std::{env, io};

/// The workspace's root folder: of the tree Cargo was called in, since several may share one target folder.
pub fn root() -> PathBuf {
    let here = env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    let here = Path::new(&here);
    here.parent().unwrap_or(here).to_path_buf()
}

/// A program that runs in the workspace's root folder.
pub fn program(name: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new(name);
    command.args(arguments).current_dir(root());
    command
}

/// The Cargo that runs this program.
pub fn cargo(arguments: &[&str]) -> Command {
    let cargo = env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    program(&cargo, arguments)
}

/// Runs a program with its output shown.
pub fn shown(mut command: Command) -> Result<(), String> {
    let text = words(&command);
    say(&format!("$ {text}"));
    let status = command.status().map_err(|error| format!("`{text}` cannot be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{text}` failed ({status})")) }
}

/// Runs a program quietly; what it said is part of the error.
pub fn quiet(mut command: Command) -> Result<String, String> {
    let text = words(&command);
    let output =
        command.stdin(Stdio::null()).output().map_err(|error| format!("`{text}` cannot be started: {error}"))?;
    let said = String::from_utf8_lossy(&output.stdout).trim().to_owned();
    if output.status.success() {
        return Ok(said);
    }
    Err(format!("`{text}` failed ({}):\n{said}\n{}", output.status, String::from_utf8_lossy(&output.stderr).trim()))
}

/// Whether a program can be started at all.
pub fn exists(name: &str) -> bool {
    let paths = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&paths).any(|folder| folder.join(name).is_file())
}

/// Runs one step between two lines that name it and tell how long it took.
pub fn step<T>(name: &str, work: impl FnOnce() -> Result<T, String>) -> Result<T, String> {
    say(&format!("\n=== {name}"));
    let start = Instant::now();
    let result = work();
    let seconds = start.elapsed().as_secs_f32();
    match result {
        Ok(value) => {
            say(&format!("=== {name}: passed in {seconds:.1} s"));
            Ok(value)
        }
        Err(text) => Err(format!("=== {name}: FAILED after {seconds:.1} s\n{text}")),
    }
}

/// One line on standard output, in order with what the programs print.
pub fn say(text: &str) {
    let mut out = io::stdout().lock();
    // Nobody reading the output is no reason to stop checking.
    let _ = writeln!(out, "{text}").and_then(|()| out.flush());
}

fn words(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default().to_string_lossy().into_owned();
    let rest = command.get_args().map(|word| word.to_string_lossy().into_owned());
    std::iter::once(program).chain(rest).collect::<Vec<_>>().join(" ")
}
