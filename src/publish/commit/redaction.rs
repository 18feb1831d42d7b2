//! Text that is taken away: the entry, its revisions, what lists show of it, and the event, in one transaction.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, EntityTrait, ExprTrait, QueryFilter};

use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::entry::{self, EntryState};
use crate::entity::{member, mention, revision, topic};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, Stream};
use crate::outbox::{self, EventKind, NewEvent};
use crate::publish::store;
use crate::text;

/// A change that takes text away, ready to be stored.
#[derive(Debug, Clone)]
pub struct Redaction {
    /// The entry.
    pub entry: EntryId,
    /// Who takes it away.
    pub actor: MemberId,
    /// When.
    pub at: Moment,
    /// What becomes of the text.
    pub change: Change,
}

/// What becomes of a text that is taken away.
#[derive(Debug, Clone)]
pub enum Change {
    /// It goes; its sealed form stays.
    Remove {
        /// State of the entry afterwards.
        state: EntryState,
        /// The text, sealed.
        sealed: Vec<u8>,
    },
    /// Values in it are hidden.
    Mask {
        /// Revision that was masked.
        revision: i64,
        /// The masked title of the topic, when it is its first post.
        title: Option<String>,
        /// The masked text.
        source: String,
        /// The same, rendered.
        html: String,
        /// Its beginning as plain text.
        excerpt: String,
        /// How many values.
        hidden: i32,
    },
}

/// Stores a redaction: the entry, its old revisions, what lists show of it, and the event.
pub async fn redact_in(tx: &Tx, redaction: &Redaction) -> Result<()> {
    let old = store::locked_entry(&**tx, redaction.entry).await?;
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
        Change::Mask { title, source, html, excerpt, hidden, .. } => {
            rewrite(tx, &old, (source, html, excerpt), *hidden).await?;
            if let Some(title) = title {
                entitle(tx, &old, title).await?;
            }
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
        // The title is text that its author wrote, and so is the slug made of it.
        entitle(tx, old, REMOVED).await?;
        update.col_expr(topic::Column::State, Expr::value(topic::TopicState::Removed))
    } else {
        update.col_expr(topic::Column::Replies, Expr::col(topic::Column::Replies).sub(1))
    };
    update.exec(&**tx).await?;
    show_last(tx, old, "").await
}

/// The title of a topic whose first post was removed.
const REMOVED: &str = "Removed topic";

/// Another title for the topic of a first post, and the slug that its addresses carry.
async fn entitle(tx: &Tx, old: &entry::Model, title: &str) -> Result<()> {
    topic::Entity::update_many()
        .col_expr(topic::Column::Title, Expr::value(title))
        .col_expr(topic::Column::Slug, Expr::value(text::slug(title)))
        .filter(topic::Column::Id.eq(old.topic_id))
        .exec(&**tx)
        .await?;
    Ok(())
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
