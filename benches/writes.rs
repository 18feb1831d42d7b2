//! Durable chat messages a second, through the socket and through the publish path alone, beside what the database can
//! do at best: bare inserts by one writer with the same settings.
//!
//! `cargo bench --bench writes`. With TACT_BENCH_POSTGRES=postgres://…/name (an empty database) also on PostgreSQL.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::panic)]

mod rig;

use std::time::Instant;

use futures_util::{SinkExt, StreamExt};
use rig::{HERE, Home, SPAN, Times};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};
use sqlx::{Connection, Executor};
use tact::access::Viewer;
use tact::error::Error;
use tact::ids::RoomId;
use tact::publish::{Envelope, Outcome};
use tact::rooms::{self, Message};
use tact::site::Site;
use tokio::task::JoinSet;
use tokio_tungstenite::tungstenite;

const SENDERS: [usize; 4] = [1, 16, 64, 256];
/// A member has many senders; what they cost each other is in the figures.
const MEMBERS: usize = 8;
const BODY: &str =
    "The kettle is on, and the spare hinges are in the second drawer from the top. Who takes the early shift?";
/// The table that bare inserts go to: what a message is at the least.
const TABLE: &str =
    "CREATE TABLE bare (id INTEGER PRIMARY KEY, room INTEGER, number INTEGER, author INTEGER, body TEXT, html TEXT)";
const TABLE_POSTGRES: &str = "CREATE TABLE bare (id BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY, room BIGINT, number BIGINT, author BIGINT, body TEXT, html TEXT)";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    runtime.block_on(async {
        rig::machine();
        measure(Home::new(None)).await;
        if let Ok(url) = std::env::var("TACT_BENCH_POSTGRES") {
            measure(Home::new(Some(url))).await;
        }
    });
}

async fn measure(home: Home) {
    let (site, members) = home.furnish(MEMBERS).await;
    println!("\n{} ({})", site.db.facts().version, site.db.facts().durability);
    println!("{:>8}  {:<22} {:>8} {:>8} {:>8}  of bare", "senders", "way", "sends/s", "p50 ms", "p99 ms");
    let mut bare = Vec::new();
    for senders in SENDERS {
        let times = match &home.database {
            None => bare_sqlite(&home, senders).await,
            Some(url) => bare_postgres(url, senders).await,
        };
        bare.push(times.rate());
        line(
            senders,
            if home.database.is_none() { "bare, one commit for all" } else { "bare, a commit each" },
            &times,
            times.rate(),
        );
    }
    for (senders, bare) in SENDERS.into_iter().zip(&bare) {
        line(senders, "publish path", &published(&site, &members, senders).await, *bare);
    }
    site.db.close().await;
    let served = home.serve();
    for (senders, bare) in SENDERS.into_iter().zip(&bare) {
        line(senders, "socket", &sent(served.port, &members, senders).await, *bare);
    }
}

fn line(senders: usize, way: &str, times: &Times, bare: f64) {
    let (rate, half, most) = (times.rate(), times.percentile(50), times.percentile(99));
    let refused = if times.refused > 0 { format!("  ({} told to come back)", times.refused) } else { String::new() };
    println!("{senders:>8}  {way:<24} {rate:>6.0} {half:>8.2} {most:>8.2}  {:.3}{refused}", rate / bare);
}

