//! E-mail addresses around an `@`: the local part before it and the domain after it, plain or folded from disguise.
//! Limit: values written as one piece; spaced and spelled-out ones are the duty of [`super::spelled`].
//! Sizes: local part at most 64 octets, domain 255, label 63 (RFC 5321 section 4.5.3.1, RFC 1035).

use super::alloc::{borrow::ToOwned, string::String, vec::Vec};
use super::anchors::MAIL as MAIL_SIGN;
use super::domain;
use super::fold::{NONE, View};
use super::fold_tables::look_alike;
use super::keywords::TRIAL;
use super::scene::Scene;
use super::small::{holds, places};
use super::spaced;
use super::spelled;
use super::types::{Finding, Level, Rule, Why};

const MAX_LOCAL: usize = 64;
const MAX_DOMAIN: usize = 255;
const MAX_LABEL: usize = 63;
/// How far back a header name or a web address is looked for.
const REACH: usize = 300;
/// What stands before the identifier of a message or of a part of one (RFC 5322 section 3.6.4, RFC 2392).
const HEADERS: &[&str] = &[
    "message-id",
    "messageid",
    "message_id",
    "references:",
    "in-reply-to",
    "content-id",
    "cid:",
    "mid:",
    "uid:",
    "news:",
    "msgid",
    "x-gm-message-state:",
];

/// What an `@` turned out to be.
enum Reading {
    Address(Finding),
    /// An address in form that belongs to no person.
    Suppressed,
    /// No address in one piece.
    Nothing,
}

/// Finds the addresses of a view, spelled-out ones included.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Finding>) {
    for at in scene.view.anchors(MAIL_SIGN) {
        match scene.view.ch(at) {
            '@' => match read(scene, at) {
                Reading::Address(finding) => out.push(finding),
                Reading::Nothing => out.extend(spelled::read(scene, at).or_else(|| spaced::read(scene, at))),
                Reading::Suppressed => {}
            },
            ch if spelled::may_begin(&scene.view, at, ch) => out.extend(spelled::read(scene, at)),
            _ => {}
        }
    }
}

fn read(scene: &Scene<'_>, at: usize) -> Reading {
    let view = &scene.view;
    let Some(host) = domain_after(view, at + 1) else { return Reading::Nothing };
    if host.unreachable {
        return Reading::Suppressed;
    }
    let Some(from) = local_before(view, at) else { return Reading::Nothing };
    let Some(from) = trim_emphasis(view, from, host.end) else { return Reading::Suppressed };
    let local = view.text(from, at);
    let is_other = is_drawn(view, from, at)
        || domain::is_nobody(&host.labels)
        || domain::is_filler(&local, &host.labels)
        || is_github_noreply(&local, &host.labels)
        || is_other_before(view, from)
        || is_other_after(view, host.end)
        || is_header_or_shell(view, from);
    if is_other {
        return Reading::Suppressed;
    }
    let disguised = host.disguised || is_disguised(view, from, host.end);
    let doubts = i32::from(disguised)
        + i32::from(host.cut)
        + i32::from(scene.in_fence(at))
        + i32::from(scene.before(from, 40, TRIAL).is_some());
    let level = if doubts > 0 { Level::Likely } else { Level::Certain };
    let why = if disguised { Why::EmailDisguised } else { Why::EmailAddress };
    let (start, end) = view.bytes(from, host.end);
    Reading::Address(Finding { rule: Rule::Email, start, end, level, why })
}

/// A domain read from the text.
pub(super) struct Host {
    pub(super) labels: Vec<String>,
    pub(super) end: usize,
    /// Foreign letters were read as Latin ones.
    disguised: bool,
    /// Text that runs on behind the ending was cut off.
    cut: bool,
    /// It ends in a reserved name.
    unreachable: bool,
}

