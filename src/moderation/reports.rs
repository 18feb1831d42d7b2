//! What a member sees of their own reports. Never who decided, nor what the author was told.

use super::words::FlagReason;
use super::{PAGE, store};
use crate::access::Viewer;
use crate::clock::Moment;
use crate::entity::review_item::{Decision, ReviewState, Subject};
use crate::error::Result;
use crate::ids::EntryId;
use crate::publish::Shown;
use crate::site::Site;

/// One's own report and what came of it.
#[derive(Debug, Clone)]
pub struct MyReport {
    /// The report's own id, for the next page.
    pub id: i64,
    /// Where the item stands.
    pub state: ReviewState,
    /// The decision, once there is one.
    pub decision: Option<Decision>,
    /// When it was taken.
    pub decided_at: Option<Moment>,
    /// What kind of text was reported.
    pub subject: Subject,
    /// Title of its topic, name of its room.
    pub title: String,
    /// The entry.
    pub entry: EntryId,
    /// Why.
    pub reason: FlagReason,
    /// Their words; may be empty.
    pub note: String,
    /// When.
    pub at: Moment,
}

/// A page of the viewer's own reports before one of them, newest first.
pub async fn reports(site: &Site, viewer: &Viewer, before: Option<i64>) -> Result<Vec<MyReport>> {
    let rows = store::reported_by(site.db.reads(), viewer.member()?.id, before, PAGE).await?;
    let mut reports = Vec::with_capacity(rows.len());
    for (flag, item) in rows {
        let Some(entry) = item.entry_id else { continue };
        reports.push(MyReport {
            id: flag.id,
            state: item.state,
            decision: item.decision,
            decided_at: item.decided_at,
            subject: item.subject,
            title: Shown::of(site, &item)?.title,
            entry,
            reason: FlagReason::parse(&flag.reason).unwrap_or(FlagReason::Other),
            note: flag.note.as_deref().map(|sealed| site.keys.open(sealed)).transpose()?.unwrap_or_default(),
            at: flag.at,
        });
    }
    Ok(reports)
}
