//! Filling a new community with the sample one: how far it is, and that it is not complete yet, kept over a crash.
//! Limit: what is written is the program's business, see `cli::demo`.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use crate::clock::Moment;
use crate::error::Result;
use crate::site::Site;

use super::store;

/// How far filling is in this process; cheap to clone.
#[derive(Debug, Clone, Default)]
pub struct Filling(Arc<Counts>);

#[derive(Debug, Default)]
struct Counts {
    done: AtomicUsize,
    total: AtomicUsize,
    failed: AtomicBool,
}

/// How far filling is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Progress {
    /// Steps taken.
    pub done: usize,
    /// Steps there are; 0 until that is known.
    pub total: usize,
    /// It ended with an error, which stands in the log.
    pub failed: bool,
}

impl Filling {
    /// So many steps there are.
    pub fn expect(&self, total: usize) {
        self.0.done.store(0, Ordering::Relaxed);
        self.0.total.store(total, Ordering::Relaxed);
    }

    /// One step is taken.
    pub fn step(&self) {
        self.0.done.fetch_add(1, Ordering::Relaxed);
    }

    /// It ended with an error.
    pub fn fail(&self) {
        self.0.failed.store(true, Ordering::Relaxed);
    }

    /// How far it is.
    pub fn progress(&self) -> Progress {
        let total = self.0.total.load(Ordering::Relaxed);
        let done = self.0.done.load(Ordering::Relaxed).min(total);
        Progress { done, total, failed: self.0.failed.load(Ordering::Relaxed) }
    }
}

/// Notes that the community is being filled and returns since when: an earlier beginning stays, so that a filling which
/// was interrupted goes on with its own times.
pub async fn begin(site: &Site) -> Result<Moment> {
    let at = site.clock.now();
    let begun = site.db.write(at, |tx, at| async move { store::keep_filling(&*tx, at.0).await }).await?;
    Ok(Moment(begun))
}

/// Since when the community is being filled; `None` when it is complete or never was.
pub async fn begun(site: &Site) -> Result<Option<Moment>> {
    Ok(store::filling(site.db.reads()).await?.map(Moment))
}

/// Notes that the community is complete.
pub async fn end(site: &Site) -> Result<()> {
    site.db.write((), |tx, _| async move { store::drop_filling(&*tx).await }).await
}
