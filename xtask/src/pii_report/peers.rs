//! Runs other tools on the same texts, those that are installed. Limit: starting, feeding and reading them; each tool's
//! own part is an adapter under `tests/pii/peers/`.
//!
//! An adapter reads lines `{"id","text"}` and writes lines `{"id","spans"}` with offsets in bytes and our kinds, or
//! `{"id","failed":true}`; its last line is `{"tool","version","cpu"}` with the processor seconds it spent on the texts.

use super::cases::{Case, span};
use super::real_texts::{Alarms, Piece};
use super::scores::{Find, Scores, float};
use crate::run::{cargo, exists, root, say};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// Python adapters, and the module that must be there.
const PYTHON: &[(&str, &str)] = &[
    ("presidio.py", "Presidio, patterns"),
    ("presidio_spacy.py", "Presidio, with spaCy's en_core_web_sm"),
    ("scrubadub_tool.py", "scrubadub"),
    ("datafog_tool.py", "DataFog"),
];
/// Tools of the separate Cargo project `tests/pii/peers/rust`.
const RUST: &[&str] = &["redact-core", "leakguard"];

/// A tool and what came of it.
pub struct Tool {
    /// Its name.
    pub name: &'static str,
    /// What it found, or why it did not run.
    pub result: Result<Found, String>,
}

/// What a tool found.
pub struct Found {
    /// As the tool gives it.
    pub version: String,
    /// On the labelled cases.
    pub scores: Scores,
    /// In real texts.
    pub alarms: Alarms,
    /// Megabytes in a processor second.
    pub megabytes: Option<f64>,
    /// Texts on which it broke down.
    pub failed: usize,
}

/// Runs every tool. Python is `python3`, or those that `TACT_PEERS_PYTHON` names, parted by colons.
pub fn run(cases: &[Case], pieces: &[Piece]) -> Result<Vec<Tool>, String> {
    let input = Input::write(cases, pieces)?;
    let mut tools = Vec::new();
    for (script, name) in PYTHON {
        say(&format!("{name} …"));
        let result = python(script).and_then(|command| input.feed(command, cases, pieces));
        tools.push(Tool { name, result });
    }
    let project = build();
    for name in RUST {
        say(&format!("{name} …"));
        let command = project.as_ref().map_err(Clone::clone).map(|program| {
            let mut command = Command::new(program);
            command.arg(name);
            command
        });
        tools.push(Tool { name, result: command.and_then(|command| input.feed(command, cases, pieces)) });
    }
    Ok(tools)
}

fn folder() -> PathBuf {
    root().join("tests/pii/peers")
}

/// The first Python that can run an adapter: it answers `--check` with success when its tool is installed.
fn python(script: &str) -> Result<Command, String> {
    let path = folder().join(script);
    let named = env::var("TACT_PEERS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
    for python in named.split(':') {
        let mut check = Command::new(python);
        check.arg(&path).arg("--check").stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        if check.status().is_ok_and(|status| status.success()) {
            let mut command = Command::new(python);
            command.arg(&path);
            return Ok(command);
        }
    }
    Err(format!("it is not installed for {named}"))
}

/// Builds the Rust tools beside the workspace's own output and answers the program.
fn build() -> Result<PathBuf, String> {
    let manifest = folder().join("rust/Cargo.toml");
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from).join("peers");
    let mut command = cargo(&["build", "--release", "--locked", "--manifest-path"]);
    command.arg(&manifest).arg("--target-dir").arg(&target);
    let status = command.status().map_err(|error| format!("Cargo cannot be started: {error}"))?;
    if status.success() { Ok(target.join("release/peers")) } else { Err("it could not be built".to_owned()) }
}

/// The texts in a file that is removed afterwards.
struct Input {
    path: PathBuf,
    bytes: usize,
}

