//! The view in which digits are read from words and look-alike letters: "four five three nine", `l488 O343`.
//! Limit: single digits only ("twenty" is not one), and rules ask for a keyword before they believe this view.

use super::alloc::vec::Vec;
use super::anchors::SPOKEN;
use super::fold::{Cell, View};
use super::pairs::{Pairs, is_word};

/// A word is read as a digit only with another digit so near, which leaves the "one" of ordinary sentences alone.
const NEAR: usize = 4;

/// Words for the digits, and for the dash between them, in English, Spanish, Portuguese, German, French, Italian,
/// Dutch and Russian.
pub(super) const DIGIT_WORDS: &[(&str, char)] = &[
    ("acht", '8'),
    ("cero", '0'),
    ("cinco", '5'),
    ("cinq", '5'),
    ("cinque", '5'),
    ("cuatro", '4'),
    ("dash", '-'),
    ("deux", '2'),
    ("dois", '2'),
    ("dos", '2'),
    ("drei", '3'),
    ("drie", '3'),
    ("due", '2'),
    ("een", '1'),
    ("eight", '8'),
    ("eins", '1'),
    ("five", '5'),
    ("four", '4'),
    ("fuenf", '5'),
    ("fünf", '5'),
    ("guion", '-'),
    ("guión", '-'),
    ("huit", '8'),
    ("hyphen", '-'),
    ("koppelteken", '-'),
    ("negen", '9'),
    ("neuf", '9'),
    ("neun", '9'),
    ("nine", '9'),
    ("nought", '0'),
    ("nove", '9'),
    ("nueve", '9'),
    ("nul", '0'),
    ("null", '0'),
    ("o", '0'),
    ("ocho", '8'),
    ("oh", '0'),
    ("oito", '8'),
    ("one", '1'),
    ("otto", '8'),
    ("quatre", '4'),
    ("quatro", '4'),
    ("quattro", '4'),
    ("sechs", '6'),
    ("sei", '6'),
    ("seis", '6'),
    ("sept", '7'),
    ("sete", '7'),
    ("sette", '7'),
    ("seven", '7'),
    ("sieben", '7'),
    ("siete", '7'),
    ("six", '6'),
    ("strich", '-'),
    ("three", '3'),
    ("tiret", '-'),
    ("trattino", '-'),
    ("traço", '-'),
    ("tre", '3'),
    ("tres", '3'),
    ("trois", '3'),
    ("três", '3'),
    ("twee", '2'),
    ("two", '2'),
    ("um", '1'),
    ("un", '1'),
    ("uno", '1'),
    ("vier", '4'),
    ("vijf", '5'),
    ("zero", '0'),
    ("zes", '6'),
    ("zeven", '7'),
    ("zwei", '2'),
    ("zwo", '2'),
    ("zéro", '0'),
    ("восемь", '8'),
    ("два", '2'),
    ("девять", '9'),
    ("ноль", '0'),
    ("один", '1'),
    ("пять", '5'),
    ("семь", '7'),
    ("тире", '-'),
    ("три", '3'),
    ("четыре", '4'),
    ("шесть", '6'),
];

static PAIRS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = DIGIT_WORDS;
    while let [(word, _), others @ ..] = rest {
        pairs = pairs.with(word.as_bytes());
        rest = others;
    }
    pairs
};

/// The first and the third characters; the anchors know the first two.
static THIRDS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = DIGIT_WORDS;
    while let [(word, _), others @ ..] = rest {
        pairs = pairs.with_third(word);
        rest = others;
    }
    pairs
};

/// The second and the third characters.
static TAILS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = DIGIT_WORDS;
    while let [(word, _), others @ ..] = rest {
        pairs = pairs.with_tail(word);
        rest = others;
    }
    pairs
};

/// From here on scripts put no spaces between words.
const UNSPACED: char = '\u{2E80}';

/// The longest digit word, in characters.
const LONGEST: usize = 11;

/// A stretch of cells that reads as one digit.
struct Spoken {
    from: usize,
    to: usize,
    digit: char,
}

/// The view with words and look-alike letters read as digits, or nothing when nowhere `least`
/// digits stand near each other.
pub(super) fn digits_for_words(view: &View, least: usize) -> Option<View> {
    let spoken = in_company(view, find(view));
    if !spoken.iter().any(|word| is_in_number(view, &spoken, word, least)) {
        return None;
    }
    let mut out = View::with_capacity(view.len());
    let mut at = 0;
    for word in &spoken {
        out.append(view, at, word.from);
        let (start, end) = view.bytes(word.from, word.to);
        out.push(word.digit, start, end);
        at = word.to;
    }
    out.append(view, at, view.len());
    Some(out)
}

/// Fewest digits of a number that the rules look for, and how far such a number reaches to either side of a digit.
pub(super) const LEAST: usize = 9;
const SPAN: usize = (LEAST - 1) * (LONGEST + NEAR);

