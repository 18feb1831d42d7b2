//! What happens to held text by the calendar: nobody decided, so it goes back to its author, never out; and what was
//! given back is not kept for ever. Limit: who calls this and how often is `retention`'s business.

use super::log::{self, Deed, SERVER};
use super::store::decisions::{self, Taking, Withdrawal};
use super::{own, store, words};
use crate::entity::finding::FindingOutcome;
use crate::entity::review_item::{self, Decision, ReviewState};
use crate::error::Result;
use crate::site::Site;

/// Items in one step.
const STEP: u64 = 100;
/// How long a returned text waits for its author, in seconds.
const RETURNED_S: i64 = 30 * DAY_S;
const DAY_S: i64 = 24 * 3600;

/// Returns held texts to their authors that waited longer than the setting `hold_days`. The mod log says so. Returns how
/// many.
pub async fn expire(site: &Site) -> Result<u64> {
    let mut expired = 0;
    let before = site.clock.now().plus_s(-i64::from(site.config.hold_days) * DAY_S);
    loop {
        let items = store::unanswered(site.db.reads(), before, STEP).await?;
        if items.is_empty() {
            return Ok(expired);
        }
        for item in items {
            expired += u64::from(give_back(site, item).await?);
        }
    }
}

/// Whether it was still open, so that it is returned now.
async fn give_back(site: &Site, item: review_item::Model) -> Result<bool> {
    let command = (item, site.clock.now());
    site.db
        .write(command, |tx, command| async move {
            let (item, at) = &*command;
            let taking = Taking {
                item: item.id,
                version: item.version,
                state: ReviewState::Returned,
                decision: Some(Decision::Return),
                reason: Some(words::EXPIRED),
                note: "",
                by: None,
                at: *at,
            };
            if !decisions::take(&tx, &taking).await? {
                return Ok(false);
            }
            decisions::outcomes(&tx, item.id, FindingOutcome::Dropped).await?;
            let deed = Deed {
                actor: SERVER,
                action: words::decision_key(Decision::Return).to_owned(),
                review: Some(item.id),
                entry: item.entry_id,
                member: Some(item.author_id),
                version: item.version,
                reason: words::EXPIRED.to_owned(),
                at: *at,
            };
            log::append(&tx, deed).await?;
            Ok(true)
        })
        .await
}

/// Erases returned texts that their authors did nothing with for 30 days, as if they had thrown them away. Returns how
/// many.
pub async fn forget_returned(site: &Site) -> Result<u64> {
    let mut forgotten = 0;
    let before = site.clock.now().plus_s(-RETURNED_S);
    loop {
        let items = store::returned(site.db.reads(), before, STEP).await?;
        if items.is_empty() {
            return Ok(forgotten);
        }
        for item in items {
            let (from, to) = (ReviewState::Returned, ReviewState::Returned);
            let shown = own::bare(site, &item).await?;
            let withdrawal = Withdrawal { item: item.id, from, to, shown, by: item.author_id, at: site.clock.now() };
            site.db
                .write(withdrawal, |tx, withdrawal| async move { decisions::withdraw(&tx, &withdrawal).await })
                .await?;
            forgotten += 1;
        }
    }
}
