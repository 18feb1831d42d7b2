//! What a person typed, understood: words that all have to be there, `"phrases"`, `-without`, `in:chat`, `in:boards`.
//! Anything else is words. Linear and bounded, whatever comes.

use tantivy::query::{BooleanQuery, BoostQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption, Term};

use super::index::Fields;
use super::tokens;
use crate::error::{Error, Result};

/// Characters that count.
const CHARS: usize = 200;
/// Words and phrases that count.
const TERMS: usize = 16;
/// How much more a word in a title weighs.
const TITLE: f32 = 3.0;

/// Where to look.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Place {
    /// Boards and chat.
    #[default]
    Everywhere,
    /// Boards.
    Boards,
    /// Rooms.
    Chat,
}

/// A query as it was understood.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Parsed {
    /// Runs of words that have to be there; a run of one is a word, a longer one a phrase.
    pub must: Vec<Vec<String>>,
    /// Runs that may not be there.
    pub not: Vec<Vec<String>>,
    /// Where to look.
    pub place: Place,
    /// The same in words.
    pub understood: String,
}

/// Understands a query.
///
/// # Errors
/// Nothing in it can be searched for.
pub fn parse(typed: &str) -> Result<Parsed> {
    let mut parsed = Parsed::default();
    for (piece, quoted) in pieces(typed) {
        if parsed.must.len() + parsed.not.len() >= TERMS {
            break;
        }
        match piece.as_str() {
            "in:chat" if !quoted => parsed.place = Place::Chat,
            "in:boards" if !quoted => parsed.place = Place::Boards,
            _ => add(&mut parsed, &piece, quoted),
        }
    }
    if parsed.must.is_empty() {
        return Err(Error::field("q", "Type at least one word to look for."));
    }
    let show = |runs: &[Vec<String>]| {
        runs.iter()
            .map(|run| if run.len() > 1 { format!("“{}”", run.join(" ")) } else { run.concat() })
            .collect::<Vec<_>>()
            .join(", ")
    };
    parsed.understood = format!("all of: {}", show(&parsed.must));
    if !parsed.not.is_empty() {
        parsed.understood = format!("{}; without: {}", parsed.understood, show(&parsed.not));
    }
    Ok(parsed)
}

/// Blanks separate, quotes hold together.
fn pieces(typed: &str) -> Vec<(String, bool)> {
    let mut out: Vec<(String, bool)> = Vec::new();
    let (mut piece, mut quoted) = (String::new(), false);
    for c in typed.chars().take(CHARS) {
        match c {
            '"' | '“' | '”' | '„' => {
                if quoted || piece != "-" {
                    out.push((std::mem::take(&mut piece), quoted));
                }
                quoted = !quoted;
            }
            c if c.is_whitespace() && !quoted => out.push((std::mem::take(&mut piece), false)),
            c => piece.push(c),
        }
    }
    out.push((piece, quoted));
    out.retain(|(piece, _)| !piece.trim().is_empty());
    out
}

fn add(parsed: &mut Parsed, piece: &str, quoted: bool) {
    let (piece, negative) = piece.strip_prefix('-').map_or((piece, false), |rest| (rest, true));
    let words: Vec<String> = tokens::words(piece).into_iter().map(|word| word.text).take(TERMS).collect();
    let runs = if negative { &mut parsed.not } else { &mut parsed.must };
    let together = quoted
        || negative
        || piece.chars().any(tokens::stands_alone)
        || piece.contains(['.', '-', '@', '_', '/', '’', '\'']);
    if together && !words.is_empty() {
        runs.push(words);
    } else {
        runs.extend(words.into_iter().map(|word| vec![word]));
    }
}

impl Parsed {
    /// The query for the index.
    pub fn query(&self, fields: &Fields) -> Box<dyn Query> {
        let either = |run: &Vec<String>| -> Box<dyn Query> {
            let title: Box<dyn Query> = Box::new(BoostQuery::new(in_field(fields.title, run), TITLE));
            Box::new(BooleanQuery::new(vec![(Occur::Should, title), (Occur::Should, in_field(fields.body, run))]))
        };
        let must = self.must.iter().map(|run| (Occur::Must, either(run)));
        let not = self.not.iter().map(|run| (Occur::MustNot, either(run)));
        Box::new(BooleanQuery::new(must.chain(not).collect()))
    }

    /// Every single word looked for.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.must.iter().flatten().map(String::as_str)
    }
}

fn in_field(field: Field, run: &[String]) -> Box<dyn Query> {
    let terms: Vec<Term> = run.iter().map(|word| Term::from_field_text(field, word)).collect();
    match terms.as_slice() {
        [one] => Box::new(TermQuery::new(one.clone(), IndexRecordOption::WithFreqs)),
        _ => Box::new(PhraseQuery::new(terms)),
    }
}
