//! The accept loop against clients that behave badly, over real sockets on the loopback interface.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::time::Instant;

use axum::routing::{get, post};
use axum::{Extension, Router};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::{sleep, timeout};

use super::*;

const MOMENT: Duration = Duration::from_millis(50);
const GET: &[u8] = b"GET / HTTP/1.1\r\nhost: x\r\n\r\n";

struct Rig {
    address: SocketAddr,
    stop: CancellationToken,
    ended: tokio::task::JoinHandle<()>,
}

impl Rig {
    async fn new(change: impl FnOnce(&mut Caps)) -> Self {
        let mut caps = Caps::default();
        change(&mut caps);
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let stop = CancellationToken::new();
        let ended = tokio::spawn(run(listener, routes(), caps, stop.clone()));
        Self { address, stop, ended }
    }

    async fn connect(&self) -> TcpStream {
        TcpStream::connect(self.address).await.unwrap()
    }

    /// The status of one request on a connection of its own; `None` when the server hangs up.
    async fn status(&self, request: &[u8]) -> Option<u16> {
        let mut stream = self.connect().await;
        stream.write_all(request).await.ok()?;
        status(&mut stream).await
    }
}

fn routes() -> Router {
    let slow = || async {
        sleep(MOMENT * 4).await;
        "slow"
    };
    Router::new()
        .route("/", get(|| async { "hello" }))
        .route("/peer", get(|Extension(peer): Extension<Peer>| async move { peer.0.ip().to_string() }))
        .route("/slow", get(slow))
        .route("/endless", get(|| async { std::future::pending::<()>().await }))
        .route("/big", get(|| async { vec![b'x'; 64 << 20] }))
        .route("/echo", post(|body: String| async move { body }))
}

/// Reads one answer's head and the rest that came with it.
async fn answer(stream: &mut TcpStream) -> Option<String> {
    let mut bytes = vec![0; 4096];
    let length = timeout(Duration::from_secs(5), stream.read(&mut bytes)).await.unwrap().ok()?;
    bytes.truncate(length);
    (length > 0).then(|| String::from_utf8(bytes).unwrap())
}

async fn status(stream: &mut TcpStream) -> Option<u16> {
    answer(stream).await.map(|head| head.split(' ').nth(1).unwrap().parse().unwrap())
}

/// How long until the server hangs up, whatever it says before.
async fn hang_up(stream: &mut TcpStream) -> Duration {
    let begun = Instant::now();
    let mut bytes = Vec::new();
    drop(timeout(Duration::from_secs(5), stream.read_to_end(&mut bytes)).await.expect("the server hangs up"));
    begun.elapsed()
}

#[tokio::test]
async fn heads_that_do_not_come_are_cut_also_when_they_come_in_drops() {
    let rig = Rig::new(|caps| caps.headers = MOMENT * 4).await;
    let mut silent = rig.connect().await;
    assert!(hang_up(&mut silent).await < MOMENT * 20);
    let mut half = rig.connect().await;
    half.write_all(b"GET / HTTP/1.1\r\nhost").await.unwrap();
    assert!(hang_up(&mut half).await < MOMENT * 20);
    let mut drops = rig.connect().await;
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(5) && drops.write_all(b"a").await.is_ok() {
        sleep(MOMENT / 2).await;
    }
    assert!(begun.elapsed() < MOMENT * 20);
    assert_eq!(rig.status(GET).await, Some(200));
}

#[tokio::test]
async fn idling_has_a_longer_limit_than_a_head() {
    let rig = Rig::new(|caps| (caps.headers, caps.idle) = (MOMENT * 3, MOMENT * 12)).await;
    let mut stream = rig.connect().await;
    for _ in 0..2 {
        stream.write_all(GET).await.unwrap();
        assert_eq!(status(&mut stream).await, Some(200));
        sleep(MOMENT * 6).await;
    }
    assert!(hang_up(&mut stream).await < MOMENT * 12);
    let mut stream = rig.connect().await;
    stream.write_all(GET).await.unwrap();
    assert_eq!(status(&mut stream).await, Some(200));
    stream.write_all(b"GET").await.unwrap();
    assert!(hang_up(&mut stream).await < MOMENT * 10, "the second head has the time of a head");
}

