//! A community for tests: a temporary folder with an embedded database, a clock that stands still, no limits in the way.

#![allow(clippy::unwrap_used, clippy::panic)]

mod places;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use tempfile::TempDir;

use crate::access::Viewer;
use crate::accounts::{self, Applicant};
use crate::clock::{Clock, Moment};
use crate::config::{Config, Sources};
use crate::db::Db;
use crate::entity::member::Role;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::limits::{Limits, Row};
use crate::site::{Handles, Site};

pub use places::{board, message, publish, room, topic};

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
    let limits = Limits::with(Vec::new(), |row| {
        // Frames keep their number: how a flood of them ends is a test of its own.
        if row.quota == crate::limits::Quota::Frame { row } else { Row { allowed: 1_000_000, window_s: 1, ..row } }
    });
    let site = Site::new(Handles { config, clock, keys, db, limits: Arc::new(limits), hub: Hub::default() });
    (site, folder)
}

/// A new member, known by name, whose password is [`PASSWORD`]. As if at the console: there is no session.
pub async fn member(site: &Site, name: &str, role: Role) -> Viewer {
    let applicant = Applicant { name: name.to_owned(), password: PASSWORD.to_owned(), ..Applicant::default() };
    Viewer::Member(accounts::add(site, applicant, role).await.unwrap())
}
