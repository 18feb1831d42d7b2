//! The client's address: the peer's, or what a trusted proxy says of it.

use std::net::{IpAddr, SocketAddr};

use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::Response;

use crate::site::Site;

/// Address of the client. For limits and for the truncated form in session lists; never logged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClientAddress(pub IpAddr);

/// The peer as the accept loop saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Peer(pub SocketAddr);

/// Puts the client's address beside the request.
pub async fn find(State(site): State<Site>, mut request: Request, next: Next) -> Response {
    let peer =
        request.extensions().get::<Peer>().map_or(IpAddr::from([127, 0, 0, 1]), |peer| peer.0.ip().to_canonical());
    let address = behind(peer, request.headers(), &site.config.trusted_proxies);
    request.extensions_mut().insert(ClientAddress(address));
    next.run(request).await
}

/// Walks `X-Forwarded-For` from the right while the hops are trusted proxies. What stands left of the first untrusted
/// hop was written by the client and counts for nothing.
pub fn behind(peer: IpAddr, headers: &HeaderMap, trusted: &[IpAddr]) -> IpAddr {
    let lines: Vec<&str> = headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).collect();
    let mut hops = lines.iter().flat_map(|line| line.split(',')).map(str::trim).rev();
    let mut address = peer;
    while trusted.contains(&address) {
        match hops.next().map(str::parse::<IpAddr>) {
            Some(Ok(hop)) => address = hop.to_canonical(),
            _ => break,
        }
    }
    address
}
