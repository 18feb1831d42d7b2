//! The socket at `/live`: who may open one, and the task that serves it. What the frames mean is `docs/protocol.md`.
//!
//! One task a socket. It owns its cursors; what it follows is woken by the hub and pulled from the hub's rings or, when
//! those do not reach back far enough, from the log.

mod dispatch;
mod failure;
mod handshake;
mod hello;
mod pace;
mod passing;
mod session;
mod socket;
mod store;
mod streams;
#[cfg(test)]
mod tests;
mod tickets;
mod wire;

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::FromRef;
use axum::routing::{get, post};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::error::{Error, Limited, Result};
use crate::site::Site;

/// Replays that read the log at the same time.
const REPLAYS: usize = 32;
/// Sockets of one address that have not said who they are yet.
const STRANGERS: u32 = 16;
/// How long sockets may take to say goodbye when the server stops.
const GOODBYE: Duration = Duration::from_secs(10);

/// Everything the sockets of this process share; cheap to clone.
#[derive(Clone)]
pub struct Live(Arc<Shared>);

struct Shared {
    site: Site,
    epoch: String,
    tickets: tickets::Tickets,
    passing: passing::Passing,
    replays: Semaphore,
    strangers: Mutex<HashMap<IpAddr, u32>>,
    tasks: TaskTracker,
}

impl Live {
    /// Prepares for sockets. The task that tells who types and who is there runs until `stop`.
    pub async fn start(site: &Site, stop: CancellationToken) -> Result<Self> {
        let live = Self(Arc::new(Shared {
            site: site.clone(),
            epoch: store::epoch(&site.db, &site.clock).await?,
            tickets: tickets::Tickets::default(),
            passing: passing::Passing::default(),
            replays: Semaphore::new(REPLAYS),
            strangers: Mutex::default(),
            tasks: TaskTracker::new(),
        }));
        let telling = live.clone();
        tokio::spawn(async move { stop.run_until_cancelled(telling.0.passing.run(&telling.0.site)).await });
        Ok(live)
    }

    /// Says goodbye to every socket and waits, not for long, until they are gone. Call it after the listener stopped.
    pub async fn drain(&self) {
        self.0.tasks.close();
        self.0.site.hub.drain();
        drop(tokio::time::timeout(GOODBYE, self.0.tasks.wait()).await);
    }

    /// Counts a socket that has not said yet who it is, for as long as the guard lives.
    fn stranger(&self, address: Option<IpAddr>) -> Result<Stranger> {
        let address = address.filter(|address| !self.0.site.config.exempt.contains(address));
        if let Some(address) = address {
            let mut strangers = self.0.strangers.lock().unwrap_or_else(PoisonError::into_inner);
            let count = strangers.entry(address).or_default();
            if *count >= STRANGERS {
                return Err(Error::Limited(Limited {
                    quota: "socket",
                    retry_after_s: 5,
                    allowed: STRANGERS,
                    window_s: 5,
                }));
            }
            *count += 1;
        }
        Ok(Stranger { live: self.clone(), address })
    }
}

/// One more socket of an address that has not said who it is.
struct Stranger {
    live: Live,
    address: Option<IpAddr>,
}

impl Drop for Stranger {
    fn drop(&mut self) {
        let Some(address) = self.address else { return };
        let mut strangers = self.live.0.strangers.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = strangers.get_mut(&address) {
            *count = count.saturating_sub(1);
            if *count == 0 {
                strangers.remove(&address);
            }
        }
    }
}

/// `GET /live` and `POST /live/ticket`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    Live: FromRef<S>,
{
    Router::new().route("/live", get(handshake::upgrade)).route("/live/ticket", post(handshake::ticket))
}
