//! E-mail addresses in words and brackets: "anna (at) fenmail dot example", "kim 골뱅이 naver 점 com", "anna @ gmail . com".
//! Limit: bare words need a second signal (pii.md section 5), for "look at google dot com" is none.

use super::alloc::{string::String, vec, vec::Vec};
use super::domain;
use super::email::{Script, ending, is_other_before, latin, local_before, script};
use super::fold::View;
use super::fold_tables::look_alike;
use super::keywords::MAIL;
use super::pairs::{Pairs, is_spaced, is_word};
use super::scene::Scene;
use super::spelled_words::{AT_WORDS, DOT_WORDS, is_determiner, is_joiner, is_no_name};
use super::types::{Finding, Level, Rule, Why};

const MAX_LABEL: usize = 63;
/// Most labels of a spelled domain, and most joined words of a spelled local part.
const MAX_PARTS: usize = 5;
/// How far from an address a mail keyword counts.
const REACH: usize = 60;

/// What stands for the sign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Sign {
    /// `@` itself, apart from the rest or before a spelled dot.
    Literal,
    /// Brackets around the word.
    Bracket,
    /// A word that means nothing else.
    Strong,
    /// A common word between dashes or the like.
    Marked,
    /// A common word.
    Weak,
}

/// How a dot is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dot {
    Plain,
    Spaced,
    Bracket,
    Word(usize),
}

/// Whether a sign may begin here; keeps the scan of ordinary text short.
pub(super) fn may_begin(view: &View, at: usize, ch: char) -> bool {
    match ch {
        'a' | 'c' | 'k' | 'm' | 's' | 'z' => {
            let (second, third) = (view.ch(at + 1), view.ch(at + 2));
            AT_PAIRS.may_open(ch, second)
                && (AT_TAILS.may_open(second, third) && !is_spaced(view.back(at, 1)) || is_shouted(view, at, at + 2))
        }
        '(' | '[' | '{' | '<' | '«' => {
            matches!(view.ch(at + 1), ' ' | '(' | '[' | '{' | '<' | '«' | '@') || opens_word(view, at + 1)
        }
        '-' | '_' | '/' | '|' | '.' | '~' | '=' | '*' => view.ch(at + 1) == ch || opens_word(view, at + 1),
        _ => ch > '~' && opens_word(view, at),
    }
}

fn opens_word(view: &View, at: usize) -> bool {
    let ch = view.ch(at);
    let second = view.ch(at + 1);
    AT_PAIRS.may_open(ch, second) && (ch > '~' || AT_TAILS.may_open(second, view.ch(at + 2)))
        || matches!(ch, 'a' | 'ä') && is_close(view.ch(at + 1))
}

static AT_PAIRS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = AT_WORDS;
    while let [(word, _), others @ ..] = rest {
        pairs = pairs.with(word.as_bytes());
        rest = others;
    }
    pairs
};

/// The second and third character of the same words.
static AT_TAILS: Pairs = {
    let mut pairs = Pairs::new();
    let mut rest = AT_WORDS;
    while let [(word, _), others @ ..] = rest {
        pairs = pairs.with_tail(word);
        rest = others;
    }
    pairs
};

/// Reads the address around the sign that begins at `at`.
pub(super) fn read(scene: &Scene<'_>, at: usize) -> Option<Finding> {
    let view = &scene.view;
    let (sign, after) = sign(view, at)?;
    let host = host(view, skip_gap(view, after))?;
    let local = local(view, skip_gap_back(view, at))?;
    let name = view.text(local.from, local.to);
    if name.ends_with('.') || host.labels.first().is_some_and(|label| is_determiner(label)) {
        return None;
    }
    if domain::is_nobody(&host.labels)
        || domain::is_filler(&name, &host.labels)
        || is_other_before(view, local.from)
        || view.ch(host.end) == '@'
    {
        return None;
    }
    let mail = scene.before(local.from, REACH, MAIL).is_some();
    if !believable(view, sign, &local, &host, mail) {
        return None;
    }
    let score = 1 + i32::from(mail) - i32::from(scene.in_fence(at));
    let (start, end) = view.bytes(local.from, host.end);
    Some(Finding { rule: Rule::Email, start, end, level: Level::from_score(score), why: Why::EmailSpelled })
}

