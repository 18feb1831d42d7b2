//! Keys and tokens of services, private keys, and passwords in web addresses.
//! Limit: a token needs its published beginning, alphabet and length; a value without one needs a name before it.
//! Neither code fences nor the word "test" lower a secret: a key in an example is a key. Only fillers do not count.
//!
//! What is found: of a token the whole; of a webhook the whole address; of a private key the whole block, or, when its
//! end is missing, as far as it looks like one; of `user:password@host` the password, because the rest is no secret
//! and the text stays readable without it; of a named value the value.

use super::alloc::vec::Vec;
use super::anchors::SECRET;
use super::classes::{self, WORD};
use super::fold::View;
use super::scene::Scene;
use super::secret_tables::{Set, is_filler, is_secret_name, tokens};
use super::small::holds;
use super::types::{Finding, Level, Rule, Why};

/// Longest private key block, web login, name, and named value.
const MAX_BLOCK: usize = 6 * 1024;
const MAX_LOGIN: usize = 200;
const MAX_NAME: usize = 60;
const MAX_VALUE: usize = 512;
/// Bits per character that a value drawn at random has at least, in sixteenths.
const LEAST_ENTROPY: u32 = 3 * 16;

/// A value: its cells, how sure, why.
type Value = (usize, usize, Level, Why);

/// Finds the secrets of a view.
pub(super) fn find(scene: &Scene<'_>, out: &mut Vec<Finding>) {
    let view = &scene.view;
    for at in view.anchors(SECRET) {
        let key = view.key(at);
        if classes::is(key, WORD) && classes::is(view.key_back(at, 1), WORD) {
            continue;
        }
        let value = match key {
            b':' | b'=' => after_sign(view, at),
            b'B' => private_key(view, at),
            b'P' => putty_key(view, at).or_else(|| token(view, at)),
            b'M' | b'N' | b'O' => discord_token(view, at).or_else(|| token(view, at)),
            b'e' => json_web_token(view, at),
            _ => token(view, at),
        };
        if let Some((from, to, level, why)) = value {
            let (start, end) = view.bytes(from, to);
            out.push(Finding { rule: Rule::Secret, start, end, level, why });
        }
    }
}

/// The published beginning of a token, when the value has one.
pub(super) fn prefix(view: &View) -> &'static str {
    tokens(view.key(0))
        .map(|token| token.prefix)
        .find(|prefix| prefix.len() > 2 && spells(view, 0, prefix))
        .unwrap_or("")
}

fn spells(view: &View, at: usize, word: &str) -> bool {
    view.keys().get(at..).is_some_and(|keys| keys.starts_with(word.as_bytes()))
}

/// The end of the run of characters of `set`, at most `cap` places on.
fn run(view: &View, at: usize, cap: usize, set: Set) -> usize {
    let keys = view.keys().get(at..view.len().min(at + cap)).unwrap_or_default();
    at + keys.iter().position(|key| !set.has(*key)).unwrap_or(keys.len())
}

fn token(view: &View, at: usize) -> Option<Value> {
    tokens(view.key(at)).find_map(|token| {
        if !spells(view, at, token.prefix) {
            return None;
        }
        let from = at + token.prefix.len();
        let mut to = run(view, from, usize::from(token.most) + 1, token.set);
        if to - from <= usize::from(token.most) {
            while token.least < token.most && to > from && matches!(view.key_back(to, 1), b'.' | b'-' | b'/') {
                to -= 1;
            }
        }
        let length = to - from;
        let fits = (usize::from(token.least)..=usize::from(token.most)).contains(&length);
        // A key with a beginning of one letter must not be a stretch of other base64.
        let inner = |key: u8| token.prefix.len() == 1 && matches!(key, b'+' | b'/' | b'=');
        let apart = !classes::is(view.key(to), WORD) && !inner(view.key(to)) && !inner(view.key_back(at, 1));
        if !fits || !apart || !is_random(view, from, to) {
            return None;
        }
        let start = if token.set == Set::Path {
            view.run_start(at, 20, |ch| ch.is_ascii_alphanumeric() || matches!(ch, ':' | '/' | '.'))
        } else {
            at
        };
        let level = if token.prefix.ends_with("_test_") { Level::Possible } else { Level::Certain };
        Some((start, to, level, Why::SecretToken))
    })
}

/// The ends of three parts with dots between.
fn three_parts(view: &View, at: usize, cap: usize) -> Option<[usize; 3]> {
    let first = run(view, at, cap, Set::Url);
    let second = run(view, first + 1, cap, Set::Url);
    let third = run(view, second + 1, cap, Set::Url);
    (view.key(first) == b'.' && view.key(second) == b'.').then_some([first, second, third])
}

