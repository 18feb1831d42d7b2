//! A community for tests: a temporary folder, SQLite in it, a clock that stands still, no limits in the way.

#![allow(clippy::unwrap_used, missing_docs)]

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use crate::access::{Credential, Member, Viewer, store as standing};
use crate::accounts::{self, Applicant};
use crate::clock::{Clock, Moment};
use crate::config::{Config, Sources};
use crate::db::Db;
use crate::entity::member::Role;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::limits::Limits;
use crate::site::{Handles, Site};

/// When every test begins: 24 November 2026, 09:00 UTC.
pub const START: Moment = Moment(1_795_510_800_000);

/// The password of every member that [`member`] makes.
pub const PASSWORD: &str = "correct horse battery staple";

/// A running community without members, and the folder that lives as long as the test.
pub async fn site() -> (Site, TempDir) {
    site_with(|_| {}).await
}

/// The same with other settings.
pub async fn site_with(change: impl FnOnce(&mut Config)) -> (Site, TempDir) {
    // Each site has its own random numbers and with them its own keys.
    static SEED: AtomicU64 = AtomicU64::new(1);
    let folder = tempfile::tempdir().unwrap();
    let mut sources = Sources::new();
    sources.flag("data", "--data", Some(folder.path().display().to_string()));
    let mut config = sources.settle().unwrap();
    change(&mut config);
    let clock = Clock::fixed(START, SEED.fetch_add(1, Ordering::Relaxed));
    let keys = Arc::new(Keys::load_or_create(folder.path(), &clock).unwrap());
    let db = Db::open(&config.database).await.unwrap();
    let site = Site::new(Handles { config, clock, keys, db, limits: Arc::new(Limits), hub: Hub::default() });
    (site, folder)
}

/// A new member, known by name, whose password is [`PASSWORD`]. As if at the console: there is no session.
pub async fn member(site: &Site, name: &str, role: Role) -> Viewer {
    let applicant = Applicant { name: name.to_owned(), password: PASSWORD.to_owned(), ..Applicant::default() };
    Viewer::Member(accounts::add(site, applicant, role).await.unwrap())
}

/// The same viewer with the standing of now.
pub async fn again(site: &Site, viewer: &Viewer) -> Viewer {
    let Member { id, credential, .. } = viewer.member().unwrap().clone();
    standing::load(site.db.reads(), id, credential).await.unwrap().map_or(Viewer::Guest, Viewer::Member)
}

/// The member as seen through a credential of a kind, for what depends on it.
pub fn through(viewer: &Viewer, credential: Credential) -> Viewer {
    Viewer::Member(Member { credential, ..viewer.member().unwrap().clone() })
}
