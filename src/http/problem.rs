//! How errors leave the server: a problem document (RFC 9457) for programs, a page for people.
//!
//! Handlers return [`Error`]; its [`IntoResponse`] only carries it outwards, and [`show`] gives it its form;
//! [`show_bare`] does so for what is refused before the viewer is known.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::uri::PathAndQuery;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use super::error_views::ErrorPage;
use super::log::RequestId;
use super::page::Chrome;
use super::rejection;
use crate::access::Viewer;
use crate::error::{Error, FieldError, Limited};
use crate::site::Site;

/// An error on its way out.
#[derive(Clone)]
struct Carried(Arc<Error>);

/// A problem document.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Problem {
    /// Always `about:blank`: the code says more.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// Title of the status.
    pub title: &'static str,
    /// HTTP status.
    pub status: u16,
    /// A sentence its reader can act on.
    pub detail: String,
    /// Stable code.
    pub code: &'static str,
    /// Wrong fields.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldError>,
    /// Seconds until it may work.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
    /// Number of the request in the server's log, for faults of ours.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// HTTP status of an error.
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::SignInNeeded => StatusCode::UNAUTHORIZED,
        Error::Denied(..) => StatusCode::FORBIDDEN,
        Error::Conflict(..) => StatusCode::CONFLICT,
        Error::Limited(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Unavailable(..) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Internal(_) => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let mut response = status(&self).into_response();
        response.extensions_mut().insert(Carried(Arc::new(self)));
        response
    }
}

/// Whether the request comes from a program rather than a person at a page.
pub fn accepts_json(path: &str, headers: &HeaderMap) -> bool {
    let json = |value: &HeaderValue| {
        value
            .to_str()
            .is_ok_and(|value| value.contains("application/json") || value.contains("application/problem+json"))
    };
    path.starts_with("/api/") || path == "/live/ticket" || headers.get(header::ACCEPT).is_some_and(json)
}

/// What has to be known about a request to answer for its error.
struct Asked {
    json: bool,
    /// The page that was asked for, to come back to after signing in.
    page: Option<String>,
    id: String,
}

impl Asked {
    fn of(request: &Request) -> Self {
        let json = accepts_json(request.uri().path(), request.headers());
        let get = !json && request.method() == Method::GET;
        let target = || request.uri().path_and_query().map_or("/", PathAndQuery::as_str).to_owned();
        let id = request.extensions().get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
        Self { json, page: get.then(target), id }
    }

    /// The answer, with the frame of `chrome` when it is a page.
    async fn answer(&self, error: &Error, chrome: impl Future<Output = Chrome>) -> Response {
        if let Error::Internal(cause) | Error::Unavailable(_, cause) = error {
            tracing::error!(request = self.id, cause = %cause, code = error.code(), "request failed");
        }
        if let (Error::SignInNeeded, Some(page)) = (error, &self.page) {
            let next: String = url::form_urlencoded::byte_serialize(page.as_bytes()).collect();
            return axum::response::Redirect::to(&format!("/signin?next={next}")).into_response();
        }
        let document = document(error, &self.id);
        let mut answer = if self.json { as_json(document) } else { as_page(&chrome.await, &document) };
        limit_headers(answer.headers_mut(), error);
        answer
    }
}

/// Gives the errors of handlers their form; pages have the frame of whoever asked.
pub async fn show(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let (headers, extensions) = (request.headers().clone(), request.extensions().clone());
    let mut response = next.run(request).await;
    let error = match response.extensions_mut().remove::<Carried>() {
        Some(carried) => carried.0,
        None => match rejection::read(response, asked.json).await {
            Ok(error) => Arc::new(error),
            Err(response) => return response,
        },
    };
    let chrome = async {
        let viewer = extensions.get::<Viewer>().cloned().unwrap_or(Viewer::Guest);
        let loaded = Chrome::load(&site, &viewer, &headers, extensions.get().cloned()).await;
        loaded.unwrap_or_else(|_| Chrome::bare(&site))
    };
    asked.answer(&error, chrome).await
}

/// Gives the errors of the layers further out their form. They come before the viewer is known or in a flood, so their
/// pages have a frame that nothing has to be looked up for.
pub async fn show_bare(State(site): State<Site>, request: Request, next: Next) -> Response {
    let asked = Asked::of(&request);
    let mut response = next.run(request).await;
    match response.extensions_mut().remove::<Carried>() {
        Some(carried) => asked.answer(&carried.0, async { Chrome::bare(&site) }).await,
        None => rejection::in_form(response, asked.json),
    }
}

fn as_page(chrome: &Chrome, document: &Problem) -> Response {
    let status = StatusCode::from_u16(document.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let page = ErrorPage {
        layout: chrome.layout(document.title, super::layout::Tab::None),
        status: document.status,
        heading: super::error_views::heading(document.status),
        detail: document.detail.clone(),
        request: document.request.clone(),
        retry_after: document.retry_after,
    };
    match page.render() {
        Ok(html) => (status, Html(html)).into_response(),
        Err(_) => (status, document.detail.clone()).into_response(),
    }
}

/// A problem document as an answer.
pub(super) fn as_json(document: Problem) -> Response {
    let status = StatusCode::from_u16(document.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(document).into_response().into_body())
        .into_response()
}

/// The document of an error.
pub fn document(error: &Error, request: &str) -> Problem {
    let status = status(error);
    let errors = if let Error::Invalid(fields) = error { fields.clone() } else { Vec::new() };
    let retry_after = match error {
        Error::Limited(limited) => Some(limited.retry_after_s),
        Error::Unavailable(seconds, _) => Some(*seconds),
        _ => None,
    };
    Problem {
        kind: "about:blank",
        title: title(status),
        status: status.as_u16(),
        detail: error.message().into_owned(),
        code: error.code(),
        errors,
        retry_after,
        request: status.is_server_error().then(|| request.to_owned()),
    }
}

pub(super) fn title(status: StatusCode) -> &'static str {
    status.canonical_reason().unwrap_or("Error")
}

/// `Retry-After`, and the fields of the IETF draft on rate limits.
fn limit_headers(headers: &mut HeaderMap, error: &Error) {
    let mut set = |name: &'static str, value: String| {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    };
    match error {
        Error::Limited(Limited { quota, retry_after_s, allowed, window_s }) => {
            set("retry-after", retry_after_s.to_string());
            set("ratelimit-policy", format!("\"{quota}\";q={allowed};w={window_s}"));
            set("ratelimit", format!("\"{quota}\";r=0;t={retry_after_s}"));
        }
        Error::Unavailable(seconds, _) => set("retry-after", seconds.to_string()),
        _ => {}
    }
}
