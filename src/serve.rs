//! The accept loop: one task a connection, with time limits that `axum::serve` does not have.
//!
//! A head has 10 s, a body 30 s and a pace, an idle connection 30 s, a peer that takes no bytes 30 s; and no address has
//! more than its share of the connections.

mod pace;
#[cfg(test)]
mod tests;
mod watch;

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::config::Config;
use crate::http::Peer;
use crate::limits::Key;

pub use pace::Pace;
use pace::Paced;
use watch::{Patience, Phase, Phases, Watched};

/// How much the loop takes.
#[derive(Debug, Clone)]
pub struct Caps {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one address (IPv6: of a /64).
    pub of_address: usize,
    /// Addresses that the second cap does not apply to. Reverse proxies belong here: they speak for many.
    pub exempt: Vec<IpAddr>,
    /// Time for the headers of a request.
    pub headers: Duration,
    /// Time that a connection may idle between two requests.
    pub idle: Duration,
    /// How fast a request's body has to come.
    pub body: Pace,
    /// Time for a peer to take any byte that waits for it.
    pub stall: Duration,
    /// Time from a request's headers to its answer, whatever is in the way: more than a body and a handler may take.
    pub answer: Duration,
    /// Time for open requests to end when the server stops.
    pub drain: Duration,
}

impl Default for Caps {
    fn default() -> Self {
        Self {
            connections: 4096,
            of_address: 64,
            exempt: Vec::new(),
            headers: Duration::from_secs(10),
            idle: Duration::from_secs(30),
            body: Pace { total: Duration::from_secs(30), grace: Duration::from_secs(5), rate: 1024 },
            stall: Duration::from_secs(30),
            answer: Duration::from_secs(45),
            drain: Duration::from_secs(20),
        }
    }
}

impl Caps {
    /// The caps with the addresses that a configuration names: exempt ones, and its reverse proxies.
    pub fn of(config: &Config) -> Self {
        let exempt = config.exempt.iter().chain(&config.trusted_proxies).map(IpAddr::to_canonical).collect();
        Self { exempt, ..Self::default() }
    }
}

/// Most header lines of a request.
const HEADERS: usize = 64;
/// Largest head of a request.
const HEAD_BYTES: usize = 16 * 1024;

type Counts = Arc<Mutex<HashMap<Key, usize>>>;

/// One open connection, counted for as long as this lives.
struct Place {
    counts: Counts,
    key: Key,
}

impl Place {
    fn take(counts: &Counts, address: IpAddr, caps: &Caps) -> Option<Self> {
        let mut open = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let full = open.values().sum::<usize>() >= caps.connections;
        let key = Key::address(address);
        let mine = open.get(&key).copied().unwrap_or_default();
        if full || (mine >= caps.of_address && !caps.exempt.contains(&address)) {
            return None;
        }
        open.insert(key, mine + 1);
        Some(Self { counts: Arc::clone(counts), key })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get(&self.key).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            open.remove(&self.key);
        } else {
            open.insert(self.key, left);
        }
    }
}

/// Serves until `stop`, then lets open requests end.
pub async fn run(listener: TcpListener, router: Router, caps: Caps, stop: CancellationToken) {
    let (counts, tasks) = (Counts::default(), TaskTracker::new());
    let ends = Ends { stop: stop.clone(), cut: CancellationToken::new() };
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = Place::take(&counts, peer.ip().to_canonical(), &caps) else { continue };
                tasks.spawn(connection(stream, peer, router.clone(), (caps.clone(), place, ends.clone())));
            }
            Err(error) => {
                // Out of file descriptors, mostly: wait for some to come back instead of spinning.
                tracing::warn!(cause = %error, "a connection could not be accepted");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
    drop(listener);
    tasks.close();
    if tokio::time::timeout(caps.drain, tasks.wait()).await.is_err() {
        tracing::warn!(open = tasks.len(), "connections were cut at the end of the drain");
        ends.cut.cancel();
        tasks.wait().await;
    }
}

/// How a connection hears that the server stops: first asked to finish, then cut.
#[derive(Clone)]
struct Ends {
    stop: CancellationToken,
    cut: CancellationToken,
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, (caps, place, ends): (Caps, Place, Ends)) {
    drop(stream.set_nodelay(true));
    let phases = Phases::default();
    let patience = Patience { head: caps.headers, idle: caps.idle, stall: caps.stall };
    let stream = Watched::new(stream, phases.clone(), patience);
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let (router, phases, answer) = (router.clone(), phases.clone(), caps.answer);
        let mut request: Request = request.map(|body| Body::new(Paced::new(body, caps.body)));
        request.extensions_mut().insert(Peer(peer));
        phases.enter(Phase::Busy);
        async move {
            let response = match two_lengths(&request, &phases) {
                Some(refusal) => refusal,
                None => timely(answer, router, request).await,
            };
            let upgraded = response.status() == StatusCode::SWITCHING_PROTOCOLS;
            phases.enter(if upgraded { Phase::Upgraded } else { Phase::Idle });
            Ok::<_, std::convert::Infallible>(response)
        }
    });
    let mut http = http1::Builder::new();
    // hyper's own limit is only the net below those of `Watched`.
    http.timer(TokioTimer::new())
        .header_read_timeout(caps.idle + caps.headers)
        .max_headers(HEADERS)
        .max_buf_size(HEAD_BYTES)
        .keep_alive(true);
    let serving = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::pin!(serving);
    tokio::select! {
        ended = serving.as_mut() => if let Err(error) = ended { tracing::trace!(cause = %error, "a connection ended early") },
        () = ends.stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            drop(ends.cut.run_until_cancelled(serving).await);
        }
    }
    drop(place);
}

/// Refuses a body with both a length and chunks: whoever stands in front may have read the other one (RFC 9112, 6.1 and
/// 11.2). hyper would believe the chunks and close afterwards.
fn two_lengths(request: &Request, phases: &Phases) -> Option<axum::response::Response> {
    let both = request.headers().contains_key(header::TRANSFER_ENCODING) && phases.has_line("content-length");
    let refusal = (StatusCode::BAD_REQUEST, [(header::CONNECTION, "close")], "The request has two lengths.\n");
    both.then(|| refusal.into_response())
}

async fn timely(limit: Duration, router: Router, request: Request) -> axum::response::Response {
    match tokio::time::timeout(limit, router.oneshot(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(never)) => match never {},
        Err(_) => (StatusCode::REQUEST_TIMEOUT, "The request took too long.\n").into_response(),
    }
}
