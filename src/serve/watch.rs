//! A connection's stream that gives up: on heads that do not come, on peers that idle, on peers that take no bytes.
//!
//! hyper has one time limit for the head and the idling before it; these are two. It has none for writing. And it drops
//! one of two contradicting lengths before anyone sees it, so the head is kept here as it came.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// What a connection is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// A head has begun, or the connection is new.
    Head,
    /// A request is being answered.
    Busy,
    /// Nothing has come since the last answer.
    Idle,
    /// No HTTP any more; whoever took it over has limits of its own.
    Upgraded,
}

/// The phase, shared by the stream and the service on it. Counts changes, so that no timer outlives its phase.
#[derive(Debug, Clone, Default)]
pub struct Phases(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    state: AtomicU64,
    head: Mutex<Vec<u8>>,
}

impl Phases {
    /// Enters a phase.
    pub fn enter(&self, phase: Phase) {
        let next = |state: u64| Some(((state >> 2).wrapping_add(1) << 2) | phase as u64);
        let _ = self.0.state.fetch_update(Ordering::Relaxed, Ordering::Relaxed, next);
        match phase {
            Phase::Idle => self.head().clear(),
            Phase::Upgraded => *self.head() = Vec::new(),
            Phase::Head | Phase::Busy => {}
        }
    }

    /// Whether the head of the request that is being answered has a line of this name. Of requests that were sent before
    /// the answer to the one before, a part of the head may be missing.
    pub fn has_line(&self, name: &str) -> bool {
        let head = self.head();
        let lines = head.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii_end).skip(1);
        let names =
            lines.take_while(|line| !line.is_empty()).filter_map(|line| line.split(|byte| *byte == b':').next());
        names.into_iter().any(|line| line.eq_ignore_ascii_case(name.as_bytes()))
    }

    fn keep(&self, bytes: &[u8]) {
        let mut head = self.head();
        let room = super::HEAD_BYTES.saturating_sub(head.len()).min(bytes.len());
        head.extend_from_slice(bytes.get(..room).unwrap_or_default());
    }

    fn head(&self) -> MutexGuard<'_, Vec<u8>> {
        self.0.head.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn now(&self) -> (Phase, u64) {
        let state = self.0.state.load(Ordering::Relaxed);
        let phase = match state & 3 {
            0 => Phase::Head,
            1 => Phase::Busy,
            2 => Phase::Idle,
            _ => Phase::Upgraded,
        };
        (phase, state)
    }
}

/// How long a peer may take.
#[derive(Debug, Clone, Copy)]
pub struct Patience {
    /// For a head, from its first byte.
    pub head: Duration,
    /// Between an answer and the next head.
    pub idle: Duration,
    /// For taking any byte that waits to be sent.
    pub stall: Duration,
}

/// The stream.
pub struct Watched<S> {
    stream: S,
    phases: Phases,
    patience: Patience,
    reading: Option<(u64, Pin<Box<Sleep>>)>,
    writing: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    /// Watches a new connection; the service tells `phases` about its requests.
    pub fn new(stream: S, phases: Phases, patience: Patience) -> Self {
        Self { stream, phases, patience, reading: None, writing: None }
    }

    /// Whether a peer that sends nothing has used up its time.
    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let (phase, state) = self.phases.now();
        let patience = match phase {
            Phase::Head => self.patience.head,
            Phase::Idle => self.patience.idle,
            Phase::Busy | Phase::Upgraded => return false,
        };
        let running = self.reading.take().filter(|(armed, _)| *armed == state);
        let timer = running.map_or_else(|| Box::pin(tokio::time::sleep(patience)), |(_, timer)| timer);
        let (_, timer) = self.reading.insert((state, timer));
        timer.as_mut().poll(cx).is_ready()
    }

    /// Passes on what a write came to, and gives up on one that has waited for too long.
    fn written<T>(&mut self, cx: &mut Context<'_>, outcome: Poll<Result<T>>) -> Poll<Result<T>> {
        let (phase, _) = self.phases.now();
        if outcome.is_ready() || phase == Phase::Upgraded {
            self.writing = None;
            // A long answer is on its way to a slow peer: it does not idle.
            self.reading.take_if(|_| phase == Phase::Idle);
            return outcome;
        }
        let patience = self.patience.stall;
        let timer = self.writing.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        timer.as_mut().poll(cx).map(|()| Err(late()))
    }
}

fn late() -> Error {
    Error::from(ErrorKind::TimedOut)
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.stream).poll_read(cx, buffer);
        // The head's time runs from its first byte on, not from its last: drops of it do not help.
        let started = buffer.filled().len() > before && self.phases.now().0 == Phase::Idle;
        if started {
            self.phases.enter(Phase::Head);
        }
        if self.phases.now().0 == Phase::Head {
            self.phases.keep(buffer.filled().get(before..).unwrap_or_default());
        }
        // Asked also when bytes came, or a head in drops would never be late.
        if self.is_late(cx) { Poll::Ready(Err(late())) } else { outcome }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.written(cx, outcome)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let outcome = Pin::new(&mut self.stream).poll_write_vectored(cx, parts);
        self.written(cx, outcome)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let outcome = Pin::new(&mut self.stream).poll_flush(cx);
        self.written(cx, outcome)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
