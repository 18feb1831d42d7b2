//! The API's part about accounts: who am I, members, one's own profile.

use axum::Json;
use axum::extract::{FromRef, Path, Query, State};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::profile::{Latest, Profile};
use super::web::Caller;
use super::{preferences, profile};
use crate::access::{Credential, Member, Viewer};
use crate::entity::entry::EntryKind;
use crate::entity::member::{Role, Theme, TopicView};
use crate::error::Result;
use crate::http::json::{self, Answer, Asked, Waiting};
use crate::ids::{BoardId, EntryId, MemberId, RoomId};
use crate::publish::{self, Envelope, Submission};
use crate::site::Site;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(session)).routes(routes!(member)).routes(routes!(update))
}

/// Who makes this request.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Whoami {
    /// The signed-in member; absent for guests.
    #[serde(skip_serializing_if = "Option::is_none")]
    member: Option<Me>,
}

/// The signed-in member.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Me {
    id: MemberId,
    /// Login name.
    name: String,
    /// Name as shown.
    display: String,
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// Trust level 0-4.
    trust: i16,
    /// Boards this member moderates.
    boards: Vec<BoardId>,
    /// Rooms this member moderates.
    rooms: Vec<RoomId>,
    /// `session` or `token`.
    credential: &'static str,
    #[schema(value_type = String, example = "system")]
    theme: Theme,
    #[schema(value_type = String, example = "threaded")]
    topic_view: TopicView,
}

/// Who am I, and how am I signed in?
#[utoipa::path(get, path = "/api/v1/session", tag = "accounts", responses((status = OK, body = Whoami)))]
async fn session(State(site): State<Site>, viewer: Viewer) -> Result<Json<Whoami>> {
    let Viewer::Member(member) = &viewer else { return Ok(Json(Whoami { member: None })) };
    let liked = preferences(&site, &viewer).await?;
    Ok(Json(Whoami { member: Some(me(member.clone(), liked.theme, liked.topic_view)) }))
}

fn me(member: Member, theme: Theme, topic_view: TopicView) -> Me {
    let credential = match member.credential {
        Credential::Session(_) => "session",
        Credential::Token(_) => "token",
        Credential::Console => "console",
    };
    Me {
        id: member.id,
        name: member.name,
        display: member.display,
        role: member.role,
        trust: member.trust,
        boards: member.boards,
        rooms: member.rooms,
        credential,
        theme,
        topic_view,
    }
}

/// A member as others see them.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct MemberPage {
    id: MemberId,
    /// Login name.
    name: String,
    /// Name as shown.
    display: String,
    /// Profile text as typed (Markdown).
    bio: String,
    /// Profile text rendered and sanitised.
    bio_html: String,
    #[schema(value_type = String, example = "member")]
    role: Role,
    /// Sign-up, RFC 3339.
    joined: String,
    /// Newest entries that the viewer may read.
    latest: Vec<LatestEntry>,
    /// Value of `before` for the next page.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<EntryId>,
}

/// An entry on a profile.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct LatestEntry {
    id: EntryId,
    #[schema(value_type = String, example = "post")]
    kind: EntryKind,
    /// Title of its topic or room.
    title: String,
    /// Path to it.
    href: String,
    /// Its beginning as plain text.
    excerpt: String,
    /// Published, RFC 3339.
    at: String,
}

impl From<Profile> for MemberPage {
    fn from(profile: Profile) -> Self {
        let latest = |one: Latest| LatestEntry {
            id: one.entry.id,
            kind: one.entry.kind,
            title: one.title,
            href: one.href,
            excerpt: one.entry.excerpt,
            at: one.entry.at.iso(),
        };
        Self {
            id: profile.id,
            name: profile.name,
            display: profile.display,
            bio: profile.bio,
            bio_html: profile.bio_html,
            role: profile.role,
            joined: profile.joined.iso(),
            latest: profile.latest.into_iter().map(latest).collect(),
            next: profile.next,
        }
    }
}

/// Where a page of a list begins.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
struct Before {
    /// Only entries with a smaller id.
    before: Option<EntryId>,
}

/// A member's profile with their newest entries that you may read.
#[utoipa::path(get, path = "/api/v1/members/{name}", tag = "accounts", params(("name" = String, Path, description = "Login name"), Before),
    responses((status = OK, body = MemberPage), (status = NOT_FOUND, description = "No such member")))]
async fn member(
    State(site): State<Site>,
    viewer: Viewer,
    Path(name): Path<String>,
    Query(from): Query<Before>,
) -> Result<Json<MemberPage>> {
    Ok(Json(profile(&site, &viewer, &name, from.before).await?.into()))
}

/// A new profile text, and what to do about findings in it.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
struct ProfileChange {
    /// Name as shown.
    display: String,
    /// Profile text (Markdown).
    #[serde(default)]
    bio: String,
    /// Your name for this request: 1 to 64 visible ASCII characters.
    nonce: String,
    /// After a warning.
    #[serde(flatten)]
    answer: Answer,
}

/// It is public.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct ProfileChanged {
    /// Revision of the profile after this.
    revision: i64,
    /// The same nonce had done it before.
    dup: bool,
}

/// Change your own profile. It is checked for private data like everything that is published.
#[utoipa::path(patch, path = "/api/v1/profile", tag = "accounts", request_body = ProfileChange,
    responses((status = OK, body = ProfileChanged), (status = ACCEPTED, body = Waiting), (status = UNPROCESSABLE_ENTITY, body = Asked)))]
async fn update(
    State(site): State<Site>,
    viewer: Viewer,
    caller: Caller,
    Json(change): Json<ProfileChange>,
) -> Result<Response> {
    let envelope = Envelope { nonce: change.nonce, choice: change.answer.choice(), address: caller.0.address };
    let submission = Submission::Profile { display: change.display, bio: change.bio };
    let outcome = publish::publish(&site, &viewer, submission, envelope).await?;
    Ok(json::answer(outcome, |done| Json(ProfileChanged { revision: done.revision, dup: done.dup }).into_response()))
}
