//! The command line: what can be asked of the program, and where its settings come from.

mod commands;
pub mod demo;
mod scan;
mod serve;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::config::{Config, ConfigError, Sources};

pub use serve::furnish;

/// A community forum and chat server that warns before something private is published.
#[derive(Debug, Parser)]
#[command(name = "tact", version, about)]
struct Cli {
    #[command(flatten)]
    settings: Settings,
    #[command(subcommand)]
    command: Option<Command>,
}

/// Settings that every command takes. Each can also stand in the file (`listen = "…"`) or the environment (`TACT_LISTEN`).
#[derive(Debug, Args, Clone)]
struct Settings {
    /// Configuration file (TOML) [default: tact.toml in the data directory, if there is one]
    #[arg(long, global = true, env = "TACT_CONFIG")]
    config: Option<PathBuf>,
    /// Data directory: database, keys, search index [default: data]
    #[arg(long, global = true)]
    data: Option<String>,
    /// Address to listen on [default: 127.0.0.1:8080]
    #[arg(long, global = true)]
    listen: Option<String>,
    /// `sqlite`, or postgres://user:password@host/name [default: sqlite]
    #[arg(long, global = true)]
    database: Option<String>,
    /// How the world reaches this server, such as https://forum.example
    #[arg(long, global = true)]
    public_url: Option<String>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Run the server (the default)
    Serve(serve::Serve),
    /// Bring the database schema up to date
    Migrate,
    /// Fill an empty community with the sample one
    Seed,
    /// Manage members
    #[command(subcommand)]
    Member(commands::MemberCommand),
    /// Manage API tokens
    #[command(subcommand)]
    Token(commands::TokenCommand),
    /// Build the search index anew
    Reindex,
    /// Find personal data in text: JSON lines on standard input, or a folder
    Scan(scan::Scan),
    /// Check this installation and say how to mend what is wrong
    Doctor,
}

/// Runs the program and returns its exit code.
pub async fn run() -> ExitCode {
    let cli = Cli::parse();
    let outcome = match cli.command.unwrap_or(Command::Serve(serve::Serve::default())) {
        Command::Scan(scan) => scan::run(&scan),
        command => match settle(&cli.settings) {
            Ok(config) => dispatch(command, config).await,
            Err(error) => Err(error.0),
        },
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            say(&sentence);
            ExitCode::FAILURE
        }
    }
}

async fn dispatch(command: Command, config: Config) -> Result<(), String> {
    crate::telemetry::start(&config).map_err(|error| error.0)?;
    match command {
        Command::Serve(serve) => serve::run(serve, config).await,
        Command::Migrate => commands::migrate(config).await,
        Command::Seed => commands::seed(config).await,
        Command::Member(command) => commands::member(config, command).await,
        Command::Token(command) => commands::token(config, command).await,
        Command::Reindex => commands::reindex(config).await,
        Command::Doctor => commands::doctor(config).await,
        Command::Scan(scan) => scan::run(&scan),
    }
}

fn settle(settings: &Settings) -> Result<Config, ConfigError> {
    let mut sources = Sources::new();
    let folder = settings.data.clone().or_else(|| std::env::var("TACT_DATA").ok()).unwrap_or_else(|| "data".to_owned());
    let usual = PathBuf::from(folder).join("tact.toml");
    match &settings.config {
        Some(path) => sources.file(path)?,
        None if usual.exists() => sources.file(&usual)?,
        None => {}
    }
    sources.environment(std::env::vars())?;
    sources.flag("data", "--data", settings.data.clone());
    sources.flag("listen", "--listen", settings.listen.clone());
    sources.flag("database", "--database", settings.database.clone());
    sources.flag("public_url", "--public-url", settings.public_url.clone());
    sources.settle()
}

/// Prints a line for the person at the console.
#[allow(clippy::print_stdout)] // the console is where these lines belong
fn say(line: &str) {
    println!("{line}");
}
