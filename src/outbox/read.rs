//! Reading the log: by global id for consumers, by sequence for one stream.

use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Statement,
};

use super::Event;
use crate::db::Db;
use crate::entity::{event, stream};
use crate::error::Result;
use crate::ids::Stream;

impl Event {
    fn from_row(row: &event::Model) -> Option<Self> {
        Some(Self {
            id: row.id,
            stream: Stream::from_parts(row.stream_kind, row.stream_id)?,
            seq: row.seq,
            kind: row.kind,
            entry: row.entry_id,
            actor: row.actor_id,
            data: serde_json::from_str(&row.data).unwrap_or_default(),
            at: row.at,
        })
    }
}

#[derive(FromQueryResult)]
struct LastId {
    last: Option<i64>,
}

/// Highest event id so far.
pub async fn last_id(db: &Db) -> Result<i64> {
    let statement = Statement::from_string(db.reads().get_database_backend(), "SELECT MAX(id) AS last FROM events");
    Ok(LastId::find_by_statement(statement).one(db.reads()).await?.and_then(|row| row.last).unwrap_or(0))
}

/// Events after a global id, in commit order. On PostgreSQL only those below the oldest running transaction, since
/// ids become visible out of order there.
pub async fn after(db: &Db, id: i64, limit: u64) -> Result<Vec<Event>> {
    let mut query = event::Entity::find().filter(event::Column::Id.gt(id)).order_by_asc(event::Column::Id).limit(limit);
    if db.is_postgres() {
        query = query.filter(sea_orm::sea_query::Expr::cust("tx < pg_snapshot_xmin(pg_current_snapshot())"));
    }
    Ok(query.all(db.reads()).await?.into_iter().filter_map(|row| Event::from_row(&row)).collect())
}

/// Events of one stream after a sequence.
pub async fn since(db: &Db, of: Stream, seq: i64, limit: u64) -> Result<Vec<Event>> {
    let (kind, id) = of.parts();
    let rows = event::Entity::find()
        .filter(event::Column::StreamKind.eq(kind))
        .filter(event::Column::StreamId.eq(id))
        .filter(event::Column::Seq.gt(seq))
        .order_by_asc(event::Column::Seq)
        .limit(limit)
        .all(db.reads())
        .await?;
    Ok(rows.into_iter().filter_map(|row| Event::from_row(&row)).collect())
}

/// Highest sequence of a stream; 0 when nothing happened yet.
pub async fn head(db: &impl ConnectionTrait, of: Stream) -> Result<i64> {
    let row = stream::Entity::find_by_id(of.parts()).one(db).await?;
    Ok(row.map_or(0, |row| row.head))
}

/// Heads of all streams of one kind (1 topic, 2 room) among these ids.
pub async fn heads(db: &Db, kind: i16, ids: Vec<i64>) -> Result<Vec<(i64, i64)>> {
    let rows = stream::Entity::find()
        .filter(stream::Column::Kind.eq(kind))
        .filter(stream::Column::Id.is_in(ids))
        .all(db.reads())
        .await?;
    Ok(rows.into_iter().map(|row| (row.id, row.head)).collect())
}

/// Lowest sequence still kept of a stream. The log keeps everything so far.
pub async fn oldest(db: &Db, of: Stream) -> Result<i64> {
    Ok(i64::from(head(db.reads(), of).await? > 0))
}
