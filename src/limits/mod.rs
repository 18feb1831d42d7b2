//! How much anyone may do in a while: one table of quotas, kept per account or per address.
//!
//! The counters live in memory on a monotonic clock; nothing a clock change or a forged header does reaches them.

mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;

use governor::clock::{Clock as _, QuantaClock};
use governor::middleware::StateInformationMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota as Rate, RateLimiter};

use crate::error::{Error, Limited, Result};
use crate::ids::MemberId;

pub use table::{Quota, Row, TABLE};

/// Whose counter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Key {
    /// An account.
    Member(MemberId),
    /// An account in one place.
    MemberIn(MemberId, i64),
    /// An IPv4 address, or the /64 of an IPv6 address.
    Address(IpAddr),
}

impl Key {
    /// The counter of an address: IPv6 hosts own a whole /64.
    pub fn address(address: IpAddr) -> Self {
        match address {
            IpAddr::V4(_) => Self::Address(address),
            IpAddr::V6(v6) => v6.to_ipv4_mapped().map_or_else(
                || Self::Address(IpAddr::V6(Ipv6Addr::from_bits(v6.to_bits() & !u128::from(u64::MAX)))),
                |v4| Self::Address(IpAddr::V4(v4)),
            ),
        }
    }

    /// The account's counter if there is one, else the address's.
    pub fn of(member: Option<MemberId>, address: IpAddr) -> Self {
        member.map_or_else(|| Self::address(address), Self::Member)
    }
}

/// What is left after a request that passed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Remaining {
    /// Name of the quota.
    pub quota: &'static str,
    /// Requests that may follow at once.
    pub left: u32,
}

type Limiter = RateLimiter<Key, DashMapStateStore<Key>, QuantaClock, StateInformationMiddleware>;

/// All counters.
pub struct Limits {
    limiters: HashMap<Quota, Vec<(Limiter, Row)>>,
    exempt: Vec<IpAddr>,
    clock: QuantaClock,
}

impl Limits {
    /// The table of the design, with addresses that no limit applies to.
    pub fn new(exempt: Vec<IpAddr>) -> Self {
        Self::with(exempt, |row| row)
    }

    /// The same with other numbers, for tests and load runs.
    pub fn with(exempt: Vec<IpAddr>, change: impl Fn(Row) -> Row) -> Self {
        let clock = QuantaClock::default();
        let limiter = |row: &Row| {
            let burst = NonZeroU32::new(row.allowed).unwrap_or(NonZeroU32::MIN);
            let each = std::time::Duration::from_secs(row.window_s) / burst.get();
            let rate = Rate::with_period(each).unwrap_or_else(|| Rate::per_second(NonZeroU32::MIN)).allow_burst(burst);
            Limiter::new(rate, DashMapStateStore::default(), clock.clone())
        };
        let mut limiters: HashMap<Quota, Vec<(Limiter, Row)>> = HashMap::new();
        for row in TABLE.iter().map(|row| change(*row)) {
            limiters.entry(row.quota).or_default().push((limiter(&row), row));
        }
        Self { limiters, exempt, clock }
    }

    /// Counts one request in every window of its quota; the first that is full refuses, and later ones do not count it.
    ///
    /// # Errors
    /// [`Error::Limited`] with the seconds until the next may pass.
    pub fn check(&self, quota: Quota, key: Key, address: Option<IpAddr>) -> Result<Remaining> {
        let rows = self.limiters.get(&quota).map(Vec::as_slice).unwrap_or_default();
        let counted = !self.is_exempt(address);
        let mut least: Option<Remaining> = None;
        for (limiter, row) in rows {
            let left = if counted { self.count(limiter, row, key)? } else { row.allowed };
            if least.is_none_or(|least| left < least.left) {
                least = Some(Remaining { quota: row.name, left });
            }
        }
        least.ok_or_else(|| Error::internal("a quota without a row"))
    }

    fn count(&self, limiter: &Limiter, row: &Row, key: Key) -> Result<u32> {
        limiter.check_key(&key).map(|state| state.remaining_burst_capacity()).map_err(|until| {
            let wait = until.wait_time_from(self.clock.now());
            let retry_after_s = wait.as_secs() + u64::from(wait.subsec_nanos() > 0);
            Error::Limited(Limited {
                quota: row.name,
                retry_after_s: retry_after_s.max(1),
                allowed: row.allowed,
                window_s: row.window_s,
            })
        })
    }

    /// Whether no limit applies to this address.
    pub fn is_exempt(&self, address: Option<IpAddr>) -> bool {
        address.is_some_and(|address| self.exempt.contains(&address.to_canonical()))
    }

    /// Forgets counters that are full again. Call it on a timer, or keys grow for ever.
    pub fn retain(&self) {
        for (limiter, _) in self.limiters.values().flatten() {
            limiter.retain_recent();
            limiter.shrink_to_fit();
        }
    }

    /// Counters kept now.
    pub fn keys(&self) -> usize {
        self.limiters.values().flatten().map(|(limiter, _)| limiter.len()).sum()
    }
}
