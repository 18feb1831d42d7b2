//! Tickets: what a page fetches with its CSRF token and shows in `hello`, so that the session cookie alone opens no
//! socket. In memory only: a restart makes clients fetch new ones.

use std::collections::{HashMap, VecDeque};
use std::sync::{Mutex, PoisonError};

use crate::clock::{Clock, Moment};
use crate::error::{Cause, Error, Result};
use crate::ids::SessionId;
use crate::keys::sha256;

/// How long a ticket is good, in seconds.
pub const VALID_S: i64 = 30;
/// Tickets one session may have open; one more voids its oldest.
const PER_SESSION: usize = 8;
/// Sessions with open tickets.
const SESSIONS: usize = 10_000;

type Hash = [u8; 32];

/// Open tickets by session.
#[derive(Default)]
pub struct Tickets(Mutex<HashMap<SessionId, VecDeque<(Hash, Moment)>>>);

impl Tickets {
    /// Makes a ticket for a session.
    ///
    /// # Errors
    /// `Unavailable` while there are too many.
    pub fn issue(&self, clock: &Clock, session: SessionId) -> Result<String> {
        let (ticket, now) = (clock.token(), clock.now());
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if open.len() >= SESSIONS && !open.contains_key(&session) {
            open.retain(|_, tickets| tickets.back().is_some_and(|(_, end)| *end > now));
            if open.len() >= SESSIONS {
                return Err(Error::Unavailable(5, Cause::new("too many open tickets")));
            }
        }
        let tickets = open.entry(session).or_default();
        tickets.retain(|(_, end)| *end > now);
        if tickets.len() >= PER_SESSION {
            tickets.pop_front();
        }
        tickets.push_back((sha256(ticket.as_bytes()), now.plus_s(VALID_S)));
        Ok(ticket)
    }

    /// Uses a ticket up; whether it was good for this session.
    pub fn redeem(&self, now: Moment, session: SessionId, ticket: &str) -> bool {
        let hash = sha256(ticket.as_bytes());
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(tickets) = open.get_mut(&session) else { return false };
        let found = tickets.iter().position(|(known, end)| *known == hash && *end > now);
        if let Some(place) = found {
            tickets.remove(place);
        }
        if tickets.is_empty() {
            open.remove(&session);
        }
        found.is_some()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const MINE: SessionId = SessionId(1);

    #[test]
    fn a_ticket_works_once_for_its_session_and_half_a_minute() {
        let (clock, tickets) = (Clock::fixed(Moment(0), 1), Tickets::default());
        let ticket = tickets.issue(&clock, MINE).unwrap();
        assert!(!tickets.redeem(clock.now(), SessionId(2), &ticket));
        assert!(!tickets.redeem(clock.now(), MINE, "another"));
        assert!(tickets.redeem(clock.now(), MINE, &ticket));
        assert!(!tickets.redeem(clock.now(), MINE, &ticket));
        let late = tickets.issue(&clock, MINE).unwrap();
        clock.advance_s(VALID_S);
        assert!(!tickets.redeem(clock.now(), MINE, &late));
    }

    #[test]
    fn tickets_are_bounded() {
        let (clock, tickets) = (Clock::fixed(Moment(0), 1), Tickets::default());
        let first = tickets.issue(&clock, MINE).unwrap();
        for _ in 0..PER_SESSION {
            tickets.issue(&clock, MINE).unwrap();
        }
        assert!(!tickets.redeem(clock.now(), MINE, &first));
        for session in 2..=10_000 {
            tickets.issue(&clock, SessionId(session)).unwrap();
        }
        assert!(tickets.issue(&clock, SessionId(20_000)).is_err());
        clock.advance_s(VALID_S);
        assert!(tickets.issue(&clock, SessionId(20_000)).is_ok());
    }
}
