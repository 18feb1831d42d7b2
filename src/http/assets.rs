//! Styles, scripts, fonts and icons: embedded, compressed at build time, under a folder named after the build.

use axum::Router;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode, header};
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
    if headers.get(header::IF_NONE_MATCH).is_some_and(|tag| tag.as_bytes() == asset.tag.as_bytes()) {
        return StatusCode::NOT_MODIFIED.into_response();
    }
    let takes = |wanted: &str| {
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).is_some_and(|value| {
            value.split(',').any(|coding| coding.split(';').next().is_some_and(|name| name.trim() == wanted))
        })
    };
    let cache = if current { "public, max-age=31536000, immutable" } else { "no-cache" };
    let common = [
        (header::CONTENT_TYPE, kind(name)),
        (header::CACHE_CONTROL, cache),
        (header::ETAG, asset.tag),
        (header::VARY, "accept-encoding"),
    ];
    match asset.brotli.filter(|_| takes("br")) {
        Some(packed) => (common, [(header::CONTENT_ENCODING, "br")], packed).into_response(),
        None => (common, asset.plain).into_response(),
    }
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
