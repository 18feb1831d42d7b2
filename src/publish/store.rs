//! The publish path's reads: places, rows, policies, and what a nonce did before.

mod filter;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::submission::Submission;
use super::{Held, Outcome, Published};
use crate::access::Place;
use crate::entity::place_role::PlaceKind;
use crate::entity::{board, entry, finding, membership, review_item, room, topic};
use crate::error::{Error, Result};
use crate::ids::{BoardId, EntryId, MemberId, RoomId, TopicId};
use crate::keys::Purpose;
use crate::site::Site;

pub use filter::{just_before, set_setting, settings_of, tally, trust_values, trusted_values};

/// The board with this id.
pub async fn board(db: &impl ConnectionTrait, id: BoardId) -> Result<board::Model> {
    board::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The topic with this id.
pub async fn topic(db: &impl ConnectionTrait, id: TopicId) -> Result<topic::Model> {
    topic::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The room with this id.
pub async fn room(db: &impl ConnectionTrait, id: RoomId) -> Result<room::Model> {
    room::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The entry with this id.
pub async fn entry(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    entry::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// The same, locked until the transaction ends.
pub async fn locked_entry(db: &impl ConnectionTrait, id: EntryId) -> Result<entry::Model> {
    entry::Entity::find_by_id(id).lock_exclusive().one(db).await?.ok_or(Error::NotFound)
}

/// Whether a member belongs to a room.
pub async fn joined(db: &impl ConnectionTrait, room: RoomId, member: Option<MemberId>) -> Result<bool> {
    let Some(member) = member else { return Ok(false) };
    Ok(membership::Entity::find_by_id((room, member)).one(db).await?.is_some())
}

/// A board as a place to decide about.
pub fn board_place(board: &board::Model) -> Place {
    Place::Board { id: board.id, readers: board.readers, writers: board.writers, archived: board.archived }
}

/// A room as a place to decide about.
pub fn room_place(room: &room::Model, joined: bool) -> Place {
    Place::Room { id: room.id, access: room.access, archived: room.archived, joined }
}

/// Kind and id of a place as the tables name it.
pub fn place_key(place: Place) -> (PlaceKind, i64) {
    match place {
        Place::Site => (PlaceKind::Site, 0),
        Place::Board { id, .. } => (PlaceKind::Board, id.0),
        Place::Room { id, .. } => (PlaceKind::Room, id.0),
    }
}

/// Keyed hashes of values in an entry that its author or a moderator decided to publish.
pub async fn settled_values(db: &impl ConnectionTrait, entry: EntryId) -> Result<Vec<Vec<u8>>> {
    let settled = [finding::FindingOutcome::Acknowledged, finding::FindingOutcome::Approved];
    let rows = finding::Entity::find()
        .filter(finding::Column::EntryId.eq(entry))
        .filter(finding::Column::Outcome.is_in(settled))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.value_hash).collect())
}

/// What identifies the content that came with a nonce.
pub fn nonce_digest(site: &Site, submission: &Submission) -> Vec<u8> {
    let target = submission.target();
    let mut parts = vec![target.as_bytes()];
    parts.extend(submission.fields().into_iter().map(|(_, text)| text.as_bytes()));
    site.keys.mac(Purpose::Nonce, &parts).to_vec()
}

/// What this member's nonce did before, if anything. The digest is of the text as submitted, before normalising.
pub async fn repeated(site: &Site, member: MemberId, submission: &Submission, nonce: &str) -> Result<Option<Outcome>> {
    let digest = nonce_digest(site, submission);
    repeated_in(site.db.reads(), member, &digest, nonce).await
}

/// The same on any connection, so that the commit can look again inside its transaction.
pub async fn repeated_in(
    db: &impl ConnectionTrait,
    member: MemberId,
    digest: &[u8],
    nonce: &str,
) -> Result<Option<Outcome>> {
    let entry = entry::Entity::find()
        .filter(entry::Column::AuthorId.eq(member))
        .filter(entry::Column::Nonce.eq(nonce))
        .one(db)
        .await?;
    if let Some(entry) = entry {
        same(entry.nonce_digest.as_deref(), digest)?;
        let seq = super::commit::event_of(db, &entry).await?;
        return Ok(Some(Outcome::Published(published(&entry, seq, true))));
    }
    let held = review_item::Entity::find()
        .filter(review_item::Column::AuthorId.eq(member))
        .filter(review_item::Column::Nonce.eq(nonce))
        .one(db)
        .await?;
    let Some(held) = held else { return Ok(None) };
    same(held.nonce_digest.as_deref(), digest)?;
    Ok(Some(Outcome::Held(Held { review: held.id, dup: true })))
}

fn same(stored: Option<&[u8]>, digest: &[u8]) -> Result<()> {
    if stored == Some(digest) {
        return Ok(());
    }
    Err(Error::Conflict("nonce_conflict", "This nonce was used for another text. Send it again with a new one.".into()))
}

/// Where an entry stands.
pub fn published(entry: &entry::Model, seq: i64, dup: bool) -> Published {
    Published {
        entry: Some(entry.id),
        topic: entry.topic_id,
        number: entry.number.unwrap_or(0),
        seq,
        revision: entry.revision,
        at: entry.published_at.unwrap_or(entry.created_at),
        dup,
    }
}
