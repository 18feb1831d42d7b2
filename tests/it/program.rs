//! The program itself as a child process, with a data directory and a database of its own: what a test can do to it from
//! outside, a kill included.

use std::io::{BufRead, BufReader, Read};
use std::net::TcpListener;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU16, Ordering};
use std::time::Duration;

use tact::app;
use tact::clock::Clock;
use tact::config::Sources;
use tact::limits::Limits;
use tact::site::Site;
use tempfile::TempDir;
use tokio::sync::watch;

use crate::actors::{Actor, database};

/// Longest time for a start, with what a killed process left to mend, on a machine that is busy with other tests.
const START: Duration = Duration::from_secs(30);
/// What the output ends with once the process has closed it.
const END: &str = "-- end of output --";

/// A data directory, a database and an address, which outlive the processes that use them.
pub struct Home {
    pub folder: TempDir,
    pub base: String,
    port: u16,
    database: Option<String>,
}

impl Home {
    pub async fn new() -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let port = free_port();
        let folder = tempfile::tempdir().unwrap();
        Self { folder, base: format!("http://localhost:{port}"), port, database: database().await }
    }

    /// Opens the same data in this process. For the time when no server runs on it.
    pub async fn open(&self) -> Site {
        let mut sources = Sources::new();
        sources.flag("data", "--data", Some(self.folder.path().display().to_string()));
        sources.flag("database", "--database", self.database.clone());
        app::open(sources.settle().unwrap(), Limits::new(Vec::new()), Clock::system()).await.unwrap()
    }

    /// Starts the server and waits until it is ready. `settings` are environment variables.
    pub async fn start(&self, settings: &[(&str, &str)]) -> Program {
        let mut command = Command::new(env!("CARGO_BIN_EXE_tact"));
        // Nothing of the test run's own environment reaches it, except that its database may run without fsync.
        command
            .env_clear()
            .envs(std::env::var("TACT_TEST_UNSAFE_POSTGRES").map(|on| ("TACT_TEST_UNSAFE_POSTGRES", on)));
        command.envs(self.database.as_ref().map(|url| ("TACT_DATABASE", url))).envs(settings.iter().copied());
        command.arg("--data").arg(self.folder.path()).arg("--listen").arg(format!("127.0.0.1:{}", self.port));
        command.arg("--public-url").arg(&self.base);
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let output = Arc::new(watch::Sender::new(Vec::new()));
        collect(child.stdout.take().unwrap(), &output);
        collect(child.stderr.take().unwrap(), &output);
        let program = Program { child, output };
        program.says("Open http").await;
        let ready = format!("{}/readyz", self.base);
        let answer = tokio::time::timeout(START, reqwest::get(&ready)).await.expect("it answers in time").unwrap();
        assert_eq!(answer.status(), 200, "ready after its start: {}", program.printed());
        program
    }

    /// Somebody with a browser, and perhaps a token.
    pub fn actor(&self, token: Option<String>) -> Actor {
        Actor { token, ..Actor::guest(&self.base) }
    }
}

/// A running server.
pub struct Program {
    child: Child,
    output: Arc<watch::Sender<Vec<String>>>,
}

impl Program {
    /// Waits for a line with this in it.
    pub async fn says(&self, part: &str) -> String {
        let mut lines = self.output.subscribe();
        let found = lines.wait_for(|lines| lines.iter().any(|line| line.contains(part) || line == END));
        drop(tokio::time::timeout(START, found).await.unwrap_or_else(|_| panic!("no \"{part}\": {}", self.printed())));
        let line = self.output.borrow().iter().find(|line| line.contains(part)).cloned();
        line.unwrap_or_else(|| panic!("it ended without \"{part}\": {}", self.printed()))
    }

    /// Everything printed and logged so far.
    pub fn printed(&self) -> String {
        self.output.borrow().join("\n")
    }

    /// SIGKILL; returns what was printed and logged.
    pub async fn kill(mut self) -> String {
        self.child.kill().unwrap();
        self.ended().await;
        self.printed()
    }

    /// SIGTERM; returns what was printed and logged.
    pub async fn stop(mut self) -> String {
        let told = Command::new("kill").arg("-TERM").arg(self.child.id().to_string()).status().unwrap();
        assert!(told.success());
        self.ended().await;
        assert!(self.child.wait().unwrap().success(), "{}", self.printed());
        self.printed()
    }

    /// Waits for the end of both outputs and of the process.
    async fn ended(&mut self) {
        let mut lines = self.output.subscribe();
        let closed = lines.wait_for(|lines| lines.iter().filter(|line| *line == END).count() == 2);
        drop(tokio::time::timeout(START, closed).await.unwrap_or_else(|_| panic!("it goes on: {}", self.printed())));
        self.child.wait().unwrap();
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

fn collect(from: impl Read + Send + 'static, to: &Arc<watch::Sender<Vec<String>>>) {
    let to = Arc::clone(to);
    std::thread::spawn(move || {
        let lines = BufReader::new(from).split(b'\n').map_while(Result::ok);
        let lines = lines.map(|line| String::from_utf8_lossy(&line).into_owned());
        lines.chain([END.to_owned()]).for_each(|line| to.send_modify(|lines| lines.push(line)));
    });
}

/// A port below those that systems hand out to clients, or a client of this run could get it while the server is down.
fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = u16::try_from(std::process::id() % 600).unwrap() * 20;
    let ports = std::iter::repeat_with(|| 20_000 + (first + NEXT.fetch_add(1, Ordering::Relaxed)) % 12_000);
    ports.take(12_000).find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok()).expect("a free port")
}
