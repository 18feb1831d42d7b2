//! Queries for boards, topic lists, and read positions.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect, Select,
};

use super::{Change, Cursor, Filter, Reading, Row};
use crate::access::Viewer;
use crate::clock::Moment;
use crate::db;
use crate::entity::topic::TopicState;
use crate::entity::{board, member, read_position, topic};
use crate::entries::store::{authors, readable_boards};
use crate::error::{Error, Result};
use crate::http::store::{behind, unopened};
use crate::ids::{BoardId, MemberId, TopicId};

/// A board by its name in the URL, if the viewer may read it.
pub async fn board_for(db: &impl ConnectionTrait, viewer: &Viewer, slug: &str) -> Result<board::Model> {
    board::Entity::find()
        .filter(board::Column::Slug.eq(slug))
        .filter(readable_boards(viewer))
        .one(db)
        .await?
        .ok_or(Error::NotFound)
}

/// A topic and its board.
pub async fn topic(db: &impl ConnectionTrait, id: TopicId) -> Result<(topic::Model, board::Model)> {
    let topic = topic::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)?;
    let board = board::Entity::find_by_id(topic.board_id).one(db).await?.ok_or(Error::NotFound)?;
    Ok((topic, board))
}

/// Which topics: on these boards, of this filter, after this cursor.
pub struct Wanted<'a> {
    /// Boards, already scoped to the viewer.
    pub boards: &'a [board::Model],
    /// Filter.
    pub filter: Filter,
    /// End of the page before.
    pub before: Option<Cursor>,
    /// Rows at most.
    pub limit: u64,
    /// Pinned topics first (a board's first page) and left out of the rest.
    pub pinned: Option<bool>,
}

/// A page of topics with everything a row shows.
pub async fn topics(db: &impl ConnectionTrait, viewer: &Viewer, wanted: Wanted<'_>) -> Result<Vec<Row>> {
    let ids = wanted.boards.iter().map(|board| board.id);
    let mut query = topic::Entity::find()
        .filter(topic::Column::BoardId.is_in(ids))
        .filter(topic::Column::State.eq(TopicState::Open));
    if let Some(pinned) = wanted.pinned {
        query = query.filter(topic::Column::Pinned.eq(pinned));
    }
    if let Some(before) = wanted.before {
        query = query.filter(db::before((topic::Column::BumpedAt, topic::Column::Id), (before.bumped, before.topic)));
    }
    let query = filtered(query, viewer, wanted.filter);
    let rows = query
        .order_by_desc(topic::Column::BumpedAt)
        .order_by_desc(topic::Column::Id)
        .limit(wanted.limit)
        .all(db)
        .await?;
    dress(db, viewer, rows, wanted.boards).await
}

fn filtered(query: Select<topic::Entity>, viewer: &Viewer, filter: Filter) -> Select<topic::Entity> {
    match (filter, viewer.id()) {
        (Filter::Unanswered, _) => query.filter(topic::Column::Replies.eq(0)),
        (Filter::Unread, Some(member)) => query.filter(Expr::exists(behind(member))),
        (Filter::New, Some(member)) => query.filter(unopened(member)),
        (Filter::Latest | Filter::Unread | Filter::New, _) => query,
    }
}

async fn dress(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    rows: Vec<topic::Model>,
    boards: &[board::Model],
) -> Result<Vec<Row>> {
    let mut people: Vec<MemberId> = rows.iter().map(|row| row.author_id).collect();
    people.extend(rows.iter().filter_map(|row| row.last_author_id));
    let authors = authors(db, people).await?;
    let boards: HashMap<BoardId, &board::Model> = boards.iter().map(|board| (board.id, board)).collect();
    let reading = Readings::load(db, viewer, rows.iter().map(|row| row.id)).await?;
    let dressed = rows.into_iter().filter_map(|topic| {
        let board = (*boards.get(&topic.board_id)?).clone();
        let author = authors.get(&topic.author_id)?.clone();
        let last = topic.last_author_id.and_then(|id| authors.get(&id).cloned());
        let reading = reading.of(&topic);
        Some(Row { topic, board, author, last, reading })
    });
    Ok(dressed.collect())
}

/// How far one member has read some topics.
pub struct Readings {
    joined: Option<Moment>,
    positions: HashMap<TopicId, i64>,
}

impl Readings {
    /// Loads the positions of the viewer in these topics.
    pub async fn load(
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        topics: impl IntoIterator<Item = TopicId>,
    ) -> Result<Self> {
        let Some(id) = viewer.id() else { return Ok(Self { joined: None, positions: HashMap::new() }) };
        let joined = member::Entity::find_by_id(id).one(db).await?.map(|member| member.created_at);
        let rows = read_position::Entity::find()
            .filter(read_position::Column::MemberId.eq(id))
            .filter(read_position::Column::TopicId.is_in(topics))
            .all(db)
            .await?;
        Ok(Self { joined, positions: rows.into_iter().map(|row| (row.topic_id, row.number)).collect() })
    }

