//! A member who talks over a socket without waiting for answers, follows the room, and comes back after each crash: from
//! the last sequence they saw, with what was not acknowledged sent again under the same nonce.

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::timeout;
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};

use super::{Acked, Line, Orders, PATIENCE};
use crate::program::Home;

/// Messages on their way at once.
const WINDOW: usize = 8;

type Wire = WebSocketStream<MaybeTlsStream<TcpStream>>;

pub struct Talker {
    pub name: String,
    pub lines: Vec<Line>,
    /// Sequence and entry of every event that came.
    pub seen: Vec<(i64, Option<i64>)>,
    /// Messages that were stored already when they were sent again.
    pub repeats: usize,
    url: String,
    token: String,
    room: i64,
    speaks: bool,
    epoch: Value,
    wire: Option<Wire>,
}

/// The connection broke.
struct Broken;

impl Talker {
    pub fn new(home: &Home, name: &str, token: String, room: i64, speaks: bool) -> Self {
        let url = format!("{}/live", home.base.replace("http", "ws"));
        let (lines, seen, epoch) = (Vec::new(), Vec::new(), Value::Null);
        Self { name: name.to_owned(), lines, seen, repeats: 0, url, token, room, speaks, epoch, wire: None }
    }

    /// Talks until told to be quiet and everything is acknowledged; what comes after that waits in the socket.
    pub async fn run(mut self, mut orders: watch::Receiver<Orders>, acks: watch::Sender<u64>) -> Self {
        loop {
            let now = *orders.borrow_and_update();
            if self.session(&mut orders, now.starts, &acks).await.is_ok() {
                return self;
            }
            let again = orders.wait_for(|orders| orders.starts > now.starts);
            timeout(PATIENCE, again).await.expect("a broken connection is followed by a new start").unwrap();
        }
    }

    /// Reads on until this sequence was seen.
    pub async fn catch_up(&mut self, last: i64) {
        let mut wire = self.wire.take().unwrap();
        while self.cursor() < last {
            let Ok(frame) = receive(&mut wire).await else { panic!("the socket stays open") };
            self.take(&frame, 0);
        }
    }

    fn cursor(&self) -> i64 {
        self.seen.last().map_or(0, |(seq, _)| *seq)
    }

    fn open(&self) -> usize {
        self.lines.iter().rev().take(WINDOW).filter(|line| line.acked.is_none()).count()
    }

    async fn session(
        &mut self,
        orders: &mut watch::Receiver<Orders>,
        start: usize,
        acks: &watch::Sender<u64>,
    ) -> Result<(), Broken> {
        let (mut wire, _) = tokio_tungstenite::connect_async(&self.url).await.map_err(|_| Broken)?;
        let streams = json!([{ "stream": format!("r{}", self.room), "after": self.cursor() }]);
        let hello = json!({ "t": "hello", "v": 1, "token": self.token, "epoch": self.epoch, "streams": streams });
        send(&mut wire, &hello).await?;
        let open: Vec<usize> = (0..self.lines.len()).filter(|at| self.lines[*at].acked.is_none()).collect();
        for at in open {
            send(&mut wire, &self.message(at)).await?;
        }
        loop {
            let quiet = orders.borrow().quiet;
            while self.speaks && !quiet && self.open() < WINDOW {
                self.lines.push(Line::new(&self.name, self.lines.len()));
                send(&mut wire, &self.message(self.lines.len() - 1)).await?;
            }
            if quiet && self.open() == 0 {
                self.wire = Some(wire);
                return Ok(());
            }
            tokio::select! {
                frame = receive(&mut wire) => {
                    let frame = frame?;
                    if frame["t"] == "ping" {
                        send(&mut wire, &json!({ "t": "pong", "ts": frame["ts"] })).await?;
                    }
                    if self.take(&frame, start) {
                        acks.send_modify(|count| *count += 1);
                    }
                }
                changed = orders.changed() => changed.unwrap(),
            }
        }
    }

    fn message(&self, at: usize) -> Value {
        json!({ "t": "send", "id": at, "room": self.room, "nonce": self.lines[at].nonce, "body": self.lines[at].body })
    }

    /// Takes a frame; true when it acknowledges a message for the first time.
    fn take(&mut self, frame: &Value, start: usize) -> bool {
        match frame["t"].as_str().unwrap() {
            "welcome" => self.epoch = frame["epoch"].clone(),
            "ev" => {
                let seq = frame["seq"].as_i64().unwrap();
                assert_eq!(seq, self.cursor() + 1, "{}: the next event", self.name);
                self.seen.push((seq, frame["data"]["id"].as_i64().filter(|_| frame["kind"] == "message")));
            }
            "synced" => assert_eq!(frame["seq"].as_i64(), Some(self.cursor()), "{}: {frame}", self.name),
            "ok" => {
                let line = &mut self.lines[usize::try_from(frame["id"].as_u64().unwrap()).unwrap()];
                assert!(line.acked.is_none(), "acknowledged twice: {frame}");
                let [number, entry] = ["seq", "entry"].map(|field| frame[field].as_i64().unwrap());
                line.acked = Some(Acked { number, entry, start });
                self.repeats += usize::from(frame["dup"] == true);
                return true;
            }
            "ping" | "presence" | "typing" | "read" => {}
            _ => panic!("{}: {frame}", self.name),
        }
        false
    }
}

async fn send(wire: &mut Wire, frame: &Value) -> Result<(), Broken> {
    wire.send(Message::text(frame.to_string())).await.map_err(|_| Broken)
}

async fn receive(wire: &mut Wire) -> Result<Value, Broken> {
    loop {
        match timeout(PATIENCE, wire.next()).await.expect("the server says something") {
            Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
            Some(Ok(_)) => {}
            Some(Err(_)) | None => return Err(Broken),
        }
    }
}
