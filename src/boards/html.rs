//! The board pages: lists and topics. Reading changes nothing; how far one has read is a POST.

use askama::Template;
use axum::Router;
use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{Html, IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum_extra::extract::Form;
use serde::Deserialize;

use super::pages::{self, Around};
use super::store::{self, Readings, Wanted};
use super::views::{Composer, HeldView, ListPage, ListTab, Pages, RoomNow, TopicPage};
use super::{Change, Cursor, Filter, Opened, POSTS, TOPICS};
use crate::access::{self, Action, Target, Viewer};
use crate::entity::board;
use crate::entries::store as entries;
use crate::entries::store::Order;
use crate::entries::views::Stamp;
use crate::error::{Error, Result};
use crate::http::layout::Tab;
use crate::http::page::Chrome;
use crate::ids::{EntryId, Stream, TopicId};
use crate::outbox;
use crate::publish;
use crate::site::Site;

/// Lists, topics, and what is written there.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/", get(latest))
        .route("/unread", get(unread))
        .route("/unanswered", get(unanswered))
        .route("/read", post(read_all))
        .route("/b/{board}", get(board_page))
        .route("/t/{id}", get(short))
        .route("/t/{id}/{slug}", get(topic))
        .route("/t/{id}/{slug}/{number}", get(at_post))
        .route("/t/{id}/read", post(read))
        .route("/t/{id}/change", post(change))
        .route("/p/{id}", get(permalink))
        .merge(super::write::routes())
}

/// Answers with a page.
pub fn page(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, Html(page.render().map_err(Error::internal)?)).into_response())
}

/// Where a list goes on.
#[derive(Deserialize)]
struct Part {
    before: Option<String>,
}

async fn latest(site: State<Site>, viewer: Viewer, chrome: Chrome, part: Query<Part>) -> Result<Response> {
    list(&site, &viewer, &chrome, (Filter::Latest, "/", "Latest"), part.0).await
}

async fn unread(site: State<Site>, viewer: Viewer, chrome: Chrome, part: Query<Part>) -> Result<Response> {
    viewer.member()?;
    list(&site, &viewer, &chrome, (Filter::Unread, "/unread", "Unread"), part.0).await
}

async fn unanswered(site: State<Site>, viewer: Viewer, chrome: Chrome, part: Query<Part>) -> Result<Response> {
    list(&site, &viewer, &chrome, (Filter::Unanswered, "/unanswered", "Unanswered"), part.0).await
}

async fn list(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (filter, url, heading): (Filter, &str, &str),
    part: Part,
) -> Result<Response> {
    let boards = crate::http::store::readable(site.db.reads(), viewer).await?;
    let before = part.before.as_deref().map(str::parse::<Cursor>).transpose()?;
    let rows = store::topics(
        site.db.reads(),
        viewer,
        Wanted { boards: &boards, filter, before, limit: TOPICS + 1, pinned: None },
    )
    .await?;
    let view = ListPage {
        layout: chrome.layout(heading, Tab::Boards),
        heading: heading.to_owned(),
        about: String::new(),
        slug: String::new(),
        tabs: tabs(viewer, url),
        may_start: starts_somewhere(viewer, &boards),
        empty: if filter == Filter::Unread { "You have read everything." } else { "Nothing has been posted yet." },
        ..list_page(site, viewer, (rows, true), url).await?
    };
    page(StatusCode::OK, &view)
}

fn tabs(viewer: &Viewer, current: &str) -> Vec<ListTab> {
    let all = [("All", "/"), ("Unread", "/unread"), ("Unanswered", "/unanswered")];
    let shown = all.into_iter().filter(|(_, url)| *url != "/unread" || viewer.id().is_some());
    shown.map(|(title, url)| ListTab { title, url: url.to_owned(), current: url == current }).collect()
}

fn starts_somewhere(viewer: &Viewer, boards: &[board::Model]) -> bool {
    boards.iter().any(|board| starts_on(viewer, board))
}

fn starts_on(viewer: &Viewer, board: &board::Model) -> bool {
    viewer.id().is_some()
        && access::decide(viewer, Action::StartTopic, publish::board_place(board), Target::default()).is_ok()
}

