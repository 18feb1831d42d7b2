//! Queries for what profiles and the pages for guests show.

use std::collections::HashMap;

use sea_orm::sea_query::{Alias, Expr, ExprTrait, Query};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect};

use crate::accounts::profile::{Counts, Latest};
use crate::entity::board::Readers;
use crate::entity::entry::{EntryKind, EntryState};
use crate::entity::member::MemberState;
use crate::entity::room::RoomAccess;
use crate::entity::topic::TopicState;
use crate::entity::{board, entry, member, room, topic};
use crate::entries::{Entry, Scope};
use crate::error::Result;
use crate::ids::{BoardId, MemberId, RoomId, TopicId};

/// Members, and posts on boards that everyone may read.
pub async fn size(db: &impl ConnectionTrait) -> Result<(i64, i64)> {
    let members = member::Entity::find().filter(member::Column::State.eq(MemberState::Active)).count(db).await?;
    let boards = Query::select()
        .column(board::Column::Id)
        .from(board::Entity)
        .and_where(board::Column::Readers.eq(Readers::Public))
        .take();
    let posts: Option<Option<i64>> = topic::Entity::find()
        .filter(topic::Column::BoardId.in_subquery(boards))
        .filter(topic::Column::State.eq(TopicState::Open))
        .select_only()
        .expr_as(Expr::col(topic::Column::Replies).add(1).sum().cast_as(Alias::new("bigint")), "posts")
        .into_tuple()
        .one(db)
        .await?;
    Ok((i64::try_from(members).unwrap_or(i64::MAX), posts.flatten().unwrap_or(0)))
}

/// Counts of a member's published texts in a scope.
pub async fn counts(db: &impl ConnectionTrait, member: MemberId, scope: &Scope) -> Result<Counts> {
    let mine = || {
        entry::Entity::find()
            .filter(entry::Column::AuthorId.eq(member))
            .filter(entry::Column::State.eq(EntryState::Published))
    };
    let open =
        || topic::Column::State.eq(TopicState::Open).and(topic::Column::BoardId.is_in(scope.boards.iter().copied()));
    let topics = topic::Entity::find().filter(topic::Column::AuthorId.eq(member)).filter(open()).count(db).await?;
    let within = Query::select().column(topic::Column::Id).from(topic::Entity).and_where(open()).take();
    let posts = mine()
        .filter(entry::Column::Kind.eq(EntryKind::Post))
        .filter(entry::Column::TopicId.in_subquery(within))
        .count(db)
        .await?;
    let messages = mine().filter(entry::Column::RoomId.is_in(scope.rooms.iter().copied())).count(db).await?;
    let whole = |count: u64| i64::try_from(count).unwrap_or(i64::MAX);
    Ok(Counts { topics: whole(topics), posts: whole(posts), messages: whole(messages) })
}

/// Rooms without the direct ones.
pub async fn without_direct(db: &impl ConnectionTrait, rooms: Vec<RoomId>) -> Result<Vec<RoomId>> {
    let kept =
        room::Entity::find().filter(room::Column::Id.is_in(rooms)).filter(room::Column::Access.ne(RoomAccess::Direct));
    Ok(kept.select_only().column(room::Column::Id).into_tuple().all(db).await?)
}

/// Entries with the titles of their places and the path to them; without those of removed topics.
pub async fn placed(db: &impl ConnectionTrait, entries: Vec<Entry>) -> Result<Vec<Latest>> {
    let topics = topic::Entity::find().filter(topic::Column::Id.is_in(entries.iter().filter_map(|entry| entry.topic)));
    let topics: Vec<(TopicId, String, BoardId)> = topics
        .filter(topic::Column::State.eq(TopicState::Open))
        .select_only()
        .columns([topic::Column::Id, topic::Column::Title, topic::Column::BoardId])
        .into_tuple()
        .all(db)
        .await?;
    let boards =
        board::Entity::find().filter(board::Column::Id.is_in(topics.iter().map(|(.., board)| *board))).all(db).await?;
    let rooms = room::Entity::find().filter(room::Column::Id.is_in(entries.iter().filter_map(|entry| entry.room)));
    let rooms: Vec<(RoomId, String)> =
        rooms.select_only().columns([room::Column::Id, room::Column::Title]).into_tuple().all(db).await?;
    let topics: HashMap<_, _> = topics.into_iter().map(|(id, title, board)| (id, (title, board))).collect();
    let (boards, rooms): (HashMap<_, _>, HashMap<_, _>) =
        (boards.into_iter().map(|board| (board.id, board)).collect(), rooms.into_iter().collect());
    let place = |entry: Entry| {
        let href = format!("/p/{}", entry.id);
        if let Some(room) = entry.room {
            return Some(Latest { title: rooms.get(&room)?.clone(), board: String::new(), colour: None, href, entry });
        }
        let (title, board) = topics.get(&entry.topic?)?;
        let board = boards.get(board)?;
        Some(Latest { title: title.clone(), board: board.title.clone(), colour: Some(board.colour), href, entry })
    };
    Ok(entries.into_iter().filter_map(place).collect())
}