#[tokio::test]
async fn bodies_have_a_total_and_a_pace() {
    let pace = Pace { total: MOMENT * 20, grace: MOMENT * 4, rate: 10_000 };
    let rig = Rig::new(|caps| caps.body = pace).await;
    let head = b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 4000\r\n\r\n";
    let send = async |piece: usize, pause: Duration| {
        let mut stream = rig.connect().await;
        stream.write_all(head).await.unwrap();
        let begun = Instant::now();
        for _ in 0..4000 / piece {
            if stream.write_all(&vec![b'a'; piece]).await.is_err() {
                break;
            }
            if let Ok(status) = timeout(pause, status(&mut stream)).await {
                return (status, begun.elapsed());
            }
        }
        (status(&mut stream).await, begun.elapsed())
    };
    assert_eq!(send(1000, MOMENT).await.0, Some(200));
    let (status, time) = send(1, MOMENT / 2).await;
    assert!(status == Some(400) && time < MOMENT * 12, "too slow: {status:?} after {time:?}");
    let (status, time) = send(50, MOMENT).await;
    assert!(status == Some(400) && time < MOMENT * 30, "too long: {status:?} after {time:?}");
}

#[tokio::test]
async fn the_65th_connection_of_an_address_is_refused_at_once() {
    let rig = Rig::new(|_| {}).await;
    let mut open = Vec::new();
    for _ in 0..64 {
        let mut stream = rig.connect().await;
        stream.write_all(GET).await.unwrap();
        assert_eq!(status(&mut stream).await, Some(200));
        open.push(stream);
    }
    let begun = Instant::now();
    assert_eq!(rig.status(GET).await, None);
    assert!(begun.elapsed() < MOMENT * 4);
    drop(open.pop());
    while rig.status(GET).await.is_none() {
        assert!(begun.elapsed() < Duration::from_secs(5), "a closed connection gives its place back");
    }
}

#[tokio::test]
async fn exempt_addresses_have_only_the_common_cap_and_a_64_has_one() {
    let loopback = IpAddr::from([127, 0, 0, 1]);
    let rig = Rig::new(|caps| (caps.of_address, caps.connections, caps.exempt) = (1, 3, vec![loopback])).await;
    let mut open = Vec::new();
    for _ in 0..3 {
        let mut stream = rig.connect().await;
        stream.write_all(GET).await.unwrap();
        assert_eq!(status(&mut stream).await, Some(200));
        open.push(stream);
    }
    assert_eq!(rig.status(GET).await, None);
    let (counts, caps) = (Counts::default(), Caps { of_address: 1, ..Caps::default() });
    let first = Place::take(&counts, "2001:db8::1".parse().unwrap(), &caps);
    assert!(first.is_some());
    assert!(Place::take(&counts, "2001:db8::2".parse().unwrap(), &caps).is_none());
    assert!(Place::take(&counts, "2001:db8:0:1::1".parse().unwrap(), &caps).is_some());
}

#[tokio::test]
async fn heads_are_bounded_and_ambiguous_lengths_refused() {
    let rig = Rig::new(|_| {}).await;
    let lines = |count: usize| {
        let more = "x: 1\r\n".repeat(count - 1);
        format!("GET / HTTP/1.1\r\nhost: x\r\n{more}\r\n").into_bytes()
    };
    assert_eq!(rig.status(&lines(64)).await, Some(200));
    assert_eq!(rig.status(&lines(65)).await, Some(431));
    let long = format!("GET / HTTP/1.1\r\nhost: x\r\nx: {}\r\n\r\n", "a".repeat(17 * 1024));
    assert_eq!(rig.status(long.as_bytes()).await, Some(431));
    let two = b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 3\r\ncontent-length: 4\r\n\r\nabcd";
    assert_eq!(rig.status(two).await, Some(400));
}

