//! The pages of members: profiles, one's own profile and reading, sessions, password, API tokens.

use axum::Router;
use axum::extract::{Form, FromRef, Path, Query, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};
use serde::Deserialize;

use super::super::views::{ProfileEditPage, SessionsPage};
use super::super::web::{self, Caller};
use super::super::{self as accounts, PASSWORD_MIN, Preferences, pages, profile};
use super::{again, status};
use crate::access::{Place, Viewer};
use crate::entity::member::{Theme, TopicView};
use crate::entries::views::WarningView;
use crate::error::{Error, FieldError, Result};
use crate::http::forms::Sending;
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, page};
use crate::ids::{EntryId, SessionId, TokenId};
use crate::publish::{self, Outcome, Submission};
use crate::site::Site;

/// How long a token made on the page is good.
const TOKEN_DAYS: u16 = 90;

pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/u/{name}", get(show))
        .route("/settings/profile", get(edit).post(save))
        .route("/settings/reading", post(reading))
        .route("/settings/sessions", get(list))
        .route("/settings/sessions/end-others", post(end_others))
        .route("/settings/sessions/{id}/end", post(end))
        .route("/settings/password", post(password))
        .route("/settings/tokens", post(add_token))
        .route("/settings/tokens/{id}/revoke", post(revoke_token))
}

/// Where a list begins.
#[derive(Deserialize)]
struct From {
    before: Option<EntryId>,
}

async fn show(
    Visit { site, viewer, chrome }: Visit,
    Path(name): Path<String>,
    Query(from): Query<From>,
) -> Result<Response> {
    let found = profile(&site, &viewer, &name, from.before).await?;
    let counts = accounts::counts(&site, &viewer, found.id).await?;
    let (own, staff) = (viewer.is(found.id), viewer.member().is_ok_and(crate::access::Member::is_staff));
    let layout = chrome.layout(&found.display, if own { Tab::You } else { Tab::None });
    page(StatusCode::OK, &pages::profile(layout, found, counts, site.clock.now(), (own, staff)))
}

/// What was just done, as a word in the URL.
#[derive(Default, Deserialize)]
struct Done {
    #[serde(default)]
    done: String,
}

impl Done {
    fn notice(&self) -> Option<String> {
        let sentence = match self.done.as_str() {
            "saved" => "Saved.",
            "held" => "Your profile waits for a moderator. Until then the old one shows.",
            "ended" => "Signed out there.",
            "others" => "Signed out everywhere else.",
            "password" => "Your password is changed. You are signed out everywhere else.",
            "revoked" => "The token is revoked.",
            _ => return None,
        };
        Some(sentence.to_owned())
    }
}

/// The profile form.
#[derive(Default, Deserialize)]
struct Edit {
    #[serde(default)]
    display: String,
    #[serde(default)]
    bio: String,
    #[serde(flatten)]
    sending: Sending,
}

async fn edit(Visit { site, viewer, chrome }: Visit, Query(done): Query<Done>) -> Result<Response> {
    let name = viewer.member()?.name.clone();
    let own = profile(&site, &viewer, &name, None).await?;
    let form = Edit { sending: Sending::fresh(site.clock.token()), display: own.display, bio: own.bio };
    let mut view = edit_page(&site, &viewer, &chrome, form).await?;
    view.notice = done.notice();
    page(StatusCode::OK, &view)
}

async fn save(Visit { site, viewer, chrome }: Visit, caller: Caller, Form(form): Form<Edit>) -> Result<Response> {
    viewer.member()?;
    if form.sending.choice == "edit" {
        return page(StatusCode::OK, &edit_page(&site, &viewer, &chrome, form).await?);
    }
    let submission = Submission::Profile { display: form.display.clone(), bio: form.bio.clone() };
    let error = match publish::publish(&site, &viewer, submission, form.sending.envelope(caller.0.address)).await {
        Ok(Outcome::Published(_)) => return Ok(web::see("/settings/profile?done=saved")),
        Ok(Outcome::Held(_)) => return Ok(web::see("/settings/profile?done=held")),
        Ok(Outcome::Warned(warning)) => {
            let mut view = edit_page(&site, &viewer, &chrome, form).await?;
            view.warning = Some(WarningView::new(&warning));
            return page(StatusCode::UNPROCESSABLE_ENTITY, &view);
        }
        Err(error) => error,
    };
    let status = status(&error);
    let (fields, sentence) = pages::complaint(error)?;
    let mut view = edit_page(&site, &viewer, &chrome, form).await?;
    view.display_error = pages::error(&fields, "display");
    view.bio_error = pages::error(&fields, "bio").or(sentence).or_else(|| pages::error(&fields, "ack"));
    again(status, &view)
}