/// The domain that begins at `from`: the longest that has a dot and a known ending.
fn domain_after(view: &View, from: usize) -> Option<Host> {
    let labels = label_ranges(view, from);
    let last = labels.len().checked_sub(1)?;
    for count in (1..=last).rev() {
        let (start, end) = *labels.get(count)?;
        let Some(found) = ending(view, start, end) else {
            if count == last && domain::is_reserved_ending(&view.text(start, end)) {
                return Some(Host { labels: Vec::new(), end, disguised: false, cut: false, unreachable: true });
            }
            continue;
        };
        let mut names: Vec<String> = labels.iter().take(count).map(|&(a, b)| latin(&view.text(a, b))).collect();
        names.push(found.name);
        let disguised = found.disguised || labels.iter().take(count).any(|&(a, b)| is_mixed(view, a, b));
        return Some(Host { labels: names, end: found.end, disguised, cut: count < last, unreachable: false });
    }
    None
}

/// The stretches between dots, as far as they can be labels.
fn label_ranges(view: &View, from: usize) -> Vec<(usize, usize)> {
    let mut ranges = Vec::new();
    let mut at = from;
    while at - from <= MAX_DOMAIN {
        let end = view.run_end(at, MAX_LABEL + 1, |ch| ch.is_alphanumeric() || ch == '-');
        let trimmed = view.run_start(end, MAX_LABEL, |ch| ch == '-').max(at);
        if trimmed == at || end - at > MAX_LABEL || view.ch(at) == '-' {
            break;
        }
        ranges.push((at, trimmed));
        if trimmed < end || view.ch(end) != '.' {
            break;
        }
        at = end + 1;
    }
    ranges
}

/// A known ending at the start of a label.
pub(super) struct Ending {
    pub(super) name: String,
    pub(super) end: usize,
    disguised: bool,
}

/// Reads the label `from..to` as a top-level domain: as it is, with look-alikes read as Latin, or up to the place
/// where the script changes ("…@qq.com谢谢").
pub(super) fn ending(view: &View, from: usize, to: usize) -> Option<Ending> {
    let name = view.text(from, to);
    if domain::is_ending(&name) {
        return Some(Ending { name, end: to, disguised: false });
    }
    if name.is_ascii() {
        return None;
    }
    let read = latin(&name);
    if domain::is_ending(&read) {
        return Some(Ending { name: read, end: to, disguised: true });
    }
    let first = script(view.ch(from));
    let end = view.run_end(from, to - from, |ch| script(ch) == first || script(ch) == Script::Any);
    let name = view.text(from, end);
    (end < to && domain::is_ending(&name)).then_some(Ending { name, end, disguised: false })
}

/// The name with look-alikes of Latin letters read as those, if nothing else foreign is in it.
pub(super) fn latin(name: &str) -> String {
    if name.is_ascii() {
        return name.to_owned();
    }
    let read: String = name.chars().map(|ch| look_alike(ch).unwrap_or(ch)).collect();
    if read.is_ascii() { read } else { name.to_owned() }
}

