//! Taking published text back: removing an entry, or hiding found values in it for good.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use super::screen;
use super::store;
use super::submission::{Field, Submission};
use crate::access::{self, Action, Target, Viewer};
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::entry::{self, EntryKind, EntryState};
use crate::entity::{member, mention, revision, topic};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, Stream};
use crate::outbox::{self, EventKind, NewEvent};
use crate::pii;
use crate::site::Site;
use crate::text::{self, Profile};

/// A change that takes text away, ready to be stored.
#[derive(Debug, Clone)]
pub struct Redaction {
    entry: EntryId,
    actor: MemberId,
    at: Moment,
    change: Change,
}

#[derive(Debug, Clone)]
enum Change {
    Remove { state: EntryState, sealed: Vec<u8> },
    Mask { revision: i64, source: String, html: String, excerpt: String, hidden: i32 },
}

/// Removes an entry, as its author or as a moderator of its place.
///
/// # Errors
/// Not visible, not allowed, removed already, or changed since `revision` was shown.
pub async fn remove(site: &Site, viewer: &Viewer, id: EntryId) -> Result<()> {
    let entry = visible(site, viewer, id).await?;
    let author = access::store::load(site.db.reads(), entry.author_id, access::Credential::Console).await?;
    let target = Target {
        author: Some(entry.author_id),
        author_role: author.map(|author| author.role),
        removed: entry.state != EntryState::Published,
        locked: false,
    };
    let place = place(site, viewer, &entry).await?;
    access::decide(viewer, Action::Remove, place, target)?;
    if target.removed {
        return Err(Error::Conflict("removed", "This was removed already.".into()));
    }
    let redaction = removal(site, viewer.member()?.id, &entry)?;
    site.db.write(redaction, |tx, redaction| async move { redact_in(&tx, &redaction).await }).await
}

/// Prepares the removal of an entry. Its text is kept sealed.
pub fn removal(site: &Site, actor: MemberId, entry: &entry::Model) -> Result<Redaction> {
    let state = if actor == entry.author_id { EntryState::RemovedByAuthor } else { EntryState::Removed };
    let sealed = site.keys.seal(&site.clock, &entry.source)?;
    Ok(Redaction { entry: entry.id, actor, at: site.clock.now(), change: Change::Remove { state, sealed } })
}

/// Prepares hiding everything the detector finds in an entry; `None` when it finds nothing.
pub fn masking(site: &Site, actor: MemberId, entry: &entry::Model) -> Result<Option<Redaction>> {
    let probe = Submission::Edit { entry: entry.id, revision: entry.revision, title: None, body: entry.source.clone() };
    let found: Vec<pii::Finding> =
        screen::find(&probe, &[])?.into_iter().filter(|one| one.typed).map(|one| one.finding).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let source = pii::mask(&entry.source, &found);
    let profile = if entry.kind == EntryKind::Message { Profile::Message } else { Profile::Post };
    let rendered = text::render(&source, profile).map_err(|error| screen::refused(Field::Body, error))?;
    let hidden = i32::try_from(found.len()).unwrap_or(i32::MAX);
    let change =
        Change::Mask { revision: entry.revision, source, html: rendered.html, excerpt: rendered.excerpt, hidden };
    Ok(Some(Redaction { entry: entry.id, actor, at: site.clock.now(), change }))
}

/// Stores a redaction: the entry, its old revisions, what lists show of it, and the event.
pub async fn redact_in(tx: &Tx, redaction: &Redaction) -> Result<()> {
    let old = store::entry(&**tx, redaction.entry).await?;
    if old.state != EntryState::Published {
        return Err(Error::Conflict("removed", "This was removed already.".into()));
    }
    let kind = match &redaction.change {
        Change::Remove { state, sealed } => {
            blank(tx, &old, *state, sealed).await?;
            uncount(tx, &old).await?;
            EventKind::EntryRemoved
        }
        Change::Mask { revision, .. } if *revision != old.revision => {
            return Err(Error::Conflict("stale_revision", "The text was changed meanwhile. Look at it again.".into()));
        }
        Change::Mask { source, html, excerpt, hidden, .. } => {
            rewrite(tx, &old, (source, html, excerpt), *hidden).await?;
            EventKind::EntryMasked
        }
    };
    forget_revisions(tx, old.id).await?;
    let stream = match (old.topic_id, old.room_id) {
        (Some(topic), _) => Stream::Topic(topic),
        (None, Some(room)) => Stream::Room(room),
        (None, None) => return Err(Error::NotFound),
    };
    let data = serde_json::json!({ "number": old.number });
    outbox::append(
        tx,
        redaction.at,
        NewEvent { stream, kind, entry: Some(old.id), actor: Some(redaction.actor), data },
    )
    .await?;
    Ok(())
}

