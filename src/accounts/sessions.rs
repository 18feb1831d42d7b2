//! A member's own sessions: the list, ending them, and changing the password, which ends them all.

use super::device::Caller;
use super::password::{self, Password};
use super::{SignedIn, sign_in, store};
use crate::access::{Credential, Member, Viewer, store as standing};
use crate::clock::Moment;
use crate::error::{Error, Result};
use crate::ids::SessionId;
use crate::keys::sha256;
use crate::site::Site;

/// A signed-in browser as its owner sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Id, to end it.
    pub id: SessionId,
    /// Browser and system.
    pub device: String,
    /// Cut address.
    pub network: Option<String>,
    /// Sign-in.
    pub created_at: Moment,
    /// Last request, to the minute.
    pub seen_at: Moment,
    /// Whether the viewer looks through this one.
    pub current: bool,
}

/// The session a member came with. API tokens cannot manage sessions, passwords or tokens.
pub(super) fn own(viewer: &Viewer) -> Result<(&Member, Option<SessionId>)> {
    let member = viewer.member()?;
    match member.credential {
        Credential::Session(id) => Ok((member, Some(id))),
        Credential::Console => Ok((member, None)),
        Credential::Token(_) => Err(Error::Denied("session_needed", "An API token cannot do this. Sign in with a browser.".into())),
    }
}

/// The viewer's live sessions, the last used first.
pub async fn sessions(site: &Site, viewer: &Viewer) -> Result<Vec<Session>> {
    let (member, current) = own(viewer)?;
    let (now, idle) = (site.clock.now(), standing::idle_s(member));
    let rows = store::sessions_of(site.db.reads(), member.id).await?;
    let live = rows.into_iter().filter(|row| !standing::is_over(row, idle, now));
    Ok(live
        .map(|row| Session { id: row.id, device: row.device, network: row.address, created_at: row.created_at, seen_at: row.seen_at, current: Some(row.id) == current })
        .collect())
}

/// Ends the session the viewer came with. For a guest there is nothing to do.
pub async fn sign_out(site: &Site, viewer: &Viewer) -> Result<()> {
    let Ok(member) = viewer.member() else { return Ok(()) };
    match own(viewer)? {
        (_, Some(session)) => end(site, member, session).await.map(drop),
        (_, None) => Ok(()),
    }
}

/// Ends one of the viewer's sessions.
///
/// # Errors
/// `NotFound` when the viewer has no such session.
pub async fn end_session(site: &Site, viewer: &Viewer, id: SessionId) -> Result<()> {
    let (member, _) = own(viewer)?;
    if end(site, member, id).await? { Ok(()) } else { Err(Error::NotFound) }
}

async fn end(site: &Site, member: &Member, id: SessionId) -> Result<bool> {
    let ended = site.db.write((member.id, id), |tx, command| async move { store::end_session(&*tx, command.0, command.1).await }).await?;
    if ended {
        site.hub.end_session(id);
    }
    Ok(ended)
}

/// Ends the viewer's sessions: all of them, or all but the one the viewer came with. Returns how many.
pub async fn end_all(site: &Site, viewer: &Viewer, keep_current: bool) -> Result<usize> {
    let (member, current) = own(viewer)?;
    let keep = current.filter(|_| keep_current);
    let ended = site.db.write((member.id, keep), |tx, command| async move { store::end_sessions(&*tx, command.0, command.1).await }).await?;
    for session in &ended {
        site.hub.end_session(*session);
    }
    Ok(ended.len())
}

/// Changes the viewer's password. All sessions end; the answer holds a new one. API tokens stay: they are listed on
/// the same page, each with its own button.
///
/// # Errors
/// `Denied` with code `sign_in_failed` when the current password is wrong, `Limited` after too many of these,
/// `Invalid` when the new one cannot be taken.
pub async fn change_password(site: &Site, viewer: &Viewer, (current, wished): (&str, &str), caller: &Caller) -> Result<SignedIn> {
    let (member, _) = own(viewer)?;
    let row = store::by_id(site.db.reads(), member.id).await?;
    let current = Password::given("current", current)?;
    let wished = Password::chosen("password", wished, &[&site.config.site_name, "tact", &member.name, &member.display])?;
    sign_in::verify(site, &member.name, Some(&row), current).await?;
    let new = password::shared().hash(&site.clock, wished).await?;
    let token = site.clock.token();
    let command = (member.id, new, sha256(token.as_bytes()), caller.clone(), site.clock.now());
    let (ended, session) = site
        .db
        .write(command, |tx, command| async move {
            let (id, new, hash, caller, now) = &*command;
            store::set_password(&*tx, *id, None, new).await?;
            let ended = store::end_sessions(&*tx, *id, None).await?;
            Ok((ended, store::open_session(&*tx, *id, hash, caller, *now).await?))
        })
        .await?;
    for old in ended {
        site.hub.end_session(old);
    }
    let member = standing::load(site.db.reads(), member.id, Credential::Session(session)).await?.ok_or(Error::SignInNeeded)?;
    Ok(SignedIn { member, token })
}
