//! Sockets against a real server on a free port: a small client, and what it may rely on.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing)]

mod chat;
mod door;
mod ends;
mod replay;
mod screening;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRef;
use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tempfile::TempDir;
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::client::IntoClientRequest;
use tokio_tungstenite::tungstenite::{Error as WsError, Message};
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use tokio_util::sync::CancellationToken;

use super::Live;
use crate::access::Viewer;
use crate::accounts::{self, Caller};
use crate::entity::member::Role;
use crate::entries::frames::Broadcast;
use crate::http::cookies;
use crate::ids::{EntryId, RoomId};
use crate::keys::{Purpose, base64url};
use crate::outbox::{self, Progress};
use crate::publish::{self, Envelope, Outcome, Published};
use crate::rooms::{self, NewRoom};
use crate::site::Site;
use crate::testing;

#[derive(Clone)]
struct App {
    site: Site,
    live: Live,
}

impl FromRef<App> for Site {
    fn from_ref(app: &App) -> Self {
        app.site.clone()
    }
}

impl FromRef<App> for Live {
    fn from_ref(app: &App) -> Self {
        app.live.clone()
    }
}

/// A server with one open room and its maker.
struct Server {
    site: Site,
    live: Live,
    address: SocketAddr,
    broadcast: Progress,
    room: RoomId,
    noor: Viewer,
    _folder: TempDir,
}

async fn server() -> Server {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let (site, folder) =
        testing::site_with(|config| config.public_url = format!("http://{address}").parse().unwrap()).await;
    let noor = testing::member(&site, "noor", Role::Admin).await;
    let (room, _) = rooms::create(&site, &noor, NewRoom { title: "lobby".into(), topic: String::new(), closed: false })
        .await
        .unwrap();
    let stop = CancellationToken::new();
    let broadcast =
        outbox::run(site.db.clone(), Arc::new(Broadcast::new(site.db.clone(), site.hub.clone())), stop.clone())
            .await
            .unwrap();
    let live = Live::start(&site, stop).await.unwrap();
    let app = super::routes::<App>().with_state(App { site: site.clone(), live: live.clone() });
    let app = crate::http::wrap(app, &site);
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    Server { site, live, address, broadcast, room, noor, _folder: folder }
}

impl Server {
    async fn member(&self, name: &str) -> Viewer {
        testing::member(&self.site, name, Role::Member).await
    }

    /// An API token of a member.
    async fn token(&self, viewer: &Viewer) -> String {
        accounts::token_add(&self.site, viewer, "test", 30).await.unwrap().secret
    }

    /// The cookie of a new session.
    async fn cookie(&self, name: &str) -> String {
        let signed =
            accounts::sign_in(&self.site, &Viewer::Guest, (name, testing::PASSWORD), &Caller::default()).await.unwrap();
        format!("{}={}", cookies::session_name(&self.site.config), signed.token)
    }

    async fn ticket(&self, cookie: &str) -> String {
        self.fetch_ticket(cookie, true).await.json::<Value>().await.unwrap()["ticket"].as_str().unwrap().to_owned()
    }

    /// Asks for a ticket as a page does, or as another site would.
    async fn fetch_ticket(&self, cookie: &str, csrf: bool) -> reqwest::Response {
        let url = format!("http://{}/live/ticket", self.address);
        let client = reqwest::Client::builder().tls_backend_preconfigured(tls()).build().unwrap();
        let mut request = client.post(url).header("cookie", cookie);
        if csrf {
            let secret = cookie.split_once('=').unwrap().1;
            request =
                request.header("x-csrf-token", base64url(&self.site.keys.mac(Purpose::Csrf, &[secret.as_bytes()])));
        }
        request.send().await.unwrap()
    }

    /// Opens a socket with these headers.
    async fn knock(&self, headers: &[(&'static str, &str)]) -> Result<Client, WsError> {
        let mut request = format!("ws://{}/live", self.address).into_client_request().unwrap();
        for (name, value) in headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        tokio_tungstenite::connect_async(request).await.map(|(socket, _)| Client { socket })
    }

    /// A socket of a program that follows these streams.
    async fn client(&self, viewer: &Viewer, streams: Value) -> Client {
        let token = self.token(viewer).await;
        self.client_with(&token, streams).await
    }

    async fn client_with(&self, token: &str, streams: Value) -> Client {
        let mut client = self.knock(&[]).await.unwrap();
        client.say(json!({"t": "hello", "v": 1, "token": token, "streams": streams})).await;
        client
    }

    /// A message sent past the sockets.
    async fn send(&self, viewer: &Viewer, nonce: &str, body: &str) -> Published {
        let message = rooms::Message { room: self.room, reply_to: None, body: body.into() };
        let envelope = Envelope { nonce: nonce.into(), ..Envelope::default() };
        match rooms::send(&self.site, viewer, message, envelope).await.unwrap() {
            Outcome::Published(published) => published,
            other => panic!("not published: {other:?}"),
        }
    }

    async fn remove(&self, viewer: &Viewer, entry: EntryId) {
        crate::moderation::remove(&self.site, viewer, entry).await.unwrap();
    }

    async fn settle(&self) {
        outbox::settle(&self.site.db, std::slice::from_ref(&self.broadcast)).await.unwrap();
    }
}

/// For a client that speaks plain HTTP only.
fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let versions = rustls::ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions().unwrap();
    versions.with_root_certificates(rustls::RootCertStore::empty()).with_no_client_auth()
}

/// The other end of a socket.
struct Client {
    socket: WebSocketStream<MaybeTlsStream<TcpStream>>,
}

impl Client {
    async fn say(&mut self, frame: Value) {
        self.say_text(&frame.to_string()).await;
    }

    async fn say_text(&mut self, text: &str) {
        self.socket.send(Message::text(text)).await.unwrap();
    }

    /// The next message, whatever it is; `Err`: the code of the close frame.
    async fn hear(&mut self) -> Result<Value, u16> {
        loop {
            match tokio::time::timeout(Duration::from_secs(10), self.socket.next()).await.expect("nothing came") {
                Some(Ok(Message::Text(text))) => return Ok(serde_json::from_str(&text).unwrap()),
                Some(Ok(Message::Close(frame))) => return Err(frame.map_or(1005, |frame| frame.code.into())),
                Some(Ok(_)) => {}
                Some(Err(_)) | None => return Err(1006),
            }
        }
    }

    /// The next frame of a kind, past pings and passing frames and whatever else came before.
    async fn until(&mut self, t: &str) -> Value {
        loop {
            let frame = self.hear().await.expect("closed");
            if frame["t"] == t {
                return frame;
            }
        }
    }

    /// The answer to a request.
    async fn ask(&mut self, frame: Value) -> Value {
        let id = frame["id"].clone();
        self.say(frame).await;
        loop {
            let frame = self.hear().await.expect("closed");
            if frame["id"] == id && !id.is_null() {
                return frame;
            }
        }
    }

    /// The goodbye and the close code.
    async fn farewell(&mut self) -> (Value, u16) {
        let mut bye = Value::Null;
        loop {
            match self.hear().await {
                Ok(frame) if frame["t"] == "bye" => bye = frame,
                Ok(_) => {}
                Err(code) => return (bye, code),
            }
        }
    }
}
