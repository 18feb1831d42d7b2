//! The rules of the sweep, each a function that takes away one bounded batch and returns its size; 0 when nothing is left.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{DAY_S, Stale};
use crate::access::store::{ABSOLUTE_S, IDLE_S};
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::{api_token, entry, finding, pii_tally, pii_trusted_value, session};
use crate::error::Result;
use crate::ids::{SessionId, TokenId};

/// Rows in one transaction.
const BATCH: u64 = 500;
/// How long counts are kept, in days.
const TALLY_DAYS: i64 = 400;
/// How long a finding without an entry is kept, in days (design: findings without text, one year).
const FINDING_DAYS: i64 = 365;
/// How long the hash of a value that is not published is kept, in days.
const HASH_DAYS: i64 = 30;
/// How long a token that ended is listed, in days.
const TOKEN_DAYS: i64 = 30;

/// One batch of a rule.
pub async fn batch(tx: &Tx, stale: Stale, now: Moment) -> Result<u64> {
    match stale {
        Stale::TrustedValues => trusted_values(tx, now).await,
        Stale::Tallies => tallies(tx, now).await,
        Stale::Findings => findings(tx, now).await,
        Stale::Hashes => hashes(tx, now).await,
        Stale::Sessions => sessions(tx, now).await,
        Stale::Tokens => tokens(tx, now).await,
    }
}

/// The key has four columns, so a batch is what ended up to the moment at which a batch is full.
async fn trusted_values(tx: &Tx, now: Moment) -> Result<u64> {
    use pii_trusted_value::{Column, Entity};
    let past = || Entity::find().filter(Column::Until.lte(now)).select_only().column(Column::Until);
    let full: Option<Moment> =
        past().order_by_asc(Column::Until).offset(BATCH - 1).limit(1).into_tuple().one(&**tx).await?;
    let done = Entity::delete_many().filter(Column::Until.lte(full.unwrap_or(now))).exec(&**tx).await?;
    Ok(done.rows_affected)
}

/// A day at a time.
async fn tallies(tx: &Tx, now: Moment) -> Result<u64> {
    use pii_tally::{Column, Entity};
    let first_kept = now.0.div_euclid(DAY_S * 1000) - TALLY_DAYS;
    let oldest: Option<i64> = Entity::find()
        .select_only()
        .column(Column::Day)
        .order_by_asc(Column::Day)
        .limit(1)
        .into_tuple()
        .one(&**tx)
        .await?;
    let Some(day) = oldest.filter(|day| *day < first_kept) else { return Ok(0) };
    Ok(Entity::delete_many().filter(Column::Day.eq(day)).exec(&**tx).await?.rows_affected)
}

async fn findings(tx: &Tx, now: Moment) -> Result<u64> {
    use finding::{Column, Entity};
    let past =
        Entity::find().filter(Column::EntryId.is_null()).filter(Column::At.lt(now.plus_s(-FINDING_DAYS * DAY_S)));
    let ids: Vec<i64> = past.select_only().column(Column::Id).limit(BATCH).into_tuple().all(&**tx).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&**tx).await?.rows_affected)
}

async fn hashes(tx: &Tx, now: Moment) -> Result<u64> {
    use finding::{Column, Entity};
    let published = Query::select()
        .expr(Expr::value(1))
        .from(entry::Entity)
        .and_where(Expr::col((entry::Entity, entry::Column::Id)).equals((Entity, Column::EntryId)))
        .and_where(Expr::col((entry::Entity, entry::Column::State)).eq(entry::EntryState::Published))
        .take();
    let unpublished = Condition::any().add(Column::EntryId.is_null()).add(Expr::exists(published).not());
    let past = Entity::find()
        .filter(Column::At.lt(now.plus_s(-HASH_DAYS * DAY_S)))
        .filter(Column::ValueHash.ne(Vec::<u8>::new()))
        .filter(unpublished);
    let ids: Vec<i64> = past.select_only().column(Column::Id).limit(BATCH).into_tuple().all(&**tx).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    let emptied = Entity::update_many()
        .col_expr(Column::ValueHash, Expr::value(Vec::<u8>::new()))
        .filter(Column::Id.is_in(ids))
        .exec(&**tx)
        .await?;
    Ok(emptied.rows_affected)
}

async fn sessions(tx: &Tx, now: Moment) -> Result<u64> {
    use session::{Column, Entity};
    let over = Condition::any()
        .add(Column::SeenAt.lte(now.plus_s(-IDLE_S)))
        .add(Column::CreatedAt.lte(now.plus_s(-ABSOLUTE_S)));
    let past = Entity::find().filter(over).select_only().column(Column::Id).limit(BATCH);
    let ids: Vec<SessionId> = past.into_tuple().all(&**tx).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&**tx).await?.rows_affected)
}

async fn tokens(tx: &Tx, now: Moment) -> Result<u64> {
    use api_token::{Column, Entity};
    let over =
        Condition::any().add(Column::Revoked.eq(true)).add(Column::ExpiresAt.lte(now.plus_s(-TOKEN_DAYS * DAY_S)));
    let past = Entity::find().filter(over).select_only().column(Column::Id).limit(BATCH);
    let ids: Vec<TokenId> = past.into_tuple().all(&**tx).await?;
    if ids.is_empty() {
        return Ok(0);
    }
    Ok(Entity::delete_many().filter(Column::Id.is_in(ids)).exec(&**tx).await?.rows_affected)
}