/// Whether Latin letters and look-alikes of them stand in one word.
fn is_mixed(view: &View, from: usize, to: usize) -> bool {
    let cells = view.cells().get(from..to).unwrap_or_default();
    cells.iter().any(|cell| cell.ch.is_ascii_alphabetic()) && cells.iter().any(|cell| look_alike(cell.ch).is_some())
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Script {
    /// Digits and marks, which go with every script.
    Any,
    Latin,
    Greek,
    Cyrillic,
    Han,
    Kana,
    Hangul,
    Other,
}

pub(super) fn script(ch: char) -> Script {
    match u32::from(ch) {
        _ if !ch.is_alphabetic() => Script::Any,
        0..=0x24F | 0x1E00..=0x1EFF => Script::Latin,
        0x370..=0x3FF | 0x1F00..=0x1FFF => Script::Greek,
        0x400..=0x52F => Script::Cyrillic,
        0x3040..=0x30FF | 0x31F0..=0x31FF => Script::Kana,
        0x2E80..=0x2FFF | 0x3005..=0x3007 | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Script::Han,
        0x1100..=0x11FF | 0x3130..=0x318F | 0xAC00..=0xD7FF => Script::Hangul,
        _ => Script::Other,
    }
}

/// The start of the local part that ends before `at`.
pub(super) fn local_before(view: &View, at: usize) -> Option<usize> {
    if view.back(at, 1) == '"' {
        let inner = view.run_start(at - 1, MAX_LOCAL, |ch| !matches!(ch, '"' | '\n' | NONE));
        return (inner < at - 1 && view.back(inner, 1) == '"').then(|| inner - 1);
    }
    let end = before_insert(view, at);
    let mut start = end;
    let mut own = Script::Any;
    while at - start <= MAX_LOCAL {
        let ch = view.back(start, 1);
        // "page=sam@…" names a value; "sam12=lists@…" is one.
        let joins = ch == '=' && (2..=3).all(|by| view.back(start, by).is_ascii_digit());
        let marks = joins || matches!(ch, '.' | '_' | '+' | '-' | '\'' | '%' | '&');
        let here = script(ch);
        // Digits go with the Latin sign behind them, not with a word of a script without spaces before them.
        let glued = own == Script::Any && end - start > 4 && ch > '\u{2E7F}';
        if !ch.is_alphanumeric() && !marks || ch == '.' && view.ch(start) == '.' || glued {
            break;
        }
        let latin = |kind, ch| kind == Script::Latin || look_alike(ch).is_some();
        if own != Script::Any
            && here != Script::Any
            && here != own
            && !(latin(here, ch) && matches!(own, Script::Latin | Script::Cyrillic | Script::Greek))
        {
            break;
        }
        if own == Script::Any || here == Script::Latin {
            own = here;
        }
        start -= 1;
    }
    let length = view.text(start, at).len();
    while start < at && !view.ch(start).is_alphanumeric() && view.ch(start) != '_' {
        start += 1;
    }
    let has_letter = (start..at).any(|i| view.ch(i).is_alphanumeric());
    (has_letter && length <= MAX_LOCAL).then_some(start)
}

/// The place before a word in brackets that ends before `at`, put there against programs: "sam[NOSPAM]@…".
fn before_insert(view: &View, at: usize) -> usize {
    let inner = view.run_start(at.saturating_sub(1), 12, |ch| ch.is_ascii_alphabetic() || matches!(ch, '-' | ' '));
    let closed = matches!((view.back(inner, 1), view.back(at, 1)), ('[', ']') | ('(', ')') | ('{', '}'));
    if closed && at - inner > 4 && view.back(inner, 2).is_alphanumeric() { inner - 1 } else { at }
}

/// Underscores around the whole are emphasis; an underscore behind it alone makes it part of a longer name.
fn trim_emphasis(view: &View, from: usize, end: usize) -> Option<usize> {
    if view.ch(end) != '_' {
        return Some(from);
    }
    let inner = view.run_end(from, 3, |ch| ch == '_');
    (inner > from || !view.ch(end + 1).is_alphanumeric()).then_some(inner)
}

/// Whether the local part is an identifier that a program made: long, and its kinds of characters change often, or
/// numbers between dots; or somebody put x over it.
fn is_drawn(view: &View, from: usize, at: usize) -> bool {
    let keys = view.keys().get(from..at).unwrap_or_default();
    let turns = keys.iter().zip(keys.iter().skip(1)).filter(|(one, next)| {
        one.is_ascii_alphanumeric()
            && next.is_ascii_alphanumeric()
            && (one.is_ascii_digit() != next.is_ascii_digit() || one.is_ascii_lowercase() && next.is_ascii_uppercase())
    });
    let all = |wanted: fn(&u8) -> bool| keys.iter().all(wanted);
    keys.len() >= 12 && turns.count() > 5
        || keys.contains(&b'.') && all(|key| key.is_ascii_digit() || *key == b'.')
        || keys.len() > 2 && all(|key| *key == b'x')
}

fn is_github_noreply(local: &str, labels: &[String]) -> bool {
    labels.join(".") == "users.noreply.github.com" || (local == "notifications" && labels.join(".") == "github.com")
}

/// Whether what stands before the local part makes it a handle, a login of a web address or a template.
pub(super) fn is_other_before(view: &View, from: usize) -> bool {
    let (one, two) = (view.back(from, 1), view.back(from, 2));
    match one {
        '@' | '%' | '$' | '{' | '#' => return true,
        '!' if !two.is_alphanumeric() => return true,
        // The shown end of a masked name.
        '*' if two == '*' && view.back(from, 3) == '*' => return true,
        _ => {}
    }
    let start = view.run_start(from, REACH, |ch| !matches!(ch, ' ' | '\n' | '"' | '<' | '(' | NONE));
    let token = view.text(start, from);
    if token.ends_with("acct:") {
        return true;
    }
    let Some(scheme) = places(&token, "://").next() else {
        return one == '/' && !token.contains('@') && !token.trim_end_matches('/').ends_with("mail");
    };
    let inside = token.get(scheme + 3..).unwrap_or_default();
    // In a query the address is data; before the first slash it is a login, in the path an identifier.
    !(inside.contains(['?', '#', '=']) || token.starts_with("mailto"))
}

/// Whether what follows makes it a remote path, a call or a longer handle.
fn is_other_after(view: &View, end: usize) -> bool {
    match view.ch(end) {
        '(' => !matches!(view.ch(end + 1), ' '),
        '@' => true,
        ':' => {
            let stop = view.run_end(end + 1, REACH, |ch| !matches!(ch, ' ' | '\n' | NONE));
            let rest = view.text(end + 1, stop);
            rest.starts_with(['~', '/']) && !rest.starts_with("//")
                || rest.contains('/') && !holds(&rest, "://")
                || rest.rsplit('.').next() == Some("git")
        }
        _ => false,
    }
}

/// Headers whose values have the form of an address, and commands that log in somewhere.
fn is_header_or_shell(view: &View, from: usize) -> bool {
    let mut start = from;
    for _ in 0..REACH {
        let ch = view.back(start, 1);
        // A folded header goes on in a line that begins with white space.
        if ch == NONE || ch == '\n' && view.ch(start) != ' ' {
            break;
        }
        start -= 1;
    }
    let line = view.text(start, from);
    let line = line.trim_start();
    // Behind the name come identifiers and nothing else.
    let header = HEADERS.iter().any(|name| {
        places(line, name).next_back().is_some_and(|at| {
            let ids =
                line.get(at + name.len()..).unwrap_or_default().trim_start_matches(['"', '\'', ':', '=', ' ', '|']);
            !ids.contains(':')
                && ids.split_whitespace().all(|id| id.starts_with('<') || !id.ends_with(char::is_alphanumeric))
        })
    });
    let last = line.rsplit('\n').next().unwrap_or(line).trim_start().trim_start_matches(['$', '#', ' ']);
    let shell = ["ssh ", "scp ", "sftp ", "rsync ", "mosh ", "ssh-copy-id "].iter().any(|command| {
        last.starts_with(command)
            || places(last, command).next_back().is_some_and(|found| {
                last.get(..found).is_some_and(|before| before.ends_with([' ', '\t']) && last.len() - found <= 60)
            })
    });
    header || shell
}

/// Whether the typed characters differ from what they read as, other than in case.
pub(super) fn is_disguised(view: &View, from: usize, to: usize) -> bool {
    let cells = view.cells().get(from..to).unwrap_or_default();
    let coded = cells.iter().any(|cell| (cell.end - cell.start) as usize != cell.ch.len_utf8());
    let spread = cells.iter().zip(cells.iter().skip(1)).any(|(cell, next)| cell.end != next.start);
    coded || spread || is_mixed(view, from, to)
}
