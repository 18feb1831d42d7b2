//! Queries for rooms, memberships and read positions.

pub mod people;

use std::collections::{HashMap, HashSet};

use sea_orm::sea_query::{CaseStatement, Expr, OnConflict, Query, SelectStatement};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::Row;
use crate::access::Viewer;
use crate::clock::Moment;
use crate::entity::entry::EntryState;
use crate::entity::room::RoomAccess;
use crate::entity::{entry, membership, mention, room, stream};
use crate::entries::Entry;
use crate::entries::store::{by_ids, readable_rooms};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, RoomId};

/// Messages are counted as unread this far back; more than that is "a lot" anyway.
const UNREAD: i64 = 1000;

/// The room with this name in the URL. Whether the viewer may see it is the caller's question.
pub async fn by_slug(db: &impl ConnectionTrait, slug: &str) -> Result<room::Model> {
    room::Entity::find().filter(room::Column::Slug.eq(slug)).one(db).await?.ok_or(Error::NotFound)
}

/// The room with this id. Whether the viewer may see it is the caller's question.
pub async fn by_id(db: &impl ConnectionTrait, id: RoomId) -> Result<room::Model> {
    room::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// How far somebody has read a room; `None` when they do not belong to it.
pub async fn read_seq(db: &impl ConnectionTrait, room: RoomId, member: Option<MemberId>) -> Result<Option<i64>> {
    let Some(member) = member else { return Ok(None) };
    Ok(membership::Entity::find_by_id((room, member)).one(db).await?.map(|row| row.read_seq))
}

/// The rooms a viewer may read with everything a list shows of them.
pub async fn list(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<Row>> {
    let rooms = room::Entity::find().filter(readable_rooms(db, viewer).await?);
    let rooms = rooms.order_by_asc(room::Column::Position).order_by_asc(room::Column::Id).all(db).await?;
    let ids: Vec<RoomId> = rooms.iter().map(|room| room.id).collect();
    let last: Vec<EntryId> = rooms.iter().filter_map(|room| room.last_entry_id).collect();
    let mut last: HashMap<EntryId, Entry> =
        by_ids(db, last).await?.into_iter().map(|entry| (entry.id, entry)).collect();
    let members = member_counts(db, &ids).await?;
    let news = News::load(db, viewer, &ids).await?;
    let row = |room: room::Model| Row {
        members: members.get(&room.id).copied().unwrap_or(0),
        joined: news.joined.contains_key(&room.id),
        unread: news.unread.get(&room.id).copied().unwrap_or(0),
        mentioned: news.mentioned.contains(&room.id),
        last: room.last_entry_id.and_then(|id| last.remove(&id)),
        room,
    };
    Ok(rooms.into_iter().map(row).collect())
}

async fn member_counts(db: &impl ConnectionTrait, rooms: &[RoomId]) -> Result<HashMap<RoomId, i64>> {
    let counted = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .column_as(membership::Column::MemberId.count(), "members")
        .filter(membership::Column::RoomId.is_in(rooms.iter().copied()))
        .group_by(membership::Column::RoomId);
    Ok(counted.into_tuple().all(db).await?.into_iter().collect())
}

/// What is new for one viewer.
#[derive(Default)]
struct News {
    joined: HashMap<RoomId, i64>,
    unread: HashMap<RoomId, i64>,
    mentioned: HashSet<RoomId>,
}

impl News {
    async fn load(db: &impl ConnectionTrait, viewer: &Viewer, rooms: &[RoomId]) -> Result<Self> {
        let Some(member) = viewer.id() else { return Ok(Self::default()) };
        let own = membership::Entity::find()
            .filter(membership::Column::MemberId.eq(member))
            .filter(membership::Column::RoomId.is_in(rooms.iter().copied()));
        let joined: HashMap<RoomId, i64> =
            own.all(db).await?.into_iter().map(|row| (row.room_id, row.read_seq)).collect();
        if joined.is_empty() {
            return Ok(Self::default());
        }
        let unread = counted(db, &new_messages(member, rooms)).await?;
        let named = Query::select()
            .expr(Expr::value(1))
            .from(mention::Entity)
            .and_where(Expr::col((mention::Entity, mention::Column::MemberId)).eq(member))
            .and_where(
                Expr::col((mention::Entity, mention::Column::EntryId)).equals((entry::Entity, entry::Column::Id)),
            )
            .take();
        let mentioned = counted(db, new_messages(member, rooms).and_where(Expr::exists(named))).await?;
        Ok(Self { joined, unread, mentioned: mentioned.into_keys().collect() })
    }
}

async fn counted(db: &impl ConnectionTrait, query: &SelectStatement) -> Result<HashMap<RoomId, i64>> {
    let rows = db.query_all(query).await?;
    rows.iter().map(|row| Ok((RoomId(row.try_get_by_index(0)?), row.try_get_by_index(1)?))).collect()
}

/// Shown messages of others behind a member's read positions in these rooms, counted by room. Each room is entered at
/// the position, or [`UNREAD`] before its head where that is later.
fn new_messages(member: MemberId, rooms: &[RoomId]) -> SelectStatement {
    let own = |column| Expr::col((membership::Entity, column));
    let message = |column| Expr::col((entry::Entity, column));
    let head = |column| Expr::col((stream::Entity, column));
    let horizon = head(stream::Column::Head).sub(UNREAD);
    let from = CaseStatement::new()
        .case(own(membership::Column::ReadSeq).gt(horizon.clone()), own(membership::Column::ReadSeq))
        .finally(horizon);
    Query::select()
        .expr(own(membership::Column::RoomId))
        .expr(message(entry::Column::Id).count())
        .from(membership::Entity)
        .inner_join(
            stream::Entity,
            head(stream::Column::Kind)
                .eq(2)
                .and(own(membership::Column::RoomId).equals((stream::Entity, stream::Column::Id))),
        )
        .inner_join(
            entry::Entity,
            own(membership::Column::RoomId)
                .equals((entry::Entity, entry::Column::RoomId))
                .and(message(entry::Column::Number).gt(from)),
        )
        .and_where(own(membership::Column::MemberId).eq(member))
        .and_where(own(membership::Column::RoomId).is_in(rooms.iter().copied()))
        .and_where(message(entry::Column::State).eq(EntryState::Published))
        .and_where(message(entry::Column::AuthorId).ne(member))
        .group_by_col((membership::Entity, membership::Column::RoomId))
        .take()
}

/// Adds a membership that has read everything up to a sequence; whether it is new.
pub async fn add_member(
    db: &impl ConnectionTrait,
    room: RoomId,
    member: MemberId,
    (read_seq, at): (i64, Moment),
) -> Result<bool> {
    let row = membership::ActiveModel {
        room_id: Set(room),
        member_id: Set(member),
        read_seq: Set(read_seq),
        joined_at: Set(at),
    };
    let known = OnConflict::columns([membership::Column::RoomId, membership::Column::MemberId]).do_nothing().to_owned();
    Ok(membership::Entity::insert(row).on_conflict(known).exec_without_returning(db).await? > 0)
}

/// Ends a membership; whether there was one.
pub async fn drop_member(db: &impl ConnectionTrait, room: RoomId, member: MemberId) -> Result<bool> {
    Ok(membership::Entity::delete_by_id((room, member)).exec(db).await?.rows_affected > 0)
}

/// Moves a read position forward; whether it moved.
pub async fn mark_read(db: &impl ConnectionTrait, room: RoomId, member: MemberId, seq: i64) -> Result<bool> {
    let moved = membership::Entity::update_many()
        .col_expr(membership::Column::ReadSeq, Expr::value(seq))
        .filter(membership::Column::RoomId.eq(room))
        .filter(membership::Column::MemberId.eq(member))
        .filter(membership::Column::ReadSeq.lt(seq))
        .exec(db)
        .await?;
    Ok(moved.rows_affected > 0)
}

/// Stores a room at the end of the list. Its name must be free; names that look the same in a URL get a number there.
pub async fn insert(db: &impl ConnectionTrait, new: &super::change::Stored, now: Moment) -> Result<room::Model> {
    let taken = || Error::field("title", "There is a room with this name. Choose another one.");
    if room::Entity::find().filter(room::Column::Title.eq(&*new.title)).one(db).await?.is_some() {
        return Err(taken());
    }
    let like = room::Column::Slug.eq(&*new.slug).or(room::Column::Slug.starts_with(format!("{}-", new.slug)));
    let known: HashSet<String> =
        room::Entity::find().filter(like).all(db).await?.into_iter().map(|room| room.slug).collect();
    let numbered = (2..100).map(|number| format!("{}-{number}", new.slug));
    let slug =
        std::iter::once(new.slug.clone()).chain(numbered).find(|slug| !known.contains(slug)).ok_or_else(taken)?;
    let last: Option<Option<i64>> =
        room::Entity::find().select_only().column_as(room::Column::Position.max(), "last").into_tuple().one(db).await?;
    let row = room::ActiveModel {
        slug: Set(slug),
        title: Set(new.title.clone()),
        topic: Set(new.topic.clone()),
        topic_html: Set(new.topic_html.clone()),
        revision: Set(1),
        access: Set(new.access),
        archived: Set(false),
        slow_s: Set(0),
        position: Set(last.flatten().unwrap_or(0) + 1),
        created_at: Set(now),
        messages: Set(0),
        last_at: Set(now),
        ..Default::default()
    };
    Ok(room::Entity::insert(row).exec_with_returning(db).await?)
}

/// What a moderator changes about a room.
pub async fn update(db: &impl ConnectionTrait, id: RoomId, change: &super::Change) -> Result<()> {
    let update = room::Entity::update_many().filter(room::Column::Id.eq(id));
    let update = match change {
        super::Change::Rename(title) => update.col_expr(room::Column::Title, Expr::value(title.as_str())),
        super::Change::Close(closed) => {
            let access = if *closed { RoomAccess::Closed } else { RoomAccess::Open };
            update
                .col_expr(room::Column::Access, Expr::value(access))
                .filter(room::Column::Access.ne(RoomAccess::Direct))
        }
        super::Change::Archive(archived) => update.col_expr(room::Column::Archived, Expr::value(*archived)),
        super::Change::Slow(seconds) => update.col_expr(room::Column::SlowS, Expr::value(*seconds)),
    };
    update.exec(db).await?;
    Ok(())
}
