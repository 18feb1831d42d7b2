//! Reads the digit groups of a view and offers every stretch of them to the number rules.
//! Limit: it knows groups, gaps and edges; which numbers mean something is decided in [`super::card`],
//! [`super::ssn`], [`super::phone`], [`super::iban`], [`super::routing`] and [`super::ip`].

use super::alloc::vec::Vec;
use super::classes::DIGIT;
use super::context::LONGEST;
use super::fold::View;
use super::keywords::{CARD, CARD_DETAIL, SSN, TAX};
use super::scene::Scene;
use super::types::Finding;
use super::{card, iban, ip, phone, routing, ssn};

/// No number of any rule has more digits.
pub(super) const MOST_DIGITS: usize = 19;
/// Fewer digits are no number of any rule but an IP address.
const FEWEST_DIGITS: usize = 7;
/// So many characters may stand between two groups of one number.
pub(super) const WIDEST_GAP: usize = 4;
/// How far back the start of a word or address around a number is looked for.
const TOKEN_REACH: usize = 200;
/// Endings that make the digits before them a file's name, sorted.
const EXTENSIONS: &[&str] = &[
    "avi", "bmp", "csv", "doc", "docx", "gif", "gz", "heic", "htm", "html", "jpeg", "jpg", "json", "log", "mkv", "mov",
    "mp3", "mp4", "pdf", "php", "png", "rar", "sql", "svg", "tar", "txt", "wav", "webm", "webp", "xls", "xlsx", "xml",
    "zip",
];

/// What stands between two groups of digits.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Gap {
    /// Nothing of the number: the chain begins here.
    Open,
    /// One space.
    Space,
    /// One dash.
    Dash,
    /// One dot.
    Dot,
    /// One other mark.
    Mark(char),
    /// Several spaces and dashes.
    Wide,
    /// A line break, perhaps among spaces.
    Line,
    /// A comma with spaces: the next item of a list.
    List,
    /// Anything else that may stand inside a number.
    Loose,
}

/// A run of digits.
#[derive(Clone, Copy, Debug)]
pub(super) struct Group {
    pub(super) from: usize,
    pub(super) to: usize,
    /// What stands before it.
    pub(super) gap: Gap,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.to - self.from
    }
}

/// Some neighbouring groups of a chain, with their digits.
pub(super) struct Stretch<'a> {
    pub(super) groups: &'a [Group],
    pub(super) digits: &'a [u8],
    /// The group before and the group after, when the chain goes on.
    pub(super) before: Option<&'a Group>,
    pub(super) after: Option<&'a Group>,
    /// The first cell and the cell after the last.
    pub(super) from: usize,
    pub(super) to: usize,
}

impl Stretch<'_> {
    /// The gaps inside the stretch.
    pub(super) fn gaps(&self) -> impl Iterator<Item = Gap> + '_ {
        self.groups.iter().skip(1).map(|group| group.gap)
    }

    /// What stands between this stretch and the group after it.
    pub(super) fn gap_after(&self) -> Gap {
        self.after.map_or(Gap::Open, |group| group.gap)
    }

    /// What stands between the group before and this stretch.
    pub(super) fn gap_before(&self) -> Gap {
        self.groups.first().map_or(Gap::Open, |group| group.gap)
    }

    /// Whether the group lengths are exactly these.
    pub(super) fn is_shaped(&self, lengths: &[usize]) -> bool {
        self.groups.len() == lengths.len()
            && self.groups.iter().zip(lengths).all(|(group, length)| group.len() == *length)
    }
}

/// Runs the number rules over every chain of digit groups.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Finding>) {
    let mut chain: Vec<Group> = Vec::new();
    let mut digits = 0;
    let view = &scene.view;
    let mut at = 0;
    while let Some(from) = view.next_of(at, DIGIT) {
        let to = view.run_end(from, view.len(), |ch| ch.is_ascii_digit());
        iban::find(scene, from, out);
        if !scene.said {
            ip::find_v6(scene, from, out);
        }
        let gap = chain.last().map_or(Gap::Open, |last| gap_between(view, last.to, from));
        if gap == Gap::Open {
            judge_chain(scene, &chain, digits, out);
            chain.clear();
            digits = 0;
        }
        chain.push(Group { from, to, gap });
        digits += to - from;
        at = to;
    }
    judge_chain(scene, &chain, digits, out);
}

/// Whether the character may stand between two groups of one number.
pub(super) fn may_part(ch: char) -> bool {
    matches!(
        ch,
        ' ' | '\n' | '(' ..= '/' | ':' | '=' | '[' ..= ']' | '_' | '{' ..= '~' | '、' | '…' | '【' | '】' | '«' | '»'
    )
}

