//! Stage 3: may this viewer publish here, and what do the findings mean in this place?

use super::consent::{self, Seen};
use super::context::{self, Context};
use super::screen::{self, InField, Screened, fold};
use super::store;
use super::submission::{Choice, Envelope, Field, Submission};
use crate::access::Viewer;
use crate::entity::pii_policy::PolicyAction;
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::keys::Purpose;
use crate::pii::{self, Level, Rule, Why};
use crate::site::Site;

/// What a rule does where nobody set anything else: an address or a bank account is the author's to publish, numbers
/// that open accounts are masked at once or looked at by a moderator, keys and passwords never show. Telephone numbers
/// and IP addresses are too often public or mistaken to speak of unasked.
pub fn default_action(rule: Rule) -> PolicyAction {
    match rule {
        Rule::Email | Rule::Iban => PolicyAction::Warn,
        Rule::Card | Rule::Ssn => PolicyAction::Hold,
        Rule::Password | Rule::Secret => PolicyAction::Mask,
        Rule::Phone | Rule::Ip => PolicyAction::Off,
    }
}

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
}

/// What the author is asked. Nothing was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Warning {
    /// What was found, in reading order.
    pub findings: Vec<Found>,
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
}

/// A submission that may be rendered and committed.
pub struct Allowed {
    pub(super) submission: Submission,
    pub(super) context: Context,
    /// Findings that stay with the entry: what was acknowledged, and what was masked.
    pub(super) kept: Vec<(Found, crate::entity::finding::FindingOutcome)>,
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
    let Screened { submission, findings, submitted } = screened;
    let context = context::load(site.db.reads(), viewer, &submission).await?;
    let digest = store::nonce_digest(site, &submitted);
    let mut found: Vec<Found> = findings.iter().map(|one| describe(site, &submission, &context, one)).collect();
    found.retain(|found| found.action != PolicyAction::Off);
    if let Some(entry) = &context.entry {
        let settled = store::settled_values(site.db.reads(), entry.id).await?;
        found.retain(|found| !settled.iter().any(|hash| hash.as_slice() == found.hash));
    }
    if found.is_empty() && envelope.choice != Choice::Hold {
        return Ok(Verdict::Allowed(Box::new(Allowed { submission, context, kept: Vec::new(), digest })));
    }
    choose(site, viewer, Weighed { submission, context, found, digest }, &envelope.choice)
}

struct Weighed {
    submission: Submission,
    context: Context,
    found: Vec<Found>,
    digest: Vec<u8>,
}

fn choose(site: &Site, viewer: &Viewer, weighed: Weighed, choice: &Choice) -> Result<Verdict> {
    let member = viewer.member()?.id;
    let Weighed { submission, context, found, digest } = weighed;
    match choice {
        Choice::Warn => Ok(Verdict::Warned(warn(site, member, &submission, found))),
        Choice::Hold if found.iter().any(|found| found.action == PolicyAction::Refuse) => {
            Ok(Verdict::Warned(warn(site, member, &submission, found)))
        }
        Choice::Hold => {
            let masked = mask_all(&submission, &found);
            Ok(Verdict::Held(Box::new(Holding { submission, context, findings: found, masked, digest })))
        }
        Choice::Mask => mask(site, member, Weighed { submission, context, found, digest }, |_| true),
        Choice::Anyway { token, acknowledged } => {
            if !acknowledged {
                return Err(Error::field("ack", "Tick that you know it becomes public, or choose another way."));
            }
            let seen = Seen { member, submission: &submission, found: &found };
            consent::check(&site.keys, site.clock.now(), &seen, token)?;
            mask(site, member, Weighed { submission, context, found, digest }, |found| {
                found.action != PolicyAction::Warn
            })
        }
    }
}

/// Masks the findings that `hide` names, keeps the others, and looks again: what still shows goes back to the author.
fn mask(site: &Site, member: MemberId, weighed: Weighed, hide: impl Fn(&Found) -> bool) -> Result<Verdict> {
    use crate::entity::finding::FindingOutcome::{Acknowledged, Masked};
    let Weighed { mut submission, context, found, digest } = weighed;
    if found.iter().any(|found| found.action == PolicyAction::Refuse)
        || found.iter().any(|found| hide(found) && !found.typed)
    {
        return Ok(Verdict::Warned(warn(site, member, &submission, found)));
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
    for (field, text) in submission.fields_mut() {
        *text = pii::mask(text, &spans(&hidden, field));
    }
    let accepted = |hash: [u8; 32]| kept.iter().any(|(found, outcome)| *outcome == Acknowledged && found.hash == hash);
    let mut left: Vec<Found> = screen::find_masked(&submission, submission.kind(context.entry.as_ref()))?
        .iter()
        .map(|one| describe(site, &submission, &context, one))
        .collect();
    left.retain(|found| found.action != PolicyAction::Off && !accepted(found.hash));
    if left.is_empty() {
        return Ok(Verdict::Allowed(Box::new(Allowed { submission, context, kept, digest })));
    }
    Ok(Verdict::Warned(warn(site, member, &submission, left)))
}

fn warn(site: &Site, member: MemberId, submission: &Submission, findings: Vec<Found>) -> Warning {
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
        text: submission.fields().into_iter().map(|(field, text)| (field, text.to_owned())).collect(),
        masked: mask_all(submission, &findings),
        findings,
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

/// A finding with everything its author and the moderators are shown.
pub(super) fn describe(site: &Site, submission: &Submission, context: &Context, one: &InField) -> Found {
    let finding = one.finding;
    let action = context.policies.get(&finding.rule).copied().unwrap_or_else(|| default_action(finding.rule));
    let text = submission.fields().into_iter().find(|(field, _)| *field == one.field).map_or("", |(_, text)| text);
    let value = if one.typed { text.get(finding.start..finding.end).unwrap_or_default() } else { "" };
    Found {
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
    }
}
