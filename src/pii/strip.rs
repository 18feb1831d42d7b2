//! The view without markup: what a reader sees of `4539**1488**` or `anna<b></b>@…`.
//! Limit: removes inline marks and tags between characters; it does not parse Markdown or HTML.

use super::alloc::vec::Vec;
use super::anchors::Run;
use super::classes::MARKUP;
use super::fold::View;

/// How far the end of a tag or comment is looked for.
const MAX_TAG: usize = 120;

/// Tags that do not break a word. Other tags, `br` for one, read as a line break when they stand in the text.
const INLINE: &[&str] = &[
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "center", "cite", "code", "data", "del", "dfn", "em", "font",
    "i", "ins", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "time",
    "tt", "u", "var", "wbr",
];
const BREAKING: &[&str] = &["br", "div", "hr", "li", "p", "td", "th", "tr"];

/// What stands at a place of the view.
enum Mark {
    /// Markup up to here that leaves nothing behind.
    Gone(usize),
    /// Markup up to here that reads as a line break.
    Break(usize),
    Text,
}

/// The view with inline markup removed, anchored as `view` is, or nothing when there is none.
pub(super) fn without_markup(view: &View) -> Option<View> {
    let mut out = View::default();
    let mut runs = Vec::new();
    let (mut kept, mut at) = (0, 0);
    while let Some(found) = view.next_of(at, MARKUP) {
        at = found;
        let (end, line_break) = match mark(view, at) {
            Mark::Text => {
                at += 1;
                continue;
            }
            Mark::Gone(end) => (end, None),
            Mark::Break(end) => (end, view.cells().get(at).zip(view.cells().get(end - 1))),
        };
        if kept == 0 {
            out = View::with_capacity(view.len());
        }
        runs.push(Run { old: kept..at, new: out.len() });
        out.append(view, kept, at);
        if let Some((first, last)) = line_break {
            out.push('\n', first.start as usize, last.end as usize);
        }
        at = end;
        kept = end;
    }
    if kept == 0 {
        return None;
    }
    runs.push(Run { old: kept..view.len(), new: out.len() });
    out.append(view, kept, view.len());
    Some(out.anchored_by(view, &runs))
}

fn mark(view: &View, at: usize) -> Mark {
    match view.ch(at) {
        // Three stars and more cover something: "j***@…".
        '*' if view.spells(at, "***")
            || view.spells(at.wrapping_sub(1), "***")
            || view.back(at, 1) == '*' && view.back(at, 2) == '*' =>
        {
            Mark::Text
        }
        '*' | '`' => Mark::Gone(at + 1),
        // Before a letter it is no escape of Markdown but one of a programming language, such as a line break.
        '\\' if !view.ch(at + 1).is_alphabetic() => Mark::Gone(at + 1),
        ch @ ('~' | '|') if view.ch(at + 1) == ch => Mark::Gone(at + 2),
        '<' if view.spells(at + 1, "!--") => comment(view, at),
        '<' => tag(view, at),
        _ => Mark::Text,
    }
}

fn comment(view: &View, at: usize) -> Mark {
    let stop = view.len().min(at + MAX_TAG);
    (at + 4..stop)
        .find(|&i| view.ch(i) == '>' && view.back(i, 1) == '-' && view.back(i, 2) == '-')
        .map_or(Mark::Text, |i| Mark::Gone(i + 1))
}

fn tag(view: &View, at: usize) -> Mark {
    let name_start = at + 1 + usize::from(view.ch(at + 1) == '/');
    let name_end = view.run_end(name_start, 10, |ch| ch.is_ascii_lowercase());
    if name_end == name_start {
        return Mark::Text;
    }
    let close = view.run_end(name_end, MAX_TAG, |ch| !matches!(ch, '<' | '>'));
    if view.ch(close) != '>' || !matches!(view.ch(name_end), ' ' | '>' | '/' | '\n') {
        return Mark::Text;
    }
    let name = view.text(name_start, name_end);
    if INLINE.binary_search(&name.as_str()).is_ok() {
        Mark::Gone(close + 1)
    } else if BREAKING.binary_search(&name.as_str()).is_ok() {
        Mark::Break(close + 1)
    } else {
        Mark::Text
    }
}
