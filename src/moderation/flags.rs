//! Members report an entry. One report a member and entry; reports of one entry share an open review item.

use std::net::IpAddr;

use super::store::reports::{self, NewReport};
use super::words::FlagReason;
use crate::access::{self, Action, Credential, Place, Target, Viewer};
use crate::entity::entry::{self, EntryKind, EntryState};
use crate::entity::review_item::Subject;
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::{Error, Result};
use crate::ids::{EntryId, ReviewId};
use crate::limits::{Key, Quota};
use crate::pii::{self, Level};
use crate::publish::{self, Shown};
use crate::site::Site;

/// A member's report.
#[derive(Debug, Clone)]
pub struct Report {
    /// Why.
    pub reason: FlagReason,
    /// Words for the moderators; may be empty. Kept sealed.
    pub note: String,
    /// Address of the client, for limits.
    pub address: Option<IpAddr>,
}

/// An entry that the viewer may report, as the form shows it.
#[derive(Debug, Clone)]
pub struct Reportable {
    /// Who wrote it.
    pub author: Author,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// Title of its topic, name of its room.
    pub title: String,
}

/// Looks at an entry before it is reported.
///
/// # Errors
/// Not visible, one's own, or removed.
pub async fn reportable(site: &Site, viewer: &Viewer, id: EntryId) -> Result<Reportable> {
    let entry = publish::visible(site, viewer, id).await?;
    permit(site, viewer, &entry).await?;
    let author = authors(site.db.reads(), [entry.author_id]).await?.remove(&entry.author_id).ok_or(Error::NotFound)?;
    Ok(Reportable { author, title: reports::title(site.db.reads(), &entry).await?, excerpt: entry.excerpt })
}

async fn permit(site: &Site, viewer: &Viewer, entry: &entry::Model) -> Result<Place> {
    let place = publish::place(site, viewer, entry).await?;
    let removed = entry.state != EntryState::Published;
    access::decide(
        viewer,
        Action::Flag,
        place,
        Target { author: Some(entry.author_id), removed, ..Target::default() },
    )?;
    Ok(place)
}

/// Reports an entry to its moderators and returns the review item.
///
/// # Errors
/// Not visible, one's own, removed, reported by this member before, too many reports.
pub async fn flag(site: &Site, viewer: &Viewer, id: EntryId, report: Report) -> Result<ReviewId> {
    let entry = publish::visible(site, viewer, id).await?;
    let place = permit(site, viewer, &entry).await?;
    let note = super::note("note", &report.note)?;
    let member = viewer.member()?;
    if member.credential != Credential::Console {
        site.limits.check(Quota::Flag, Key::Member(member.id), report.address)?;
    }
    let title = reports::title(site.db.reads(), &entry).await?;
    let report = NewReport {
        place: publish::place_key(place),
        topic: entry.topic_id,
        entry: entry.id,
        author: entry.author_id,
        subject: subject(&entry),
        shown: Shown { title: masked(&title), masked: masked(&entry.source) }.seal(site)?,
        by: member.id,
        reason: report.reason.as_str(),
        note: if note.is_empty() { None } else { Some(site.keys.seal(&site.clock, &note)?) },
        at: site.clock.now(),
    };
    site.db.write(report, |tx, report| async move { reports::insert(&tx, &report).await }).await
}

fn subject(entry: &entry::Model) -> Subject {
    match (entry.kind, entry.number) {
        (EntryKind::Message, _) => Subject::Message,
        (EntryKind::Post, Some(1)) => Subject::Topic,
        (EntryKind::Post, _) => Subject::Post,
    }
}

/// A text with everything hidden that the filter finds in it.
pub fn masked(source: &str) -> String {
    let found: Vec<_> = pii::scan(source).into_iter().filter(|finding| finding.level >= Level::Likely).collect();
    pii::mask(source, &found)
}