/// One writer that puts so many rows into each commit: the best that group commit could do.
async fn bare_sqlite(home: &Home, rows: usize) -> Times {
    let options = SqliteConnectOptions::new()
        .filename(home.folder.path().join("bare.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .pragma("mmap_size", "268435456")
        .pragma("cache_size", "-16384")
        .pragma("wal_autocheckpoint", "2000");
    let mut connection = sqlx::SqliteConnection::connect_with(&options).await.expect("a database");
    drop(connection.execute(TABLE).await);
    let (begun, mut times) = (Instant::now(), Vec::new());
    while begun.elapsed() < SPAN {
        let since = Instant::now();
        let mut tx = connection.begin_with("BEGIN IMMEDIATE").await.expect("a transaction");
        for row in 0..rows {
            let insert = sqlx::query("INSERT INTO bare (room, number, author, body, html) VALUES (1, ?, 1, ?, ?)");
            let insert = insert.bind(i64::try_from(row).unwrap_or_default()).bind(BODY).bind(BODY);
            insert.execute(&mut *tx).await.expect("a row");
        }
        tx.commit().await.expect("a commit");
        let mut all = Times::default();
        (0..rows).for_each(|_| all.add(since));
        times.push(all);
    }
    Times::of(times)
}

/// As many writers as the program has connections for writing, each with a commit of its own.
async fn bare_postgres(url: &str, senders: usize) -> Times {
    let pool = sqlx::postgres::PgPoolOptions::new().max_connections(8).connect(url).await.expect("a pool");
    drop(pool.execute(TABLE_POSTGRES).await);
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..senders {
        let pool = pool.clone();
        tasks.spawn(async move {
            let mut times = Times::default();
            while begun.elapsed() < SPAN {
                let since = Instant::now();
                let insert =
                    sqlx::query("INSERT INTO bare (room, number, author, body, html) VALUES (1, 1, 1, $1, $2)");
                insert.bind(BODY).bind(BODY).execute(&pool).await.expect("a row");
                times.add(since);
            }
            times
        });
    }
    Times::of(tasks.join_all().await)
}

/// Senders in this process, straight into the publish path.
async fn published(site: &Site, members: &[(Viewer, String)], senders: usize) -> Times {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for (viewer, _) in members.iter().cycle().take(senders) {
        let (site, viewer) = (site.clone(), viewer.clone());
        tasks.spawn(async move {
            let mut times = Times::default();
            while begun.elapsed() < SPAN {
                let message = Message { room: RoomId(1), reply_to: None, body: BODY.to_owned() };
                let envelope =
                    Envelope { nonce: site.clock.token(), address: Some(HERE.into()), ..Envelope::default() };
                let since = Instant::now();
                match rooms::send(&site, &viewer, message, envelope).await {
                    Ok(Outcome::Published(_)) => times.add(since),
                    Err(Error::Unavailable(..)) => times.refused += 1,
                    other => panic!("{other:?}"),
                }
            }
            times
        });
    }
    Times::of(tasks.join_all().await)
}

/// Senders on sockets of the program, one message on its way in each. None of them follows the room.
async fn sent(port: u16, members: &[(Viewer, String)], senders: usize) -> Times {
    let mut sockets = Vec::new();
    for (number, (_, token)) in members.iter().cycle().take(senders).enumerate() {
        let (mut socket, _) =
            tokio_tungstenite::connect_async(format!("ws://localhost:{port}/live")).await.expect("a socket");
        let hello = format!(r#"{{"t":"hello","v":1,"token":"{token}","streams":[]}}"#);
        socket.send(tungstenite::Message::text(hello)).await.expect("a hello");
        let welcome = socket.next().await.expect("an answer").expect("a frame");
        assert!(welcome.to_string().contains("welcome"), "{welcome}");
        sockets.push((number, socket));
    }
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for (number, mut socket) in sockets {
        tasks.spawn(async move {
            let (mut times, mut count) = (Times::default(), 0);
            while begun.elapsed() < SPAN {
                count += 1;
                let frame = format!(
                    r#"{{"t":"send","id":{count},"room":1,"nonce":"{senders}-{number}-{count}","body":"{BODY}"}}"#
                );
                let since = Instant::now();
                socket.send(tungstenite::Message::text(frame)).await.expect("a send");
                loop {
                    let answer = socket.next().await.expect("an answer").expect("a frame").to_string();
                    if answer.contains(r#""t":"ok""#) {
                        times.add(since);
                        break;
                    }
                    if answer.contains(r#""code":"unavailable""#) {
                        times.refused += 1;
                        break;
                    }
                    assert!(!answer.contains(r#""t":"err""#), "{answer}");
                }
            }
            times
        });
    }
    Times::of(tasks.join_all().await)
}
