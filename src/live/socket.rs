//! The task of one socket: hello, then turns between what arrives, what the hub brings, replays, and the clock.

use std::net::IpAddr;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite};
use tokio::time::{Instant, sleep_until, timeout};

use super::hello::{self, Greeted};
use super::session::Session;
use super::wire::{Incoming, Wire};
use super::{Live, Stranger, dispatch};
use crate::access::Member;
use crate::clock::Clock;
use crate::protocol::Close;

/// How long a socket may take to say who it is.
const HELLO: Duration = Duration::from_secs(5);

/// Who knocked, as far as the upgrade request told.
pub enum Peer {
    /// A page of ours in a browser with a good session.
    Browser(Box<Member>),
    /// A program that will show an API token.
    Program,
}

/// A socket about to be opened.
pub struct Opening {
    /// What all sockets share.
    pub live: Live,
    /// Who knocked.
    pub peer: Peer,
    /// From where.
    pub address: Option<IpAddr>,
    /// Its place among those who have not said who they are.
    pub stranger: Stranger,
}

/// Serves one socket to its end.
pub async fn run<S: AsyncRead + AsyncWrite + Unpin>(io: S, opening: Opening) {
    let mut wire = Wire::new(io).await;
    let clock = opening.live.0.site.clock.clone();
    let Opening { live, peer, address, stranger } = opening;
    let greeted = match timeout(HELLO, hello::greet(&live, peer, &mut wire)).await {
        Ok(Ok(greeted)) => greeted,
        Ok(Err(close)) => return end(wire, close, &clock).await,
        Err(_) => return end(wire, Some(Close::HelloTimeout), &clock).await,
    };
    drop(stranger);
    let mut session = Session::new(live, &greeted.member, address);
    let Err(close) = converse(&mut wire, &mut session, greeted).await;
    session.leave();
    drop(session);
    end(wire, close, &clock).await;
}

async fn end<S: AsyncRead + AsyncWrite + Unpin>(wire: Wire<S>, close: Option<Close>, clock: &Clock) {
    if let Some(close) = close {
        wire.close(close, retry_ms(close, clock)).await;
    }
}

/// When to come back, spread so that not everyone comes at once.
fn retry_ms(close: Close, clock: &Clock) -> Option<u64> {
    let up_to = |most: u64| u64::from(u32::from_be_bytes(clock.random())) % most;
    match close {
        _ if close.is_final() => None,
        Close::Draining => Some(500 + up_to(9_500)),
        Close::TooMany => Some(30_000),
        Close::RateAbuse => Some(60_000),
        _ => Some(500 + up_to(4_500)),
    }
}

/// Goes on until one side ends it. Never returns `Ok`.
async fn converse<S>(
    wire: &mut Wire<S>,
    session: &mut Session,
    greeted: Greeted,
) -> Result<std::convert::Infallible, Option<Close>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    session.welcome(&greeted).await?;
    for frame in greeted.rest {
        dispatch::handle(session, frame).await?;
    }
    loop {
        wire.send(session.take_out()).await?;
        let next = session.next_tick();
        tokio::select! {
            incoming = wire.next() => {
                session.heard(Instant::now());
                match incoming {
                    Incoming::Text(text) => dispatch::frame(session, &text).await?,
                    Incoming::Control => {}
                    Incoming::Unreadable => return Err(Some(Close::BadFrame)),
                    Incoming::Gone => return Err(None),
                }
            }
            wake = session.wait() => session.wake(wake).await?,
            () = std::future::ready(()), if session.has_work() => session.step().await?,
            () = sleep_until(next) => session.tick(Instant::now()).await?,
        }
    }
}
