//! New topics, posts and messages.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::rows::{after_entry, fresh};
use super::{Plan, author};
use crate::access::{Place, Role};
use crate::db::Tx;
use crate::entity::{entry, membership, room, topic};
use crate::error::{Error, Limited, Result};
use crate::ids::{BoardId, EntryId, MemberId, Stream};
use crate::outbox::{self, EventKind, NewEvent};
use crate::publish::Published;
use crate::publish::context::Context;
use crate::publish::store::published;
use crate::text;

/// Deepest level of the reply tree; deeper replies stand beside what they answer.
const MAX_DEPTH: i32 = 64;

/// A topic and its first post.
pub async fn topic(
    tx: &Tx,
    plan: &Plan,
    member: MemberId,
    (board, title, body): (BoardId, &str, &str),
) -> Result<Published> {
    let row = topic::ActiveModel {
        board_id: Set(board),
        author_id: Set(member),
        title: Set(title.to_owned()),
        slug: Set(text::slug(title)),
        last_number: Set(1),
        last_author_id: Set(Some(member)),
        last_excerpt: Set(plan.rendered.html.excerpt.clone()),
        created_at: Set(plan.at),
        bumped_at: Set(plan.at),
        ..Default::default()
    };
    let topic = topic::Entity::insert(row).exec_with_returning(&**tx).await?;
    let stream = Stream::Topic(topic.id);
    outbox::open_stream(tx, stream).await?;
    let mut first = fresh(plan, entry::EntryKind::Post, member, body);
    first.topic_id = Set(Some(topic.id));
    first.number = Set(Some(1));
    first.path = Set(Some(step(1)));
    let entry = entry::Entity::insert(first).exec_with_returning(&**tx).await?;
    topic::Entity::update_many()
        .col_expr(topic::Column::LastEntryId, Expr::value(entry.id))
        .filter(topic::Column::Id.eq(topic.id))
        .exec(&**tx)
        .await?;
    finish(tx, plan, member, (stream, EventKind::TopicStarted), entry).await
}

/// A reply in a topic.
pub async fn post(tx: &Tx, plan: &Plan, context: &Context, body: &str) -> Result<Published> {
    let member = author(plan)?;
    let topic = context.topic.as_ref().ok_or(Error::NotFound)?.id;
    let html = &plan.rendered.html;
    let bumped = topic::Entity::update_many()
        .col_expr(topic::Column::LastNumber, Expr::col(topic::Column::LastNumber).add(1))
        .col_expr(topic::Column::Replies, Expr::col(topic::Column::Replies).add(1))
        .col_expr(topic::Column::LastAuthorId, Expr::value(member))
        .col_expr(topic::Column::LastExcerpt, Expr::value(html.excerpt.as_str()))
        .col_expr(topic::Column::BumpedAt, Expr::value(plan.at))
        .filter(topic::Column::Id.eq(topic))
        .exec_with_returning(&**tx)
        .await?;
    let number = bumped.first().ok_or(Error::NotFound)?.last_number;
    let mut row = fresh(plan, entry::EntryKind::Post, member, body);
    let parent = match &context.parent {
        Some(parent) => parent.clone(),
        None => first_post(tx, topic).await?,
    };
    let (path, depth) = below(&parent, number);
    row.topic_id = Set(Some(topic));
    row.number = Set(Some(number));
    row.reply_to = Set(Some(parent.id));
    row.path = Set(Some(path));
    row.depth = Set(depth);
    let entry = entry::Entity::insert(row).exec_with_returning(&**tx).await?;
    topic::Entity::update_many()
        .col_expr(topic::Column::LastEntryId, Expr::value(entry.id))
        .filter(topic::Column::Id.eq(topic))
        .exec(&**tx)
        .await?;
    finish(tx, plan, member, (Stream::Topic(topic), EventKind::EntryPublished), entry).await
}

/// A chat message; its number is its sequence in the room.
pub async fn message(tx: &Tx, plan: &Plan, context: &Context, body: &str) -> Result<Published> {
    let member = author(plan)?;
    let room = context.room.as_ref().ok_or(Error::NotFound)?;
    slow_mode(tx, plan, room).await?;
    if !matches!(context.place, Place::Room { joined: true, .. }) {
        join_on_first_message(tx, plan, room, member).await?;
    }
    let stream = Stream::Room(room.id);
    let seq = outbox::next_seq(tx, stream).await?;
    let mut row = fresh(plan, entry::EntryKind::Message, member, body);
    row.room_id = Set(Some(room.id));
    row.number = Set(Some(seq));
    row.reply_to = Set(context.parent.as_ref().map(|parent| parent.id));
    let entry = entry::Entity::insert(row).exec_with_returning(&**tx).await?;
    room::Entity::update_many()
        .col_expr(room::Column::Messages, Expr::col(room::Column::Messages).add(1))
        .col_expr(room::Column::LastEntryId, Expr::value(entry.id))
        .col_expr(room::Column::LastAt, Expr::value(plan.at))
        .filter(room::Column::Id.eq(room.id))
        .exec(&**tx)
        .await?;
    after_entry(tx, plan, member, entry.id).await?;
    outbox::record(tx, plan.at, seq, new_event(stream, EventKind::EntryPublished, &entry, member)).await?;
    Ok(published(&entry, seq, false))
}

