//! Queries of the review queue; what is written lies beside, in `store/`. Every read of somebody else's item goes through [`scope`].

pub mod decisions;
pub mod record;
pub mod reports;

use std::collections::HashMap;

use sea_orm::sea_query::Query;
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{Cursor, Filter};
use crate::access::{Place, Viewer};
use crate::clock::Moment;
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, Decision, ReviewKind, ReviewState};
use crate::entity::room::RoomAccess;
use crate::entity::{board, entry, finding, flag, member, room, topic};
use crate::error::{Error, Result};
use crate::ids::{BoardId, EntryId, MemberId, ReviewId, RoomId, TopicId};
use crate::publish;

use review_item::Column as C;

/// Items a viewer may decide about, as a condition on `review_items`: staff all, others those of their boards and
/// rooms. From direct rooms only what somebody in them reported, and that to staff only.
pub fn scope(viewer: &Viewer) -> Result<Condition> {
    let member = viewer.member()?;
    let direct = Query::select()
        .column(room::Column::Id)
        .from(room::Entity)
        .and_where(room::Column::Access.eq(RoomAccess::Direct))
        .take();
    if member.is_staff() {
        let open = Condition::any().add(C::PlaceKind.ne(PlaceKind::Room)).add(C::PlaceId.not_in_subquery(direct));
        return Ok(open.add(C::Kind.eq(ReviewKind::Flag)));
    }
    let boards = member.boards.iter().map(|id| id.0);
    let rooms = member.rooms.iter().map(|id| id.0);
    let boards = Condition::all().add(C::PlaceKind.eq(PlaceKind::Board)).add(C::PlaceId.is_in(boards));
    let rooms = Condition::all()
        .add(C::PlaceKind.eq(PlaceKind::Room))
        .add(C::PlaceId.is_in(rooms))
        .add(C::PlaceId.not_in_subquery(direct));
    Ok(Condition::any().add(boards).add(rooms))
}

/// One item, if it is the viewer's to decide about.
pub async fn find_for(db: &impl ConnectionTrait, viewer: &Viewer, id: ReviewId) -> Result<review_item::Model> {
    review_item::Entity::find_by_id(id).filter(scope(viewer)?).one(db).await?.ok_or(Error::NotFound)
}

