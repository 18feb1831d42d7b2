//! Queries of the administration pages. Only verbs that have asked `access` call them.

pub mod moderators;
pub mod policies;

use std::collections::HashMap;

use sea_orm::sea_query::Expr;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{BoardDraft, List};
use crate::access::Role;
use crate::clock::Moment;
use crate::entity::entry::{self, EntryKind, EntryState};
use crate::entity::review_item::{self, ReviewState};
use crate::entity::room::{self, RoomAccess};
use crate::entity::topic::{self, TopicState};
use crate::entity::{board, event, member, membership, outbox_cursor, section};
use crate::error::{Error, Result};
use crate::ids::{BoardId, MemberId, RoomId, SectionId};

fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Whether a section exists.
pub async fn has_section(db: &impl ConnectionTrait, id: SectionId) -> Result<bool> {
    Ok(section::Entity::find_by_id(id).one(db).await?.is_some())
}

/// Makes a section at the end, or renames one.
pub async fn save_section(db: &impl ConnectionTrait, id: Option<SectionId>, title: &str) -> Result<SectionId> {
    if let Some(id) = id {
        let renamed = section::Entity::update_many()
            .col_expr(section::Column::Title, Expr::value(title))
            .filter(section::Column::Id.eq(id));
        return if renamed.exec(db).await?.rows_affected == 0 { Err(Error::NotFound) } else { Ok(id) };
    }
    let last = section::Entity::find().order_by_desc(section::Column::Position).one(db).await?;
    let position = last.map_or(1, |last| last.position.saturating_add(1));
    let row = section::ActiveModel { title: Set(title.to_owned()), position: Set(position), ..Default::default() };
    Ok(section::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// Every board in page order.
pub async fn boards(db: &impl ConnectionTrait) -> Result<Vec<board::Model>> {
    Ok(board::Entity::find().order_by_asc(board::Column::Position).order_by_asc(board::Column::Id).all(db).await?)
}

/// The board with this id.
pub async fn board(db: &impl ConnectionTrait, id: BoardId) -> Result<board::Model> {
    board::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// How many topics each board has.
pub async fn topics(db: &impl ConnectionTrait) -> Result<HashMap<BoardId, i64>> {
    let rows: Vec<(BoardId, i64)> = topic::Entity::find()
        .select_only()
        .column(topic::Column::BoardId)
        .column_as(topic::Column::Id.count(), "topics")
        .filter(topic::Column::State.eq(TopicState::Open))
        .group_by(topic::Column::BoardId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// Whether another board has this name in its URL.
pub async fn slug_is_taken(db: &impl ConnectionTrait, slug: &str, but: Option<BoardId>) -> Result<bool> {
    let other = board::Entity::find().filter(board::Column::Slug.eq(slug)).one(db).await?;
    Ok(other.is_some_and(|other| Some(other.id) != but))
}

/// Makes or changes a board.
pub async fn save_board(db: &impl ConnectionTrait, id: Option<BoardId>, draft: &BoardDraft) -> Result<board::Model> {
    let position = match (draft.position, id) {
        (Some(position), _) => Set(position),
        (None, Some(_)) => sea_orm::ActiveValue::NotSet,
        (None, None) => {
            let last = board::Entity::find()
                .filter(board::Column::SectionId.eq(draft.section))
                .order_by_desc(board::Column::Position);
            Set(last.one(db).await?.map_or(1, |last| last.position.saturating_add(1)))
        }
    };
    let row = board::ActiveModel {
        id: id.map_or(sea_orm::ActiveValue::NotSet, Set),
        section_id: Set(draft.section),
        slug: Set(draft.slug.clone()),
        title: Set(draft.title.clone()),
        description: Set(draft.description.clone()),
        colour: Set(draft.colour),
        readers: Set(draft.readers),
        writers: Set(draft.writers),
        archived: Set(draft.archived),
        position,
    };
    match id {
        None => Ok(board::Entity::insert(row).exec_with_returning(db).await?),
        Some(id) => {
            let changed =
                board::Entity::update_many().set(row).filter(board::Column::Id.eq(id)).exec_with_returning(db).await?;
            changed.into_iter().next().ok_or(Error::NotFound)
        }
    }
}

/// Rooms that are not direct, in order, with how many belong to each.
pub async fn rooms(db: &impl ConnectionTrait) -> Result<Vec<(room::Model, i64)>> {
    let rooms = room::Entity::find().filter(room::Column::Access.ne(RoomAccess::Direct));
    let rooms = rooms.order_by_asc(room::Column::Position).order_by_asc(room::Column::Id).all(db).await?;
    let counts: Vec<(RoomId, i64)> = membership::Entity::find()
        .select_only()
        .column(membership::Column::RoomId)
        .column_as(membership::Column::MemberId.count(), "members")
        .group_by(membership::Column::RoomId)
        .into_tuple()
        .all(db)
        .await?;
    let counts: HashMap<RoomId, i64> = counts.into_iter().collect();
    Ok(rooms
        .into_iter()
        .map(|room| (counts.get(&room.id).copied().unwrap_or(0), room))
        .map(|(count, room)| (room, count))
        .collect())
}

/// The room with this id, unless it is a direct one.
pub async fn room(db: &impl ConnectionTrait, id: RoomId) -> Result<room::Model> {
    room::Entity::find_by_id(id)
        .filter(room::Column::Access.ne(RoomAccess::Direct))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// A page of members.
pub async fn members(db: &impl ConnectionTrait, list: &List, limit: u64) -> Result<Vec<member::Model>> {
    let all = member::Entity::find().limit(limit);
    let rows = match list {
        List::Newest(None) => all.order_by_desc(member::Column::Id),
        List::Newest(Some(before)) => all.filter(member::Column::Id.lt(*before)).order_by_desc(member::Column::Id),
        List::Named(prefix, after) => {
            // Names are ASCII: everything that begins so lies between the prefix and the prefix followed by "{".
            let named = all
                .filter(member::Column::Name.gte(prefix.as_str()))
                .filter(member::Column::Name.lt(format!("{prefix}{{")));
            let named =
                if let Some(after) = after { named.filter(member::Column::Name.gt(after.as_str())) } else { named };
            named.order_by_asc(member::Column::Name)
        }
    };
    Ok(rows.all(db).await?)
}

/// A member's row, locked until the commit.
pub async fn lock_member(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model> {
    member::Entity::find_by_id(id).lock_exclusive().one(db).await?.ok_or(Error::NotFound)
}

/// How many admins there are.
pub async fn admins(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(member::Entity::find().filter(member::Column::Role.eq(Role::Admin)).count(db).await?)
}

/// Gives a member a role.
pub async fn set_role(db: &impl ConnectionTrait, id: MemberId, role: Role) -> Result<()> {
    member::Entity::update_many()
        .col_expr(member::Column::Role, Expr::value(role))
        .filter(member::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// How many members there are.
pub async fn count_members(db: &impl ConnectionTrait) -> Result<i64> {
    Ok(signed(member::Entity::find().count(db).await?))
}

/// Published posts and messages.
pub async fn entries(db: &impl ConnectionTrait) -> Result<(i64, i64)> {
    let of = |kind| {
        entry::Entity::find()
            .filter(entry::Column::State.eq(EntryState::Published))
            .filter(entry::Column::Kind.eq(kind))
    };
    Ok((signed(of(EntryKind::Post).count(db).await?), signed(of(EntryKind::Message).count(db).await?)))
}

/// How many review items wait, and since when the oldest does.
pub async fn waiting(db: &impl ConnectionTrait) -> Result<(i64, Option<Moment>)> {
    let open = || review_item::Entity::find().filter(review_item::Column::State.eq(ReviewState::Open));
    let oldest = open().order_by_asc(review_item::Column::Id).one(db).await?;
    Ok((signed(open().count(db).await?), oldest.map(|item| item.created_at)))
}

/// Durable consumers of the log, with how many events they are behind.
pub async fn consumers(db: &impl ConnectionTrait) -> Result<Vec<(String, i64)>> {
    let last = event::Entity::find().order_by_desc(event::Column::Id).one(db).await?.map_or(0, |event| event.id);
    let rows = outbox_cursor::Entity::find().order_by_asc(outbox_cursor::Column::Consumer).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.consumer, (last - row.event_id).max(0))).collect())
}