    /// How a topic stands.
    pub fn of(&self, topic: &topic::Model) -> Reading {
        match (self.positions.get(&topic.id), self.joined) {
            (Some(number), _) if *number < topic.last_number => Reading::Unread(topic.last_number - number),
            (None, Some(joined)) if topic.created_at > joined => Reading::New,
            _ => Reading::Read,
        }
    }

    /// Highest post number read in a topic, if it was ever opened.
    pub fn number(&self, topic: TopicId) -> Option<i64> {
        self.positions.get(&topic).copied()
    }
}

/// Stores a read position; it never moves back.
pub async fn mark_read(
    db: &impl ConnectionTrait,
    (member, topic, number, at): (MemberId, TopicId, i64, Moment),
) -> Result<()> {
    let row =
        read_position::ActiveModel { member_id: Set(member), topic_id: Set(topic), number: Set(number), at: Set(at) };
    let forward = OnConflict::columns([read_position::Column::MemberId, read_position::Column::TopicId])
        .update_columns([read_position::Column::Number, read_position::Column::At])
        .action_and_where(Expr::col((read_position::Entity, read_position::Column::Number)).lt(number))
        .to_owned();
    read_position::Entity::insert(row).on_conflict(forward).exec_without_returning(db).await?;
    Ok(())
}

/// Moves every read position on these boards to the end, and opens what was never opened.
pub async fn mark_all_read(db: &impl ConnectionTrait, member: MemberId, boards: &[BoardId], at: Moment) -> Result<()> {
    let ends = Query::select()
        .expr(Expr::value(member))
        .column((topic::Entity, topic::Column::Id))
        .column((topic::Entity, topic::Column::LastNumber))
        .expr(Expr::value(at))
        .from(topic::Entity)
        .and_where(topic::Column::BoardId.is_in(boards.iter().copied()))
        .cond_where(Condition::any().add(Expr::exists(behind(member))).add(unopened(member)))
        .take();
    let key = [read_position::Column::MemberId, read_position::Column::TopicId];
    let forward = OnConflict::columns(key)
        .update_columns([read_position::Column::Number, read_position::Column::At])
        .action_and_where(Expr::cust("read_positions.number < excluded.number"))
        .to_owned();
    let mut all = Query::insert();
    all.into_table(read_position::Entity)
        .columns([
            read_position::Column::MemberId,
            read_position::Column::TopicId,
            read_position::Column::Number,
            read_position::Column::At,
        ])
        .on_conflict(forward);
    all.select_from(ends).map_err(Error::internal)?;
    db.execute(&all).await?;
    Ok(())
}

/// Applies a moderator's change.
pub async fn change(db: &impl ConnectionTrait, id: TopicId, change: Change) -> Result<()> {
    let (column, value) = match change {
        Change::Pin(value) => (topic::Column::Pinned, value),
        Change::Lock(value) => (topic::Column::Locked, value),
    };
    topic::Entity::update_many().col_expr(column, Expr::value(value)).filter(topic::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Who wrote in a topic, with how many posts, the busiest first.
pub async fn people(db: &impl ConnectionTrait, id: TopicId, limit: u64) -> Result<Vec<(crate::entries::Author, i64)>> {
    use crate::entity::entry;
    let rows: Vec<(MemberId, i64)> = entry::Entity::find()
        .select_only()
        .column(entry::Column::AuthorId)
        .column_as(entry::Column::Id.count(), "posts")
        .filter(entry::Column::TopicId.eq(id))
        .filter(entry::Column::State.eq(entry::EntryState::Published))
        .group_by(entry::Column::AuthorId)
        .order_by_desc(entry::Column::Id.count())
        .order_by_asc(entry::Column::AuthorId)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?;
    let authors = authors(db, rows.iter().map(|(id, _)| *id)).await?;
    Ok(rows.into_iter().filter_map(|(id, posts)| authors.get(&id).cloned().map(|author| (author, posts))).collect())
}

/// A member's own submissions to a topic that wait for a moderator, oldest first.
pub async fn held_in_topic(
    db: &impl ConnectionTrait,
    member: MemberId,
    topic: TopicId,
) -> Result<Vec<crate::entity::review_item::Model>> {
    use crate::entity::review_item;
    let open = review_item::Entity::find()
        .filter(review_item::Column::AuthorId.eq(member))
        .filter(review_item::Column::TopicId.eq(topic))
        .filter(review_item::Column::State.eq(review_item::ReviewState::Open))
        .filter(review_item::Column::Kind.eq(review_item::ReviewKind::Held));
    Ok(open.order_by_asc(review_item::Column::Id).limit(20).all(db).await?)
}