/// The parts that every list has.
async fn list_page(
    site: &Site,
    viewer: &Viewer,
    (mut rows, with_board): (Vec<super::Row>, bool),
    url: &str,
) -> Result<ListPage> {
    let now = site.clock.now();
    let full = rows.len() as u64 > TOPICS;
    rows.truncate(usize::try_from(TOPICS).unwrap_or(usize::MAX));
    let older = rows
        .last()
        .filter(|_| full)
        .map(|row| format!("{url}?before={}", Cursor { bumped: row.topic.bumped_at, topic: row.topic.id }));
    let rooms = crate::rooms::list(site, viewer).await?;
    let rooms = rooms.into_iter().take(4).map(|room| {
        let (author, excerpt) = room.last.map(|last| (last.author.display, last.excerpt)).unwrap_or_default();
        RoomNow { slug: room.room.slug, title: room.room.title, author, excerpt, unread: room.unread }
    });
    let online = site.hub.online();
    let here = entries::authors(site.db.reads(), online.iter().copied().take(12)).await?;
    Ok(ListPage {
        layout: crate::http::layout::Layout::default(),
        heading: String::new(),
        about: String::new(),
        slug: String::new(),
        tabs: Vec::new(),
        rows: rows.into_iter().map(|row| pages::row(row, now, with_board)).collect(),
        older,
        may_start: false,
        empty: "",
        rooms: rooms.collect(),
        more_here: online.len().saturating_sub(12),
        here: here.values().map(Into::into).collect(),
    })
}

async fn board_page(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(slug): Path<String>,
    Query(part): Query<Part>,
) -> Result<Response> {
    let board = store::board_for(site.db.reads(), &viewer, &slug).await?;
    let before = part.before.as_deref().map(str::parse::<Cursor>).transpose()?;
    let boards = std::slice::from_ref(&board);
    let wanted = |pinned, before, limit| Wanted { boards, filter: Filter::Latest, before, limit, pinned: Some(pinned) };
    let mut rows = if before.is_none() {
        store::topics(site.db.reads(), &viewer, wanted(true, None, 10)).await?
    } else {
        Vec::new()
    };
    rows.extend(store::topics(site.db.reads(), &viewer, wanted(false, before, TOPICS + 1)).await?);
    let view = ListPage {
        layout: chrome.on_board(&board.title, board.id),
        heading: board.title.clone(),
        about: board.description.clone(),
        slug: board.slug.clone(),
        may_start: starts_on(&viewer, &board),
        empty: "No topics on this board yet.",
        ..list_page(&site, &viewer, (rows, false), &format!("/b/{slug}")).await?
    };
    page(StatusCode::OK, &view)
}

async fn short(State(site): State<Site>, viewer: Viewer, Path(id): Path<TopicId>) -> Result<Redirect> {
    let opened = super::open(&site, &viewer, id).await?;
    Ok(Redirect::permanent(&pages::topic_url(&opened.topic)))
}

/// How a topic is shown.
#[derive(Deserialize, Default)]
struct Shown {
    view: Option<String>,
    page: Option<u64>,
}

impl Shown {
    fn order(&self) -> Order {
        if self.view.as_deref() == Some("time") { Order::Time } else { Order::Tree }
    }
}

async fn topic(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path((id, slug)): Path<(TopicId, String)>,
    Query(shown): Query<Shown>,
) -> Result<Response> {
    let opened = super::open(&site, &viewer, id).await?;
    if opened.topic.slug != slug {
        return Ok(Redirect::permanent(&pages::topic_url(&opened.topic)).into_response());
    }
    show(&site, &viewer, &chrome, (opened, None), &shown).await
}

async fn at_post(
    State(site): State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path((id, slug, number)): Path<(TopicId, String, i64)>,
    Query(shown): Query<Shown>,
) -> Result<Response> {
    let opened = super::open(&site, &viewer, id).await?;
    entries::post(site.db.reads(), id, number).await?;
    if opened.topic.slug != slug {
        return Ok(Redirect::permanent(&format!("{}/{number}", pages::topic_url(&opened.topic))).into_response());
    }
    let found = entries::page_of(site.db.reads(), id, number, shown.order(), POSTS).await?;
    let shown = Shown { page: Some(found), ..shown };
    show(&site, &viewer, &chrome, (opened, Some(number)), &shown).await
}

async fn permalink(State(site): State<Site>, viewer: Viewer, Path(id): Path<EntryId>) -> Result<Redirect> {
    let entry = publish::visible(&site, &viewer, id).await?;
    Ok(Redirect::to(&super::write::address(&site, &viewer, &entry).await?))
}

