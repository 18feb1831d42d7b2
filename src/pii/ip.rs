//! Addresses of the Internet Protocol, version 4 and 6, that belong to somebody: global unicast only.
//! Limit: the address itself; port, network length and brackets stay outside. Four numbers between dots are as often a
//! version, so the level is at most likely.
//!
//! Sources: IANA IPv4 and IPv6 Special-Purpose Address Registries (RFC 6890, RFC 9637); the resolvers are those that
//! their operators publish.

use super::alloc::vec::Vec;
use super::fold::View;
use super::keywords::{NET, RELEASE, TRIAL};
use super::numbers::{Gap, Group};
use super::scene::Scene;
use super::types::{Finding, Level, Rule, Why};

/// How far before an address a word for it, or for a version, may begin.
const REACH: usize = 60;
const REACH_RELEASE: usize = 24;
/// How far around an address signs of a log are looked for.
const LINE: usize = 160;

/// Networks that belong to nobody: first address and length of the prefix.
const RESERVED: &[(u32, u32)] = &[
    (0x0000_0000, 8),
    (0x0A00_0000, 8),
    (0x6440_0000, 10),
    (0x7F00_0000, 8),
    (0xA9FE_0000, 16),
    (0xAC10_0000, 12),
    (0xC000_0000, 24),
    (0xC000_0200, 24),
    (0xC058_6300, 24),
    (0xC0A8_0000, 16),
    (0xC612_0000, 15),
    (0xC633_6400, 24),
    (0xCB00_7100, 24),
    (0xE000_0000, 3),
];

/// Public resolvers, which everybody names: Google, Cloudflare, Quad9, OpenDNS, Level 3, AdGuard, Yandex, AliDNS, 114DNS,
/// DNSPod.
const RESOLVERS: &[[u8; 4]] = &[
    [8, 8, 8, 8],
    [8, 8, 4, 4],
    [1, 1, 1, 1],
    [1, 0, 0, 1],
    [9, 9, 9, 9],
    [149, 112, 112, 112],
    [208, 67, 222, 222],
    [208, 67, 220, 220],
    [4, 2, 2, 1],
    [4, 2, 2, 2],
    [94, 140, 14, 14],
    [77, 88, 8, 8],
    [223, 5, 5, 5],
    [114, 114, 114, 114],
    [119, 29, 29, 29],
];

/// Finds the addresses of version 4 in a chain of digit groups.
pub(super) fn find_v4(scene: &Scene<'_>, chain: &[Group], out: &mut Vec<Finding>) {
    for (first, groups) in chain.windows(4).enumerate() {
        let view = &scene.view;
        let [one, inner @ ..] = groups else { continue };
        let dotted = |group: &Group, end: usize| group.gap == Gap::Dot || is_bracketed_dot(view, end, group.from);
        let ends = groups.iter().map(|group| group.to);
        if !inner.iter().zip(ends).all(|(group, end)| dotted(group, end)) {
            continue;
        }
        let before = first.checked_sub(1).and_then(|at| chain.get(at));
        let after = chain.get(first + 4);
        let to = groups.last().map_or(one.to, |group| group.to);
        let joined = before.is_some_and(|group| dotted(one, group.to)) || after.is_some_and(|group| dotted(group, to));
        let Some(octets) = octets(view, groups) else { continue };
        if !joined && !is_reserved(octets) && stands_alone(view, one.from, to) {
            out.push(finding(scene, one.from, to, look(octets)));
        }
    }
}

/// A dot in brackets, as addresses are written that nobody should follow: "203[.]0[.]114[.]7".
fn is_bracketed_dot(view: &View, from: usize, to: usize) -> bool {
    to - from == 3 && (view.spells(from, "[.]") || view.spells(from, "(.)"))
}

fn octets(view: &View, groups: &[Group]) -> Option<[u8; 4]> {
    let mut octets = [0; 4];
    for (slot, group) in octets.iter_mut().zip(groups) {
        // A leading zero is the mark of another kind of number.
        if group.len() > 3 || group.len() > 1 && view.ch(group.from) == '0' {
            return None;
        }
        *slot = view.text(group.from, group.to).parse().ok()?;
    }
    Some(octets)
}

fn is_reserved(octets: [u8; 4]) -> bool {
    let address = u32::from_be_bytes(octets);
    RESERVED.iter().any(|(network, length)| (address ^ network) >> (32 - length) == 0)
}

/// What the numbers themselves say.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    /// A resolver, or an illustration such as 1.2.3.4.
    Public,
    /// A version or an object identifier more often than an address.
    Version,
    Address,
}

fn look(octets: [u8; 4]) -> Look {
    let [a, b, c, d] = octets;
    let counting = b == a.wrapping_add(1) && c == b.wrapping_add(1) && d == c.wrapping_add(1);
    let count = |wanted: fn(u8) -> bool| octets.iter().filter(|octet| wanted(**octet)).count();
    let small = count(|octet| octet < 10) >= 3 || count(|octet| octet < 32) == 4;
    if RESOLVERS.contains(&octets) || counting || (a, b, c) == (d, d, d) {
        Look::Public
    } else if small
        || matches!((a, b), (1, 2 | 3) | (2, 5))
        || a < 10 && count(|octet| octet > 99) < 2
        || (c, d) == (0, 0)
    {
        Look::Version
    } else {
        Look::Address
    }
}

