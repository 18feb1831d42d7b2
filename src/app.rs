//! Puts the parts together, starts them, and stops them in order.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use tokio_util::sync::CancellationToken;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::entries::frames::Broadcast;
use crate::error::Result;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::live::Live;
use crate::outbox::{self, Progress};
use crate::retention;
use crate::search::{self, Index};
use crate::site::{Handles, Site};

/// State of the router: what handlers may ask for.
#[derive(Clone, FromRef)]
pub struct App {
    /// Shared handles.
    pub site: Site,
    /// Sockets.
    pub live: Live,
    /// Search index.
    pub index: Index,
    /// How far the readers of the log are.
    pub consumers: Consumers,
}

/// The readers of the log that run in this process.
#[derive(Clone)]
pub struct Consumers(Arc<Vec<Progress>>);

/// A community that runs, and the handle that stops it.
pub struct Running {
    /// The parts.
    pub app: App,
    stop: CancellationToken,
}

/// A sentence about what keeps a community from starting.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct StartError(pub String);

/// Opens the data directory: folder, keys, database.
pub async fn open(config: Config, limits: Limits, clock: Clock) -> std::result::Result<Site, StartError> {
    let folder = config.data.clone();
    private_folder(&folder)
        .map_err(|error| StartError(format!("The data directory {} cannot be used: {error}.", folder.display())))?;
    let keys = Keys::load_or_create(&folder, &clock)
        .map_err(|error| StartError(format!("The key file in {} cannot be used: {error}.", folder.display())))?;
    let db = Db::open(&config.database).await.map_err(|error| StartError(error.to_string()))?;
    Ok(Site::new(Handles { config, clock, keys: Arc::new(keys), db, limits: Arc::new(limits), hub: Hub::default() }))
}

fn private_folder(folder: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// Starts everything that runs in the background.
pub async fn start(site: Site) -> Result<Running> {
    let stop = CancellationToken::new();
    let index = Index::open(&site.config.data.join("index"))?;
    if index.is_fresh() {
        search::reindex(&site, &index, |_, _| {}).await?;
    }
    let live = Live::start(&site, stop.clone()).await?;
    let broadcast =
        outbox::run(site.db.clone(), Arc::new(Broadcast::new(site.db.clone(), site.hub.clone())), stop.clone()).await?;
    let indexing = outbox::run(site.db.clone(), Arc::new(search::Indexer::new(&site, &index)), stop.clone()).await?;
    let (kept, ending) = (site.clone(), stop.clone());
    tokio::spawn(async move { ending.run_until_cancelled(housekeeping(&kept)).await });
    let (kept, ending) = (site.clone(), stop.clone());
    tokio::spawn(async move { ending.run_until_cancelled(retention::run(&kept)).await });
    Ok(Running { app: App { site, live, index, consumers: Consumers(Arc::new(vec![broadcast, indexing])) }, stop })
}

/// What has to be done every minute.
async fn housekeeping(site: &Site) {
    let mut minute = tokio::time::interval(Duration::from_mins(1));
    loop {
        minute.tick().await;
        site.limits.retain();
    }
}

impl Consumers {
    /// Events that the slowest reader of the log has not handled yet.
    pub async fn behind(&self, db: &Db) -> Result<i64> {
        let last = outbox::last(db).await?;
        Ok(self.0.iter().map(|progress| last - progress.at()).max().unwrap_or(0))
    }

    /// Waits until every reader of the log has handled what is committed so far.
    pub async fn settle(&self, db: &Db) -> Result<()> {
        outbox::settle(db, &self.0).await
    }
}

impl Running {
    /// Stops in order: sockets first, then the readers of the log, then the database.
    pub async fn stop(self) {
        self.app.live.drain().await;
        self.stop.cancel();
        self.app.site.db.close().await;
    }
}