fn gap_between(view: &View, from: usize, to: usize) -> Gap {
    let width = to - from;
    if width > WIDEST_GAP {
        return Gap::Open;
    }
    let marks = (from..to).map(|at| view.ch(at));
    if !marks.clone().all(may_part) {
        return Gap::Open;
    }
    match (width, view.ch(from)) {
        (1, ' ') => Gap::Space,
        (1, '-') => Gap::Dash,
        (1, '.') => Gap::Dot,
        (1, '\n') => Gap::Line,
        (1, mark) => Gap::Mark(mark),
        _ if marks.clone().any(|ch| ch == '\n') => Gap::Line,
        _ if marks.clone().any(|ch| ch == ',') => Gap::List,
        _ if marks.clone().all(|ch| matches!(ch, ' ' | '-')) => Gap::Wide,
        _ => Gap::Loose,
    }
}

/// Offers every stretch of the chain: at most [`MOST_DIGITS`] from each group on.
fn judge_chain(scene: &Scene<'_>, chain: &[Group], digits: usize, out: &mut Vec<Finding>) {
    if chain.len() >= 4 && !scene.said {
        ip::find_v4(scene, chain, out);
    }
    if digits < FEWEST_DIGITS {
        return;
    }
    for first in 0..chain.len() {
        let mut buffer = [0_u8; MOST_DIGITS];
        let mut filled = 0;
        for (last, group) in chain.iter().enumerate().skip(first) {
            if filled + group.len() > MOST_DIGITS {
                break;
            }
            for (slot, cell) in buffer.iter_mut().skip(filled).zip(group.from..group.to) {
                *slot = u8::try_from(scene.view.ch(cell).to_digit(10).unwrap_or(0)).unwrap_or(0);
            }
            filled += group.len();
            let (Some(groups), Some(digits)) = (chain.get(first..=last), buffer.get(..filled)) else { continue };
            let before = first.checked_sub(1).and_then(|at| chain.get(at));
            let from = chain.get(first).map_or(0, |group| group.from);
            let stretch = Stretch { groups, digits, before, after: chain.get(last + 1), from, to: group.to };
            out.extend(card::judge(scene, &stretch));
            out.extend(ssn::judge(scene, &stretch));
            out.extend(phone::judge(scene, &stretch));
            routing::judge(scene, &stretch, out);
        }
    }
}

/// What the characters right beside a number say.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Edge {
    /// It is part of something else.
    Part,
    /// It may be something else: only a keyword makes it a value.
    Doubtful,
    /// It stands alone.
    Free,
    /// A keyword is glued to it.
    Named,
}

/// Looks at both ends of a stretch. `classes` are the keywords that may be glued to the number.
pub(super) fn edge(scene: &Scene<'_>, stretch: &Stretch<'_>, classes: u16) -> Edge {
    let ends = [edge_before(scene, stretch, classes), edge_after(scene, stretch, classes)];
    if ends.contains(&Edge::Part) || in_address(&scene.view, stretch.from) {
        Edge::Part
    } else if ends.contains(&Edge::Named) {
        Edge::Named
    } else if ends.contains(&Edge::Doubtful) {
        Edge::Doubtful
    } else {
        Edge::Free
    }
}

fn edge_before(scene: &Scene<'_>, stretch: &Stretch<'_>, classes: u16) -> Edge {
    let (view, at) = (&scene.view, stretch.from);
    match view.back(at, 1) {
        ch if ch.is_ascii_alphabetic() => named(!in_code(view, at) && scene.ends_at(at, classes)),
        '_' | '-' if view.back(at, 2).is_ascii_alphabetic() => named(scene.ends_at(at - 1, classes)),
        '_' if view.back(at, 2).is_ascii_digit() => Edge::Doubtful,
        '@' | '$' | '€' | '£' | '¥' | '₹' | '₽' | '₩' => Edge::Part,
        '.' if view.back(at, 2).is_ascii_digit() => Edge::Part,
        ':' | '&' | '!' | '#' if view.ch(stretch.to) == '>' && view.back(at, 2) != ' ' => Edge::Part,
        '#' | '+' | '/' | '\\' => Edge::Doubtful,
        '=' if view.back(at, 2).is_alphanumeric() => Edge::Doubtful,
        _ => Edge::Free,
    }
}

fn edge_after(scene: &Scene<'_>, stretch: &Stretch<'_>, classes: u16) -> Edge {
    let (view, at) = (&scene.view, stretch.to);
    let next = view.ch(at + 1);
    match view.ch(at) {
        ch if ch.is_ascii_alphabetic() => {
            // No keyword that may follow has less than three letters.
            let word = view.run_end(at, 3, |ch| ch.is_ascii_alphabetic()) - at >= 3;
            named(word && scene.starts_at(at, classes | CARD_DETAIL))
        }
        '_' if next.is_ascii_alphanumeric() => Edge::Part,
        '-' if next.is_ascii_alphabetic() => named(scene.starts_at(at + 1, classes | CARD_DETAIL)),
        '@' if next.is_alphanumeric() => Edge::Part,
        '%' | '€' | '£' => Edge::Part,
        '.' if next.is_ascii_digit() => Edge::Part,
        '.' if next.is_ascii_alphabetic() => {
            let end = view.run_end(at + 1, 6, |ch| ch.is_ascii_alphanumeric());
            let name = view.text(at + 1, end);
            if EXTENSIONS.binary_search(&name.as_str()).is_ok() { Edge::Part } else { Edge::Free }
        }
        '/' if next.is_ascii_alphabetic() => Edge::Doubtful,
        _ => Edge::Free,
    }
}

