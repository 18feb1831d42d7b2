//! What is kept no longer than it is needed: once an hour, and when the server starts, whatever is past its time goes.
//!
//! Limit: it takes away what nobody needs any more by the calendar alone. What a person takes away (removing, masking,
//! withdrawing) goes at once, where that is done. docs/privacy.md tells members of these times.

mod store;

use std::time::Duration;

use crate::clock::Moment;
use crate::error::Result;
use crate::moderation;
use crate::site::Site;

/// Seconds of a day.
const DAY_S: i64 = 24 * 3600;
/// Between two sweeps.
const EVERY: Duration = Duration::from_hours(1);

/// What is swept by the calendar alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stale {
    /// Values that their author called not private, once that does not count any more.
    TrustedValues,
    /// Counts of what came of findings, after 400 days: a year and what compares it with the one before.
    Tallies,
    /// Findings that belong to no entry, after a year.
    Findings,
    /// Keyed hashes of found values, after 30 days, unless the value stands in a published entry: there the hash keeps
    /// edits from asking about it again.
    Hashes,
    /// Sessions that ended by their age or by rest.
    Sessions,
    /// API tokens that were revoked, or ended 30 days ago; so long their owner sees that they ended.
    Tokens,
}

impl Stale {
    /// All, in the order in which they are swept.
    pub const ALL: [Self; 6] =
        [Self::TrustedValues, Self::Tallies, Self::Findings, Self::Hashes, Self::Sessions, Self::Tokens];

    /// The name in the log of the server.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::TrustedValues => "values called not private",
            Self::Tallies => "counts of findings",
            Self::Findings => "findings",
            Self::Hashes => "hashes of values",
            Self::Sessions => "sessions",
            Self::Tokens => "API tokens",
        }
    }
}

/// Sweeps at once and then every hour, for ever.
pub async fn run(site: &Site) {
    let mut hours = tokio::time::interval(EVERY);
    loop {
        hours.tick().await;
        sweep(site).await;
    }
}

/// Goes through every rule. One that fails is told to the log and tried again the next time; the others go on.
pub async fn sweep(site: &Site) {
    told("held texts that nobody decided about", moderation::expire(site).await);
    told("returned texts", moderation::forget_returned(site).await);
    for stale in Stale::ALL {
        told(stale.as_str(), swept(site, stale, site.clock.now()).await);
    }
}

fn told(what: &'static str, done: Result<u64>) {
    match done {
        Ok(0) => {}
        Ok(rows) => tracing::info!(what, rows, "past their time and swept"),
        Err(error) => tracing::warn!(what, cause = %error, "could not be swept; tried again in an hour"),
    }
}

/// Sweeps by one rule, a bounded batch a transaction, so that writers wait for no more than one. Returns how many rows.
async fn swept(site: &Site, stale: Stale, now: Moment) -> Result<u64> {
    let mut rows = 0;
    while let Some(batch) = store::past(site.db.reads(), stale, now).await? {
        let take = (stale, batch);
        let taken = site.db.write(take, |tx, take| async move { store::take(&tx, take.0, &take.1).await }).await?;
        if taken == 0 {
            break;
        }
        rows += taken;
    }
    Ok(rows)
}
