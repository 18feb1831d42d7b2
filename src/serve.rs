//! The accept loop: one task a connection, with time limits that `axum::serve` does not have.
//!
//! Headers have 10 s, idle connections 30 s, and no address more than its share of the connections.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::ServiceExt;

use crate::http::Peer;

/// How much the loop takes.
#[derive(Debug, Clone)]
pub struct Caps {
    /// Connections in all.
    pub connections: usize,
    /// Connections of one address.
    pub of_address: usize,
    /// Addresses that the second cap does not apply to.
    pub exempt: Vec<IpAddr>,
    /// Time for the headers of a request, also while a connection idles between two.
    pub headers: Duration,
    /// Time from a request's headers to its answer.
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
            answer: Duration::from_secs(30),
            drain: Duration::from_secs(20),
        }
    }
}

type Counts = Arc<Mutex<HashMap<IpAddr, usize>>>;

/// One open connection, counted for as long as this lives.
struct Place {
    counts: Counts,
    address: IpAddr,
}

impl Place {
    fn take(counts: &Counts, address: IpAddr, caps: &Caps) -> Option<Self> {
        let mut open = counts.lock().unwrap_or_else(PoisonError::into_inner);
        let full = open.values().sum::<usize>() >= caps.connections;
        let mine = open.get(&address).copied().unwrap_or_default();
        if full || (mine >= caps.of_address && !caps.exempt.contains(&address)) {
            return None;
        }
        open.insert(address, mine + 1);
        Some(Self { counts: Arc::clone(counts), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        let left = open.get(&self.address).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            open.remove(&self.address);
        } else {
            open.insert(self.address, left);
        }
    }
}

/// Serves until `stop`, then lets open requests end.
pub async fn run(listener: TcpListener, router: Router, caps: Caps, stop: CancellationToken) {
    let (counts, tasks) = (Counts::default(), TaskTracker::new());
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, peer)) => {
                let Some(place) = Place::take(&counts, peer.ip().to_canonical(), &caps) else { continue };
                tasks.spawn(connection(stream, peer, router.clone(), (caps.clone(), place, stop.clone())));
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
    }
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    (caps, place, stop): (Caps, Place, CancellationToken),
) {
    drop(stream.set_nodelay(true));
    let answer = caps.answer;
    let service = hyper::service::service_fn(move |request: hyper::Request<Incoming>| {
        let router = router.clone();
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(Peer(peer));
        async move { Ok::<_, std::convert::Infallible>(timely(answer, router, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(caps.headers)
        .max_headers(100)
        .max_buf_size(64 * 1024)
        .keep_alive(true);
    let serving = http.serve_connection(TokioIo::new(stream), service).with_upgrades();
    tokio::pin!(serving);
    tokio::select! {
        ended = serving.as_mut() => if let Err(error) = ended { tracing::trace!(cause = %error, "a connection ended early") },
        () = stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            drop(serving.await);
        }
    }
    drop(place);
}

async fn timely(limit: Duration, router: Router, request: Request) -> axum::response::Response {
    use axum::response::IntoResponse;
    match tokio::time::timeout(limit, router.oneshot(request)).await {
        Ok(Ok(response)) => response,
        Ok(Err(never)) => match never {},
        Err(_) => (http::StatusCode::REQUEST_TIMEOUT, "The request took too long.\n").into_response(),
    }
}
