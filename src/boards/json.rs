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
use crate::entries::store::{self as entries, Order};
use crate::entries::{Author, Entry};
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::ids::{BoardId, EntryId, TopicId};
use crate::limits::{Key, Quota};
use crate::publish::{self, Choice, Envelope, Outcome, Submission};
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
    /// RFC 3339.
    created_at: String,
    /// Newest post, RFC 3339.
    active_at: String,
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
    let item = |row: super::Row| TopicItem {
        id: row.topic.id,
        board: row.topic.board_id,
        title: row.topic.title,
        slug: row.topic.slug,
        author: row.author,
        replies: row.topic.replies,
        pinned: row.topic.pinned,
        locked: row.topic.locked,
        created_at: row.topic.created_at.iso(),
        active_at: row.topic.bumped_at.iso(),
    };
    Ok(Json(TopicList { topics: rows.into_iter().map(item).collect(), next }))
}

/// A post or message.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct EntryItem {
    id: EntryId,
    /// Post number, or sequence in the room.
    number: i64,
    reply_to: Option<EntryId>,
    author: Author,
    /// `published`, `removed_by_author` or `removed`.
    state: String,
    /// Markdown; empty when removed.
    source: String,
    /// Sanitised HTML; empty when removed.
    html: String,
    revision: i64,
    /// Values hidden in it.
    masked: i32,
    /// RFC 3339.
    at: String,
    /// RFC 3339.
    edited_at: Option<String>,
}

impl std::convert::From<Entry> for EntryItem {
    fn from(entry: Entry) -> Self {
        use crate::entity::entry::EntryState;
        let state = match entry.state {
            EntryState::Published => "published",
            EntryState::RemovedByAuthor => "removed_by_author",
            EntryState::Removed => "removed",
        };
        Self {
            id: entry.id,
            number: entry.number,
            reply_to: entry.reply_to,
            author: entry.author,
            state: state.to_owned(),
            source: entry.source,
            html: entry.html,
            revision: entry.revision,
            masked: entry.masked,
            at: entry.at.iso(),
            edited_at: entry.edited_at.map(crate::clock::Moment::iso),
        }
    }
}

/// Which page.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Paging {
    /// From 1; 50 posts a page, by number.
    page: Option<u64>,
}

/// Posts of a topic by number.
#[utoipa::path(get, path = "/api/v1/topics/{id}/posts", tag = "boards", params(("id" = i64, Path, description = "Topic"), Paging),
    responses((status = OK, body = Vec<EntryItem>), (status = NOT_FOUND, description = "No such topic, or not for you")))]
async fn posts(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<TopicId>,
    Query(paging): Query<Paging>,
) -> Result<Json<Vec<EntryItem>>> {
    super::open(&site, &viewer, id).await?;
    let posts = entries::posts(site.db.reads(), id, Order::Time, (paging.page.unwrap_or(1), POSTS)).await?;
    Ok(Json(posts.into_iter().map(Into::into).collect()))
}

/// What to do about findings.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
enum Wish {
    /// Tell me first (422 with the findings).
    #[default]
    Warn,
    /// Hide every found value.
    Mask,
    /// Let a moderator look first.
    Ask,
    /// Publish what may be published; needs `consent` and `acknowledged`.
    Anyway,
}

/// A text to publish.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct Writing {
    /// Your name for this submission, 1 to 64 visible ASCII characters; the same one is published once.
    nonce: String,
    /// Markdown.
    body: String,
    /// Title, for a new topic or the first post of one.
    title: Option<String>,
    /// Board, for a new topic.
    board: Option<BoardId>,
    /// Post being answered.
    reply_to: Option<EntryId>,
    /// Revision being edited.
    revision: Option<i64>,
    #[serde(default)]
    choice: Wish,
    /// Token of the warning.
    #[serde(default)]
    consent: String,
    #[serde(default)]
    acknowledged: bool,
}

