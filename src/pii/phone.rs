//! Telephone numbers: with a country code anywhere, in the layouts of North America and of countries that dial a zero
//! first, or as any digits that a word announces.
//! Limit: one stretch of digits at a time; it knows lengths and layouts, not which numbers are in use. Countries,
//! layouts and their source are in [`super::phone_tables`].
//!
//! Levels: a country code, a word ("call", "тел.", "電話") or an extension makes it certain, a typical layout alone
//! likely. Words for other numbers, examples and code lower it by one. Bare digits without a word are no number.

use super::alloc::vec::Vec;
use super::fold::View;
use super::keywords::{ACCOUNT, BANK, CARD, OTHER, PHONE, ROUTING, SSN, TAX};
use super::numbers::{Edge, Gap, Group, Stretch, edge, is_parted, weigh};
use super::phone_tables::{EXTENSIONS, is_american, is_fiction, is_international, is_trunk_layout};
use super::scene::Scene;
use super::types::{Finding, Level, Rule, Why};

/// Fewest and most digits: a local number, and E.164's fifteen behind `00`.
const DIGITS: core::ops::RangeInclusive<usize> = 7..=17;
/// Most digits without a plus or zeros before the country code.
const LONGEST_NATIONAL: usize = 13;
/// Words for numbers that are no telephone's.
const AGAINST: u16 = OTHER | CARD | SSN | TAX | BANK | ROUTING | ACCOUNT;
/// How far before bare digits, and before grouped ones, the word for them may begin, and how far behind.
const NEAR: usize = 36;
const FAR: usize = 60;
const BEHIND: usize = 20;
/// Most digits of an extension, and most marks before and behind its word.
const EXTENSION: usize = 6;
const EXTENSION_GAP: usize = 2;
/// What stands before a number in a link that dials or writes to it.
const LINKS: &[&str] = &["wa.me/", "phone="];

/// What the digits look like.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    /// A plus and a country code.
    Plus,
    /// A layout that is used for little else.
    Typical,
    /// Telephone numbers look like this, and many others do.
    Plain,
}

/// Judges one stretch of digits.
pub(super) fn judge(scene: &Scene<'_>, stretch: &Stretch<'_>) -> Option<Finding> {
    let view = &scene.view;
    if !DIGITS.contains(&stretch.digits.len()) {
        return None;
    }
    let opening = Opening::of(view, stretch);
    let form = form(scene, stretch, &opening)?;
    if form != Form::Plus
        && (joins(stretch, stretch.gap_before(), stretch.before) || joins(stretch, stretch.gap_after(), stretch.after))
    {
        return None;
    }
    let extended = extension(view, stretch.to);
    let to = extended.unwrap_or(stretch.to);
    let whole = Stretch { from: opening.from, to, ..*stretch };
    let edge = if opening.linked { Edge::Named } else { edge(scene, &whole, PHONE) };
    if edge == Edge::Part {
        return None;
    }
    let weight = weigh(scene, &whole, PHONE, AGAINST);
    let sign = is_telephone_sign(view, opening.from);
    let named = weight.named || edge == Edge::Named || extended.is_some() || sign;
    if form == Form::Plain || scene.said || edge == Edge::Doubtful {
        // The word has to be nearer than any for another number.
        let apart = sign || edge == Edge::Named || extended.is_some();
        if !named || weight.steps < i32::from(weight.named) || !apart && !is_announced(scene, stretch, form) {
            return None;
        }
    }
    let fiction = stretch.digits.len() <= 11 && is_fiction(stretch.digits);
    let extra = i32::from(named && !weight.named);
    let steps = (1 + i32::from(form == Form::Plus) + weight.steps + extra).min(2);
    let level = if fiction || is_draw(stretch) { Level::Possible } else { Level::from_score(steps) };
    let why = match form {
        Form::Plus => Why::PhoneInternational,
        _ if named => Why::PhoneNamed,
        _ => Why::PhoneShaped,
    };
    let (start, end) = view.bytes(whole.from, whole.to);
    Some(Finding { rule: Rule::Phone, start, end, level, why })
}

/// Whether the words around announce these very digits, and nothing looks like a program or another sentence.
fn is_announced(scene: &Scene<'_>, stretch: &Stretch<'_>, form: Form) -> bool {
    let (view, from, to) = (&scene.view, stretch.from, stretch.to);
    let negative = view.back(from, 1) == '-' && matches!(view.back(from, 2), ' ' | '=');
    // Letters for digits turn many a name in a program into a number; words for digits do not.
    let spoken = view.cells().get(from..to).unwrap_or_default().iter().any(|cell| cell.end - cell.start > 1);
    if form == Form::Plain && (negative || scene.said && !spoken) {
        return false;
    }
    let bare = stretch.groups.len() == 1 && !is_dialable(stretch.digits);
    let before = scene.before(from, if bare { NEAR } else { FAR }, PHONE);
    match before.filter(|distance| !is_parted(view, from - distance, from)) {
        Some(distance) if bare => (from - distance..from).all(|at| !matches!(view.ch(at), '/' | ']' | '=' | '_' | '#')),
        Some(distance) if stretch.groups.len() == 1 => !is_constant(view, from - distance, from),
        Some(_) => true,
        None => {
            let end = view.run_end(to, BEHIND, |ch| !matches!(ch, '.' | ';' | '!' | '?' | '\n'));
            !bare && !stretch.is_shaped(&[5, 4]) && scene.after(to, end - to, PHONE)
        }
    }
}

