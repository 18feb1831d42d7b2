//! `/my/held`: what one wrote that waits, and sending a returned text again.

use axum::Router;
use axum::extract::{Form, FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use serde::Deserialize;

use super::super::forms::{AgainField, AgainPage};
use super::super::views::HeldPage;
use super::super::{self as moderation, PAGE, pages, words};
use super::page;
use crate::access::Viewer;
use crate::entries::views::WarningView;
use crate::error::{Error, Result};
use crate::http::forms::Sending;
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back};
use crate::http::{Sender, problem};
use crate::ids::ReviewId;
use crate::publish::{self, Field, Outcome, Submission};
use crate::site::Site;

/// The author's pages.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/my/held", get(list))
        .route("/my/held/{id}/withdraw", post(withdraw))
        .route("/my/held/{id}/edit", get(again).post(send))
}

/// Which part of the list.
#[derive(Deserialize)]
struct Before {
    before: Option<ReviewId>,
}

async fn list(Visit { site, viewer, chrome }: Visit, Query(part): Query<Before>) -> Result<Response> {
    let mine = moderation::mine(&site, &viewer, part.before, PAGE).await?;
    let usual = moderation::usual_min(&site).await?;
    let now = site.clock.now();
    let urls = moderation::urls(&site, &mine).await?;
    let older =
        mine.last().filter(|_| mine.len() as u64 == PAGE).map(|last| format!("/my/held?before={}", last.item.id));
    let rows = mine.iter().zip(urls).map(|(one, url)| pages::own(one, Some(url), usual, now)).collect();
    page(StatusCode::OK, &HeldPage { layout: chrome.layout("Held entries", Tab::You), rows, older, notice: None })
}

async fn withdraw(State(site): State<Site>, viewer: Viewer, Path(id): Path<ReviewId>) -> Result<Response> {
    moderation::withdraw(&site, &viewer, id).await?;
    Ok(back(&site, "/my/held", "Withdrawn. The text is gone."))
}

/// The form of a returned text.
#[derive(Deserialize, Default)]
struct Writing {
    #[serde(flatten)]
    sending: Sending,
    title: Option<String>,
    body: Option<String>,
    display: Option<String>,
    bio: Option<String>,
    topic: Option<String>,
}

impl Writing {
    fn fill(&self, submission: &mut Submission) {
        for (field, text) in submission.fields_mut() {
            let typed = match field {
                Field::Title => &self.title,
                Field::Body => &self.body,
                Field::Display => &self.display,
                Field::Bio => &self.bio,
                Field::Topic => &self.topic,
            };
            if let Some(typed) = typed {
                text.clone_from(typed);
            }
        }
    }
}

/// The page with a returned text in its form.
struct Desk {
    id: ReviewId,
    nonce: String,
    submission: Submission,
    warning: Option<WarningView>,
    error: Option<String>,
}

fn show(chrome: &Chrome, status: StatusCode, desk: Desk) -> Result<Response> {
    let field = |(field, text): (Field, &str)| AgainField {
        name: field.as_str(),
        label: label(field),
        long: matches!(field, Field::Body | Field::Bio),
        text: text.to_owned(),
    };
    let view = AgainPage {
        layout: chrome.layout("Edit and send again", Tab::You),
        id: desk.id.0,
        subject: words::subject(publish::subject(&desk.submission)),
        nonce: desk.nonce,
        fields: desk.submission.fields().into_iter().map(field).collect(),
        warning: desk.warning,
        error: desk.error,
    };
    page(status, &view)
}

fn label(field: Field) -> &'static str {
    match field {
        Field::Title => "Title",
        Field::Body => "Text",
        Field::Display => "Display name",
        Field::Bio => "About you",
        Field::Topic => "Topic line",
    }
}

async fn again(Visit { site, viewer, chrome }: Visit, Path(id): Path<ReviewId>) -> Result<Response> {
    let submission = moderation::returned(&site, &viewer, id).await?;
    show(&chrome, StatusCode::OK, Desk { id, nonce: site.clock.token(), submission, warning: None, error: None })
}

async fn send(
    Visit { site, viewer, chrome }: Visit,
    Sender(address): Sender,
    Path(id): Path<ReviewId>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    let mut submission = moderation::returned(&site, &viewer, id).await?;
    form.fill(&mut submission);
    let desk =
        Desk { id, nonce: form.sending.nonce.clone(), submission: submission.clone(), warning: None, error: None };
    if form.sending.choice == "edit" {
        return show(&chrome, StatusCode::OK, desk);
    }
    let envelope = form.sending.envelope(address);
    match publish::publish(&site, &viewer, submission, envelope).await {
        Ok(Outcome::Published(published)) => {
            moderation::withdraw(&site, &viewer, id).await?;
            let to = published.entry.map_or_else(|| "/my/held".to_owned(), |entry| format!("/p/{entry}"));
            Ok(Redirect::to(&to).into_response())
        }
        Ok(Outcome::Held(_)) => {
            moderation::withdraw(&site, &viewer, id).await?;
            Ok(back(&site, "/my/held", "Sent. It waits for a moderator."))
        }
        Ok(Outcome::Warned(warning)) => {
            let warning = Some(WarningView::new(&warning));
            show(&chrome, StatusCode::UNPROCESSABLE_ENTITY, Desk { warning, ..desk })
        }
        Err(error @ (Error::NotFound | Error::SignInNeeded | Error::Internal(_))) => Err(error),
        Err(error) => {
            let status = problem::status(&error);
            show(&chrome, status, Desk { error: Some(error.message().into_owned()), ..desk })
        }
    }
}
