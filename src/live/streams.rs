//! Where one socket stands in the streams it follows, and the steps that bring it forward.

use std::collections::{BTreeMap, BTreeSet};

use super::session::{Session, Step};
use crate::entries::frames;
use crate::error::{Error, Result};
use crate::hub::Pull;
use crate::ids::Stream;
use crate::outbox;
use crate::protocol::{self, Close, Heads, MAX_BEHIND, MAX_STREAMS, Outgoing, Reset};

/// Events of one replay step.
const CHUNK: u64 = 100;
/// Frames taken from a ring in one step.
const PULL: usize = 64;

/// One stream as this socket has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    /// Last sequence sent.
    seq: i64,
    /// Read from the log until its end, instead of from the ring.
    replay: bool,
    /// A `synced` is owed at the end of the replay.
    announce: bool,
}

/// Everything a socket follows.
#[derive(Default)]
pub struct Cursors {
    places: BTreeMap<Stream, Place>,
    /// Streams that have something to send.
    work: BTreeSet<Stream>,
    /// Streams that moved since the last ping.
    moved: BTreeSet<Stream>,
}

/// What a subscription begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    /// A replay comes.
    Replay,
    /// Nothing is missing up to here.
    Now(i64),
    /// There is no subscription.
    Reset(Reset),
}

impl Cursors {
    /// Streams followed.
    pub fn streams(&self) -> Vec<Stream> {
        self.places.keys().copied().collect()
    }

    /// Whether a stream is followed.
    pub fn has(&self, stream: Stream) -> bool {
        self.places.contains_key(&stream)
    }

    /// Forgets a stream; whether it was followed.
    pub fn remove(&mut self, stream: Stream) -> bool {
        self.work.remove(&stream);
        self.moved.remove(&stream);
        self.places.remove(&stream).is_some()
    }

    /// Notes that a stream has new events.
    pub fn moved(&mut self, stream: Stream) {
        if self.places.contains_key(&stream) {
            self.work.insert(stream);
        }
    }

    /// Where each stream stands that moved since the last call.
    pub fn take_heads(&mut self) -> Heads {
        let moved = std::mem::take(&mut self.moved);
        moved.into_iter().filter_map(|stream| self.places.get(&stream).map(|place| (stream, place.seq))).collect()
    }

    fn put(&mut self, stream: Stream, place: Place) {
        if place.replay {
            self.work.insert(stream);
        }
        self.places.insert(stream, place);
    }

    fn advance(&mut self, stream: Stream, seq: i64) {
        if let Some(place) = self.places.get_mut(&stream)
            && seq > place.seq
        {
            place.seq = seq;
            self.moved.insert(stream);
        }
    }
}

impl Session {
    /// Starts following a stream. Returns what it begins with, its head, and the oldest sequence kept. `same`: the
    /// client's sequences belong to this database.
    ///
    /// # Errors
    /// Not visible, too many streams, or a sequence below zero.
    pub(super) async fn follow(&mut self, cursor: protocol::Cursor, same: bool) -> Result<(Start, i64, i64)> {
        let stream = cursor.stream;
        if cursor.after.is_some_and(|after| after < 0) {
            return Err(Error::field("after", "A sequence is not below 0."));
        }
        if !self.cursors.has(stream) && self.cursors.places.len() >= MAX_STREAMS {
            return Err(Error::Denied("refused", format!("One socket follows at most {MAX_STREAMS} streams.").into()));
        }
        self.may_read(stream).await?;
        // Follow first, read after: what is committed in between wakes this socket and is found in the ring.
        self.connection.follow(stream);
        let (head, oldest) = match self.bounds(stream).await {
            Ok(bounds) => bounds,
            Err(error) => {
                self.give_up(stream);
                return Err(error);
            }
        };
        let start = match cursor.after {
            Some(_) if !same => Start::Reset(Reset::Epoch),
            Some(after) if after > head => Start::Reset(Reset::Epoch),
            Some(after) if after + 1 < oldest => Start::Reset(Reset::TooOld),
            Some(after) if head - after > MAX_BEHIND => Start::Reset(Reset::TooFar),
            Some(after) if after < head => Start::Replay,
            Some(_) | None => Start::Now(head),
        };
        match start {
            Start::Reset(_) => self.give_up(stream),
            Start::Replay => {
                self.cursors.put(stream, Place { seq: cursor.after.unwrap_or(head), replay: true, announce: true });
            }
            Start::Now(seq) => self.cursors.put(stream, Place { seq, replay: false, announce: false }),
        }
        self.live.0.passing.came_or_went(stream);
        Ok((start, head, oldest))
    }

    fn give_up(&mut self, stream: Stream) {
        self.cursors.remove(stream);
        self.connection.unfollow(stream);
    }

    /// Whether a stream has something to send.
    pub fn has_work(&self) -> bool {
        !self.cursors.work.is_empty()
    }

    /// Brings every stream that has something a bit forward.
    pub async fn step(&mut self) -> Step {
        let waiting: Vec<Stream> = self.cursors.work.iter().copied().collect();
        for stream in waiting {
            if self.is_full() {
                break;
            }
            let Some(place) = self.cursors.places.get(&stream).copied() else {
                self.cursors.work.remove(&stream);
                continue;
            };
            let done = if place.replay { self.replay(stream, place).await } else { self.pull(stream, place).await };
            if let Err(error) = done {
                tracing::warn!(cause = %error, "a stream could not be read for a socket");
                return Err(Some(Close::Internal));
            }
        }
        Ok(())
    }

    async fn pull(&mut self, stream: Stream, place: Place) -> Result<()> {
        match self.site().hub.pull(stream, place.seq, PULL) {
            Pull::Frames(frames) => {
                if frames.len() < PULL {
                    self.cursors.work.remove(&stream);
                }
                for (seq, frame) in frames {
                    self.push_encoded(frame);
                    self.cursors.advance(stream, seq);
                }
            }
            Pull::Behind => {
                let (head, oldest) = self.bounds(stream).await?;
                if head - place.seq > MAX_BEHIND {
                    self.reset(stream, Reset::TooFar, (head, oldest));
                } else {
                    self.cursors.put(stream, Place { replay: true, ..place });
                }
            }
        }
        Ok(())
    }

    /// One chunk from the log. The permit is held while reading, not while a slow network takes the frames.
    async fn replay(&mut self, stream: Stream, place: Place) -> Result<()> {
        let live = self.live.clone();
        let encoded = {
            let _permit = live.0.replays.acquire().await.map_err(Error::internal)?;
            let events = outbox::since(&live.0.site.db, stream, place.seq, CHUNK).await?;
            frames::encode(&live.0.site.db, &events).await?
        };
        let more = encoded.len() as u64 >= CHUNK;
        let mut seq = place.seq;
        for (_, at, frame) in encoded {
            if at != seq + 1 {
                return Err(Error::internal("the log of a stream has a gap"));
            }
            seq = at;
            self.push_encoded(frame);
        }
        self.cursors.advance(stream, seq);
        if more {
            return Ok(());
        }
        self.cursors.places.insert(stream, Place { seq, replay: false, announce: false });
        self.cursors.work.remove(&stream);
        if place.announce {
            self.push(&Outgoing::Synced { stream, seq });
        }
        Ok(())
    }
}
