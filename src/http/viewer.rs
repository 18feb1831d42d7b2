//! Who makes a request: a session cookie, or a bearer token on the API; and how often they may.

use std::net::IpAddr;

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::client::ClientAddress;
use super::cookies::{self, Secret};
use crate::access::{self, Viewer};
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::keys;
use crate::limits::{Key, Quota};
use crate::site::Site;

/// Pages with forms for guests.
const GUEST_FORMS: [&str; 3] = ["/signin", "/signup", "/setup"];

/// Finds the viewer and what their forms are bound to.
pub async fn identify(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    if path.starts_with("/a/") || matches!(path.as_str(), "/healthz" | "/readyz") {
        return next.run(request).await;
    }
    let viewer = match who(&site, request.headers(), path.starts_with("/api/")).await {
        Ok(viewer) => viewer,
        // A wrong token has no viewer to count for; its address pays, or guesses would be free.
        Err(error) => {
            let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
            return counted(&site, None, address, &path).err().unwrap_or(error).into_response();
        }
    };
    let session =
        cookies::get(request.headers(), cookies::session_name(&site.config)).filter(|_| viewer.id().is_some());
    let guest = cookies::get(request.headers(), cookies::guest_name(&site.config)).filter(|value| value.len() == 43);
    let known = session.or(guest).map(|value| Secret(value.to_owned()));
    let fresh = known.is_none() && GUEST_FORMS.iter().any(|form| path.starts_with(form));
    let secret = known.unwrap_or_else(|| Secret(site.clock.token()));
    if fresh || session.is_some() || guest.is_some() {
        request.extensions_mut().insert(secret.clone());
    }
    request.extensions_mut().insert(viewer);
    let flash = cookies::get(request.headers(), cookies::FLASH).is_some();
    let mut response = next.run(request).await;
    if flash {
        cookies::spend_flash(&site.config, &mut response);
    }
    if fresh && let Some(cookie) = cookies::set(&site.config, cookies::guest_name(&site.config), &secret.0, Some(7200))
    {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}

async fn who(site: &Site, headers: &HeaderMap, api: bool) -> Result<Viewer> {
    let bearer = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.strip_prefix("Bearer "));
    if let Some(token) = bearer.filter(|_| api) {
        let member = access::store::by_token(&site.db, &site.clock, &keys::sha256(token.trim().as_bytes())).await?;
        return member.map(Viewer::Member).ok_or(Error::SignInNeeded);
    }
    let Some(cookie) = cookies::get(headers, cookies::session_name(&site.config)) else { return Ok(Viewer::Guest) };
    let member = access::store::by_session(&site.db, &site.clock, &keys::sha256(cookie.as_bytes())).await?;
    Ok(member.map_or(Viewer::Guest, Viewer::Member))
}

/// Counts the request against the viewer's quota, before its body is read.
pub async fn count(State(site): State<Site>, request: Request, next: Next) -> Response {
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
    let member = request.extensions().get::<Viewer>().and_then(Viewer::id);
    match counted(&site, member, address, request.uri().path()) {
        Ok(()) => next.run(request).await,
        Err(error) => error.into_response(),
    }
}

/// `/healthz` is free, since it must stay green under load; `/readyz` writes to the database and is not.
fn counted(site: &Site, member: Option<MemberId>, address: Option<IpAddr>, path: &str) -> Result<()> {
    let Some(address) = address.filter(|_| path != "/healthz") else { return Ok(()) };
    let quota = match member {
        _ if path.starts_with("/a/") => Quota::Asset,
        Some(_) => Quota::MemberRequest,
        None => Quota::GuestRequest,
    };
    site.limits.check(quota, Key::of(member, address), Some(address)).map(drop)
}

impl<S: Send + Sync> FromRequestParts<S> for Viewer {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(parts.extensions.get::<Self>().cloned().unwrap_or(Self::Guest))
    }
}
