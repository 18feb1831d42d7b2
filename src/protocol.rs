//! The frames of the live protocol `tact.v1`, as `docs/protocol.md` tells them. Pure: no I/O, no clock.
//!
//! A frame is one WebSocket text message that holds one JSON object or an array of objects. Each object has a `t` that
//! names it. Fields nobody knows are ignored; a `t` nobody knows is answered, not a reason to close.

mod client;
mod codes;
mod event;
mod server;
#[cfg(test)]
mod tests;

pub use client::{Consent, Cursor, Frame, Ground, Hello, MAX_BATCH, Refusal, Request, Wish, parse};
pub use codes::{Close, Code};
pub use event::{Author, Content, Entry, Ev, EvKind, Member, Parent, Quoted, Standing};
pub use server::{Bye, Done, Ended, Failure, Finding, Heads, Limits, Outgoing, Peers, Reset, Warning, Welcome, encode};

/// Version of the protocol, the `v` of `hello`.
pub const VERSION: u64 = 1;
/// Largest frame in bytes, in both directions.
pub const MAX_FRAME: usize = 64 * 1024;
/// Largest first frame in bytes.
pub const MAX_HELLO: usize = 4 * 1024;
/// Most streams one socket follows.
pub const MAX_STREAMS: usize = 100;
/// Furthest a replay goes; who is further behind loads a page.
pub const MAX_BEHIND: i64 = 1000;
/// Between two pings.
pub const PING_MS: u64 = 25_000;
/// A socket that says nothing for so long is closed.
pub const SILENCE_MS: u64 = 60_000;
/// Most messages of one `history` answer.
pub const MAX_HISTORY: u64 = 100;
