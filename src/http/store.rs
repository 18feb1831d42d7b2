//! Queries for the frame of every page: boards, what is unread there, what waits for review.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, Order, Query, SelectStatement};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use crate::access::Viewer;
use crate::entity::member::Theme;
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, ReviewState};
use crate::entity::topic::TopicState;
use crate::entity::{board, member, read_position, section, topic};
use crate::entries::store::readable_boards;
use crate::error::Result;
use crate::ids::{BoardId, MemberId};

/// Boards the viewer may read, in page order.
pub async fn readable(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<Vec<board::Model>> {
    let boards = board::Entity::find().filter(readable_boards(viewer));
    Ok(boards.order_by_asc(board::Column::Position).order_by_asc(board::Column::Id).all(db).await?)
}

/// Sections in page order.
pub async fn sections(db: &impl ConnectionTrait) -> Result<Vec<section::Model>> {
    Ok(section::Entity::find()
        .order_by_asc(section::Column::Position)
        .order_by_asc(section::Column::Id)
        .all(db)
        .await?)
}

/// The read position of this member in the outer topic.
fn position(member: MemberId) -> SelectStatement {
    Query::select()
        .expr(Expr::value(1))
        .from(read_position::Entity)
        .and_where(Expr::col((read_position::Entity, read_position::Column::MemberId)).eq(member))
        .and_where(
            Expr::col((read_position::Entity, read_position::Column::TopicId))
                .equals((topic::Entity, topic::Column::Id)),
        )
        .take()
}

/// A read position of this member in the outer topic that is behind its last post.
pub fn behind(member: MemberId) -> SelectStatement {
    position(member)
        .and_where(
            Expr::col((read_position::Entity, read_position::Column::Number))
                .lt(Expr::col((topic::Entity, topic::Column::LastNumber))),
        )
        .take()
}

/// No read position, and started after this member signed up.
pub fn unopened(member: MemberId) -> Condition {
    let joined = Query::select()
        .column(member::Column::CreatedAt)
        .from(member::Entity)
        .and_where(member::Column::Id.eq(member))
        .take();
    let newer = Expr::col((topic::Entity, topic::Column::CreatedAt)).gt(Expr::SubQuery(None, Box::new(joined.into())));
    Condition::all().add(Expr::exists(position(member)).not()).add(newer)
}

/// Unread topics are counted among so many that were active last; more than that is "a lot" anyway.
const COUNTED: u64 = 1000;

/// How many topics with something unread each board holds for a member, among the topics that were active last.
pub async fn unread_counts(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    boards: &[board::Model],
) -> Result<HashMap<BoardId, i64>> {
    let Some(member) = viewer.id() else { return Ok(HashMap::new()) };
    let active = Query::select()
        .column(topic::Column::Id)
        .from(topic::Entity)
        .and_where(topic::Column::BoardId.is_in(boards.iter().map(|board| board.id)))
        .and_where(topic::Column::State.eq(TopicState::Open))
        .order_by(topic::Column::BumpedAt, Order::Desc)
        .order_by(topic::Column::Id, Order::Desc)
        .limit(COUNTED)
        .take();
    let rows: Vec<(BoardId, i64)> = topic::Entity::find()
        .select_only()
        .column(topic::Column::BoardId)
        .column_as(topic::Column::Id.count(), "topics")
        .filter(topic::Column::Id.in_subquery(active))
        .filter(Condition::any().add(Expr::exists(behind(member))).add(unopened(member)))
        .group_by(topic::Column::BoardId)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// A member's chosen theme.
pub async fn theme(db: &impl ConnectionTrait, id: MemberId) -> Result<Theme> {
    Ok(member::Entity::find_by_id(id).one(db).await?.map_or(Theme::System, |member| member.theme))
}

/// Open review items a viewer may decide about, as a condition on `review_items`: in their places, not their own.
pub fn reviewable(viewer: &Viewer) -> Condition {
    let Ok(me) = viewer.member() else { return Condition::all().add(Expr::value(false)) };
    let not_own = Condition::all().add(review_item::Column::AuthorId.ne(me.id));
    if me.is_staff() {
        return not_own;
    }
    let place = |kind: PlaceKind, ids: Vec<i64>| {
        Condition::all().add(review_item::Column::PlaceKind.eq(kind)).add(review_item::Column::PlaceId.is_in(ids))
    };
    let boards = place(PlaceKind::Board, me.boards.iter().map(|id| id.0).collect());
    let rooms = place(PlaceKind::Room, me.rooms.iter().map(|id| id.0).collect());
    not_own.add(Condition::any().add(boards).add(rooms))
}

/// How many open review items wait for a viewer.
pub async fn waiting(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<i64> {
    let open =
        review_item::Entity::find().filter(review_item::Column::State.eq(ReviewState::Open)).filter(reviewable(viewer));
    Ok(i64::try_from(open.count(db).await?).unwrap_or(i64::MAX))
}
