//! `/p/{id}/flag`: a member's report of an entry. `/my/reports`: what came of theirs.

use axum::extract::{Form, Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::forms::{FlagChoice, FlagPage, ReportsPage};
use super::super::words::FlagReason;
use super::super::{self as moderation, PAGE, Report, pages};
use super::page;
use crate::access::Viewer;
use crate::entries::views::Person;
use crate::error::{Error, FieldError, Result};
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back};
use crate::http::{Sender, problem};
use crate::ids::EntryId;
use crate::site::Site;

/// The form of a report.
#[derive(Deserialize, Default)]
pub struct Reporting {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
}

/// Which part of the list.
#[derive(Deserialize)]
pub struct Before {
    before: Option<i64>,
}

/// What the viewer reported, and what came of it.
pub async fn list(Visit { site, viewer, chrome }: Visit, Query(part): Query<Before>) -> Result<Response> {
    let reports = moderation::reports(&site, &viewer, part.before).await?;
    let older =
        reports.last().filter(|_| reports.len() as u64 == PAGE).map(|last| format!("/my/reports?before={}", last.id));
    let now = site.clock.now();
    let rows = reports.into_iter().map(|report| pages::report(report, now)).collect();
    page(StatusCode::OK, &ReportsPage { layout: chrome.layout("Your reports", Tab::You), rows, older })
}

pub async fn show(Visit { site, viewer, chrome }: Visit, Path(id): Path<EntryId>) -> Result<Response> {
    form(&site, &viewer, &chrome, (id, Reporting::default(), None)).await
}

pub async fn send(
    Visit { site, viewer, chrome }: Visit,
    Sender(address): Sender,
    Path(id): Path<EntryId>,
    Form(typed): Form<Reporting>,
) -> Result<Response> {
    viewer.member()?;
    let Some(reason) = FlagReason::parse(&typed.reason) else {
        let missing = Error::field("reason", "Choose what is wrong with it.");
        return form(&site, &viewer, &chrome, (id, typed, Some(missing))).await;
    };
    let report = Report { reason, note: typed.note.clone(), address };
    match moderation::flag(&site, &viewer, id, report).await {
        Ok(_) => Ok(back(
            &site,
            &format!("/p/{id}"),
            "Reported. What comes of it will stand under Your reports, in your settings.",
        )),
        Err(error @ (Error::Invalid(_) | Error::Conflict(..) | Error::Limited(_))) => {
            form(&site, &viewer, &chrome, (id, typed, Some(error))).await
        }
        Err(error) => Err(error),
    }
}

async fn form(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (id, typed, error): (EntryId, Reporting, Option<Error>),
) -> Result<Response> {
    viewer.member()?;
    let entry = moderation::reportable(site, viewer, id).await?;
    let fields: &[FieldError] = if let Some(Error::Invalid(fields)) = &error { fields } else { &[] };
    let note_error = fields.iter().find(|field| field.field == "note").map(|field| field.message.to_string());
    let said = error.as_ref().map(|error| error.message().into_owned());
    let listed = |reason: FlagReason| FlagChoice {
        key: reason.as_str(),
        label: reason.label(),
        chosen: reason.as_str() == typed.reason,
    };
    let view = FlagPage {
        layout: chrome.layout("Report an entry", Tab::None),
        id: id.0,
        place: entry.title,
        author: Person::from(&entry.author),
        excerpt: entry.excerpt,
        reasons: FlagReason::ALL.map(listed).to_vec(),
        reason_error: said.filter(|_| note_error.is_none()),
        note_error,
        note: typed.note,
    };
    page(error.as_ref().map_or(StatusCode::OK, problem::status), &view)
}
