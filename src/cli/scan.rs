//! `tact scan`: the detector over JSON lines or a folder, nothing stored, nothing sent.

use std::io::{BufRead, Write};
use std::path::{Path, PathBuf};

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::pii::{self, Level};

/// Options of `tact scan`.
#[derive(Debug, Args)]
pub struct Scan {
    /// Lowest level shown: possible, likely or certain
    #[arg(long, default_value = "likely")]
    level: String,
    /// Read every text file of this folder instead, and print a line a finding
    #[arg(long)]
    folder: Option<PathBuf>,
}

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    spans: Vec<Span>,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    kind: &'static str,
}

/// Runs `tact scan`.
pub fn run(scan: &Scan) -> Result<(), String> {
    let level = Level::parse(&scan.level).ok_or("The level must be possible, likely or certain.")?;
    match &scan.folder {
        Some(folder) => walk(folder, level),
        None => lines(level),
    }
}

fn lines(level: Level) -> Result<(), String> {
    let input = std::io::stdin().lock();
    let mut output = std::io::BufWriter::new(std::io::stdout().lock());
    for (number, line) in input.lines().enumerate() {
        let wrong = |what: &str| format!("Line {}: {what}", number + 1);
        let line = line.map_err(|_| wrong("not UTF-8."))?;
        let line: Line = serde_json::from_str(&line).map_err(|_| wrong("expected {\"id\": …, \"text\": \"…\"}."))?;
        let spans = pii::scan(&line.text).into_iter().filter(|finding| finding.level >= level).map(|finding| Span {
            start: finding.start,
            end: finding.end,
            kind: finding.rule.as_str(),
        });
        let answer = Answer { id: line.id, spans: spans.collect() };
        serde_json::to_writer(&mut output, &answer).map_err(|error| error.to_string())?;
        output
            .write_all(b"\n")
            .and_then(|()| output.flush())
            .map_err(|error| format!("Standard output is gone: {error}."))?;
    }
    Ok(())
}

fn walk(folder: &Path, level: Level) -> Result<(), String> {
    let entries =
        std::fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
    let mut paths: Vec<_> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            walk(&path, level)?;
        } else if let Ok(text) = std::fs::read_to_string(&path) {
            for finding in pii::scan(&text).into_iter().filter(|finding| finding.level >= level) {
                let line = text.get(..finding.start).unwrap_or_default().matches('\n').count() + 1;
                super::say(&format!(
                    "{}:{line}: {} ({})",
                    path.display(),
                    finding.rule.label(),
                    finding.level.as_str()
                ));
            }
        }
    }
    Ok(())
}
