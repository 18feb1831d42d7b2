//! Stage 4: Markdown to sanitised HTML, mentions, excerpt. Runs beside the async threads.

use super::Preview;
use super::policy::{Allowed, Found};
use super::screen::{InField, profile, refused};
use super::settings::{Class, Setting};
use super::store;
use super::submission::{Field, Submission};
use crate::entity::entry::EntryKind;
use crate::entity::finding::FindingOutcome;
use crate::entity::pii_policy::PolicyAction;
use crate::entity::pii_tally::Tally;
use crate::entity::place_role::PlaceKind;
use crate::error::{Error, Result};
use crate::pii::{self, Level, Rule};
use crate::text::{self, Profile, Rendered as Html};

/// A submission that is ready to be stored.
#[derive(Clone)]
pub struct Rendered {
    pub(super) submission: Submission,
    pub(super) kept: Vec<(Found, FindingOutcome)>,
    pub(super) counted: Vec<(Rule, Tally)>,
    /// Where it goes, for counting.
    pub(super) place: (PlaceKind, i64),
    pub(super) digest: Vec<u8>,
    /// The rendered main text: body, bio, or topic line.
    pub(super) html: Html,
}

/// Renders the main text of an allowed submission.
pub async fn render(allowed: Box<Allowed>) -> Result<Rendered> {
    let Allowed { submission, context, kept, counted, digest } = *allowed;
    let kind = submission.kind(context.entry.as_ref());
    let masked = kept.iter().any(|(_, outcome)| *outcome == FindingOutcome::Masked);
    let (submission, html) =
        tokio::task::spawn_blocking(move || main_text(&submission, kind, masked).map(|html| (submission, html)))
            .await
            .map_err(Error::internal)??;
    Ok(Rendered { submission, kept, counted, place: store::place_key(context.place), digest, html })
}

/// `masked`: values in it were hidden, which may have made it longer than one may write.
fn main_text(submission: &Submission, kind: EntryKind, masked: bool) -> Result<Html> {
    let fields = submission.fields();
    let shown =
        fields.into_iter().rev().find_map(|(field, text)| profile(field, kind).map(|profile| (field, text, profile)));
    let (field, text, profile) = shown.ok_or_else(|| Error::internal("a submission without a text to render"))?;
    let render = if masked { text::render_masked } else { text::render };
    render(text, profile).map_err(|error| refused(field, error))
}

/// Renders a draft and looks for findings in it.
pub async fn preview(body: String, profile: Profile) -> Result<Preview> {
    let work = move || {
        let body = text::normalise(&body, text::MAX_POST_BYTES).map_err(|error| refused(Field::Body, error))?;
        let html = text::render(&body, profile).map_err(|error| refused(Field::Body, error))?.html;
        let findings = pii::scan(&body)
            .into_iter()
            .filter(|finding| finding.level >= Level::Likely)
            .map(|finding| bare(&body, InField { field: Field::Body, finding, typed: true }))
            .filter(|found| found.action != PolicyAction::Off)
            .collect();
        Ok(Preview { html, text: body, findings })
    };
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

/// A finding outside of any place: no policy but the default, no hash.
fn bare(text: &str, one: InField) -> Found {
    let finding = one.finding;
    Found {
        field: one.field,
        rule: finding.rule,
        level: finding.level,
        start: finding.start,
        end: finding.end,
        why: finding.why,
        hint: pii::hint(finding.rule, text.get(finding.start..finding.end).unwrap_or_default()),
        hash: [0; 32],
        action: Setting::default_of(finding.rule, Class::Public).action,
        typed: true,
        ground: None,
    }
}
