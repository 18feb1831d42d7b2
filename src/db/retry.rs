//! PostgreSQL transactions, repeated when the server asks for it (serialisation failure, deadlock), and once when a row
//! that was looked for and not found was committed by somebody else before ours.

use std::future::Future;
use std::sync::Arc;

use sea_orm::DatabaseConnection;

use super::{Tx, begin, dialect, reclaim};
use crate::error::{Error, Result};

const TRIES: usize = 4;

/// Runs a job in its own transaction, at most [`TRIES`] times.
pub async fn transaction<T, M, F, Fut>(pool: &DatabaseConnection, make: M) -> Result<T>
where
    M: Fn() -> F,
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let mut tries = 0;
    loop {
        tries += 1;
        let outcome = once(pool, make()).await;
        match outcome {
            // The same nonce on its way twice: the second look finds what the first one did not.
            Err(Error::Conflict("exists", _)) if tries == 1 => {}
            Err(error) if tries < TRIES && dialect::wants_retry(&error) => tokio::task::yield_now().await,
            other => return other,
        }
    }
}

async fn once<T, F, Fut>(pool: &DatabaseConnection, job: F) -> Result<T>
where
    F: FnOnce(Tx) -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let tx = Tx(Arc::new(begin(pool).await?));
    let outcome = job(tx.clone()).await;
    let tx = reclaim(tx)?;
    match outcome {
        Ok(value) => {
            tx.commit().await?;
            Ok(value)
        }
        Err(error) => {
            drop(tx.rollback().await);
            Err(error)
        }
    }
}
