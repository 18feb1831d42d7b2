//! Passwords that a text gives away: a word for a password, a sign or a verb, and a value that is no word of the sentence.
//! Limit: the value must stand on the same line as its name, or alone on the next, and have 5 to 64 characters. Numbers
//! of four digits (PINs) and passwords of several words are not looked for.
//!
//! Found is the value without its quotes. After a sign (`:`, `=`, an arrow) a value with digits or signs in it is
//! certain, and an ordinary word likely when it is quoted or ends its line; after a verb ("is", "ist", "est") only a value
//! that is no ordinary word counts. Code fences and words like "test" take one level.

use super::alloc::vec::Vec;
use super::anchors::PASSWORD;
use super::domain;
use super::fold::{BLANK, NONE, View};
use super::keywords::TRIAL;
use super::pairs::{Pairs, is_spaced};
use super::password_words::{FILLERS, IS, LOGIN, METHODS, STATES, STILL, WORDS};
use super::scene::Scene;
use super::small::holds_one;
use super::types::{Finding, Level, Rule, Why};

const LENGTH: core::ops::RangeInclusive<usize> = 5..=64;
/// How far before a password its user or place is looked for, and how many words may stand before its sign.
const REACH: usize = 60;
const MAX_PHRASE: usize = 40;

/// What stands between the name and the value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// A sign right behind the name.
    Sign,
    /// A verb.
    Verb,
    /// More words, then a sign.
    Phrase,
    /// Nothing.
    Bare,
}

/// What a value looks like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// Nothing that somebody would type.
    Other,
    /// An ordinary word.
    Word,
    /// Digits only.
    Number,
    /// Kinds of characters that words do not mix, and how many kinds.
    Mixed(usize),
}

/// The first and the third characters of the words, since too many words begin with the first two.
static THIRDS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = WORDS;
    while let [word, others @ ..] = rest {
        pairs = pairs.with_third(word);
        rest = others;
    }
    pairs
};

/// The second and the third characters.
static TAILS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = WORDS;
    while let [word, others @ ..] = rest {
        pairs = pairs.with_tail(word);
        rest = others;
    }
    pairs
};

/// Finds the passwords of a view.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Finding>) {
    let view = &scene.view;
    for at in view.anchors(PASSWORD) {
        let ch = view.ch(at);
        let (second, third) = (view.ch(at + 1), view.ch(at + 2));
        let tail = ch > '~' || !second.is_ascii_lowercase() || TAILS.may_open(second, third);
        if tail && THIRDS.may_open(ch, third) && !(ch > '~' && is_spaced(ch) && is_spaced(view.back(at, 1))) {
            out.extend(name(view, at).and_then(|(end, pair)| read(scene, at, end, pair)));
        }
    }
}

/// The end of the word for a password that begins at `at`, and whether it announces a pair.
fn name(view: &View, at: usize) -> Option<(usize, bool)> {
    let first = view.ch(at);
    let own = |word: &str| word.chars().next().unwrap_or(NONE);
    let from = WORDS.partition_point(|word| own(word) < first);
    let found = WORDS.get(from..)?.iter().take_while(|word| own(word) == first).filter_map(|word| {
        let plain = word.trim_end_matches(['*', '/']);
        if !view.spells(at, plain) {
            return None;
        }
        let mut end = at + plain.chars().count();
        if word.ends_with('*') {
            end = view.run_end(end, 8, is_spaced);
        }
        (!is_spaced(view.ch(end)) || !is_spaced(view.back(end, 1))).then_some((end, word.ends_with('/')))
    });
    found.max()
}

