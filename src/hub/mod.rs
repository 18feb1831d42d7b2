//! Open sockets and what they wait for. A socket is a cursor over a stream's log: each stream keeps its last events
//! once, already encoded, and wakes the sockets that follow it; nothing is queued per socket.
//!
//! The hub knows no database and no protocol beyond "a frame with a sequence"; a socket that fell behind the ring
//! reads the log itself.

mod connection;
mod ring;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock, Weak};

use tokio_tungstenite::tungstenite::Utf8Bytes;

use crate::ids::{MemberId, SessionId, Stream};

pub use connection::{Connection, Signal, Wake};
pub use ring::Pull;
use ring::Ring;

/// All open sockets of this process; cheap to clone.
#[derive(Clone, Default)]
pub struct Hub(Arc<Inner>);

#[derive(Default)]
struct Inner {
    next: AtomicU64,
    streams: RwLock<HashMap<Stream, Arc<Followed>>>,
    sockets: Mutex<HashMap<u64, Weak<connection::Shared>>>,
}

/// A stream that at least one socket follows.
#[derive(Default)]
struct Followed {
    ring: Mutex<Ring>,
    followers: Mutex<HashMap<u64, Weak<connection::Shared>>>,
}

/// Locks even after a panic elsewhere: the data behind these locks is valid at every step.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Hub {
    /// Registers a socket.
    pub fn connect(&self, member: Option<MemberId>, session: Option<SessionId>) -> Connection {
        let id = self.0.next.fetch_add(1, Ordering::Relaxed);
        let connection = Connection::new(self.clone(), id, member, session);
        lock(&self.0.sockets).insert(id, connection.downgrade());
        connection
    }

    /// Hands an encoded event to every socket that follows the stream. Called in commit order.
    pub fn publish(&self, stream: Stream, seq: i64, frame: Utf8Bytes) {
        let followed = self.0.streams.read().unwrap_or_else(PoisonError::into_inner).get(&stream).cloned();
        let Some(followed) = followed else { return };
        lock(&followed.ring).push(seq, frame);
        for socket in followed.sockets() {
            socket.moved(stream);
        }
    }

    /// Whether anyone follows this stream, so that its events are worth encoding.
    pub fn is_followed(&self, stream: Stream) -> bool {
        self.0.streams.read().unwrap_or_else(PoisonError::into_inner).contains_key(&stream)
    }

    /// Frames of a followed stream after a sequence.
    pub fn pull(&self, stream: Stream, after: i64, limit: usize) -> Pull {
        let followed = self.0.streams.read().unwrap_or_else(PoisonError::into_inner).get(&stream).cloned();
        followed.map_or(Pull::Behind, |followed| lock(&followed.ring).after(after, limit))
    }

    /// Sends a passing frame (typing, presence) to the followers of a stream, except to one socket.
    pub fn whisper(&self, stream: Stream, from: u64, frame: &Utf8Bytes) {
        let followed = self.0.streams.read().unwrap_or_else(PoisonError::into_inner).get(&stream).cloned();
        for socket in followed.iter().flat_map(|followed| followed.sockets()).filter(|socket| socket.id() != from) {
            socket.signal(Signal::Frame(frame.clone()));
        }
    }

    /// Sends a frame to every socket of a member.
    pub fn tell(&self, member: MemberId, frame: &Utf8Bytes) {
        self.each(|socket| socket.member() == Some(member), &Signal::Frame(frame.clone()));
    }

    /// Closes the sockets of one session: it was ended.
    pub fn end_session(&self, session: SessionId) {
        self.each(|socket| socket.session() == Some(session), &Signal::SessionEnded);
    }

    /// Makes the sockets of a member look at their rights again: a role, membership or the account has changed.
    pub fn recheck(&self, member: MemberId) {
        self.each(|socket| socket.member() == Some(member), &Signal::Recheck);
    }

    /// Tells every socket that the server stops.
    pub fn drain(&self) {
        self.each(|_| true, &Signal::Draining);
    }

    /// Sockets open now.
    pub fn sockets(&self) -> usize {
        lock(&self.0.sockets).len()
    }

    /// Sockets open now of one member.
    pub fn sockets_of(&self, member: MemberId) -> usize {
        lock(&self.0.sockets)
            .values()
            .filter_map(Weak::upgrade)
            .filter(|socket| socket.member() == Some(member))
            .count()
    }

    /// Members who follow a stream now, each once, in order of id.
    pub fn present(&self, stream: Stream) -> Vec<MemberId> {
        let followed = self.0.streams.read().unwrap_or_else(PoisonError::into_inner).get(&stream).cloned();
        let mut members: Vec<_> =
            followed.iter().flat_map(|followed| followed.sockets()).filter_map(|socket| socket.member()).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    /// Members with an open socket, each once, in order of id.
    pub fn online(&self) -> Vec<MemberId> {
        let mut members: Vec<_> =
            lock(&self.0.sockets).values().filter_map(Weak::upgrade).filter_map(|socket| socket.member()).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    fn each(&self, wanted: impl Fn(&connection::Shared) -> bool, signal: &Signal) {
        let sockets: Vec<_> = lock(&self.0.sockets).values().filter_map(Weak::upgrade).collect();
        for socket in sockets.iter().filter(|socket| wanted(socket)) {
            socket.signal(signal.clone());
        }
    }

    fn follow(&self, stream: Stream, socket: &Arc<connection::Shared>) {
        let mut streams = self.0.streams.write().unwrap_or_else(PoisonError::into_inner);
        let followed = streams.entry(stream).or_default();
        lock(&followed.followers).insert(socket.id(), Arc::downgrade(socket));
    }

    fn unfollow(&self, stream: Stream, socket: u64) {
        let mut streams = self.0.streams.write().unwrap_or_else(PoisonError::into_inner);
        let Some(followed) = streams.get(&stream) else { return };
        let mut followers = lock(&followed.followers);
        followers.remove(&socket);
        let empty = followers.is_empty();
        drop(followers);
        if empty {
            streams.remove(&stream);
        }
    }

    fn forget(&self, socket: u64, streams: &[Stream]) {
        lock(&self.0.sockets).remove(&socket);
        for stream in streams {
            self.unfollow(*stream, socket);
        }
    }
}

impl Followed {
    fn sockets(&self) -> Vec<Arc<connection::Shared>> {
        lock(&self.followers).values().filter_map(Weak::upgrade).collect()
    }
}
