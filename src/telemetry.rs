//! The program's log. What must never reach it: text that people wrote, addresses, tokens, search words.
//!
//! Call sites log ids and counts only; `tests/it/canaries.rs` holds this over the whole suite.

use tracing_subscriber::EnvFilter;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Config, ConfigError};

/// Starts logging to standard error, once per process; a second call changes nothing.
pub fn start(config: &Config) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|_| {
        ConfigError("The setting `log` must be a list of directives such as `info` or `tact=debug`.".to_owned())
    })?;
    let registry = tracing_subscriber::registry().with(filter);
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false);
    let started = if config.log_json {
        registry.with(layer.json()).try_init()
    } else {
        registry.with(layer.compact()).try_init()
    };
    drop(started);
    // A panic's message may quote what people wrote: the log gets its place only.
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "a panic");
    }));
    Ok(())
}
