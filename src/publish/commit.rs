//! Stage 5: entry, revision, counters, findings and event in one transaction; permission checked again inside it.

mod edit;
mod entry;
mod redaction;
mod rows;
mod waiting;

use super::render::Rendered;
use super::submission::{Envelope, Submission};
use super::{Found, Outcome, Published, Warning, context, store};
use crate::access::Viewer;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::finding::{FindingOutcome, Ground};
use crate::entity::pii_tally::Tally;
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::site::Site;

pub use redaction::{Change, Redaction, redact_in};
pub use rows::{event_of, keep_findings};
pub use waiting::{Waiting, hold};

/// A rendered submission with whose it is and when.
#[derive(Clone)]
pub struct Plan {
    /// The author, as whom permission is checked.
    pub author: Viewer,
    /// What to store.
    pub rendered: Rendered,
    /// The client's name for it; empty for a released one, which keeps the name it was held under.
    pub nonce: String,
    /// Now.
    pub at: Moment,
}

/// Commits a submission and returns where it stands once it is durable.
pub async fn publish(site: &Site, viewer: &Viewer, rendered: Rendered, envelope: Envelope) -> Result<Published> {
    let plan = Plan { author: viewer.clone(), rendered, nonce: envelope.nonce, at: site.clock.now() };
    site.db
        .write(plan, |tx, plan| async move {
            let member = plan.author.member()?.id;
            if let Some(outcome) = store::repeated_in(&*tx, member, &plan.rendered.digest, &plan.nonce).await? {
                return match outcome {
                    Outcome::Published(published) => Ok(published),
                    _ => {
                        Err(Error::Conflict("nonce_conflict", "This was sent before and waits for a moderator.".into()))
                    }
                };
            }
            let published = apply(&tx, &plan).await?;
            remember(&tx, &plan, member).await?;
            Ok(published)
        })
        .await
}

/// Counts what came of the findings, and notes what the author called not private.
async fn remember(tx: &Tx, plan: &Plan, member: MemberId) -> Result<()> {
    let Rendered { kept, counted, place, .. } = &plan.rendered;
    if kept.is_empty() && counted.is_empty() {
        return Ok(());
    }
    let wrong = |found: &Found| found.ground == Some(Ground::NotPrivate);
    let mut tallies = counted.clone();
    let mut trusted = Vec::new();
    for (found, outcome) in kept {
        if *outcome == FindingOutcome::Masked {
            tallies.push((found.rule, Tally::Masked));
            continue;
        }
        tallies.push((found.rule, Tally::Anyway));
        if wrong(found) {
            tallies.push((found.rule, Tally::Wrong));
            trusted.extend(found.typed.then(|| found.hash.to_vec()));
        }
    }
    store::tally(&**tx, plan.at, *place, &tallies).await?;
    store::trust_values(&**tx, plan.at, member, *place, trusted).await
}

/// Counts that an author was asked. What they wrote is not stored.
pub async fn count_warning(site: &Site, warning: &Warning) -> Result<()> {
    let counted: Vec<_> = warning.findings.iter().map(|found| (found.rule, Tally::Warned)).collect();
    let (at, place) = (site.clock.now(), warning.place);
    site.db.write(counted, move |tx, counted| async move { store::tally(&*tx, at, place, &counted).await }).await
}

/// Stores a submission inside a transaction. Also used to publish what was held.
pub async fn apply(tx: &Tx, plan: &Plan) -> Result<Published> {
    let context = context::load(&**tx, &plan.author, &plan.rendered.submission).await?;
    let member = plan.author.member()?.id;
    match &plan.rendered.submission {
        Submission::Topic { board, title, body } => entry::topic(tx, plan, member, (*board, title, body)).await,
        Submission::Post { body, .. } => entry::post(tx, plan, &context, body).await,
        Submission::Message { body, .. } => entry::message(tx, plan, &context, body).await,
        Submission::Edit { revision, title, body, .. } => {
            edit::entry(tx, plan, &context, (*revision, title.as_deref(), body)).await
        }
        Submission::Profile { display, bio } => edit::profile(tx, plan, member, (display, bio)).await,
        Submission::RoomTopic { text, .. } => edit::room_topic(tx, plan, &context, text).await,
    }
}

/// The member a plan belongs to.
fn author(plan: &Plan) -> Result<MemberId> {
    plan.author.member().map(|member| member.id)
}
