//! Queries for published text and for what a viewer may read.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Author, Entry, Scope};
use crate::access::Viewer;
use crate::db::Db;
use crate::entity::board::Readers;
use crate::entity::room::RoomAccess;
use crate::entity::{board, entry, member, membership, revision, room, topic};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, RoomId, TopicId};

/// Boards a viewer may read, as a condition on `boards`.
pub fn readable_boards(viewer: &Viewer) -> Condition {
    let public = board::Column::Readers.eq(Readers::Public);
    let Ok(member) = viewer.member() else { return Condition::any().add(public) };
    if member.is_staff() {
        return Condition::all();
    }
    let open = Condition::any().add(public).add(board::Column::Readers.eq(Readers::Members));
    if member.boards.is_empty() { open } else { open.add(board::Column::Id.is_in(member.boards.iter().copied())) }
}

/// Rooms a viewer may read. Direct rooms only through membership, whoever asks.
pub async fn readable_rooms(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Condition> {
    let open = Condition::any().add(room::Column::Access.eq(RoomAccess::Open));
    let Ok(member) = viewer.member() else { return Ok(open) };
    let joined: Vec<RoomId> = membership::Entity::find()
        .filter(membership::Column::MemberId.eq(member.id))
        .select_only()
        .column(membership::Column::RoomId)
        .into_tuple()
        .all(db)
        .await?;
    let mut rooms = open.add(room::Column::Id.is_in(joined));
    if member.is_staff() {
        rooms = rooms.add(room::Column::Access.eq(RoomAccess::Closed));
    } else if !member.rooms.is_empty() {
        let moderated = room::Column::Id.is_in(member.rooms.iter().copied());
        rooms = rooms.add(Condition::all().add(moderated).add(room::Column::Access.ne(RoomAccess::Direct)));
    }
    Ok(rooms)
}

/// Everything a viewer may read.
pub async fn scope(db: &Db, viewer: &Viewer) -> Result<Scope> {
    let boards =
        board::Entity::find().filter(readable_boards(viewer)).select_only().column(board::Column::Id).into_tuple();
    let rooms = readable_rooms(db.reads(), viewer).await?;
    let rooms = room::Entity::find().filter(rooms).select_only().column(room::Column::Id).into_tuple();
    Ok(Scope { boards: boards.all(db.reads()).await?, rooms: rooms.all(db.reads()).await? })
}

/// Authors by id.
pub async fn authors(
    db: &impl ConnectionTrait,
    ids: impl IntoIterator<Item = MemberId>,
) -> Result<HashMap<MemberId, Author>> {
    let mut ids: Vec<_> = ids.into_iter().collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(MemberId, String, String)> = member::Entity::find()
        .filter(member::Column::Id.is_in(ids))
        .select_only()
        .columns([member::Column::Id, member::Column::Name, member::Column::Display])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, name, display)| (id, Author { id, name, display })).collect())
}

async fn with_authors(db: &impl ConnectionTrait, rows: Vec<entry::Model>) -> Result<Vec<Entry>> {
    let authors = authors(db, rows.iter().map(|row| row.author_id)).await?;
    let known = |row: entry::Model| authors.get(&row.author_id).cloned().map(|author| Entry::from_row(row, author));
    Ok(rows.into_iter().filter_map(known).collect())
}

/// Entries by id, in no particular order.
pub async fn by_ids(db: &impl ConnectionTrait, ids: Vec<EntryId>) -> Result<Vec<Entry>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    with_authors(db, entry::Entity::find().filter(entry::Column::Id.is_in(ids)).all(db).await?).await
}

/// One entry.
pub async fn one(db: &impl ConnectionTrait, id: EntryId) -> Result<Entry> {
    by_ids(db, vec![id]).await?.pop().ok_or(Error::NotFound)
}

/// How a page of posts is cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// By post number.
    Time,
    /// Along the reply tree.
    Tree,
}

/// One page of a topic's posts, from page 1.
pub async fn posts(
    db: &impl ConnectionTrait,
    topic: TopicId,
    order: Order,
    (page, size): (u64, u64),
) -> Result<Vec<Entry>> {
    let before = page.saturating_sub(1).saturating_mul(size);
    let all = entry::Entity::find().filter(entry::Column::TopicId.eq(topic));
    let rows = match order {
        Order::Time => {
            let first = i64::try_from(before).unwrap_or(i64::MAX);
            let last = first.saturating_add(i64::try_from(size).unwrap_or(i64::MAX));
            all.filter(entry::Column::Number.gt(first))
                .filter(entry::Column::Number.lte(last))
                .order_by_asc(entry::Column::Number)
        }
        Order::Tree => all.order_by_asc(entry::Column::Path).offset(before).limit(size),
    };
    with_authors(db, rows.all(db).await?).await
}

