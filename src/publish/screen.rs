//! Stage 2: normalise every field and look for personal data in it, as typed and as readers will see it.

use super::gate::Admitted;
use super::store;
use super::submission::{Field, Submission};
use crate::entity::entry::EntryKind;
use crate::error::{Error, Result};
use crate::pii::{self, Finding, Level};
use crate::site::Site;
use crate::text::{self, Profile, TextError};

/// Most characters of a title (security.md 17 of the design; shown to authors).
pub const TITLE_CHARS: usize = 150;
/// Most characters of a display name.
pub const DISPLAY_CHARS: usize = 40;

/// A finding and the field it is in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InField {
    /// Which field.
    pub field: Field,
    /// What was found there.
    pub finding: Finding,
    /// Whether it is found in the typed text. What shows only once rendered has no place that could be masked.
    pub typed: bool,
}

/// A normalised submission with everything the detector found in it.
pub struct Screened {
    pub(super) submission: Submission,
    pub(super) findings: Vec<InField>,
    /// The submission as it came, which its nonce stands for.
    pub(super) submitted: Submission,
}

/// Normalises and screens.
pub async fn screen(site: &Site, admitted: Admitted) -> Result<Screened> {
    let submitted = admitted.submission;
    let kind = match &submitted {
        Submission::Edit { entry, .. } => store::entry(site.db.reads(), *entry).await?.kind,
        other => other.kind(None),
    };
    let mut submission = submitted.clone();
    for (field, text) in submission.fields_mut() {
        *text = normalise((field, kind), text).map_err(|error| refused(field, error))?;
    }
    let findings = find(&submission, kind)?;
    Ok(Screened { submission, findings, submitted })
}

/// How a text is rendered: within the limits, or with the room that masking may take.
type Render = fn(&str, Profile) -> Result<text::Rendered, TextError>;

/// What is found in a submission, likely or certain; `kind` is what its body becomes.
pub(super) fn find(submission: &Submission, kind: EntryKind) -> Result<Vec<InField>> {
    find_in(submission, kind, text::render)
}

/// The same in a submission that was masked, which may have made it longer than one may write.
pub(super) fn find_masked(submission: &Submission, kind: EntryKind) -> Result<Vec<InField>> {
    find_in(submission, kind, text::render_masked)
}

fn find_in(submission: &Submission, kind: EntryKind, render: Render) -> Result<Vec<InField>> {
    let mut found = Vec::new();
    for (field, text) in submission.fields() {
        let typed: Vec<_> = strong(text).collect();
        if let Some(profile) = profile(field, kind) {
            let plain = render(text, profile).map_err(|error| refused(field, error))?.plain;
            let known: Vec<String> =
                typed.iter().filter_map(|finding| text.get(finding.start..finding.end)).map(fold).collect();
            let shown = strong(&plain).filter(|finding| {
                plain.get(finding.start..finding.end).is_some_and(|value| !known.contains(&fold(value)))
            });
            found.extend(shown.map(|finding| InField { field, finding, typed: false }));
        }
        found.extend(typed.into_iter().map(|finding| InField { field, finding, typed: true }));
    }
    Ok(found)
}

fn strong(text: &str) -> impl Iterator<Item = Finding> {
    pii::scan(text).into_iter().filter(|finding| finding.level >= Level::Likely)
}

/// A value without what disguises change: lower-case letters and digits only.
pub(super) fn fold(value: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    value.nfkc().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// How a field is rendered; `None` for fields that show as they are.
pub(super) fn profile(field: Field, kind: EntryKind) -> Option<Profile> {
    match field {
        Field::Title | Field::Display => None,
        Field::Bio | Field::Topic => Some(Profile::Line),
        Field::Body => Some(match kind {
            EntryKind::Post => Profile::Post,
            EntryKind::Message => Profile::Message,
        }),
    }
}

fn normalise((field, kind): (Field, EntryKind), text: &str) -> Result<String, TextError> {
    match field {
        Field::Title => text::line(text, TITLE_CHARS),
        Field::Display => text::line(text, DISPLAY_CHARS),
        Field::Body => text::normalise(text, text::MAX_POST_BYTES)
            .and_then(|text| if text.trim().is_empty() { Err(TextError::Empty) } else { Ok(text) })
            .and_then(|text| match kind {
                EntryKind::Post => Ok(text),
                EntryKind::Message => within(text, text::MAX_MESSAGE_CHARS),
            }),
        Field::Bio | Field::Topic if text.trim().is_empty() => Ok(String::new()),
        Field::Bio => text::normalise(text, 4 * BIO_CHARS).and_then(|text| within(text, BIO_CHARS)),
        Field::Topic => text::line(text, TOPIC_CHARS),
    }
}

const BIO_CHARS: usize = 500;
const TOPIC_CHARS: usize = 200;

fn within(text: String, max: usize) -> Result<String, TextError> {
    if text.chars().count() > max { Err(TextError::TooLong { max }) } else { Ok(text) }
}

/// A field's refusal in the domain's terms.
pub(super) fn refused(field: Field, error: TextError) -> Error {
    Error::field(field.as_str(), error.to_string())
}
