//! API tokens: bearer tokens for programs, shown once, stored as SHA-256, with an end.

use super::sessions::own;
use super::store;
use crate::access::Viewer;
use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::ids::TokenId;
use crate::keys::sha256;
use crate::site::Site;
use crate::text;

/// How every token begins, so that it is recognised when it turns up where it should not be.
pub const PREFIX: &str = "tact_pat_";
/// Tokens a member may have.
const TOKENS: usize = 20;
/// Most characters of a label.
const LABEL_CHARS: usize = 60;
/// Longest validity in days.
const MAX_DAYS: u16 = 365;

/// An API token as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Id, to revoke it.
    pub id: TokenId,
    /// What its owner calls it.
    pub label: String,
    /// Made.
    pub created_at: Moment,
    /// End of validity.
    pub expires_at: Option<Moment>,
    /// Last use, to the hour.
    pub used_at: Option<Moment>,
    /// Whether the end has come.
    pub expired: bool,
}

/// A token that was just made. It has no `Debug`.
pub struct NewToken {
    /// Its id.
    pub id: TokenId,
    /// The token itself. It is shown once and stored nowhere.
    pub secret: String,
    /// End of validity.
    pub expires_at: Moment,
}

/// Makes an API token for the viewer that is good for so many days.
///
/// # Errors
/// `Invalid` for the label or the days, `Conflict` when there are too many, `Denied` when asked with an API token.
pub async fn token_add(site: &Site, viewer: &Viewer, label: &str, days: u16) -> Result<NewToken> {
    let (member, _) = own(viewer)?;
    let label = text::line(label, LABEL_CHARS).map_err(|error| Error::field("label", error.to_string()))?;
    if !(1..=MAX_DAYS).contains(&days) {
        return Err(Error::field("days", format!("A token is good for 1 to {MAX_DAYS} days.")));
    }
    let secret = format!("{PREFIX}{}", site.clock.token());
    let now = site.clock.now();
    let end = now.plus_s(i64::from(days) * 24 * 3600);
    let command = (member.id, sha256(secret.as_bytes()), label, now, end);
    let id = site
        .db
        .write(command, |tx, command| async move {
            let (member, hash, label, now, end) = &*command;
            if store::tokens_of(&*tx, *member).await?.len() >= TOKENS {
                return Err(Error::Conflict("too_many_tokens", format!("There can be {TOKENS} tokens. Revoke one first.").into()));
            }
            store::insert_token(&*tx, *member, hash, label, (*now, *end)).await
        })
        .await?;
    Ok(NewToken { id, secret, expires_at: end })
}

/// Revokes one of the viewer's tokens. Requests and open sockets with it end.
///
/// # Errors
/// `NotFound` when the viewer has no such token.
pub async fn token_revoke(site: &Site, viewer: &Viewer, id: TokenId) -> Result<()> {
    let (member, _) = own(viewer)?;
    let revoked = site.db.write((member.id, id), |tx, command| async move { store::revoke_token(&*tx, command.0, command.1).await }).await?;
    if !revoked {
        return Err(Error::NotFound);
    }
    site.hub.recheck(member.id);
    Ok(())
}

/// The viewer's tokens that were not revoked, the newest first.
pub async fn tokens(site: &Site, viewer: &Viewer) -> Result<Vec<Token>> {
    let (member, _) = own(viewer)?;
    let now = site.clock.now();
    let rows = store::tokens_of(site.db.reads(), member.id).await?;
    let shown = rows.into_iter().map(|row| Token {
        expired: row.expires_at.is_some_and(|end| end <= now),
        id: row.id,
        label: row.label,
        created_at: row.created_at,
        expires_at: row.expires_at,
        used_at: row.used_at,
    });
    Ok(shown.collect())
}
