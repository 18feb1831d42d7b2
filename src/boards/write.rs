//! Forms that publish: new topics, replies, edits, removals. What is refused comes back with its text.

use axum::Router;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Extension, routing::post};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::html::page;
use super::pages::{self, Around};
use super::store::Readings;
use super::views::{Composer, HistoryPage, PostView, RemovePage, WritePage};
use crate::access::{self, Action, Target, Viewer};
use crate::entity::entry;
use crate::entries::store as entries;
use crate::entries::views::{SafeHtml, Stamp, WarningView};
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::http::layout::Tab;
use crate::http::page::Chrome;
use crate::ids::{BoardId, EntryId, TopicId};
use crate::limits::{Key, Quota};
use crate::publish::{self, Choice, Envelope, Outcome, Published, Submission};
use crate::site::Site;
use crate::text::Profile;

/// Everything that writes.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/new", get(new_topic).post(start))
        .route("/t/{id}/reply", post(reply_to_topic))
        .route("/p/{id}/reply", get(reply_page).post(reply))
        .route("/p/{id}/edit", get(edit_page).post(edit))
        .route("/p/{id}/edits", get(history))
        .route("/p/{id}/remove", get(remove_page).post(remove))
}

/// The form of a post or topic.
#[derive(Deserialize, Clone, Default)]
struct Writing {
    #[serde(default)]
    nonce: String,
    #[serde(default)]
    body: String,
    title: Option<String>,
    board: Option<BoardId>,
    reply_to: Option<EntryId>,
    revision: Option<i64>,
    #[serde(default)]
    choice: String,
    #[serde(default)]
    consent: String,
    ack: Option<String>,
}

impl Writing {
    fn envelope(&self, from: Option<Extension<ClientAddress>>) -> Envelope {
        let choice = Choice::from_form(&self.choice, &self.consent, self.ack.is_some());
        Envelope { nonce: self.nonce.clone(), choice, address: from.map(|from| from.0.0) }
    }
}

/// Where a request came from.
type From = Option<Extension<ClientAddress>>;

/// What a form's page needs to come back with.
struct Desk<'a> {
    site: &'a Site,
    viewer: &'a Viewer,
    chrome: &'a Chrome,
    heading: String,
    back: (String, String),
    parent: Option<PostView>,
    composer: Composer,
}

/// Takes a submission; answers with where it stands, or with the form, its text, and what to do.
async fn submit(mut desk: Desk<'_>, submission: Submission, (form, from): (Writing, From)) -> Result<Response> {
    if form.choice == "preview" || form.choice == "edit" {
        return preview(desk, &form, from).await;
    }
    match publish::publish(desk.site, desk.viewer, submission, form.envelope(from)).await {
        Ok(Outcome::Published(published)) => {
            Ok(Redirect::to(&landing(desk.site, desk.viewer, &published).await?).into_response())
        }
        Ok(Outcome::Held(_)) => Ok(Redirect::to("/my/held").into_response()),
        Ok(Outcome::Warned(warning)) => {
            desk.composer.warning = Some(WarningView::new(&warning));
            show(desk, StatusCode::UNPROCESSABLE_ENTITY)
        }
        Err(error @ (Error::SignInNeeded | Error::NotFound | Error::Internal(_))) => Err(error),
        Err(error) => {
            desk.composer.error = Some(error.message().into_owned());
            show(desk, crate::http::problem::status(&error))
        }
    }
}

async fn preview(mut desk: Desk<'_>, form: &Writing, from: From) -> Result<Response> {
    let member = desk.viewer.member()?.id;
    desk.site.limits.check(Quota::Preview, Key::Member(member), from.map(|from| from.0.0))?;
    if form.choice == "preview" {
        match publish::preview(form.body.clone(), Profile::Post).await {
            Ok(preview) => desk.composer.preview = Some(SafeHtml(preview.html)),
            Err(error) => desk.composer.error = Some(error.message().into_owned()),
        }
    }
    show(desk, StatusCode::OK)
}

fn show(desk: Desk<'_>, status: StatusCode) -> Result<Response> {
    let layout = desk.chrome.layout(&desk.heading, Tab::Boards);
    page(
        status,
        &WritePage { layout, heading: desk.heading, back: desk.back, parent: desk.parent, composer: desk.composer },
    )
}

async fn landing(site: &Site, viewer: &Viewer, published: &Published) -> Result<String> {
    let entry = publish::visible(site, viewer, published.entry.ok_or(Error::NotFound)?).await?;
    address(site, viewer, &entry).await
}

/// Address of an entry on its page.
pub async fn address(site: &Site, viewer: &Viewer, entry: &entry::Model) -> Result<String> {
    let number = entry.number.unwrap_or(1);
    if let Some(topic) = entry.topic_id {
        let opened = super::open(site, viewer, topic).await?;
        return Ok(format!("{}/{number}#p{number}", pages::topic_url(&opened.topic)));
    }
    let room = crate::rooms::slug_of(site, entry.room_id.ok_or(Error::NotFound)?).await?;
    Ok(format!("/chat/{room}/m/{number}#m{number}"))
}

