//! The chat pages. They read, page back and post without JavaScript; what is live is added on top.

use axum::Router;
use axum::extract::{Form, FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::pages::{self, Wanted};
use super::views::{ComposerView, NewRoomPage, ReplyLine, RoomsPage};
use super::{Message, NewRoom, Opened};
use crate::access::{self, Action, Place, Target, Viewer};
use crate::entries::store::{self as entries, Window};
use crate::entries::views::WarningView;
use crate::error::{Error, FieldError, Result};
use crate::http::Sender;
use crate::http::forms::Sending;
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, page};
use crate::ids::EntryId;
use crate::publish::{self, Outcome};
use crate::site::Site;

/// The pages under `/chat`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/chat", get(list))
        .route("/chat/new", get(wish).post(create))
        .route("/chat/{room}", get(show).post(send))
        .route("/chat/{room}/m/{number}", get(permalink))
        .route("/chat/{room}/join", post(join))
        .route("/chat/{room}/leave", post(leave))
}

fn may_create(viewer: &Viewer) -> bool {
    viewer.member().is_ok() && access::decide(viewer, Action::CreateRoom, Place::Site, Target::default()).is_ok()
}

async fn list(Visit { site, viewer, chrome }: Visit) -> Result<Response> {
    let listed = super::list(&site, &viewer).await?;
    let links = pages::side(&listed, "");
    let rooms = pages::rows(listed, site.clock.now());
    page(
        StatusCode::OK,
        &RoomsPage { layout: chrome.layout("Chat", Tab::Chat), side: links, rooms, may_create: may_create(&viewer) },
    )
}

/// Which part of a room.
#[derive(Deserialize)]
struct Part {
    before: Option<i64>,
    after: Option<i64>,
    reply: Option<EntryId>,
}

async fn show(
    Visit { site, viewer, chrome }: Visit,
    Path(slug): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response> {
    let opened = super::open(&site, &viewer, &slug).await?;
    let page_of = match (part.before, part.after) {
        (Some(before), _) => super::page(&site, &opened, Window::Before(before), super::PAGE).await?,
        (None, Some(after)) => super::page(&site, &opened, Window::After(after), super::PAGE).await?,
        (None, None) => super::newest(&site, &opened).await?,
    };
    let reply = reply(&site, &opened, part.reply).await?;
    let composer = ComposerView { nonce: site.clock.token(), reply, ..ComposerView::default() };
    let (newest, room, head) = (!page_of.newer, opened.room.id, opened.head);
    let unread = opened.joined && opened.read_seq < head;
    let layout = chrome.layout(&opened.room.title, Tab::Chat);
    let view =
        pages::room(&site, &viewer, layout, opened, Wanted { page: page_of, target: None, newest, composer }).await?;
    if newest && unread {
        // The page shows everything up to its head. If that cannot be noted now, the next page notes it.
        if let Err(error) = super::mark_read(&site, &viewer, room, head).await {
            tracing::debug!(cause = %error, "a read position was not noted");
        }
    }
    page(StatusCode::OK, &view)
}

async fn permalink(
    Visit { site, viewer, chrome }: Visit,
    Path((slug, number)): Path<(String, i64)>,
) -> Result<Response> {
    let opened = super::open(&site, &viewer, &slug).await?;
    let around = super::around(&site, &opened, number).await?;
    if !around.messages.iter().any(|message| message.number == number) {
        return Err(Error::NotFound);
    }
    let composer = ComposerView { nonce: site.clock.token(), ..ComposerView::default() };
    let layout = chrome.layout(&opened.room.title, Tab::Chat);
    let wanted = Wanted { newest: !around.newer, page: around, target: Some(number), composer };
    page(StatusCode::OK, &pages::room(&site, &viewer, layout, opened, wanted).await?)
}

/// The message to be answered, if it is of this room and still shows.
async fn reply(site: &Site, opened: &Opened, id: Option<EntryId>) -> Result<Option<ReplyLine>> {
    let Some(id) = id else { return Ok(None) };
    let found = entries::by_ids(site.db.reads(), vec![id]).await?;
    let parent = found.iter().find(|entry| entry.room == Some(opened.room.id) && entry.is_shown());
    Ok(parent.map(pages::reply_line))
}

/// The form of a message.
#[derive(Deserialize)]
struct Writing {
    #[serde(flatten)]
    sending: Sending,
    #[serde(default)]
    body: String,
    reply_to: Option<EntryId>,
}

async fn send(
    Visit { site, viewer, chrome }: Visit,
    Sender(address): Sender,
    Path(slug): Path<String>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    viewer.member()?;
    let opened = super::open(&site, &viewer, &slug).await?;
    let mut composer =
        ComposerView { nonce: form.sending.nonce.clone(), body: form.body.clone(), ..ComposerView::default() };
    composer.reply = reply(&site, &opened, form.reply_to).await?;
    let status = if form.sending.choice == "edit" {
        StatusCode::OK
    } else {
        let envelope = form.sending.envelope(address);
        let message = Message { room: opened.room.id, reply_to: form.reply_to, body: form.body };
        match super::send(&site, &viewer, message, envelope).await {
            Ok(Outcome::Published(_) | Outcome::Held(_)) => {
                return Ok(Redirect::to(&format!("/chat/{slug}#end")).into_response());
            }
            Ok(Outcome::Warned(warning)) => {
                composer.warning = Some(WarningView::new(&warning));
                StatusCode::UNPROCESSABLE_ENTITY
            }
            Err(error) => {
                let status = kept(&error).ok_or(error)?;
                composer.error = Some(status.1);
                status.0
            }
        }
    };
    let newest = super::newest(&site, &opened).await?;
    let layout = chrome.layout(&opened.room.title, Tab::Chat);
    let wanted = Wanted { page: newest, target: None, newest: true, composer };
    page(status, &pages::room(&site, &viewer, layout, opened, wanted).await?)
}

/// Errors after which the text stays in the form: their status and sentence.
fn kept(error: &Error) -> Option<(StatusCode, String)> {
    let status = match error {
        Error::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Limited(_) => StatusCode::TOO_MANY_REQUESTS,
        Error::TooLarge(_) => StatusCode::PAYLOAD_TOO_LARGE,
        Error::Denied(..) => StatusCode::FORBIDDEN,
        Error::Conflict(..) => StatusCode::CONFLICT,
        Error::Unavailable(..) => StatusCode::SERVICE_UNAVAILABLE,
        Error::NotFound | Error::SignInNeeded | Error::Internal(_) => return None,
    };
    Some((status, error.message().into_owned()))
}

async fn join(State(site): State<Site>, viewer: Viewer, Path(slug): Path<String>) -> Result<Redirect> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    super::join(&site, &viewer, room).await?;
    Ok(Redirect::to(&format!("/chat/{slug}#end")))
}

