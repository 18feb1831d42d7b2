//! Rows of the mod log. They are added and read here; what their hashes cover is the log's business.

use sea_orm::sea_query::{Expr, OnConflict, Query};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
};

use crate::access::Viewer;
use crate::db::Tx;
use crate::entity::{mod_log, review_item, setting};
use crate::error::Result;
use crate::ids::ReviewId;
use crate::moderation::Deed;

/// Key of the newest hash among the settings.
const HEAD: &str = "mod_log_head";

/// Locks the end of the log until the transaction ends, so that appending takes turns, and returns the newest hash.
pub async fn lock(tx: &Tx) -> Result<Vec<u8>> {
    let keep = OnConflict::column(setting::Column::Key)
        .value(setting::Column::Value, Expr::col((setting::Entity, setting::Column::Value)))
        .to_owned();
    let row = setting::ActiveModel { key: Set(HEAD.to_owned()), value: Set(String::new()) };
    setting::Entity::insert(row).on_conflict(keep).exec_without_returning(&**tx).await?;
    let last = mod_log::Entity::find().order_by_desc(mod_log::Column::Id).one(&**tx).await?;
    Ok(last.map(|row| row.hash).unwrap_or_default())
}

/// Adds a row with its hash; `head` is that hash as the settings keep it.
pub async fn insert(tx: &Tx, deed: Deed, hash: &[u8], head: String) -> Result<()> {
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
    mod_log::Entity::insert(row).exec_without_returning(&**tx).await?;
    setting::Entity::update_many()
        .col_expr(setting::Column::Value, Expr::value(head))
        .filter(setting::Column::Key.eq(HEAD))
        .exec(&**tx)
        .await?;
    Ok(())
}

/// The newest hash as the settings keep it; empty before the first row.
pub async fn head(db: &impl ConnectionTrait) -> Result<String> {
    let row = setting::Entity::find_by_id(HEAD.to_owned()).one(db).await?;
    Ok(row.map(|row| row.value).unwrap_or_default())
}

/// Rows after an id, oldest first.
pub async fn after(db: &impl ConnectionTrait, id: i64, limit: u64) -> Result<Vec<mod_log::Model>> {
    let query = mod_log::Entity::find().filter(mod_log::Column::Id.gt(id)).order_by_asc(mod_log::Column::Id);
    Ok(query.limit(limit).all(db).await?)
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
            .cond_where(super::scope(viewer)?)
            .take();
        query = query.filter(Expr::exists(item));
    }
    if let Some(before) = before {
        query = query.filter(mod_log::Column::Id.lt(before));
    }
    Ok(query.order_by_desc(mod_log::Column::Id).limit(limit).all(db).await?)
}

/// The review items that rows speak of.
pub async fn items(db: &impl ConnectionTrait, rows: &[mod_log::Model]) -> Result<Vec<review_item::Model>> {
    let ids: Vec<ReviewId> = rows.iter().filter_map(|row| row.review_id).collect();
    Ok(review_item::Entity::find().filter(review_item::Column::Id.is_in(ids)).all(db).await?)
}
