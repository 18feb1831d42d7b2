//! Members and their standing on the whole site.

use super::moderators::Changed;
use super::{MEMBERS, administer, store};
use crate::access::{Role, Viewer};
use crate::entity::member;
use crate::error::{Error, Result};
use crate::ids::MemberId;
use crate::moderation::{self, Deed};
use crate::site::Site;

/// Which members, and where the page begins.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum List {
    /// Newest first, before an id.
    Newest(Option<MemberId>),
    /// Those whose name begins so, by name, after a name.
    Named(String, Option<String>),
}

/// A page of members.
pub async fn members(site: &Site, viewer: &Viewer, list: &List) -> Result<Vec<member::Model>> {
    administer(viewer, None)?;
    store::members(site.db.reads(), list, MEMBERS).await
}

/// Gives a member a role on the whole site. Their sessions end, so that none of the old ones carries the new rights.
///
/// # Errors
/// Not an admin (any more), one's own account, or the last admin.
pub async fn set_role(site: &Site, viewer: &Viewer, id: MemberId, role: Role) -> Result<()> {
    administer(viewer, Some(id))?;
    let actor = viewer.member()?.id;
    let at = site.clock.now();
    let changed = site
        .db
        .write((), move |tx, _| async move {
            // Both rows are locked, so that two admins who demote each other do not leave the site without one.
            let (first, second) = if actor < id { (actor, id) } else { (id, actor) };
            let rows = [store::lock_member(&*tx, first).await?, store::lock_member(&*tx, second).await?];
            let old = rows.iter().find(|row| row.id == id).map_or(Role::Member, |row| row.role);
            if rows.iter().all(|row| row.id != actor || row.role != Role::Admin) {
                return Err(Error::Denied("forbidden", "Only admins can do this.".into()));
            }
            if old == role {
                return Ok(Changed::default());
            }
            if old == Role::Admin && store::admins(&*tx).await? < 2 {
                return Err(Error::Conflict(
                    "last_admin",
                    "This is the only admin. Make somebody else admin first.".into(),
                ));
            }
            store::set_role(&*tx, id, role).await?;
            let action = format!("role_{}", key(role));
            let deed = Deed {
                actor,
                action,
                review: None,
                entry: None,
                member: Some(id),
                version: 0,
                reason: String::new(),
                at,
            };
            moderation::append(&tx, deed).await?;
            Ok(Changed { members: vec![id], sessions: store::moderators::end_sessions(&*tx, id).await? })
        })
        .await?;
    changed.tell(site);
    Ok(())
}

/// Key of a role, as sent.
pub fn key(role: Role) -> &'static str {
    match role {
        Role::Member => "member",
        Role::Moderator => "moderator",
        Role::Admin => "admin",
    }
}

/// The role of a key.
pub fn role(key_: &str) -> Option<Role> {
    [Role::Member, Role::Moderator, Role::Admin].into_iter().find(|role| key(*role) == key_)
}
