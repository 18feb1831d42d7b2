//! The API's part about boards: lists, topics, posts, publishing, preview.

use axum::extract::{FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::store::{self, Wanted};
use super::{Cursor, Filter, POSTS, TOPICS};
use crate::access::Viewer;
use crate::entity::topic;
use crate::entries::Author;
use crate::entries::store as entries;
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::http::json::{self, Answer, Asked, Done, EntryItem, Waiting};
use crate::ids::{BoardId, EntryId, TopicId};
use crate::limits::{Key, Quota};
use crate::protocol::Finding;
use crate::publish::{self, Envelope, Submission};
use crate::site::Site;
use crate::text::Profile;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    OpenApiRouter::new()
        .routes(routes!(boards))
        .routes(routes!(topics, start))
        .routes(routes!(topic))
        .routes(routes!(posts, reply))
        .routes(routes!(entry, edit, remove))
        .routes(routes!(preview))
}

type From = Option<Extension<ClientAddress>>;

/// A board.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct BoardItem {
    id: BoardId,
    slug: String,
    title: String,
    description: String,
}

/// The boards you can read.
#[utoipa::path(get, path = "/api/v1/boards", tag = "boards", responses((status = OK, body = Vec<BoardItem>)))]
async fn boards(State(site): State<Site>, viewer: Viewer) -> Result<Json<Vec<BoardItem>>> {
    let boards = crate::http::store::readable(site.db.reads(), &viewer).await?;
    Ok(Json(
        boards
            .into_iter()
            .map(|board| BoardItem {
                id: board.id,
                slug: board.slug,
                title: board.title,
                description: board.description,
            })
            .collect(),
    ))
}

/// A topic in a list.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct TopicItem {
    id: TopicId,
    board: BoardId,
    title: String,
    slug: String,
    author: Author,
    replies: i64,
    pinned: bool,
    locked: bool,
    /// Started, RFC 3339.
    at: String,
    /// Newest post, RFC 3339.
    active: String,
}

impl TopicItem {
    fn new(topic: topic::Model, author: Author) -> Self {
        Self {
            id: topic.id,
            board: topic.board_id,
            title: topic.title,
            slug: topic.slug,
            author,
            replies: topic.replies,
            pinned: topic.pinned,
            locked: topic.locked,
            at: topic.created_at.iso(),
            active: topic.bumped_at.iso(),
        }
    }
}

/// A page of topics.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct TopicList {
    topics: Vec<TopicItem>,
    /// Give it back as `before` for the next page.
    next: Option<String>,
}

/// Which topics.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Listing {
    /// Only this board, by its name in the URL.
    board: Option<String>,
    /// `next` of the page before.
    before: Option<String>,
}

/// Topics you can read, newest activity first.
#[utoipa::path(get, path = "/api/v1/topics", tag = "boards", params(Listing), responses((status = OK, body = TopicList)))]
async fn topics(State(site): State<Site>, viewer: Viewer, Query(listing): Query<Listing>) -> Result<Json<TopicList>> {
    let boards = match listing.board {
        Some(slug) => vec![store::board_for(site.db.reads(), &viewer, &slug).await?],
        None => crate::http::store::readable(site.db.reads(), &viewer).await?,
    };
    let before = listing.before.as_deref().map(str::parse::<Cursor>).transpose()?;
    let rows = store::topics(
        site.db.reads(),
        &viewer,
        Wanted { boards: &boards, filter: Filter::Latest, before, limit: TOPICS, pinned: None },
    )
    .await?;
    let full = rows.len() as u64 == TOPICS;
    let next =
        rows.last().filter(|_| full).map(|row| Cursor { bumped: row.topic.bumped_at, topic: row.topic.id }.to_string());
    let item = |row: super::Row| TopicItem::new(row.topic, row.author);
    Ok(Json(TopicList { topics: rows.into_iter().map(item).collect(), next }))
}

/// One topic.
#[utoipa::path(get, path = "/api/v1/topics/{id}", tag = "boards", params(("id" = i64, Path, description = "Topic")),
    responses((status = OK, body = TopicItem), (status = NOT_FOUND, description = "No such topic, or not for you")))]
async fn topic(State(site): State<Site>, viewer: Viewer, Path(id): Path<TopicId>) -> Result<Json<TopicItem>> {
    let opened = super::open(&site, &viewer, id).await?;
    let author = entries::authors(site.db.reads(), [opened.topic.author_id]).await?;
    let author = author.get(&opened.topic.author_id).cloned().ok_or(Error::NotFound)?;
    Ok(Json(TopicItem::new(opened.topic, author)))
}

/// Where a page of posts begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Paging {
    /// `next` of the page before: only posts with a higher number.
    after: Option<i64>,
}

/// A page of posts by number.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct PostList {
    posts: Vec<EntryItem>,
    /// Give it back as `after` for the next page.
    next: Option<i64>,
}

/// Posts of a topic by number, 50 a page.
#[utoipa::path(get, path = "/api/v1/topics/{id}/posts", tag = "boards", params(("id" = i64, Path, description = "Topic"), Paging),
    responses((status = OK, body = PostList), (status = NOT_FOUND, description = "No such topic, or not for you")))]
async fn posts(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<TopicId>,
    Query(paging): Query<Paging>,
) -> Result<Json<PostList>> {
    super::open(&site, &viewer, id).await?;
    let posts = entries::posts_after(site.db.reads(), id, paging.after.unwrap_or(0), POSTS).await?;
    let next = posts.last().filter(|_| posts.len() as u64 == POSTS).map(|post| post.number);
    Ok(Json(PostList { posts: posts.into_iter().map(Into::into).collect(), next }))
}

