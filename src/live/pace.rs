//! How many frames one socket may send: a bucket that refills, and an end to patience.

use std::time::Duration;

use tokio::time::Instant;

/// Frames a minute, and the most at once.
pub const PER_MINUTE: u32 = 120;
/// Refused frames, less those that passed, after which the socket is closed.
const PATIENCE: u32 = 60;

/// One socket's bucket.
pub struct Pace {
    left: f64,
    at: Instant,
    refused: u32,
}

/// What became of a frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It may pass.
    Pass,
    /// Refused; try again after so long.
    Wait(Duration),
    /// Refused too often.
    Enough,
}

impl Pace {
    /// A full bucket.
    pub fn new(now: Instant) -> Self {
        Self { left: f64::from(PER_MINUTE), at: now, refused: 0 }
    }

    /// Takes one frame out.
    pub fn take(&mut self, now: Instant) -> Verdict {
        let per_second = f64::from(PER_MINUTE) / 60.0;
        let refill = now.saturating_duration_since(self.at).as_secs_f64() * per_second;
        self.left = (self.left + refill).min(f64::from(PER_MINUTE));
        self.at = now;
        if self.left >= 1.0 {
            self.left -= 1.0;
            self.refused = self.refused.saturating_sub(1);
            return Verdict::Pass;
        }
        self.refused += 1;
        if self.refused > PATIENCE {
            Verdict::Enough
        } else {
            Verdict::Wait(Duration::from_secs_f64((1.0 - self.left) / per_second))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_minute_s_worth_passes_then_two_a_second() {
        let start = Instant::now();
        let mut pace = Pace::new(start);
        for _ in 0..PER_MINUTE {
            assert_eq!(pace.take(start), Verdict::Pass);
        }
        assert_eq!(pace.take(start), Verdict::Wait(Duration::from_millis(500)));
        assert_eq!(pace.take(start + Duration::from_millis(500)), Verdict::Pass);
        for _ in 0..PATIENCE {
            assert!(matches!(pace.take(start + Duration::from_millis(500)), Verdict::Wait(_)));
        }
        assert_eq!(pace.take(start + Duration::from_millis(500)), Verdict::Enough);
    }
}
