//! The mod log: append-only, each row's hash covers the row and the hash before it. Never the text itself.
//!
//! The hash of the newest row is kept a second time among the settings, so that rows missing at the end are noticed
//! too. Whoever can rewrite the whole database can rewrite the chain; what it shows is a row changed by hand.

use std::collections::HashMap;

use super::store::record;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::{mod_log, review_item};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::Result;
use crate::ids::{EntryId, MemberId, ReviewId};
use crate::keys::{base64url, sha256};
use crate::site::Site;

/// Who did what the server does on its own. No member has this id.
pub const SERVER: MemberId = MemberId(0);

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who; [`SERVER`] for what happened by the calendar.
    pub actor: MemberId,
    /// What: a decision's name, `reveal`, `role`, `place_role`.
    pub action: String,
    /// Review item.
    pub review: Option<ReviewId>,
    /// Entry.
    pub entry: Option<EntryId>,
    /// Member concerned.
    pub member: Option<MemberId>,
    /// Version acted on.
    pub version: i64,
    /// Key of a reason.
    pub reason: String,
    /// When.
    pub at: Moment,
}

/// Appends a row, in the transaction that does what it tells.
pub async fn append(tx: &Tx, deed: Deed) -> Result<()> {
    let before = record::lock(tx).await?;
    let hash = hash(&deed, &before);
    record::insert(tx, deed, &hash, base64url(&hash)).await
}

/// SHA-256 over every field, each preceded by its length, and the hash before.
fn hash(deed: &Deed, before: &[u8]) -> [u8; 32] {
    let number = |id: Option<i64>| id.map_or_else(String::new, |id| id.to_string());
    let fields = [
        deed.actor.to_string(),
        deed.action.clone(),
        number(deed.review.map(|id| id.0)),
        number(deed.entry.map(|id| id.0)),
        number(deed.member.map(|id| id.0)),
        deed.version.to_string(),
        deed.reason.clone(),
        deed.at.0.to_string(),
    ];
    let mut bytes = before.to_vec();
    for field in fields {
        bytes.extend((field.len() as u64).to_be_bytes());
        bytes.extend(field.as_bytes());
    }
    sha256(&bytes)
}

fn deed(row: &mod_log::Model) -> Deed {
    Deed {
        actor: row.actor_id,
        action: row.action.clone(),
        review: row.review_id,
        entry: row.entry_id,
        member: row.member_id,
        version: row.version,
        reason: row.reason.clone(),
        at: row.at,
    }
}

/// What a walk along the chain found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Chain {
    /// So many rows, each as it was written.
    Whole(u64),
    /// The first row that is not as it was written, or follows one that is missing.
    Broken(i64),
    /// Every row there is as it was written, but rows are missing at the end.
    Short,
}

/// Rows read at a time.
const STEP: u64 = 500;

/// Walks the chain and tells which row is wrong.
pub async fn verify(site: &Site) -> Result<Chain> {
    let db = site.db.reads();
    let head = record::head(db).await?;
    let (mut before, mut last, mut count, mut reached) = (Vec::new(), 0, 0, false);
    loop {
        let rows = record::after(db, last, STEP).await?;
        let Some(end) = rows.last().map(|row| row.id) else { break };
        for row in &rows {
            if row.hash != hash(&deed(row), &before) {
                return Ok(Chain::Broken(row.id));
            }
            count += 1;
            before.clone_from(&row.hash);
            // Rows written after the head was read follow it; that is no fault.
            reached |= base64url(&row.hash) == head;
        }
        last = end;
    }
    Ok(if reached || (count == 0 && head.is_empty()) { Chain::Whole(count) } else { Chain::Short })
}

/// What rows speak of, by id.
pub struct Named {
    /// Who did it and whom it concerned.
    pub people: HashMap<MemberId, Author>,
    /// Review items with the names of their places.
    pub items: HashMap<ReviewId, (review_item::Model, String)>,
}

/// Names what rows speak of.
pub async fn names(site: &Site, rows: &[mod_log::Model]) -> Result<Named> {
    let db = site.db.reads();
    let people: Vec<MemberId> = rows.iter().flat_map(|row| [Some(row.actor_id), row.member_id]).flatten().collect();
    let people = authors(db, people).await?;
    let items = record::items(db, rows).await?;
    let names = super::Names::load(site, &items).await?;
    let with_titles = items.into_iter().map(|item| {
        let title = names.of(&item).title;
        (item.id, (item, title))
    });
    Ok(Named { people, items: with_titles.collect() })
}