async fn finish(
    tx: &Tx,
    plan: &Plan,
    member: MemberId,
    (stream, kind): (Stream, EventKind),
    entry: entry::Model,
) -> Result<Published> {
    after_entry(tx, plan, member, entry.id).await?;
    let seq = outbox::append(tx, plan.at, new_event(stream, kind, &entry, member)).await?;
    Ok(published(&entry, seq, false))
}

fn new_event(stream: Stream, kind: EventKind, entry: &entry::Model, member: MemberId) -> NewEvent {
    NewEvent {
        stream,
        kind,
        entry: Some(entry.id),
        actor: Some(member),
        data: serde_json::json!({ "number": entry.number, "revision": entry.revision }),
    }
}

async fn first_post(tx: &Tx, topic: crate::ids::TopicId) -> Result<entry::Model> {
    let first = entry::Entity::find()
        .filter(entry::Column::TopicId.eq(topic))
        .filter(entry::Column::Number.eq(1))
        .one(&**tx)
        .await?;
    first.ok_or(Error::NotFound)
}

/// Path and depth of a reply: fixed-width steps, so that text order is reading order.
fn below(parent: &entry::Model, number: i64) -> (String, i32) {
    let above = parent.path.as_deref().unwrap_or_default();
    if parent.depth < MAX_DEPTH {
        return (format!("{above}{}", step(number)), parent.depth + 1);
    }
    let beside = above.get(..above.len().saturating_sub(STEP)).unwrap_or_default();
    (format!("{beside}{}", step(number)), parent.depth)
}

/// Characters of one step of a path.
const STEP: usize = 6;

/// A post number in six base-36 digits: up to 2,176,782,335 posts in one topic.
fn step(number: i64) -> String {
    let mut left = number.unsigned_abs();
    let mut digits = [b'0'; STEP];
    for digit in digits.iter_mut().rev() {
        *digit = b"0123456789abcdefghijklmnopqrstuvwxyz".get((left % 36) as usize).copied().unwrap_or(b'0');
        left /= 36;
    }
    digits.iter().copied().map(char::from).collect()
}

async fn slow_mode(tx: &Tx, plan: &Plan, room: &room::Model) -> Result<()> {
    let member = plan.author.member()?;
    let exempt = member.role >= Role::Moderator || member.rooms.contains(&room.id);
    if room.slow_s == 0 || exempt {
        return Ok(());
    }
    let last = entry::Entity::find()
        .filter(entry::Column::AuthorId.eq(member.id))
        .filter(entry::Column::RoomId.eq(room.id))
        .order_by_desc(entry::Column::Id)
        .one(&**tx)
        .await?;
    let passed = last.and_then(|last| last.published_at).map_or(i64::MAX, |last| plan.at.since_s(last));
    if passed < room.slow_s {
        let wait = u64::try_from(room.slow_s - passed).unwrap_or(1);
        return Err(Error::Limited(Limited {
            quota: "slow_mode",
            retry_after_s: wait,
            allowed: 1,
            window_s: room.slow_s.cast_unsigned(),
        }));
    }
    Ok(())
}

/// Whoever writes in an open room belongs to it from then on. What was said before counts as read, as when joining.
async fn join_on_first_message(tx: &Tx, plan: &Plan, room: &room::Model, member: MemberId) -> Result<()> {
    let stream = Stream::Room(room.id);
    let row = membership::ActiveModel {
        room_id: Set(room.id),
        member_id: Set(member),
        read_seq: Set(outbox::head(&**tx, stream).await?),
        joined_at: Set(plan.at),
    };
    let known = OnConflict::columns([membership::Column::RoomId, membership::Column::MemberId]).do_nothing().to_owned();
    let new = membership::Entity::insert(row).on_conflict(known).exec_without_returning(&**tx).await?;
    if new > 0 {
        let event = NewEvent {
            stream,
            kind: EventKind::MemberJoined,
            entry: None::<EntryId>,
            actor: Some(member),
            data: serde_json::json!({}),
        };
        outbox::append(tx, plan.at, event).await?;
    }
    Ok(())
}
