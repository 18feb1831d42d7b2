//! What came of changing one's profile, as the API says it. A warning is a problem document (RFC 9457).

use serde::Serialize;

use crate::ids::ReviewId;
use crate::protocol;
use crate::publish::{self, Outcome};

/// It is public.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ProfileChanged {
    /// Revision of the profile after this.
    revision: i64,
}

/// It waits for a moderator.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Waiting {
    held: bool,
    /// Its item in the review queue.
    review: ReviewId,
    /// Whether this nonce had done it before.
    dup: bool,
}

/// Nothing was stored: something private was found. Decide, and send it again.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Asked {
    title: &'static str,
    #[schema(example = 422)]
    status: u16,
    #[schema(example = "pii_warning")]
    code: &'static str,
    #[serde(flatten)]
    warning: protocol::Warning,
}

/// The three answers.
pub enum Json {
    /// 200.
    Changed(ProfileChanged),
    /// 202.
    Waiting(Waiting),
    /// 422.
    Asked(Asked),
}

/// The answer to an outcome.
pub fn from(outcome: Outcome) -> Json {
    match outcome {
        Outcome::Published(published) => Json::Changed(ProfileChanged { revision: published.revision }),
        Outcome::Held(held) => Json::Waiting(Waiting { held: true, review: held.review, dup: held.dup }),
        Outcome::Warned(warning) => Json::Asked(Asked {
            title: "This seems to contain something private. Nothing was published.",
            status: 422,
            code: "pii_warning",
            warning: publish::warning(&warning),
        }),
    }
}