/// `header.payload.signature` in base64url, the header beginning with `{"` (RFC 7519).
fn json_web_token(view: &View, at: usize) -> Option<Value> {
    if !spells(view, at, "eyJ") || Set::Url.has(view.key_back(at, 1)) {
        return None;
    }
    let [first, second, third] = three_parts(view, at, 2048)?;
    let long = first - at >= 12 && second - first > 10 && third - second > 20;
    (long && is_random(view, second + 1, third)).then_some((at, third, Level::Certain, Why::SecretToken))
}

/// The number of the account, a time and a signature, in base64url.
fn discord_token(view: &View, at: usize) -> Option<Value> {
    let [first, second, third] = three_parts(view, at, 48)?;
    let fits = (23..=28).contains(&(first - at)) && (6..=7).contains(&(second - first - 1));
    let signed = (27..=40).contains(&(third - second - 1)) && is_random(view, second + 1, third);
    (fits && signed).then_some((at, third, Level::Certain, Why::SecretToken))
}

/// `-----BEGIN … PRIVATE KEY-----` (RFC 7468, OpenSSH, OpenPGP) up to its end, or as far as there is base64.
fn private_key(view: &View, at: usize) -> Option<Value> {
    if view.key_back(at, 1) != b'-' || !spells(view, at, "BEGIN ") {
        return None;
    }
    let label = view.run_end(at, 50, |ch| ch.is_ascii_alphanumeric() || ch == ' ');
    if view.key(label) != b'-' || !holds(&view.text(at, label), "private key") {
        return None;
    }
    let body = view.run_end(label, 8, |ch| ch == '-');
    let start = view.run_start(at, 8, |ch| ch == '-');
    let mut to = body;
    let mut kept = body;
    let mut random = 0;
    while to - body < MAX_BLOCK && to < view.len() {
        let end = run(view, to, MAX_BLOCK, Set::Base64);
        let mark = if view.key(to) == b'-' { view.run_end(to, 8, |ch| ch == '-') } else { to };
        if mark > to && spells(view, mark, "BEGIN ") {
            break;
        }
        if mark > to && spells(view, mark, "END ") {
            let tail = view.run_end(end, 50, |ch| ch.is_ascii_alphanumeric() || ch == ' ');
            kept = view.run_end(tail, 8, |ch| ch == '-');
            break;
        }
        if end - to >= 16 || end > to && view.ch(end) == '\n' {
            random += end - to;
            kept = end;
        }
        // A line break that is written as an escape.
        if view.ch(to) == '\\' && matches!(view.ch(to + 1), 'n' | 'r') {
            to += 2;
            continue;
        }
        if end == to && !matches!(view.ch(to), ' ' | '\n' | '\\' | '"' | '\'' | ':' | ',' | '>' | '.' | '(' | ')') {
            break;
        }
        to = end.max(to + 1);
    }
    let filler = random < 200 && is_filler(&view.text(body, kept));
    (random >= 32 && !filler).then_some((start, kept, Level::Certain, Why::PrivateKey))
}

/// A key file of PuTTY, from its first line to its check value.
fn putty_key(view: &View, at: usize) -> Option<Value> {
    if !spells(view, at, "PuTTY-User-Key-File-") {
        return None;
    }
    let stop = view.len().min(at + MAX_BLOCK);
    let is_mark = |i: &usize| spells(view, *i, "Private-Lines:") || spells(view, *i, "PuTTY-User");
    let lines = (at + 1..stop).filter(|&i| view.key(i) == b'P').find(is_mark)?;
    let body = view.run_end(lines, 40, |ch| ch != '\n');
    let mut end = view.run_end(body, stop - body, |ch| ch == '\n' || ch.is_ascii() && Set::Base64.has(ch as u8));
    if spells(view, end, ":") {
        end = view.run_end(end, 80, |ch| ch != '\n');
    }
    (end - body >= 32).then_some((at, end, Level::Certain, Why::PrivateKey))
}

/// What a `:` or `=` announces: a web address with a login, a bot's token, a named value.
fn after_sign(view: &View, at: usize) -> Option<Value> {
    if spells(view, at, "://") {
        return login(view, at + 3);
    }
    if spells(view, at, ":AA") {
        let start = view.run_start(at, 11, |ch| ch.is_ascii_digit());
        let end = run(view, at + 1, 36, Set::Url);
        if (8..=10).contains(&(at - start)) && end - at == 36 && is_random(view, at + 3, end) {
            return Some((start, end, Level::Certain, Why::SecretToken));
        }
    }
    named(view, at)
}

