//! The cookies: the session, what a guest's forms are bound to, and a sentence carried over a redirect.

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::Response;

use crate::config::Config;

/// A cookie's token that CSRF tokens are bound to: the session's, or a guest's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Secret(pub String);

/// Name of the session cookie.
pub fn session_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-tact" } else { "tact" }
}

/// Name of the cookie that a guest's forms are bound to.
pub fn guest_name(config: &Config) -> &'static str {
    if config.is_https() { "__Host-tact-form" } else { "tact-form" }
}

/// Name of the cookie with a sentence for the next page.
pub const FLASH: &str = "tact-flash";

/// The value of a cookie.
pub fn get<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let lines = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let pairs = lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.into_iter().find(|(key, _)| *key == name).map(|(_, value)| value)
}

/// A `Set-Cookie` value. `max_age_s` of 0 deletes the cookie, `None` keeps it until the browser closes.
pub fn set(config: &Config, name: &str, value: &str, max_age_s: Option<i64>) -> Option<HeaderValue> {
    let age = max_age_s.map_or_else(String::new, |age| format!("; Max-Age={age}"));
    let secure = if config.is_https() { "; Secure" } else { "" };
    HeaderValue::from_str(&format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{age}")).ok()
}

/// A sentence for the next page, as a `Set-Cookie` value. Only fixed sentences of ours.
pub fn flash(config: &Config, sentence: &str) -> Option<HeaderValue> {
    let coded: String = url::form_urlencoded::byte_serialize(sentence.as_bytes()).collect();
    set(config, FLASH, &coded, Some(30))
}

/// Deletes the sentence once a page has shown it, unless that page left another.
pub fn spend_flash(config: &Config, response: &mut Response) {
    let kind = response.headers().get(header::CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
    let mut set = response.headers().get_all(header::SET_COOKIE).iter();
    let another =
        set.any(|line| line.as_bytes().strip_prefix(FLASH.as_bytes()).is_some_and(|rest| rest.starts_with(b"=")));
    if kind.starts_with(b"text/html")
        && !another
        && let Some(gone) = self::set(config, FLASH, "", Some(0))
    {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
}

/// The sentence that the page before left.
pub fn take_flash(headers: &HeaderMap) -> Option<String> {
    let coded = get(headers, FLASH).filter(|coded| !coded.is_empty() && coded.len() < 600)?;
    let line = format!("f={coded}");
    url::form_urlencoded::parse(line.as_bytes()).next().map(|(_, text)| text.into_owned())
}
