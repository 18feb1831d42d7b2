//! `/filter`: what the filter looks for and what follows, for everybody.

use askama::Template;
use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::get;

use super::words;
use crate::error::Result;
use crate::http::layout::{Layout, Tab};
use crate::http::page::{Visit, page};
use crate::pii::{DETECTOR_VERSION, Rule};
use crate::site::Site;

/// The page.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new().route("/filter", get(show))
}

/// `/filter`.
#[derive(Template)]
#[template(path = "filter/rules.html")]
struct RulesPage {
    layout: Layout,
    rules: Vec<RuleView>,
    version: i16,
}

/// A rule as everybody reads about it.
struct RuleView {
    key: &'static str,
    label: &'static str,
    about: &'static str,
    usually: &'static str,
    /// What stands in its place, without the brackets.
    mask: &'static str,
}

async fn show(Visit { chrome, .. }: Visit) -> Result<Response> {
    let rule = |rule: &Rule| RuleView {
        key: rule.as_str(),
        label: rule.label(),
        about: words::about(*rule),
        usually: words::usually(*rule),
        mask: rule.token().trim_matches(['[', ']']),
    };
    let view = RulesPage {
        layout: chrome.layout("What the filter looks for", Tab::None),
        rules: Rule::ALL.iter().map(rule).collect(),
        version: DETECTOR_VERSION,
    };
    page(StatusCode::OK, &view)
}
