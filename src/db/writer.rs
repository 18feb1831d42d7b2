//! SQLite's one writer: takes what waits, runs each job in a savepoint, commits them together, then answers.
//!
//! The sync of the commit in progress is the batching window; there is no timer.

use std::future::Future;
use std::pin::Pin;

use sea_orm::{DatabaseConnection, TransactionTrait};
use tokio::sync::{mpsc, oneshot, watch};

use super::{Tx, begin, reclaim, signal, unavailable};
use crate::error::{Error, Result};

/// Jobs that may wait; one more is refused at once.
const QUEUE: usize = 4096;
/// Jobs in one commit.
const BATCH: usize = 256;

type Answer = Box<dyn FnOnce(Result<()>) + Send>;
type Running<'a> = Pin<Box<dyn Future<Output = Option<Answer>> + Send + 'a>>;
type Job = Box<dyn for<'a> FnOnce(&'a sea_orm::DatabaseTransaction) -> Running<'a> + Send>;

/// Handle of the writer task.
pub struct Writer {
    queue: mpsc::Sender<Job>,
    stopped: watch::Receiver<bool>,
    stop: tokio_util::sync::CancellationToken,
}

impl Writer {
    /// Starts the task on the pool's one connection.
    pub fn start(pool: DatabaseConnection, committed: watch::Sender<u64>) -> Self {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let (done, stopped) = watch::channel(false);
        let stop = tokio_util::sync::CancellationToken::new();
        let ending = stop.clone();
        tokio::spawn(async move {
            run(&pool, jobs, &committed, ending).await;
            drop(pool.close().await);
            done.send_replace(true);
        });
        Self { queue, stopped, stop }
    }

    /// Queues a job; the answer comes after the commit that holds it.
    pub async fn submit<T, F, Fut>(&self, job: F) -> Result<T>
    where
        T: Send + 'static,
        F: Fn(Tx) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<T>> + Send + 'static,
    {
        let (answer, outcome) = oneshot::channel();
        let boxed: Job = Box::new(move |batch| Box::pin(savepoint(batch, job, answer)));
        self.queue.try_send(boxed).map_err(|_| unavailable("the write queue is full or closed"))?;
        outcome.await.map_err(|_| unavailable("the writer stopped"))?
    }

    /// Lets the task finish what it has and waits for it.
    pub async fn close(&self) {
        self.stop.cancel();
        drop(self.stopped.clone().wait_for(|stopped| *stopped).await);
    }
}

/// Runs one job in its own savepoint. A failed job is answered at once; the others after the commit.
async fn savepoint<T, F, Fut>(
    batch: &sea_orm::DatabaseTransaction,
    job: F,
    answer: oneshot::Sender<Result<T>>,
) -> Option<Answer>
where
    T: Send + 'static,
    F: Fn(Tx) -> Fut + Send + Sync,
    Fut: Future<Output = Result<T>> + Send,
{
    let outcome = attempt(batch, job).await;
    match outcome {
        Ok(value) => Some(Box::new(move |commit: Result<()>| drop(answer.send(commit.map(|()| value))))),
        Err(error) => {
            drop(answer.send(Err(error)));
            None
        }
    }
}

async fn attempt<T, F, Fut>(batch: &sea_orm::DatabaseTransaction, job: F) -> Result<T>
where
    F: Fn(Tx) -> Fut,
    Fut: Future<Output = Result<T>>,
{
    let tx = Tx(std::sync::Arc::new(batch.begin().await?));
    let outcome = job(tx.clone()).await;
    let tx = reclaim(tx)?;
    match outcome {
        Ok(value) => {
            tx.commit().await?;
            Ok(value)
        }
        Err(error) => {
            tx.rollback().await?;
            Err(error)
        }
    }
}

async fn run(
    pool: &DatabaseConnection,
    mut jobs: mpsc::Receiver<Job>,
    committed: &watch::Sender<u64>,
    stop: tokio_util::sync::CancellationToken,
) {
    let mut waiting = Vec::with_capacity(BATCH);
    loop {
        tokio::select! {
            biased;
            taken = jobs.recv_many(&mut waiting, BATCH) => if taken == 0 { return },
            () = stop.cancelled() => {
                jobs.close();
                if jobs.recv_many(&mut waiting, BATCH).await == 0 {
                    return;
                }
            }
        }
        batch(pool, &mut waiting, committed).await;
    }
}

async fn batch(pool: &DatabaseConnection, jobs: &mut Vec<Job>, committed: &watch::Sender<u64>) {
    let tx = match begin(pool).await {
        Ok(tx) => tx,
        Err(error) => {
            // Dropping the jobs answers them: their senders close.
            tracing::error!(cause = %error, jobs = jobs.len(), "no write transaction");
            jobs.clear();
            return;
        }
    };
    let mut answers: Vec<Answer> = Vec::with_capacity(jobs.len());
    for job in jobs.drain(..) {
        answers.extend(job(&tx).await);
    }
    let outcome = tx.commit().await;
    if let Err(error) = &outcome {
        tracing::error!(cause = %error, jobs = answers.len(), "commit failed");
    }
    signal(committed);
    let failed = outcome.is_err();
    for answer in answers {
        answer(if failed { Err::<(), Error>(unavailable("the commit failed")) } else { Ok(()) });
    }
}