impl Writing {
    fn envelope(&self, from: From) -> Envelope {
        let choice = match self.choice {
            Wish::Warn => Choice::Warn,
            Wish::Mask => Choice::Mask,
            Wish::Ask => Choice::Hold,
            Wish::Anyway => Choice::Anyway { token: self.consent.clone(), acknowledged: self.acknowledged },
        };
        Envelope { nonce: self.nonce.clone(), choice, address: from.map(|from| from.0.0) }
    }
}

/// Where a published text stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Done {
    id: Option<EntryId>,
    topic: Option<TopicId>,
    number: i64,
    seq: i64,
    revision: i64,
    /// RFC 3339.
    at: String,
    /// The same nonce was published before.
    dup: bool,
}

async fn submit(site: &Site, viewer: &Viewer, submission: Submission, envelope: Envelope) -> Result<Response> {
    Ok(match publish::publish(site, viewer, submission, envelope).await? {
        Outcome::Published(done) => {
            let body = Done {
                id: done.entry,
                topic: done.topic,
                number: done.number,
                seq: done.seq,
                revision: done.revision,
                at: done.at.iso(),
                dup: done.dup,
            };
            (StatusCode::CREATED, Json(body)).into_response()
        }
        other => crate::rooms::json::unpublished(other),
    })
}

/// Start a topic. 201 published, 202 held, 422 with findings.
#[utoipa::path(post, path = "/api/v1/topics", tag = "boards", request_body = Writing, responses((status = CREATED, body = Done), (status = ACCEPTED), (status = UNPROCESSABLE_ENTITY)))]
async fn start(State(site): State<Site>, viewer: Viewer, from: From, Json(new): Json<Writing>) -> Result<Response> {
    let envelope = new.envelope(from);
    let board = new.board.ok_or_else(|| Error::field("board", "Name the board by its id."))?;
    let title = new.title.ok_or_else(|| Error::field("title", "Give the topic a title."))?;
    submit(&site, &viewer, Submission::Topic { board, title, body: new.body }, envelope).await
}

/// Reply in a topic. 201 published, 202 held, 422 with findings.
#[utoipa::path(post, path = "/api/v1/topics/{id}/posts", tag = "boards", params(("id" = i64, Path, description = "Topic")), request_body = Writing,
    responses((status = CREATED, body = Done), (status = ACCEPTED), (status = UNPROCESSABLE_ENTITY), (status = NOT_FOUND)))]
async fn reply(
    State(site): State<Site>,
    viewer: Viewer,
    from: From,
    Path(topic): Path<TopicId>,
    Json(new): Json<Writing>,
) -> Result<Response> {
    let envelope = new.envelope(from);
    submit(&site, &viewer, Submission::Post { topic, reply_to: new.reply_to, body: new.body }, envelope).await
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
#[utoipa::path(patch, path = "/api/v1/entries/{id}", tag = "boards", params(("id" = i64, Path, description = "Entry")), request_body = Writing,
    responses((status = CREATED, body = Done), (status = ACCEPTED), (status = UNPROCESSABLE_ENTITY), (status = CONFLICT)))]
async fn edit(
    State(site): State<Site>,
    viewer: Viewer,
    from: From,
    Path(id): Path<EntryId>,
    Json(new): Json<Writing>,
) -> Result<Response> {
    let envelope = new.envelope(from);
    let revision = new.revision.ok_or_else(|| Error::field("revision", "Name the revision you are changing."))?;
    submit(&site, &viewer, Submission::Edit { entry: id, revision, title: new.title, body: new.body }, envelope).await
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
    findings: Vec<FoundItem>,
}

/// One finding. Offsets are bytes of the normalised text.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct FoundItem {
    rule: String,
    level: String,
    start: usize,
    end: usize,
    /// Masked form of the value.
    hint: String,
    why: String,
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
    let preview = publish::preview(draft.body, Profile::Post).await?;
    let item = |found: publish::Found| FoundItem {
        rule: found.rule.as_str().to_owned(),
        level: found.level.as_str().to_owned(),
        start: found.start,
        end: found.end,
        hint: found.hint,
        why: found.why.text().to_owned(),
    };
    Ok(Json(Previewed { html: preview.html, findings: preview.findings.into_iter().map(item).collect() }))
}
