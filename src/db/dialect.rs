//! What differs between the two databases, in one place.

use sea_orm::{DbErr, RuntimeErr, SqlErr};

use super::unavailable;
use crate::error::Error;

/// Marks an error after which the same transaction may succeed.
const RETRY: &str = "the database asked for a repeat";

/// Turns a database error into one of ours. The text of database errors can hold values, so only its kind is kept.
pub fn classify(error: DbErr) -> Error {
    match error.sql_err() {
        Some(SqlErr::UniqueConstraintViolation(_)) => return Error::Conflict("exists", "It exists already.".into()),
        Some(SqlErr::ForeignKeyConstraintViolation(_)) => return Error::NotFound,
        _ => {}
    }
    match code(&error).as_deref() {
        Some("40001" | "40P01") => unavailable(RETRY),
        Some(code) => match code {
            // 5 busy, 8 read only, 13 full; 53… resources, 57… operator intervention, 08… connection, 25006 read only.
            "5" | "517" | "8" | "13" | "25006" => unavailable(format!("database error {code}")),
            code if code.starts_with("53") || code.starts_with("57") || code.starts_with("08") => {
                unavailable(format!("database error {code}"))
            }
            code => Error::internal(format!("database error {code}")),
        },
        None => match error {
            DbErr::ConnectionAcquire(_) | DbErr::Conn(_) => unavailable("no database connection"),
            DbErr::RecordNotFound(_) => Error::NotFound,
            DbErr::Exec(RuntimeErr::SqlxError(error)) | DbErr::Query(RuntimeErr::SqlxError(error)) => match &*error {
                sqlx::Error::Io(_) | sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed => {
                    unavailable("no database connection")
                }
                other => Error::internal(kind(other)),
            },
            other => Error::internal(std::mem::discriminant(&other).fmt_kind()),
        },
    }
}

/// Whether the transaction that failed with this error should be run again.
pub fn wants_retry(error: &Error) -> bool {
    matches!(error, Error::Unavailable(_, cause) if cause.to_string() == RETRY)
}

fn code(error: &DbErr) -> Option<String> {
    let (DbErr::Exec(RuntimeErr::SqlxError(inner))
    | DbErr::Query(RuntimeErr::SqlxError(inner))
    | DbErr::Conn(RuntimeErr::SqlxError(inner))) = error
    else {
        return None;
    };
    inner.as_database_error()?.code().map(std::borrow::Cow::into_owned)
}

fn kind(error: &sqlx::Error) -> &'static str {
    match error {
        sqlx::Error::RowNotFound => "a row that had to be there is missing",
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => "a column holds what it should not",
        sqlx::Error::ColumnNotFound(_) => "a column is missing",
        sqlx::Error::WorkerCrashed => "the database worker stopped",
        _ => "the database driver failed",
    }
}

trait Kind {
    fn fmt_kind(&self) -> String;
}

impl Kind for std::mem::Discriminant<DbErr> {
    fn fmt_kind(&self) -> String {
        format!("database layer error ({self:?})")
    }
}
