//! The pages for guests: signing in, up and out, and the first admin. What members see is in `settings.rs`.

mod settings;

use std::future::Future;
use std::pin::Pin;

use askama::Template;
use axum::extract::{Form, FromRef, Query, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Extension, Json, Router};
use serde::Deserialize;

use super::filling::{self, Filling};
use super::views::{FillingPage, SetupPage, SignInPage, SignUpPage};
use super::web::{self, Caller, avatar, local_path};
use super::{Applicant, SignedIn, pages};
use crate::access::Viewer;
use crate::error::{Error, Result};
use crate::http::layout::Tab;
use crate::http::page::{Visit, page};
use crate::http::{accepts_json, problem};
use crate::site::Site;

/// The pages about accounts.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/signin", get(sign_in_page).post(sign_in))
        .route("/signup", get(sign_up_page).post(sign_up))
        .route("/signout", post(sign_out))
        .route("/setup", get(setup_page).post(setup))
        .route("/setup/filling", get(filling_page))
        .route("/avatar/{id}", get(avatar::show))
        .merge(settings::routes())
}

/// What a new community begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fill {
    /// One board and one room.
    #[default]
    Empty,
    /// The sample community.
    Sample,
}

/// Fills a community that has just got its first admin. The program's wiring hands it in as an `Extension`, because
/// boards and rooms are other features' business.
#[derive(Clone)]
pub struct Furnish {
    /// Makes one board and one room.
    pub empty: fn(Site) -> Furnished,
    /// Makes the sample community, which takes a while.
    pub sample: fn(Site, Filling) -> Furnished,
    /// How far the sample community is.
    pub filling: Filling,
}

impl Furnish {
    /// Starts to make the sample community, or to complete it. What goes wrong is kept with the progress and logged.
    pub fn fill(&self, site: &Site) {
        let (work, filling) = ((self.sample)(site.clone(), self.filling.clone()), self.filling.clone());
        tokio::spawn(async move {
            if let Err(error) = work.await {
                filling.fail();
                tracing::error!(cause = %error, "the sample community was not completed");
            }
        });
    }
}

/// The work of filling a community.
pub type Furnished = Pin<Box<dyn Future<Output = Result<()>> + Send>>;

/// The status of a form that comes back because of an error, and how long to wait if that is what helps.
fn status(error: &Error) -> (StatusCode, Option<u64>) {
    let wait = match error {
        Error::Limited(limited) => Some(limited.retry_after_s),
        Error::Unavailable(wait, _) => Some(*wait),
        _ => None,
    };
    (problem::status(error), wait)
}

/// A form that comes back because of an error.
fn again((code, wait): (StatusCode, Option<u64>), view: &impl Template) -> Result<Response> {
    let mut response = page(code, view)?;
    if let Some(wait) = wait {
        response.headers_mut().insert(header::RETRY_AFTER, wait.into());
    }
    Ok(response)
}

/// Where to go afterwards, and whether somebody has just signed out.
#[derive(Default, Deserialize)]
struct Way {
    #[serde(default)]
    next: String,
    out: Option<String>,
}

impl Way {
    /// The path to go to; empty for the front page.
    fn next(&self) -> String {
        Some(local_path(&self.next)).filter(|path| *path != "/").unwrap_or_default().to_owned()
    }
}

async fn sign_in_page(Visit { site, viewer, chrome }: Visit, Query(way): Query<Way>) -> Result<Response> {
    if viewer.member().is_ok() {
        return Ok(web::see(local_path(&way.next)));
    }
    let next = way.next();
    let notice = match (&way.out, next.is_empty()) {
        (Some(_), _) => Some("You are signed out.".to_owned()),
        (None, false) => Some("Sign in to go on.".to_owned()),
        (None, true) => None,
    };
    let layout = chrome.layout("Sign in", Tab::None);
    let community = pages::community(&site).await?;
    page(
        StatusCode::OK,
        &SignInPage { layout, community, name: String::new(), next, error: None, notice, open: site.config.sign_up },
    )
}

