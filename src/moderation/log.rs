//! The mod log: append-only, each row's hash covers the row and the hash before it. Never the text itself.
//!
//! The hash of the newest row is kept a second time among the settings, so that rows missing at the end are noticed
//! too. Whoever can rewrite the whole database can rewrite the chain; what it shows is a row changed by hand.

use std::collections::HashMap;

use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::store;
use crate::access::Viewer;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::{mod_log, review_item, setting};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::Result;
use crate::ids::{EntryId, MemberId, ReviewId};
use crate::keys::{base64url, sha256};
use crate::site::Site;

/// Key of the newest hash among the settings.
const HEAD: &str = "mod_log_head";

/// Something that was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deed {
    /// Who.
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
    let db = &**tx;
    // The row with the newest hash stays locked until the commit: appending takes turns.
    let keep = OnConflict::column(setting::Column::Key)
        .value(setting::Column::Value, Expr::col((setting::Entity, setting::Column::Value)))
        .to_owned();
    let row = setting::ActiveModel { key: Set(HEAD.to_owned()), value: Set(String::new()) };
    setting::Entity::insert(row).on_conflict(keep).exec_without_returning(db).await?;
    let before = last_hash(db).await?;
    let hash = hash(&deed, &before);
    let row = mod_log::ActiveModel {
        actor_id: Set(deed.actor),
        action: Set(deed.action),
        review_id: Set(deed.review),
        entry_id: Set(deed.entry),
        member_id: Set(deed.member),
        version: Set(deed.version),
        reason: Set(deed.reason),
        at: Set(deed.at),
        hash: Set(hash.to_vec()),
        ..Default::default()
    };
    mod_log::Entity::insert(row).exec_without_returning(db).await?;
    setting::Entity::update_many()
        .col_expr(setting::Column::Value, Expr::value(base64url(&hash)))
        .filter(setting::Column::Key.eq(HEAD))
        .exec(db)
        .await?;
    Ok(())
}

async fn last_hash(db: &impl ConnectionTrait) -> Result<Vec<u8>> {
    let last = mod_log::Entity::find().order_by_desc(mod_log::Column::Id).one(db).await?;
    Ok(last.map(|row| row.hash).unwrap_or_default())
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
    let head = setting::Entity::find_by_id(HEAD.to_owned()).one(db).await?.map(|row| row.value).unwrap_or_default();
    let (mut before, mut last, mut count, mut reached) = (Vec::new(), 0, 0, false);
    loop {
        let query = mod_log::Entity::find().filter(mod_log::Column::Id.gt(last)).order_by_asc(mod_log::Column::Id);
        let rows = query.limit(STEP).all(db).await?;
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

/// Rows before an id, newest first, as this viewer may see them: staff all, others those about their places.
pub async fn rows(
    db: &impl ConnectionTrait,
    viewer: &Viewer,
    before: Option<i64>,
    limit: u64,
) -> Result<Vec<mod_log::Model>> {
    let mut query = mod_log::Entity::find();
    if !viewer.member()?.is_staff() {
        // Asked row by row, newest first, until the page is full: the other way round all items would be read.
        let item = Query::select()
            .expr(Expr::value(1))
            .from(review_item::Entity)
            .and_where(
                Expr::col((review_item::Entity, review_item::Column::Id))
                    .equals((mod_log::Entity, mod_log::Column::ReviewId)),
            )
            .cond_where(store::scope(viewer)?)
            .take();
        query = query.filter(Expr::exists(item));
    }
    if let Some(before) = before {
        query = query.filter(mod_log::Column::Id.lt(before));
    }
    Ok(query.order_by_desc(mod_log::Column::Id).limit(limit).all(db).await?)
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
    let ids: Vec<ReviewId> = rows.iter().filter_map(|row| row.review_id).collect();
    let items = review_item::Entity::find().filter(review_item::Column::Id.is_in(ids)).all(db).await?;
    let names = super::Names::load(site, &items).await?;
    let items = items.into_iter().map(|item| (item.id, (names.of(&item).title, item)));
    Ok(Named { people, items: items.map(|(id, (title, item))| (id, (item, title))).collect() })
}
