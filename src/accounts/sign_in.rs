//! Signing in. Every failure is the same answer after the same work, whether or not there is such an account.

use super::SignedIn;
use super::device::Caller;
use super::failures;
use super::password::{self, Password, Verdict};
use super::store;
use crate::access::{Credential, Viewer, store as standing};
use crate::entity::member::{self, MemberState};
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::keys::{Purpose, sha256};
use crate::limits::{Key, Quota};
use crate::site::Site;

/// Most characters that are looked up as a name.
const NAME_CHARS: usize = 64;

/// Signs in by login name and password. The session is new whatever the browser had before; the one it had ends.
///
/// Not by e-mail address: as long as no mail proves whose an address is, that would tell who else uses it.
///
/// # Errors
/// `Limited`; `Denied` with code `sign_in_failed` for an unknown name and a wrong password alike, `suspended` for the
/// right password of a suspended account.
pub async fn sign_in(site: &Site, viewer: &Viewer, (name, typed): (&str, &str), caller: &Caller) -> Result<SignedIn> {
    if let Some(address) = caller.address {
        site.limits.check(Quota::SignIn, Key::Address(address), Some(address))?;
    }
    let name: String = name.trim().chars().take(NAME_CHARS).collect::<String>().to_ascii_lowercase();
    let row = store::by_name(site.db.reads(), &name).await?;
    let password = Password::given("password", typed)?;
    verify(site, &name, row.as_ref(), password.clone()).await?;
    let row = row.ok_or_else(refused)?;
    if row.state == MemberState::Suspended {
        return Err(Error::Denied("suspended", "This account is suspended. Write to the people who run this community.".into()));
    }
    open(site, viewer, row.id, caller).await
}

/// Compares a password with an account's, counting failures by name; makes the hash anew when it is outdated.
pub(super) async fn verify(site: &Site, name: &str, row: Option<&member::Model>, password: Password) -> Result<()> {
    let key = site.keys.mac(Purpose::Nonce, &[b"sign-in", name.as_bytes()]);
    failures::shared().check(&key, site.clock.now())?;
    let verdict = password::shared().verify(password.clone(), row.map(|row| row.password.clone())).await?;
    match (verdict, row) {
        (Verdict::Right, Some(_)) => {}
        (Verdict::Outdated, Some(row)) => renew(site, row, password).await,
        (Verdict::Wrong, _) | (_, None) => {
            failures::shared().add(key, site.clock.now());
            return Err(refused());
        }
    }
    failures::shared().forget(&key);
    Ok(())
}

fn refused() -> Error {
    Error::Denied("sign_in_failed", "This name and this password do not belong together.".into())
}

/// That this fails is no reason to refuse the right password: the next sign-in tries again.
async fn renew(site: &Site, row: &member::Model, password: Password) {
    let outcome = async {
        let new = password::shared().hash(&site.clock, password).await?;
        let command = (row.id, row.password.clone(), new);
        site.db.write(command, |tx, command| async move { store::set_password(&*tx, command.0, Some(&command.1), &command.2).await }).await
    };
    if let Err(error) = outcome.await {
        tracing::warn!(cause = %error, member = %row.id, "a password hash was not renewed");
    }
}

/// Opens a new session and ends the one the request came with.
async fn open(site: &Site, viewer: &Viewer, id: MemberId, caller: &Caller) -> Result<SignedIn> {
    let token = site.clock.token();
    let before = viewer.member().ok().and_then(|member| match member.credential {
        Credential::Session(session) => Some((member.id, session)),
        Credential::Token(_) | Credential::Console => None,
    });
    let command = (id, sha256(token.as_bytes()), caller.clone(), before, site.clock.now());
    let session = site
        .db
        .write(command, |tx, command| async move {
            let (id, hash, caller, before, now) = &*command;
            if let Some((member, session)) = before {
                store::end_session(&*tx, *member, *session).await?;
            }
            store::open_session(&*tx, *id, hash, caller, *now).await
        })
        .await?;
    if let Some((_, session)) = before {
        site.hub.end_session(session);
    }
    let member = standing::load(site.db.reads(), id, Credential::Session(session)).await?.ok_or_else(refused)?;
    Ok(SignedIn { member, token })
}
