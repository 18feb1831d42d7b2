//! The handles that every part of one running community shares.

use std::ops::Deref;
use std::sync::Arc;

use crate::clock::Clock;
use crate::config::Config;
use crate::db::Db;
use crate::hub::Hub;
use crate::keys::Keys;
use crate::limits::Limits;

/// One running community; cheap to clone.
#[derive(Clone)]
pub struct Site(Arc<Handles>);

/// What [`Site`] points to.
pub struct Handles {
    /// Settings.
    pub config: Config,
    /// Time and randomness.
    pub clock: Clock,
    /// Secrets.
    pub keys: Arc<Keys>,
    /// Database.
    pub db: Db,
    /// Quotas.
    pub limits: Arc<Limits>,
    /// Open sockets.
    pub hub: Hub,
}

impl Site {
    /// Puts the handles together.
    pub fn new(handles: Handles) -> Self {
        Self(Arc::new(handles))
    }

    /// The same community seen by another clock, to write history with its own times.
    #[must_use]
    pub fn at(&self, clock: Clock) -> Self {
        Self::new(Handles {
            config: self.config.clone(),
            clock,
            keys: Arc::clone(&self.keys),
            db: self.db.clone(),
            limits: Arc::clone(&self.limits),
            hub: self.hub.clone(),
        })
    }
}

impl Deref for Site {
    type Target = Handles;
    fn deref(&self) -> &Handles {
        &self.0
    }
}
