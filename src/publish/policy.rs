//! Stage 3: may this viewer publish here, and what do the findings mean in this place?

use super::consent::{self, Seen};
use super::context::{self, Context};
use super::screen::{self, InField, Look, Screened, fold};
use super::settings::Effect;
use super::store;
use super::submission::{Choice, Envelope, Field, Submission};
use crate::access::Viewer;
use crate::entity::finding::Ground;
use crate::entity::pii_policy::PolicyAction;
use crate::entity::pii_tally::Tally;
use crate::entity::place_role::PlaceKind;
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::keys::Purpose;
use crate::pii::{self, Level, Rule, Why};
use crate::site::Site;

/// One finding as its author is shown it, and what may be done about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Which field.
    pub field: Field,
    /// What it is.
    pub rule: Rule,
    /// How sure.
    pub level: Level,
    /// Byte offset in the field's normalised text; 0 when it shows only once rendered.
    pub start: usize,
    /// End of it.
    pub end: usize,
    /// Why.
    pub why: Why,
    /// Masked form of the value.
    pub hint: String,
    /// Keyed hash of the value.
    pub hash: [u8; 32],
    /// What the place does about it.
    pub action: PolicyAction,
    /// Whether it has a place in the typed text, which can be masked.
    pub typed: bool,
    /// Why its author publishes it anyway.
    pub ground: Option<Ground>,
}

/// What the author is asked. Nothing was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// What was found, in reading order.
    pub findings: Vec<Found>,
    /// Every field as its author sent it. Empty when something shows only after masking: that has no place in it.
    pub sent: Vec<(Field, String)>,
    /// Every field as it was screened, which the offsets speak of.
    pub text: Vec<(Field, String)>,
    /// Every field with the found values hidden.
    pub masked: Vec<(Field, String)>,
    /// Token for publishing what may be published unmasked; `None` when nothing may.
    pub consent: Option<String>,
    /// Whether masking can help at all.
    pub can_mask: bool,
    /// Whether a moderator can be asked.
    pub can_ask: bool,
    /// Where it was to be published.
    pub(super) place: (PlaceKind, i64),
}

/// A submission that may be rendered and committed.
pub struct Allowed {
    pub(super) submission: Submission,
    pub(super) context: Context,
    /// Findings that stay with the entry: what was acknowledged, and what was masked.
    pub(super) kept: Vec<(Found, crate::entity::finding::FindingOutcome)>,
    /// What a rule only counts here.
    pub(super) counted: Vec<(Rule, Tally)>,
    /// Digest of what was submitted, for its nonce.
    pub(super) digest: Vec<u8>,
}

/// A submission that waits for a moderator.
pub struct Holding {
    pub(super) submission: Submission,
    pub(super) context: Context,
    pub(super) findings: Vec<Found>,
    pub(super) masked: Vec<(Field, String)>,
    pub(super) digest: Vec<u8>,
}

/// Where a screened submission goes.
pub enum Verdict {
    /// To be rendered.
    Allowed(Box<Allowed>),
    /// To be held.
    Held(Box<Holding>),
    /// Back to the author.
    Warned(Warning),
}

/// Decides about a screened submission.
pub async fn decide(site: &Site, viewer: &Viewer, screened: Screened, envelope: &Envelope) -> Result<Verdict> {
    let Screened { submission, findings, submitted, before } = screened;
    let context = context::load(site.db.reads(), viewer, &submission).await?;
    let digest = store::nonce_digest(site, &submitted);
    let counted = counted(&context, &findings);
    let mut found = described(site, &submission, &context, &findings);
    settle(site, viewer, &context, &mut found).await?;
    if found.is_empty() && envelope.choice != Choice::Hold {
        return Ok(Verdict::Allowed(Box::new(Allowed { submission, context, kept: Vec::new(), counted, digest })));
    }
    let weighed = Weighed { submission, sent: Some(submitted), context, counted, digest, before };
    choose(site, viewer, weighed, found, &envelope.choice)
}