/// Whether there are digits enough around a spoken one, spoken ones counted.
fn is_in_number(view: &View, spoken: &[Spoken], word: &Spoken, least: usize) -> bool {
    let (from, to) = (word.from.saturating_sub(SPAN), word.to + SPAN);
    let first = spoken.partition_point(|other| other.to <= from);
    let near = spoken.get(first..).unwrap_or_default().iter().take_while(|other| other.from < to).take(least).count();
    let cells = view.cells().get(from..to.min(view.len())).unwrap_or_default();
    near + cells.iter().filter(|cell| cell.ch.is_ascii_digit()).take(least).count() >= least
}

/// Those with another digit near, spoken or written.
fn in_company(view: &View, spoken: Vec<Spoken>) -> Vec<Spoken> {
    let written = |from: usize, to: usize| {
        view.cells().get(from..to.min(view.len())).unwrap_or_default().iter().any(|cell| cell.ch.is_ascii_digit())
    };
    let kept: Vec<bool> = (0..spoken.len())
        .map(|at| {
            let Some(word) = spoken.get(at) else { return false };
            let before = at
                .checked_sub(1)
                .and_then(|before| spoken.get(before))
                .is_some_and(|other| other.to + NEAR >= word.from);
            let after = spoken.get(at + 1).is_some_and(|other| word.to + NEAR >= other.from);
            before || after || written(word.from.saturating_sub(NEAR), word.from) || written(word.to, word.to + NEAR)
        })
        .collect();
    spoken.into_iter().zip(kept).filter_map(|(word, keep)| keep.then_some(word)).collect()
}

fn find(view: &View) -> Vec<Spoken> {
    let mut spoken = Vec::new();
    let mut done = 0;
    for at in view.anchors(SPOKEN) {
        let ch = view.ch(at);
        if let Some(digit) = han_digit(ch) {
            spoken.push(Spoken { from: at, to: at + 1, digit });
        } else if at >= done && may_open(view, at, ch) && is_word(ch) {
            let before = view.back(at, 1);
            if is_word(before) && before < UNSPACED {
                continue;
            }
            let end = view.run_end(at, view.len(), |ch| is_word(ch) && ch < UNSPACED);
            let token = view.cells().get(at..end).unwrap_or_default();
            let digits = token.iter().filter(|cell| cell.ch.is_ascii_digit()).count();
            // The "o" of "n.º" is no zero.
            if before != '.' || token.len() > 1 {
                read_token(token, digits, at, &mut spoken);
            }
            done = end;
        }
    }
    spoken
}

/// Whether a word for a digit, or a number with letters in it, may begin here.
fn may_open(view: &View, at: usize, ch: char) -> bool {
    let (second, third) = (view.ch(at + 1), view.ch(at + 2));
    let word = THIRDS.may_open(ch, third) && (!second.is_ascii_lowercase() || TAILS.may_open(second, third));
    word || letter_digit(ch).is_some() && letter_digit(second).is_some()
}

fn read_token(token: &[Cell], digits: usize, from: usize, spoken: &mut Vec<Spoken>) {
    if digits == 0 {
        spoken.extend(word(token).map(|digit| Spoken { from, to: from + token.len(), digit }));
    } else if digits < token.len() && token.iter().all(|cell| letter_digit(cell.ch).is_some()) {
        for (step, cell) in token.iter().enumerate().filter(|(_, cell)| !cell.ch.is_ascii_digit()) {
            let digit = letter_digit(cell.ch).unwrap_or('0');
            spoken.push(Spoken { from: from + step, to: from + step + 1, digit });
        }
    }
}

/// The digit that a word stands for.
fn word(token: &[Cell]) -> Option<char> {
    let first = token.first()?.ch;
    let second = token.get(1).map_or(' ', |cell| cell.ch);
    if token.len() > LONGEST || !PAIRS.may_open(first, second) {
        return None;
    }
    let found = DIGIT_WORDS.binary_search_by(|(known, _)| known.chars().cmp(token.iter().map(|cell| cell.ch))).ok()?;
    DIGIT_WORDS.get(found).map(|entry| entry.1)
}

/// A digit, or the letter that is typed in its place.
fn letter_digit(ch: char) -> Option<char> {
    match ch {
        '0'..='9' => Some(ch),
        'o' | 'о' | 'ο' => Some('0'),
        'l' | 'i' | 'ı' | 'і' => Some('1'),
        _ => None,
    }
}

fn han_digit(ch: char) -> Option<char> {
    if ch < '\u{3007}' {
        return None;
    }
    let at = "零一二三四五六七八九".chars().position(|han| han == ch);
    let digit = if ch == '〇' { Some(0) } else { at };
    digit.and_then(|digit| char::from_digit(u32::try_from(digit).ok()?, 10))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn table_is_sorted_and_longest_is_true() {
        assert!(DIGIT_WORDS.is_sorted_by_key(|entry| entry.0));
        assert_eq!(DIGIT_WORDS.iter().map(|entry| entry.0.chars().count()).max(), Some(LONGEST));
    }
}
