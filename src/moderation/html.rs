//! The review pages. A decision is a form; whoever was slower sees what happened instead.

mod flag;
mod own;

use askama::Template;
use axum::Router;
use axum::extract::{Form, FromRef, Path, Query};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::pages::{self, Attempt};
use super::views::{ReviewLogPage, ReviewPage};
use super::words::{self, Reason, RevealReason};
use super::{Cursor, Filter, PAGE, Verdict, log_rows, store};
use crate::access::Viewer;
use crate::entity::review_item::Decision;
use crate::error::{Error, Result};
use crate::http::layout::{Layout, Tab};
use crate::http::page::{Chrome, Visit, back};
use crate::http::{self, Sender, problem};
use crate::ids::ReviewId;
use crate::site::Site;

/// The pages under `/review` and `/my/held`, and the form of a report.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/review", get(list))
        .route("/review/log", get(log))
        .route("/review/{id}", get(show))
        .route("/review/{id}/decide", post(decide))
        .route("/review/{id}/reveal", post(reveal))
        .route("/my/reports", get(flag::list))
        .route("/p/{id}/flag", get(flag::show).post(flag::send))
        .merge(own::routes())
}

/// A page that the browser does not keep.
fn page(status: StatusCode, page: &impl Template) -> Result<Response> {
    let mut response = http::page::page(status, page)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

/// Which part of the queue.
#[derive(Deserialize)]
struct Part {
    #[serde(default)]
    show: String,
    after: Option<String>,
}

async fn list(Visit { site, viewer, chrome }: Visit, Query(part): Query<Part>) -> Result<Response> {
    let after = part.after.as_deref().map(str::parse).transpose()?;
    let view =
        queue(&site, &viewer, chrome.layout("Review", Tab::Review), (Filter::parse(&part.show), after, None)).await?;
    page(StatusCode::OK, &view)
}

/// The list with nothing open.
async fn queue(
    site: &Site,
    viewer: &Viewer,
    mut layout: Layout,
    (filter, after, current): (Filter, Option<Cursor>, Option<ReviewId>),
) -> Result<ReviewPage> {
    let rows = super::queue(site, viewer, filter, after, PAGE).await?;
    let full = rows.len() as u64 == PAGE;
    let last = rows
        .last()
        .filter(|_| full)
        .map(|row| Cursor { at: row.item.decided_at.unwrap_or(row.item.created_at), id: row.item.id });
    let joint = if filter == Filter::All { "?" } else { "&" };
    let now = site.clock.now();
    Ok(ReviewPage {
        filter,
        counts: pages::counts(super::counts(site, viewer).await?),
        items: rows.iter().map(|row| pages::item(row, now, current)).collect(),
        more: last.map(|last| format!("/review{}{joint}after={last}", filter.query())),
        case: None,
        // This page has a place of its own for the sentence.
        notice: layout.flash.take(),
        layout,
    })
}

async fn show(
    Visit { site, viewer, chrome }: Visit,
    Path(id): Path<ReviewId>,
    Query(part): Query<Part>,
) -> Result<Response> {
    let filter = Filter::parse(&part.show);
    page(StatusCode::OK, &opened(&site, &viewer, &chrome, (id, filter), Attempt::default()).await?)
}

/// The list with an open item.
async fn opened(
    site: &Site,
    viewer: &Viewer,
    chrome: &Chrome,
    (id, filter): (ReviewId, Filter),
    attempt: Attempt,
) -> Result<ReviewPage> {
    let case = super::case(site, viewer, id, filter).await?;
    let mut view = queue(site, viewer, chrome.layout("Review", Tab::Review), (filter, None, Some(id))).await?;
    view.case = Some(pages::case(viewer, &case, attempt, (filter, site.clock.now())));
    Ok(view)
}

/// The form of a decision.
#[derive(Deserialize)]
struct Deciding {
    version: i64,
    decision: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    note: String,
    #[serde(default)]
    show: String,
}

async fn decide(
    Visit { site, viewer, chrome }: Visit,
    Path(id): Path<ReviewId>,
    Form(form): Form<Deciding>,
) -> Result<Response> {
    let filter = Filter::parse(&form.show);
    let decision =
        words::decision(&form.decision).ok_or_else(|| Error::field("decision", "Choose one of the decisions."))?;
    let reason = Reason::parse(&form.reason);
    let verdict = Verdict { version: form.version, decision, reason, note: form.note.clone() };
    match super::decide(&site, &viewer, id, verdict).await {
        Ok(_) => {
            let next = store::next_open(site.db.reads(), &viewer, filter, id).await?;
            let to = next.map_or_else(
                || format!("/review{}", filter.query()),
                |next| format!("/review/{next}{}", filter.query()),
            );
            Ok(back(&site, &to, done(decision)))
        }
        Err(error @ (Error::NotFound | Error::SignInNeeded | Error::Internal(_))) => Err(error),
        Err(error) => {
            let stale = error.code() == "stale";
            let attempt = Attempt {
                reason,
                note: form.note,
                error: Some(error.message().into_owned()),
                stale,
                ..Attempt::default()
            };
            page(problem::status(&error), &opened(&site, &viewer, &chrome, (id, filter), attempt).await?)
        }
    }
}

fn done(decision: Decision) -> &'static str {
    match decision {
        Decision::Publish => "Published as it is. Its author sees it under Held entries.",
        Decision::PublishMasked => "Masked. Its author sees it under Held entries.",
        Decision::Return => "Returned to its author, with your reason.",
        Decision::Remove => "Removed. Its author sees your reason.",
        Decision::Dismiss => "Dismissed. The entry stays as it is.",
    }
}

/// The form that asks for the values.
#[derive(Deserialize)]
struct Revealing {
    #[serde(default)]
    reason: String,
    #[serde(default)]
    show: String,
}

async fn reveal(
    Visit { site, viewer, chrome }: Visit,
    Sender(address): Sender,
    Path(id): Path<ReviewId>,
    Form(form): Form<Revealing>,
) -> Result<Response> {
    let filter = Filter::parse(&form.show);
    let reason =
        RevealReason::parse(&form.reason).ok_or_else(|| Error::field("reason", "Say why you need the values."))?;
    match super::reveal(&site, &viewer, id, reason, address).await {
        Ok(values) => {
            let attempt = Attempt { revealed: Some(values), ..Attempt::default() };
            page(StatusCode::OK, &opened(&site, &viewer, &chrome, (id, filter), attempt).await?)
        }
        Err(error @ (Error::Denied(..) | Error::Conflict(..) | Error::Limited(_))) => {
            let attempt = Attempt { error: Some(error.message().into_owned()), ..Attempt::default() };
            page(problem::status(&error), &opened(&site, &viewer, &chrome, (id, filter), attempt).await?)
        }
        Err(error) => Err(error),
    }
}

/// Which part of the log.
#[derive(Deserialize)]
struct Before {
    before: Option<i64>,
}

async fn log(Visit { site, viewer, chrome }: Visit, Query(part): Query<Before>) -> Result<Response> {
    viewer.member()?;
    if !viewer.reviews_somewhere() {
        return Err(Error::NotFound);
    }
    let rows = log_rows(site.db.reads(), &viewer, part.before, PAGE).await?;
    let older = rows.last().filter(|_| rows.len() as u64 == PAGE).map(|row| format!("/review/log?before={}", row.id));
    let view =
        ReviewLogPage { layout: chrome.layout("Mod log", Tab::Review), rows: pages::log(&site, rows).await?, older };
    page(StatusCode::OK, &view)
}