impl Drop for Input {
    fn drop(&mut self) {
        // A file left behind in the folder for temporary files does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

impl Input {
    fn write(cases: &[Case], pieces: &[Piece]) -> Result<Self, String> {
        let path = env::temp_dir().join(format!("tact-peers-{}.jsonl", std::process::id()));
        let cases = cases.iter().map(|case| (case.id.clone(), case.text.as_str()));
        let pieces = pieces.iter().enumerate().map(|(number, piece)| (piece_id(number), piece.text.as_str()));
        let (mut lines, mut bytes) = (String::new(), 0);
        for (id, text) in cases.chain(pieces) {
            lines.push_str(&json!({ "id": id, "text": text }).to_string());
            lines.push('\n');
            bytes += text.len();
        }
        let written = File::create(&path).and_then(|mut file| file.write_all(lines.as_bytes()));
        written.map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, bytes })
    }

    fn feed(&self, mut command: Command, cases: &[Case], pieces: &[Piece]) -> Result<Found, String> {
        let output = output(&mut command, &self.path)?;
        let answers = Answers::read(&output)?;
        let found = |id: &str| answers.finds.get(id).cloned().unwrap_or_default();
        Ok(Found {
            scores: Scores::of(cases, |case| found(&case.id)),
            alarms: Alarms::of(pieces, |number, _| found(&piece_id(number))),
            megabytes: (answers.cpu > 0.0).then(|| float(self.bytes) / 1e6 / answers.cpu),
            version: answers.version,
            failed: answers.failed,
        })
    }
}

fn piece_id(number: usize) -> String {
    format!("real/{number}")
}

/// Runs a tool, out of the way of other work, and answers what it wrote.
fn output(command: &mut Command, input: &Path) -> Result<String, String> {
    let mut polite = if exists("nice") { Command::new("nice") } else { Command::new("env") };
    if exists("nice") {
        polite.args(["-n", "10"]);
    }
    let input = File::open(input).map_err(|error| format!("its input is gone: {error}"))?;
    polite.arg(command.get_program()).args(command.get_args()).stdin(input).stderr(Stdio::null());
    let output = polite.output().map_err(|error| format!("it cannot be started: {error}"))?;
    if !output.status.success() {
        return Err(format!("it ended with {}", output.status));
    }
    String::from_utf8(output.stdout).map_err(|_| "it wrote no UTF-8".to_owned())
}

#[derive(Default)]
struct Answers {
    finds: HashMap<String, Vec<Find>>,
    version: String,
    cpu: f64,
    failed: usize,
}

impl Answers {
    fn read(output: &str) -> Result<Self, String> {
        let mut answers = Self::default();
        for line in output.lines() {
            answers.line(line).ok_or("it wrote a line that is no answer")?;
        }
        if answers.version.is_empty() { Err("it stopped before the end".to_owned()) } else { Ok(answers) }
    }

    fn line(&mut self, line: &str) -> Option<()> {
        let value: Value = serde_json::from_str(line).ok()?;
        if let Some(version) = value.get("version") {
            version.as_str()?.clone_into(&mut self.version);
            self.cpu = value.get("cpu")?.as_f64()?;
        } else if value.get("failed").is_some() {
            self.failed += 1;
        } else {
            let spans = value.get("spans")?.as_array()?.iter().map(span).collect::<Option<Vec<_>>>()?;
            let finds = spans.iter().map(|span| Find { kind: span.kind, start: span.start, end: span.end }).collect();
            self.finds.insert(value.get("id")?.as_str()?.to_owned(), finds);
        }
        Some(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn answers_are_read_to_their_last_line() {
        let spans = r#"{"id":"a","spans":[{"start":1,"end":3,"kind":"card"}]}"#;
        let end = r#"{"tool":"t","version":"1.2","cpu":0.5}"#;
        let answers = Answers::read(&format!("{spans}\n{{\"id\":\"b\",\"failed\":true}}\n{end}\n")).unwrap();
        assert_eq!(answers.finds["a"].len(), 1);
        assert_eq!((answers.version.as_str(), answers.failed), ("1.2", 1));
        assert!(Answers::read(spans).is_err(), "the last line is missing");
        assert!(Answers::read(&spans.replace("card", "shoe")).is_err());
    }
}