/// A topic's posts with a number above one, by number.
pub async fn posts_after(db: &impl ConnectionTrait, topic: TopicId, after: i64, limit: u64) -> Result<Vec<Entry>> {
    let rows = entry::Entity::find()
        .filter(entry::Column::TopicId.eq(topic))
        .filter(entry::Column::Number.gt(after))
        .order_by_asc(entry::Column::Number)
        .limit(limit);
    with_authors(db, rows.all(db).await?).await
}

/// The page a post is on.
pub async fn page_of(db: &impl ConnectionTrait, topic: TopicId, number: i64, order: Order, size: u64) -> Result<u64> {
    use sea_orm::PaginatorTrait;
    let before = match order {
        Order::Time => u64::try_from(number.saturating_sub(1)).unwrap_or(0),
        Order::Tree => {
            let post = post(db, topic, number).await?;
            let earlier = entry::Entity::find()
                .filter(entry::Column::TopicId.eq(topic))
                .filter(entry::Column::Path.lt(post.path));
            earlier.count(db).await?
        }
    };
    Ok(before / size + 1)
}

/// The row of a post by its number.
pub async fn post(db: &impl ConnectionTrait, topic: TopicId, number: i64) -> Result<entry::Model> {
    let found = entry::Entity::find()
        .filter(entry::Column::TopicId.eq(topic))
        .filter(entry::Column::Number.eq(number))
        .one(db)
        .await?;
    found.ok_or(Error::NotFound)
}

/// Messages of a room before (or after) a sequence, in order of sequence.
pub async fn messages(db: &impl ConnectionTrait, room: RoomId, window: Window, limit: u64) -> Result<Vec<Entry>> {
    let all = entry::Entity::find().filter(entry::Column::RoomId.eq(room)).limit(limit);
    let rows = match window {
        Window::Before(seq) => {
            let mut rows =
                all.filter(entry::Column::Number.lt(seq)).order_by_desc(entry::Column::Number).all(db).await?;
            rows.reverse();
            rows
        }
        Window::After(seq) => {
            all.filter(entry::Column::Number.gt(seq)).order_by_asc(entry::Column::Number).all(db).await?
        }
    };
    with_authors(db, rows).await
}

/// Which part of a room's history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Window {
    /// Ending before this sequence.
    Before(i64),
    /// Beginning after this sequence.
    After(i64),
}

/// A member's newest entries in places the viewer may read, before an id.
pub async fn by_member(
    db: &impl ConnectionTrait,
    member: MemberId,
    scope: &Scope,
    before: Option<EntryId>,
    limit: u64,
) -> Result<Vec<Entry>> {
    use sea_orm::sea_query::{Expr, ExprTrait, Query};
    // One value for each entry, so that only the boards of this member's entries are looked up.
    let board = Query::select()
        .column(topic::Column::BoardId)
        .from(topic::Entity)
        .and_where(Expr::col((topic::Entity, topic::Column::Id)).equals((entry::Entity, entry::Column::TopicId)))
        .take();
    let place = Condition::any()
        .add(Expr::SubQuery(None, Box::new(board.into())).is_in(scope.boards.iter().map(|id| id.0)))
        .add(entry::Column::RoomId.is_in(scope.rooms.iter().copied()));
    let mut query = entry::Entity::find()
        .filter(entry::Column::AuthorId.eq(member))
        .filter(entry::Column::State.eq(entry::EntryState::Published))
        .filter(place);
    if let Some(before) = before {
        query = query.filter(entry::Column::Id.lt(before));
    }
    with_authors(db, query.order_by_desc(entry::Column::Id).limit(limit).all(db).await?).await
}

/// Earlier texts of an entry, newest first.
pub async fn revisions(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<revision::Model>> {
    Ok(revision::Entity::find()
        .filter(revision::Column::EntryId.eq(entry))
        .order_by_desc(revision::Column::Revision)
        .all(db)
        .await?)
}

/// Rooms and topics as they stand now, for events that say they changed.
pub async fn places(
    db: &impl ConnectionTrait,
    rooms: Vec<RoomId>,
    topics: Vec<TopicId>,
) -> Result<(Vec<room::Model>, Vec<topic::Model>)> {
    let rooms = if rooms.is_empty() {
        Vec::new()
    } else {
        room::Entity::find().filter(room::Column::Id.is_in(rooms)).all(db).await?
    };
    let topics = if topics.is_empty() {
        Vec::new()
    } else {
        topic::Entity::find().filter(topic::Column::Id.is_in(topics)).all(db).await?
    };
    Ok((rooms, topics))
}