/// Weighs the signals of pii.md section 5.
fn believable(view: &View, sign: Sign, local: &Local, host: &Host, mail: bool) -> bool {
    let name = view.text(local.from, local.to);
    let provider = domain::is_provider(&host.labels);
    let worded = matches!(host.dot, Dot::Word(_) | Dot::Bracket);
    let handle = local.joined || is_handle(&name);
    let no_name = is_no_name(&name);
    match sign {
        Sign::Bracket => !no_name || worded || mail,
        Sign::Strong => worded || provider || mail || handle,
        Sign::Marked => mail || (worded || provider) && !no_name,
        Sign::Literal => worded || !no_name && (provider || mail || handle || host.dot == Dot::Spaced),
        Sign::Weak if no_name || !handle && follows_determiner(view, local.from) => false,
        // "At this point in": in English the other languages' dots are words of their own.
        Sign::Weak if matches!(host.dot, Dot::Word(index) if index > 0) => {
            provider || mail && handle || is_login(&name)
        }
        Sign::Weak if worded => provider || mail || handle || stands_first(view, local.from),
        Sign::Weak => {
            mail && (provider || handle || stands_first(view, local.from))
                || provider && (handle || stands_first(view, local.from))
        }
    }
}

/// A name with a digit, dot, dash or underscore in it, and a letter.
fn is_handle(name: &str) -> bool {
    name.chars().any(char::is_alphabetic)
        && name.contains(|ch: char| ch.is_ascii_digit() || matches!(ch, '.' | '_' | '-' | '+'))
}

/// A name with two digits in it and as many letters.
fn is_login(name: &str) -> bool {
    let count = |wanted: fn(char) -> bool| name.chars().filter(|ch| wanted(*ch)).count();
    count(|ch| ch.is_ascii_digit()) > 1 && count(char::is_alphabetic) > 1
}

/// Whether nothing but an opening, a colon or "is" stands before.
fn stands_first(view: &View, at: usize) -> bool {
    let before = skip_gap_back(view, at);
    let ch = view.back(before, 1);
    let line_start = (before..at).any(|i| view.ch(i) == '\n');
    line_start || !ch.is_alphanumeric() && !matches!(ch, '.' | '?' | '!') || is_word_before(view, before, "is")
}

fn is_word_before(view: &View, end: usize, word: &str) -> bool {
    let start = view.run_start(end, 12, char::is_alphanumeric);
    view.text(start, end) == word
}

fn follows_determiner(view: &View, at: usize) -> bool {
    let end = skip_gap_back(view, at);
    let start = view.run_start(end, 12, char::is_alphanumeric);
    is_determiner(&view.text(start, end))
}

fn is_gap(ch: char) -> bool {
    matches!(ch, ' ' | '\n')
}

fn skip_gap(view: &View, at: usize) -> usize {
    view.run_end(at, 3, is_gap)
}

fn skip_gap_back(view: &View, at: usize) -> usize {
    view.run_start(at, 3, is_gap)
}

/// The place right behind the first sign of a value, however it is written.
pub(super) fn behind_sign(view: &View) -> Option<usize> {
    let signs = (0..view.len()).filter(|&at| view.ch(at) == '@' || may_begin(view, at, view.ch(at)));
    signs.filter_map(|at| sign(view, at)).map(|(_, end)| skip_gap(view, end)).next()
}