/// Which board a new topic is for.
#[derive(Deserialize)]
struct For {
    board: Option<String>,
}

async fn boards(
    site: &Site,
    viewer: &Viewer,
    chosen: impl Fn(&crate::entity::board::Model) -> bool,
) -> Result<Vec<(i64, String, bool)>> {
    let boards = crate::http::store::readable(site.db.reads(), viewer).await?;
    let open = boards.iter().filter(|board| {
        access::decide(viewer, Action::StartTopic, publish::board_place(board), Target::default()).is_ok()
    });
    Ok(open.map(|board| (board.id.0, board.title.clone(), chosen(board))).collect())
}

async fn new_topic(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Query(wish): Query<For>,
) -> Result<Response> {
    viewer.member()?;
    let boards = boards(&site, &viewer, |board| Some(&board.slug) == wish.board.as_ref()).await?;
    let composer = Composer { boards, title: Some(String::new()), ..blank(&site, "/new", "Start the topic") };
    show(
        Desk {
            site: &site,
            viewer: &viewer,
            chrome: &chrome,
            heading: "New topic".to_owned(),
            back: home(),
            parent: None,
            composer,
        },
        StatusCode::OK,
    )
}

fn home() -> (String, String) {
    ("/".to_owned(), "Latest".to_owned())
}

fn blank(site: &Site, action: &str, button: &'static str) -> Composer {
    Composer { action: action.to_owned(), nonce: site.clock.token(), button, ..Composer::default() }
}

async fn start(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    from: From,
    Form(form): Form<Writing>,
) -> Result<Response> {
    viewer.member()?;
    let board = form.board.ok_or_else(|| Error::field("board", "Choose a board."))?;
    let title = form.title.clone().unwrap_or_default();
    let boards = boards(&site, &viewer, |each| each.id == board).await?;
    let composer = Composer { boards, title: Some(title.clone()), ..kept(&form, "/new", "Start the topic") };
    let submission = Submission::Topic { board, title, body: form.body.clone() };
    let desk = Desk {
        site: &site,
        viewer: &viewer,
        chrome: &chrome,
        heading: "New topic".to_owned(),
        back: home(),
        parent: None,
        composer,
    };
    submit(desk, submission, (form, from)).await
}

fn kept(form: &Writing, action: &str, button: &'static str) -> Composer {
    Composer {
        action: action.to_owned(),
        nonce: form.nonce.clone(),
        button,
        body: form.body.clone(),
        reply_to: form.reply_to.map(|id| id.0),
        revision: form.revision,
        ..Composer::default()
    }
}

async fn reply_to_topic(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    from: From,
    Path(id): Path<TopicId>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    viewer.member()?;
    let opened = super::open(&site, &viewer, id).await?;
    let composer =
        Composer { heading: "Reply to the topic".to_owned(), ..kept(&form, &format!("/t/{id}/reply"), "Reply") };
    let back = (pages::topic_url(&opened.topic), opened.topic.title.clone());
    let submission = Submission::Post { topic: id, reply_to: form.reply_to, body: form.body.clone() };
    let desk = Desk {
        site: &site,
        viewer: &viewer,
        chrome: &chrome,
        heading: "Reply".to_owned(),
        back,
        parent: None,
        composer,
    };
    submit(desk, submission, (form, from)).await
}

/// A post with its view, for the pages around one post.
async fn one_post(
    site: &Site,
    viewer: &Viewer,
    id: EntryId,
) -> Result<(crate::entries::Entry, PostView, (String, String))> {
    publish::visible(site, viewer, id).await?;
    let entry = entries::one(site.db.reads(), id).await?;
    let Some(topic) = entry.topic else {
        let row = publish::visible(site, viewer, id).await?;
        let view = PostView {
            id: id.0,
            number: entry.number,
            author: (&entry.author).into(),
            at: Stamp::new(entry.at, site.clock.now()),
            html: SafeHtml(entry.html.clone()),
            revision: entry.revision,
            ..PostView::default()
        };
        return Ok((entry, view, (address(site, viewer, &row).await?, "Chat".to_owned())));
    };
    let opened = super::open(site, viewer, topic).await?;
    let readings = Readings::load(site.db.reads(), &Viewer::Guest, []).await?;
    let around = Around { opened: &opened, viewer, now: site.clock.now(), readings: &readings, target: None };
    let view = pages::post(&around, &entry);
    let back = (format!("{}/{}", pages::topic_url(&opened.topic), entry.number), opened.topic.title.clone());
    Ok((entry, view, back))
}

