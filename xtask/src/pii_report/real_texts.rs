//! The real texts of `tests/pii/prose`, in which nothing may be found. Limit: reads, cuts and counts words.

use super::scores::{Find, QUIET, float};
use std::path::Path;

/// Texts are cut at a line after so many bytes: the size of a long message.
const PIECE: usize = 4096;

/// A piece of a real text.
pub struct Piece {
    /// The file's name, without its ending.
    pub file: String,
    /// Whole lines.
    pub text: String,
}

/// False alarms in some words.
#[derive(Default, Clone, Copy)]
pub struct Alarms {
    /// Words read.
    pub words: usize,
    /// Finds of phones and IP addresses, which are off until somebody turns them on.
    pub quiet: usize,
    /// All other finds.
    pub loud: usize,
}

impl Alarms {
    /// Counts the finds of a detector.
    pub fn of(pieces: &[Piece], mut detector: impl FnMut(usize, &Piece) -> Vec<Find>) -> Self {
        let mut alarms = Self::default();
        for (number, piece) in pieces.iter().enumerate() {
            alarms.words += words(&piece.text);
            for find in detector(number, piece) {
                *(if QUIET.contains(&find.kind) { &mut alarms.quiet } else { &mut alarms.loud }) += 1;
            }
        }
        alarms
    }

    /// So many of a million words.
    pub fn per_million(self, alarms: usize) -> f64 {
        float(alarms) * 1e6 / float(self.words.max(1))
    }
}

/// Reads all texts of the folder in the order of their names.
pub fn read(folder: &Path) -> Result<Vec<Piece>, String> {
    let problem = |error| format!("{}: {error}", folder.display());
    let entries = std::fs::read_dir(folder).map_err(problem)?;
    let mut files: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.file_name().is_some_and(|name| name != "SOURCES.md"));
    files.sort();
    let mut pieces = Vec::new();
    for path in files {
        let text = std::fs::read_to_string(&path).map_err(problem)?;
        let file = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        pieces.extend(cut(&text).into_iter().map(|text| Piece { file: file.clone(), text }));
    }
    Ok(pieces)
}

fn cut(text: &str) -> Vec<String> {
    let mut pieces = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if pieces.last().is_none_or(|last| !last.is_empty() && last.len() + line.len() > PIECE) {
            pieces.push(String::new());
        }
        if let Some(last) = pieces.last_mut() {
            last.push_str(line);
        }
    }
    pieces
}

/// Words between spaces; where none are written between words (Chinese, Japanese), two characters count as one.
fn words(text: &str) -> usize {
    let spaced = |word: &&str| word.chars().any(|letter| letter.is_alphanumeric() && !is_unspaced(letter));
    text.split_whitespace().filter(spaced).count() + text.chars().filter(|letter| is_unspaced(*letter)).count() / 2
}

fn is_unspaced(letter: char) -> bool {
    matches!(letter, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_counted_with_and_without_spaces() {
        assert_eq!(words("three  words,\nhere -- !"), 3);
        assert_eq!(words("四个汉字"), 2);
        assert_eq!(words("日本 and 한국 말"), 4);
    }

    #[test]
    fn pieces_are_whole_lines_and_lose_nothing() {
        let text = format!("{}\n{}\nend", "a".repeat(PIECE - 10), "b".repeat(PIECE * 2));
        let pieces = cut(&text);
        assert_eq!(pieces.len(), 3);
        assert_eq!(pieces.concat(), text);
    }
}
