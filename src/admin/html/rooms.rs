//! `/admin/rooms` and the form of a room.

use std::collections::HashMap;

use axum::extract::{Form, Path};
use axum::http::StatusCode;
use axum::response::Response;

use super::super::policy::OfRule;
use super::super::views::{AdminRoomPage, AdminRoomRow, AdminRoomsPage};
use super::super::{self as admin, RoomDraft};
use super::{Fields, policy, wrong};
use crate::entity::room::{self, RoomAccess};
use crate::entries::views::Stamp;
use crate::error::{Error, FieldError, Result};
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back, page};
use crate::ids::RoomId;

pub async fn list(Visit { site, viewer, chrome }: Visit) -> Result<Response> {
    let now = site.clock.now();
    let row = |(room, members): (room::Model, i64)| AdminRoomRow {
        id: room.id.0,
        slug: room.slug,
        title: room.title,
        closed: room.access != RoomAccess::Open,
        archived: room.archived,
        members,
        messages: room.messages,
        last: room.last_entry_id.map(|_| Stamp::new(room.last_at, now)),
    };
    let rooms = admin::rooms(&site, &viewer).await?.into_iter().map(row).collect();
    page(StatusCode::OK, &AdminRoomsPage { layout: chrome.layout("Rooms", Tab::Admin), rooms, notice: None })
}

pub async fn show(Visit { site, viewer, chrome }: Visit, Path(id): Path<RoomId>) -> Result<Response> {
    let (room, settings, moderators) = admin::room(&site, &viewer, id).await?;
    let view = AdminRoomPage {
        layout: chrome.layout("Room", Tab::Admin),
        id: room.id.0,
        closed: room.access != RoomAccess::Open,
        archived: room.archived,
        slow_s: room.slow_s.to_string(),
        policy: policy(&settings, None, "As everywhere"),
        moderators: moderators.join(", "),
        moderators_error: None,
        title_error: None,
        slow_error: None,
        title: room.title,
        slug: room.slug,
    };
    page(StatusCode::OK, &view)
}

pub async fn update(
    Visit { site, viewer, chrome }: Visit,
    Path(id): Path<RoomId>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let fields = Fields(fields);
    let (room, settings, _) = admin::room(&site, &viewer, id).await?;
    let saved = match draft(&fields, &settings) {
        Ok(draft) => admin::save_room(&site, &viewer, id, draft).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(()) => Ok(back(&site, "/admin/rooms", "The room is saved.")),
        Err(Error::Invalid(list)) => {
            let view = typed(&chrome, &fields, (&room, &settings), &list);
            page(StatusCode::UNPROCESSABLE_ENTITY, &view)
        }
        Err(error) => Err(error),
    }
}

fn draft(fields: &Fields, settings: &[OfRule]) -> Result<RoomDraft> {
    Ok(RoomDraft {
        title: fields.text("title").to_owned(),
        closed: fields.text("access") == "closed",
        archived: fields.has("archived"),
        slow_s: fields.number("slow_s")?,
        policy: fields.policy(settings),
        moderators: fields.text("moderators").to_owned(),
    })
}

/// The form as it was typed.
fn typed(
    chrome: &Chrome,
    fields: &Fields,
    (room, settings): (&room::Model, &[OfRule]),
    list: &[FieldError],
) -> AdminRoomPage {
    AdminRoomPage {
        layout: chrome.layout("Room", Tab::Admin),
        id: room.id.0,
        title: fields.text("title").to_owned(),
        slug: room.slug.clone(),
        closed: fields.text("access") == "closed",
        archived: fields.has("archived"),
        slow_s: fields.text("slow_s").to_owned(),
        policy: policy(settings, Some(&fields.policy(settings)), "As everywhere"),
        moderators: fields.text("moderators").to_owned(),
        moderators_error: wrong(list, "moderators"),
        title_error: wrong(list, "title"),
        slow_error: wrong(list, "slow_s"),
    }
}
