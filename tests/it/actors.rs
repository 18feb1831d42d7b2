//! The cast: a running server, guests, members, moderators, admins, socket clients.

use std::sync::atomic::{AtomicU64, Ordering};

use futures_util::{SinkExt, StreamExt};
use serde_json::{Value, json};
use tact::access::{Role, Viewer};
use tact::accounts::filling::Filling;
use tact::accounts::{self, Applicant};
use tact::app::{self, Running};
use tact::clock::Clock;
use tact::config::Sources;
use tact::limits::{Limits, Row};
use tact::{cli, router, serve};
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpStream};
use tokio_tungstenite::tungstenite::Message;
use tokio_tungstenite::{MaybeTlsStream, WebSocketStream};
use tokio_util::sync::CancellationToken;

pub const PASSWORD: &str = "a long enough sentence";

/// A server on a free port with its own database.
pub struct World {
    pub base: String,
    pub running: Running,
    stop: CancellationToken,
    folder: TempDir,
}

impl World {
    pub async fn new() -> Self {
        Self::with(|row| Row { allowed: 1_000_000, ..row }).await
    }

    pub async fn with(limits: impl Fn(Row) -> Row) -> Self {
        Self::at(Clock::system(), limits).await
    }

    /// With a clock that a test moves.
    pub async fn at(clock: Clock, limits: impl Fn(Row) -> Row) -> Self {
        let world = Self::empty(clock, limits).await;
        cli::demo::minimal(&world.running.app.site).await.unwrap();
        world
    }

    /// A community without any place yet.
    pub async fn bare() -> Self {
        Self::empty(Clock::system(), |row| Row { allowed: 1_000_000, ..row }).await
    }

    async fn empty(clock: Clock, limits: impl Fn(Row) -> Row) -> Self {
        rustls::crypto::ring::default_provider().install_default().ok();
        let folder = tempfile::tempdir().unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let base = format!("http://localhost:{port}");
        let mut sources = Sources::new();
        sources.flag("data", "--data", Some(folder.path().display().to_string()));
        sources.flag("public_url", "--public-url", Some(base.clone()));
        sources.flag("database", "--database", database().await);
        let config = sources.settle().unwrap();
        let site = app::open(config, Limits::with(Vec::new(), limits), clock).await.unwrap();
        let running = app::start(site).await.unwrap();
        let furnish = axum::Extension(cli::furnish(Filling::default()));
        let router = router::build(&running.app).layer(furnish);
        let stop = CancellationToken::new();
        tokio::spawn(serve::run(listener, router, serve::Caps::default(), stop.clone()));
        Self { base, running, stop, folder }
    }

    pub fn folder(&self) -> &std::path::Path {
        self.folder.path()
    }

    pub async fn settle(&self) {
        self.running.app.consumers.settle(&self.running.app.site.db).await.unwrap();
    }

    pub async fn end(self) {
        self.stop.cancel();
        self.running.stop().await;
    }

    pub fn guest(&self) -> Actor {
        Actor::guest(&self.base)
    }