/// Whether the word at `word` is part of a longer name of a program, or of a typed one, to which the digits are given:
/// `TX_RING = 2147483648`, `RING: u32 = 2147483648`.
fn is_constant(view: &View, word: usize, from: usize) -> bool {
    let given = view.back(from, 1) == ' ' && view.back(from, 2) == '=';
    given && (view.back(word, 1) == '_' || (word..from).any(|at| view.ch(at) == ':'))
}

/// Whether the digits were dialled: a plus or a word for telephones is right before them, so they are no card.
pub(super) fn is_dialled(scene: &Scene<'_>, stretch: &Stretch<'_>) -> bool {
    stretch.digits.len() <= 15
        && (Opening::of(&scene.view, stretch).plus
            || scene.before(stretch.from, 12, PHONE).is_some() && scene.before(stretch.from, 12, CARD).is_none())
}

/// What stands at the front of a number.
struct Opening {
    /// The first cell, with the plus and the bracket that belong to it.
    from: usize,
    plus: bool,
    /// The first group stands in brackets.
    bracket: bool,
    /// It is the target of a link.
    linked: bool,
}

impl Opening {
    fn of(view: &View, stretch: &Stretch<'_>) -> Self {
        let mut from = stretch.from;
        let first_end = stretch.groups.first().map_or(from, |group| group.to);
        let closed = (first_end..stretch.to).any(|at| view.ch(at) == ')');
        let bracket = closed && view.back(from, 1) == '(';
        from -= usize::from(bracket);
        let apart = usize::from(view.back(from, 1) == ' ');
        let plus = view.back(from, 1 + apart) == '+' && !view.back(from, 2 + apart).is_ascii_alphanumeric();
        if plus {
            from -= 1 + apart;
            from -= usize::from(closed && !bracket && view.back(from, 1) == '(');
        }
        let linked = LINKS.iter().any(|link| from.checked_sub(link.len()).is_some_and(|at| view.spells(at, link)));
        Self { from, plus, bracket: bracket && view.ch(first_end) == ')', linked }
    }
}

fn form(scene: &Scene<'_>, stretch: &Stretch<'_>, opening: &Opening) -> Option<Form> {
    let view = &scene.view;
    let (digits, groups) = (stretch.digits, stretch.groups);
    let inner = groups.iter().zip(groups.iter().skip(1));
    if groups.len() == 2 && stretch.gaps().any(|gap| gap == Gap::Dot)
        || !inner.clone().all(|(one, other)| is_inner_gap(view, one, other) || is_pause(scene, other))
            && !is_marked(stretch)
    {
        return None;
    }
    // A dot never parts a number that anything else parts: that is a version, a date or a sum.
    let dots = stretch.gaps().filter(|gap| *gap == Gap::Dot).count();
    if dots > 0 && dots + 1 < groups.len() {
        return None;
    }
    if (opening.plus || opening.linked) && is_international(digits) {
        return Some(Form::Plus);
    }
    if is_other(stretch) || opening.plus && !digits.starts_with(&[0]) {
        return None;
    }
    // Single digits stand in front, or everywhere.
    let single = groups.iter().skip(1).filter(|group| group.len() == 1).count();
    let uneven = single > 0 && groups.iter().any(|group| group.len() > 1);
    if digits.len() > LONGEST_NATIONAL && !digits.starts_with(&[0, 0]) || uneven && !opening.plus {
        return None;
    }
    let usual = inner.clone().all(|(one, other)| is_inner_gap(view, one, other));
    Some(if usual && is_typical(stretch, opening) { Form::Typical } else { Form::Plain })
}

/// The layouts that are believed without a word.
fn is_typical(stretch: &Stretch<'_>, opening: &Opening) -> bool {
    let digits = stretch.digits;
    let wide = stretch.gaps().filter(|gap| *gap == Gap::Wide).count();
    if stretch.groups.len() < 2 || wide > 0 && wide + 1 < stretch.groups.len() {
        return false;
    }
    // One digit a group: 334 for three, three and four.
    let lengths = stretch
        .groups
        .iter()
        .fold(0_u32, |all, group| all.wrapping_mul(10).wrapping_add(u32::try_from(group.len()).unwrap_or(0)));
    match digits {
        [0, 0, rest @ ..] => is_international(rest) && stretch.gaps().all(|gap| gap != Gap::Dot),
        [0, ..] => is_trunk_layout(lengths) || opening.bracket && (9..=11).contains(&digits.len()),
        // China's mobile numbers; Russia's long distance.
        [1, 3..=9, ..] if lengths == 344 => true,
        [8, 0 | 3 | 4 | 7..=9, ..] if matches!(lengths, 13322 | 1334) => true,
        [1, rest @ ..] if lengths == 1334 => is_american(rest),
        _ if lengths == 334 || opening.bracket && lengths == 37 => is_american(digits),
        _ => opening.bracket && matches!(lengths, 144 | 254 | 244 | 3322 | 38 | 28),
    }
}

