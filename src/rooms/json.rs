//! The API's part about rooms: lists, history, sending, membership, read positions.

mod shapes;

use axum::Json;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use self::shapes::{History, NewMessage, Part, ReadUpTo, RoomChange, RoomDetail, RoomItem, RoomMade, RoomWish};
use super::{Change, NewRoom};
use crate::access::Viewer;
use crate::entries::store::Window;
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::http::json::{self, Asked, Done, EntryItem, Waiting};
use crate::publish::{Envelope, Outcome};
use crate::site::Site;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(list, create))
        .routes(routes!(show, update))
        .routes(routes!(messages, send))
        .routes(routes!(join, leave))
        .routes(routes!(mark_read))
}

/// The rooms you can see.
#[utoipa::path(get, path = "/api/v1/rooms", tag = "rooms", responses((status = OK, body = Vec<RoomItem>)))]
async fn list(State(site): State<Site>, viewer: Viewer) -> Result<Json<Vec<RoomItem>>> {
    Ok(Json(super::list(&site, &viewer).await?.into_iter().map(RoomItem::from).collect()))
}

/// Make a room. For moderators.
#[utoipa::path(post, path = "/api/v1/rooms", tag = "rooms", request_body = RoomWish, responses((status = CREATED, body = RoomMade)))]
async fn create(State(site): State<Site>, viewer: Viewer, Json(wish): Json<RoomWish>) -> Result<Response> {
    let new = NewRoom { title: wish.title, topic: wish.topic, closed: wish.closed };
    let (id, slug) = super::create(&site, &viewer, new).await?;
    Ok(json::created(&format!("/api/v1/rooms/{slug}"), RoomMade { id, slug }))
}

/// One room.
#[utoipa::path(get, path = "/api/v1/rooms/{slug}", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")),
    responses((status = OK, body = RoomDetail), (status = NOT_FOUND, description = "No such room, or not for you")))]
async fn show(State(site): State<Site>, viewer: Viewer, Path(slug): Path<String>) -> Result<Json<RoomDetail>> {
    Ok(Json(detail(&site, &viewer, &slug).await?))
}

async fn detail(site: &Site, viewer: &Viewer, slug: &str) -> Result<RoomDetail> {
    let opened = super::open(site, viewer, slug).await?;
    let row = super::list(site, viewer)
        .await?
        .into_iter()
        .find(|row| row.room.id == opened.room.id)
        .ok_or(Error::NotFound)?;
    let (_, here) = super::here(site, &opened).await?;
    Ok(RoomDetail { room: row.into(), head: opened.head, read: opened.read_seq, here })
}

/// Change a room. For its moderators. What else changes is changed even when the topic line is held or asked about.
#[utoipa::path(patch, path = "/api/v1/rooms/{slug}", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")), request_body = RoomChange,
    responses((status = OK, body = RoomDetail), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked)))]
async fn update(
    State(site): State<Site>,
    viewer: Viewer,
    Path(slug): Path<String>,
    from: Address,
    Json(wish): Json<RoomChange>,
) -> Result<Response> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    let changes = [
        wish.title.map(Change::Rename),
        wish.closed.map(Change::Close),
        wish.archived.map(Change::Archive),
        wish.slow_s.map(Change::Slow),
    ];
    for change in changes.into_iter().flatten() {
        super::change(&site, &viewer, room, change).await?;
    }
    if let Some(topic) = wish.topic {
        let envelope = Envelope { nonce: wish.nonce, choice: wish.answer.choice(), address: from.0 };
        match super::set_topic(&site, &viewer, room, topic, envelope).await? {
            Outcome::Published(_) => {}
            other => return Ok(json::answer(other, |_| StatusCode::NO_CONTENT.into_response())),
        }
    }
    Ok(Json(detail(&site, &viewer, &slug).await?).into_response())
}

/// Messages of a room; without `before` and `after` the newest.
#[utoipa::path(get, path = "/api/v1/rooms/{slug}/messages", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL"), Part),
    responses((status = OK, body = History), (status = NOT_FOUND, description = "No such room, or not for you")))]
async fn messages(
    State(site): State<Site>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Query(part): Query<Part>,
) -> Result<Json<History>> {
    let window = match (part.before, part.after) {
        (None, None) => Window::Before(i64::MAX),
        (Some(before), None) => Window::Before(before),
        (None, Some(after)) => Window::After(after),
        (Some(_), Some(_)) => return Err(Error::field("after", "Either before or after, not both.")),
    };
    let opened = super::open(&site, &viewer, &slug).await?;
    let page = super::page(&site, &opened, window, part.limit.unwrap_or(super::PAGE).clamp(1, super::PAGE)).await?;
    let more = if part.after.is_some() { page.newer } else { page.older };
    Ok(Json(History { messages: page.messages.into_iter().map(EntryItem::from).collect(), more, head: opened.head }))
}

/// Send a message.
#[utoipa::path(post, path = "/api/v1/rooms/{slug}/messages", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")), request_body = NewMessage,
    responses((status = CREATED, body = Done), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked)))]
async fn send(
    State(site): State<Site>,
    viewer: Viewer,
    Path(slug): Path<String>,
    from: Address,
    Json(new): Json<NewMessage>,
) -> Result<Response> {
    viewer.member()?;
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    let envelope = Envelope { nonce: new.nonce, choice: new.answer.choice(), address: from.0 };
    let message = super::Message { room, reply_to: new.reply_to, body: new.body };
    Ok(json::written(super::send(&site, &viewer, message, envelope).await?))
}

/// Join a room.
#[utoipa::path(put, path = "/api/v1/rooms/{slug}/membership", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")), responses((status = NO_CONTENT)))]
async fn join(State(site): State<Site>, viewer: Viewer, Path(slug): Path<String>) -> Result<StatusCode> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    super::join(&site, &viewer, room).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Leave a room.
#[utoipa::path(delete, path = "/api/v1/rooms/{slug}/membership", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")), responses((status = NO_CONTENT)))]
async fn leave(State(site): State<Site>, viewer: Viewer, Path(slug): Path<String>) -> Result<StatusCode> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    super::leave(&site, &viewer, room).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Note how far you have read a room.
#[utoipa::path(put, path = "/api/v1/rooms/{slug}/read", tag = "rooms", params(("slug" = String, Path, description = "Name in the URL")), request_body = ReadUpTo, responses((status = NO_CONTENT)))]
async fn mark_read(
    State(site): State<Site>,
    viewer: Viewer,
    Path(slug): Path<String>,
    Json(read): Json<ReadUpTo>,
) -> Result<StatusCode> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    super::mark_read(&site, &viewer, room, read.seq).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// The client's address, for limits.
struct Address(Option<std::net::IpAddr>);

impl<S: Send + Sync> axum::extract::FromRequestParts<S> for Address {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(parts.extensions.get::<ClientAddress>().map(|address| address.0)))
    }
}
