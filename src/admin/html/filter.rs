//! `/admin/filter`: what the filter does everywhere and among a few, what came of it, and a box to try a text.

use std::collections::HashMap;

use axum::extract::{Form, Query};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super as admin;
use super::super::views::{AdminFilterPage, FoundRow, NumbersRow};
use super::super::{Numbers, Scope};
use super::{Fields, policy};
use crate::access::Viewer;
use crate::entity::pii_tally::Tally;
use crate::error::{Error, Result};
use crate::http::layout::Tab;
use crate::http::page::{Chrome, Visit, back, page};
use crate::pii;
use crate::site::Site;

/// Days that the numbers count.
const DAYS: i64 = 30;
/// Longest text that can be tried, in bytes: the longest post.
const TRY_BYTES: usize = crate::text::MAX_POST_BYTES;

/// Which settings are shown.
#[derive(Deserialize, Default)]
pub struct Which {
    #[serde(default)]
    scope: String,
}

impl Which {
    fn scope(&self) -> Scope {
        if self.scope == "direct" { Scope::Direct } else { Scope::Site }
    }
}

pub async fn show(Visit { site, viewer, chrome }: Visit, Query(which): Query<Which>) -> Result<Response> {
    page(StatusCode::OK, &view(&site, &viewer, &chrome, which.scope()).await?)
}

pub async fn save(
    Visit { site, viewer, .. }: Visit,
    Query(which): Query<Which>,
    Form(fields): Form<HashMap<String, String>>,
) -> Result<Response> {
    let scope = which.scope();
    let shown = admin::scope_settings(site.db.reads(), scope).await?;
    admin::save_scope(&site, &viewer, scope, Fields(fields).policy(&shown)).await?;
    let to = if scope == Scope::Direct { "/admin/filter?scope=direct" } else { "/admin/filter" };
    Ok(back(&site, to, "The filter's settings are saved."))
}

/// A text to try. It is neither stored nor logged.
#[derive(Deserialize)]
pub struct Tried {
    #[serde(default)]
    text: String,
}

pub async fn test(Visit { site, viewer, chrome }: Visit, Form(tried): Form<Tried>) -> Result<Response> {
    let mut view = view(&site, &viewer, &chrome, Scope::Site).await?;
    if tried.text.len() > TRY_BYTES {
        return Err(Error::field("text", format!("Try at most {TRY_BYTES} bytes at once.")));
    }
    let row = |finding: pii::Finding| FoundRow {
        label: finding.rule.label(),
        level: finding.level.as_str(),
        hint: pii::hint(finding.rule, tried.text.get(finding.start..finding.end).unwrap_or_default()),
        why: finding.why.text(),
    };
    view.found = Some(pii::scan(&tried.text).into_iter().map(row).collect());
    view.tried = tried.text;
    page(StatusCode::OK, &view)
}

async fn view(site: &Site, viewer: &Viewer, chrome: &Chrome, scope: Scope) -> Result<AdminFilterPage> {
    let since = site.clock.now().plus_s(-DAYS * 24 * 3600);
    let numbers = admin::numbers(site, viewer, since).await?;
    let names = admin::place_names(site.db.reads(), numbers.iter().map(|row| row.place)).await?;
    let row = |row: &Numbers| NumbersRow {
        rule: row.rule.label(),
        place: names.get(&row.place).cloned().unwrap_or_default(),
        counts: [
            row.of(Tally::Warned),
            row.changed(),
            row.of(Tally::Masked),
            row.of(Tally::Held),
            row.of(Tally::Anyway),
            row.of(Tally::Wrong),
            row.of(Tally::Audited),
        ],
        doubtful: row.doubtful(),
    };
    let settings = admin::scope_settings(site.db.reads(), scope).await?;
    Ok(AdminFilterPage {
        layout: chrome.layout("Filter", Tab::Admin),
        scope: if scope == Scope::Direct { "direct" } else { "site" },
        policy: policy(&settings, None, "Default"),
        can_floor: scope == Scope::Site,
        numbers: numbers.iter().map(row).collect(),
        days: DAYS,
        tried: String::new(),
        found: None,
    })
}
