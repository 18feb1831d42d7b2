//! The rules of the sweep, each a function that finds one bounded batch. It is looked for beside the writers, since some of
//! these questions read a whole table, and taken away in a transaction of its own.

use sea_orm::sea_query::{Expr, Query};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{DAY_S, Stale};
use crate::access::store::{ABSOLUTE_S, IDLE_S};
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::{api_token, entry, finding, pii_tally, pii_trusted_value, session};
use crate::error::Result;

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

/// Rows that are past their time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Batch {
    /// These.
    Ids(Vec<i64>),
    /// What ended up to this moment.
    Until(Moment),
    /// What was counted on this day.
    Day(i64),
}

/// The next batch of a rule; nothing when no row is past its time.
pub async fn past(db: &impl ConnectionTrait, stale: Stale, now: Moment) -> Result<Option<Batch>> {
    let ids = match stale {
        Stale::TrustedValues => return trusted_values(db, now).await,
        Stale::Tallies => return tallies(db, now).await,
        Stale::Findings => findings(db, now).await?,
        Stale::Hashes => hashes(db, now).await?,
        Stale::Sessions => sessions(db, now).await?,
        Stale::Tokens => tokens(db, now).await?,
    };
    Ok(Some(ids).filter(|ids| !ids.is_empty()).map(Batch::Ids))
}

/// Takes a batch away and returns how many rows it was. Hashes are emptied, everything else is deleted.
pub async fn take(tx: &Tx, stale: Stale, batch: &Batch) -> Result<u64> {
    let db = &**tx;
    let done = match (stale, batch) {
        (_, Batch::Until(until)) => {
            let past = pii_trusted_value::Column::Until.lte(*until);
            pii_trusted_value::Entity::delete_many().filter(past).exec(db).await?.rows_affected
        }
        (_, Batch::Day(day)) => {
            let past = pii_tally::Column::Day.eq(*day);
            pii_tally::Entity::delete_many().filter(past).exec(db).await?.rows_affected
        }
        (Stale::Hashes, Batch::Ids(ids)) => {
            let empty = finding::Entity::update_many()
                .col_expr(finding::Column::ValueHash, Expr::value(Vec::<u8>::new()))
                .filter(finding::Column::Id.is_in(ids.iter().copied()));
            empty.exec(db).await?.rows_affected
        }
        (Stale::Sessions, Batch::Ids(ids)) => {
            let past = session::Column::Id.is_in(ids.iter().copied());
            session::Entity::delete_many().filter(past).exec(db).await?.rows_affected
        }
        (Stale::Tokens, Batch::Ids(ids)) => {
            let past = api_token::Column::Id.is_in(ids.iter().copied());
            api_token::Entity::delete_many().filter(past).exec(db).await?.rows_affected
        }
        (Stale::Findings | Stale::TrustedValues | Stale::Tallies, Batch::Ids(ids)) => {
            let past = finding::Column::Id.is_in(ids.iter().copied());
            finding::Entity::delete_many().filter(past).exec(db).await?.rows_affected
        }
    };
    Ok(done)
}

/// The key has four columns, so a batch is what ended up to the moment at which a batch is full.
async fn trusted_values(db: &impl ConnectionTrait, now: Moment) -> Result<Option<Batch>> {
    use pii_trusted_value::{Column, Entity};
    let past = Entity::find().filter(Column::Until.lte(now)).select_only().column(Column::Until);
    let ends: Vec<Moment> = past.order_by_asc(Column::Until).limit(BATCH).into_tuple().all(db).await?;
    Ok(ends.last().copied().map(Batch::Until))
}

/// A day at a time.
async fn tallies(db: &impl ConnectionTrait, now: Moment) -> Result<Option<Batch>> {
    use pii_tally::{Column, Entity};
    let first_kept = now.0.div_euclid(DAY_S * 1000) - TALLY_DAYS;
    let days = Entity::find().select_only().column(Column::Day).order_by_asc(Column::Day);
    let oldest: Option<i64> = days.limit(1).into_tuple().one(db).await?;
    Ok(oldest.filter(|day| *day < first_kept).map(Batch::Day))
}

async fn findings(db: &impl ConnectionTrait, now: Moment) -> Result<Vec<i64>> {
    use finding::{Column, Entity};
    let past =
        Entity::find().filter(Column::EntryId.is_null()).filter(Column::At.lt(now.plus_s(-FINDING_DAYS * DAY_S)));
    Ok(past.select_only().column(Column::Id).limit(BATCH).into_tuple().all(db).await?)
}

async fn hashes(db: &impl ConnectionTrait, now: Moment) -> Result<Vec<i64>> {
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
    Ok(past.select_only().column(Column::Id).limit(BATCH).into_tuple().all(db).await?)
}

async fn sessions(db: &impl ConnectionTrait, now: Moment) -> Result<Vec<i64>> {
    use session::{Column, Entity};
    let over = Condition::any()
        .add(Column::SeenAt.lte(now.plus_s(-IDLE_S)))
        .add(Column::CreatedAt.lte(now.plus_s(-ABSOLUTE_S)));
    Ok(Entity::find().filter(over).select_only().column(Column::Id).limit(BATCH).into_tuple().all(db).await?)
}

async fn tokens(db: &impl ConnectionTrait, now: Moment) -> Result<Vec<i64>> {
    use api_token::{Column, Entity};
    let ended = Column::ExpiresAt.lte(now.plus_s(-TOKEN_DAYS * DAY_S));
    let over = Condition::any().add(Column::Revoked.eq(true)).add(ended);
    Ok(Entity::find().filter(over).select_only().column(Column::Id).limit(BATCH).into_tuple().all(db).await?)
}
