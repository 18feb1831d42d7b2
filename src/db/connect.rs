//! Opening the databases: pools, pragmas, migrations, and the checks that durability rests on.

use std::path::Path;
use std::time::Duration;

use migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr, SqlxPostgresConnector, SqlxSqliteConnector, Statement};
use sqlx::ConnectOptions;
use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous};

/// Connections for reading.
const READERS: u32 = 4;
/// How long a request waits for a connection before it is told to come back.
const ACQUIRE: Duration = Duration::from_secs(2);

/// Why the database could not be opened, as a sentence that says how to mend it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct ConnectError(pub String);

/// What was found at the start.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Facts {
    /// Product and version.
    pub version: String,
    /// The settings that durability rests on, as read back from the server.
    pub durability: String,
}

/// An opened database.
pub struct Opened {
    /// Pool for reads.
    pub reads: DatabaseConnection,
    /// Pool for writes (one connection on SQLite).
    pub writer: DatabaseConnection,
    /// What was found.
    pub facts: Facts,
}

/// Opens (and creates) the SQLite file.
pub async fn sqlite(path: &Path) -> Result<Opened, ConnectError> {
    let options = SqliteConnectOptions::new()
        .filename(path)
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .pragma("mmap_size", "268435456")
        .pragma("cache_size", "-16384")
        .pragma("temp_store", "memory")
        .pragma("wal_autocheckpoint", "2000")
        .pragma("journal_size_limit", "67108864")
        .optimize_on_close(true, 400)
        .statement_cache_capacity(256)
        .disable_statement_logging();
    let fail = |error: sqlx::Error| {
        ConnectError(format!(
            "The database file {} cannot be opened: {error}. Is the folder writable and the disk not full?",
            path.display()
        ))
    };
    let pool = |connections| {
        SqlitePoolOptions::new()
            .max_connections(connections)
            .acquire_timeout(ACQUIRE)
            .test_before_acquire(false)
            .idle_timeout(None)
            .max_lifetime(None)
    };
    let writer = pool(1).connect_with(options.clone()).await.map_err(fail)?;
    let writer = SqlxSqliteConnector::from_sqlx_sqlite_pool(writer);
    migrate(&writer).await?;
    let reads = pool(READERS).connect_with(options.read_only(true)).await.map_err(fail)?;
    let facts =
        sqlite_facts(&writer).await.map_err(|error| ConnectError(format!("The database does not answer: {error}.")))?;
    if facts.durability != "journal_mode=wal synchronous=2 foreign_keys=1" {
        return Err(ConnectError(format!(
            "SQLite did not take the settings that durability rests on ({}). Does the data folder lie on a network file system? Use a local disk.",
            facts.durability
        )));
    }
    Ok(Opened { reads: SqlxSqliteConnector::from_sqlx_sqlite_pool(reads), writer, facts })
}

async fn sqlite_facts(db: &DatabaseConnection) -> Result<Facts, DbErr> {
    let journal: String = value(db, "PRAGMA journal_mode").await?;
    let synchronous: i64 = value(db, "PRAGMA synchronous").await?;
    let keys: i64 = value(db, "PRAGMA foreign_keys").await?;
    let version: String = value(db, "SELECT sqlite_version()").await?;
    Ok(Facts {
        version: format!("SQLite {version}"),
        durability: format!("journal_mode={journal} synchronous={synchronous} foreign_keys={keys}"),
    })
}

/// Connects to PostgreSQL.
pub async fn postgres(url: &str) -> Result<Opened, ConnectError> {
    let options: PgConnectOptions = url.parse().map_err(|_| {
        ConnectError(
            "The PostgreSQL URL cannot be read; it must look like postgres://name:password@host/database.".to_owned(),
        )
    })?;
    let options = options.application_name("tact").disable_statement_logging();
    let pool = |connections| PgPoolOptions::new().max_connections(connections).acquire_timeout(ACQUIRE);
    let fail = |error: sqlx::Error| {
        let why =
            error.as_database_error().map_or_else(|| "no connection".to_owned(), |error| error.message().to_owned());
        ConnectError(format!(
            "PostgreSQL cannot be reached: {why}. Is it running, and do the name, password and database in the URL exist?"
        ))
    };
    let writer =
        SqlxPostgresConnector::from_sqlx_postgres_pool(pool(8).connect_with(options.clone()).await.map_err(fail)?);
    let reads = SqlxPostgresConnector::from_sqlx_postgres_pool(pool(8).connect_with(options).await.map_err(fail)?);
    migrate(&writer).await?;
    let read = |error: DbErr| ConnectError(format!("PostgreSQL does not answer: {error}."));
    let fsync: String = value(&writer, "SELECT current_setting('fsync')").await.map_err(read)?;
    let commit: String = value(&writer, "SELECT current_setting('synchronous_commit')").await.map_err(read)?;
    let version: String = value(&writer, "SELECT current_setting('server_version')").await.map_err(read)?;
    let unsafe_allowed = std::env::var_os("TACT_TEST_UNSAFE_POSTGRES").is_some();
    if (fsync != "on" || commit == "off") && !unsafe_allowed {
        return Err(ConnectError(format!(
            "PostgreSQL runs with fsync={fsync} and synchronous_commit={commit}: an acknowledged post could be lost. Turn both on."
        )));
    }
    let facts = Facts {
        version: format!("PostgreSQL {version}"),
        durability: format!("fsync={fsync} synchronous_commit={commit}"),
    };
    Ok(Opened { reads, writer, facts })
}

async fn value<T: sea_orm::TryGetable>(db: &DatabaseConnection, sql: &str) -> Result<T, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("no row".to_owned()))?.try_get_by_index(0)
}

async fn migrate(db: &DatabaseConnection) -> Result<(), ConnectError> {
    Migrator::up(db, None).await.map_err(|error| {
        let newer = matches!(&error, DbErr::Custom(text) if text.contains("missing"));
        ConnectError(if newer {
            "This database was written by a newer version of Tact. Start that version, or restore a backup made before the upgrade.".to_owned()
        } else {
            format!("The database schema could not be brought up to date: {error}. Nothing was changed by the step that failed.")
        })
    })
}
