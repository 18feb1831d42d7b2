//! Showing the found values themselves to a moderator: for a reason, once, and on the record.

use std::net::IpAddr;

use super::decide::facts;
use super::log::{self, Deed};
use super::store;
use super::words::RevealReason;
use crate::access::{self, Action, Viewer};
use crate::entity::entry::EntryState;
use crate::entity::finding;
use crate::entity::review_item::{self, ReviewKind, ReviewState};
use crate::error::{Error, Result};
use crate::ids::ReviewId;
use crate::limits::{Key, Quota};
use crate::pii::{self, Level, Rule};
use crate::publish;
use crate::site::Site;

/// A found value, unmasked. It is shown and kept nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct Revealed {
    /// Which field: `title`, `body`, …
    pub field: String,
    /// What it is.
    pub rule: Rule,
    /// The value; `None` when it shows only in the finished text.
    pub value: Option<String>,
}

/// Shows what was found in an open item. That it was shown, to whom and why, stands in the mod log before the values
/// are handed out.
///
/// # Errors
/// `NotFound` outside of the viewer's places, `Denied` for one's own text and for moderators of one place, `Conflict` once it is decided, limits.
pub async fn reveal(
    site: &Site,
    viewer: &Viewer,
    id: ReviewId,
    reason: RevealReason,
    from: Option<IpAddr>,
) -> Result<Vec<Revealed>> {
    let item = store::find_for(site.db.reads(), viewer, id).await?;
    let (place, target) = facts(site, &item).await?;
    access::decide(viewer, Action::Reveal, place, target)?;
    if item.state != ReviewState::Open {
        return Err(Error::Conflict("decided", "This was decided already; its text is not shown any more.".into()));
    }
    let actor = viewer.member()?.id;
    site.limits.check(Quota::Reveal, Key::Member(actor), from)?;
    let values = values(site, &item).await?;
    let deed = Deed {
        actor,
        action: "reveal".to_owned(),
        review: Some(item.id),
        entry: item.entry_id,
        member: Some(item.author_id),
        version: item.version,
        reason: reason.as_str().to_owned(),
        at: site.clock.now(),
    };
    site.db.write(deed, |tx, deed| async move { log::append(&tx, (*deed).clone()).await }).await?;
    Ok(values)
}

async fn values(site: &Site, item: &review_item::Model) -> Result<Vec<Revealed>> {
    match item.kind {
        ReviewKind::Held => {
            let submission = publish::open_held(site, item)?;
            let fields = submission.fields();
            let found = store::findings(site.db.reads(), &[item.id]).await?.remove(&item.id).unwrap_or_default();
            let text =
                |name: &str| fields.iter().find(|(field, _)| field.as_str() == name).map_or("", |(_, text)| text);
            Ok(found.iter().filter_map(|row| held(row, text(&row.field))).collect())
        }
        ReviewKind::Flag => {
            let entry = store::entry(site.db.reads(), item.entry_id.ok_or(Error::NotFound)?).await?;
            if entry.state != EntryState::Published {
                return Err(Error::Conflict("removed", "This was removed already.".into()));
            }
            let found = pii::scan(&entry.source).into_iter().filter(|finding| finding.level >= Level::Likely);
            let value = |finding: pii::Finding| entry.source.get(finding.start..finding.end).map(str::to_owned);
            Ok(found
                .map(|finding| Revealed { field: "body".to_owned(), rule: finding.rule, value: value(finding) })
                .collect())
        }
    }
}

fn held(row: &finding::Model, text: &str) -> Option<Revealed> {
    let start = usize::try_from(row.start).ok()?;
    let end = start.checked_add(usize::try_from(row.length).ok()?)?;
    let value = text.get(start..end).filter(|value| !value.is_empty()).map(str::to_owned);
    Some(Revealed { field: row.field.clone(), rule: Rule::parse(&row.rule)?, value })
}