/// The sign that begins at `at` and the place after it.
fn sign(view: &View, at: usize) -> Option<(Sign, usize)> {
    match view.ch(at) {
        '@' => Some((Sign::Literal, at + 1)),
        '(' | '[' | '{' | '<' | '«' => {
            let inner = skip_gap(view, view.run_end(at, 2, is_open));
            let end = match at_word(view, inner) {
                Some((_, end)) => end,
                None if matches!(view.ch(inner), '@' | 'a' | 'ä') => inner + 1,
                None => return None,
            };
            let close = skip_gap(view, end);
            is_close(view.ch(close)).then(|| (Sign::Bracket, view.run_end(close, 2, is_close)))
        }
        mark @ ('-' | '_' | '/' | '|' | '.' | '~' | '=' | '*') => {
            let inner = view.run_end(at, 3, |ch| ch == mark);
            let (_, end) = at_word(view, inner)?;
            (view.ch(end) == mark).then(|| (Sign::Marked, view.run_end(end, 3, |ch| ch == mark)))
        }
        _ => {
            let (index, end) = at_word(view, at)?;
            let strong = AT_WORDS.get(index).is_some_and(|entry| entry.1);
            let apart = is_gap(view.back(at, 1)) && is_gap(view.ch(end));
            match (strong, apart) {
                (true, _) => Some((Sign::Strong, end)),
                (_, true) => Some((Sign::Weak, end)),
                _ => is_shouted(view, at, end).then_some((Sign::Marked, end)),
            }
        }
    }
}

fn is_open(ch: char) -> bool {
    matches!(ch, '(' | '[' | '{' | '<' | '«')
}

fn is_close(ch: char) -> bool {
    matches!(ch, ')' | ']' | '}' | '>' | '»')
}

/// The word for the sign that stands at `at`: its index and the place after it.
fn at_word(view: &View, at: usize) -> Option<(usize, usize)> {
    let opens = opens_word(view, at) || is_shouted(view, at, at + 2);
    opens.then(|| word(view, at, AT_WORDS.iter().map(|entry| entry.0))).flatten()
}

/// The first of `words` that stands at `at` as a word of its own: its index and the place after it.
fn word<'w>(view: &View, at: usize, words: impl Iterator<Item = &'w str>) -> Option<(usize, usize)> {
    let glued = |ch: char, beside: char| is_word(ch) && is_word(beside) && spaced(ch) && spaced(beside);
    for (index, word) in words.enumerate() {
        if view.spells(at, word) {
            let end = at + word.chars().count();
            let apart = !glued(view.back(at, 1), view.ch(at)) && !glued(view.back(end, 1), view.ch(end));
            if apart || is_shouted(view, at, end) {
                return Some((index, end));
            }
        }
    }
    None
}

/// Capitals between small letters: "annaATfenmailDOTorg".
fn is_shouted(view: &View, at: usize, end: usize) -> bool {
    let capitals = view.key(at).is_ascii_uppercase() && view.key_back(end, 1).is_ascii_uppercase();
    capitals && view.key_back(at, 1).is_ascii_lowercase() && view.key(end).is_ascii_lowercase()
}

/// Letters and digits of scripts that put spaces between words.
fn spaced(ch: char) -> bool {
    u32::from(ch) < 0x530
}

struct Host {
    labels: Vec<String>,
    end: usize,
    dot: Dot,
}

/// The spelled domain that begins at `from`.
fn host(view: &View, from: usize) -> Option<Host> {
    let mut end = label_end(view, from);
    let mut labels = vec![latin(&view.text(from, end))];
    let mut first_dot = None;
    let mut best: Option<Host> = None;
    for _ in 0..MAX_PARTS {
        let Some((dot, start)) = dot(view, end) else { break };
        let other = *first_dot.get_or_insert(dot) != dot && !(best.is_none() && labels.len() == 1);
        end = label_end(view, start);
        // "dot co.uk"
        if other && !(dot == Dot::Plain && end - start == 2) {
            break;
        }
        if end == start {
            break;
        }
        if let Some(found) = ending(view, start, end) {
            let mut whole = labels.clone();
            whole.push(found.name.clone());
            best = Some(Host { labels: whole, end: found.end, dot: first_dot.unwrap_or(dot) });
        } else if domain::is_reserved_ending(&view.text(start, end)) {
            return None;
        }
        labels.push(latin(&view.text(start, end)));
    }
    best.filter(|host| host.labels.first().is_some_and(|label| !label.is_empty()))
}