    /// A member with an API token and a signed-in browser.
    pub async fn member(&self, name: &str, role: Role) -> Actor {
        let site = &self.running.app.site;
        let applicant = Applicant { name: name.to_owned(), password: PASSWORD.to_owned(), ..Applicant::default() };
        let member = accounts::add(site, applicant, role).await.unwrap();
        let token = accounts::token_add(site, &Viewer::Member(member), "test", 365).await.unwrap();
        let mut actor = self.guest();
        actor.sign_in(name).await;
        actor.token = Some(token.secret);
        actor
    }
}

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// A database of its own on the test cluster, or the embedded one.
pub async fn database() -> Option<String> {
    if std::env::var("TACT_TEST_DATABASE").as_deref() != Ok("postgres") {
        return None;
    }
    let cluster = std::env::var("TACT_TEST_POSTGRES").expect("TACT_TEST_POSTGRES names the test cluster");
    let name = format!("t{}_{}", std::process::id(), NUMBER.fetch_add(1, Ordering::Relaxed));
    let cluster = cluster.trim_end_matches('/').to_owned();
    let admin = sqlx::PgPool::connect(&format!("{cluster}/postgres")).await.unwrap();
    sqlx::query(sqlx::AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.unwrap();
    admin.close().await;
    Some(format!("{cluster}/{name}"))
}

/// Somebody with a browser (cookies) and perhaps an API token.
pub struct Actor {
    pub base: String,
    pub http: reqwest::Client,
    pub token: Option<String>,
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub text: String,
}

impl Answer {
    async fn of(response: reqwest::Response) -> Self {
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        Self { status, headers, text: response.text().await.unwrap() }
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON ({}): {}", self.status, self.text))
    }

    pub fn location(&self) -> String {
        self.headers.get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    }
}

impl Actor {
    /// Somebody with an empty browser.
    pub fn guest(base: &str) -> Self {
        let http =
            reqwest::Client::builder().cookie_store(true).redirect(reqwest::redirect::Policy::none()).build().unwrap();
        Self { base: base.to_owned(), http, token: None }
    }

    pub async fn get(&self, path: &str) -> Answer {
        Answer::of(self.http.get(format!("{}{path}", self.base)).header("accept", "text/html").send().await.unwrap())
            .await
    }

    pub async fn csrf(&self, page: &str) -> String {
        let text = self.get(page).await.text;
        let after = text.split("name=\"csrf\" content=\"").nth(1).unwrap_or_default();
        after.split('"').next().unwrap_or_default().to_owned()
    }

    /// Sends a form as a page of this site would.
    pub async fn form(&self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let mut token = self.csrf("/").await;
        if token.is_empty() {
            token = self.csrf("/signin").await;
        }
        let mut all = vec![("csrf", token.as_str())];
        all.extend_from_slice(fields);
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(all).finish();
        self.post_raw(path, body, &self.base).await
    }

    pub async fn post_raw(&self, path: &str, body: String, origin: &str) -> Answer {
        let request = self.http.post(format!("{}{path}", self.base)).header("origin", origin);
        let request = request.header("content-type", "application/x-www-form-urlencoded").header("accept", "text/html");
        Answer::of(request.body(body).send().await.unwrap()).await
    }

    pub async fn sign_in(&self, name: &str) {
        let answer = self.form("/signin", &[("name", name), ("password", PASSWORD)]).await;
        assert_eq!(answer.status, 303, "{}", answer.text);
    }

    pub async fn api(&self, method: &str, path: &str, body: Option<Value>) -> Answer {
        let method = reqwest::Method::from_bytes(method.as_bytes()).unwrap();
        let client = reqwest::Client::new();
        let mut request = client.request(method, format!("{}/api/v1{path}", self.base));
        if let Some(token) = &self.token {
            request = request.bearer_auth(token);
        }
        if let Some(body) = body {
            request = request.json(&body);
        }
        Answer::of(request.send().await.unwrap()).await
    }

    pub async fn start_topic(&self, title: &str, body: &str) -> i64 {
        let board = self.api("GET", "/boards", None).await.json()[0]["id"].as_i64().unwrap();
        let new =
            json!({ "nonce": format!("n-{}", title.replace(' ', "-")), "board": board, "title": title, "body": body });
        let answer = self.api("POST", "/topics", Some(new)).await;
        assert_eq!(answer.status, 201, "{}", answer.text);
        answer.json()["topic"].as_i64().unwrap()
    }

    pub async fn socket(&self) -> Socket {
        let url = format!("{}/live", self.base.replace("http", "ws"));
        let (stream, _) = tokio_tungstenite::connect_async(url).await.unwrap();
        let mut socket = Socket(stream);
        socket.send(json!({ "t": "hello", "v": 1, "id": 1, "token": self.token, "streams": [] })).await;
        socket.until(|frame| frame["t"] == "welcome").await;
        socket
    }
}

/// A socket client.
pub struct Socket(pub WebSocketStream<MaybeTlsStream<TcpStream>>);

impl Socket {
    pub async fn send(&mut self, frame: Value) {
        self.0.send(Message::text(frame.to_string())).await.unwrap();
    }

    /// The next frames, one by one, until one fits.
    pub async fn until(&mut self, wanted: impl Fn(&Value) -> bool) -> Value {
        let search = async {
            loop {
                let message = self.0.next().await.expect("the socket is open").unwrap();
                let Message::Text(text) = message else { continue };
                let value: Value = serde_json::from_str(&text).unwrap();
                let frames = if let Value::Array(list) = value { list } else { vec![value] };
                if let Some(frame) = frames.into_iter().find(|frame| wanted(frame)) {
                    return frame;
                }
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), search).await.expect("the frame comes")
    }
}
