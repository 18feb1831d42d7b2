//! Changed texts: entries, profiles, room topics.

use sea_orm::sea_query::Expr;
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::rows::{keep_findings, mentions};
use super::{Plan, author};
use crate::db::Tx;
use crate::entity::{entry, member, revision, room, topic};
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::outbox::{self, EventKind, NewEvent};
use crate::publish::Published;
use crate::publish::context::Context;
use crate::publish::store::published;
use crate::text;

/// A new text for an entry. The old one is kept as a revision.
pub async fn entry(
    tx: &Tx,
    plan: &Plan,
    context: &Context,
    (seen, title, body): (i64, Option<&str>, &str),
) -> Result<Published> {
    let editor = author(plan)?;
    let old = context.entry.clone().ok_or(Error::NotFound)?;
    if old.revision == seen + 1 && old.source == body {
        return Ok(published(&old, 0, true));
    }
    if old.revision != seen {
        return Err(Error::Conflict(
            "stale_revision",
            "The text was changed meanwhile. Compare both and save again.".into(),
        ));
    }
    let at = old.edited_at.unwrap_or(old.created_at);
    let kept = revision::ActiveModel {
        entry_id: Set(old.id),
        revision: Set(old.revision),
        editor_id: Set(editor),
        source: Set(old.source.clone()),
        html: Set(old.html.clone()),
        redacted: Set(0),
        at: Set(at),
        ..Default::default()
    };
    revision::Entity::insert(kept).exec_without_returning(&**tx).await?;
    let html = &plan.rendered.html;
    let changed = entry::Entity::update_many()
        .col_expr(entry::Column::Source, Expr::value(body))
        .col_expr(entry::Column::Html, Expr::value(html.html.as_str()))
        .col_expr(entry::Column::Excerpt, Expr::value(html.excerpt.as_str()))
        .col_expr(entry::Column::Renderer, Expr::value(text::RENDERER_VERSION))
        .col_expr(entry::Column::Revision, Expr::value(seen + 1))
        .col_expr(entry::Column::EditedAt, Expr::value(plan.at))
        .filter(entry::Column::Id.eq(old.id))
        .filter(entry::Column::Revision.eq(seen))
        .exec_with_returning(&**tx)
        .await?;
    let new = changed.into_iter().next().ok_or_else(|| {
        Error::Conflict("stale_revision", "The text was changed meanwhile. Compare both and save again.".into())
    })?;
    keep_findings(tx, plan.at, (None, Some(old.id)), &plan.rendered.kept).await?;
    mentions(tx, plan, old.id).await?;
    update_topic(tx, context, &new, title).await?;
    let stream = context.stream().ok_or(Error::NotFound)?;
    let data = serde_json::json!({ "number": new.number, "revision": new.revision });
    let event = NewEvent { stream, kind: EventKind::EntryEdited, entry: Some(new.id), actor: Some(editor), data };
    let seq = outbox::append(tx, plan.at, event).await?;
    Ok(published(&new, seq, false))
}

/// What a topic shows of its posts changes with them: the title with the first, the excerpt with the last.
async fn update_topic(tx: &Tx, context: &Context, new: &entry::Model, title: Option<&str>) -> Result<()> {
    let Some(topic) = &context.topic else { return Ok(()) };
    if let (Some(title), Some(1)) = (title, new.number) {
        topic::Entity::update_many()
            .col_expr(topic::Column::Title, Expr::value(title))
            .col_expr(topic::Column::Slug, Expr::value(text::slug(title)))
            .filter(topic::Column::Id.eq(topic.id))
            .exec(&**tx)
            .await?;
    }
    topic::Entity::update_many()
        .col_expr(topic::Column::LastExcerpt, Expr::value(new.excerpt.as_str()))
        .filter(topic::Column::Id.eq(topic.id))
        .filter(topic::Column::LastEntryId.eq(new.id))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// One's own profile.
pub async fn profile(tx: &Tx, plan: &Plan, member: MemberId, (display, bio): (&str, &str)) -> Result<Published> {
    let changed = member::Entity::update_many()
        .col_expr(member::Column::Display, Expr::value(display))
        .col_expr(member::Column::Bio, Expr::value(bio))
        .col_expr(member::Column::BioHtml, Expr::value(plan.rendered.html.html.as_str()))
        .col_expr(member::Column::Revision, Expr::col(member::Column::Revision).add(1))
        .filter(member::Column::Id.eq(member))
        .exec_with_returning(&**tx)
        .await?;
    let revision = changed.first().ok_or(Error::NotFound)?.revision;
    Ok(Published { revision, at: plan.at, ..Published::default() })
}

/// A room's topic line.
pub async fn room_topic(tx: &Tx, plan: &Plan, context: &Context, text: &str) -> Result<Published> {
    let editor = author(plan)?;
    let room = context.room.as_ref().ok_or(Error::NotFound)?;
    let changed = room::Entity::update_many()
        .col_expr(room::Column::Topic, Expr::value(text))
        .col_expr(room::Column::TopicHtml, Expr::value(plan.rendered.html.html.as_str()))
        .col_expr(room::Column::Revision, Expr::col(room::Column::Revision).add(1))
        .filter(room::Column::Id.eq(room.id))
        .exec_with_returning(&**tx)
        .await?;
    let revision = changed.first().ok_or(Error::NotFound)?.revision;
    let stream = context.stream().ok_or(Error::NotFound)?;
    let event = NewEvent {
        stream,
        kind: EventKind::PlaceChanged,
        entry: None,
        actor: Some(editor),
        data: serde_json::json!({ "revision": revision }),
    };
    let seq = outbox::append(tx, plan.at, event).await?;
    Ok(Published { seq, revision, at: plan.at, ..Published::default() })
}
