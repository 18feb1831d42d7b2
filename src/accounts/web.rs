//! Between accounts and HTTP: who calls, where to go afterwards, and the session cookie.

pub mod avatar;

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{LOCATION, SET_COOKIE, USER_AGENT};
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};

use super::{SignedIn, device};
use crate::access::store::ABSOLUTE_S;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::http::{Sender, cookies};

/// The caller of an account request, taken from the client's address and its `User-Agent`.
pub struct Caller(pub device::Caller);

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> std::result::Result<Self, Infallible> {
        let Sender(address) = Sender::from_request_parts(parts, state).await?;
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

/// To a path of this site, as an answer to a form.
pub fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [(LOCATION, path)]).into_response()
}

/// To a path of this site, signed in.
pub fn enter(config: &Config, signed_in: &SignedIn, path: &str) -> Result<Response> {
    with_session(config, see(path), &signed_in.token, ABSOLUTE_S)
}

/// To the sign-in page, signed out. What the browser kept of this site goes too.
pub fn leave(config: &Config) -> Result<Response> {
    let mut response = see("/signin?out=1");
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\",\"storage\""));
    with_session(config, response, "", 0)
}

fn with_session(config: &Config, mut response: Response, token: &str, max_age_s: i64) -> Result<Response> {
    let cookie = cookies::set(config, cookies::session_name(config), token, Some(max_age_s));
    let cookie = cookie.ok_or_else(|| Error::internal("a session token that is no header value"))?;
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
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
