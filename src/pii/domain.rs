//! Domains of e-mail addresses: known endings, large providers, and the names that belong to nobody.
//! Limit: it judges names; finding them in a text is the duty of [`super::email`] and [`super::spelled`].

use super::alloc::string::String;
use super::small::holds_one;

/// Top-level domains, sorted, one a line: the one-label rules of the Public Suffix List's ICANN section (version
/// 2026-10-22, from the Python package `publicsuffixlist` 1.1.2.20261023), which follow IANA's root zone; names in other
/// scripts also in their `xn--` form.
const TLDS: &[u8] = include_bytes!("data/tlds.txt");

/// [`TLDS`] front-coded: per line one more than the bytes that it shares with the line before, then its other bytes.
struct Packed<const SIZE: usize> {
    bytes: [u8; SIZE],
    length: usize,
    /// Where the names begin that begin with each letter, and behind them the names in other scripts.
    letters: [u16; 27],
}

/// How many bytes two neighbouring names may share at most; the marks stay below any byte of a name.
const MOST_SHARED: usize = 30;
const PACKED_SIZE: usize = pack::<{ TLDS.len() }>().length;
static PACKED: Packed<PACKED_SIZE> = pack();

#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at build time only")]
const fn pack<const SIZE: usize>() -> Packed<SIZE> {
    let mut packed = Packed { bytes: [0; SIZE], length: 0, letters: [0; 27] };
    let (mut before, mut at, mut letter) = (0, 0, 0);
    while at < TLDS.len() {
        let mut shared = 0;
        while at > 0 && shared < MOST_SHARED && TLDS[at + shared] == TLDS[before + shared] && TLDS[at + shared] != b'\n'
        {
            shared += 1;
        }
        while letter < 27 && (TLDS[at] as usize) >= letter + b'a' as usize {
            packed.letters[letter] = packed.length as u16;
            letter += 1;
        }
        packed.bytes[packed.length] = shared as u8 + 1;
        packed.length += 1;
        before = at;
        at += shared;
        while TLDS[at] != b'\n' {
            packed.bytes[packed.length] = TLDS[at];
            packed.length += 1;
            at += 1;
        }
        at += 1;
    }
    packed
}

/// Endings that are reserved or stand for a private network (RFC 2606, RFC 6761, RFC 6762, RFC 8375, ICANN `internal`).
/// `example` is left out on purpose: it serves as an ordinary ending in samples and demonstrations, and addresses there
/// are to be found like any other.
const RESERVED: &[&str] = &[
    "arpa",
    "corp",
    "home",
    "internal",
    "intranet",
    "invalid",
    "lan",
    "local",
    "localdomain",
    "localhost",
    "onion",
    "private",
    "test",
];

/// Domains reserved for documentation (RFC 2606 section 3), and hosts whose addresses are issued to programs.
const NOBODY: &[&str] = &[
    "example.com",
    "example.net",
    "example.org",
    "mail.gmail.com",
    "noreply.github.com",
    "reply.github.com",
    "users.noreply.gitlab.com",
];

/// Endings that are also file names or unit names and hold no mailboxes of people.
const NOT_MAIL: &[&str] = &["target"];

/// The names of large mail providers, without their ending.
const PROVIDERS: &[&str] = &[
    "126",
    "163",
    "aol",
    "att",
    "bigpond",
    "bk",
    "bluewin",
    "bol",
    "btinternet",
    "centrum",
    "comcast",
    "cox",
    "daum",
    "docomo",
    "duck",
    "earthlink",
    "email",
    "ezweb",
    "fastmail",
    "foxmail",
    "free",
    "freenet",
    "fsmail",
    "gmail",
    "gmx",
    "googlemail",
    "hanmail",
    "hey",
    "hotmail",
    "hushmail",
    "icloud",
    "inbox",
    "interia",
    "kakao",
    "kpnmail",
    "laposte",
    "libero",
    "list",
    "live",
    "mac",
    "mail",
    "mailbox",
    "mailinator",
    "me",
    "msn",
    "naver",
    "o2",
    "onet",
    "orange",
    "outlook",
    "pm",
    "posteo",
    "proton",
    "protonmail",
    "qq",
    "rambler",
    "rediffmail",
    "rocketmail",
    "rogers",
    "sapo",
    "sbcglobal",
    "seznam",
    "sfr",
    "shaw",
    "sina",
    "sky",
    "softbank",
    "t-online",
    "telenet",
    "terra",
    "tiscali",
    "tuta",
    "tutanota",
    "ukr",
    "uol",
    "verizon",
    "virgilio",
    "virginmedia",
    "wanadoo",
    "web",
    "wp",
    "ya",
    "yahoo",
    "yandex",
    "yeah",
    "ymail",
    "ziggo",
    "zoho",
];

/// Whether `label` is a top-level domain in use, `example` included.
pub(super) fn is_ending(label: &str) -> bool {
    label == "example" || is_listed(label.as_bytes())
}

