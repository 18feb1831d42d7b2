//! What every request passes, seen from outside: a small router inside the real layers.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic)]

mod answers;
mod refusals;

use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Request, StatusCode};
use axum::response::{Html, IntoResponse};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use tempfile::TempDir;
use tower::ServiceExt;

use super::{ClientAddress, Secret, csrf, wrap};
use crate::config::Config;
use crate::error::{Error, Limited};
use crate::limits::{Limits, Quota, Row};
use crate::site::{Handles, Site};
use crate::testing;

#[derive(serde::Deserialize)]
struct Note {
    title: String,
    count: u8,
}

/// A site at a public URL with its layers around a few routes.
struct Rig {
    site: Site,
    router: Router,
    _folder: TempDir,
}

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_else(|_| panic!("no JSON: {}", self.text))
    }
}

impl Rig {
    async fn new() -> Self {
        Self::with(|_| {}, |row| Row { allowed: 1_000_000, window_s: 1, ..row }).await
    }

    async fn with(change: impl FnOnce(&mut Config), rows: impl Fn(Row) -> Row) -> Self {
        let (site, folder) = testing::site_with(|config| {
            config.public_url = "https://forum.example".parse().unwrap();
            change(config);
        })
        .await;
        let limits = Limits::with(site.config.exempt.clone(), rows);
        let site = Site::new(Handles {
            config: site.config.clone(),
            clock: site.clock.clone(),
            keys: site.keys.clone(),
            db: site.db.clone(),
            limits: limits.into(),
            hub: site.hub.clone(),
        });
        let router = wrap(routes().with_state(site.clone()), &site);
        Self { site, router, _folder: folder }
    }

    async fn send(&self, request: Request<Body>) -> Answer {
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let text = String::from_utf8_lossy(&to_bytes(body, usize::MAX).await.unwrap()).into_owned();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    async fn get(&self, path: &str) -> Answer {
        self.send(page(path).body(Body::empty()).unwrap()).await
    }

    async fn api(&self, path: &str) -> Answer {
        self.send(at("GET", path).body(Body::empty()).unwrap()).await
    }

    /// A form of a guest, as our own page sends it.
    async fn form(&self, path: &str, secret: &str, token: &str, fields: &str) -> Answer {
        let request = at("POST", path)
            .header("origin", "https://forum.example")
            .header("cookie", format!("__Host-tact-form={secret}"))
            .header("content-type", "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(format!("csrf={token}&{fields}"))).unwrap()).await
    }

    fn token(&self, secret: &str) -> String {
        csrf::token(&self.site.keys, &Secret(secret.to_owned()))
    }
}

fn at(method: &str, path: &str) -> axum::http::request::Builder {
    Request::builder().method(method).uri(path).header("host", "forum.example")
}

fn page(path: &str) -> axum::http::request::Builder {
    at("GET", path).header("accept", "text/html")
}

fn routes() -> Router<Site> {
    let limited = || Error::Limited(Limited { quota: "posts", retry_after_s: 12, allowed: 6, window_s: 60 });
    let api = Router::new()
        .route(
            "/api/v1/note",
            post(|Json(note): Json<Note>| async move { format!("{} {}", note.title.len(), note.count) }),
        )
        .route("/api/v1/limited", get(move || async move { limited() }))
        .route("/api/v1/broken", get(broken));
    Router::new()
        .merge(api)
        .merge(super::assets::routes())
        .route("/", get(|| async { Html("hello") }))
        .route("/b/{board}", get(|| async { Html("a board") }))
        .route("/note", post(|Form(note): Form<Note>| async move { format!("{} {}", note.title.len(), note.count) }))
        .route("/broken", get(broken))
        .route("/panics", get(panics))
        .route("/slow", get(|| async { std::future::pending::<()>().await }))
        .route("/hidden", get(|| async { Error::NotFound }))
        .route("/mine", get(|| async { Error::SignInNeeded }))
        .route("/readyz", get(|| async { "ok" }))
        .route("/address", get(address))
        .fallback(|| async { Error::NotFound })
}

async fn broken() -> Error {
    Error::internal("the disk of secret-host is on fire")
}

async fn panics() -> &'static str {
    panic!("a private sentence")
}

async fn address(State(_): State<Site>, address: axum::Extension<ClientAddress>) -> impl IntoResponse {
    address.0.0.to_string()
}

const SECRET: &str = "0123456789012345678901234567890123456789012";
const OTHER: &str = "9876543210987654321098765432109876543210987";

fn only(quota: Quota) -> impl Fn(Row) -> Row {
    move |row| if row.quota == quota { row } else { Row { allowed: 1_000_000, window_s: 1, ..row } }
}
