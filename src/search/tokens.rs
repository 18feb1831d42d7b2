//! How text becomes words: runs of letters and digits, lower case, Latin accents folded; each Chinese, Japanese or
//! Korean character a word of its own, so that text without spaces can be found. Linear.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Longest word kept, in bytes; longer runs are no words.
const LONGEST: usize = 64;

/// A word and where it stood, in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Folded.
    pub text: String,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
}

/// Whether a character is a word of its own.
pub fn stands_alone(c: char) -> bool {
    matches!(u32::from(c), 0x3040..=0x30FF | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xAC00..=0xD7AF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF)
}

/// Lower case, without Latin accents. Marks of other scripts stay: there they are letters and vowels of their own.
pub fn fold(text: &str) -> String {
    let mut latin = false;
    let decomposed = text.nfkd().filter(move |c| {
        let mark = is_combining_mark(*c);
        if !mark {
            latin = u32::from(*c) < 0x0250;
        }
        !(mark && latin)
    });
    decomposed.flat_map(char::to_lowercase).nfc().collect()
}

/// The words of a text.
pub fn words(text: &str) -> Vec<Word> {
    let mut out = Vec::new();
    let mut begun: Option<usize> = None;
    let finish = |start: Option<usize>, end: usize, out: &mut Vec<Word>| {
        if let Some(run) = start.and_then(|start| text.get(start..end)).filter(|run| run.len() <= LONGEST) {
            out.push(Word { text: fold(run), start: start.unwrap_or(0), end });
        }
    };
    for (at, c) in text.char_indices() {
        if stands_alone(c) {
            finish(begun.take(), at, &mut out);
            out.push(Word { text: fold(c.encode_utf8(&mut [0; 4])), start: at, end: at + c.len_utf8() });
        } else if c.is_alphanumeric() || is_combining_mark(c) {
            begun = begun.or(Some(at));
        } else {
            finish(begun.take(), at, &mut out);
        }
    }
    finish(begun, text.len(), &mut out);
    out
}

/// [`words`] for the index.
#[derive(Clone, Default)]
pub struct Words;

/// Words one after the other.
pub struct Stream {
    words: std::vec::IntoIter<Word>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = Stream;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream {
        Stream { words: words(text).into_iter(), token: Token::default() }
    }
}

impl TokenStream for Stream {
    fn advance(&mut self) -> bool {
        let Some(word) = self.words.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = word.start;
        self.token.offset_to = word.end;
        self.token.text = word.text;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
