//! The decision of a moderator: once, on the version they saw, with the publication in the same transaction.

use super::log::{self, Deed};
use super::store::decisions::{self, Taking};
use super::words::{self, Reason};
use super::{store, transitions};
use crate::access::{self, Action, Credential, Place, Target, Viewer};
use crate::clock::Moment;
use crate::db::{ConnectionTrait, Tx};
use crate::entity::finding::FindingOutcome;
use crate::entity::review_item::{self, Decision, ReviewKind, ReviewState};
use crate::error::{Error, Result};
use crate::ids::{MemberId, ReviewId};
use crate::publish::{self, Plan, Redaction};
use crate::site::Site;

/// What a moderator decided about an item, and on which version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// Version of the item that was on the screen.
    pub version: i64,
    /// The decision.
    pub decision: Decision,
    /// Why; needed to return or remove.
    pub reason: Option<Reason>,
    /// Words to the author; may be empty. Nobody but the author and moderators reads them.
    pub note: String,
}

/// What the decision does to text.
enum Act {
    Publish(Box<Plan>),
    Redact(Redaction),
    Nothing,
}

struct Command {
    item: review_item::Model,
    state: ReviewState,
    verdict: Verdict,
    act: Act,
    actor: MemberId,
    at: Moment,
}

/// Decides about an item of the queue and returns its new state.
///
/// # Errors
/// `NotFound` outside of the viewer's places; `Denied` for one's own text or a decision that does not fit; `Conflict`
/// `stale` when somebody decided or reported meanwhile, saying who and how; whatever publishing says.
pub async fn decide(site: &Site, viewer: &Viewer, id: ReviewId, mut verdict: Verdict) -> Result<ReviewState> {
    let item = store::find_for(site.db.reads(), viewer, id).await?;
    permit(viewer, item.kind, facts(site, &item).await?, verdict.decision)?;
    let now = site.clock.now();
    if item.version != verdict.version || item.state != ReviewState::Open {
        return Err(stale(site.db.reads(), id, now).await?);
    }
    let state = transitions::next(item.kind, item.state, verdict.decision)?;
    verdict.note = super::note("note", &verdict.note)?;
    if verdict.reason.is_none() && matches!(verdict.decision, Decision::Return | Decision::Remove) {
        return Err(Error::field("reason", "Choose a reason; the author reads it."));
    }
    let actor = viewer.member()?.id;
    let act = prepare(site, &item, verdict.decision, actor).await?;
    let command = Command { item, state, verdict, act, actor, at: now };
    site.db.write(command, |tx, command| async move { settle(&tx, &command).await }).await
}

/// Where an item belongs and whose text it is about.
pub async fn facts(site: &Site, item: &review_item::Model) -> Result<(Place, Target)> {
    let place = store::place(site.db.reads(), item).await?;
    let author = access::store::load(site.db.reads(), item.author_id, Credential::Console).await?;
    Ok((
        place,
        Target { author: Some(item.author_id), author_role: author.map(|author| author.role), ..Target::default() },
    ))
}

/// Whether this moderator may take this decision. To take a reported entry away one has to stand above its author,
/// as for any removal.
pub fn permit(viewer: &Viewer, kind: ReviewKind, (place, target): (Place, Target), decision: Decision) -> Result<()> {
    access::decide(viewer, Action::Review, place, target)?;
    let takes_away = matches!(decision, Decision::PublishMasked | Decision::Remove);
    if kind == ReviewKind::Flag && takes_away { access::decide(viewer, Action::Remove, place, target) } else { Ok(()) }
}

async fn prepare(site: &Site, item: &review_item::Model, decision: Decision, actor: MemberId) -> Result<Act> {
    match (item.kind, decision) {
        (ReviewKind::Held, Decision::Publish | Decision::PublishMasked) => {
            let plan = publish::prepare_release(site, item, decision == Decision::PublishMasked).await;
            Ok(Act::Publish(Box::new(plan.map_err(unpublishable)?)))
        }
        (ReviewKind::Flag, Decision::PublishMasked) => {
            let entry = reported(site, item).await?;
            let nothing = || {
                Error::Denied("nothing_to_mask", "The filter finds nothing in this entry that could be hidden. Dismiss the flag, or remove the entry.".into())
            };
            Ok(Act::Redact(publish::masking(site, actor, &entry).await?.ok_or_else(nothing)?))
        }
        (ReviewKind::Flag, Decision::Remove) => {
            Ok(Act::Redact(publish::removal(site, actor, &reported(site, item).await?).await?))
        }
        (ReviewKind::Held | ReviewKind::Flag, _) => Ok(Act::Nothing),
    }
}

