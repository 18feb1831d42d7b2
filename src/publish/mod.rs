//! The one way text becomes public. Everything a person publishes goes through [`publish`]:
//!
//! gate → screen → policy → render → commit. Each stage takes what the one before returned and nothing else can make
//! it, so none can be skipped; [`Submission`] is matched without a wildcard, so a new kind of text does not compile
//! until every stage has decided about it. Nothing was shown to anyone before the commit.

mod commit;
mod consent;
mod context;
mod gate;
mod held;
mod policy;
mod redact;
mod render;
mod screen;
mod settings;
mod store;
mod submission;
#[cfg(test)]
mod tests;
mod wire;

use crate::access::{Place, Role, Viewer};
use crate::clock::Moment;
use crate::error::Result;
use crate::ids::{EntryId, ReviewId, TopicId};
use crate::site::Site;

pub use commit::{Plan, Redaction, apply, redact_in};
pub use held::{Shown, open as open_held, prepare_release, subject};
pub use policy::{Found, Warning};
pub use redact::{masking, place, removable, removal, visible};
pub use screen::{unwelcome, unwelcome_rules};
pub use settings::{Class, Setting, Settings, class_of};
pub use store::{board_place, place_key, room_place, set_setting, settings_of};
pub use submission::{Choice, Envelope, Field, Submission};
pub use wire::{previewed, warning};

/// The rules that the viewer is asked about in a place, for the browser's own check: `email card:certain`.
pub async fn asked(site: &Site, viewer: &Viewer, place: Place) -> Result<String> {
    let role = viewer.member().map_or(Role::Member, |member| member.role);
    Ok(settings::asks(&store::settings_of(site.db.reads(), place).await?, role))
}

/// What came of a submission. A refusal is an [`Error`](crate::error::Error).
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// It is public and durable.
    Published(Published),
    /// Nothing was stored; the author decides what to do about the findings.
    Warned(Warning),
    /// It is stored, sealed, and waits for a moderator.
    Held(Held),
}

/// Where a published text stands.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Published {
    /// The entry, for topics, posts, messages and edits.
    pub entry: Option<EntryId>,
    /// Its topic.
    pub topic: Option<TopicId>,
    /// Its number in the topic or sequence in the room.
    pub number: i64,
    /// Sequence of its event in the topic's or room's stream; 0 when it has none (profiles).
    pub seq: i64,
    /// Revision of the text after this.
    pub revision: i64,
    /// When.
    pub at: Moment,
    /// Whether this repeats what the same nonce did before.
    pub dup: bool,
}

/// A submission that waits for a moderator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Its review item.
    pub review: ReviewId,
    /// Whether this repeats what the same nonce did before.
    pub dup: bool,
}

/// Takes a submission through all stages.
///
/// # Errors
/// Limits, permissions, missing places, stale revisions, and fields that cannot be published, each with its sentence.
pub async fn publish(site: &Site, viewer: &Viewer, submission: Submission, envelope: Envelope) -> Result<Outcome> {
    let admitted = match gate::admit(site, viewer, submission, &envelope).await? {
        gate::Gate::Open(admitted) => admitted,
        gate::Gate::Repeated(outcome) => return Ok(outcome),
    };
    let screened = screen::screen(site, viewer, admitted).await?;
    match policy::decide(site, viewer, screened, &envelope).await? {
        policy::Verdict::Allowed(allowed) => {
            let rendered = render::render(allowed).await?;
            commit::publish(site, viewer, rendered, envelope).await.map(Outcome::Published)
        }
        policy::Verdict::Held(holding) => held::hold(site, viewer, holding, envelope).await.map(Outcome::Held),
        policy::Verdict::Warned(warning) => {
            commit::count_warning(site, &warning).await?;
            Ok(Outcome::Warned(warning))
        }
    }
}

/// What a text would look like, and what the filter finds in it. Stores nothing, publishes nothing.
///
/// # Errors
/// The text cannot be rendered.
pub async fn preview(body: String, profile: crate::text::Profile) -> Result<Preview> {
    render::preview(body, profile).await
}

/// A rendered draft with its findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Preview {
    /// Sanitised HTML, the same as the published one would be.
    pub html: String,
    /// The draft, normalised.
    pub text: String,
    /// Findings in that; byte offsets.
    pub findings: Vec<Found>,
}