/// A topic to be started.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct NewTopic {
    /// Your name for this submission, 1 to 64 visible ASCII characters; the same one is published once.
    nonce: String,
    board: BoardId,
    title: String,
    /// Its first post (Markdown).
    body: String,
    #[serde(flatten)]
    answer: Answer,
}

/// A post to be written.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct NewPost {
    /// Your name for this submission, 1 to 64 visible ASCII characters; the same one is published once.
    nonce: String,
    /// Markdown.
    body: String,
    /// Post being answered.
    reply_to: Option<EntryId>,
    #[serde(flatten)]
    answer: Answer,
}

/// A change of an entry.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct EntryChange {
    /// Your name for this submission, 1 to 64 visible ASCII characters; the same one is published once.
    nonce: String,
    /// Revision you saw.
    revision: i64,
    /// The whole new text (Markdown).
    body: String,
    /// New title, with the first post of a topic.
    title: Option<String>,
    #[serde(flatten)]
    answer: Answer,
}

fn envelope(nonce: String, answer: &Answer, from: From) -> Envelope {
    Envelope { nonce, choice: answer.choice(), address: from.map(|from| from.0.0) }
}

/// Start a topic.
#[utoipa::path(post, path = "/api/v1/topics", tag = "boards", request_body = NewTopic,
    responses((status = CREATED, body = Done), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked)))]
async fn start(State(site): State<Site>, viewer: Viewer, from: From, Json(new): Json<NewTopic>) -> Result<Response> {
    let envelope = envelope(new.nonce, &new.answer, from);
    let submission = Submission::Topic { board: new.board, title: new.title, body: new.body };
    let outcome = publish::publish(&site, &viewer, submission, envelope).await?;
    Ok(json::answer(outcome, |done| {
        let address = done.topic.map_or_else(String::new, |id| format!("/api/v1/topics/{id}"));
        json::created(&address, Done::from(done))
    }))
}

/// Write a post in a topic.
#[utoipa::path(post, path = "/api/v1/topics/{id}/posts", tag = "boards", params(("id" = i64, Path, description = "Topic")), request_body = NewPost,
    responses((status = CREATED, body = Done), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked), (status = NOT_FOUND)))]
async fn reply(
    State(site): State<Site>,
    viewer: Viewer,
    from: From,
    Path(topic): Path<TopicId>,
    Json(new): Json<NewPost>,
) -> Result<Response> {
    let envelope = envelope(new.nonce, &new.answer, from);
    let submission = Submission::Post { topic, reply_to: new.reply_to, body: new.body };
    Ok(json::written(publish::publish(&site, &viewer, submission, envelope).await?))
}

/// One entry.
#[utoipa::path(get, path = "/api/v1/entries/{id}", tag = "boards", params(("id" = i64, Path, description = "Entry")), responses((status = OK, body = EntryItem), (status = NOT_FOUND)))]
async fn entry(State(site): State<Site>, viewer: Viewer, Path(id): Path<EntryId>) -> Result<Json<EntryItem>> {
    let row = publish::visible(&site, &viewer, id).await?;
    if let Some(topic) = row.topic_id {
        super::open(&site, &viewer, topic).await?;
    }
    Ok(Json(entries::one(site.db.reads(), id).await?.into()))
}

/// Change your own entry. 409 when `revision` is not the current one.
#[utoipa::path(patch, path = "/api/v1/entries/{id}", tag = "boards", params(("id" = i64, Path, description = "Entry")), request_body = EntryChange,
    responses((status = OK, body = Done), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked), (status = CONFLICT), (status = NOT_FOUND)))]
async fn edit(
    State(site): State<Site>,
    viewer: Viewer,
    from: From,
    Path(id): Path<EntryId>,
    Json(new): Json<EntryChange>,
) -> Result<Response> {
    let envelope = envelope(new.nonce, &new.answer, from);
    let submission = Submission::Edit { entry: id, revision: new.revision, title: new.title, body: new.body };
    let outcome = publish::publish(&site, &viewer, submission, envelope).await?;
    Ok(json::answer(outcome, |done| Json(Done::from(done)).into_response()))
}

/// Remove an entry: your own, or one of a place you moderate.
#[utoipa::path(delete, path = "/api/v1/entries/{id}", tag = "boards", params(("id" = i64, Path, description = "Entry")), responses((status = NO_CONTENT), (status = FORBIDDEN), (status = NOT_FOUND)))]
async fn remove(State(site): State<Site>, viewer: Viewer, Path(id): Path<EntryId>) -> Result<StatusCode> {
    viewer.member()?;
    crate::moderation::remove(&site, &viewer, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A draft.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct Draft {
    /// Markdown.
    body: String,
}

/// A rendered draft.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Previewed {
    /// Sanitised HTML, the same as the published one.
    html: String,
    /// What a warning would list; no place has decided about it, so `action` is absent.
    findings: Vec<Finding>,
}

/// What a text would look like, and what the filter finds in it. Stores nothing.
#[utoipa::path(post, path = "/api/v1/preview", tag = "boards", request_body = Draft, responses((status = OK, body = Previewed), (status = UNPROCESSABLE_ENTITY), (status = TOO_MANY_REQUESTS)))]
async fn preview(
    State(site): State<Site>,
    viewer: Viewer,
    from: From,
    Json(draft): Json<Draft>,
) -> Result<Json<Previewed>> {
    let member = viewer.member()?.id;
    site.limits.check(Quota::Preview, Key::Member(member), from.map(|from| from.0.0))?;
    let preview = publish::preview(draft.body.clone(), Profile::Post).await?;
    let findings = publish::previewed(&preview, draft.body);
    Ok(Json(Previewed { html: preview.html, findings }))
}