/// Whether nothing beside makes it a part of a name, a version or a path.
fn stands_alone(view: &View, from: usize, to: usize) -> bool {
    let (before, after, next) = (view.back(from, 1), view.ch(to), view.ch(to + 1));
    let name = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    let open = match before {
        // A range goes from one address to another.
        '-' => view.back(from, 2).is_ascii_digit(),
        '.' | '+' | '~' | '$' | '%' | '^' | '§' => false,
        // In a web address it is the host, or a part of a path.
        '/' => view.back(from, 2) == '/',
        ch => !name(ch),
    };
    let closed = match after {
        '.' | '-' | '+' | '~' => !name(next) || after == '-' && next.is_ascii_digit(),
        '%' | '(' => false,
        ch => !name(ch),
    };
    open && closed
}

fn finding(scene: &Scene<'_>, from: usize, to: usize, look: Look) -> Finding {
    let named = scene.before(from, REACH, NET);
    let release = scene.before(from, REACH_RELEASE, RELEASE);
    let misnamed = release.is_some_and(|release| named.is_none_or(|named| release < named));
    let unlikely = look == Look::Public
        || look == Look::Version && named.is_none()
        || misnamed
        || named.is_none() && scene.in_fence(from)
        || scene.before(from, REACH_RELEASE, TRIAL).is_some()
        || named.is_none() && is_log(&scene.view, from, to);
    let (start, end) = scene.view.bytes(from, to);
    let level = if unlikely { Level::Possible } else { Level::Likely };
    Finding { rule: Rule::Ip, start, end, level, why: Why::IpGlobal }
}

/// Whether the line reads like a program's: a time of day with seconds, the dashes of a web server, or the address as
/// a value between quotes.
fn is_log(view: &View, from: usize, to: usize) -> bool {
    let start = view.run_start(from, LINE, |ch| ch != '\n' && ch != '\0');
    let end = view.run_end(to, LINE, |ch| ch != '\n');
    let line = view.cells().get(start..end).unwrap_or_default();
    let timed = line.windows(8).any(|cells| {
        cells.iter().enumerate().all(|(at, cell)| if at % 3 == 2 { cell.ch == ':' } else { cell.ch.is_ascii_digit() })
    });
    let quoted = matches!(view.back(from, 1), '"' | '\'') && matches!(view.ch(to), '"' | '\'');
    let code = matches!(view.back(from, 2), '=' | '(' | '[' | ':' | ',')
        || matches!(view.ch(to + 1), ',' | ';' | ')' | ']' | '}');
    timed || view.spells(to, " - ") && matches!(view.ch(to + 3), '-' | '[') || quoted && code
}

/// Reads the address of version 6 whose first group begins at `at`. Global addresses begin with 2 or 3 and four digits
/// (2000::/3).
pub(super) fn find_v6(scene: &Scene<'_>, at: usize, out: &mut Vec<Finding>) {
    let view = &scene.view;
    let before = view.back(at, 1);
    if view.ch(at + 4) != ':'
        || !matches!(view.ch(at), '2' | '3')
        || before.is_ascii_alphanumeric()
        || matches!(before, ':' | '_' | '.' | '-')
    {
        return;
    }
    let Some((segments, count, to)) = groups(view, at) else { return };
    let after = view.ch(to);
    let goes_on = after.is_ascii_alphanumeric()
        || matches!(after, '_' | ':') && view.ch(to + 1).is_ascii_alphanumeric()
        || after == '.' && view.ch(to + 1).is_ascii_alphanumeric();
    if !goes_on && (0x2000..0x4000).contains(&segments[0]) && !is_reserved_v6(segments) {
        let look = match count {
            _ if is_resolver_v6(segments) => Look::Public,
            ..3 => Look::Version,
            _ => Look::Address,
        };
        out.push(finding(scene, at, to, look));
    }
}

/// The first groups, the number of all that are written, and the place behind the last (RFC 4291 section 2.2): eight of
/// one to four digits, or fewer and one `::`.
fn groups(view: &View, from: usize) -> Option<([u32; 3], usize, usize)> {
    let mut segments = [0; 3];
    let (mut count, mut at, mut gap) = (0, from, false);
    loop {
        let end = view.run_end(at, 5, |ch| ch.is_ascii_hexdigit());
        if end == at || end - at > 4 {
            // Only `::` may stand at the end.
            break;
        }
        let value = (at..end).fold(0, |value, at| value * 16 + view.ch(at).to_digit(16).unwrap_or(0));
        if let Some(slot) = segments.get_mut(count).filter(|_| !gap) {
            *slot = value;
        }
        count += 1;
        at = end;
        if view.ch(at) != ':' || count == 8 {
            break;
        }
        if view.ch(at + 1) == ':' {
            if gap {
                return None;
            }
            gap = true;
            at += 2;
        } else if view.ch(at + 1).is_ascii_hexdigit() {
            at += 1;
        } else {
            break;
        }
    }
    (gap && count < 8 || !gap && count == 8).then_some((segments, count, at))
}

/// Teredo, benchmarks, documentation and the like: all of 2001::/23 and 2001:db8::/32, 2002::/16, 3fff::/20.
fn is_reserved_v6(segments: [u32; 3]) -> bool {
    matches!(segments, [0x2001, 0..=0x1FF | 0xDB8, ..] | [0x2002, ..] | [0x3FFF, 0..=0xFFF, ..])
}

/// Google, Cloudflare, Quad9, OpenDNS.
fn is_resolver_v6(segments: [u32; 3]) -> bool {
    matches!(segments, [0x2001, 0x4860, 0x4860, ..] | [0x2606, 0x4700, 0x4700, ..] | [0x2620, 0xFE | 0x119, ..])
}
