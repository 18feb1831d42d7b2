//! How often signing in to one name has failed lately. Five failures in half an hour are free; after that each further
//! one doubles the wait. Counted by name, whether or not there is an account of that name; live sessions are untouched.

use std::collections::HashMap;
use std::sync::{LazyLock, Mutex, PoisonError};

use crate::clock::Moment;
use crate::error::{Error, Limited, Result};

/// Failures without a wait.
const FREE: u32 = 5;
/// A failure is forgotten after so long without another one.
const WINDOW_S: i64 = 30 * 60;
/// The first wait; doubled with each further failure.
const FIRST_WAIT_S: i64 = 30;
/// No wait is longer.
const LONGEST_WAIT_S: i64 = 15 * 60;
/// Most names that are remembered; about 6 MiB.
const NAMES: usize = 65_536;

/// Failures by a keyed hash of the name.
#[derive(Default)]
pub struct Failures(Mutex<HashMap<[u8; 32], Counted>>);

#[derive(Clone, Copy)]
struct Counted {
    times: u32,
    last: Moment,
}

/// The failures that this process remembers.
pub fn shared() -> &'static Failures {
    static SHARED: LazyLock<Failures> = LazyLock::new(Failures::default);
    &SHARED
}

impl Failures {
    /// Whether another attempt may be made now.
    ///
    /// # Errors
    /// `Limited`, with the seconds to wait.
    pub fn check(&self, key: &[u8; 32], now: Moment) -> Result<()> {
        let counted = self.0.lock().unwrap_or_else(PoisonError::into_inner).get(key).copied();
        let Some(counted) = counted.filter(|counted| now.since_s(counted.last) < WINDOW_S) else { return Ok(()) };
        let left = wait_s(counted.times) - now.since_s(counted.last);
        if left <= 0 {
            return Ok(());
        }
        Err(Error::Limited(Limited { quota: "sign_in_failures", retry_after_s: left.unsigned_abs(), allowed: FREE, window_s: WINDOW_S.unsigned_abs() }))
    }

    /// Counts a failure.
    pub fn add(&self, key: [u8; 32], now: Moment) {
        let mut names = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if names.len() >= NAMES && !names.contains_key(&key) {
            make_room(&mut names, now);
        }
        let counted = names.entry(key).or_insert(Counted { times: 0, last: now });
        let fresh = now.since_s(counted.last) < WINDOW_S;
        *counted = Counted { times: if fresh { counted.times.saturating_add(1) } else { 1 }, last: now };
    }

    /// Forgets the failures of a name: somebody knew the password.
    pub fn forget(&self, key: &[u8; 32]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(key);
    }
}

fn wait_s(times: u32) -> i64 {
    let Some(beyond) = times.checked_sub(FREE) else { return 0 };
    FIRST_WAIT_S.saturating_mul(1 << beyond.min(10)).min(LONGEST_WAIT_S)
}

/// Drops what is old; when everything is fresh, the names that failed least.
fn make_room(names: &mut HashMap<[u8; 32], Counted>, now: Moment) {
    names.retain(|_, counted| now.since_s(counted.last) < WINDOW_S);
    if names.len() >= NAMES {
        names.retain(|_, counted| counted.times >= FREE);
    }
    if names.len() >= NAMES {
        names.clear();
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_begins_after_the_fifth_failure_and_grows() {
        let (failures, key) = (Failures::default(), [1; 32]);
        let mut now = Moment(0);
        for _ in 0..FREE {
            failures.check(&key, now).unwrap();
            failures.add(key, now);
        }
        let wait = |now| match failures.check(&key, now) {
            Err(Error::Limited(limited)) => i64::try_from(limited.retry_after_s).unwrap(),
            _ => 0,
        };
        assert_eq!(wait(now), 30);
        assert!(failures.check(&[2; 32], now).is_ok());
        for expected in [60, 120, 240, 480, 900, 900] {
            now = now.plus_s(wait(now));
            failures.check(&key, now).unwrap();
            failures.add(key, now);
            assert_eq!(wait(now), expected);
        }
        assert_eq!(wait(now.plus_s(WINDOW_S)), 0);
        failures.forget(&key);
        assert_eq!(wait(now), 0);
    }

    #[test]
    fn a_clock_that_goes_back_gives_no_longer_wait() {
        let (failures, key) = (Failures::default(), [1; 32]);
        for _ in 0..FREE {
            failures.add(key, Moment(0).plus_s(3600));
        }
        assert!(matches!(failures.check(&key, Moment(0)), Err(Error::Limited(limited)) if limited.retry_after_s <= 30));
    }

    #[test]
    fn memory_is_bounded() {
        let failures = Failures::default();
        let key = |n: usize| std::array::from_fn(|place| if place < 8 { n.to_be_bytes()[place] } else { 0 });
        for n in 0..NAMES + 10 {
            failures.add(key(n), Moment(0));
        }
        assert!(failures.0.lock().unwrap().len() <= NAMES);
    }
}
