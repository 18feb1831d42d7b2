//! A private `PostgreSQL` for one run of the tests: its own folder, its own port, no password, no fsync.
//!
//! Limit: only for tests. The server is stopped and its folder removed when the value is dropped or this process ends.

use std::net::TcpListener;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::{env, fs};

use crate::packages::is_root;
use crate::run::{exists, program, quiet};

/// A running server.
pub struct Server {
    programs: PathBuf,
    folder: PathBuf,
    port: u16,
    keeper: Option<Child>,
}

/// The folder with `initdb` and `pg_ctl`, of the newest version installed.
pub fn programs() -> Option<PathBuf> {
    let versions = fs::read_dir("/usr/lib/postgresql").ok()?;
    let mut found: Vec<(u32, PathBuf)> = versions
        .flatten()
        .filter_map(|entry| Some((entry.file_name().to_str()?.parse().ok()?, entry.path().join("bin"))))
        .filter(|(_, bin)| bin.join("initdb").is_file() && bin.join("pg_ctl").is_file())
        .collect();
    found.sort();
    found.pop().map(|(_, bin)| bin)
}

impl Server {
    /// Makes a cluster, starts it and creates the database `tact`.
    pub fn start() -> Result<Self, String> {
        let programs = programs().ok_or("PostgreSQL is not installed under /usr/lib/postgresql")?;
        let folder = env::temp_dir().join(format!("tact-postgres-{}", std::process::id()));
        fs::create_dir_all(&folder).map_err(|error| format!("no folder for PostgreSQL: {error}"))?;
        let mut server = Self { programs, folder, port: free_port()?, keeper: None };
        if is_root() {
            quiet(program("chown", &["postgres", &server.folder.to_string_lossy()]))?;
        }
        // From here on the keeper removes what was made, whatever fails.
        server.keeper = Some(server.keep()?);
        server.initialise()?;
        server.launch()?;
        server.create("tact")?;
        Ok(server)
    }

    /// Starts a shell that waits for the end of this process, a kill included, stops the server and removes its folder.
    /// It stands in a process group of its own, so that Ctrl+C in a terminal does not end it too.
    fn keep(&self) -> Result<Child, String> {
        let mut stop = self.command("pg_ctl");
        stop.args(["-D", &self.data(), "-m", "immediate", "-w", "-s", "stop"]);
        let script = "cat >/dev/null; folder=$1; shift; \"$@\" 2>/dev/null; cd /; rm -rf \"$folder\"";
        let mut shell = Command::new("sh");
        shell.args(["-c", script, "keeper"]).arg(&self.folder).arg(stop.get_program()).args(stop.get_args());
        shell.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).current_dir("/").process_group(0);
        shell.spawn().map_err(|error| format!("a shell cannot be started: {error}"))
    }

    /// The address without a database's name, with a slash at its end.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/", self.port)
    }

    fn data(&self) -> String {
        self.folder.join("data").to_string_lossy().into_owned()
    }

    fn initialise(&self) -> Result<(), String> {
        let mut command = self.command("initdb");
        command.args([
            "-D",
            &self.data(),
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]);
        quiet(command).map(drop)
    }

    fn launch(&self) -> Result<(), String> {
        let options = format!(
            "-p {} -c listen_addresses=127.0.0.1 -c unix_socket_directories={} -c max_connections=300 -c fsync=off -c synchronous_commit=off -c full_page_writes=off",
            self.port,
            self.folder.display()
        );
        let log = self.folder.join("log");
        let mut command = self.command("pg_ctl");
        command.args(["-D", &self.data(), "-w", "-t", "60", "-s", "-o", &options, "-l"]).arg(&log).arg("start");
        quiet(command).map(drop).map_err(|error| format!("{error}\n{}", fs::read_to_string(&log).unwrap_or_default()))
    }

    fn create(&self, name: &str) -> Result<(), String> {
        let mut command = self.command("createdb");
        command.args(["-h", "127.0.0.1", "-p", &self.port.to_string(), "-U", "postgres", name]);
        quiet(command).map(drop)
    }

    /// One of the server's programs. They refuse to run as root, so root steps down.
    fn command(&self, name: &str) -> Command {
        let path = self.programs.join(name);
        let mut command = if is_root() { stepped_down(&path) } else { Command::new(&path) };
        command.current_dir(&self.folder);
        command
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        if let Some(mut keeper) = self.keeper.take() {
            drop(keeper.stdin.take());
            // Its failure would leave a folder behind, nothing that a test depends on.
            let _ = keeper.wait();
        }
    }
}

fn stepped_down(path: &Path) -> Command {
    let (name, options): (&str, &[&str]) = if exists("runuser") {
        ("runuser", &["-u", "postgres", "--"])
    } else {
        ("setpriv", &["--reuid=postgres", "--regid=postgres", "--init-groups", "--"])
    };
    let mut command = Command::new(name);
    command.args(options).arg(path);
    command
}

fn free_port() -> Result<u16, String> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr());
    listener.map(|address| address.port()).map_err(|error| format!("no free port: {error}"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_server_answers_and_leaves_nothing_behind() {
        if programs().is_none() {
            return;
        }
        let server = Server::start().unwrap();
        let mut command = server.command("psql");
        command.args(["-Atc", "select 6 * 7", &format!("{}tact", server.url())]);
        assert_eq!(quiet(command).unwrap(), "42");
        let folder = server.folder.clone();
        drop(server);
        assert!(!folder.exists());
    }
}
