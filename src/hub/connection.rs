//! One open socket as the hub sees it: whose it is, what it follows, and what woke it.

use std::collections::{BTreeSet, VecDeque};
use std::sync::{Arc, Mutex, Weak};

use tokio::sync::Notify;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{Hub, lock};
use crate::ids::{MemberId, SessionId, Stream};

/// Passing frames kept for a socket that is slow to take them; older ones are dropped first, never events.
const PASSING: usize = 64;

/// Something a socket's task has to act on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Signal {
    /// Send this frame as it is.
    Frame(Utf8Bytes),
    /// Its session was ended.
    SessionEnded,
    /// Rights may have changed.
    Recheck,
    /// The server stops.
    Draining,
}

/// Why a socket's task was woken.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Wake {
    /// Streams with new events.
    pub moved: Vec<Stream>,
    /// Signals in order.
    pub signals: Vec<Signal>,
}

/// The part of a socket that others reach.
pub struct Shared {
    id: u64,
    member: Option<MemberId>,
    session: Option<SessionId>,
    pending: Mutex<Pending>,
    notify: Notify,
}

#[derive(Default)]
struct Pending {
    moved: BTreeSet<Stream>,
    signals: VecDeque<Signal>,
}

impl Shared {
    pub(super) fn id(&self) -> u64 {
        self.id
    }

    pub(super) fn member(&self) -> Option<MemberId> {
        self.member
    }

    pub(super) fn session(&self) -> Option<SessionId> {
        self.session
    }

    pub(super) fn moved(&self, stream: Stream) {
        lock(&self.pending).moved.insert(stream);
        self.notify.notify_one();
    }

    pub(super) fn signal(&self, signal: Signal) {
        let mut pending = lock(&self.pending);
        if pending.signals.len() >= PASSING
            && let Some(place) = pending.signals.iter().position(|old| matches!(old, Signal::Frame(_)))
        {
            pending.signals.remove(place);
        }
        pending.signals.push_back(signal);
        drop(pending);
        self.notify.notify_one();
    }
}

/// A socket's own handle; dropping it unregisters the socket.
pub struct Connection {
    hub: Hub,
    shared: Arc<Shared>,
    follows: Vec<Stream>,
}

impl Connection {
    pub(super) fn new(hub: Hub, id: u64, member: Option<MemberId>, session: Option<SessionId>) -> Self {
        let shared = Shared { id, member, session, pending: Mutex::default(), notify: Notify::new() };
        Self { hub, shared: Arc::new(shared), follows: Vec::new() }
    }

    pub(super) fn downgrade(&self) -> Weak<Shared> {
        Arc::downgrade(&self.shared)
    }

    /// Its number in the hub.
    pub fn id(&self) -> u64 {
        self.shared.id
    }

    /// Starts following a stream.
    pub fn follow(&mut self, stream: Stream) {
        if !self.follows.contains(&stream) {
            self.follows.push(stream);
            self.hub.follow(stream, &self.shared);
        }
    }

    /// Stops following a stream.
    pub fn unfollow(&mut self, stream: Stream) {
        self.follows.retain(|followed| *followed != stream);
        self.hub.unfollow(stream, self.shared.id);
    }

    /// What it follows.
    pub fn follows(&self) -> &[Stream] {
        &self.follows
    }

    /// Waits for the next reason to act. Nothing is lost when this future is dropped half-way.
    pub async fn wait(&self) -> Wake {
        loop {
            let wake = self.take();
            if wake != Wake::default() {
                return wake;
            }
            self.shared.notify.notified().await;
        }
    }

    /// What waits now.
    pub fn take(&self) -> Wake {
        let mut pending = lock(&self.shared.pending);
        Wake {
            moved: std::mem::take(&mut pending.moved).into_iter().collect(),
            signals: std::mem::take(&mut pending.signals).into(),
        }
    }
}

impl Drop for Connection {
    fn drop(&mut self) {
        self.hub.forget(self.shared.id, &self.follows);
    }
}