async fn leave(State(site): State<Site>, viewer: Viewer, Path(slug): Path<String>) -> Result<Redirect> {
    let room = super::open(&site, &viewer, &slug).await?.room.id;
    super::leave(&site, &viewer, room).await?;
    Ok(Redirect::to("/chat"))
}

/// The form of a new room.
#[derive(Default, Deserialize)]
struct RoomForm {
    #[serde(default)]
    title: String,
    #[serde(default)]
    topic: String,
    #[serde(default)]
    access: String,
}

async fn wish(Visit { site, viewer, chrome }: Visit) -> Result<Response> {
    access::decide(&viewer, Action::CreateRoom, Place::Site, Target::default())?;
    new_room(&site, &viewer, &chrome, RoomForm::default(), &[]).await
}

async fn create(Visit { site, viewer, chrome }: Visit, Form(form): Form<RoomForm>) -> Result<Response> {
    let new = NewRoom { title: form.title.clone(), topic: form.topic.clone(), closed: form.access == "closed" };
    match super::create(&site, &viewer, new).await {
        Ok((_, slug)) => Ok(Redirect::to(&format!("/chat/{slug}")).into_response()),
        Err(Error::Invalid(fields)) => new_room(&site, &viewer, &chrome, form, &fields).await,
        Err(error) => Err(error),
    }
}

async fn new_room(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    form: RoomForm,
    wrong: &[FieldError],
) -> Result<Response> {
    let error = |name: &str| wrong.iter().find(|field| field.field == name).map(|field| field.message.to_string());
    let status = if wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let view = NewRoomPage {
        layout: chrome.layout("New room", Tab::Chat),
        side: pages::side(&super::list(site, viewer).await?, ""),
        closed: form.access == "closed",
        title_error: error("title"),
        topic_error: error("topic"),
        title: form.title,
        topic: form.topic,
        // The topic line is refused, not warned about: there is no room yet to ask a moderator of.
        warning: None,
        asks: publish::unwelcome_rules(),
    };
    page(status, &view)
}