async fn blank(tx: &Tx, old: &entry::Model, state: EntryState, sealed: &[u8]) -> Result<()> {
    entry::Entity::update_many()
        .col_expr(entry::Column::State, Expr::value(state))
        .col_expr(entry::Column::Source, Expr::value(""))
        .col_expr(entry::Column::Html, Expr::value(""))
        .col_expr(entry::Column::Excerpt, Expr::value(""))
        .col_expr(entry::Column::Sealed, Expr::value(sealed.to_vec()))
        .col_expr(entry::Column::Revision, Expr::col(entry::Column::Revision).add(1))
        .filter(entry::Column::Id.eq(old.id))
        .exec(&**tx)
        .await?;
    mention::Entity::delete_many().filter(mention::Column::EntryId.eq(old.id)).exec(&**tx).await?;
    Ok(())
}

/// Counters and last lines follow: the topic goes with its first post, a reply lowers the count.
async fn uncount(tx: &Tx, old: &entry::Model) -> Result<()> {
    member::Entity::update_many()
        .col_expr(member::Column::Entries, Expr::col(member::Column::Entries).sub(1))
        .filter(member::Column::Id.eq(old.author_id))
        .exec(&**tx)
        .await?;
    let Some(topic) = old.topic_id else { return Ok(()) };
    let mut update = topic::Entity::update_many().filter(topic::Column::Id.eq(topic));
    update = if old.number == Some(1) {
        update.col_expr(topic::Column::State, Expr::value(topic::TopicState::Removed))
    } else {
        update.col_expr(topic::Column::Replies, Expr::col(topic::Column::Replies).sub(1))
    };
    update.exec(&**tx).await?;
    show_last(tx, old, "").await
}

async fn show_last(tx: &Tx, old: &entry::Model, excerpt: &str) -> Result<()> {
    topic::Entity::update_many()
        .col_expr(topic::Column::LastExcerpt, Expr::value(excerpt))
        .filter(topic::Column::LastEntryId.eq(old.id))
        .filter(topic::Column::Id.eq(old.topic_id))
        .exec(&**tx)
        .await?;
    Ok(())
}

async fn rewrite(tx: &Tx, old: &entry::Model, (source, html, excerpt): (&str, &str, &str), hidden: i32) -> Result<()> {
    entry::Entity::update_many()
        .col_expr(entry::Column::Source, Expr::value(source))
        .col_expr(entry::Column::Html, Expr::value(html))
        .col_expr(entry::Column::Excerpt, Expr::value(excerpt))
        .col_expr(entry::Column::Masked, Expr::col(entry::Column::Masked).add(hidden))
        .col_expr(entry::Column::Revision, Expr::col(entry::Column::Revision).add(1))
        .filter(entry::Column::Id.eq(old.id))
        .exec(&**tx)
        .await?;
    show_last(tx, old, excerpt).await
}

/// Earlier texts go too: history keeps that there was an edit, not what it said.
async fn forget_revisions(tx: &Tx, entry: EntryId) -> Result<()> {
    revision::Entity::update_many()
        .col_expr(revision::Column::Source, Expr::value(""))
        .col_expr(revision::Column::Html, Expr::value(""))
        .col_expr(revision::Column::Redacted, Expr::value(1))
        .filter(revision::Column::EntryId.eq(entry))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The entry, if the viewer may see it.
pub async fn visible(site: &Site, viewer: &Viewer, id: EntryId) -> Result<entry::Model> {
    let entry = store::entry(site.db.reads(), id).await?;
    let place = place(site, viewer, &entry).await?;
    access::decide(viewer, Action::Read, place, Target::default())?;
    Ok(entry)
}

/// Where an entry stands, for this viewer.
pub async fn place(site: &Site, viewer: &Viewer, entry: &entry::Model) -> Result<access::Place> {
    let db = site.db.reads();
    if let Some(topic) = entry.topic_id {
        let topic = store::topic(db, topic).await?;
        return Ok(store::board_place(&store::board(db, topic.board_id).await?));
    }
    let room = store::room(db, entry.room_id.ok_or(Error::NotFound)?).await?;
    let joined = store::joined(db, room.id, viewer.id()).await?;
    Ok(store::room_place(&room, joined))
}
