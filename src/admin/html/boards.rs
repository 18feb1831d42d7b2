//! `/admin/boards` and the forms of sections and boards.

use std::collections::HashMap;

use axum::extract::{Form, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::policy::OfRule;
use super::super::views::{AdminBoardPage, AdminBoardsPage, BoardRow, Choice, SectionRow};
use super::super::{self as admin, BoardDraft, Section};
use super::{Fields, choice, policy, wrong};
use crate::access::Viewer;
use crate::entity::board::{self, Readers, Writers};
use crate::error::{Error, FieldError, Result};
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back, page};
use crate::http::problem;
use crate::ids::{BoardId, SectionId};
use crate::site::Site;

/// The form of a section.
#[derive(Deserialize, Default)]
pub struct Titled {
    #[serde(default)]
    title: String,
}

pub async fn list(Visit { site, viewer, chrome }: Visit) -> Result<Response> {
    listed(&site, &viewer, &chrome, (String::new(), None)).await
}

async fn listed(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (new_section, section_error): (String, Option<String>),
) -> Result<Response> {
    let status = if section_error.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let sections = admin::sections(site, viewer).await?.into_iter().map(section_row).collect();
    page(
        status,
        &AdminBoardsPage {
            layout: chrome.layout("Boards", Tab::Admin),
            sections,
            new_section,
            section_error,
            notice: None,
        },
    )
}

fn section_row(section: Section) -> SectionRow {
    SectionRow {
        id: section.section.id.0,
        title: section.section.title,
        boards: section.boards.into_iter().map(board_row).collect(),
    }
}

fn board_row((board, topics): (board::Model, i64)) -> BoardRow {
    let readers = match board.readers {
        Readers::Public => "everyone",
        Readers::Members => "members",
        Readers::Staff => "moderators",
    };
    BoardRow {
        id: board.id.0,
        slug: board.slug,
        title: board.title,
        description: board.description,
        colour: board.colour,
        readers,
        topics,
        archived: board.archived,
    }
}

pub async fn create_section(Visit { site, viewer, chrome }: Visit, Form(form): Form<Titled>) -> Result<Response> {
    match admin::save_section(&site, &viewer, None, &form.title).await {
        Ok(_) => Ok(back(&site, "/admin/boards", "The section is made.")),
        Err(Error::Invalid(fields)) => listed(&site, &viewer, &chrome, (form.title, wrong(&fields, "title"))).await,
        Err(error) => Err(error),
    }
}

pub async fn rename_section(
    State(site): State<Site>,
    viewer: Viewer,
    Path(id): Path<SectionId>,
    Form(form): Form<Titled>,
) -> Result<Response> {
    admin::save_section(&site, &viewer, Some(id), &form.title).await?;
    Ok(back(&site, "/admin/boards", "Renamed."))
}

/// Which section a new board is for.
#[derive(Deserialize)]
pub struct In {
    section: Option<i64>,
}

pub async fn wish(Visit { site, viewer, chrome }: Visit, Query(part): Query<In>) -> Result<Response> {
    let mut fields = HashMap::from([
        ("readers".to_owned(), "public".to_owned()),
        ("writers".to_owned(), "members".to_owned()),
        ("colour".to_owned(), "1".to_owned()),
    ]);
    if let Some(section) = part.section {
        fields.insert("section".to_owned(), section.to_string());
    }
    form(&site, &viewer, &chrome, (None, Fields(fields), None)).await
}

pub async fn show(Visit { site, viewer, chrome }: Visit, Path(id): Path<BoardId>) -> Result<Response> {
    let (board, _, moderators) = admin::board(&site, &viewer, Some(id)).await?;
    let board = board.ok_or(Error::NotFound)?;
    let mut fields = HashMap::from([
        ("title", board.title),
        ("slug", board.slug),
        ("description", board.description),
        ("section", board.section_id.to_string()),
        ("colour", board.colour.to_string()),
        ("readers", readers_key(board.readers).to_owned()),
        ("writers", writers_key(board.writers).to_owned()),
        ("position", board.position.to_string()),
        ("moderators", moderators.join(", ")),
    ]);
    if board.archived {
        fields.insert("archived", "1".to_owned());
    }
    let fields = fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
    form(&site, &viewer, &chrome, (Some(id), Fields(fields), None)).await
}

pub async fn create(
    site: State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    save(&site, &viewer, &chrome, None, Fields(fields)).await
}

pub async fn update(
    site: State<Site>,
    viewer: Viewer,
    chrome: Chrome,
    Path(id): Path<BoardId>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    save(&site, &viewer, &chrome, Some(id), Fields(fields)).await
}

