//! Rows of members' reports: one a member and entry; reports of one entry share an open review item.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::entry::{self, EntryState};
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, Cause, ReviewKind, ReviewState, Subject};
use crate::entity::{flag, room, topic};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, ReviewId, TopicId};

use review_item::Column as C;

/// A report on its way into the tables.
pub struct NewReport {
    /// Where the entry stands.
    pub place: (PlaceKind, i64),
    /// Its topic, for posts.
    pub topic: Option<TopicId>,
    /// The entry.
    pub entry: EntryId,
    /// Who wrote it.
    pub author: MemberId,
    /// What it is.
    pub subject: Subject,
    /// What moderators are shown of it, sealed.
    pub shown: Vec<u8>,
    /// Who reports.
    pub by: MemberId,
    /// Key of the reason.
    pub reason: &'static str,
    /// Their words, sealed.
    pub note: Option<Vec<u8>>,
    /// When.
    pub at: Moment,
}

/// Title of the topic, or of the room, that an entry stands in.
pub async fn title(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<String> {
    if let Some(id) = entry.topic_id {
        return Ok(topic::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?.title);
    }
    let id = entry.room_id.ok_or(Error::NotFound)?;
    Ok(room::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?.title)
}

/// The open item that reports of an entry share, if there is one.
pub async fn open_of(db: &impl ConnectionTrait, entry: EntryId) -> Result<Option<review_item::Model>> {
    let items = review_item::Entity::find().filter(C::EntryId.eq(entry)).filter(C::Kind.eq(ReviewKind::Flag));
    Ok(items.filter(C::State.eq(ReviewState::Open)).one(db).await?)
}

/// Stores a report, with the item of the queue it belongs to when there is none yet.
///
/// # Errors
/// The entry is gone, or this member has reported it before.
pub async fn insert(tx: &Tx, report: &NewReport) -> Result<ReviewId> {
    let db = &**tx;
    // Locked, so that two reports of one entry meet in one item.
    let entry = entry::Entity::find_by_id(report.entry).lock_exclusive().one(db).await?.ok_or(Error::NotFound)?;
    if entry.state != EntryState::Published {
        return Err(Error::Denied("removed", "This was removed already.".into()));
    }
    let of_entry = review_item::Entity::find().filter(C::EntryId.eq(report.entry)).filter(C::Kind.eq(ReviewKind::Flag));
    let items: Vec<ReviewId> = of_entry.select_only().column(C::Id).into_tuple().all(db).await?;
    let before =
        flag::Entity::find().filter(flag::Column::ReviewId.is_in(items)).filter(flag::Column::MemberId.eq(report.by));
    if before.one(db).await?.is_some() {
        return Err(Error::Conflict("flagged", "You have reported this already.".into()));
    }
    let review = match open_of(db, report.entry).await? {
        Some(open) => another(tx, open.id).await?,
        None => review_item::Entity::insert(item(report)).exec(db).await?.last_insert_id,
    };
    let row = flag::ActiveModel {
        review_id: Set(review),
        member_id: Set(report.by),
        reason: Set(report.reason.to_owned()),
        note: Set(report.note.clone()),
        at: Set(report.at),
        ..Default::default()
    };
    flag::Entity::insert(row).exec_without_returning(db).await?;
    Ok(review)
}

/// A further report makes a new version of the item, so that nobody decides without having seen it.
async fn another(tx: &Tx, item: ReviewId) -> Result<ReviewId> {
    review_item::Entity::update_many()
        .col_expr(C::Version, Expr::col(C::Version).add(1))
        .filter(C::Id.eq(item))
        .exec(&**tx)
        .await?;
    Ok(item)
}

fn item(report: &NewReport) -> review_item::ActiveModel {
    review_item::ActiveModel {
        kind: Set(ReviewKind::Flag),
        state: Set(ReviewState::Open),
        version: Set(1),
        place_kind: Set(report.place.0),
        place_id: Set(report.place.1),
        topic_id: Set(report.topic),
        entry_id: Set(Some(report.entry)),
        author_id: Set(report.author),
        subject: Set(report.subject),
        shown: Set(Some(report.shown.clone())),
        cause: Set(Cause::Flagged),
        created_at: Set(report.at),
        ..Default::default()
    }
}
