//! Stage 2: normalise every field and look for personal data in it: as typed, as readers will see it, and together with
//! what the author wrote just before it, since a number may be split over a title and a body, or over three messages.

use super::gate::Admitted;
use super::settings::{self, Class, Setting};
use super::store;
use super::submission::{Field, Submission};
use crate::access::{Role, Viewer};
use crate::entity::entry::EntryKind;
use crate::entity::pii_policy::PolicyAction;
use crate::error::{Error, Result};
use crate::pii::{self, Finding, Level, Rule};
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
    /// What its author wrote in the same room just before.
    pub(super) before: Vec<String>,
}

/// Normalises and screens.
pub async fn screen(site: &Site, viewer: &Viewer, admitted: Admitted) -> Result<Screened> {
    let submitted = admitted.submission;
    let kind = match &submitted {
        Submission::Edit { entry, .. } => store::entry(site.db.reads(), *entry).await?.kind,
        other => other.kind(None),
    };
    let mut submission = submitted.clone();
    for (field, text) in submission.fields_mut() {
        *text = normalise((field, kind), text).map_err(|error| refused(field, error))?;
    }
    let before = match &submission {
        Submission::Message { room, body, .. } if may_continue(body) => {
            store::just_before(site.db.reads(), site.clock.now(), viewer.member()?.id, *room).await?
        }
        _ => Vec::new(),
    };
    let findings = find(&submission, kind, &before)?;
    Ok(Screened { submission, findings, submitted, before })
}

/// Whether a message can be the rest of something: most messages are not, and cost no look at those before.
fn may_continue(body: &str) -> bool {
    body.chars().any(|c| c.is_numeric() || matches!(c, '@' | '＠')) || !body.trim().contains(char::is_whitespace)
}

/// How a text is rendered: within the limits, or with the room that masking may take.
type Render = fn(&str, Profile) -> Result<text::Rendered, TextError>;

/// What is found in a submission, likely or certain; `kind` is what its body becomes, `before` what its author wrote
/// just before it.
pub(super) fn find(submission: &Submission, kind: EntryKind, before: &[String]) -> Result<Vec<InField>> {
    find_in(submission, kind, before, text::render)
}

/// The same in a submission that was masked, which may have made it longer than one may write.
pub(super) fn find_masked(submission: &Submission, kind: EntryKind, before: &[String]) -> Result<Vec<InField>> {
    find_in(submission, kind, before, text::render_masked)
}

fn find_in(submission: &Submission, kind: EntryKind, before: &[String], render: Render) -> Result<Vec<InField>> {
    let mut found = Vec::new();
    let mut earlier: Vec<&str> = before.iter().map(String::as_str).collect();
    for (field, text) in submission.fields() {
        let mut typed: Vec<_> = strong(text).collect();
        typed.extend(continued(&earlier, text, &typed));
        typed.sort_unstable_by_key(|finding| finding.start);
        earlier.push(text);
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

/// How much of each earlier text is looked at, in bytes: more than any value that people split.
const TAIL: usize = 120;
/// How far into the text something begun earlier may reach.
const HEAD: usize = 400;

/// What becomes private only together with the texts before: a value begun there and ended here, or a bare value whose
/// name stands there. Its place is the part in `text`.
fn continued(earlier: &[&str], text: &str, known: &[Finding]) -> Vec<Finding> {
    let head = text.get(..text.floor_char_boundary(HEAD)).unwrap_or_default();
    let tail = |text: &&str| text.get(text.floor_char_boundary(text.len().saturating_sub(TAIL))..).map(str::to_owned);
    let tails: Vec<String> = earlier.iter().filter(|text| !text.trim().is_empty()).filter_map(tail).collect();
    if tails.is_empty() || head.trim().is_empty() {
        return Vec::new();
    }
    let mut found: Vec<Finding> = Vec::new();
    // Parts of a number are read with a gap, parts of a word without.
    for gap in [" ", ""] {
        let mut whole = tails.iter().map(|tail| tail.trim()).collect::<Vec<_>>().join(gap);
        whole.push_str(gap);
        let start = whole.len();
        whole.push_str(head.trim_start());
        let skipped = head.len() - head.trim_start().len();
        let here = strong(&whole).filter(|finding| finding.end > start).map(|finding| Finding {
            start: finding.start.max(start) - start + skipped,
            end: finding.end - start + skipped,
            ..finding
        });
        for finding in here {
            let apart = |other: &Finding| other.end <= finding.start || other.start >= finding.end;
            if known.iter().all(apart) && found.iter().all(apart) {
                found.push(finding);
            }
        }
    }
    found
}

/// What keeps a line from being shown to everybody where there is no author to warn and no moderator to ask: anything
/// likely that a public place does not leave alone by default.
pub fn unwelcome(text: &str) -> Option<Finding> {
    let acts = |finding: &Finding| Setting::default_of(finding.rule, Class::Public).action != PolicyAction::Off;
    strong(text).find(acts)
}

/// The rules of which that holds, as [`asked`](super::asked) names them.
pub fn unwelcome_rules() -> String {
    let default = |rule: &Rule| (*rule, Setting::default_of(*rule, Class::Public));
    settings::asks(&Rule::ALL.iter().map(default).collect(), Role::Member)
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
