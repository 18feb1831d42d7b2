//! Every URL in one table, and the layers around it.
//!
//! ```text
//! /  /unread  /unanswered  /b/{board}                      lists of topics        boards
//! /t/{id}/{slug}[/{number}]  /new  /p/{id}[/reply|edit|…]   topics and entries     boards
//! /chat[/{room}[/m/{number}]]  /live  /live/ticket          rooms and sockets      rooms, live
//! /search                                                  search                 search
//! /review…  /my/…  /p/{id}/flag  /admin…                    moderation             moderation, admin
//! /signin /signup /signout /setup[/…] /u/{name} /settings/… accounts               accounts
//! /filter                                                   what the filter does   filter
//! /api/v1/…  /api/v1/openapi.json                           the same as JSON       */json.rs
//! /a/{build}/…  /healthz  /readyz  /csp                     assets and operation   http, here
//! ```

use axum::Json;
use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::IntoResponse;
use axum::routing::{get, post};
use serde_json::json;
use utoipa::OpenApi;
use utoipa_axum::router::OpenApiRouter;

use crate::app::App;
use crate::error::Error;
use crate::http;
use crate::site::Site;
use crate::{accounts, admin, boards, filter, live, moderation, outbox, rooms, search};

/// Head of the API document.
#[derive(OpenApi)]
#[openapi(
    info(
        title = "Tact",
        version = "1",
        description = "What the pages do, as JSON. Sign in with a session cookie and `X-CSRF-Token`, or with `Authorization: Bearer tact_pat_…`. Errors are problem documents (RFC 9457)."
    ),
    components(schemas(http::problem::Problem))
)]
struct ApiDoc;

/// The router with everything around it.
pub fn build(app: &App) -> Router {
    let (api, document) = OpenApiRouter::with_openapi(ApiDoc::openapi())
        .merge(accounts::json::api())
        .merge(boards::json::api())
        .merge(rooms::json::api())
        .merge(search::json::api())
        .merge(moderation::json::api())
        .merge(filter::json::api())
        .split_for_parts();
    let document = http::document::complete(&document);
    let router = Router::new()
        .merge(boards::html::routes())
        .merge(rooms::html::routes())
        .merge(live::routes())
        .merge(search::html::routes())
        .merge(moderation::html::routes())
        .merge(admin::html::routes())
        .merge(accounts::html::routes())
        .merge(filter::html::routes())
        .merge(http::assets::routes())
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/csp", post(|| async { StatusCode::NO_CONTENT }))
        .route("/api/v1/openapi.json", get(move || async move { Json(document) }))
        .merge(api)
        .fallback(|| async { Error::NotFound })
        .with_state(app.clone());
    http::wrap(router, &app.site)
}

/// Whether this process can do its work now: the database takes writes, and the readers of the log keep up.
async fn ready(State(site): State<Site>, State(consumers): State<crate::app::Consumers>) -> impl IntoResponse {
    let writes = site.db.probe().await.is_ok();
    let reads = outbox::probe(&site.db).await.is_ok();
    let behind = consumers.behind(&site.db).await.unwrap_or(i64::MAX);
    let good = writes && reads && behind < 10_000;
    let status = if good { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (
        status,
        Json(json!({ "database_writes": writes, "database_reads": reads, "events_behind": behind, "ready": good })),
    )
}
