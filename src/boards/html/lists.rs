//! The lists of topics: the front page, unread, unanswered, and one board.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::store::{self, Wanted};
use super::super::views::{ListPage, ListTab, RoomNow};
use super::super::{Cursor, Filter, Row, TOPICS, pages};
use crate::access::{self, Action, Target, Viewer};
use crate::entity::board;
use crate::entries::store as entries;
use crate::error::Result;
use crate::http::layout::{Layout, Tab};
use crate::http::page::{Visit, page};
use crate::publish;
use crate::site::Site;

/// Where a list goes on.
#[derive(Deserialize)]
pub struct Part {
    before: Option<String>,
}

pub async fn latest(visit: Visit, part: Query<Part>) -> Result<Response> {
    list(&visit, (Filter::Latest, "/", "Latest"), part.0).await
}

pub async fn unread(visit: Visit, part: Query<Part>) -> Result<Response> {
    visit.viewer.member()?;
    list(&visit, (Filter::Unread, "/unread", "Unread"), part.0).await
}

pub async fn unanswered(visit: Visit, part: Query<Part>) -> Result<Response> {
    list(&visit, (Filter::Unanswered, "/unanswered", "Unanswered"), part.0).await
}

async fn list(visit: &Visit, (filter, url, heading): (Filter, &str, &str), part: Part) -> Result<Response> {
    let Visit { site, viewer, chrome } = visit;
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
    (mut rows, with_board): (Vec<Row>, bool),
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
        layout: Layout::default(),
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

pub async fn board(
    Visit { site, viewer, chrome }: Visit,
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
