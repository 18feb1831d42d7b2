//! What came of changing one's profile, as the API says it. A warning is a problem document (RFC 9457) and names spans
//! and masked hints, never a found value.

use serde::Serialize;

use crate::ids::ReviewId;
use crate::publish::{Found, Outcome, Warning};

/// It is public.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Done {
    /// Revision of the profile after this.
    revision: i64,
}

/// It waits for a moderator.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    /// Its item in the review queue.
    review: ReviewId,
    /// Whether the same nonce was held before.
    dup: bool,
}

/// Nothing was stored; decide about the findings and send it again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Asked {
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    #[schema(example = "pii_warning")]
    code: &'static str,
    /// What was found, in reading order.
    findings: Vec<Finding>,
    /// Token for `choice: "anyway"`; absent when nothing may be published unmasked.
    #[serde(skip_serializing_if = "Option::is_none")]
    consent: Option<String>,
    /// Whether `choice: "mask"` can help.
    can_mask: bool,
    /// Whether `choice: "ask"` can help.
    can_ask: bool,
}

/// One finding.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Finding {
    /// Field of the request.
    field: &'static str,
    #[schema(example = "card")]
    rule: &'static str,
    /// Byte offset in the field's normalised text.
    start: usize,
    /// End of it.
    end: usize,
    /// Why it looks like this.
    why: &'static str,
    /// Masked form of the value.
    hint: String,
}

/// The three answers.
pub enum Json {
    /// 200.
    Done(Done),
    /// 202.
    Waiting(Waiting),
    /// 422.
    Asked(Asked),
}

/// The answer to an outcome.
pub fn from(outcome: Outcome) -> Json {
    match outcome {
        Outcome::Published(published) => Json::Done(Done { revision: published.revision }),
        Outcome::Held(held) => Json::Waiting(Waiting { review: held.review, dup: held.dup }),
        Outcome::Warned(warning) => Json::Asked(asked(warning)),
    }
}

fn asked(warning: Warning) -> Asked {
    let finding = |found: Found| Finding {
        field: found.field.as_str(),
        rule: found.rule.as_str(),
        start: found.start,
        end: found.end,
        why: found.why.text(),
        hint: found.hint,
    };
    Asked {
        title: "This looks like private data. Nothing was published.",
        status: 422,
        code: "pii_warning",
        findings: warning.findings.into_iter().map(finding).collect(),
        consent: warning.consent,
        can_mask: warning.can_mask,
        can_ask: warning.can_ask,
    }
}
