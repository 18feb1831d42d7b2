//! The API's part about the detector: a text in, places and kinds out. Nothing is stored.

use axum::extract::{FromRef, State};
use axum::{Extension, Json};
use serde::{Deserialize, Serialize};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::access::{Credential, Viewer};
use crate::error::{Error, Result};
use crate::http::ClientAddress;
use crate::limits::{Key, Quota};
use crate::pii::{self, Level, Rule};
use crate::site::Site;
use crate::text;

/// The handlers with their description.
pub fn api<S>() -> OpenApiRouter<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    OpenApiRouter::new().routes(routes!(scan))
}

/// A text to look through.
#[derive(Deserialize, utoipa::ToSchema)]
struct Scanned {
    /// At most 128 KiB.
    #[schema(max_length = 131_072)]
    text: String,
    /// Lowest level that is answered: `possible`, `likely` (the default) or `certain`.
    level: Option<String>,
    /// Phone numbers and IP addresses too.
    #[serde(default)]
    all: bool,
}

/// What was found, in order and without overlap.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Findings {
    findings: Vec<Place>,
    /// Version of the detector; the same version finds the same.
    detector: i16,
}

/// A place that looks private.
#[derive(Debug, Serialize, utoipa::ToSchema)]
struct Place {
    /// `email`, `card`, `ssn`, `phone`, `iban`, `password`, `secret` or `ip`.
    rule: &'static str,
    /// The rule in words.
    label: &'static str,
    /// `possible`, `likely` or `certain`.
    level: &'static str,
    /// Place in the text, in UTF-16 code units.
    start: usize,
    /// End of it.
    end: usize,
    /// Why it looks like one.
    why: &'static str,
}

/// Longest text, in bytes.
const LONGEST: usize = 128 * 1024;

/// Look for private data in a text. Nothing is stored or logged.
#[utoipa::path(post, path = "/api/v1/pii/scan", tag = "filter", request_body = Scanned,
    responses((status = OK, body = Findings), (status = UNPROCESSABLE_ENTITY), (status = TOO_MANY_REQUESTS)))]
async fn scan(
    State(site): State<Site>,
    viewer: Viewer,
    from: Option<Extension<ClientAddress>>,
    Json(scanned): Json<Scanned>,
) -> Result<Json<Findings>> {
    let member = viewer.member()?;
    if member.credential != Credential::Console {
        site.limits.check(Quota::Preview, Key::Member(member.id), from.map(|from| from.0.0))?;
    }
    if scanned.text.len() > LONGEST {
        return Err(Error::field("text", format!("A text has at most {LONGEST} bytes. Send it in parts.")));
    }
    let level = scanned.level.as_deref().map_or(Some(Level::Likely), Level::parse);
    let level = level.ok_or_else(|| Error::field("level", "The level is possible, likely or certain."))?;
    let found = tokio::task::spawn_blocking(move || places(&scanned, level)).await.map_err(Error::internal)?;
    Ok(Json(Findings { findings: found, detector: pii::DETECTOR_VERSION }))
}

fn places(scanned: &Scanned, level: Level) -> Vec<Place> {
    let mut found = pii::scan(&scanned.text);
    found.retain(|one| one.level >= level && (scanned.all || !matches!(one.rule, Rule::Phone | Rule::Ip)));
    let ranges: Vec<_> = found.iter().map(|one| (one.start, one.end)).collect();
    let places = text::utf16(&scanned.text, &ranges);
    let one = |(finding, (start, end)): (&pii::Finding, (usize, usize))| Place {
        rule: finding.rule.as_str(),
        label: finding.rule.label(),
        level: finding.level.as_str(),
        start,
        end,
        why: finding.why.text(),
    };
    found.iter().zip(places).map(one).collect()
}
