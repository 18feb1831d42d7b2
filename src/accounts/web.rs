//! Between accounts and HTTP: who calls, where to go afterwards, and the session cookie.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderName, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{SignedIn, device};
use crate::access::store::ABSOLUTE_S;
use crate::config::Config;

/// The caller of an account request, taken from the client's address and its `User-Agent`.
pub struct Caller(pub device::Caller);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let address = parts.extensions.get::<crate::http::ClientAddress>().map(|address| address.0);
        let agent = parts.headers.get(USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        Ok(Self(device::Caller::new(address, agent)))
    }
}

/// Most characters of a path to go back to.
const NEXT_CHARS: usize = 2048;

/// Where a form may send its reader afterwards: a path of this site, else the front page.
///
/// One "/" followed by neither "/" nor "\": browsers read both as the start of another host. They also drop tabs and
/// line ends inside URLs, so anything that is not visible ASCII is refused.
pub fn local_path(next: &str) -> &str {
    let visible = next.len() <= NEXT_CHARS && next.bytes().all(|byte| byte.is_ascii_graphic());
    let mut bytes = next.bytes();
    let local = bytes.next() == Some(b'/') && !matches!(bytes.next(), Some(b'/' | b'\\'));
    let leads_back = ["/signin", "/signup", "/signout", "/setup"]
        .iter()
        .any(|page| next.strip_prefix(page).is_some_and(|rest| rest.is_empty() || rest.starts_with(['?', '#', '/'])));
    if visible && local && !leads_back { next } else { "/" }
}

/// Name of the session cookie. The prefix makes browsers insist on https, this host, and the whole site.
pub fn cookie_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-tact" } else { "tact" }
}

fn cookie(config: &Config, value: &str, max_age_s: i64) -> String {
    let secure = if config.is_https() { "; Secure" } else { "" };
    format!("{}={value}; Path=/; Max-Age={max_age_s}; HttpOnly; SameSite=Lax{secure}", cookie_name(config))
}

/// To a path of this site, as an answer to a form.
pub fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response()
}

/// To a path of this site, signed in.
pub fn enter(config: &Config, signed_in: &SignedIn, path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path.to_owned()), (SET_COOKIE, cookie(config, &signed_in.token, ABSOLUTE_S))])
        .into_response()
}

/// To the sign-in page, signed out. What the browser kept of this site goes too.
pub fn leave(config: &Config) -> Response {
    let clear = (HeaderName::from_static("clear-site-data"), "\"cache\",\"storage\"".to_owned());
    (StatusCode::SEE_OTHER, [(LOCATION, "/signin?out=1".to_owned()), (SET_COOKIE, cookie(config, "", 0)), clear])
        .into_response()
}

#[cfg(test)]
mod tests {
    use super::local_path;

    #[test]
    fn only_local_paths_are_followed() {
        for fine in ["/", "/t/12/a-title?page=2#p3", "/signings", "/b/caf%C3%A9"] {
            assert_eq!(local_path(fine), fine);
        }
        let long = format!("/{}", "a".repeat(3000));
        for wrong in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "javascript:alert(1)",
            "/\t/evil.example",
            "/\n/evil.example",
            "t/12",
            "/café",
            " /",
            "/signin?next=/signin",
            "/signout",
            &long,
        ] {
            assert_eq!(local_path(wrong), "/", "{wrong}");
        }
    }
}
