//! Domains of e-mail addresses: known endings, large providers, and the names that belong to nobody.
//! Limit: it judges names; finding them in a text is the duty of [`super::email`] and [`super::spelled`].

/// Top-level domains, sorted, one a line: the one-label rules of the Public Suffix List's ICANN section (version
/// 2026-10-22, from the Python package `publicsuffixlist` 1.1.2.20261023), which follow IANA's root zone; names in other
/// scripts also in their `xn--` form.
const TLDS: &str = include_str!("data/tlds.txt");

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
    label == "example" || in_lines(TLDS, label)
}

/// Whether `label` ends a name that cannot be reached from outside.
pub(super) fn is_reserved_ending(label: &str) -> bool {
    RESERVED.binary_search(&label).is_ok()
}

/// Binary search in sorted lines.
fn in_lines(lines: &str, wanted: &str) -> bool {
    if wanted.is_empty() || wanted.contains('\n') {
        return false;
    }
    let bytes = lines.as_bytes();
    let (mut low, mut high) = (0, bytes.len());
    while low < high {
        let middle = low + (high - low) / 2;
        let before = bytes.get(low..middle).unwrap_or_default();
        let start = before.iter().rposition(|byte| *byte == b'\n').map_or(low, |at| low + at + 1);
        let rest = bytes.get(start..high).unwrap_or_default();
        let length = rest.iter().position(|byte| *byte == b'\n').unwrap_or(rest.len());
        match rest.get(..length).unwrap_or_default().cmp(wanted.as_bytes()) {
            std::cmp::Ordering::Equal => return true,
            std::cmp::Ordering::Less => low = start + length + 1,
            std::cmp::Ordering::Greater => high = start,
        }
    }
    false
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
/// Local parts that only programs use.
const PROGRAMS: &[&str] =
    &["do-not-reply", "donotreply", "git", "hg", "mailer-daemon", "no-reply", "no_reply", "noreply"];

/// Whether the local part is a program's, or the whole is a filler such as `you@yourdomain.com`.
pub(super) fn is_filler(local: &str, labels: &[String]) -> bool {
    let name = labels.first().map_or("", String::as_str);
    PROGRAMS.binary_search(&local).is_ok()
        || FILLER_NAMES.binary_search(&local).is_ok() && FILLER_DOMAINS.binary_search(&name).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_sorted() {
        for list in [RESERVED, PROVIDERS, FILLER_NAMES, FILLER_DOMAINS, PROGRAMS] {
            assert!(list.is_sorted(), "{list:?}");
        }
        assert!(TLDS.lines().is_sorted());
        assert!(TLDS.lines().count() > 1400);
    }

    #[test]
    fn every_ending_is_found_and_others_are_not() {
        assert!(TLDS.lines().all(is_ending));
        for name in ["", "a", "zzzz", "png", "com\nde", "service", "local", "co m"] {
            assert!(!is_ending(name), "{name}");
        }
    }
}