async fn reported(site: &Site, item: &review_item::Model) -> Result<crate::entity::entry::Model> {
    store::entry(site.db.reads(), item.entry_id.ok_or(Error::NotFound)?).await
}

/// What keeps a held text from being published, said to the moderator. The item stays open.
fn unpublishable(error: Error) -> Error {
    match error {
        Error::NotFound => Error::Denied("cannot_publish", "This cannot be published any more: its author, its place, or what it answers is gone. Return it or remove it.".into()),
        Error::Conflict("stale_revision", _) => Error::Denied("stale_revision", "The entry was changed after this edit was written, so it does not fit any more. Return it to its author.".into()),
        Error::Invalid(fields) => {
            let why = fields.first().map(|field| field.message.as_ref()).unwrap_or_default();
            Error::Denied("cannot_publish", format!("This cannot be published so. {why} Return it to its author instead.").into())
        }
        other => other,
    }
}

async fn settle(tx: &Tx, command: &Command) -> Result<ReviewState> {
    let Command { item, state, verdict, act, actor, at } = command;
    claim(tx, command).await?;
    let mut entry = item.entry_id;
    match act {
        Act::Publish(plan) => {
            let published = publish::apply(tx, plan).await.map_err(unpublishable)?;
            entry = published.entry.or(entry);
            decisions::place(tx, item.id, entry, published.topic.or(item.topic_id)).await?;
        }
        Act::Redact(redaction) => publish::redact_in(tx, redaction).await?,
        Act::Nothing => {}
    }
    decisions::outcomes(tx, item.id, outcome(*state, verdict.decision)).await?;
    let deed = Deed {
        actor: *actor,
        action: words::decision_key(verdict.decision).to_owned(),
        review: Some(item.id),
        entry,
        member: Some(item.author_id),
        version: verdict.version,
        reason: verdict.reason.map(Reason::as_str).unwrap_or_default().to_owned(),
        at: *at,
    };
    log::append(tx, deed).await?;
    Ok(*state)
}

/// Takes the decision, if the item still is as the moderator saw it.
async fn claim(tx: &Tx, command: &Command) -> Result<()> {
    let Command { item, state, verdict, actor, at, .. } = command;
    let taking = Taking {
        item: item.id,
        version: verdict.version,
        state: *state,
        decision: Some(verdict.decision),
        reason: verdict.reason.map(Reason::as_str),
        note: &verdict.note,
        by: Some(*actor),
        at: *at,
    };
    if decisions::take(tx, &taking).await? { Ok(()) } else { Err(stale(&**tx, item.id, *at).await?) }
}

/// What becomes of the findings of an item.
fn outcome(state: ReviewState, decision: Decision) -> FindingOutcome {
    match (state, decision) {
        (ReviewState::Approved, Decision::PublishMasked) => FindingOutcome::Masked,
        (ReviewState::Approved, _) => FindingOutcome::Approved,
        _ => FindingOutcome::Dropped,
    }
}

/// The error that says what happened to an item meanwhile.
pub async fn stale(db: &impl ConnectionTrait, id: ReviewId, now: Moment) -> Result<Error> {
    let item = store::item(db, id).await?;
    let sentence = match (item.state, item.decided_by, item.decided_at) {
        (ReviewState::Open, ..) => "Another member reported this meanwhile. Look at it once more.".to_owned(),
        (ReviewState::Withdrawn, _, Some(at)) => format!("Its author took this back {}.", words::ago(now, at)),
        (state, Some(by), Some(at)) => {
            let by = store::member(db, by).await?.display;
            format!("{by} decided this {}: {}.", words::ago(now, at), words::outcome(state, item.decision))
        }
        (ReviewState::Returned, None, Some(at)) => {
            format!("It went back to its author {}, since no moderator decided in time.", words::ago(now, at))
        }
        (_, None, _) | (_, _, None) => "This was decided already.".to_owned(),
    };
    Ok(Error::Conflict("stale", sentence.into()))
}
