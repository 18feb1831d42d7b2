//! What the measurements share: a community in a folder of its own, the program as a child, percentiles, the machine.

#![allow(dead_code)] // each measurement uses its part

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tact::access::{Credential, Role, Viewer};
use tact::accounts::{self, Applicant};
use tact::clock::Clock;
use tact::config::Sources;
use tact::limits::Limits;
use tact::site::Site;
use tact::{app, cli};
use tempfile::TempDir;

/// How long each figure is measured.
pub const SPAN: Duration = Duration::from_secs(3);
/// The address that no limit applies to.
pub const HERE: [u8; 4] = [127, 0, 0, 1];

/// A data directory with its database.
pub struct Home {
    pub folder: TempDir,
    pub database: Option<String>,
}

impl Home {
    /// An embedded database, or an empty one of a server: `database` is its address.
    pub fn new(database: Option<String>) -> Self {
        Self { folder: tempfile::tempdir().expect("a folder"), database }
    }

    /// Opens it in this process.
    pub async fn open(&self) -> Site {
        let mut sources = Sources::new();
        sources.flag("data", "--data", Some(self.folder.path().display().to_string()));
        sources.flag("database", "--database", self.database.clone());
        let config = sources.settle().expect("settings");
        app::open(config, Limits::new(vec![HERE.into()]), Clock::system()).await.expect("an open database")
    }

    /// Opens it and puts a board, a room and some members with tokens into it.
    pub async fn furnish(&self, members: usize) -> (Site, Vec<(Viewer, String)>) {
        let site = self.open().await;
        cli::demo::minimal(&site).await.expect("places");
        let mut made = Vec::new();
        for number in 0..members {
            let applicant = Applicant {
                name: format!("member{number}"),
                password: "a long enough sentence".to_owned(),
                ..Applicant::default()
            };
            let mut member = accounts::add(&site, applicant, Role::Member).await.expect("a member");
            member.credential = Credential::Console;
            let viewer = Viewer::Member(member);
            let token = accounts::token_add(&site, &viewer, "bench", 1).await.expect("a token");
            made.push((viewer, token.secret));
        }
        (site, made)
    }

    /// Runs the program on it until the handle is dropped. Its log goes to a file, as it would in service.
    pub fn serve(&self) -> Served {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0)).and_then(|socket| socket.local_addr());
        let port = port.expect("a free port").port();
        let log = std::fs::File::create(self.folder.path().join("log")).expect("a log");
        let mut command = Command::new(env!("CARGO_BIN_EXE_tact"));
        command.arg("--data").arg(self.folder.path()).arg("--listen").arg(format!("127.0.0.1:{port}"));
        // Settings of this shell are not those of the measurement, and a name it does not know stops it.
        command
            .env_clear()
            .envs(std::env::var("TACT_TEST_UNSAFE_POSTGRES").map(|on| ("TACT_TEST_UNSAFE_POSTGRES", on)));
        command.env("TACT_EXEMPT", "127.0.0.1").envs(self.database.as_ref().map(|url| ("TACT_DATABASE", url)));
        let mut child = command.stdout(Stdio::piped()).stderr(log).spawn().expect("the program");
        let mut lines = BufReader::new(child.stdout.take().expect("its output")).lines().map_while(Result::ok);
        assert!(lines.any(|line| line.starts_with("Open http")), "the program starts");
        std::thread::spawn(move || lines.for_each(drop));
        Served { child, port }
    }
}

/// A running program.
pub struct Served {
    child: Child,
    pub port: u16,
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// What one figure was made of.
#[derive(Default)]
pub struct Times {
    times: Vec<Duration>,
    /// Told to come back later; nothing was done.
    pub refused: usize,
}

impl Times {
    pub fn add(&mut self, since: Instant) {
        self.times.push(since.elapsed());
    }

    pub fn of(all: impl IntoIterator<Item = Self>) -> Self {
        let mut sum = Self::default();
        for part in all {
            sum.times.extend(part.times);
            sum.refused += part.refused;
        }
        sum.times.sort_unstable();
        sum
    }

    /// How many a second.
    #[allow(clippy::cast_precision_loss)] // counts of a few seconds
    pub fn rate(&self) -> f64 {
        self.times.len() as f64 / SPAN.as_secs_f64()
    }

    /// The time that so many of a hundred stay below, in milliseconds.
    pub fn percentile(&self, percent: usize) -> f64 {
        let at = (self.times.len() * percent / 100).min(self.times.len().saturating_sub(1));
        self.times.get(at).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

/// Prints what the figures depend on.
pub fn machine() {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    let profile = if cfg!(debug_assertions) { "DEBUG BUILD: the figures mean nothing" } else { "release build" };
    println!("tact {}, {profile}, {cores} cores, clients on the same machine", env!("CARGO_PKG_VERSION"));
}
