//! Members report an entry. One report a member and entry; reports of one entry share an open review item.

use std::net::IpAddr;

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use super::words::FlagReason;
use crate::access::{self, Action, Credential, Place, Target, Viewer};
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::entry::{self, EntryKind, EntryState};
use crate::entity::review_item::{self, Cause, ReviewKind, ReviewState, Subject};
use crate::entity::{flag, room, topic};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, ReviewId};
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

#[derive(Clone)]
struct Command {
    item: review_item::ActiveModel,
    entry: EntryId,
    by: MemberId,
    reason: FlagReason,
    note: Option<Vec<u8>>,
    at: Moment,
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
    Ok(Reportable { author, title: title(site, &entry).await?, excerpt: entry.excerpt })
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
    let (place_kind, place_id) = publish::place_key(place);
    let at = site.clock.now();
    let shown = Shown { title: title(site, &entry).await?, masked: masked(&entry.source) };
    let item = review_item::ActiveModel {
        kind: Set(ReviewKind::Flag),
        state: Set(ReviewState::Open),
        version: Set(1),
        place_kind: Set(place_kind),
        place_id: Set(place_id),
        topic_id: Set(entry.topic_id),
        entry_id: Set(Some(entry.id)),
        author_id: Set(entry.author_id),
        subject: Set(subject(&entry)),
        shown: Set(Some(shown.seal(site)?)),
        cause: Set(Cause::Flagged),
        created_at: Set(at),
        ..Default::default()
    };
    let note = if note.is_empty() { None } else { Some(site.keys.seal(&site.clock, &note)?) };
    let command = Command { item, entry: id, by: member.id, reason: report.reason, note, at };
    site.db.write(command, |tx, command| async move { store(&tx, &command).await }).await
}

fn subject(entry: &entry::Model) -> Subject {
    match (entry.kind, entry.number) {
        (EntryKind::Message, _) => Subject::Message,
        (EntryKind::Post, Some(1)) => Subject::Topic,
        (EntryKind::Post, _) => Subject::Post,
    }
}

async fn title(site: &Site, entry: &entry::Model) -> Result<String> {
    let db = site.db.reads();
    if let Some(id) = entry.topic_id {
        return Ok(topic::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?.title);
    }
    let id = entry.room_id.ok_or(Error::NotFound)?;
    Ok(room::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?.title)
}

/// A text with everything hidden that the filter finds in it.
pub fn masked(source: &str) -> String {
    let found: Vec<_> = pii::scan(source).into_iter().filter(|finding| finding.level >= Level::Likely).collect();
    pii::mask(source, &found)
}

async fn store(tx: &Tx, command: &Command) -> Result<ReviewId> {
    let db = &**tx;
    // Locked, so that two reports of one entry meet in one item.
    let entry = entry::Entity::find_by_id(command.entry).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?;
    if entry.state != EntryState::Published {
        return Err(Error::Denied("removed", "This was removed already.".into()));
    }
    let of_entry = || {
        let items = review_item::Entity::find().filter(review_item::Column::EntryId.eq(command.entry));
        items.filter(review_item::Column::Kind.eq(ReviewKind::Flag))
    };
    let items: Vec<ReviewId> = of_entry().select_only().column(review_item::Column::Id).into_tuple().all(db).await?;
    let before =
        flag::Entity::find().filter(flag::Column::ReviewId.is_in(items)).filter(flag::Column::MemberId.eq(command.by));
    if before.one(db).await?.is_some() {
        return Err(Error::Conflict("flagged", "You have reported this already.".into()));
    }
    let review = match of_entry().filter(review_item::Column::State.eq(ReviewState::Open)).one(db).await? {
        Some(open) => {
            review_item::Entity::update_many()
                .col_expr(review_item::Column::Version, Expr::col(review_item::Column::Version).add(1))
                .filter(review_item::Column::Id.eq(open.id))
                .exec(db)
                .await?;
            open.id
        }
        None => review_item::Entity::insert(command.item.clone()).exec(db).await?.last_insert_id,
    };
    let row = flag::ActiveModel {
        review_id: Set(review),
        member_id: Set(command.by),
        reason: Set(command.reason.as_str().to_owned()),
        note: Set(command.note.clone()),
        at: Set(command.at),
        ..Default::default()
    };
    flag::Entity::insert(row).exec_without_returning(db).await?;
    Ok(review)
}
