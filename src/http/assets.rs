//! Styles, scripts, fonts and icons: embedded, compressed at build time, under a folder named after the build.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use crate::error::Error;

/// One embedded file.
pub struct Asset {
    name: &'static str,
    plain: &'static [u8],
    brotli: Option<&'static [u8]>,
    tag: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/assets.rs"));

/// `/a/{build}/…`, the icon, and what robots are told.
pub fn routes<S: Clone + Send + Sync + 'static>() -> Router<S> {
    Router::new()
        .route("/a/{build}/{*name}", get(show))
        .route("/favicon.ico", get(|headers: HeaderMap| async move { serve(&headers, "static/favicon.svg", false) }))
        .route(
            "/robots.txt",
            get(|| async {
                "User-agent: *\nDisallow: /api/\nDisallow: /search\nDisallow: /signin\nDisallow: /signup\n"
            }),
        )
}

async fn show(Path((build, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    serve(&headers, &name, build == BUILD)
}

/// The file, for ever when the URL names this build. A page from before a restart still finds its files.
fn serve(headers: &HeaderMap, name: &str, current: bool) -> Response {
    let Some(asset) = ASSETS.iter().find(|asset| asset.name == name) else { return Error::NotFound.into_response() };
    let cache = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let kept = [(header::CACHE_CONTROL, cache), (header::ETAG, asset.tag), (header::VARY, "accept-encoding")];
    if list(headers, &header::IF_NONE_MATCH).any(|tag| tag == "*" || tag.strip_prefix("W/").unwrap_or(tag) == asset.tag)
    {
        return (StatusCode::NOT_MODIFIED, kept).into_response();
    }
    let kind = [(header::CONTENT_TYPE, kind(name))];
    match asset.brotli.filter(|_| list(headers, &header::ACCEPT_ENCODING).any(is_brotli)) {
        Some(packed) => (kept, kind, [(header::CONTENT_ENCODING, "br")], packed).into_response(),
        None => (kept, kind, asset.plain).into_response(),
    }
}

/// The items of a header that is a list.
fn list<'a>(headers: &'a HeaderMap, name: &HeaderName) -> impl Iterator<Item = &'a str> {
    headers
        .get_all(name)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .map(str::trim)
}

/// `br`, and not with a weight of zero, which means "anything but this".
fn is_brotli(coding: &str) -> bool {
    let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
    let never = weight.trim().strip_prefix("q=").and_then(|q| q.trim().parse::<f32>().ok()).is_some_and(|q| q <= 0.0);
    name.trim().eq_ignore_ascii_case("br") && !never
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next() {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("woff2") => "font/woff2",
        Some("wasm") => "application/wasm",
        Some("json") => "application/json",
        _ => "text/plain; charset=utf-8",
    }
}
