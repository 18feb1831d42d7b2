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
    for piece in pieces(typed) {
        if parsed.must.len() + parsed.not.len() >= TERMS {
            break;
        }
        match piece.text.as_str() {
            "in:chat" if !piece.quoted => parsed.place = Place::Chat,
            "in:boards" if !piece.quoted => parsed.place = Place::Boards,
            _ => add(&mut parsed, &piece),
        }
    }
    parsed.must.truncate(TERMS);
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

/// A stretch of what was typed.
struct Piece {
    text: String,
    quoted: bool,
    negative: bool,
}

/// Blanks separate, quotes hold together, a dash before either negates. A dash inside quotes is part of the text.
fn pieces(typed: &str) -> Vec<Piece> {
    let mut out: Vec<Piece> = Vec::new();
    let (mut text, mut quoted, mut negated) = (String::new(), false, false);
    let mut push = |text: String, quoted: bool, negated: bool| {
        let bare = text.strip_prefix('-').filter(|_| !quoted);
        let negative = negated || bare.is_some();
        let text = bare.unwrap_or(&text).to_owned();
        if !text.trim().is_empty() {
            out.push(Piece { text, quoted, negative });
        }
    };
    for c in typed.chars().take(CHARS) {
        match c {
            '"' | '“' | '”' | '„' => {
                let opens = !quoted && text == "-";
                push(std::mem::take(&mut text), quoted, negated);
                (quoted, negated) = (!quoted, opens);
            }
            c if c.is_whitespace() && !quoted => push(std::mem::take(&mut text), false, false),
            c => text.push(c),
        }
    }
    push(text, quoted, negated);
    out
}

fn add(parsed: &mut Parsed, piece: &Piece) {
    let words: Vec<String> = tokens::words(&piece.text).into_iter().map(|word| word.text).take(TERMS).collect();
    let runs = if piece.negative { &mut parsed.not } else { &mut parsed.must };
    let together = piece.quoted
        || piece.negative
        || piece.text.chars().any(tokens::stands_alone)
        || piece.text.contains(['.', '-', '@', '_', '/', '’', '\'']);
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
