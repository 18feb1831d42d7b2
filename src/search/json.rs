//! The API's part about search.

use axum::Json;
use axum::extract::{FromRef, Query, State};
use serde::Serialize;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::html::{Asked, count};
use super::{Index, search};
use crate::access::Viewer;
use crate::entries::Author;
use crate::error::Result;
use crate::http::Sender;
use crate::site::Site;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
    Index: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(find))
}

/// A page of results.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SearchPage)]
struct Found {
    /// The query as it was understood.
    understood: String,
    /// How many there are in all.
    total: usize,
    /// Best first.
    results: Vec<Item>,
    /// Number of the next page.
    next: Option<usize>,
}

/// One result.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = SearchResult)]
struct Item {
    /// Entry.
    id: i64,
    /// Its address.
    url: String,
    /// Title of its topic or name of its room.
    title: String,
    /// Who wrote it.
    author: Author,
    /// When, RFC 3339.
    at: String,
    /// Text around what was found.
    excerpt: Vec<Stretch>,
}

/// A stretch of an excerpt.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Stretch {
    /// Plain text.
    text: String,
    /// It is one of the words asked for.
    marked: bool,
}

/// Search boards and chat, as far as you can read them.
#[utoipa::path(get, path = "/api/v1/search", tag = "search",
    params(("q" = String, Query, min_length = 1, description = "Words, \"phrases\", -without, in:boards, in:chat"), ("in" = Option<String>, Query, pattern = "^(all|boards|chat)$", description = "all, boards or chat"), ("page" = Option<usize>, Query, minimum = 1, maximum = 20, description = "From 1 to 20")),
    responses((status = OK, body = Found), (status = UNPROCESSABLE_ENTITY, description = "Nothing to look for"), (status = TOO_MANY_REQUESTS)))]
async fn find(
    State(site): State<Site>,
    State(index): State<Index>,
    viewer: Viewer,
    from: Sender,
    Query(asked): Query<Asked>,
) -> Result<Json<Found>> {
    count(&site, &viewer, from)?;
    let page = asked.page.unwrap_or(1);
    let results = search(&site, &index, &viewer, &asked.parsed()?, page).await?;
    let item = |hit: super::Hit| Item {
        id: hit.entry.id.0,
        url: hit.place.url,
        title: hit.place.title,
        author: hit.entry.author,
        at: hit.entry.at.iso(),
        excerpt: hit.excerpt.into_iter().map(|(text, marked)| Stretch { text, marked }).collect(),
    };
    let next = (results.more && page < super::PAGES).then_some(page + 1);
    Ok(Json(Found {
        understood: results.understood,
        total: results.total,
        results: results.hits.into_iter().map(item).collect(),
        next,
    }))
}
