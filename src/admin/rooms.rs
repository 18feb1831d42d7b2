//! Rooms as admins see them. Rooms are made under `/chat/new`; direct rooms are nobody's but their participants'.

use std::collections::BTreeSet;

use super::moderators::{self, Changed};
use super::policy::{self, Choices, OfRule};
use super::{administer, store};
use crate::access::Viewer;
use crate::entity::place_role::PlaceKind;
use crate::entity::room::{self, RoomAccess};
use crate::error::{Error, Result};
use crate::ids::{MemberId, RoomId};
use crate::publish;
use crate::rooms::{self, Change};
use crate::site::Site;

/// Longest slow mode in seconds.
const SLOW_S: i64 = 3600;

/// A room as an admin wishes it. Its name in the URL stays, so that links do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomDraft {
    /// Name.
    pub title: String,
    /// Only its members see it.
    pub closed: bool,
    /// Read only.
    pub archived: bool,
    /// Least seconds between two messages of one member.
    pub slow_s: i64,
    /// What each rule does here.
    pub policy: Choices,
    /// Names of its moderators, separated by commas.
    pub moderators: String,
}

/// Every room but the direct ones, in order, with how many belong to it.
pub async fn rooms(site: &Site, viewer: &Viewer) -> Result<Vec<(room::Model, i64)>> {
    administer(viewer, None)?;
    store::rooms(site.db.reads()).await
}

/// A room with everything its form shows.
pub async fn room(site: &Site, viewer: &Viewer, id: RoomId) -> Result<(room::Model, Vec<OfRule>, Vec<String>)> {
    administer(viewer, None)?;
    let db = site.db.reads();
    let room = store::room(db, id).await?;
    let settings = policy::settings(db, Some(publish::room_place(&room, false))).await?;
    Ok((room, settings, moderators::names(db, (PlaceKind::Room, id.0)).await?))
}

/// Changes a room, with its policy and its moderators.
///
/// # Errors
/// Not an admin, or fields that cannot be used. What comes before the wrong field in the form may be stored already.
pub async fn save_room(site: &Site, viewer: &Viewer, id: RoomId, draft: RoomDraft) -> Result<()> {
    administer(viewer, None)?;
    if !(0..=SLOW_S).contains(&draft.slow_s) {
        return Err(Error::field("slow_s", format!("Slow mode is 0 to {SLOW_S} seconds.")));
    }
    let room = store::room(site.db.reads(), id).await?;
    let moderators = moderators::parse(site.db.reads(), &draft.moderators).await?;
    let closed = room.access == RoomAccess::Closed;
    let changes = [
        (draft.title.trim() != room.title).then(|| Change::Rename(draft.title.clone())),
        (draft.slow_s != room.slow_s).then_some(Change::Slow(draft.slow_s)),
        (draft.closed != closed).then_some(Change::Close(draft.closed)),
        (draft.archived != room.archived).then_some(Change::Archive(draft.archived)),
    ];
    for change in changes.into_iter().flatten() {
        rooms::change(site, viewer, id, change).await?;
    }
    let standing = settle(site, viewer, (room, draft.policy, moderators)).await?;
    standing.tell(site);
    Ok(())
}

async fn settle(site: &Site, viewer: &Viewer, command: (room::Model, Choices, BTreeSet<MemberId>)) -> Result<Changed> {
    let by = (viewer.member()?.id, site.clock.now());
    site.db
        .write(command, move |tx, command| async move {
            let (room, choices, moderators) = &*command;
            policy::store(&tx, publish::room_place(room, false), choices).await?;
            moderators::set(&tx, (PlaceKind::Room, room.id.0), moderators, by).await
        })
        .await
}