/// The sign-in form.
#[derive(Deserialize)]
struct SignIn {
    #[serde(default)]
    name: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

async fn sign_in(Visit { site, viewer, chrome }: Visit, caller: Caller, Form(form): Form<SignIn>) -> Result<Response> {
    let error = match super::sign_in(&site, &viewer, (&form.name, &form.password), &caller.0).await {
        Ok(signed_in) => return web::enter(&site.config, &signed_in, local_path(&form.next)),
        Err(error) => error,
    };
    let status = status(&error);
    let (fields, sentence) = pages::complaint(error)?;
    let error = sentence.or_else(|| pages::error(&fields, "password"));
    let next = Way { next: form.next, out: None }.next();
    let layout = chrome.layout("Sign in", Tab::None);
    let community = pages::community(&site).await?;
    again(
        status,
        &SignInPage { layout, community, name: form.name, next, error, notice: None, open: site.config.sign_up },
    )
}

async fn sign_up_page(Visit { site, viewer, chrome }: Visit, Query(way): Query<Way>) -> Result<Response> {
    if viewer.member().is_ok() {
        return Ok(web::see(local_path(&way.next)));
    }
    let (layout, community) = (chrome.layout("Create an account", Tab::None), pages::community(&site).await?);
    page(
        StatusCode::OK,
        &SignUpPage {
            layout,
            community,
            form: pages::form(&Applicant::default(), &[]),
            next: way.next(),
            open: site.config.sign_up,
        },
    )
}

/// The sign-up form, and with it the first admin's.
#[derive(Deserialize)]
struct SignUp {
    #[serde(default)]
    name: String,
    #[serde(default)]
    display: String,
    #[serde(default)]
    email: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    key: String,
    #[serde(default)]
    fill: Fill,
}

impl SignUp {
    fn applicant(&self) -> Applicant {
        Applicant {
            name: self.name.clone(),
            display: self.display.clone(),
            email: self.email.clone(),
            password: self.password.clone(),
        }
    }
}

async fn sign_up(Visit { site, viewer, chrome }: Visit, caller: Caller, Form(form): Form<SignUp>) -> Result<Response> {
    if viewer.member().is_ok() {
        return Ok(web::see("/"));
    }
    let error = match super::sign_up(&site, form.applicant(), &caller.0).await {
        Ok(signed_in) => return web::enter(&site.config, &signed_in, local_path(&form.next)),
        Err(error) => error,
    };
    let status = status(&error);
    let (fields, sentence) = pages::complaint(error)?;
    let mut filled = pages::form(&form.applicant(), &fields);
    filled.errors.form = sentence;
    let (layout, community) = (chrome.layout("Create an account", Tab::None), pages::community(&site).await?);
    let next = Way { next: form.next, out: None }.next();
    again(status, &SignUpPage { layout, community, form: filled, next, open: site.config.sign_up })
}

async fn sign_out(State(site): State<Site>, viewer: Viewer) -> Result<Response> {
    super::sign_out(&site, &viewer).await?;
    web::leave(&site.config)
}

/// The link's key.
#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    key: String,
}

async fn setup_page(Visit { site, viewer, chrome }: Visit, Query(Key { key }): Query<Key>) -> Result<Response> {
    if viewer.is_admin() && filling::begun(&site).await?.is_some() {
        return Ok(web::see("/setup/filling"));
    }
    let refused = match super::setup_is_open(&site, &key).await {
        Ok(()) => false,
        Err(Error::NotFound) => true,
        Err(error) => return Err(error),
    };
    let view = SetupPage {
        layout: chrome.layout("First admin", Tab::None),
        key: if refused { String::new() } else { key },
        refused,
        form: pages::form(&Applicant::default(), &[]),
        sample: true,
    };
    page(if refused { StatusCode::NOT_FOUND } else { StatusCode::OK }, &view)
}

async fn setup(
    Visit { site, chrome, .. }: Visit,
    caller: Caller,
    furnish: Option<Extension<Furnish>>,
    Form(form): Form<SignUp>,
) -> Result<Response> {
    let error = match super::create_first_admin(&site, &form.key, form.applicant(), &caller.0).await {
        Ok(signed_in) => return begin(&site, &signed_in, furnish, form.fill).await,
        Err(error) => error,
    };
    let layout = chrome.layout("First admin", Tab::None);
    if matches!(error, Error::NotFound) {
        let view = SetupPage {
            layout,
            key: String::new(),
            refused: true,
            form: pages::form(&Applicant::default(), &[]),
            sample: false,
        };
        return page(StatusCode::NOT_FOUND, &view);
    }
    let status = status(&error);
    let (fields, sentence) = pages::complaint(error)?;
    let mut filled = pages::form(&form.applicant(), &fields);
    filled.errors.form = sentence;
    again(status, &SetupPage { layout, key: form.key, refused: false, form: filled, sample: form.fill == Fill::Sample })
}

/// The admin stands. A community that could not be filled is empty, and the admin can fill it by hand.
async fn begin(site: &Site, signed_in: &SignedIn, furnish: Option<Extension<Furnish>>, fill: Fill) -> Result<Response> {
    match (furnish, fill) {
        (Some(Extension(furnish)), Fill::Sample) => {
            filling::begin(site).await?;
            furnish.fill(site);
            return web::enter(&site.config, signed_in, "/setup/filling");
        }
        (Some(Extension(furnish)), Fill::Empty) => {
            if let Err(error) = (furnish.empty)(site.clone()).await {
                tracing::error!(cause = %error, "the new community was not filled");
            }
        }
        (None, _) => {}
    }
    web::enter(&site.config, signed_in, "/")
}

/// How far the sample community is, as a page that asks again by itself or as JSON; to the front page once it is
/// complete.
async fn filling_page(
    Visit { site, viewer, chrome }: Visit,
    furnish: Option<Extension<Furnish>>,
    headers: HeaderMap,
) -> Result<Response> {
    viewer.member()?;
    if !viewer.is_admin() {
        return Err(Error::NotFound);
    }
    if filling::begun(&site).await?.is_none() {
        return Ok(web::see("/"));
    }
    let progress = furnish.map(|Extension(furnish)| furnish.filling.progress()).unwrap_or_default();
    if accepts_json("", &headers) {
        return Ok(Json(progress).into_response());
    }
    page(StatusCode::OK, &FillingPage { layout: chrome.layout("Filling the community", Tab::None), progress })
}