/// One item as it is now, whoever asks.
pub async fn item(db: &impl ConnectionTrait, id: ReviewId) -> Result<review_item::Model> {
    review_item::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// One's own held item.
pub async fn own(db: &impl ConnectionTrait, author: MemberId, id: ReviewId) -> Result<review_item::Model> {
    let query = review_item::Entity::find_by_id(id).filter(C::AuthorId.eq(author)).filter(C::Kind.eq(ReviewKind::Held));
    query.one(db).await?.ok_or(Error::NotFound)
}

/// Where an item belongs, to decide about it. What was reported from a direct room was handed to the site's staff.
pub async fn place(db: &impl ConnectionTrait, item: &review_item::Model) -> Result<Place> {
    match item.place_kind {
        PlaceKind::Site | PlaceKind::Direct => Ok(Place::Site),
        PlaceKind::Board => {
            let board = board::Entity::find_by_id(BoardId(item.place_id)).one(db).await?.ok_or(Error::NotFound)?;
            Ok(publish::board_place(&board))
        }
        PlaceKind::Room => {
            let room = room::Entity::find_by_id(RoomId(item.place_id)).one(db).await?.ok_or(Error::NotFound)?;
            let handed = room.access == RoomAccess::Direct && item.kind == ReviewKind::Flag;
            Ok(if handed { Place::Site } else { publish::room_place(&room, false) })
        }
    }
}

fn of(filter: Filter) -> Condition {
    let open = C::State.eq(ReviewState::Open);
    match filter {
        Filter::All => Condition::all().add(open),
        Filter::Held => Condition::all().add(open).add(C::Kind.eq(ReviewKind::Held)),
        Filter::Flags => Condition::all().add(open).add(C::Kind.eq(ReviewKind::Flag)),
        Filter::Done => Condition::all().add(C::Decision.is_not_null()).add(C::DecidedAt.is_not_null()),
    }
}

/// A page of the queue: what waits the oldest first, what is decided the newest first.
pub async fn queue(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (filter, after): (Filter, Option<Cursor>),
    limit: u64,
) -> Result<Vec<review_item::Model>> {
    let mut query = review_item::Entity::find().filter(scope(viewer)?).filter(of(filter)).limit(limit);
    if filter == Filter::Done {
        if let Some(Cursor { at, id }) = after {
            query = query.filter(crate::db::before((C::DecidedAt, C::Id), (at, id)));
        }
        return Ok(query.order_by_desc(C::DecidedAt).order_by_desc(C::Id).all(db).await?);
    }
    if let Some(after) = after {
        query = query.filter(C::Id.gt(after.id));
    }
    Ok(query.order_by_asc(C::Id).all(db).await?)
}

/// How many wait, by kind.
pub async fn counts(db: &impl ConnectionTrait, viewer: &Viewer) -> Result<HashMap<ReviewKind, i64>> {
    let rows: Vec<(ReviewKind, i64)> = review_item::Entity::find()
        .select_only()
        .column(C::Kind)
        .column_as(C::Id.count(), "items")
        .filter(scope(viewer)?)
        .filter(of(Filter::All))
        .group_by(C::Kind)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

/// How many of a list stand before an item, itself included.
pub async fn position(db: &impl ConnectionTrait, viewer: &Viewer, filter: Filter, id: ReviewId) -> Result<i64> {
    use sea_orm::PaginatorTrait;
    let before = review_item::Entity::find().filter(scope(viewer)?).filter(of(filter)).filter(C::Id.lte(id));
    Ok(i64::try_from(before.count(db).await?).unwrap_or(i64::MAX))
}

/// The open item after this one, or from the beginning when there is none.
pub async fn next_open(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    filter: Filter,
    id: ReviewId,
) -> Result<Option<ReviewId>> {
    let filter = if filter == Filter::Done { Filter::All } else { filter };
    let open = || review_item::Entity::find().filter(of(filter)).order_by_asc(C::Id);
    let after = open().filter(scope(viewer)?).filter(C::Id.gt(id)).one(db).await?;
    if let Some(after) = after {
        return Ok(Some(after.id));
    }
    Ok(open().filter(scope(viewer)?).filter(C::Id.ne(id)).one(db).await?.map(|item| item.id))
}

/// Findings of items, in reading order.
pub async fn findings(db: &impl ConnectionTrait, items: &[ReviewId]) -> Result<HashMap<ReviewId, Vec<finding::Model>>> {
    let query = finding::Entity::find().filter(finding::Column::ReviewId.is_in(items.iter().copied()));
    let mut by_item: HashMap<ReviewId, Vec<finding::Model>> = HashMap::new();
    for row in query.order_by_asc(finding::Column::Id).all(db).await? {
        if let Some(review) = row.review_id {
            by_item.entry(review).or_default().push(row);
        }
    }
    Ok(by_item)
}

/// Flags of items, oldest first.
pub async fn flags(db: &impl ConnectionTrait, items: &[ReviewId]) -> Result<HashMap<ReviewId, Vec<flag::Model>>> {
    let query = flag::Entity::find().filter(flag::Column::ReviewId.is_in(items.iter().copied()));
    let mut by_item: HashMap<ReviewId, Vec<flag::Model>> = HashMap::new();
    for row in query.order_by_asc(flag::Column::Id).all(db).await? {
        by_item.entry(row.review_id).or_default().push(row);
    }
    Ok(by_item)
}

/// A member's row.
pub async fn member(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model> {
    member::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The entry an item is about.
pub async fn entry(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    entry::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// Boards and rooms by id, for the names of places.
pub async fn places(
    db: &impl ConnectionTrait,
    items: &[review_item::Model],
) -> Result<(HashMap<i64, board::Model>, HashMap<i64, room::Model>)> {
    let boards =
        board::Entity::find().filter(board::Column::Id.is_in(place_ids(items, PlaceKind::Board))).all(db).await?;
    let rooms = room::Entity::find().filter(room::Column::Id.is_in(place_ids(items, PlaceKind::Room))).all(db).await?;
    Ok((
        boards.into_iter().map(|row| (row.id.0, row)).collect(),
        rooms.into_iter().map(|row| (row.id.0, row)).collect(),
    ))
}

fn place_ids(items: &[review_item::Model], kind: PlaceKind) -> Vec<i64> {
    items.iter().filter(|item| item.place_kind == kind).map(|item| item.place_id).collect()
}

/// Slugs of topics by id.
pub async fn slugs(db: &impl ConnectionTrait, items: &[review_item::Model]) -> Result<HashMap<TopicId, String>> {
    let ids: Vec<TopicId> = items.iter().filter_map(|item| item.topic_id).collect();
    let rows = topic::Entity::find().filter(topic::Column::Id.is_in(ids)).all(db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.slug)).collect())
}

/// Earlier items about a member that the viewer may see, newest first, without one.
pub async fn history(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    (author, but): (MemberId, ReviewId),
    limit: u64,
) -> Result<Vec<review_item::Model>> {
    let query = review_item::Entity::find().filter(scope(viewer)?).filter(C::AuthorId.eq(author)).filter(C::Id.ne(but));
    Ok(query.order_by_desc(C::Id).limit(limit).all(db).await?)
}

/// How many items about a member the viewer may see: held, and removed.
pub async fn tally(db: &impl ConnectionTrait, viewer: &Viewer, author: MemberId) -> Result<(i64, i64)> {
    use sea_orm::PaginatorTrait;
    let of = || Ok::<_, Error>(review_item::Entity::find().filter(scope(viewer)?).filter(C::AuthorId.eq(author)));
    let held = of()?.filter(C::Kind.eq(ReviewKind::Held)).count(db).await?;
    let removed = of()?.filter(C::State.eq(ReviewState::Removed)).count(db).await?;
    Ok((i64::try_from(held).unwrap_or(i64::MAX), i64::try_from(removed).unwrap_or(i64::MAX)))
}

/// What happened to a member's own texts before an id, newest first: what was held, and what was taken away or masked
/// after others reported it. Reports that nothing came of are not theirs to see.
pub async fn mine(
    db: &impl ConnectionTrait,
    author: MemberId,
    before: Option<ReviewId>,
    limit: u64,
) -> Result<Vec<review_item::Model>> {
    let led = C::Decision.is_in([Decision::PublishMasked, Decision::Remove]);
    let theirs = Condition::any().add(C::Kind.eq(ReviewKind::Held)).add(led);
    let mut query = review_item::Entity::find().filter(C::AuthorId.eq(author)).filter(theirs);
    if let Some(before) = before {
        query = query.filter(C::Id.lt(before));
    }
    Ok(query.order_by_desc(C::Id).limit(limit).all(db).await?)
}

/// A member's own reports before an id, newest first, each with the item it is part of.
pub async fn reported_by(
    db: &impl ConnectionTrait,
    member: MemberId,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<(flag::Model, review_item::Model)>> {
    let mut query = flag::Entity::find().filter(flag::Column::MemberId.eq(member));
    if let Some(before) = before {
        query = query.filter(flag::Column::Id.lt(before));
    }
    let flags = query.order_by_desc(flag::Column::Id).limit(limit).all(db).await?;
    let ids = flags.iter().map(|flag| flag.review_id);
    let items = review_item::Entity::find().filter(C::Id.is_in(ids)).all(db).await?;
    let items: HashMap<ReviewId, review_item::Model> = items.into_iter().map(|item| (item.id, item)).collect();
    let with_item = |flag: flag::Model| items.get(&flag.review_id).cloned().map(|item| (flag, item));
    Ok(flags.into_iter().filter_map(with_item).collect())
}

/// One topic or one room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Here {
    /// A topic.
    Topic(TopicId),
    /// A room.
    Room(RoomId),
}

/// A member's own open held items in one topic or room, oldest first.
pub async fn mine_in(db: &impl ConnectionTrait, author: MemberId, here: Here) -> Result<Vec<review_item::Model>> {
    let place = match here {
        Here::Topic(topic) => Condition::all().add(C::TopicId.eq(topic)),
        Here::Room(room) => Condition::all().add(C::PlaceKind.eq(PlaceKind::Room)).add(C::PlaceId.eq(room.0)),
    };
    let query = review_item::Entity::find()
        .filter(C::AuthorId.eq(author))
        .filter(C::Kind.eq(ReviewKind::Held))
        .filter(C::State.eq(ReviewState::Open))
        .filter(place);
    Ok(query.order_by_asc(C::Id).limit(50).all(db).await?)
}

/// Held items that wait since before a moment, oldest first.
pub async fn unanswered(db: &impl ConnectionTrait, before: Moment, limit: u64) -> Result<Vec<review_item::Model>> {
    let query = review_item::Entity::find()
        .filter(C::Kind.eq(ReviewKind::Held))
        .filter(C::State.eq(ReviewState::Open))
        .filter(C::CreatedAt.lt(before));
    Ok(query.order_by_asc(C::Id).limit(limit).all(db).await?)
}

/// Items returned before a moment whose text is still kept, oldest first.
pub async fn returned(db: &impl ConnectionTrait, before: Moment, limit: u64) -> Result<Vec<review_item::Model>> {
    let query = review_item::Entity::find()
        .filter(C::State.eq(ReviewState::Returned))
        .filter(C::Submission.is_not_null())
        .filter(C::DecidedAt.lt(before));
    Ok(query.order_by_asc(C::Id).limit(limit).all(db).await?)
}

/// Sent and decided by a moderator, of the items decided last.
pub async fn answer_times(db: &impl ConnectionTrait, limit: u64) -> Result<Vec<(Moment, Option<Moment>)>> {
    let query = review_item::Entity::find()
        .select_only()
        .columns([C::CreatedAt, C::DecidedAt])
        .filter(C::Decision.is_not_null())
        .filter(C::DecidedBy.is_not_null())
        .filter(C::DecidedAt.is_not_null());
    Ok(query.order_by_desc(C::DecidedAt).limit(limit).into_tuple().all(db).await?)
}
