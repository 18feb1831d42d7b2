//! From an HTTP request to a socket: the checks before the 101, and the tickets.
//!
//! The upgrade is done by hand, since tungstenite's own buffers would cost 128 KiB a socket.

use axum::Json;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hyper_util::rt::TokioIo;
use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

use super::socket::{self, Opening, Peer};
use super::{Live, tickets};
use crate::access::{Credential, Viewer};
use crate::error::{Error, Result};
use crate::http::{ClientAddress, Sender};
use crate::limits::{Key, Quota};

/// A fresh ticket.
#[derive(serde::Serialize)]
pub struct Ticket {
    ticket: String,
    expires_s: i64,
}

/// `POST /live/ticket`: a ticket for the session of the request. CSRF was checked before.
pub async fn ticket(State(live): State<Live>, viewer: Viewer, Sender(address): Sender) -> Result<Json<Ticket>> {
    let member = viewer.member()?;
    let Credential::Session(session) = member.credential else {
        return Err(Error::Denied(
            "session_needed",
            "Programs send their API token in hello; tickets are for browsers.".into(),
        ));
    };
    live.0.site.limits.check(Quota::Ticket, Key::Member(member.id), address)?;
    let ticket = live.0.tickets.issue(&live.0.site.clock, session)?;
    Ok(Json(Ticket { ticket, expires_s: tickets::VALID_S }))
}

/// `GET /live`.
pub async fn upgrade(State(live): State<Live>, viewer: Viewer, mut request: Request) -> Result<Response> {
    let Some(key) = key(&request) else { return Ok(not_a_socket()) };
    let address = request.extensions().get::<ClientAddress>().map(|address| address.0);
    let peer = peer(&live, request.headers(), viewer)?;
    let stranger = live.stranger(address)?;
    let accept = HeaderValue::from_str(&derive_accept_key(key.as_bytes())).map_err(Error::internal)?;
    let upgrade = hyper::upgrade::on(&mut request);
    let opening = Opening { live: live.clone(), peer, address, stranger };
    live.0.tasks.spawn(async move {
        match upgrade.await {
            Ok(io) => socket::run(TokioIo::new(io), opening).await,
            Err(error) => tracing::debug!(cause = %error, "a socket was not opened"),
        }
    });
    let headers = [
        (header::CONNECTION, HeaderValue::from_static("upgrade")),
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::SEC_WEBSOCKET_ACCEPT, accept),
    ];
    Ok((StatusCode::SWITCHING_PROTOCOLS, headers).into_response())
}

/// Who may open a socket. Browsers name their page's origin and it has to be ours; then the session has to be good.
/// Whoever names no origin is a program and shows a token later; its cookies count for nothing.
fn peer(live: &Live, headers: &HeaderMap, viewer: Viewer) -> Result<Peer> {
    let mut origins = headers.get_all(header::ORIGIN).iter();
    let Some(origin) = origins.next() else { return Ok(Peer::Program) };
    if origin.as_bytes() != live.0.site.config.origin().as_bytes() || origins.next().is_some() {
        return Err(Error::Denied("origin", "Sockets are opened from this site's own pages only.".into()));
    }
    match viewer {
        Viewer::Member(member) if matches!(member.credential, Credential::Session(_)) => {
            Ok(Peer::Browser(Box::new(member)))
        }
        // Not "sign in": a page would be redirected, a socket cannot be.
        _ => Err(Error::Denied("session_needed", "Sign in to open a socket.".into())),
    }
}

/// The key of a well-formed upgrade request (RFC 6455 section 4.2.1) that this connection can serve.
fn key(request: &Request) -> Option<String> {
    let headers = request.headers();
    let lists = |name: header::HeaderName, wanted: &str| {
        let values = headers.get_all(name).iter().filter_map(|value| value.to_str().ok());
        values.flat_map(|value| value.split(',')).any(|token| token.trim().eq_ignore_ascii_case(wanted))
    };
    let version = headers.get(header::SEC_WEBSOCKET_VERSION).is_some_and(|version| version == "13");
    let able = request.extensions().get::<hyper::upgrade::OnUpgrade>().is_some();
    if !version || !able || !lists(header::CONNECTION, "upgrade") || !lists(header::UPGRADE, "websocket") {
        return None;
    }
    let key = headers.get(header::SEC_WEBSOCKET_KEY)?.to_str().ok()?;
    (key.len() == 24 && key.ends_with("==")).then(|| key.to_owned())
}

fn not_a_socket() -> Response {
    let headers = [
        (header::CONNECTION, HeaderValue::from_static("upgrade")),
        (header::UPGRADE, HeaderValue::from_static("websocket")),
        (header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13")),
    ];
    (StatusCode::UPGRADE_REQUIRED, headers, "This address takes WebSocket connections only (RFC 6455, version 13).\n")
        .into_response()
}