/// Findings that have an effect here, as their author is shown them.
pub(super) fn described(site: &Site, submission: &Submission, context: &Context, findings: &[InField]) -> Vec<Found> {
    findings.iter().filter_map(|one| describe(site, submission, context, one)).collect()
}

/// Rules that only count here, once for each finding.
fn counted(context: &Context, findings: &[InField]) -> Vec<(Rule, Tally)> {
    let audited = findings.iter().filter(|one| context.effect(&one.finding) == Effect::Counted);
    audited.map(|one| (one.finding.rule, Tally::Audited)).collect()
}

/// Takes out what was decided before: in the entry being edited, or by its author's word in this place.
async fn settle(site: &Site, viewer: &Viewer, context: &Context, found: &mut Vec<Found>) -> Result<()> {
    if found.is_empty() {
        return Ok(());
    }
    let db = site.db.reads();
    if let Some(entry) = &context.entry {
        let settled = store::settled_values(db, entry.id).await?;
        found.retain(|found| !settled.iter().any(|hash| hash.as_slice() == found.hash));
    }
    let place = store::place_key(context.place);
    let trusted = store::trusted_values(db, site.clock.now(), viewer.member()?.id, place).await?;
    let quiet = |found: &Found| found.action == PolicyAction::Warn && found.typed;
    found.retain(|found| !(quiet(found) && trusted.iter().any(|hash| hash.as_slice() == found.hash)));
    Ok(())
}

struct Weighed {
    submission: Submission,
    /// As it was sent; nothing once something in it was hidden.
    sent: Option<Submission>,
    context: Context,
    counted: Vec<(Rule, Tally)>,
    digest: Vec<u8>,
    before: Vec<String>,
}

fn choose(site: &Site, viewer: &Viewer, weighed: Weighed, mut found: Vec<Found>, choice: &Choice) -> Result<Verdict> {
    let member = viewer.member()?.id;
    let refused = found.iter().any(|found| found.action == PolicyAction::Refuse);
    match choice {
        Choice::Hold if !refused => {
            let Weighed { submission, context, digest, .. } = weighed;
            let masked = mask_all(&submission, &found);
            Ok(Verdict::Held(Box::new(Holding { submission, context, findings: found, masked, digest })))
        }
        Choice::Warn | Choice::Hold => Ok(Verdict::Warned(warn(site, member, &weighed, found))),
        Choice::Mask => mask(site, member, weighed, found, |_| true),
        Choice::Anyway { token, acknowledged, ground } => {
            if !acknowledged {
                return Err(Error::field("ack", "Tick that you know it becomes public, or choose another way."));
            }
            let seen = Seen { member, submission: &weighed.submission, found: &found };
            consent::check(&site.keys, site.clock.now(), &seen, token)?;
            for found in &mut found {
                found.ground = Some(*ground);
            }
            mask(site, member, weighed, found, |found| found.action != PolicyAction::Warn)
        }
    }
}