#[tokio::test]
async fn a_body_with_a_length_and_chunks_is_refused_and_nothing_after_it_is_read() {
    let rig = Rig::new(|_| {}).await;
    let post = |lines: &str| format!("POST /echo HTTP/1.1\r\nhost: x\r\n{lines}\r\n3\r\nabc\r\n0\r\n\r\n").into_bytes();
    let chunked = post("transfer-encoding: chunked\r\n");
    for lines in [
        "content-length: 3\r\ntransfer-encoding: chunked\r\n",
        "Transfer-Encoding: chunked\r\nx: y\r\nCONTENT-LENGTH: 3\r\n",
        "content-length: 3\r\ncontent-length: 3\r\ntransfer-encoding: chunked\r\n",
    ] {
        // The first of its connection, and one that comes later.
        for before in [&b""[..], GET] {
            let mut stream = rig.connect().await;
            if !before.is_empty() {
                stream.write_all(before).await.unwrap();
                assert_eq!(status(&mut stream).await, Some(200));
            }
            stream.write_all(&[&post(lines), GET].concat()).await.unwrap();
            let mut answers = String::new();
            drop(stream.read_to_string(&mut answers).await);
            assert!(answers.starts_with("HTTP/1.1 400 ") && answers.contains("connection: close"), "{answers}");
            assert_eq!(answers.matches("HTTP/1.1 ").count(), 1, "{answers}");
        }
        // Sent at once with the one before it, where its head is not seen apart: it may be read as chunks, then closed.
        let mut stream = rig.connect().await;
        stream.write_all(&[GET, &post(lines), GET].concat()).await.unwrap();
        let mut answers = String::new();
        drop(stream.read_to_string(&mut answers).await);
        assert_eq!(answers.matches("HTTP/1.1 ").count(), 2, "{answers}");
    }
    // Chunks alone are fine, also after a request whose head has a length, and in several pieces.
    let mut stream = rig.connect().await;
    stream
        .write_all(b"POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 19\r\n\r\ncontent-length: 3\r\n")
        .await
        .unwrap();
    assert_eq!(status(&mut stream).await, Some(200));
    for _ in 0..2 {
        for piece in chunked.chunks(20) {
            stream.write_all(piece).await.unwrap();
        }
        assert_eq!(status(&mut stream).await, Some(200));
    }
}

#[tokio::test]
async fn a_client_that_takes_no_bytes_is_cut() {
    let rig = Rig::new(|caps| (caps.of_address, caps.stall) = (1, MOMENT * 4)).await;
    let mut stream = rig.connect().await;
    stream.write_all(b"GET /big HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(MOMENT * 2).await;
    assert_eq!(rig.status(GET).await, None, "its place is still taken");
    let begun = Instant::now();
    while rig.status(GET).await.is_none() {
        assert!(begun.elapsed() < Duration::from_secs(5), "it keeps its place for ever");
        sleep(MOMENT).await;
    }
}

#[tokio::test]
async fn a_long_answer_to_a_slow_reader_is_not_cut() {
    let rig = Rig::new(|caps| (caps.idle, caps.headers, caps.stall) = (MOMENT * 6, MOMENT * 6, MOMENT * 6)).await;
    let mut stream = rig.connect().await;
    stream.write_all(b"GET /big HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n").await.unwrap();
    let (mut bytes, mut total) = (vec![0; 4 << 20], 0);
    let begun = Instant::now();
    loop {
        let length = stream.read(&mut bytes).await.unwrap();
        if length == 0 {
            break;
        }
        total += length;
        if total < 40 << 20 {
            sleep(MOMENT).await;
        }
    }
    assert!(total > 64 << 20, "{total}");
    assert!(begun.elapsed() > MOMENT * 7, "the reader was slower than the limits");
}

#[tokio::test]
async fn stopping_lets_open_requests_end_and_cuts_what_does_not() {
    let rig = Rig::new(|caps| caps.drain = MOMENT * 10).await;
    let mut slow = rig.connect().await;
    slow.write_all(b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    let mut endless = rig.connect().await;
    endless.write_all(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    sleep(MOMENT).await;
    rig.stop.cancel();
    assert_eq!(status(&mut slow).await, Some(200));
    assert!(TcpStream::connect(rig.address).await.is_err());
    hang_up(&mut endless).await;
    timeout(MOMENT * 20, rig.ended).await.unwrap().unwrap();
}

#[tokio::test]
async fn handlers_see_the_peer_and_endless_ones_end() {
    let rig = Rig::new(|caps| caps.answer = MOMENT * 4).await;
    let mut stream = rig.connect().await;
    stream.write_all(b"GET /peer HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap();
    assert!(answer(&mut stream).await.unwrap().ends_with("127.0.0.1"));
    assert_eq!(rig.status(b"GET /endless HTTP/1.1\r\nhost: x\r\n\r\n").await, Some(408));
}