async fn reply_page(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    viewer.member()?;
    let (entry, view, back) = one_post(&site, &viewer, id).await?;
    let heading = format!("Reply to {}", entry.author.display);
    let composer =
        Composer { heading: heading.clone(), reply_to: Some(id.0), ..blank(&site, &format!("/p/{id}/reply"), "Reply") };
    show(
        Desk { site: &site, viewer: &viewer, chrome: &chrome, heading, back, parent: Some(view), composer },
        StatusCode::OK,
    )
}

async fn reply(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    from: From,
    Path(id): Path<EntryId>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    viewer.member()?;
    let (entry, view, back) = one_post(&site, &viewer, id).await?;
    let heading = format!("Reply to {}", entry.author.display);
    let composer =
        Composer { heading: heading.clone(), reply_to: Some(id.0), ..kept(&form, &format!("/p/{id}/reply"), "Reply") };
    let body = form.body.clone();
    let submission = match (entry.topic, entry.room) {
        (Some(topic), _) => Submission::Post { topic, reply_to: Some(id), body },
        (None, Some(room)) => Submission::Message { room, reply_to: Some(id), body },
        (None, None) => return Err(Error::NotFound),
    };
    submit(
        Desk { site: &site, viewer: &viewer, chrome: &chrome, heading, back, parent: Some(view), composer },
        submission,
        (form, from),
    )
    .await
}

async fn edit_page(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    let (entry, back, title) = editable(&site, &viewer, id).await?;
    let composer = Composer {
        title,
        body: entry.source.clone(),
        revision: Some(entry.revision),
        ..blank(&site, &format!("/p/{id}/edit"), "Save")
    };
    show(
        Desk {
            site: &site,
            viewer: &viewer,
            chrome: &chrome,
            heading: "Edit".to_owned(),
            back,
            parent: None,
            composer,
        },
        StatusCode::OK,
    )
}

/// An entry that the viewer may change, the way back, and its title if it is a topic's first post.
async fn editable(
    site: &Site,
    viewer: &Viewer,
    id: EntryId,
) -> Result<(crate::entries::Entry, (String, String), Option<String>)> {
    viewer.member()?;
    let (entry, _, back) = one_post(site, viewer, id).await?;
    let row = publish::visible(site, viewer, id).await?;
    let place = publish::place(site, viewer, &row).await?;
    let target = Target { author: Some(entry.author.id), removed: !entry.is_shown(), ..Target::default() };
    access::decide(viewer, Action::Edit, place, target)?;
    let title = (entry.topic.is_some() && entry.number == 1).then(|| back.1.clone());
    Ok((entry, back, title))
}

async fn edit(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    from: From,
    Path(id): Path<EntryId>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    let (entry, back, title) = editable(&site, &viewer, id).await?;
    let revision = form.revision.ok_or_else(|| Error::field("revision", "Load the page again before saving."))?;
    let title = title.map(|old| form.title.clone().unwrap_or(old));
    let mut composer = Composer { title: title.clone(), ..kept(&form, &format!("/p/{id}/edit"), "Save") };
    if revision != entry.revision && entry.source != form.body {
        composer.theirs = Some(entry.source.clone());
        composer.revision = Some(entry.revision);
    }
    let submission = Submission::Edit { entry: id, revision, title, body: form.body.clone() };
    submit(
        Desk {
            site: &site,
            viewer: &viewer,
            chrome: &chrome,
            heading: "Edit".to_owned(),
            back,
            parent: None,
            composer,
        },
        submission,
        (form, from),
    )
    .await
}

async fn history(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    let (entry, _, back) = one_post(&site, &viewer, id).await?;
    if !entry.is_shown() {
        return Err(Error::NotFound);
    }
    let now = site.clock.now();
    let current =
        (entry.revision, Stamp::new(entry.edited_at.unwrap_or(entry.at), now), SafeHtml(entry.html.clone()), false);
    let earlier = entries::revisions(site.db.reads(), id).await?;
    let earlier =
        earlier.into_iter().map(|old| (old.revision, Stamp::new(old.at, now), SafeHtml(old.html), old.redacted != 0));
    let view = HistoryPage {
        layout: chrome.layout("Edits", Tab::Boards),
        back,
        author: (&entry.author).into(),
        revisions: [current].into_iter().chain(earlier).collect(),
    };
    page(StatusCode::OK, &view)
}

async fn remove_page(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(id): Path<EntryId>,
) -> Result<Response> {
    viewer.member()?;
    let (_, post, back) = one_post(&site, &viewer, id).await?;
    page(StatusCode::OK, &RemovePage { layout: chrome.layout("Remove", Tab::Boards), back, post })
}

async fn remove(State(site): State<Site>, viewer: Viewer, Path(id): Path<EntryId>) -> Result<Redirect> {
    viewer.member()?;
    let row = publish::visible(&site, &viewer, id).await?;
    publish::remove(&site, &viewer, id).await?;
    let gone_topic = row.topic_id.is_some() && row.number == Some(1);
    Ok(Redirect::to(&if gone_topic { "/".to_owned() } else { address(&site, &viewer, &row).await? }))
}
