//! How errors leave the server: a problem document (RFC 9457) for programs, a page for people.
//!
//! Handlers return [`Error`]; its [`IntoResponse`] only carries it outwards, and [`show`] gives it its form.

use std::sync::Arc;

use askama::Template;
use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use serde::Serialize;

use super::error_views::ErrorPage;
use super::log::RequestId;
use super::page::Chrome;
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

/// Gives errors their form.
pub async fn show(State(site): State<Site>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let target = request.uri().path_and_query().map_or_else(|| path.clone(), |target| target.as_str().to_owned());
    let get = request.method() == axum::http::Method::GET;
    let (headers, extensions) = (request.headers().clone(), request.extensions().clone());
    let mut response = next.run(request).await;
    let carried = match response.extensions_mut().remove::<Carried>() {
        Some(carried) => carried.0,
        None if response.status() == StatusCode::METHOD_NOT_ALLOWED || is_bare_rejection(&response) => {
            return plain(response, &path, &headers);
        }
        None => return response,
    };
    let id = extensions.get::<RequestId>().map(|id| id.0.clone()).unwrap_or_default();
    if let Error::Internal(cause) | Error::Unavailable(_, cause) = &*carried {
        tracing::error!(request = id, cause = %cause, code = carried.code(), "request failed");
    }
    let json = accepts_json(&path, &headers);
    let viewer = extensions.get::<Viewer>().cloned().unwrap_or(Viewer::Guest);
    if matches!(*carried, Error::SignInNeeded) && !json && get {
        let next: String = url::form_urlencoded::byte_serialize(target.as_bytes()).collect();
        return axum::response::Redirect::to(&format!("/signin?next={next}")).into_response();
    }
    let document = document(&carried, &id);
    let mut answer = if json {
        (
            status(&carried),
            [(header::CONTENT_TYPE, "application/problem+json")],
            Json(document).into_response().into_body(),
        )
            .into_response()
    } else {
        let chrome = Chrome::load(&site, &viewer, &headers, extensions.get().cloned())
            .await
            .unwrap_or_else(|_| Chrome::bare(&site));
        page(&chrome, &document)
    };
    limit_headers(answer.headers_mut(), &carried);
    answer
}

fn page(chrome: &Chrome, document: &Problem) -> Response {
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

/// An extractor's own refusal: its text may repeat what was sent, so it is replaced.
fn is_bare_rejection(response: &Response) -> bool {
    let client = response.status().is_client_error() && response.status() != StatusCode::UPGRADE_REQUIRED;
    let text =
        response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"));
    client && text
}

fn plain(response: Response, path: &str, headers: &HeaderMap) -> Response {
    let status = response.status();
    let detail = match status {
        StatusCode::METHOD_NOT_ALLOWED => "This address does not take that method.",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Send the body as application/json (API) or as a form.",
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => {
            "The request is not complete or has a value of the wrong kind."
        }
        _ => return response,
    };
    let allow = response.headers().get(header::ALLOW).cloned();
    let mut answer = if accepts_json(path, headers) {
        let document = Problem {
            kind: "about:blank",
            title: title(status),
            status: status.as_u16(),
            detail: detail.to_owned(),
            code: "bad_request",
            errors: Vec::new(),
            retry_after: None,
            request: None,
        };
        (status, [(header::CONTENT_TYPE, "application/problem+json")], Json(document).into_response().into_body())
            .into_response()
    } else {
        (status, format!("{detail}\n")).into_response()
    };
    if let Some(allow) = allow {
        answer.headers_mut().insert(header::ALLOW, allow);
    }
    answer
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

fn title(status: StatusCode) -> &'static str {
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
