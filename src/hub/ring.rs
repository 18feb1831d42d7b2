//! The last events of one stream, each encoded once.

use std::collections::VecDeque;

use tokio_tungstenite::tungstenite::Utf8Bytes;

/// Events kept.
const EVENTS: usize = 512;
/// Bytes kept.
const BYTES: usize = 256 * 1024;

/// What [`super::Hub::pull`] found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Pull {
    /// The next frames, in order, each with its sequence. Empty: nothing new.
    Frames(Vec<(i64, Utf8Bytes)>),
    /// The ring does not reach back that far (or the stream is not followed): read the log.
    Behind,
}

/// A bounded run of consecutive events.
#[derive(Debug, Default)]
pub struct Ring {
    frames: VecDeque<(i64, Utf8Bytes)>,
    bytes: usize,
}

impl Ring {
    /// Adds the next event. A gap (events not handed over) empties the ring: those behind it read the log.
    pub fn push(&mut self, seq: i64, frame: Utf8Bytes) {
        match self.frames.back() {
            Some((last, _)) if seq <= *last => return,
            Some((last, _)) if seq > last + 1 => {
                self.frames.clear();
                self.bytes = 0;
            }
            _ => {}
        }
        self.bytes += frame.len();
        self.frames.push_back((seq, frame));
        while self.frames.len() > EVENTS || (self.bytes > BYTES && self.frames.len() > 1) {
            if let Some((_, old)) = self.frames.pop_front() {
                self.bytes -= old.len();
            }
        }
    }

    /// Frames after a sequence, at most `limit`.
    pub fn after(&self, after: i64, limit: usize) -> Pull {
        let (Some((first, _)), Some((last, _))) = (self.frames.front(), self.frames.back()) else {
            return Pull::Behind;
        };
        if after >= *last {
            return Pull::Frames(Vec::new());
        }
        if after + 1 < *first {
            return Pull::Behind;
        }
        let skip = usize::try_from(after + 1 - first).unwrap_or(0);
        Pull::Frames(self.frames.iter().skip(skip).take(limit).cloned().collect())
    }
}
