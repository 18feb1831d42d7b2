//! Who moderates one board or room, given as names. Each change stands in the mod log.

use std::collections::BTreeSet;

use super::store::moderators::{self as store, PlaceKey};
use crate::clock::Moment;
use crate::db::{ConnectionTrait, Tx};
use crate::entity::place_role::PlaceKind;
use crate::error::{Error, Result};
use crate::ids::{MemberId, SessionId};
use crate::moderation::{self, Deed};
use crate::site::Site;

/// Most moderators of one place.
const MOST: usize = 50;

/// Whose standing has changed, and their sessions, which have ended so that none of the old ones carries new rights.
#[derive(Debug, Default)]
pub struct Changed {
    /// Members.
    pub members: Vec<MemberId>,
    /// Their sessions.
    pub sessions: Vec<SessionId>,
}

impl Changed {
    /// Tells the open sockets.
    pub fn tell(&self, site: &Site) {
        for session in &self.sessions {
            site.hub.end_session(*session);
        }
        for member in &self.members {
            site.hub.recheck(*member);
        }
    }
}

/// Names of a place's moderators, in order.
pub async fn names(db: &impl ConnectionTrait, place: PlaceKey) -> Result<Vec<String>> {
    store::names(db, store::of(db, place).await?).await
}

/// The members with these names, separated by commas or spaces.
pub async fn parse(db: &impl ConnectionTrait, typed: &str) -> Result<BTreeSet<MemberId>> {
    let split = typed.split([',', ' ', '\n']).map(|name| name.trim().trim_start_matches('@').to_ascii_lowercase());
    let names: BTreeSet<String> = split.filter(|name| !name.is_empty()).collect();
    if names.len() > MOST {
        return Err(Error::field("moderators", format!("At most {MOST} members moderate one place.")));
    }
    let count = names.len();
    let members = store::with_names(db, names).await?;
    if members.len() < count {
        return Err(Error::field(
            "moderators",
            "One of these is not the name of a member. Use the names under which they sign in.",
        ));
    }
    Ok(members)
}

/// Makes these members the moderators of a place, and nobody else.
pub async fn set(
    tx: &Tx,
    place: PlaceKey,
    wanted: &BTreeSet<MemberId>,
    (actor, at): (MemberId, Moment),
) -> Result<Changed> {
    let now = store::of(&**tx, place).await?;
    let mut changed = Changed::default();
    for id in wanted.difference(&now) {
        store::grant(&**tx, *id, place, at).await?;
        note(tx, (actor, at), *id, ("place_granted", place)).await?;
        changed.members.push(*id);
    }
    for id in now.difference(wanted) {
        store::take(&**tx, *id, place).await?;
        note(tx, (actor, at), *id, ("place_taken", place)).await?;
        changed.members.push(*id);
    }
    for id in &changed.members {
        changed.sessions.extend(store::end_sessions(&**tx, *id).await?);
    }
    Ok(changed)
}

async fn note(
    tx: &Tx,
    (actor, at): (MemberId, Moment),
    member: MemberId,
    (action, (kind, id)): (&str, PlaceKey),
) -> Result<()> {
    let place = if kind == PlaceKind::Board { "board" } else { "room" };
    let deed = Deed {
        actor,
        action: action.to_owned(),
        review: None,
        entry: None,
        member: Some(member),
        version: 0,
        reason: format!("{place}:{id}"),
        at,
    };
    moderation::append(tx, deed).await
}