/// Judges what follows the name `at..end`.
fn read(scene: &Scene<'_>, at: usize, end: usize, pair: bool) -> Option<Finding> {
    let view = &scene.view;
    if matches!(view.ch(end), '_' | '-') && view.ch(end + 1).is_alphanumeric() {
        return None;
    }
    let (mut from, link) = link(view, at, end);
    // "Pass" is a common word.
    let common = view.spells(at, "pass") && end == at + 4;
    if common && (link == Link::Verb && !view.spells(end, " is") || view.back(at, 1) == '-' && view.back(at, 2) != '-')
    {
        return None;
    }
    if pair {
        from = second_of_pair(view, from).filter(|_| link == Link::Sign)?;
    } else if view.back(at, 1) == '/' {
        from = second_of_pair(view, from).unwrap_or(from);
    }
    let below = view.ch(from) == '\n' && link == Link::Sign;
    from = view.run_end(from, 4, |ch| matches!(ch, ' ' | '*') || ch == '\n' && below);
    let quote = closing(view.ch(from));
    from += usize::from(quote.is_some());
    let query = matches!(view.back(at, 1), '?' | '&');
    let (to, quoted) = value(view, from, quote, query);
    let look = if LENGTH.contains(&(to - from)) { look(view, from, to, quoted) } else { Look::Other };
    let rest = view.run_end(to, 4, |ch| matches!(ch, '"' | '\'' | '`' | '*' | '.' | ',' | ';' | ')' | ' '));
    let last = matches!(view.ch(rest), '\n' | NONE);
    let code = !quoted && matches!(view.ch(to), ',' | ')' | ';');
    let score = match (link, look) {
        (_, Look::Other) => return None,
        _ if below && !(last && matches!(look, Look::Mixed(_))) => return None,
        (Link::Sign, Look::Mixed(_)) => 2,
        (Link::Sign, Look::Word) if quoted || last && !code => 1,
        (Link::Sign, Look::Number) => 1,
        (Link::Verb, Look::Mixed(kinds)) => 1 + i32::from(quoted || kinds > 2),
        (Link::Verb, Look::Number) if quoted || rest > to && view.ch(to) != ' ' || last => 1,
        (Link::Verb, Look::Word) if quoted => 1,
        (Link::Phrase, Look::Mixed(kinds))
            if (kinds > 2 || quoted || last) && !holds_one(&view.text(end, from), &["hash"]) =>
        {
            1
        }
        // Behind a word in another script a value in Latin letters stands out.
        (Link::Bare, Look::Mixed(_)) if !view.ch(at).is_ascii() && view.ch(from).is_ascii() => 1,
        (Link::Bare, Look::Mixed(kinds))
            if view.ch(end) == ' ' && ((kinds > 2 || quoted) && !common || has_login(view, at)) =>
        {
            1
        }
        _ => return None,
    };
    let doubts = i32::from(scene.in_fence(from)) + i32::from(scene.before(from, 40, TRIAL).is_some());
    let (start, end) = view.bytes(from, to);
    let level = Level::from_score(score - doubts);
    Some(Finding { rule: Rule::Password, start, end, level, why: Why::PasswordNamed })
}

/// Where the value may begin, and what stands before it.
fn link(view: &View, at: usize, end: usize) -> (usize, Link) {
    let gap = |ch: char| matches!(ch, ' ' | '"' | '\'' | '`' | '*' | ']');
    let mut from = view.run_end(end, 3, gap);
    if view.ch(from) == '(' {
        let close = view.run_end(from, 30, |ch| !matches!(ch, ')' | '\n'));
        from = if view.ch(close) == ')' { view.run_end(close + 1, 2, gap) } else { from };
    }
    let tag = view.ch(from) == '>' && view.back(at, 1) == '<';
    if let Some(after) = sign(view, from).or_else(|| tag.then_some(from + 1)) {
        return (after, Link::Sign);
    }
    if view.spells(from, "- ") && from > end {
        return (from + 2, Link::Verb);
    }
    if view.spells(end, "'s ") {
        return (end + 3, Link::Verb);
    }
    if let Some(after) = one_of(view, from, IS) {
        let mut from = view.run_end(after, 2, |ch| ch == ' ');
        if let Some(after) = sign(view, from) {
            return (after, Link::Sign);
        }
        while let Some(after) = one_of(view, from, STILL) {
            from = view.run_end(after, 2, |ch| ch == ' ');
        }
        return (from, Link::Verb);
    }
    if view.ch(end) == ' '
        && let Some(after) = verb_behind(view, from)
    {
        return (after, Link::Phrase);
    }
    let phrase = view.run_end(from, MAX_PHRASE, |ch| ch.is_alphanumeric() || matches!(ch, ' ' | '-' | '\'' | '"'));
    if let Some(after) = sign(view, phrase).filter(|_| phrase > from && view.ch(end) == ' ') {
        return (after, Link::Phrase);
    }
    // An option of a command.
    let option = view.back(at, 1) == '-' && view.back(at, 2) == '-' && view.ch(end) == ' ';
    (end, if option { Link::Verb } else { Link::Bare })
}

