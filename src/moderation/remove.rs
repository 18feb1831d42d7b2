//! Removing a published entry directly, by its author or a moderator. What was reported about it is settled with it.

use super::log::{self, Deed};
use super::store::decisions::{self, Taking};
use super::store::reports;
use super::words;
use crate::access::Viewer;
use crate::db::Tx;
use crate::entity::review_item::{self, Decision, ReviewState};
use crate::error::Result;
use crate::ids::EntryId;
use crate::publish::{self, Redaction};
use crate::site::Site;

/// How the mod log names what an author took back while it was reported.
pub const BY_AUTHOR: &str = "removed_by_author";

/// Removes an entry. Open reports of it close: as taken back when its author did it, else as removed by whoever did.
/// What a moderator removes stands in the mod log, reported or not.
///
/// # Errors
/// Not visible, not allowed, or removed already.
pub async fn remove(site: &Site, viewer: &Viewer, id: EntryId) -> Result<()> {
    let (removal, author) = publish::removable(site, viewer, id).await?;
    site.db
        .write(removal, move |tx, removal| async move {
            publish::redact_in(&tx, &removal).await?;
            let own = removal.actor == author;
            let open = reports::open_of(&*tx, removal.entry).await?;
            if let Some(item) = &open {
                close(&tx, item, &removal, own).await?;
            }
            if own && open.is_none() {
                return Ok(());
            }
            let action = if own { BY_AUTHOR } else { words::decision_key(Decision::Remove) };
            let deed = Deed {
                actor: removal.actor,
                action: action.to_owned(),
                review: open.as_ref().map(|item| item.id),
                entry: Some(removal.entry),
                member: Some(author),
                version: open.map_or(0, |item| item.version),
                reason: String::new(),
                at: removal.at,
            };
            log::append(&tx, deed).await
        })
        .await
}

async fn close(tx: &Tx, item: &review_item::Model, removal: &Redaction, own: bool) -> Result<()> {
    let (state, decision) =
        if own { (ReviewState::Withdrawn, None) } else { (ReviewState::Removed, Some(Decision::Remove)) };
    let taking = Taking {
        item: item.id,
        version: item.version,
        state,
        decision,
        reason: None,
        note: "",
        by: Some(removal.actor),
        at: removal.at,
    };
    // The entry is locked by now, and with it everything that opens, changes or closes its item.
    decisions::take(tx, &taking).await.map(drop)
}
