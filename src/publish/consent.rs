//! The consent token: proof that this author saw these findings in exactly this text.
//!
//! A warning stores nothing, so the token carries its own proof: an expiry and a keyed hash over member, target, text,
//! findings and expiry.

use super::policy::Found;
use super::submission::Submission;
use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::keys::{self, Keys, Purpose};

/// How long an author may think about a warning.
const VALID_S: i64 = 30 * 60;

/// What an author was shown, and consents to.
pub struct Seen<'a> {
    /// The author.
    pub member: MemberId,
    /// The text.
    pub submission: &'a Submission,
    /// What was found in it.
    pub found: &'a [Found],
}

/// Makes the token of a warning.
pub fn issue(keys: &Keys, now: Moment, seen: &Seen<'_>) -> String {
    let expiry = now.plus_s(VALID_S);
    format!("{}.{}", expiry.0, keys::base64url(&proof(keys, expiry, seen)))
}

/// Checks that the token was made for this member, target, text and findings, and is not too old.
pub fn check(keys: &Keys, now: Moment, seen: &Seen<'_>, token: &str) -> Result<()> {
    let stale = || {
        Error::Conflict(
            "consent_stale",
            "The text has changed since the warning, or the warning is too old. Look at it once more.".into(),
        )
    };
    let (expiry, given) = token.split_once('.').ok_or_else(stale)?;
    let expiry = Moment(expiry.parse().map_err(|_| stale())?);
    let wanted = keys::base64url(&proof(keys, expiry, seen));
    if expiry < now || !keys::same(wanted.as_bytes(), given.as_bytes()) {
        return Err(stale());
    }
    Ok(())
}

fn proof(keys: &Keys, expiry: Moment, seen: &Seen<'_>) -> [u8; 32] {
    let (expiry, member, target) = (expiry.0.to_be_bytes(), seen.member.0.to_be_bytes(), seen.submission.target());
    let spans =
        seen.found.iter().map(|one| format!("{}:{}:{}-{}", one.field.as_str(), one.rule.as_str(), one.start, one.end));
    let findings = spans.collect::<Vec<_>>().join(";");
    let mut parts: Vec<&[u8]> = vec![&expiry, &member, target.as_bytes(), findings.as_bytes()];
    for (field, text) in seen.submission.fields() {
        parts.extend([field.as_str().as_bytes(), text.as_bytes()]);
    }
    keys.mac(Purpose::Consent, &parts)
}
