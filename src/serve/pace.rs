//! A request's body that has to come at some pace.

use std::io::{Error, ErrorKind};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::BoxError;
use bytes::Bytes;
use hyper::body::{Body, Frame, Incoming, SizeHint};
use tokio::time::{Instant, Sleep};

/// How fast a body has to come.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Time for the whole body.
    pub total: Duration,
    /// Time before the rate counts.
    pub grace: Duration,
    /// Bytes a second, on average since the head, once the grace is over.
    pub rate: u32,
}

/// A body that ends with an error when it is late.
pub struct Paced {
    body: Incoming,
    pace: Pace,
    begun: Instant,
    received: usize,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Paced {
    /// Starts the clock.
    pub fn new(body: Incoming, pace: Pace) -> Self {
        Self { body, pace, begun: Instant::now(), received: 0, timer: None }
    }

    fn deadline(&self) -> Instant {
        let earned = u32::try_from(self.received).unwrap_or(u32::MAX);
        let earned = Duration::from_secs_f64(f64::from(earned) / f64::from(self.pace.rate.max(1)));
        self.begun + self.pace.total.min(self.pace.grace + earned)
    }

    fn is_late(&mut self, cx: &mut Context<'_>) -> bool {
        let deadline = self.deadline();
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep_until(deadline)));
        if timer.deadline() != deadline {
            timer.as_mut().reset(deadline);
        }
        timer.as_mut().poll(cx).is_ready()
    }
}

impl Body for Paced {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match Pin::new(&mut self.body).poll_frame(cx) {
            Poll::Ready(Some(Ok(frame))) => {
                self.received = self.received.saturating_add(frame.data_ref().map_or(0, Bytes::len));
                Poll::Ready(Some(Ok(frame)))
            }
            Poll::Ready(end) => Poll::Ready(end.map(|frame| frame.map_err(Into::into))),
            Poll::Pending if self.is_late(cx) => Poll::Ready(Some(Err(Error::from(ErrorKind::TimedOut).into()))),
            Poll::Pending => Poll::Pending,
        }
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