/// Masks the findings that `hide` names, keeps the others, and looks again: what still shows goes back to the author.
fn mask(
    site: &Site,
    member: MemberId,
    mut weighed: Weighed,
    found: Vec<Found>,
    hide: impl Fn(&Found) -> bool,
) -> Result<Verdict> {
    use crate::entity::finding::FindingOutcome::{Acknowledged, Masked};
    let refused = |found: &Found| found.action == PolicyAction::Refuse || (hide(found) && !found.typed);
    if found.iter().any(refused) {
        return Ok(Verdict::Warned(warn(site, member, &weighed, found)));
    }
    let kept: Vec<_> = found
        .into_iter()
        .map(|found| {
            let hidden = hide(&found);
            (found, if hidden { Masked } else { Acknowledged })
        })
        .collect();
    let hidden: Vec<Found> =
        kept.iter().filter(|(_, outcome)| *outcome == Masked).map(|(found, _)| found.clone()).collect();
    for (field, text) in weighed.submission.fields_mut() {
        *text = pii::mask(text, &spans(&hidden, field));
    }
    let accepted = |hash: [u8; 32]| kept.iter().any(|(found, outcome)| *outcome == Acknowledged && found.hash == hash);
    weighed.sent = None;
    let kind = weighed.submission.kind(weighed.context.entry.as_ref());
    let again = screen::find(&weighed.submission, Look { kind, before: &weighed.before, masked: true })?;
    let mut left = described(site, &weighed.submission, &weighed.context, &again);
    left.retain(|found| !accepted(found.hash));
    if !left.is_empty() {
        return Ok(Verdict::Warned(warn(site, member, &weighed, left)));
    }
    let Weighed { submission, context, counted, digest, .. } = weighed;
    Ok(Verdict::Allowed(Box::new(Allowed { submission, context, kept, counted, digest })))
}

/// The warning about a submission, and about what was sent if that is what was screened.
fn warn(site: &Site, member: MemberId, weighed: &Weighed, findings: Vec<Found>) -> Warning {
    let Weighed { submission, sent, context, .. } = weighed;
    let texts = |of: &Submission| of.fields().into_iter().map(|(field, text)| (field, text.to_owned())).collect();
    let refused = findings.iter().any(|found| found.action == PolicyAction::Refuse);
    let overridable = !refused
        && findings.iter().any(|found| found.action == PolicyAction::Warn)
        && findings.iter().all(|found| found.typed || found.action == PolicyAction::Warn);
    Warning {
        consent: overridable.then(|| {
            let seen = Seen { member, submission, found: &findings };
            consent::issue(&site.keys, site.clock.now(), &seen)
        }),
        can_mask: !refused && findings.iter().all(|found| found.typed),
        can_ask: !refused,
        sent: sent.as_ref().map_or_else(Vec::new, texts),
        text: texts(submission),
        masked: mask_all(submission, &findings),
        findings,
        place: store::place_key(context.place),
    }
}

/// Every field with every finding hidden. What shows only once rendered hides its whole field.
pub(super) fn mask_all(submission: &Submission, found: &[Found]) -> Vec<(Field, String)> {
    let hide = |(field, text): (Field, &str)| {
        let untyped = found.iter().find(|found| found.field == field && !found.typed);
        (field, untyped.map_or_else(|| pii::mask(text, &spans(found, field)), |found| found.rule.token().to_owned()))
    };
    submission.fields().into_iter().map(hide).collect()
}

pub(super) fn spans(found: &[Found], field: Field) -> Vec<pii::Finding> {
    let of_field = found.iter().filter(|found| found.field == field && found.typed);
    of_field
        .map(|found| pii::Finding {
            rule: found.rule,
            start: found.start,
            end: found.end,
            level: found.level,
            why: found.why,
        })
        .collect()
}

/// A finding with everything its author and the moderators are shown; nothing when it has no effect here.
fn describe(site: &Site, submission: &Submission, context: &Context, one: &InField) -> Option<Found> {
    let finding = one.finding;
    let Effect::Acts(action) = context.effect(&finding) else { return None };
    let text = submission.fields().into_iter().find(|(field, _)| *field == one.field).map_or("", |(_, text)| text);
    let value = if one.typed { text.get(finding.start..finding.end).unwrap_or_default() } else { "" };
    Some(Found {
        field: one.field,
        rule: finding.rule,
        level: finding.level,
        start: if one.typed { finding.start } else { 0 },
        end: if one.typed { finding.end } else { 0 },
        why: finding.why,
        hint: if one.typed { pii::hint(finding.rule, value) } else { "shows only in the finished text".to_owned() },
        hash: site.keys.mac(Purpose::Finding, &[finding.rule.as_str().as_bytes(), fold(value).as_bytes()]),
        action,
        typed: one.typed,
        ground: None,
    })
}