/// The place behind a verb that stands one to four words on: "password for the wifi is …".
fn verb_behind(view: &View, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..4 {
        let end = view.run_end(at, MAX_PHRASE, |ch| ch.is_alphabetic() || matches!(ch, '-' | '\''));
        if end == at || view.ch(end) != ' ' || STATES.contains(&view.text(at, end).as_str()) {
            return None;
        }
        at = end + 1;
        if let Some(after) = one_of(view, at, IS).filter(|after| view.ch(*after) == ' ') {
            return Some(after + 1);
        }
    }
    None
}

/// The place behind a sign that announces a value.
fn sign(view: &View, at: usize) -> Option<usize> {
    let width = match (view.ch(at), view.ch(at + 1)) {
        ('-' | '=' | ':', '>' | '=') => 2,
        (':', '/') => return None,
        (':' | '=' | '→' | '⇒' | '➡' | '是' | 'は' | '为' | '為' | '는' | '은', _) => 1,
        _ => return None,
    };
    Some(at + width)
}

/// The end of the word of `words` that stands at `at`.
fn one_of(view: &View, at: usize, words: &[&str]) -> Option<usize> {
    let end = view.run_end(at, 12, char::is_alphabetic);
    let text = view.text(at, end);
    words.contains(&text.as_str()).then_some(end)
}

/// Behind the first sign between a name and a password: `sam:…`, `sam / …`.
fn second_of_pair(view: &View, from: usize) -> Option<usize> {
    let from = view.run_end(from, 2, |ch| ch == ' ');
    let name = view.run_end(from, REACH, |ch| !matches!(ch, ' ' | '\n' | '/' | ':' | '|'));
    let sign = view.run_end(name, 2, |ch| ch == ' ');
    (name > from && matches!(view.ch(sign), '/' | ':' | '|') && !matches!(view.ch(sign + 1), '/' | ':'))
        .then_some(sign + 1)
}

fn closing(quote: char) -> Option<char> {
    Some(match quote {
        '"' | '\'' | '`' => quote,
        '“' | '„' => '”',
        '‘' => '’',
        '«' => '»',
        '「' => '」',
        '『' => '』',
        _ => return None,
    })
}

/// The end of the value that begins at `from`, and whether its quotes are closed.
fn value(view: &View, from: usize, quote: Option<char>, query: bool) -> (usize, bool) {
    let most = *LENGTH.end() + 1;
    if let Some(quote) = quote {
        let to = view.run_end(from, most, |ch| ch != quote && !matches!(ch, '\n' | BLANK));
        if view.ch(to) == quote {
            return (to, true);
        }
    }
    let ascii = view.ch(from).is_ascii();
    let mut to = view.run_end(from, most, |ch| {
        let ends = matches!(ch, ' ' | '\n' | '<' | '"' | '`' | ';' | BLANK) || ascii && ch > '\u{2E7F}';
        !(ends || query && ch == '&')
    });
    let opened = view.run_end(from, to - from, |ch| ch != '(') < to;
    while to > from
        && (matches!(view.back(to, 1), '.' | ',' | ':' | '\'' | '*' | '}' | ']') || view.back(to, 1) == ')' && !opened)
    {
        to -= 1;
    }
    (to, false)
}

