//! What a member shows of themselves, and how they like to read.

use super::store;
use crate::access::Viewer;
use crate::clock::Moment;
use crate::entity::member::{Role, Theme, TopicView};
use crate::entries::{self, Entry};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId};
use crate::site::Site;

/// Entries on one page of a profile.
pub const PAGE: u64 = 20;

/// A member as others see them.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Account.
    pub id: MemberId,
    /// Login name.
    pub name: String,
    /// Name as shown.
    pub display: String,
    /// Profile text as typed.
    pub bio: String,
    /// Profile text rendered and sanitised.
    pub bio_html: String,
    /// Rises with each change.
    pub revision: i64,
    /// Standing on the site.
    pub role: Role,
    /// Sign-up.
    pub joined: Moment,
    /// Their newest entries that the viewer may read.
    pub latest: Vec<Latest>,
    /// Where the next page begins, if there is one.
    pub next: Option<EntryId>,
}

/// An entry on a profile, with where it stands.
#[derive(Debug, Clone, PartialEq)]
pub struct Latest {
    /// The entry.
    pub entry: Entry,
    /// Title of its topic or room.
    pub title: String,
    /// Path to it.
    pub href: String,
}

/// A member's profile with those of their entries that the viewer may read, before an entry.
///
/// # Errors
/// `NotFound` when there is no such member.
pub async fn profile(site: &Site, viewer: &Viewer, name: &str, before: Option<EntryId>) -> Result<Profile> {
    let db = site.db.reads();
    let row = store::by_name(db, &name.to_ascii_lowercase()).await?.ok_or(Error::NotFound)?;
    let mut scope = entries::store::scope(&site.db, viewer).await?;
    scope.rooms = store::without_direct(db, scope.rooms).await?;
    let mut found = entries::store::by_member(db, row.id, &scope, before, PAGE + 1).await?;
    let more = found.len() as u64 > PAGE;
    found.truncate(usize::try_from(PAGE).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| more).map(|entry| entry.id);
    let latest = store::placed(db, found).await?;
    Ok(Profile { id: row.id, name: row.name, display: row.display, bio: row.bio, bio_html: row.bio_html, revision: row.revision, role: row.role, joined: row.created_at, latest, next })
}

/// How a member likes to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferences {
    /// Light, dark, or the system's.
    pub theme: Theme,
    /// Order of a topic's posts.
    pub topic_view: TopicView,
}

/// The viewer's preferences.
pub async fn preferences(site: &Site, viewer: &Viewer) -> Result<Preferences> {
    let row = store::by_id(site.db.reads(), viewer.member()?.id).await?;
    Ok(Preferences { theme: row.theme, topic_view: row.topic_view })
}

/// Changes the viewer's preferences.
pub async fn set_preferences(site: &Site, viewer: &Viewer, wished: Preferences) -> Result<()> {
    let id = viewer.member()?.id;
    site.db.write((id, wished), |tx, command| async move { store::set_preferences(&*tx, command.0, command.1.theme, command.1.topic_view).await }).await
}
