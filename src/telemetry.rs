//! The program's log. What must never reach it: text that people wrote, addresses, tokens, search words.
//!
//! Call sites log ids and counts only; `tests/it/logs.rs` holds this at the most talkative level. Other crates do not
//! keep to it: below `info` the HTML parser logs text and the WebSocket frames with tokens, so they are not heard there.

use std::io::IsTerminal;

use tracing::{Level, Metadata};
use tracing_subscriber::EnvFilter;
use tracing_subscriber::filter::filter_fn;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{Config, ConfigError};

/// Starts logging to standard error, once per process; a second call changes nothing.
pub fn start(config: &Config) -> Result<(), ConfigError> {
    let filter = EnvFilter::try_new(&config.log).map_err(|_| {
        ConfigError("The setting `log` must be a list of directives such as `info` or `tact=debug`.".to_owned())
    })?;
    let registry = tracing_subscriber::registry().with(filter).with(filter_fn(is_discreet));
    let colours = std::io::stderr().is_terminal();
    let layer = tracing_subscriber::fmt::layer().with_writer(std::io::stderr).with_target(false).with_ansi(colours);
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

/// Whether something may be logged, whatever the setting says: ours, and of other crates only what is for operators.
fn is_discreet(metadata: &Metadata<'_>) -> bool {
    let target = metadata.target();
    target == "tact" || target.starts_with("tact::") || *metadata.level() <= Level::INFO
}
