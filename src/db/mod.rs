//! The database: one handle for reads and writes, on SQLite or PostgreSQL.
//!
//! Reads go to a pool. Writes go through [`Db::write`]: on SQLite to the one writer task, which commits many jobs
//! together (group commit); on PostgreSQL to a transaction of their own, repeated when the server asks for it.

mod connect;
mod dialect;
mod keyset;
mod observer;
mod retry;
mod writer;

use std::future::Future;
use std::ops::Deref;
use std::sync::Arc;

use sea_orm::{DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, TransactionTrait};
use tokio::sync::watch;

use crate::config::Database;
use crate::error::{Cause, Error, Result};

pub use connect::{ConnectError, Facts};
pub use keyset::before;
pub use sea_orm::ConnectionTrait;

/// Handle of the database; cheap to clone.
#[derive(Clone)]
pub struct Db(Arc<Inner>);

struct Inner {
    reads: DatabaseConnection,
    writes: Writes,
    committed: watch::Sender<u64>,
    facts: Facts,
    observed: observer::Observed,
}

enum Writes {
    /// One task, group commit.
    Sqlite(writer::Writer),
    /// Own transactions on this pool.
    Postgres(DatabaseConnection),
}

/// An open write transaction, given to a write job.
#[derive(Clone)]
pub struct Tx(Arc<DatabaseTransaction>);

impl Deref for Tx {
    type Target = DatabaseTransaction;
    fn deref(&self) -> &DatabaseTransaction {
        &self.0
    }
}

impl Db {
    /// Opens the database, applies missing migrations, and checks the settings that durability rests on.
    pub async fn open(database: &Database) -> std::result::Result<Self, ConnectError> {
        let (committed, observed) = (watch::Sender::new(0), observer::Observed::default());
        let mut opened = match database {
            Database::Sqlite(path) => connect::sqlite(path).await?,
            Database::Postgres(url) => connect::postgres(url).await?,
        };
        observed.attach(&mut opened.reads);
        observed.attach(&mut opened.writer);
        let connect::Opened { reads, writer, facts } = opened;
        let writes = match database {
            Database::Sqlite(_) => Writes::Sqlite(writer::Writer::start(writer, committed.clone())),
            Database::Postgres(_) => Writes::Postgres(writer),
        };
        Ok(Self(Arc::new(Inner { reads, writes, committed, facts, observed })))
    }

    /// The pool for reads.
    pub fn reads(&self) -> &DatabaseConnection {
        &self.0.reads
    }

    /// What was found at the start: version, and the settings that durability rests on.
    pub fn facts(&self) -> &Facts {
        &self.0.facts
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.0.reads.get_database_backend() == DbBackend::Postgres
    }

    /// Shows every statement from now on, with its values, to an observer; the first one stays. For checks, not for
    /// logs: values are what people wrote.
    pub fn observe(&self, observer: impl Fn(&sea_orm::Statement) + Send + Sync + 'static) {
        self.0.observed.set(observer);
    }

    /// Signals each commit; the value only grows.
    pub fn committed(&self) -> watch::Receiver<u64> {
        self.0.committed.subscribe()
    }

    /// Runs one write job in a transaction and returns when it is durable.
    ///
    /// An error of the job undoes what this job did and nothing else. The job may run more than once (only its last
    /// run counts), and it goes on when the caller stops waiting: what was asked for may then have happened.
    pub async fn write<C, T, F, Fut>(&self, command: C, job: F) -> Result<T>
    where
        C: Send + Sync + 'static,
        T: Send + 'static,
        F: Fn(Tx, Arc<C>) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send + 'static,
    {
        let command = Arc::new(command);
        match &self.0.writes {
            Writes::Sqlite(writer) => writer.submit(move |tx| job(tx, Arc::clone(&command))).await,
            Writes::Postgres(pool) => {
                let (pool, committed) = (pool.clone(), self.0.committed.clone());
                let run = async move {
                    retry::transaction(&pool, || |tx| job(tx, Arc::clone(&command)))
                        .await
                        .inspect(|_| signal(&committed))
                };
                // A task of its own: a caller that goes away must not tear a transaction in the middle.
                tokio::spawn(run).await.map_err(Error::internal)?
            }
        }
    }

    /// Writes, syncs and undoes nothing of value: whether the database takes writes just now.
    pub async fn probe(&self) -> Result<()> {
        self.write((), |tx, _| async move {
            tx.execute_unprepared("UPDATE settings SET value = value WHERE key = 'epoch'").await?;
            Ok(())
        })
        .await
    }

    /// Ends the writer after the jobs it has, then the pools.
    pub async fn close(&self) {
        if let Writes::Sqlite(writer) = &self.0.writes {
            writer.close().await;
        }
        drop(self.0.reads.clone().close().await);
    }
}

fn signal(committed: &watch::Sender<u64>) {
    committed.send_modify(|count| *count = count.wrapping_add(1));
}

/// Begins a transaction that takes the write lock at once on SQLite.
async fn begin(pool: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = sea_orm::TransactionOptions {
        sqlite_transaction_mode: Some(sea_orm::SqliteTransactionMode::Immediate),
        ..Default::default()
    };
    pool.begin_with_options(options).await
}

/// Takes the transaction back from a finished job.
fn reclaim(tx: Tx) -> Result<DatabaseTransaction> {
    Arc::try_unwrap(tx.0).map_err(|_| Error::internal("a write job kept its transaction"))
}

impl From<DbErr> for Error {
    fn from(error: DbErr) -> Self {
        dialect::classify(error)
    }
}

fn unavailable(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::Unavailable(1, Cause::new(cause))
}