/// Judges a value by its characters.
fn look(view: &View, from: usize, to: usize, quoted: bool) -> Look {
    let text = view.text(from, to);
    let text = text.as_str();
    let (mut letters, mut digits, mut capitals, mut joints, mut signs, mut turns, mut spaces) = (0, 0, 0, 0, 0, 0, 0);
    for at in from..to {
        let (ch, key) = (view.ch(at), view.key(at));
        let upper = key.is_ascii_uppercase();
        if ch.is_ascii_digit() {
            digits += 1;
        } else if ch.is_alphabetic() {
            letters += 1;
            capitals += usize::from(upper);
            turns += usize::from(at > from && upper != view.key_back(at, 1).is_ascii_uppercase());
        } else if matches!(ch, '-' | '\'' | '.' | '_' | '/' | ',' | ':') || at + 1 == to && matches!(ch, '!' | '?') {
            joints += 1;
        } else if ch == ' ' {
            spaces += 1;
        } else {
            signs += 1;
        }
    }
    // Only quotes hold spaces. Words drawn from a list are small; a sentence is no password.
    if spaces > 0 {
        return if spaces > 2 && capitals + digits + signs + joints == 0 { Look::Word } else { Look::Other };
    }
    // Nobody types a password in a script that needs an input method; there the sentence goes on without a space.
    if !quoted
        && (from..to)
            .all(|at| !view.ch(at).is_ascii_alphanumeric() && view.ch(at) > '\u{52F}' || !view.ch(at).is_alphanumeric())
    {
        return Look::Other;
    }
    let name = !quoted && signs == 0 && text.contains('_') && (digits == 0 || capitals == letters);
    if name {
        return Look::Other;
    }
    if is_reference(view, to, text, digits + signs == 0)
        || text.split(['|', ',', '?', '!']).next().is_some_and(|head| STATES.contains(&head))
        || letters + digits < 3
    {
        return Look::Other;
    }
    let kinds =
        usize::from(digits > 0) + usize::from(signs > 0) + usize::from(capitals > 0) + usize::from(capitals < letters);
    match (letters, digits, signs) {
        (0, _, 0) if joints == 0 => Look::Number,
        (0, _, 0) => Look::Other,
        (_, 1.., _) | (_, _, 1..) => Look::Mixed(kinds),
        _ if turns > 3 && turns * 5 > (to - from) * 2 || joints > 2 => Look::Mixed(kinds),
        _ if !quoted && (joints > 0 || turns > 1) => Look::Other,
        _ => Look::Word,
    }
}

/// Whether the value is a placeholder, a call, a name of something else, an address, or says how passwords are made.
fn is_reference(view: &View, to: usize, text: &str, plain: bool) -> bool {
    let word = |text: &str| text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let opens = text.starts_with(['<', '[', '{', '('])
        || ["${", "$(", "%(", "#{", "@{", "--", "&'", "/", "~/", ":"].iter().any(|mark| text.starts_with(mark));
    let variable = text.strip_prefix(['$', '%', ':', '@']).is_some_and(|name| {
        word(name.trim_end_matches('%'))
            && (name.contains('_') || plain || !name.contains(|ch: char| ch.is_ascii_digit()))
    });
    let head = text.split(['(', '[']).next().unwrap_or(text);
    let call = (head.len() < text.len() || matches!(view.ch(to), '(' | '['))
        && head.bytes().all(|byte| {
            byte.is_ascii_alphabetic() || matches!(byte, b'_' | b'.' | b':' | b'-' | b'>' | b'$' | b'!' | b']')
        });
    let measure = text.split_once(['-', '+']).is_some_and(|(number, unit)| {
        number.len() < 4
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && unit.bytes().all(|byte| byte.is_ascii_lowercase())
    });
    let address = text
        .rsplit_once('@')
        .and_then(|(_, host)| host.rsplit_once('.'))
        .is_some_and(|(_, ending)| domain::is_ending(ending));
    opens
        || text.starts_with('@') && text.contains('/')
        || variable
        || call
        || measure
        || address
        || holds_one(text, &["//", "()", "\\n", "\\r", "::"])
        || holds_one(text, FILLERS)
        || METHODS.iter().any(|method| text.trim_start_matches('_').starts_with(method))
        || plain && holds_one(text, &["pass", "pwd"])
}

/// Whether a user, an account or a network is named shortly before.
fn has_login(view: &View, at: usize) -> bool {
    let before = view.text(at.saturating_sub(REACH), at);
    holds_one(&before, LOGIN)
}
