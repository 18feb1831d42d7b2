//! Time and randomness, injected so that tests can decide both.
//!
//! Nothing else in the program may ask the operating system for the time of day or for random bytes.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use sea_orm::DeriveValueType;
use serde::{Deserialize, Serialize};

/// A moment: milliseconds since 1970-01-01 UTC.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Default,
    Serialize,
    Deserialize,
    DeriveValueType,
    utoipa::ToSchema,
)]
#[serde(transparent)]
pub struct Moment(pub i64);

impl Moment {
    /// This many seconds later (earlier when negative).
    #[must_use]
    pub fn plus_s(self, seconds: i64) -> Self {
        Self(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whole seconds from `earlier` to this moment, never negative.
    pub fn since_s(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0).max(0) / 1000
    }

    /// RFC 3339 in UTC, to the second.
    pub fn iso(self) -> String {
        let format = time::macros::format_description!("[year]-[month]-[day]T[hour]:[minute]:[second]Z");
        self.civil().format(&format).unwrap_or_default()
    }

    /// Calendar date and time in UTC; the ends of the calendar for moments outside of it.
    pub fn civil(self) -> time::OffsetDateTime {
        time::OffsetDateTime::from_unix_timestamp_nanos(i128::from(self.0) * 1_000_000)
            .unwrap_or(time::OffsetDateTime::UNIX_EPOCH)
    }
}

/// The source of time and randomness.
#[derive(Clone)]
pub struct Clock(Arc<Source>);

enum Source {
    System,
    Fixed { now_ms: AtomicI64, random: Box<Mutex<StdRng>> },
}

impl Clock {
    /// The operating system's.
    pub fn system() -> Self {
        Self(Arc::new(Source::System))
    }

    /// A clock that stands still until told otherwise, with reproducible randomness.
    pub fn fixed(now: Moment, seed: u64) -> Self {
        Self(Arc::new(Source::Fixed {
            now_ms: AtomicI64::new(now.0),
            random: Box::new(Mutex::new(StdRng::seed_from_u64(seed))),
        }))
    }

    /// Now.
    pub fn now(&self) -> Moment {
        match &*self.0 {
            Source::System => {
                let since = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap_or_default();
                Moment(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
            }
            Source::Fixed { now_ms, .. } => Moment(now_ms.load(Ordering::Relaxed)),
        }
    }

    /// Moves a fixed clock by so many seconds; a system clock ignores it.
    pub fn advance_s(&self, seconds: i64) {
        if let Source::Fixed { now_ms, .. } = &*self.0 {
            now_ms.fetch_add(seconds.saturating_mul(1000), Ordering::Relaxed);
        }
    }

    /// `N` random bytes, from the operating system's generator unless the clock is fixed.
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        match &*self.0 {
            Source::System => rand::rng().fill_bytes(&mut bytes),
            Source::Fixed { random, .. } => {
                random.lock().unwrap_or_else(PoisonError::into_inner).fill_bytes(&mut bytes);
            }
        }
        bytes
    }

    /// A random token of 256 bits in 43 URL-safe characters.
    pub fn token(&self) -> String {
        crate::keys::base64url(&self.random::<32>())
    }
}
