//! Pages a second for guests: a topic of 20 posts and the front page, beside the same bytes from bare hyper.
//!
//! `cargo bench --bench reads`.

#![allow(clippy::expect_used, clippy::print_stdout, clippy::panic)]

mod rig;

use std::convert::Infallible;
use std::io::{BufRead, Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use bytes::Bytes;
use http_body_util::Full;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use rig::{HERE, Home, SPAN, Times};
use tact::access::Viewer;
use tact::ids::BoardId;
use tact::publish::{self, Envelope, Outcome, Submission};
use tact::site::Site;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;

const CLIENTS: [usize; 2] = [1, 16];
const POST: &str = "The hinge on the **left** door gave way again. I put in longer screws, as described on \
    [the page about doors](https://example.org/doors), and it holds for now:\n\n- remove the pin\n- drill 3 mm deeper\n\
    - use brass, not steel\n\n> Has anybody tried glue?\n\nNot yet. I would rather not, since it has to come off once a year.";

fn main() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    if std::env::args().nth(1).as_deref() == Some("bare") {
        return runtime.block_on(bare());
    }
    runtime.block_on(async {
        rig::machine();
        let home = Home::new(None);
        let (site, members) = home.furnish(4).await;
        let topic = fill(&site, &members).await;
        site.db.close().await;
        let served = home.serve();
        println!(
            "{:>8}  {:<20} {:>8} {:>9} {:>8} {:>8}  of bare",
            "clients", "page", "bytes", "pages/s", "p50 ms", "p99 ms"
        );
        for (name, path) in [("topic of 20 posts", topic.as_str()), ("front page", "/"), ("/healthz", "/healthz")] {
            let body = fetch(&mut connect(served.port).await, path).await;
            let (mut bare, port) = serve_bare(&body);
            for clients in CLIENTS {
                let best = read(port, "/", clients).await;
                let ours = read(served.port, path, clients).await;
                for (way, times) in [("bare hyper", &best), (name, &ours)] {
                    let (rate, half, most) = (times.rate(), times.percentile(50), times.percentile(99));
                    let (bytes, ratio) = (body.len(), rate / best.rate());
                    println!("{clients:>8}  {way:<20} {bytes:>8} {rate:>9.0} {half:>8.2} {most:>8.2}  {ratio:.3}");
                }
            }
            bare.kill().expect("an end");
            bare.wait().expect("an end");
        }
    });
}

/// This program again, as a server that knows nothing but these bytes.
fn serve_bare(body: &[u8]) -> (Child, u16) {
    let mut child = Command::new(std::env::current_exe().expect("this program"));
    let mut child = child.arg("bare").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("a child");
    child.stdin.take().expect("its input").write_all(body).expect("the page");
    let mut port = String::new();
    let mut output = std::io::BufReader::new(child.stdout.take().expect("its output"));
    output.read_line(&mut port).expect("its port");
    (child, port.trim().parse().expect("a port"))
}

/// A topic of 20 posts among 30 others; returns its address.
async fn fill(site: &Site, members: &[(Viewer, String)]) -> String {
    let write = async |number: usize, submission: Submission| {
        let envelope = Envelope { nonce: site.clock.token(), address: Some(HERE.into()), ..Envelope::default() };
        let viewer = &members.iter().cycle().nth(number).expect("a member").0;
        match publish::publish(site, viewer, submission, envelope).await {
            Ok(Outcome::Published(done)) => done,
            other => panic!("{other:?}"),
        }
    };
    let mut path = String::new();
    for number in 0..31 {
        let (board, title) = (BoardId(1), format!("Doors and hinges, part {number}"));
        let topic =
            write(number, Submission::Topic { board, title, body: POST.to_owned() }).await.topic.expect("a topic");
        path = format!("/t/{topic}/doors-and-hinges-part-{number}");
        for reply in 1..if number == 30 { 20 } else { 3 } {
            write(reply, Submission::Post { topic, reply_to: None, body: POST.to_owned() }).await;
        }
    }
    path
}

/// Serves what comes on standard input at every address of a free port, and prints the port.
async fn bare() {
    let mut page = Vec::new();
    std::io::stdin().read_to_end(&mut page).expect("a page");
    let page = Bytes::from(page);
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    println!("{}", listener.local_addr().expect("a port").port());
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        drop(stream.set_nodelay(true));
        let page = page.clone();
        let service = service_fn(move |_| {
            let page = page.clone();
            async move { Ok::<_, Infallible>(hyper::Response::new(Full::new(page))) }
        });
        let serving = hyper::server::conn::http1::Builder::new().serve_connection(TokioIo::new(stream), service);
        tokio::spawn(async move { drop(serving.await) });
    }
}

async fn connect(port: u16) -> BufReader<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port)).await.expect("a connection");
    stream.set_nodelay(true).expect("an option");
    BufReader::with_capacity(64 * 1024, stream)
}

/// One request on a connection that stays open; the body of the answer.
async fn fetch(stream: &mut BufReader<TcpStream>, path: &str) -> Vec<u8> {
    let port = stream.get_ref().peer_addr().expect("an address").port();
    let request = format!("GET {path} HTTP/1.1\r\nhost: localhost:{port}\r\naccept: text/html\r\n\r\n");
    stream.write_all(request.as_bytes()).await.expect("a request");
    let (mut length, mut line) = (0, String::new());
    while stream.read_line(&mut line).await.expect("an answer") > 2 {
        let lower = line.to_ascii_lowercase();
        assert!(!lower.starts_with("http/") || lower.contains(" 200 "), "{path}: {line}");
        if let Some(value) = lower.strip_prefix("content-length:") {
            length = value.trim().parse().expect("a length");
        }
        line.clear();
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await.expect("a page");
    body
}

/// Guests who ask for a page, and for the next when they have it.
async fn read(port: u16, path: &str, clients: usize) -> Times {
    let begun = Instant::now();
    let mut tasks = JoinSet::new();
    for _ in 0..clients {
        let (path, mut stream) = (path.to_owned(), connect(port).await);
        tasks.spawn(async move {
            let mut times = Times::default();
            while begun.elapsed() < SPAN {
                let since = Instant::now();
                assert!(!fetch(&mut stream, &path).await.is_empty());
                times.add(since);
            }
            times
        });
    }
    Times::of(tasks.join_all().await)
}
