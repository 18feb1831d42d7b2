//! The first frame: who it is.

use tokio::io::{AsyncRead, AsyncWrite};

use super::Live;
use super::socket::Peer;
use super::wire::{Incoming, Wire};
use crate::access::{Credential, Member, store as standing};
use crate::error::Result;
use crate::keys::sha256;
use crate::protocol::{self, Close, Frame, Hello, MAX_HELLO, Refusal, Request};

/// A good `hello`, and what came with it in the same frame.
pub struct Greeted {
    /// Who it is.
    pub member: Member,
    /// Where they stand.
    pub hello: Hello,
    /// Requests after the `hello` in the same array.
    pub rest: Vec<Result<Frame, Refusal>>,
}

/// Waits for `hello` and checks it. `Err(None)`: the other side went away.
pub async fn greet<S>(live: &Live, peer: Peer, wire: &mut Wire<S>) -> Result<Greeted, Option<Close>>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut frames = loop {
        match wire.next().await {
            Incoming::Text(text) if text.len() <= MAX_HELLO => {
                break protocol::parse(&text).map_err(|_| Close::BadFrame)?.into_iter();
            }
            Incoming::Text(_) | Incoming::Unreadable => return Err(Some(Close::BadFrame)),
            Incoming::Control => {}
            Incoming::Gone => return Err(None),
        }
    };
    let hello = match frames.next() {
        Some(Ok(Frame { request: Request::Hello(hello), .. })) => hello,
        Some(Ok(_)) => return Err(Some(Close::Unauthenticated)),
        _ => return Err(Some(Close::BadFrame)),
    };
    if hello.v != protocol::VERSION {
        return Err(Some(Close::Version));
    }
    let member = admit(live, peer, &hello).await.map_err(|error| {
        tracing::warn!(cause = %error, "a hello could not be checked");
        Close::Internal
    })?;
    Ok(Greeted { member: member.ok_or(Close::Unauthenticated)?, hello, rest: frames.collect() })
}

async fn admit(live: &Live, peer: Peer, hello: &Hello) -> Result<Option<Member>> {
    let site = &live.0.site;
    match (peer, &hello.ticket, &hello.token) {
        (Peer::Browser(member), Some(ticket), None) => {
            let Credential::Session(session) = member.credential else { return Ok(None) };
            if !live.0.tickets.redeem(site.clock.now(), session, ticket) {
                return Ok(None);
            }
            // Between the upgrade and now the session may have ended.
            standing::again(&site.db, &site.clock, member.id, member.credential).await
        }
        (Peer::Program, None, Some(token)) => {
            standing::by_token(&site.db, &site.clock, &sha256(token.as_bytes())).await
        }
        _ => Ok(None),
    }
}
