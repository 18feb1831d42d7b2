//! Refusals that are no [`Error`]: those of the web framework's extractors, whose text may repeat what was sent, and
//! those of the layers around the routes.

use std::borrow::Cow;

use axum::body::to_bytes;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::problem::{self, Problem};
use crate::error::{Error, FieldError};

/// Most bytes of a framework's refusal that are looked at.
const READ_BYTES: usize = 16 * 1024;
/// Longest name of a field that is repeated.
const NAME_BYTES: usize = 40;

/// What the framework refused, as an error if it says which field is wrong, else as an answer without its text.
pub async fn read(response: Response, json: bool) -> Result<Error, Response> {
    let is_value = matches!(response.status(), StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST);
    if !is_value || !is_text(&response) {
        return Err(in_form(response, json));
    }
    let (parts, body) = response.into_parts();
    let text = to_bytes(body, READ_BYTES).await.unwrap_or_default();
    match std::str::from_utf8(&text).ok().and_then(field) {
        Some(field) => Ok(Error::Invalid(vec![field])),
        None => Err(in_form((parts, ()).into_response(), json)),
    }
}

/// The same refusal with a sentence of ours, as a problem document where that is wanted.
pub fn in_form(response: Response, json: bool) -> Response {
    let status = response.status();
    let bare = status == StatusCode::METHOD_NOT_ALLOWED || is_text(&response);
    let Some((code, detail)) = sentence(status).filter(|_| bare) else { return response };
    let mut answer = if json {
        problem::as_json(Problem {
            kind: "about:blank",
            title: problem::title(status),
            status: status.as_u16(),
            detail: detail.to_owned(),
            code,
            errors: Vec::new(),
            retry_after: None,
            request: None,
        })
    } else {
        (status, format!("{detail}\n")).into_response()
    };
    for name in [header::ALLOW, header::CONNECTION] {
        if let Some(value) = response.headers().get(&name) {
            answer.headers_mut().insert(name, value.clone());
        }
    }
    answer
}

fn is_text(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

fn sentence(status: StatusCode) -> Option<(&'static str, &'static str)> {
    Some(match status {
        StatusCode::METHOD_NOT_ALLOWED => ("method_not_allowed", "This address does not take that method."),
        StatusCode::UNSUPPORTED_MEDIA_TYPE => {
            ("unsupported_media_type", "Send the body uncompressed, as application/json (API) or as a form.")
        }
        StatusCode::UNPROCESSABLE_ENTITY | StatusCode::BAD_REQUEST => {
            ("bad_request", "The request is not complete or has a value of the wrong kind.")
        }
        StatusCode::PAYLOAD_TOO_LARGE => ("too_large", "The request is larger than allowed."),
        StatusCode::URI_TOO_LONG => ("uri_too_long", "The address is longer than 4 KiB."),
        StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE => {
            ("too_many_headers", "The request has more than 64 header lines.")
        }
        StatusCode::REQUEST_TIMEOUT => ("timeout", "The rest of the request did not arrive in time."),
        StatusCode::MISDIRECTED_REQUEST => {
            ("wrong_host", "This server does not answer for that host name. Is public_url set?")
        }
        _ => return None,
    })
}

/// The field in `… target type: count: invalid type …` and `… form body: missing field `title` …`. Only names of the
/// form of ours pass: what follows the name may be the value itself.
fn field(text: &str) -> Option<FieldError> {
    let openings = ["into the target type: ", "deserialize form body: ", "deserialize query string: "];
    let rest = openings.iter().find_map(|opening| text.split_once(opening)).map(|(_, rest)| rest)?;
    let missing = rest.strip_prefix("missing field `").and_then(|rest| rest.split('`').next());
    let (name, message) = match missing {
        Some(name) => (name, "This field is missing."),
        None => (rest.split(": ").next()?, "This value is of the wrong kind."),
    };
    let ours = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_.[]".contains(&byte);
    let named = !name.is_empty() && name.len() <= NAME_BYTES && name.bytes().all(ours);
    named.then(|| FieldError { field: Cow::Owned(name.to_owned()), message: Cow::Borrowed(message) })
}