async fn save(site: &Site, viewer: &Viewer, chrome: &Chrome, id: Option<BoardId>, fields: Fields) -> Result<Response> {
    let (_, settings, _) = admin::board(site, viewer, id).await?;
    let saved = match draft(&fields, &settings) {
        Ok(draft) => admin::save_board(site, viewer, id, draft).await,
        Err(error) => Err(error),
    };
    match saved {
        Ok(_) => {
            Ok(back(site, "/admin/boards", if id.is_some() { "The board is saved." } else { "The board is made." }))
        }
        Err(error @ (Error::Invalid(_) | Error::Conflict(..))) => {
            form(site, viewer, chrome, (id, fields, Some(error))).await
        }
        Err(error) => Err(error),
    }
}

fn draft(fields: &Fields, settings: &[OfRule]) -> Result<BoardDraft> {
    let readers = readers().into_iter().find(|(readers, _)| readers_key(*readers) == fields.text("readers"));
    let writers = writers().into_iter().find(|(writers, _)| writers_key(*writers) == fields.text("writers"));
    let position =
        if fields.text("position").trim().is_empty() { None } else { Some(fields.number("position")?.clamp(0, 9999)) };
    Ok(BoardDraft {
        section: SectionId(fields.number("section")?),
        title: fields.text("title").to_owned(),
        slug: fields.text("slug").to_owned(),
        description: fields.text("description").to_owned(),
        colour: i16::try_from(fields.number("colour")?).unwrap_or(0),
        readers: readers.ok_or_else(|| Error::field("readers", "Choose who may read."))?.0,
        writers: writers.ok_or_else(|| Error::field("writers", "Choose who may start topics."))?.0,
        archived: fields.has("archived"),
        position,
        policy: fields.policy(settings),
        moderators: fields.text("moderators").to_owned(),
    })
}

fn readers() -> [(Readers, &'static str); 3] {
    [
        (Readers::Public, "Everyone, guests included"),
        (Readers::Members, "Members"),
        (Readers::Staff, "Its moderators and admins"),
    ]
}

fn readers_key(readers: Readers) -> &'static str {
    match readers {
        Readers::Public => "public",
        Readers::Members => "members",
        Readers::Staff => "staff",
    }
}

fn writers() -> [(Writers, &'static str); 2] {
    [
        (Writers::Members, "Every member who may read it"),
        (Writers::Staff, "Its moderators and admins; members may reply"),
    ]
}

fn writers_key(writers: Writers) -> &'static str {
    match writers {
        Writers::Staff => "staff",
        Writers::Members => "members",
    }
}

/// The form with what was typed, and what is wrong with it.
async fn form(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (id, fields, error): (Option<BoardId>, Fields, Option<Error>),
) -> Result<Response> {
    let (_, settings, _) = admin::board(site, viewer, id).await?;
    let sections = sections(site, viewer, fields.text("section")).await?;
    let status = error.as_ref().map_or(StatusCode::OK, problem::status);
    let typed = error.is_some().then(|| fields.policy(&settings));
    let list: &[FieldError] = if let Some(Error::Invalid(list)) = &error { list } else { &[] };
    let elsewhere =
        list.iter().find(|field| !["title", "slug", "description", "moderators"].contains(&field.field.as_ref()));
    let whole = match &error {
        Some(Error::Invalid(_)) | None => elsewhere.map(|field| field.message.to_string()),
        Some(other) => Some(other.message().into_owned()),
    };
    let view = AdminBoardPage {
        layout: chrome.layout("Board", Tab::Admin),
        id: id.map(|id| id.0),
        title: fields.text("title").to_owned(),
        slug: fields.text("slug").to_owned(),
        description: fields.text("description").to_owned(),
        colour: fields.text("colour").parse().unwrap_or(1),
        sections,
        readers: readers()
            .map(|(one, label)| choice(readers_key(one), label, readers_key(one) == fields.text("readers")))
            .to_vec(),
        writers: writers()
            .map(|(one, label)| choice(writers_key(one), label, writers_key(one) == fields.text("writers")))
            .to_vec(),
        archived: fields.has("archived"),
        position: fields.text("position").to_owned(),
        policy: policy(&settings, typed.as_ref(), "As everywhere"),
        moderators: fields.text("moderators").to_owned(),
        moderators_error: wrong(list, "moderators"),
        title_error: wrong(list, "title"),
        slug_error: wrong(list, "slug"),
        description_error: wrong(list, "description"),
        error: whole,
    };
    page(status, &view)
}

async fn sections(site: &Site, viewer: &Viewer, chosen: &str) -> Result<Vec<Choice>> {
    let sections = admin::sections(site, viewer).await?;
    let one = |section: Section| {
        let id = section.section.id.to_string();
        let selected = id == chosen;
        choice(id, section.section.title, selected)
    };
    Ok(sections.into_iter().map(one).collect())
}