/// The end of the label at `from`: one script, letters, digits and dashes, but no spelled dot.
fn label_end(view: &View, from: usize) -> usize {
    let stop = view.len().min(from + MAX_LABEL);
    let mut own = script(view.ch(from));
    let mut at = from;
    while at < stop {
        let ch = view.ch(at);
        let here = script(ch);
        let spelled = |at: usize| word(view, at, DOT_WORDS.iter().copied()).is_some();
        let spelled_dot = ch == '-' && spelled(at + 1) || view.key(at).is_ascii_uppercase() && spelled(at);
        let other = here != own && here != Script::Any && own != Script::Any && look_alike(ch).is_none();
        if !ch.is_alphanumeric() && ch != '-' || spelled_dot || other || at == from && ch == '-' {
            break;
        }
        if own == Script::Any {
            own = here;
        }
        at += 1;
    }
    view.run_start(at, MAX_LABEL, |ch| ch == '-').max(from)
}

/// A dot in any spelling at `at`, right behind a label, and the place where the next label begins.
fn dot(view: &View, at: usize) -> Option<(Dot, usize)> {
    if view.ch(at) == '.' && !is_gap(view.ch(at + 1)) {
        return Some((Dot::Plain, at + 1));
    }
    let inner = skip_gap(view, at);
    match view.ch(inner) {
        '.' if inner > at => Some((Dot::Spaced, skip_gap(view, inner + 1))),
        ch if is_open(ch) => {
            let from = skip_gap(view, view.run_end(inner, 2, is_open));
            let end = match word(view, from, DOT_WORDS.iter().copied()) {
                Some((_, end)) => end,
                None if view.ch(from) == '.' => from + 1,
                None => return None,
            };
            let close = skip_gap(view, end);
            is_close(view.ch(close)).then(|| (Dot::Bracket, skip_gap(view, view.run_end(close, 2, is_close))))
        }
        mark @ ('-' | '_' | '/' | '|' | '~' | '=' | '*') => {
            let from = view.run_end(inner, 3, |ch| ch == mark);
            let end = match word(view, from, DOT_WORDS.iter().copied()) {
                Some((_, end)) => end,
                None => from + usize::from(view.ch(from) == '.'),
            };
            (end > from && view.ch(end) == mark)
                .then(|| (Dot::Bracket, skip_gap(view, view.run_end(end, 3, |ch| ch == mark))))
        }
        _ => {
            let (index, end) = word(view, inner, DOT_WORDS.iter().copied())?;
            Some((Dot::Word(index), skip_gap(view, end)))
        }
    }
}

struct Local {
    from: usize,
    to: usize,
    /// Several words joined by spelled marks.
    joined: bool,
}

/// The local part that ends at `to`: a name, perhaps with "dot" or "underscore" between its words.
fn local(view: &View, to: usize) -> Option<Local> {
    let mut from = local_before(view, to)?;
    let mut joined = false;
    for _ in 0..MAX_PARTS {
        let Some(next) = joined_before(view, from) else { break };
        from = next;
        joined = true;
    }
    Some(Local { from, to, joined })
}

/// The start of the name before a spelled dot, dash or underscore that ends before `at`.
fn joined_before(view: &View, at: usize) -> Option<usize> {
    let mut end = skip_gap_back(view, at);
    if view.back(end, 1) == '.' && end < at && is_gap(view.back(end, 2)) {
        return local_before(view, skip_gap_back(view, end - 1));
    }
    let bracket = is_close(view.back(end, 1));
    if bracket {
        end = skip_gap_back(view, end - 1);
    } else if end == at {
        return None;
    }
    let start = view.run_start(end, 14, char::is_alphanumeric);
    let mark = bracket && view.back(end, 1) == '.';
    let start = if mark { end - 1 } else { start };
    if !mark && !is_joiner(&view.text(start, end)) {
        return None;
    }
    let mut before = skip_gap_back(view, start);
    if bracket {
        if !is_open(view.back(before, 1)) {
            return None;
        }
        before = skip_gap_back(view, before - 1);
    } else if before == start {
        return None;
    }
    local_before(view, before)
}