/// Whether the letters before `at` are too few for a keyword, or digits stand before them: a hash, a serial number.
fn in_code(view: &View, at: usize) -> bool {
    let start = view.run_start(at, LONGEST, |ch| ch.is_ascii_alphabetic());
    at - start < 2 || view.back(start, 1).is_ascii_digit()
}

fn named(by_keyword: bool) -> Edge {
    if by_keyword { Edge::Named } else { Edge::Part }
}

/// Whether the number stands inside a web address.
fn in_address(view: &View, at: usize) -> bool {
    let start = view.run_start(at, TOKEN_REACH, |ch| !matches!(ch, ' ' | '\n' | '"' | '>' | '\0'));
    let mut web = view.spells(start, "www.") || view.spells(start + 1, "www.");
    for i in start..at {
        web |= view.ch(i) == ':' && view.ch(i + 1) == '/' && view.ch(i + 2) == '/';
    }
    web
}

/// How the words around a number weigh: steps up or down, and whether a keyword of `own` is there.
pub(super) struct Weight {
    pub(super) named: bool,
    pub(super) steps: i32,
}

/// How far before and after a number its context reaches, in characters (pii.md section 5).
const REACH_BEFORE: usize = 60;
const REACH_AFTER: usize = 20;
/// How far behind, when no other word is near: "4539… in the chat, isn't that a card number?"
const REACH_AFTER_ALONE: usize = 48;
/// How far before a number a word like "example" still speaks of it.
const REACH_TRIAL: usize = 40;

/// Weighs the context of a stretch. `own` names the value, `against` names other numbers.
pub(super) fn weigh(scene: &Scene<'_>, stretch: &Stretch<'_>, own: u16, against: u16) -> Weight {
    weigh_at(scene, stretch.from, stretch.to, own, against)
}

/// Whether a month and a year follow, as they stand on a card: "09/29", "9-2029".
fn is_expiry(view: &View, at: usize) -> bool {
    let from = view.run_end(at, 3, |ch| matches!(ch, ' ' | ',' | '|' | ';' | '\n'));
    let slash = view.run_end(from, 2, |ch| ch.is_ascii_digit());
    let end = view.run_end(slash + 1, 5, |ch| ch.is_ascii_digit());
    let month = view.text(from, slash).parse().is_ok_and(|month: u8| (1..=12).contains(&month));
    from > at && month && matches!(view.ch(slash), '/' | '-' | '|') && matches!(end - slash, 3 | 5)
}

/// Whether a sentence or a paragraph ends between two places. An abbreviation ends none, and a question is answered.
pub(super) fn is_parted(view: &View, from: usize, to: usize) -> bool {
    (from + 4..to).any(|at| match view.ch(at) {
        '.' | '!' => {
            let next = view.ch(at + 1);
            next == '\n' || next == ' ' && (1..=4).all(|by| view.back(at, by).is_alphabetic())
        }
        '\n' => view.ch(at + 1) == '\n',
        _ => false,
    })
}

/// Weighs the context of the cells `from..to`.
pub(super) fn weigh_at(scene: &Scene<'_>, from: usize, to: usize, own: u16, against: u16) -> Weight {
    let reach = REACH_BEFORE.max(LONGEST);
    let mine = scene.before(from, reach, own);
    let other = scene.before(from, reach, against).filter(|distance| !is_parted(&scene.view, from - distance, from));
    let detail = own & CARD != 0 && (is_expiry(&scene.view, to) || scene.after(to, REACH_AFTER, CARD_DETAIL));
    // Short cards collide with too much.
    let far = other.is_none() && (own & CARD == 0 || to - from > 15);
    let reach_after = if far { REACH_AFTER_ALONE } else { REACH_AFTER };
    let follows = own & (SSN | TAX) != 0 || other.is_none();
    let behind = detail || follows && scene.after(to, reach_after, own);
    let named = mine.is_some() || behind;
    let misnamed = match (mine, other) {
        (Some(mine), Some(other)) => other < mine,
        (None, Some(_)) => true,
        _ => false,
    };
    let trial = scene.before(from, REACH_TRIAL, super::keywords::TRIAL).is_some();
    let steps = i32::from(named) - i32::from(misnamed) - i32::from(trial) - i32::from(scene.in_fence(from));
    Weight { named, steps }
}
