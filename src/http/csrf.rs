//! Whether a request that changes something was made by our own pages.
//!
//! Three walls: the Origin (or, where browsers send none, Fetch Metadata), a token bound to the cookie it rides on, and
//! `SameSite=Lax`. Programs with a bearer token have no cookie to ride on and need none of it.

use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use http_body_util::{BodyExt, LengthLimitError, Limited};

use super::cookies::Secret;
use crate::access::{Credential, Viewer};
use crate::error::{Error, Result};
use crate::keys::{self, Keys, Purpose};
use crate::site::Site;

/// Largest body of a request.
pub const BODY_BYTES: usize = 256 * 1024;

/// The token of forms that ride on this cookie.
pub fn token(keys: &Keys, secret: &Secret) -> String {
    keys::base64url(&keys.mac(Purpose::Csrf, &[secret.0.as_bytes()]))
}

/// Refuses what other sites made the browser send.
pub async fn check(State(site): State<Site>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = match read(&parts.headers, body).await {
        Ok(body) => body,
        Err(refusal) => return refusal,
    };
    let harmless = matches!(parts.method, Method::GET | Method::HEAD | Method::OPTIONS) || parts.uri.path() == "/csp";
    let program = parts.extensions.get::<Viewer>().is_some_and(
        |viewer| matches!(viewer, Viewer::Member(member) if matches!(member.credential, Credential::Token(_))),
    );
    if !harmless && !program {
        let secret = parts.extensions.get::<Secret>();
        if let Err(error) =
            same_site(&site, &parts.headers).and_then(|()| has_token(&site, &parts.headers, &body, secret))
        {
            return error.into_response();
        }
    }
    next.run(Request::from_parts(parts, Body::from(body))).await
}

async fn read(headers: &HeaderMap, body: Body) -> Result<Bytes, Response> {
    let declared = headers
        .get(header::CONTENT_LENGTH)
        .and_then(|length| length.to_str().ok())
        .and_then(|length| length.parse::<usize>().ok());
    let too_large = || Error::TooLarge("The request is larger than 256 KiB. Shorten it, or send it in parts.".into());
    if declared.is_some_and(|length| length > BODY_BYTES) {
        return Err(too_large().into_response());
    }
    match Limited::new(body, BODY_BYTES).collect().await {
        Ok(body) => Ok(body.to_bytes()),
        Err(error) if error.is::<LengthLimitError>() => Err(too_large().into_response()),
        Err(_) => {
            let sentence = "The rest of the request did not arrive in time.\n";
            Err((StatusCode::REQUEST_TIMEOUT, [(header::CONNECTION, "close")], sentence).into_response())
        }
    }
}

fn refused() -> Error {
    Error::Denied(
        "csrf",
        "This form was not sent from this site, or it is too old. Go back, load the page again, and repeat it.".into(),
    )
}

/// Our own origin; without one, what Fetch Metadata says. Neither: no browser, and then there is a token to show.
fn same_site(site: &Site, headers: &HeaderMap) -> Result<()> {
    let fetch = headers.get("sec-fetch-site").map(axum::http::HeaderValue::as_bytes);
    if matches!(fetch, Some(b"cross-site" | b"same-site")) {
        return Err(refused());
    }
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else { return Ok(()) };
    if origins.next().is_some() {
        return Err(refused());
    }
    let ours = site.config.origin();
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let here = format!("{}://{host}", site.config.public_url.scheme());
    if origin.as_bytes() == ours.as_bytes() || origin.as_bytes() == here.as_bytes() { Ok(()) } else { Err(refused()) }
}

fn has_token(site: &Site, headers: &HeaderMap, body: &Bytes, secret: Option<&Secret>) -> Result<()> {
    let wanted = token(&site.keys, secret.ok_or_else(refused)?);
    let kind = headers.get(header::CONTENT_TYPE).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    let given = match headers.get("x-csrf-token").and_then(|token| token.to_str().ok()) {
        Some(token) => Some(token.to_owned()),
        None if kind.starts_with(b"application/x-www-form-urlencoded") => {
            url::form_urlencoded::parse(body).find(|(name, _)| name == "csrf").map(|(_, value)| value.into_owned())
        }
        None => None,
    };
    if given.is_some_and(|given| keys::same(given.as_bytes(), wanted.as_bytes())) { Ok(()) } else { Err(refused()) }
}
