//! The log of committed facts and its readers.
//!
//! [`append`] gives out gapless sequences inside the transaction that makes the fact true; [`run`] carries events in
//! commit order to a [`Consumer`]. What must travel up the layers travels this way.

mod read;

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::clock::Moment;
use crate::db::{Db, Tx};
use crate::entity::{event, outbox_cursor, stream};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, Stream};

pub use crate::entity::event::EventKind;
pub use read::{head, heads, last_id as last, oldest, since};

/// A fact about to be committed. `data` holds ids and numbers only, never text that people wrote.
#[derive(Debug, Clone)]
pub struct NewEvent {
    /// Topic or room.
    pub stream: Stream,
    /// What happened.
    pub kind: EventKind,
    /// Entry concerned.
    pub entry: Option<EntryId>,
    /// Who did it.
    pub actor: Option<MemberId>,
    /// Further facts.
    pub data: serde_json::Value,
}

/// A committed fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Event {
    /// Grows over all streams.
    pub id: i64,
    /// Topic or room.
    pub stream: Stream,
    /// Gapless in its stream, from 1.
    pub seq: i64,
    /// What happened.
    pub kind: EventKind,
    /// Entry concerned.
    pub entry: Option<EntryId>,
    /// Who did it.
    pub actor: Option<MemberId>,
    /// Further facts.
    pub data: serde_json::Value,
    /// When.
    pub at: Moment,
}

/// A future a consumer returns.
pub type Handled<'a> = Pin<Box<dyn Future<Output = Result<()>> + Send + 'a>>;

/// A reader of the log.
pub trait Consumer: Send + Sync + 'static {
    /// Its name; the key of its cursor when it is durable.
    fn name(&self) -> &'static str;
    /// Whether it goes on after a restart where it stopped; otherwise it begins with what is new.
    fn is_durable(&self) -> bool;
    /// Handles events in commit order. After an error the same events come again.
    fn handle<'a>(&'a self, events: &'a [Event]) -> Handled<'a>;
}

/// Makes sure a stream exists.
pub async fn open_stream(tx: &Tx, stream: Stream) -> Result<()> {
    let (kind, id) = stream.parts();
    let row = stream::ActiveModel { kind: Set(kind), id: Set(id), head: Set(0) };
    stream::Entity::insert(row).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Takes the next sequence of a stream. Its row stays locked until the commit, so commit order is sequence order.
pub async fn next_seq(tx: &Tx, stream: Stream) -> Result<i64> {
    let (kind, id) = stream.parts();
    let bumped = stream::Entity::update_many()
        .col_expr(stream::Column::Head, Expr::col(stream::Column::Head).add(1))
        .filter(stream::Column::Kind.eq(kind))
        .filter(stream::Column::Id.eq(id))
        .exec_with_returning(&**tx)
        .await?;
    Ok(bumped.first().ok_or_else(|| Error::internal("an event for a stream that does not exist"))?.head)
}

/// Records an event at a sequence from [`next_seq`] of the same transaction.
pub async fn record(tx: &Tx, now: Moment, seq: i64, new: NewEvent) -> Result<()> {
    let (kind, id) = new.stream.parts();
    let row = event::ActiveModel {
        stream_kind: Set(kind),
        stream_id: Set(id),
        seq: Set(seq),
        kind: Set(new.kind),
        entry_id: Set(new.entry),
        actor_id: Set(new.actor),
        data: Set(new.data.to_string()),
        at: Set(now),
        ..Default::default()
    };
    event::Entity::insert(row).exec_without_returning(&**tx).await?;
    Ok(())
}

/// Appends one event and returns its sequence.
pub async fn append(tx: &Tx, now: Moment, new: NewEvent) -> Result<i64> {
    let seq = next_seq(tx, new.stream).await?;
    record(tx, now, seq, new).await?;
    Ok(seq)
}

/// How far a consumer is, for those who wait for it.
#[derive(Clone)]
pub struct Progress(Arc<watch::Sender<i64>>);

impl Progress {
    /// Waits until the consumer has handled everything up to this event id.
    pub async fn reaches(&self, id: i64) {
        drop(self.0.subscribe().wait_for(|at| *at >= id).await);
    }

    /// Last event handled.
    pub fn at(&self) -> i64 {
        *self.0.borrow()
    }
}

/// Starts a task that feeds a consumer until `stop`.
pub async fn run(db: Db, consumer: Arc<dyn Consumer>, stop: CancellationToken) -> Result<Progress> {
    let start = if consumer.is_durable() { saved(&db, consumer.name()).await? } else { read::last_id(&db).await? };
    let progress = Progress(Arc::new(watch::Sender::new(start)));
    let reported = progress.clone();
    tokio::spawn(async move {
        let follow = follow(&db, &*consumer, &reported);
        tokio::select! {
            () = follow => {}
            () = stop.cancelled() => {}
        }
    });
    Ok(progress)
}

/// On PostgreSQL other nodes commit too, and events wait for older transactions: look again without a signal.
const POLL: Duration = Duration::from_millis(500);
const BATCH: u64 = 500;

async fn follow(db: &Db, consumer: &dyn Consumer, progress: &Progress) {
    let mut committed = db.committed();
    loop {
        committed.mark_unchanged();
        match step(db, consumer, progress).await {
            Ok(0) => {
                let poll = if db.is_postgres() { POLL } else { Duration::from_secs(30) };
                drop(tokio::time::timeout(poll, committed.changed()).await);
            }
            Ok(_) => {}
            Err(error) => {
                tracing::warn!(consumer = consumer.name(), cause = %error, "consumer will try again");
                tokio::time::sleep(Duration::from_millis(500)).await;
            }
        }
    }
}

async fn step(db: &Db, consumer: &dyn Consumer, progress: &Progress) -> Result<usize> {
    let events = read::after(db, progress.at(), BATCH).await?;
    let Some(last) = events.last().map(|event| event.id) else { return Ok(0) };
    consumer.handle(&events).await?;
    if consumer.is_durable() {
        save(db, consumer.name(), last).await?;
    }
    progress.0.send_replace(last);
    Ok(events.len())
}

async fn saved(db: &Db, name: &'static str) -> Result<i64> {
    let row = outbox_cursor::Entity::find_by_id(name.to_owned()).one(db.reads()).await?;
    Ok(row.map_or(0, |row| row.event_id))
}

/// Notes how far a durable consumer has come.
pub async fn save(db: &Db, name: &'static str, event_id: i64) -> Result<()> {
    db.write((), move |tx, _| async move {
        let row = outbox_cursor::ActiveModel { consumer: Set(name.to_owned()), event_id: Set(event_id) };
        let update = sea_orm::sea_query::OnConflict::column(outbox_cursor::Column::Consumer)
            .update_column(outbox_cursor::Column::EventId)
            .to_owned();
        outbox_cursor::Entity::insert(row).on_conflict(update).exec_without_returning(&*tx).await?;
        Ok(())
    })
    .await
}

/// Waits until these consumers have handled everything committed so far.
pub async fn settle(db: &Db, consumers: &[Progress]) -> Result<()> {
    let last = read::last_id(db).await?;
    for progress in consumers {
        progress.reaches(last).await;
    }
    Ok(())
}

/// Whether the log can be read at all; used by readiness.
pub async fn probe(db: &Db) -> Result<()> {
    db.reads().execute_unprepared("SELECT 1").await?;
    Ok(())
}
