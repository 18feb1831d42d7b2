//! How the community and the server are: counts, versions, consumers of the log, and what is wrong.

use super::{administer, store};
use crate::access::Viewer;
use crate::accounts;
use crate::clock::Moment;
use crate::db::Facts;
use crate::error::Result;
use crate::moderation::{self, Chain};
use crate::site::Site;

/// A consumer of the log this far behind is in trouble.
const BEHIND: i64 = 1000;

/// Everything the overview shows.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Members.
    pub members: i64,
    /// Members with an open socket.
    pub online: usize,
    /// Open sockets.
    pub sockets: usize,
    /// Topics.
    pub topics: i64,
    /// Published posts.
    pub posts: i64,
    /// Published messages.
    pub messages: i64,
    /// Review items that wait.
    pub waiting: i64,
    /// The oldest of them.
    pub oldest: Option<Moment>,
    /// What the database is.
    pub database: Facts,
    /// Durable consumers of the log, with how many events they are behind.
    pub consumers: Vec<(String, i64)>,
    /// Whether the mod log is as it was written.
    pub log: Chain,
    /// The sample community is being written, or that was interrupted.
    pub filling: bool,
}

impl Overview {
    /// What is wrong, in sentences.
    pub fn troubles(&self) -> Vec<String> {
        let log = match self.log {
            Chain::Whole(_) => None,
            Chain::Broken(row) => Some(format!(
                "The mod log was changed by hand: row {row} is not as it was written, or one before it is missing."
            )),
            Chain::Short => Some("Rows are missing at the end of the mod log.".to_owned()),
        };
        let late = self.consumers.iter().filter(|(_, behind)| *behind > BEHIND);
        let late = late.map(|(name, behind)| {
            format!("{name} is {behind} events behind. If this does not go down, look into the server's log.")
        });
        log.into_iter().chain(late).collect()
    }
}

/// Reads the overview.
pub async fn overview(site: &Site, viewer: &Viewer) -> Result<Overview> {
    administer(viewer, None)?;
    let db = site.db.reads();
    let (waiting, oldest) = store::waiting(db).await?;
    let (posts, messages) = store::entries(db).await?;
    Ok(Overview {
        members: store::count_members(db).await?,
        online: site.hub.online().len(),
        sockets: site.hub.sockets(),
        topics: store::topics(db).await?.values().sum(),
        posts,
        messages,
        waiting,
        oldest,
        database: site.db.facts().clone(),
        consumers: store::consumers(db).await?,
        log: moderation::verify(site).await?,
        filling: accounts::filling::begun(site).await?.is_some(),
    })
}
