//! `tact scan`: the detector over JSON lines or a folder, nothing stored, nothing sent.

use std::io::{self, BufRead, BufReader, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use serde::{Deserialize, Serialize};

use crate::pii::{self, Finding, Level, Rule};

/// Options of `tact scan`. It reads lines of {"id": …, "text": "…"} from standard input and answers each with a line of
/// {"id": …, "spans": [{"start", "end", "kind"}]}, offsets in bytes of UTF-8.
#[derive(Debug, Args)]
pub struct Scan {
    /// Lowest level shown: possible, likely or certain
    #[arg(long, default_value = "likely")]
    level: String,
    /// Also show phone numbers and IP addresses, which are too often public to be shown unasked
    #[arg(long)]
    all: bool,
    /// Read every text file of this folder instead, and print a line a finding
    #[arg(long)]
    folder: Option<PathBuf>,
}

/// Longest line or file, in bytes. A longer one is named and left out.
const LONGEST: u64 = 64 * 1024 * 1024;
/// How often the progress over a folder is written anew.
const PROGRESS: Duration = Duration::from_millis(200);

#[derive(Deserialize)]
struct Line {
    id: serde_json::Value,
    text: String,
}

#[derive(Serialize)]
struct Answer {
    id: serde_json::Value,
    spans: Vec<Span>,
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'static str>,
}

#[derive(Serialize)]
struct Span {
    start: usize,
    end: usize,
    kind: &'static str,
}

/// Which findings are shown.
#[derive(Clone, Copy)]
struct Wanted {
    level: Level,
    all: bool,
}

impl Wanted {
    fn scan(self, text: &str) -> impl Iterator<Item = Finding> {
        let kind = move |rule: Rule| self.all || !matches!(rule, Rule::Phone | Rule::Ip);
        pii::scan(text).into_iter().filter(move |finding| finding.level >= self.level && kind(finding.rule))
    }
}

/// Runs `tact scan`.
pub fn run(scan: &Scan) -> Result<(), String> {
    let level = Level::parse(&scan.level).ok_or("The level must be possible, likely or certain.")?;
    let wanted = Wanted { level, all: scan.all };
    match &scan.folder {
        Some(folder) => Walk::new(wanted).run(folder),
        None => lines(io::stdin(), io::stdout().lock(), wanted),
    }
}

/// Answers every line with a line, also those that cannot be read.
fn lines(input: impl Read, output: impl Write, wanted: Wanted) -> Result<(), String> {
    let mut input = BufReader::with_capacity(256 * 1024, input);
    let mut output = io::BufWriter::new(output);
    let gone = |error: io::Error| format!("Standard output is gone: {error}.");
    let (mut line, mut number, mut wrong) = (Vec::new(), 0_u64, Vec::new());
    while read(&mut input, &mut line)? {
        number += 1;
        let answer = answer(&line, wanted);
        if answer.error.is_some() {
            wrong.push(number);
        }
        serde_json::to_writer(&mut output, &answer).map_err(|error| gone(error.into()))?;
        output.write_all(b"\n").map_err(gone)?;
        // Whoever waits for an answer gets it; whoever sends a file is answered in large pieces.
        if input.buffer().is_empty() {
            output.flush().map_err(gone)?;
        }
    }
    output.flush().map_err(gone)?;
    match wrong.as_slice() {
        [] => Ok(()),
        [first, ..] => Err(format!("{} of {number} lines could not be read, the first is line {first}.", wrong.len())),
    }
}

/// The next line without its end; what is beyond the longest is passed over.
fn read(input: &mut BufReader<impl Read>, line: &mut Vec<u8>) -> Result<bool, String> {
    line.clear();
    let broken = |error: io::Error| format!("Standard input cannot be read: {error}.");
    let length = input.by_ref().take(LONGEST).read_until(b'\n', line).map_err(broken)?;
    if length as u64 == LONGEST && line.last() != Some(&b'\n') {
        input.skip_until(b'\n').map_err(broken)?;
    }
    Ok(length > 0)
}

fn answer(line: &[u8], wanted: Wanted) -> Answer {
    let refused = |error| Answer { id: serde_json::Value::Null, spans: Vec::new(), error: Some(error) };
    if line.len() as u64 >= LONGEST {
        return refused("longer than 64 MiB");
    }
    let Ok(line) = std::str::from_utf8(line) else { return refused("not UTF-8") };
    let Ok(line) = serde_json::from_str::<Line>(line) else {
        return refused("expected {\"id\": …, \"text\": \"…\"}");
    };
    let spans = wanted.scan(&line.text).map(|finding| Span {
        start: finding.start,
        end: finding.end,
        kind: finding.rule.as_str(),
    });
    Answer { spans: spans.collect(), id: line.id, error: None }
}

/// A walk over a folder, with what it has seen so far.
struct Walk {
    wanted: Wanted,
    files: u64,
    skipped: u64,
    findings: u64,
    /// When the progress was last written; nothing when nobody watches.
    shown: Option<Instant>,
}

impl Walk {
    fn new(wanted: Wanted) -> Self {
        let watched = io::stderr().is_terminal();
        Self { wanted, files: 0, skipped: 0, findings: 0, shown: watched.then(Instant::now) }
    }

    fn run(mut self, folder: &Path) -> Result<(), String> {
        if !folder.is_dir() {
            return Err(format!("{} is not a folder.", folder.display()));
        }
        self.enter(folder)?;
        if self.shown.is_some() {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
        super::say(&format!(
            "{} findings in {} text files; {} files that are no text or could not be read.",
            self.findings, self.files, self.skipped
        ));
        Ok(())
    }

    fn enter(&mut self, folder: &Path) -> Result<(), String> {
        let entries =
            std::fs::read_dir(folder).map_err(|error| format!("{} cannot be read: {error}.", folder.display()))?;
        let mut entries: Vec<_> = entries.filter_map(Result::ok).collect();
        entries.sort_by_key(std::fs::DirEntry::file_name);
        for entry in entries {
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => self.enter(&entry.path())?,
                Ok(kind) if kind.is_file() => self.file(&entry.path()),
                // Links are not followed, so that no walk is endless.
                _ => self.skipped += 1,
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path) {
        self.progress();
        let small = path.metadata().is_ok_and(|about| about.len() <= LONGEST);
        let Some(text) = small.then(|| std::fs::read_to_string(path).ok()).flatten() else {
            self.skipped += 1;
            return;
        };
        self.files += 1;
        let (mut line, mut at) = (1, 0);
        for finding in self.wanted.scan(&text) {
            line += text.get(at..finding.start).unwrap_or_default().matches('\n').count();
            at = finding.start;
            self.findings += 1;
            let hint = pii::hint(finding.rule, text.get(finding.start..finding.end).unwrap_or_default());
            let (name, level) = (finding.rule.label(), finding.level.as_str());
            super::say(&format!("{}:{line}: {name} {hint} ({level})", path.display()));
        }
    }

    fn progress(&mut self) {
        if let Some(shown) = &mut self.shown
            && shown.elapsed() >= PROGRESS
        {
            *shown = Instant::now();
            let _ = write!(io::stderr(), "\r\x1b[K{} files, {} findings", self.files + self.skipped, self.findings);
            let _ = io::stderr().flush();
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]

    use super::*;

    fn scanned(input: &[u8], all: bool) -> (Vec<String>, Result<(), String>) {
        let mut output = Vec::new();
        let result = lines(input, &mut output, Wanted { level: Level::Likely, all });
        (String::from_utf8(output).unwrap().lines().map(str::to_owned).collect(), result)
    }

    #[test]
    fn every_line_is_answered_in_order_also_the_broken_ones() {
        let input = [
            "{\"id\": 1, \"text\": \"é sam.turner@fenmail.com\"}\n".as_bytes(),
            b"{\"id\": \"b\", \"text\": \xff}\n",
            b"not json\n",
            b"{\"id\": [2], \"text\": \"nothing\", \"more\": 0}",
        ]
        .concat();
        let (answers, result) = scanned(&input, false);
        assert_eq!(answers.len(), 4);
        assert_eq!(answers[0], r#"{"id":1,"spans":[{"start":3,"end":25,"kind":"email"}]}"#);
        assert_eq!(answers[1], r#"{"id":null,"spans":[],"error":"not UTF-8"}"#);
        assert!(answers[2].contains("expected"));
        assert_eq!(answers[3], r#"{"id":[2],"spans":[]}"#);
        assert_eq!(result.unwrap_err(), "2 of 4 lines could not be read, the first is line 2.");
    }
}
