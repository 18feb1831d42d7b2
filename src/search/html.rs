//! `/search`: one page, a GET form.

use std::time::Instant;

use axum::Router;
use axum::extract::{FromRef, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;
use serde::Deserialize;

use super::views::{ResultView, Scope, SearchPage, Segment};
use super::{Hit, Index, Place, parse, search};
use crate::access::Viewer;
use crate::entries::views::Stamp;
use crate::error::{Error, Result};
use crate::http::Sender;
use crate::http::layout::Tab;
use crate::http::page::{Visit, page as answer};
use crate::limits::{Key, Quota};
use crate::site::Site;

/// The search page.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    Index: FromRef<S>,
{
    Router::new().route("/search", get(show))
}

/// What is asked.
#[derive(Debug, Deserialize)]
pub struct Asked {
    /// The query.
    #[serde(default)]
    pub q: String,
    /// `all`, `boards` or `chat`.
    #[serde(default, rename = "in")]
    pub place: String,
    /// Page, from 1.
    pub page: Option<usize>,
}

impl Asked {
    fn scope(&self) -> Scope {
        match self.place.as_str() {
            "boards" => Scope::Boards,
            "chat" => Scope::Chat,
            _ => Scope::All,
        }
    }

    /// The query with its place, understood.
    pub fn parsed(&self) -> Result<super::Parsed> {
        let mut parsed = parse(&self.q)?;
        match self.scope() {
            Scope::Boards => parsed.place = Place::Boards,
            Scope::Chat => parsed.place = Place::Chat,
            Scope::All => {}
        }
        Ok(parsed)
    }
}

/// Counts a search against the viewer's quota.
pub fn count(site: &Site, viewer: &Viewer, Sender(address): Sender) -> Result<()> {
    let quota = if viewer.id().is_some() { Quota::Search } else { Quota::GuestSearch };
    let key = match (viewer.id(), address) {
        (Some(id), _) => Key::Member(id),
        (None, Some(address)) => Key::address(address),
        (None, None) => return Ok(()),
    };
    site.limits.check(quota, key, address).map(drop)
}

async fn show(
    Visit { site, viewer, chrome }: Visit,
    State(index): State<Index>,
    from: Sender,
    Query(asked): Query<Asked>,
) -> Result<Response> {
    let base = format!("q={}", url::form_urlencoded::byte_serialize(asked.q.as_bytes()).collect::<String>());
    let mut view = SearchPage {
        layout: chrome.layout("Search", Tab::Search),
        query: asked.q.clone(),
        scope: asked.scope(),
        base: base.clone(),
        heading: String::new(),
        meaning: None,
        results: Vec::new(),
        next: None,
        took_ms: 0,
        error: None,
    };
    let mut status = StatusCode::OK;
    if !asked.q.trim().is_empty() {
        count(&site, &viewer, from)?;
        let begun = Instant::now();
        let page = asked.page.unwrap_or(1);
        let outcome = match asked.parsed() {
            Ok(parsed) => search(&site, &index, &viewer, &parsed, page).await,
            Err(error) => Err(error),
        };
        match outcome {
            Ok(results) => {
                view.heading = heading(results.total);
                view.meaning = Some(results.understood);
                let now = site.clock.now();
                view.results = results.hits.into_iter().map(|hit| result(hit, now)).collect();
                view.next =
                    results.more.then(|| format!("/search?{base}&in={}&page={}", asked.scope().key(), page + 1));
                view.took_ms = u64::try_from(begun.elapsed().as_millis()).unwrap_or(u64::MAX);
            }
            Err(error @ Error::Invalid(_)) => {
                status = StatusCode::UNPROCESSABLE_ENTITY;
                view.error = Some(error.message().into_owned());
            }
            Err(error) => return Err(error),
        }
    }
    answer(status, &view)
}

fn heading(total: usize) -> String {
    match total {
        0 => "Nothing found".to_owned(),
        1 => "1 result".to_owned(),
        _ => format!("{total} results"),
    }
}

fn result(hit: Hit, now: crate::clock::Moment) -> ResultView {
    let segment = |(text, marked): (String, bool)| Segment { text, marked };
    let post = hit.entry.topic.is_some();
    ResultView {
        url: hit.place.url,
        title: if post { vec![Segment { text: hit.place.title, marked: false }] } else { Vec::new() },
        author: (&hit.entry.author).into(),
        at: Stamp::new(hit.entry.at, now),
        place: hit.place.place.0,
        place_url: hit.place.place.1,
        colour: hit.place.place.2,
        number: post.then_some(hit.entry.number),
        excerpt: hit.excerpt.into_iter().map(segment).collect(),
        more: 0,
        more_url: String::new(),
    }
}