/// Ten or eleven digits that can be dialled as they stand: North American, or with the zero for long distance.
fn is_dialable(digits: &[u8]) -> bool {
    match digits {
        [0, 1..=9, ..] => (9..=11).contains(&digits.len()),
        [0, 0, rest @ ..] => is_international(rest),
        [1, rest @ ..] => is_american(rest),
        _ => is_american(digits),
    }
}

/// What may stand between two groups: one space, dash, dot or slash, two spaces, brackets.
fn is_inner_gap(view: &View, one: &Group, other: &Group) -> bool {
    match other.gap {
        Gap::Space | Gap::Dash | Gap::Dot | Gap::Wide | Gap::Mark('/' | '(' | ')') => true,
        Gap::Loose => {
            let marks = (one.to..other.from).map(|at| view.ch(at));
            marks.clone().any(|ch| matches!(ch, '(' | ')' | '/'))
                && marks.clone().all(|ch| matches!(ch, '(' | ')' | ' ' | '-' | '/'))
        }
        _ => false,
    }
}

/// A comma or a line break between digits that are written as words.
fn is_pause(scene: &Scene<'_>, group: &Group) -> bool {
    scene.said && matches!(group.gap, Gap::List | Gap::Line)
}

/// One uncommon mark between all groups.
fn is_marked(stretch: &Stretch<'_>) -> bool {
    let first = stretch.gaps().next();
    matches!(first, Some(Gap::Mark('_' | '*' | '|' | '~'))) && stretch.gaps().all(|gap| Some(gap) == first)
}

/// Dates, spans of years, Social Security numbers, Brazilian postal codes, one digit over and over, and ones and zeros.
fn is_other(stretch: &Stretch<'_>) -> bool {
    let digits = stretch.digits;
    let year = |digits: &[u8]| matches!(digits, [1, 9, _, _] | [2, 0, _, _]);
    let month_day = |digits: &[u8]| matches!(digits, [0, 1..=9, 0..=3, _] | [1, 0..=2, 0..=3, _]);
    let halves = digits.split_at_checked(4).filter(|_| digits.len() == 8 && !stretch.is_shaped(&[2; 4]));
    let dated = halves.is_some_and(|(head, tail)| {
        year(head) && (year(tail) || month_day(tail)) || year(tail) && stretch.is_shaped(&[2, 2, 4])
    });
    dated
        || stretch.is_shaped(&[3, 2, 4])
        || stretch.is_shaped(&[5, 3])
        || digits.iter().all(|digit| digits.first() == Some(digit) || *digit < 2)
}

/// Five rising numbers below sixty: a draw, not a number in pairs.
fn is_draw(stretch: &Stretch<'_>) -> bool {
    let digits = stretch.digits;
    let pairs: Vec<&[u8]> = digits.chunks(2).collect();
    stretch.is_shaped(&[2; 5])
        && pairs.is_sorted()
        && pairs.last().and_then(|pair| pair.first()).is_some_and(|tens| *tens < 6)
}

/// Whether the digits beyond a gap belong to the same number.
fn joins(stretch: &Stretch<'_>, gap: Gap, beside: Option<&Group>) -> bool {
    match gap {
        Gap::Open | Gap::Line | Gap::List | Gap::Loose | Gap::Wide | Gap::Mark(')') => false,
        Gap::Space if stretch.groups.len() == 1 => beside.is_some_and(|group| group.len() < *DIGITS.start()),
        Gap::Space | Gap::Mark(',' | '|' | '/') => stretch.gaps().any(|inner| inner == gap),
        Gap::Dash | Gap::Dot | Gap::Mark(_) => true,
    }
}

/// The end of an extension that begins at `at`: "ext. 12", "x12", "доб. 12".
fn extension(view: &View, at: usize) -> Option<usize> {
    let word = view.run_end(at, EXTENSION_GAP, |ch| matches!(ch, ' ' | ',' | ';' | '(' | '-'));
    let known = EXTENSIONS.iter().find(|known| view.spells(word, known))?;
    let behind = word + known.chars().count();
    let from = view.run_end(behind, EXTENSION_GAP, |ch| matches!(ch, ' ' | '.' | ':'));
    let to = view.run_end(from, EXTENSION + 1, |ch| ch.is_ascii_digit());
    ((1..=EXTENSION).contains(&(to - from)) && !view.ch(to).is_ascii_alphanumeric()).then_some(to)
}

/// A picture of a telephone right before the number.
fn is_telephone_sign(view: &View, at: usize) -> bool {
    (1..=3).any(|by| matches!(view.back(at, by), '☎' | '☏' | '✆' | '📞' | '📱' | '📲'))
}
