//! Submissions that wait for a moderator: sealed when they come, published from the seal when released.

use serde::{Deserialize, Serialize};

use super::commit::{self, Plan, Waiting};
use super::policy::{self, Allowed, Found, Holding};
use super::render::{self, Rendered};
use super::screen::Look;
use super::submission::{Envelope, Field, Submission};
use super::{Held, context, screen, store};
use crate::access::{self, Viewer};
use crate::entity::finding::FindingOutcome;
use crate::entity::review_item::{self, Subject};
use crate::error::{Error, Result};
use crate::pii;
use crate::site::Site;

/// Stores a submission, sealed, as a review item.
pub async fn hold(site: &Site, viewer: &Viewer, holding: Box<Holding>, envelope: Envelope) -> Result<Held> {
    let author = viewer.member()?.id;
    let text = serde_json::to_string(&holding.submission).map_err(Error::internal)?;
    let masked =
        |wanted: Field| holding.masked.iter().find(|(field, _)| *field == wanted).map(|(_, text)| text.clone());
    let shown = Shown {
        title: masked(Field::Title).unwrap_or_else(|| holding.context.title.clone()),
        masked: holding.masked.last().map(|(_, text)| text.clone()).unwrap_or_default(),
    };
    let waiting = Waiting {
        place: store::place_key(holding.context.place),
        topic: holding.context.topic.as_ref().map(|topic| topic.id),
        entry: holding.context.entry.as_ref().map(|entry| entry.id),
        author,
        subject: subject(&holding.submission),
        submission: site.keys.seal(&site.clock, &text)?,
        shown: shown.seal(site)?,
        nonce: envelope.nonce,
        digest: holding.digest.clone(),
        findings: holding.findings.clone(),
        at: site.clock.now(),
    };
    site.db.write(waiting, |tx, waiting| async move { commit::hold(&tx, &waiting).await }).await
}

/// What a submission is in the queue.
pub fn subject(submission: &Submission) -> Subject {
    match submission {
        Submission::Topic { .. } => Subject::Topic,
        Submission::Post { .. } => Subject::Post,
        Submission::Message { .. } => Subject::Message,
        Submission::Edit { .. } => Subject::Edit,
        Submission::Profile { .. } => Subject::Profile,
        Submission::RoomTopic { .. } => Subject::RoomTopic,
    }
}

/// What moderators and the author are shown of a review item. Sealed in the database, because where the filter found
/// nothing the masked text is the whole text.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Shown {
    /// Where it belongs, in words; the masked title of a new topic.
    pub title: String,
    /// The text with found values hidden.
    pub masked: String,
}

impl Shown {
    /// Sealed, as the database keeps it.
    pub fn seal(&self, site: &Site) -> Result<Vec<u8>> {
        site.keys.seal(&site.clock, &serde_json::to_string(self).map_err(Error::internal)?)
    }

    /// Opens what an item shows; nothing when it keeps none.
    pub fn of(site: &Site, item: &review_item::Model) -> Result<Self> {
        let Some(sealed) = item.shown.as_deref() else { return Ok(Self::default()) };
        serde_json::from_str(&site.keys.open(sealed)?).map_err(Error::internal)
    }
}

/// The sealed submission of a review item, for its author and for moderators who reveal it.
pub fn open(site: &Site, item: &review_item::Model) -> Result<Submission> {
    let sealed =
        item.submission.as_deref().ok_or_else(|| Error::Conflict("decided", "This was decided already.".into()))?;
    serde_json::from_str(&site.keys.open(sealed)?).map_err(Error::internal)
}

/// Prepares a held submission for publication, as it is or with the found values hidden. The permission of its
/// author is checked here and once more by [`super::apply`], which stores it.
pub async fn prepare_release(site: &Site, item: &review_item::Model, masked: bool) -> Result<Plan> {
    let mut submission = open(site, item)?;
    let author = access::store::load(site.db.reads(), item.author_id, access::Credential::Console).await?;
    let author = Viewer::Member(author.ok_or(Error::NotFound)?);
    let context = context::load(site.db.reads(), &author, &submission).await?;
    let look = Look { kind: submission.kind(context.entry.as_ref()), before: &[], masked: false };
    let found = policy::described(site, &submission, &context, &screen::find(&submission, look)?);
    if masked && found.iter().any(|found| !found.typed) {
        return Err(Error::Denied(
            "cannot_mask",
            "A value shows only in the finished text and cannot be masked. Return it to its author instead.".into(),
        ));
    }
    if masked {
        hide(&mut submission, &found);
    }
    let outcome = if masked { FindingOutcome::Masked } else { FindingOutcome::Approved };
    let kept = found.into_iter().map(|found| (found, outcome)).collect();
    let digest = item.nonce_digest.clone().unwrap_or_default();
    let allowed = Allowed { submission, context, kept, counted: Vec::new(), digest };
    let rendered: Rendered = render::render(Box::new(allowed)).await?;
    Ok(Plan { author, rendered, nonce: format!("review:{}", item.id), at: site.clock.now() })
}

fn hide(submission: &mut Submission, found: &[Found]) {
    for (field, text) in submission.fields_mut() {
        *text = pii::mask(text, &policy::spans(found, field));
    }
}
