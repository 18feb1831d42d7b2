//! `tact serve`.

use clap::Args;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use super::{demo, say};
use crate::accounts::filling::Filling;
use crate::accounts::html::{Furnish, Furnished};
use crate::clock::Clock;
use crate::config::Config;
use crate::limits::Limits;
use crate::serve::Caps;
use crate::site::Site;
use crate::{accounts, app, router};

/// Options of `tact serve`.
#[derive(Debug, Args, Default)]
pub struct Serve {
    /// Fill an empty community with the sample one first
    #[arg(long)]
    demo: bool,
}

/// Serves until it is told to stop.
pub async fn run(options: Serve, config: Config) -> Result<(), String> {
    banner(&config);
    let listener = TcpListener::bind(config.listen).await.map_err(|error| {
        format!(
            "The address {} cannot be listened on: {error}. Is another server running there? Choose one with --listen.",
            config.listen
        )
    })?;
    let limits = Limits::new(config.exempt.clone());
    let site = app::open(config, limits, Clock::system()).await.map_err(|error| error.0)?;
    say(&format!("Database: {} ({})", site.db.facts().version, site.db.facts().durability));
    let filling = Filling::default();
    let interrupted = accounts::filling::begun(&site).await.map_err(|error| error.to_string())?.is_some();
    if options.demo {
        fill(&site, &filling, interrupted).await?;
    }
    let running = app::start(site.clone()).await.map_err(super::commands::sentence)?;
    invite(&site).await?;
    say(&format!("Open {} in a browser. Stop with Ctrl+C.", site.config.origin()));
    let caps = Caps::of(&site.config);
    let furnish = furnish(filling);
    if interrupted && !options.demo {
        say("The sample community is not complete: filling it was interrupted. It goes on now.");
        furnish.fill(&site);
    }
    let router = router::build(&running.app).layer(axum::Extension(furnish));
    let stop = CancellationToken::new();
    let stopping = stop.clone();
    tokio::spawn(async move {
        told_to_stop().await;
        say("Stopping: open requests are finished first.");
        stopping.cancel();
    });
    crate::serve::run(listener, router, caps, stop).await;
    running.stop().await;
    Ok(())
}

fn banner(config: &Config) {
    say(&format!("Tact {}", env!("CARGO_PKG_VERSION")));
    for (key, value, origin) in config.settled() {
        say(&format!("  {key:<16} {:<40} ({origin})", if value.is_empty() { "-" } else { value }));
    }
    if !config.exempt.is_empty() {
        say(&format!(
            "Limits do not apply to: {}",
            config.exempt.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
        ));
    }
}

/// What a new community can begin with.
pub fn furnish(filling: Filling) -> Furnish {
    let sample =
        |site: Site, filling: Filling| -> Furnished { Box::pin(async move { demo::fill(&site, &filling).await }) };
    Furnish { empty: |site| Box::pin(async move { demo::minimal(&site).await }), sample, filling }
}

async fn fill(site: &Site, filling: &Filling, interrupted: bool) -> Result<(), String> {
    if interrupted || demo::is_empty(site).await.map_err(|error| error.to_string())? {
        say(if interrupted {
            "Filling the community with the sample one was interrupted; it goes on …"
        } else {
            "Filling the community with the sample one …"
        });
        demo::fill(site, filling)
            .await
            .map_err(|error| format!("The sample community could not be loaded: {error}."))?;
        say(&format!(
            "Sample members all have the password \"{}\"; noor is the admin, kit a moderator, mara a member.",
            demo::PASSWORD
        ));
    }
    Ok(())
}

/// The link that makes the first admin, as long as there is none.
async fn invite(site: &Site) -> Result<(), String> {
    if let Some(key) = accounts::setup_token(site).await.map_err(|error| error.to_string())? {
        say("There is no admin yet. This link makes the first one; it works once and until the next start:");
        say(&format!("  {}", site.config.absolute(&format!("/setup?key={key}"))));
    }
    Ok(())
}

async fn told_to_stop() {
    use tokio::signal::unix::{SignalKind, signal};
    let terminated = async {
        match signal(SignalKind::terminate()) {
            Ok(mut stream) => drop(stream.recv().await),
            Err(_) => std::future::pending::<()>().await,
        }
    };
    tokio::select! {
        _ = tokio::signal::ctrl_c() => {}
        () = terminated => {}
    }
}
