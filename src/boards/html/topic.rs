//! The page of a topic: as a tree, or by time.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::super::pages::{self, Around};
use super::super::store::{self, Readings};
use super::super::views::{Composer, HeldView, Pages, PostView, TopicPage};
use super::super::{self as boards, Opened, POSTS};
use crate::access::{self, Action, Target, Viewer};
use crate::entity::review_item;
use crate::entries::Entry;
use crate::entries::store::{self as entries, Order};
use crate::entries::views::{Stamp, pieces};
use crate::error::{Error, Result};
use crate::http::page::{Visit, page};
use crate::ids::{Stream, TopicId};
use crate::outbox;
use crate::publish;
use crate::site::Site;

/// How a topic is shown.
#[derive(Deserialize, Default)]
pub struct Shown {
    view: Option<String>,
    page: Option<u64>,
}

impl Shown {
    fn order(&self) -> Order {
        if self.view.as_deref() == Some("time") { Order::Time } else { Order::Tree }
    }
}

pub async fn show(
    visit: Visit,
    Path((id, slug)): Path<(TopicId, String)>,
    Query(shown): Query<Shown>,
) -> Result<Response> {
    let opened = boards::open(&visit.site, &visit.viewer, id).await?;
    if opened.topic.slug != slug {
        return Ok(Redirect::permanent(&pages::topic_url(&opened.topic)).into_response());
    }
    answer(&visit, (opened, None), &shown).await
}

pub async fn at_post(
    visit: Visit,
    Path((id, slug, number)): Path<(TopicId, String, i64)>,
    Query(shown): Query<Shown>,
) -> Result<Response> {
    let opened = boards::open(&visit.site, &visit.viewer, id).await?;
    entries::post(visit.site.db.reads(), id, number).await?;
    if opened.topic.slug != slug {
        return Ok(Redirect::permanent(&format!("{}/{number}", pages::topic_url(&opened.topic))).into_response());
    }
    let found = entries::page_of(visit.site.db.reads(), id, number, shown.order(), POSTS).await?;
    let shown = Shown { page: Some(found), ..shown };
    answer(&visit, (opened, Some(number)), &shown).await
}

/// A page of a topic; `target` is the post that the address names.
async fn answer(visit: &Visit, (opened, target): (Opened, Option<i64>), shown: &Shown) -> Result<Response> {
    let Visit { site, viewer, chrome } = visit;
    let db = site.db.reads();
    // The head before the posts: what is published in between comes again by socket, never not at all.
    let head = outbox::head(site.db.reads(), Stream::Topic(opened.topic.id)).await?;
    let pages = turn(&opened, shown)?;
    let posts = entries::posts(db, opened.topic.id, shown.order(), (pages.current, POSTS)).await?;
    let readings = Readings::load(db, viewer, [opened.topic.id]).await?;
    let around = Around { opened: &opened, viewer, now: site.clock.now(), readings: &readings, target };
    let (first, posts) = arranged(&around, &posts, shown.order());
    let people = store::people(db, opened.topic.id, 12).await?;
    let starter = entries::authors(db, [opened.topic.author_id]).await?;
    let last = opened.topic.last_number;
    let unread = readings.number(opened.topic.id).filter(|read| *read < last).map(|read| (last - read, read + 1));
    let view = TopicPage {
        layout: chrome.on_board(&opened.topic.title, opened.board.id),
        id: opened.topic.id.0,
        stream: Stream::Topic(opened.topic.id).to_string(),
        head,
        last,
        title: opened.topic.title.clone(),
        url: pages::topic_url(&opened.topic),
        board: (opened.board.slug.clone(), opened.board.title.clone(), opened.board.colour),
        author: starter.get(&opened.topic.author_id).map(Into::into).unwrap_or_default(),
        at: Stamp::new(opened.topic.created_at, around.now),
        first,
        posts,
        replies: opened.topic.replies,
        people: people.iter().map(|(author, posts)| (author.into(), *posts)).collect(),
        tree: shown.order() == Order::Tree,
        pinned: opened.topic.pinned,
        locked: opened.topic.locked,
        manages: viewer.moderates(opened.place),
        unread,
        held: held(site, viewer, opened.topic.id).await?,
        pages,
        composer: composer(site, viewer, &opened).await?,
        closed: if opened.topic.locked { Some("This topic is closed; no more replies.") } else { None },
    };
    page(StatusCode::OK, &view)
}

/// Where the wanted page stands among the topic's pages.
fn turn(opened: &Opened, shown: &Shown) -> Result<Pages> {
    let current = shown.page.unwrap_or(1).max(1);
    let count = u64::try_from(opened.topic.last_number).unwrap_or(1).div_ceil(POSTS).max(1);
    if current > count {
        return Err(Error::NotFound);
    }
    let view = if shown.order() == Order::Tree { "tree" } else { "time" };
    let link = |page: u64| format!("{}?view={view}&page={page}", pages::topic_url(&opened.topic));
    Ok(Pages {
        current,
        count,
        previous: (current > 1).then(|| link(current - 1)),
        next: (current < count).then(|| link(current + 1)),
    })
}

/// The first post, if it is on this page, and the others as this order shows them.
fn arranged(around: &Around<'_>, posts: &[Entry], order: Order) -> (Option<PostView>, Vec<PostView>) {
    let first = posts.iter().find(|post| post.number == 1).map(|entry| pages::post(around, entry));
    let rest: Vec<Entry> = posts.iter().filter(|post| post.number != 1).cloned().collect();
    let mut views: Vec<_> = rest.iter().map(|entry| pages::post(around, entry)).collect();
    match order {
        Order::Tree => pages::nest(&mut views, &rest.iter().map(|entry| entry.depth).collect::<Vec<_>>()),
        Order::Time => pages::answers(&mut views, &rest, posts),
    }
    (first, views)
}

/// Where the viewer writes a reply; `None` when they may not.
async fn composer(site: &Site, viewer: &Viewer, opened: &Opened) -> Result<Option<Composer>> {
    let target = Target { locked: opened.topic.locked, ..Target::default() };
    if access::decide(viewer, Action::Reply, opened.place, target).is_err() {
        return Ok(None);
    }
    Ok(Some(Composer {
        action: format!("/t/{}/reply", opened.topic.id),
        nonce: site.clock.token(),
        heading: "Reply to the topic".to_owned(),
        button: "Reply",
        asks: Some(publish::asked(site, viewer, opened.place).await?),
        ..Composer::default()
    }))
}

/// The viewer's own posts in this topic that wait for a moderator.
async fn held(site: &Site, viewer: &Viewer, topic: TopicId) -> Result<Vec<HeldView>> {
    let Some(member) = viewer.id() else { return Ok(Vec::new()) };
    let items = store::held_in_topic(site.db.reads(), member, topic).await?;
    let now = site.clock.now();
    let view = |item: review_item::Model| {
        let shown = publish::Shown::of(site, &item)?;
        Ok(HeldView { at: Stamp::new(item.created_at, now), pieces: pieces(&shown.masked) })
    };
    items.into_iter().map(view).collect()
}