async fn edit_page(site: &Site, viewer: &Viewer, chrome: &Chrome, form: Edit) -> Result<ProfileEditPage> {
    let member = viewer.member()?;
    let liked = accounts::preferences(site, viewer).await?;
    Ok(ProfileEditPage {
        layout: chrome.layout("Profile and reading", Tab::You),
        who: pages::person(member.id, &member.name, &member.display),
        display: form.display,
        bio: form.bio,
        display_error: None,
        bio_error: None,
        warning: None,
        asks: publish::asked(site, viewer, Place::Site).await?,
        nonce: form.sending.nonce,
        theme: pages::theme(liked.theme),
        topic_view: pages::topic_view(liked.topic_view),
        notice: None,
    })
}

/// The form about reading.
#[derive(Deserialize)]
struct Reading {
    theme: Shade,
    view: Order,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Shade {
    System,
    Light,
    Dark,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Order {
    Tree,
    Time,
}

async fn reading(State(site): State<Site>, viewer: Viewer, Form(form): Form<Reading>) -> Result<Response> {
    let theme = match form.theme {
        Shade::System => Theme::System,
        Shade::Light => Theme::Light,
        Shade::Dark => Theme::Dark,
    };
    let topic_view = match form.view {
        Order::Tree => TopicView::Threaded,
        Order::Time => TopicView::Time,
    };
    accounts::set_preferences(&site, &viewer, Preferences { theme, topic_view }).await?;
    Ok(web::see("/settings/profile?done=saved"))
}

async fn list(Visit { site, viewer, chrome }: Visit, Query(done): Query<Done>) -> Result<Response> {
    let mut view = sessions_page(&site, &viewer, &chrome).await?;
    view.notice = done.notice();
    page(StatusCode::OK, &view)
}

async fn sessions_page(site: &Site, viewer: &Viewer, chrome: &Chrome) -> Result<SessionsPage> {
    let now = site.clock.now();
    let mut sessions: Vec<_> =
        accounts::sessions(site, viewer).await?.into_iter().map(|session| pages::session(session, now)).collect();
    sessions.sort_by_key(|session| !session.current);
    let tokens = accounts::tokens(site, viewer).await?.into_iter().map(|token| pages::token(token, now)).collect();
    Ok(SessionsPage {
        layout: chrome.layout("Sign-in and sessions", Tab::You),
        sessions,
        tokens,
        new_token: None,
        label: String::new(),
        label_error: None,
        current_error: None,
        password_error: None,
        password_min: PASSWORD_MIN,
        notice: None,
    })
}

async fn end(State(site): State<Site>, viewer: Viewer, Path(id): Path<SessionId>) -> Result<Response> {
    accounts::end_session(&site, &viewer, id).await?;
    Ok(web::see("/settings/sessions?done=ended"))
}

async fn end_others(State(site): State<Site>, viewer: Viewer) -> Result<Response> {
    accounts::end_all(&site, &viewer, true).await?;
    Ok(web::see("/settings/sessions?done=others"))
}

/// The form about the password.
#[derive(Deserialize)]
struct NewPassword {
    #[serde(default)]
    current: String,
    #[serde(default)]
    password: String,
}

async fn password(
    Visit { site, viewer, chrome }: Visit,
    caller: Caller,
    Form(form): Form<NewPassword>,
) -> Result<Response> {
    let error = match accounts::change_password(&site, &viewer, (&form.current, &form.password), &caller.0).await {
        Ok(signed_in) => return web::enter(&site.config, &signed_in, "/settings/sessions?done=password"),
        Err(Error::Denied("sign_in_failed", _)) => Error::field("current", "This is not your present password."),
        Err(error) => error,
    };
    let status = status(&error);
    let (fields, sentence) = pages::complaint(error)?;
    let mut view = sessions_page(&site, &viewer, &chrome).await?;
    view.current_error = pages::error(&fields, "current").or(sentence);
    view.password_error = pages::error(&fields, "password");
    again(status, &view)
}

/// The form about a new token.
#[derive(Deserialize)]
struct NewLabel {
    #[serde(default)]
    label: String,
}

/// The one form that answers with a page instead of a way to it: the secret is shown once and kept nowhere.
async fn add_token(Visit { site, viewer, chrome }: Visit, Form(form): Form<NewLabel>) -> Result<Response> {
    let made = accounts::token_add(&site, &viewer, &form.label, TOKEN_DAYS).await;
    let mut view = sessions_page(&site, &viewer, &chrome).await?;
    match made {
        Ok(token) => {
            view.new_token = Some(token.secret);
            page(StatusCode::OK, &view)
        }
        Err(error) => {
            let status = status(&error);
            let (fields, sentence): (Vec<FieldError>, _) = pages::complaint(error)?;
            view.label = form.label;
            view.label_error = pages::error(&fields, "label").or(sentence);
            again(status, &view)
        }
    }
}

async fn revoke_token(State(site): State<Site>, viewer: Viewer, Path(id): Path<TokenId>) -> Result<Response> {
    accounts::token_revoke(&site, &viewer, id).await?;
    Ok(web::see("/settings/sessions?done=revoked"))
}
