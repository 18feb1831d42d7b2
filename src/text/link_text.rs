//! Does the text of a link claim another place than the one it leads to? Then the place is shown behind it.

use unicode_normalization::UnicodeNormalization;
use url::Url;

use super::chars;
use super::links::End;

/// What a reader is told about the other end of a link.
pub(super) fn name(end: &End) -> &str {
    match end {
        End::Host(host) => host,
        End::Mail(address) => address,
        End::Here => "this site",
    }
}

/// The name of `end` when some word of `text` looks like another address.
pub(super) fn contradicted(text: &str, end: &End) -> Option<String> {
    let seen: String = text.nfkc().filter(|&c| !chars::is_unseen(c)).map(|c| if c == '。' { '.' } else { c }).collect();
    seen.split_whitespace().filter_map(claim).any(|claim| !agrees(&claim, end)).then(|| name(end).to_owned())
}

/// The HTML shown behind a contradicting link.
pub(super) fn disclosure(end: &str) -> String {
    let mut html = String::from(" <span class=\"host\">(");
    // Writing into a String cannot fail.
    let _ = comrak::html::escape(&mut html, end);
    html.push_str(")</span>");
    html
}

/// What a word claims to be: the part before an `@`, if any, and a host.
struct Claim<'t> {
    user: Option<&'t str>,
    host: String,
}

fn claim(word: &str) -> Option<Claim<'_>> {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric());
    let (scheme, rest) = match word.split_once("://") {
        Some((_, rest)) => (true, rest),
        None => (word.starts_with("mailto:"), word.strip_prefix("mailto:").unwrap_or(word)),
    };
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let (user, host) = match authority.rsplit_once('@') {
        Some((user, host)) => (Some(user), host),
        None => (None, authority),
    };
    let host = host.rsplit_once(':').map_or(host, |(name, _port)| name);
    if !scheme && !looks_like_host(host) {
        return None;
    }
    Some(Claim { user, host: canonical(host) })
}

/// Two or more labels, the last one of letters, or `xn--`. File names such as `main.rs` pass too; saying the host then
/// does no harm.
fn looks_like_host(word: &str) -> bool {
    let Some((head, last)) = word.trim_end_matches('.').rsplit_once('.') else { return false };
    let label = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '-' || c == '_');
    head.split('.').all(label)
        && (last.starts_with("xn--") || last.chars().count() > 1 && last.chars().all(char::is_alphabetic))
}

/// The host as the links themselves have it, or the word itself when it is none.
fn canonical(host: &str) -> String {
    let host = host.trim_end_matches('.');
    Url::parse(&format!("http://{host}/"))
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_else(|| host.to_lowercase())
}

fn agrees(claim: &Claim<'_>, end: &End) -> bool {
    let bare = |host: &str| host.trim_end_matches('.').trim_start_matches("www.").to_owned();
    match end {
        End::Host(host) => claim.user.is_none() && bare(&claim.host) == bare(host),
        End::Mail(address) => address.rsplit_once('@').is_some_and(|(name, host)| {
            claim.user.is_none_or(|user| user.eq_ignore_ascii_case(name)) && claim.host == host.to_ascii_lowercase()
        }),
        End::Here => false,
    }
}