/// `user:password@host` behind `://`.
fn login(view: &View, from: usize) -> Option<Value> {
    let stop = view.run_end(from, MAX_LOGIN, |ch| {
        !matches!(ch, ' ' | '\n' | '/' | '?' | '#' | '"' | '\'' | '<' | '>' | '`' | ',' | '{' | '(' | '[')
            && ch != super::fold::BLANK
    });
    let sign = (from..stop).rev().find(|&i| view.key(i) == b'@')?;
    let colon = (from..sign).find(|&i| view.key(i) == b':')?;
    let word = view.text(colon + 1, sign);
    let known = ["pass", "password", "passwd", "pw", "pwd", "secret", "token"].contains(&word.as_str());
    let shown = word.chars().any(|ch| !matches!(ch, '*' | 'x' | '.' | '•'));
    let host = (view.ch(sign + 1).is_alphanumeric() || view.key(sign + 1) == b'[')
        && !["com", "org", "net"].iter().any(|end| view.spells(sign + 1, "example.") && view.spells(sign + 9, end));
    if word.len() < 5
        || known
        || !shown
        || !host
        || word.starts_with(['$', '%', ':'])
        || is_filler(&word)
        || word == view.text(from, colon)
    {
        return None;
    }
    Some((colon + 1, sign, Level::Certain, Why::SecretLogin))
}

/// A random value behind a name such as `api_key` and the sign at `at`.
fn named(view: &View, at: usize) -> Option<Value> {
    let name_end = view.run_start(at, 3, |ch| matches!(ch, ' ' | '"' | '\'' | ']' | '`' | '*'));
    let in_name = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '_' | '-' | '.');
    let name_start = view.run_start(name_end, MAX_NAME, |ch| in_name(ch) || ch == ' ');
    if !matches!(view.ch(name_end.wrapping_sub(1)), 'y' | 'n' | 't' | 'd' | 'h') {
        return None;
    }
    let mut name = view.text(name_start, name_end);
    name.retain(|ch| ch.is_ascii_alphanumeric());
    if !is_secret_name(&name) {
        return None;
    }
    let skip = |from: usize| view.run_end(from, 4, |ch| matches!(ch, ' ' | '"' | '\'' | '>' | '=' | '`' | '*'));
    let mut from = skip(at + 1);
    let mut least = 16;
    for scheme in ["bearer ", "basic ", "token "] {
        if view.spells(from, scheme) {
            from = skip(from + scheme.len());
            least = 12;
        }
    }
    let to = run(view, from, MAX_VALUE, Set::Base64);
    let to = view.run_start(to, to - from, |ch| matches!(ch, '-' | '_'));
    if to < from + least
        || matches!(view.ch(to), '(' | '[' | ':')
        || view.ch(to) == '.' && view.ch(to + 1).is_alphanumeric()
    {
        return None;
    }
    (is_random(view, from, to) && is_mixed(view, from, to)).then_some((from, to, Level::Likely, Why::SecretNamed))
}

/// Whether a piece without signs holds letters and digits, or capitals among small letters, as words do not.
fn is_mixed(view: &View, from: usize, to: usize) -> bool {
    let keys = view.keys().get(from..to).unwrap_or_default();
    let uuid = keys.len() == 36
        && keys.get(8) == Some(&b'-')
        && keys.iter().all(|key| *key == b'-' || key.is_ascii_hexdigit());
    !uuid
        && keys.first() != Some(&b'/')
        && keys.split(|key| matches!(key, b'-' | b'_')).any(|part| {
            let count = |wanted: fn(&u8) -> bool| part.iter().filter(|key| wanted(key)).count();
            let (digits, capitals) = (count(u8::is_ascii_digit), count(u8::is_ascii_uppercase));
            let small = count(u8::is_ascii_lowercase);
            let turns = part.iter().zip(part.iter().skip(1)).filter(|(one, next)| kind(**one) != kind(**next)).count();
            // Names of types mix capitals and small letters too, but change between them less often.
            let restless =
                if digits > 0 { turns * 5 > part.len() * 2 } else { part.len() >= 20 && turns * 2 >= part.len() };
            part.len() >= 12 && if capitals > 0 && small > 0 { restless } else { digits >= 2 && capitals + small >= 2 }
        })
}

fn kind(key: u8) -> u8 {
    u8::from(key.is_ascii_digit()) + 2 * u8::from(key.is_ascii_uppercase())
}

/// Whether a stretch may have been drawn at random: enough entropy, and no filler.
fn is_random(view: &View, from: usize, to: usize) -> bool {
    let mut counts = [0_u32; 128];
    let keys = view.keys().get(from..to.min(from + 1024)).unwrap_or_default();
    for key in keys {
        if let Some(count) = counts.get_mut(usize::from(*key)) {
            *count += 1;
        }
    }
    let length = u32::try_from(keys.len()).unwrap_or(0);
    let spent: u32 = counts.iter().map(|&count| count * log2(count)).sum();
    length > 0 && length * log2(length) >= spent + length * LEAST_ENTROPY && !is_filler(&view.text(from, to))
}

/// The binary logarithm in sixteenths, straight between powers of two; 0 of 0.
fn log2(number: u32) -> u32 {
    let Some(whole) = number.checked_ilog2() else { return 0 };
    (whole << 4) + ((number << 4) >> whole) - 16
}
