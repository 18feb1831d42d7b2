//! Who moderates one board or room, given as names. Each change stands in the mod log.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::{member, session};
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
pub async fn names(db: &impl ConnectionTrait, place: (PlaceKind, i64)) -> Result<Vec<String>> {
    let ids = of(db, place).await?;
    let rows =
        member::Entity::find().filter(member::Column::Id.is_in(ids)).order_by_asc(member::Column::Name).all(db).await?;
    Ok(rows.into_iter().map(|row| row.name).collect())
}

async fn of(db: &impl ConnectionTrait, (kind, id): (PlaceKind, i64)) -> Result<BTreeSet<MemberId>> {
    let roles = place_role::Entity::find()
        .filter(place_role::Column::PlaceKind.eq(kind))
        .filter(place_role::Column::PlaceId.eq(id));
    Ok(roles.all(db).await?.into_iter().map(|role| role.member_id).collect())
}

/// The members with these names, separated by commas or spaces.
pub async fn parse(db: &impl ConnectionTrait, typed: &str) -> Result<BTreeSet<MemberId>> {
    let split = typed.split([',', ' ', '\n']).map(|name| name.trim().trim_start_matches('@').to_ascii_lowercase());
    let names: BTreeSet<String> = split.filter(|name| !name.is_empty()).collect();
    if names.len() > MOST {
        return Err(Error::field("moderators", format!("At most {MOST} members moderate one place.")));
    }
    let count = names.len();
    let rows = member::Entity::find().filter(member::Column::Name.is_in(names)).all(db).await?;
    if rows.len() < count {
        return Err(Error::field(
            "moderators",
            "One of these is not the name of a member. Use the names under which they sign in.",
        ));
    }
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Makes these members the moderators of a place, and nobody else.
pub async fn set(
    tx: &Tx,
    place: (PlaceKind, i64),
    wanted: &BTreeSet<MemberId>,
    (actor, at): (MemberId, Moment),
) -> Result<Changed> {
    let now = of(&**tx, place).await?;
    let mut changed = Changed::default();
    for id in wanted.difference(&now) {
        let row = place_role::ActiveModel {
            member_id: Set(*id),
            place_kind: Set(place.0),
            place_id: Set(place.1),
            granted_at: Set(at),
        };
        place_role::Entity::insert(row).exec_without_returning(&**tx).await?;
        note(tx, (actor, at), *id, ("place_granted", place)).await?;
        changed.members.push(*id);
    }
    for id in now.difference(wanted) {
        place_role::Entity::delete_by_id((*id, place.0, place.1)).exec(&**tx).await?;
        note(tx, (actor, at), *id, ("place_taken", place)).await?;
        changed.members.push(*id);
    }
    for id in &changed.members {
        changed.sessions.extend(end_sessions(tx, *id).await?);
    }
    Ok(changed)
}

async fn note(
    tx: &Tx,
    (actor, at): (MemberId, Moment),
    member: MemberId,
    (action, (kind, id)): (&str, (PlaceKind, i64)),
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

/// Ends every session of a member.
pub async fn end_sessions(tx: &Tx, id: MemberId) -> Result<Vec<SessionId>> {
    let open = session::Entity::find().filter(session::Column::MemberId.eq(id)).all(&**tx).await?;
    session::Entity::delete_many().filter(session::Column::MemberId.eq(id)).exec(&**tx).await?;
    Ok(open.into_iter().map(|row| row.id).collect())
}
