//! Lets somebody see the statements as they are sent: query plans are checked on what really runs.
//! Limit: one observer for the life of the handle. Statements carry their values, so nothing here may be logged.

use std::sync::{Arc, OnceLock};

use sea_orm::{DatabaseConnection, Statement};

type Observer = Box<dyn Fn(&Statement) + Send + Sync>;

/// Where an observer is put; cheap to clone.
#[derive(Clone, Default)]
pub struct Observed(Arc<OnceLock<Observer>>);

impl Observed {
    /// Passes the statements of this pool, and of its transactions, on.
    pub fn attach(&self, pool: &mut DatabaseConnection) {
        let observer = self.clone();
        pool.set_metric_callback(move |info| {
            if let Some(observer) = observer.0.get() {
                observer(info.statement);
            }
        });
    }

    /// Sets the observer. A second one is not taken.
    pub fn set(&self, observer: impl Fn(&Statement) + Send + Sync + 'static) {
        drop(self.0.set(Box::new(observer)));
    }
}