/// A page of a topic; `target` is the post that the address names.
async fn show(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (opened, target): (Opened, Option<i64>),
    shown: &Shown,
) -> Result<Response> {
    let db = site.db.reads();
    // The head before the posts: what is published in between comes again by socket, never not at all.
    let head = outbox::head(&site.db, Stream::Topic(opened.topic.id)).await?;
    let (order, current) = (shown.order(), shown.page.unwrap_or(1).max(1));
    let count = u64::try_from(opened.topic.last_number).unwrap_or(1).div_ceil(POSTS).max(1);
    if current > count {
        return Err(Error::NotFound);
    }
    let posts = entries::posts(db, opened.topic.id, order, (current, POSTS)).await?;
    let readings = Readings::load(db, viewer, [opened.topic.id]).await?;
    let around = Around { opened: &opened, viewer, now: site.clock.now(), readings: &readings, target };
    let (first, rest): (Vec<_>, Vec<_>) = posts.iter().cloned().partition(|post| post.number == 1);
    let mut views: Vec<_> = rest.iter().map(|entry| pages::post(&around, entry)).collect();
    match order {
        Order::Tree => pages::nest(&mut views, &rest.iter().map(|entry| entry.depth).collect::<Vec<_>>()),
        Order::Time => pages::answers(&mut views, &rest, &posts),
    }
    let people = store::people(db, opened.topic.id, 12).await?;
    let starter = entries::authors(db, [opened.topic.author_id]).await?;
    let url = pages::topic_url(&opened.topic);
    let view_name = if order == Order::Tree { "tree" } else { "time" };
    let link = |page: u64| format!("{url}?view={view_name}&page={page}");
    let may_reply = access::decide(
        viewer,
        Action::Reply,
        opened.place,
        Target { locked: opened.topic.locked, ..Target::default() },
    );
    let read = readings.number(opened.topic.id);
    let view = TopicPage {
        layout: chrome.on_board(&opened.topic.title, opened.board.id),
        id: opened.topic.id.0,
        stream: Stream::Topic(opened.topic.id).to_string(),
        head,
        last: opened.topic.last_number,
        title: opened.topic.title.clone(),
        board: (opened.board.slug.clone(), opened.board.title.clone(), opened.board.colour),
        author: starter.get(&opened.topic.author_id).map(Into::into).unwrap_or_default(),
        at: Stamp::new(opened.topic.created_at, around.now),
        first: first.first().map(|entry| pages::post(&around, entry)),
        posts: views,
        replies: opened.topic.replies,
        people: people.iter().map(|(author, posts)| (author.into(), *posts)).collect(),
        tree: order == Order::Tree,
        pinned: opened.topic.pinned,
        locked: opened.topic.locked,
        manages: viewer.moderates(opened.place),
        unread: read
            .filter(|read| *read < opened.topic.last_number)
            .map(|read| (opened.topic.last_number - read, read + 1)),
        held: held(site, viewer, opened.topic.id).await?,
        pages: Pages {
            current,
            count,
            previous: (current > 1).then(|| link(current - 1)),
            next: (current < count).then(|| link(current + 1)),
        },
        composer: may_reply.is_ok().then(|| composer(site, &opened)),
        closed: if opened.topic.locked { Some("This topic is closed; no more replies.") } else { None },
        url,
    };
    page(StatusCode::OK, &view)
}

fn composer(site: &Site, opened: &Opened) -> Composer {
    Composer {
        action: format!("/t/{}/reply", opened.topic.id),
        nonce: site.clock.token(),
        heading: "Reply to the topic".to_owned(),
        button: "Reply",
        ..Composer::default()
    }
}

/// The viewer's own posts in this topic that wait for a moderator.
async fn held(site: &Site, viewer: &Viewer, topic: TopicId) -> Result<Vec<HeldView>> {
    let Some(member) = viewer.id() else { return Ok(Vec::new()) };
    let items = store::held_in_topic(site.db.reads(), member, topic).await?;
    let now = site.clock.now();
    let view = |item: crate::entity::review_item::Model| {
        let shown = publish::Shown::of(site, &item)?;
        Ok(HeldView { at: Stamp::new(item.created_at, now), pieces: crate::entries::views::pieces(&shown.masked) })
    };
    items.into_iter().map(view).collect()
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
