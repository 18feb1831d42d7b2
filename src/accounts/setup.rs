//! The first admin: made through a link that the server prints at each start as long as there is no admin.

use super::device::Caller;
use super::register::{self, Applicant, Ground};
use super::{SignedIn, store};
use crate::db::ConnectionTrait;
use crate::error::{Error, Result};
use crate::keys::{base64url, same, sha256};
use crate::limits::{Key, Quota};
use crate::site::Site;

/// Makes a new set-up link's token, which replaces any earlier one; `None` when there is an admin already. Only its
/// SHA-256 is stored. The page is `/setup?key=…`.
pub async fn setup_token(site: &Site) -> Result<Option<String>> {
    let token = site.clock.token();
    let made = site
        .db
        .write(stored(&token), |tx, hash| async move {
            if store::other_admins(&*tx, None).await? > 0 {
                store::drop_setup(&*tx).await?;
                return Ok(false);
            }
            store::keep_setup(&*tx, &hash).await?;
            Ok(true)
        })
        .await?;
    Ok(made.then_some(token))
}

/// Whether this token opens the set-up page.
///
/// # Errors
/// `NotFound` for every other token, and when there is an admin.
pub async fn is_open(site: &Site, token: &str) -> Result<()> {
    claimable(site.db.reads(), &stored(token)).await
}

/// Makes the first admin and signs in. The link is used up in the same transaction.
///
/// # Errors
/// `NotFound` when the link is not the one of the last start or was used; `Invalid` with every field that needs
/// another look.
pub async fn create_first_admin(site: &Site, token: &str, applicant: Applicant, caller: &Caller) -> Result<SignedIn> {
    if let Some(address) = caller.address {
        site.limits.check(Quota::SignIn, Key::address(address), Some(address))?;
    }
    let hash = stored(token);
    claimable(site.db.reads(), &hash).await?;
    register::with_session(site, applicant, Ground::SetUp(hash), caller).await
}

/// Uses the link up, inside the transaction that makes the admin.
pub(super) async fn claim(db: &impl ConnectionTrait, hash: &str) -> Result<()> {
    claimable(db, hash).await?;
    store::drop_setup(db).await
}

async fn claimable(db: &impl ConnectionTrait, hash: &str) -> Result<()> {
    let kept = store::setup(db).await?.ok_or(Error::NotFound)?;
    if !same(kept.as_bytes(), hash.as_bytes()) || store::other_admins(db, None).await? > 0 {
        return Err(Error::NotFound);
    }
    Ok(())
}

fn stored(token: &str) -> String {
    base64url(&sha256(token.as_bytes()))
}

/// Whether the community has an admin.
pub async fn has_admin(site: &Site) -> Result<bool> {
    Ok(store::other_admins(site.db.reads(), None).await? > 0)
}
