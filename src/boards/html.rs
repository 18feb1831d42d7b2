//! The board pages. Reading changes nothing; how far one has read is a POST.

mod desk;
mod edit;
mod lists;
mod topic;
mod write;

use axum::Router;
use axum::extract::{FromRef, Path, State};
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::{get, post};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::{Change, pages};
use crate::access::Viewer;
use crate::error::{Error, Result};
use crate::ids::{EntryId, TopicId};
use crate::publish;
use crate::site::Site;

/// Lists, topics, and what is written there.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/", get(lists::latest))
        .route("/unread", get(lists::unread))
        .route("/unanswered", get(lists::unanswered))
        .route("/read", post(read_all))
        .route("/b/{board}", get(lists::board))
        .route("/t/{id}", get(short))
        .route("/t/{id}/{slug}", get(topic::show))
        .route("/t/{id}/{slug}/{number}", get(topic::at_post))
        .route("/t/{id}/read", post(read))
        .route("/t/{id}/change", post(change))
        .route("/p/{id}", get(permalink))
        .route("/new", get(write::new_topic).post(write::start))
        .route("/t/{id}/reply", post(write::reply_to_topic))
        .route("/p/{id}/reply", get(write::reply_page).post(write::reply))
        .route("/p/{id}/edit", get(edit::show).post(edit::save))
        .route("/p/{id}/edits", get(edit::history))
        .route("/p/{id}/remove", get(edit::remove_page).post(edit::remove))
}

async fn short(State(site): State<Site>, viewer: Viewer, Path(id): Path<TopicId>) -> Result<Redirect> {
    let opened = super::open(&site, &viewer, id).await?;
    Ok(Redirect::permanent(&pages::topic_url(&opened.topic)))
}

async fn permalink(State(site): State<Site>, viewer: Viewer, Path(id): Path<EntryId>) -> Result<Redirect> {
    let entry = publish::visible(&site, &viewer, id).await?;
    Ok(Redirect::to(&pages::address(&site, &viewer, &entry).await?))
}

/// How far somebody has read.
#[derive(Deserialize)]
struct Read {
    number: i64,
}

async fn read(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<TopicId>,
    Form(read): Form<Read>,
) -> Result<StatusCode> {
    super::mark_read(&site, &viewer, id, read.number).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn read_all(State(site): State<Site>, viewer: Viewer) -> Result<Redirect> {
    super::mark_all_read(&site, &viewer).await?;
    Ok(Redirect::to("/"))
}

/// What a moderator changes.
#[derive(Deserialize)]
struct Wish {
    change: String,
}

async fn change(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<TopicId>,
    Form(wish): Form<Wish>,
) -> Result<Redirect> {
    let change = match wish.change.as_str() {
        "pin" => Change::Pin(true),
        "unpin" => Change::Pin(false),
        "lock" => Change::Lock(true),
        "unlock" => Change::Lock(false),
        _ => return Err(Error::field("change", "Choose pin, unpin, lock or unlock.")),
    };
    super::change(&site, &viewer, id, change).await?;
    Ok(Redirect::to(&format!("/t/{id}")))
}
