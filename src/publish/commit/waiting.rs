//! A submission that waits for a moderator: its review item with the sealed text, and its findings.

use sea_orm::{ActiveValue::Set, EntityTrait};

use super::keep_findings;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::finding::FindingOutcome;
use crate::entity::pii_tally::Tally;
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, Cause, ReviewKind, ReviewState, Subject};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, TopicId};
use crate::publish::{Found, Held, Outcome, store};

/// A sealed submission on its way into the queue.
pub struct Waiting {
    /// Where it belongs.
    pub place: (PlaceKind, i64),
    /// Its topic, for posts and their edits.
    pub topic: Option<TopicId>,
    /// The entry it changes.
    pub entry: Option<EntryId>,
    /// Whose it is.
    pub author: MemberId,
    /// What it is.
    pub subject: Subject,
    /// The submission, sealed.
    pub submission: Vec<u8>,
    /// What is shown of it, sealed.
    pub shown: Vec<u8>,
    /// The client's name for it.
    pub nonce: String,
    /// What identifies the content that came with the nonce.
    pub digest: Vec<u8>,
    /// What was found in it.
    pub findings: Vec<Found>,
    /// When.
    pub at: Moment,
}

/// Stores it, once for its nonce.
pub async fn hold(tx: &Tx, waiting: &Waiting) -> Result<Held> {
    match store::repeated_in(&**tx, waiting.author, &waiting.digest, &waiting.nonce).await? {
        Some(Outcome::Held(held)) => return Ok(held),
        Some(_) => return Err(Error::Conflict("nonce_conflict", "This was published already.".into())),
        None => {}
    }
    let row = review_item::ActiveModel {
        kind: Set(ReviewKind::Held),
        state: Set(ReviewState::Open),
        version: Set(1),
        place_kind: Set(waiting.place.0),
        place_id: Set(waiting.place.1),
        topic_id: Set(waiting.topic),
        entry_id: Set(waiting.entry),
        author_id: Set(waiting.author),
        subject: Set(waiting.subject),
        submission: Set(Some(waiting.submission.clone())),
        shown: Set(Some(waiting.shown.clone())),
        cause: Set(Cause::Asked),
        nonce: Set(Some(waiting.nonce.clone())),
        nonce_digest: Set(Some(waiting.digest.clone())),
        created_at: Set(waiting.at),
        ..Default::default()
    };
    let item = review_item::Entity::insert(row).exec_with_returning(&**tx).await?;
    let open: Vec<_> = waiting.findings.iter().cloned().map(|found| (found, FindingOutcome::Open)).collect();
    keep_findings(tx, waiting.at, (Some(item.id), None), &open).await?;
    let held: Vec<_> = waiting.findings.iter().map(|found| (found.rule, Tally::Held)).collect();
    store::tally(&**tx, waiting.at, waiting.place, &held).await?;
    Ok(Held { review: item.id, dup: false })
}
