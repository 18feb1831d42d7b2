//! `/admin/members`: the list, and the role on the whole site.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::members::{key, role};
use super::super::views::{AdminMembersPage, MemberRow};
use super::super::{self as admin, List, MEMBERS};
use super::choice;
use crate::access::{Role, Viewer};
use crate::clock::Moment;
use crate::entity::member::{self, MemberState};
use crate::entries::views::{Person, Stamp};
use crate::error::{Error, Result};
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back, page};
use crate::http::problem;
use crate::ids::MemberId;
use crate::site::Site;

/// Which members.
#[derive(Deserialize)]
pub struct Part {
    #[serde(default)]
    name: String,
    before: Option<MemberId>,
    after: Option<String>,
}

pub async fn list(Visit { site, viewer, chrome }: Visit, Query(part): Query<Part>) -> Result<Response> {
    listed(&site, &viewer, &chrome, (part, None)).await
}

async fn listed(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (part, error): (Part, Option<Error>),
) -> Result<Response> {
    // Names are lower-case ASCII; what else is typed begins no name and never comes back in a link.
    let clean: String =
        part.name.trim().chars().filter(char::is_ascii_graphic).map(|c| c.to_ascii_lowercase()).take(30).collect();
    let which = if clean.is_empty() { List::Newest(part.before) } else { List::Named(clean.clone(), part.after) };
    let rows = admin::members(site, viewer, &which).await?;
    let last = rows.last().filter(|_| rows.len() as u64 == MEMBERS);
    let next = last.map(|last| match &which {
        List::Newest(_) => format!("/admin/members?before={}", last.id),
        List::Named(name, _) => {
            let coded: String = url::form_urlencoded::byte_serialize(name.as_bytes()).collect();
            format!("/admin/members?name={coded}&after={}", last.name)
        }
    });
    let now = site.clock.now();
    let view = AdminMembersPage {
        layout: chrome.layout("Members", Tab::Admin),
        query: clean,
        next,
        notice: None,
        error: error.as_ref().map(|error| error.message().into_owned()),
        members: rows.into_iter().map(|row| member_row(viewer, row, now)).collect(),
    };
    page(error.as_ref().map_or(StatusCode::OK, problem::status), &view)
}

fn member_row(viewer: &Viewer, row: member::Model, now: Moment) -> MemberRow {
    let roles = [(Role::Member, "Member"), (Role::Moderator, "Moderator"), (Role::Admin, "Admin")];
    MemberRow {
        roles: roles.map(|(one, label)| choice(key(one), label, one == row.role)).to_vec(),
        role: roles.into_iter().find(|(one, _)| *one == row.role).map_or("", |(_, label)| label),
        changeable: !viewer.is(row.id),
        suspended: row.state == MemberState::Suspended,
        entries: row.entries,
        joined: Stamp::new(row.created_at, now),
        seen: Stamp::new(row.seen_at, now),
        who: Person { id: row.id.0, name: row.name, display: row.display },
    }
}

/// The form of a role.
#[derive(Deserialize)]
pub struct Giving {
    role: String,
}

pub async fn set_role(
    Visit { site, viewer, chrome }: Visit,
    Path(id): Path<MemberId>,
    Form(form): Form<Giving>,
) -> Result<Response> {
    let wanted = role(&form.role).ok_or_else(|| Error::field("role", "Choose one of the roles."))?;
    match admin::set_role(&site, &viewer, id, wanted).await {
        Ok(()) => Ok(back(&site, "/admin/members", "The role is set. They have to sign in again.")),
        Err(error @ (Error::Denied("own", _) | Error::Conflict(..))) => {
            let part = Part { name: String::new(), before: None, after: None };
            listed(&site, &viewer, &chrome, (part, Some(error))).await
        }
        Err(error) => Err(error),
    }
}
