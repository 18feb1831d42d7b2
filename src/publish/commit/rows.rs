//! Rows that several kinds of submission write.

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder};

use super::Plan;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::finding::FindingOutcome;
use crate::entity::{entry, event, finding, member, mention};
use crate::error::Result;
use crate::ids::{EntryId, MemberId, ReviewId};
use crate::publish::Found;
use crate::text::RENDERER_VERSION;

/// A new entry with everything but its place.
pub fn fresh(plan: &Plan, kind: entry::EntryKind, author: MemberId, body: &str) -> entry::ActiveModel {
    let html = &plan.rendered.html;
    entry::ActiveModel {
        kind: Set(kind),
        author_id: Set(author),
        state: Set(entry::EntryState::Published),
        source: Set(body.to_owned()),
        html: Set(html.html.clone()),
        excerpt: Set(html.excerpt.clone()),
        renderer: Set(RENDERER_VERSION),
        revision: Set(1),
        masked: Set(masked(plan)),
        nonce: Set(if plan.nonce.is_empty() { format!("released:{}", plan.at.0) } else { plan.nonce.clone() }),
        nonce_digest: Set(Some(plan.rendered.digest.clone())),
        created_at: Set(plan.at),
        published_at: Set(Some(plan.at)),
        depth: Set(0),
        ..Default::default()
    }
}

fn masked(plan: &Plan) -> i32 {
    let hidden = plan.rendered.kept.iter().filter(|(_, outcome)| *outcome == FindingOutcome::Masked);
    i32::try_from(hidden.count()).unwrap_or(i32::MAX)
}

/// What follows every new entry: mentions, findings, the author's count.
pub async fn after_entry(tx: &Tx, plan: &Plan, author: MemberId, entry: EntryId) -> Result<()> {
    mentions(tx, plan, entry).await?;
    keep_findings(tx, plan.at, (None, Some(entry)), &plan.rendered.kept).await?;
    member::Entity::update_many()
        .col_expr(member::Column::Entries, Expr::col(member::Column::Entries).add(1))
        .filter(member::Column::Id.eq(author))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// Notes who is mentioned.
pub async fn mentions(tx: &Tx, plan: &Plan, entry: EntryId) -> Result<()> {
    let names = &plan.rendered.html.mentions;
    if names.is_empty() {
        return Ok(());
    }
    let members = member::Entity::find().filter(member::Column::Name.is_in(names.clone())).all(&**tx).await?;
    let rows: Vec<_> =
        members.iter().map(|member| mention::ActiveModel { entry_id: Set(entry), member_id: Set(member.id) }).collect();
    if !rows.is_empty() {
        let known = OnConflict::columns([mention::Column::EntryId, mention::Column::MemberId]).do_nothing().to_owned();
        mention::Entity::insert_many(rows).on_conflict(known).exec_without_returning(&**tx).await?;
    }
    Ok(())
}

/// Stores findings without their text, for an entry or for a review item.
pub async fn keep_findings(
    tx: &Tx,
    at: Moment,
    of: (Option<ReviewId>, Option<EntryId>),
    kept: &[(Found, FindingOutcome)],
) -> Result<()> {
    let int = |number: usize| i32::try_from(number).unwrap_or(i32::MAX);
    let row = |(found, outcome): &(Found, FindingOutcome)| finding::ActiveModel {
        review_id: Set(of.0),
        entry_id: Set(of.1),
        field: Set(found.field.as_str().to_owned()),
        rule: Set(found.rule.as_str().to_owned()),
        level: Set(found.level as i16),
        start: Set(int(found.start)),
        length: Set(int(found.end - found.start)),
        why: Set(found.why.as_str().to_owned()),
        hint: Set(found.hint.clone()),
        value_hash: Set(found.hash.to_vec()),
        detector: Set(crate::pii::DETECTOR_VERSION),
        outcome: Set(*outcome),
        reason: Set(found.ground.filter(|_| *outcome == FindingOutcome::Acknowledged)),
        at: Set(at),
        ..Default::default()
    };
    if !kept.is_empty() {
        finding::Entity::insert_many(kept.iter().map(row)).exec_without_returning(&**tx).await?;
    }
    Ok(())
}

/// Sequence of the event that published an entry.
pub async fn event_of(db: &impl ConnectionTrait, entry: &entry::Model) -> Result<i64> {
    if let (Some(_), Some(number)) = (entry.room_id, entry.number) {
        return Ok(number);
    }
    let (kind, id) = (1i16, entry.topic_id.map_or(0, |topic| topic.0));
    let event = event::Entity::find()
        .filter(event::Column::StreamKind.eq(kind))
        .filter(event::Column::StreamId.eq(id))
        .filter(event::Column::EntryId.eq(entry.id))
        .order_by_asc(event::Column::Seq)
        .one(db)
        .await?;
    Ok(event.map_or(0, |event| event.seq))
}