fn is_listed(wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else { return false };
    let letter = usize::from(first.saturating_sub(b'a')).min(26);
    let from = PACKED.letters.get(letter).map_or(0, |from| usize::from(*from));
    // How much of `wanted` the current name agrees with.
    let mut agreed = 0;
    let mut names = PACKED.bytes.get(from..).unwrap_or_default();
    while let [mark, rest @ ..] = names {
        let shared = usize::from(*mark).saturating_sub(1);
        let length = rest.iter().position(|byte| usize::from(*byte) <= MOST_SHARED + 1).unwrap_or(rest.len());
        let (own, after) = rest.split_at_checked(length).unwrap_or_default();
        // The names are sorted: this one and all that follow stand behind.
        if shared < agreed {
            return false;
        }
        if shared == agreed {
            let left = wanted.get(agreed..).unwrap_or_default();
            if own == left {
                return true;
            }
            agreed += own.iter().zip(left).take_while(|(one, other)| one == other).count();
        }
        if shared == 0 && own.first() > Some(first) {
            return false;
        }
        names = after;
    }
    false
}

/// Whether `label` ends a name that cannot be reached from outside.
pub(super) fn is_reserved_ending(label: &str) -> bool {
    RESERVED.binary_search(&label).is_ok()
}

/// Whether the domain belongs to a large mail provider.
pub(super) fn is_provider(labels: &[String]) -> bool {
    let count = labels.len();
    let name = |back: usize| count.checked_sub(back).and_then(|at| labels.get(at)).map_or("", String::as_str);
    // "yahoo.co.uk" has its name one label further to the left.
    let at = if count >= 3 && matches!(name(2), "co" | "com" | "ne" | "or" | "net") { 3 } else { 2 };
    PROVIDERS.binary_search(&name(at)).is_ok()
}

/// Whether the domain looks like one but is no place for a person's mail: reserved names, versions, picture sizes.
pub(super) fn is_nobody(labels: &[String]) -> bool {
    let whole = labels.join(".");
    let under = |name: &str| whole.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.'));
    let Some((ending, names)) = labels.split_last() else { return true };
    let numbers = names.iter().filter(|name| is_versionlike(name)).count();
    NOBODY.iter().any(|name| under(name))
        || is_reserved_ending(ending)
        || NOT_MAIL.contains(&ending.as_str())
        || numbers == names.len() && numbers >= 2
        || names.len() == 1 && names.iter().all(|name| is_picture_size(name))
}

fn is_versionlike(label: &str) -> bool {
    let digits = label.strip_prefix('v').unwrap_or(label);
    !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// `2x` as in `icon@2x.png`.
fn is_picture_size(label: &str) -> bool {
    label.len() == 2 && label.ends_with('x') && label.starts_with(|ch: char| ch.is_ascii_digit())
}

/// Names that stand for "an address here" when both halves are of this kind.
const FILLER_NAMES: &[&str] = &[
    "email",
    "first.last",
    "firstname.lastname",
    "jane.doe",
    "john.doe",
    "me",
    "myname",
    "name",
    "someone",
    "user",
    "username",
    "you",
    "your",
    "your.email",
    "your.name",
    "your_email",
    "youremail",
    "yourname",
];
const FILLER_DOMAINS: &[&str] = &[
    "address",
    "company",
    "domain",
    "host",
    "mycompany",
    "mydomain",
    "provider",
    "server",
    "site",
    "somewhere",
    "website",
    "yourcompany",
    "yourdomain",
    "yourhost",
    "yoursite",
];
/// What the local parts hold that only programs use.
const PROGRAMS: &[&str] = &["do-not-reply", "donotreply", "mailer-daemon", "no-reply", "no_reply", "noreply"];

/// Whether the local part is a program's, or the whole is a filler such as `you@yourdomain.com`.
pub(super) fn is_filler(local: &str, labels: &[String]) -> bool {
    let name = labels.first().map_or("", String::as_str);
    holds_one(local, PROGRAMS)
        || matches!(local, "git" | "hg")
        || FILLER_NAMES.binary_search(&local).is_ok() && FILLER_DOMAINS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names() -> impl Iterator<Item = &'static str> {
        std::str::from_utf8(TLDS).unwrap_or_default().lines()
    }

    #[test]
    fn lists_are_sorted() {
        for list in [RESERVED, PROVIDERS, FILLER_NAMES, FILLER_DOMAINS] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(names().is_sorted());
        assert!(names().count() > 1400);
    }

    #[test]
    fn every_ending_is_found_and_others_are_not() {
        assert!(names().all(is_ending));
        assert!(
            names()
                .all(|name| !is_listed(format!("{name}\n").as_bytes()) && !is_listed(format!("{name}zq").as_bytes()))
        );
        for name in ["", "a", "zzzz", "png", "com\nde", "service", "local", "co m"] {
            assert!(!is_ending(name), "{name}");
        }
    }
}
