//! Stage 1: limits, and what a repeated nonce did before.

use super::submission::{Envelope, Submission};
use super::{Outcome, store};
use crate::access::{Credential, Viewer};
use crate::error::{Error, Result};
use crate::limits::{Key, Quota};
use crate::site::Site;

/// A submission that passed the limits.
pub struct Admitted {
    pub(super) submission: Submission,
}

/// Where a submission goes from here.
pub enum Gate {
    /// On to the next stage.
    Open(Admitted),
    /// Nowhere: this is what its nonce did already.
    Repeated(Outcome),
}

/// Most characters of a nonce.
const NONCE_CHARS: usize = 64;

/// Checks nonce and limits.
pub async fn admit(site: &Site, viewer: &Viewer, submission: Submission, envelope: &Envelope) -> Result<Gate> {
    let member = viewer.member()?;
    let nonce = &envelope.nonce;
    if nonce.is_empty() || nonce.len() > NONCE_CHARS || !nonce.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(Error::field("nonce", "The nonce must be 1 to 64 visible ASCII characters."));
    }
    if let Some(outcome) = store::repeated(site, member.id, &submission, nonce).await? {
        return Ok(Gate::Repeated(outcome));
    }
    if member.credential != Credential::Console {
        let key = Key::Member(member.id);
        match &submission {
            Submission::Topic { .. } => site.limits.check(Quota::Topic, key, envelope.address)?,
            Submission::Post { .. } => site.limits.check(Quota::Post, key, envelope.address)?,
            Submission::Message { room, .. } => {
                site.limits.check(Quota::Message, key, envelope.address)?;
                site.limits.check(Quota::MessageInRoom, Key::MemberIn(member.id, room.0), envelope.address)?
            }
            Submission::Edit { .. } | Submission::Profile { .. } | Submission::RoomTopic { .. } => {
                site.limits.check(Quota::Edit, key, envelope.address)?
            }
        };
    }
    Ok(Gate::Open(Admitted { submission }))
}
