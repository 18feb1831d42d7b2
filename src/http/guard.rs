//! Requests that are refused before anything is read: foreign hosts, long URLs, compressed bodies, too many headers.

use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::site::Site;

/// Longest path with query.
const URI_BYTES: usize = 4096;
/// Most header lines.
const HEADERS: usize = 64;

/// Checks what can be checked without the body. The sentences that go with the statuses are in `rejection`.
pub async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    match refuse(&site, &request) {
        Some(status) => (status, "").into_response(),
        None => next.run(request).await,
    }
}

fn refuse(site: &Site, request: &Request) -> Option<StatusCode> {
    let uri = request.uri();
    if uri.path_and_query().map_or(0, |text| text.as_str().len()) > URI_BYTES {
        return Some(StatusCode::URI_TOO_LONG);
    }
    if request.headers().len() > HEADERS {
        return Some(StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    }
    if request.headers().get_all(header::CONTENT_ENCODING).iter().any(|coding| coding != "identity") {
        return Some(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let probe = matches!(uri.path(), "/healthz" | "/readyz");
    (!probe && !is_ours(site, request)).then_some(StatusCode::MISDIRECTED_REQUEST)
}

/// Whether `Host` names this site. On a loopback address every loopback name with the same port will do.
fn is_ours(site: &Site, request: &Request) -> bool {
    let url = &site.config.public_url;
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let (Some(host), None) = (hosts.next().and_then(|host| host.to_str().ok()), hosts.next()) else { return false };
    let (name, port) = host
        .rsplit_once(':')
        .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or((host, None), |(name, port)| (name, port.parse::<u16>().ok()));
    let default = if site.config.is_https() { 443 } else { 80 };
    let same_port = port.unwrap_or(default) == url.port_or_known_default().unwrap_or(default);
    let ours = url.host_str().unwrap_or_default();
    let loopback = |name: &str| matches!(name, "localhost" | "127.0.0.1" | "[::1]");
    same_port && (name.eq_ignore_ascii_case(ours) || (loopback(name) && loopback(ours)))
}
