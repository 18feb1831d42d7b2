//! Rows of who moderates a place, and of the sessions that end when that changes.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder};

use crate::clock::Moment;
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::{member, session};
use crate::error::Result;
use crate::ids::{MemberId, SessionId};

/// A place as the tables name it.
pub type PlaceKey = (PlaceKind, i64);

/// The moderators of a place.
pub async fn of(db: &impl ConnectionTrait, (kind, id): PlaceKey) -> Result<BTreeSet<MemberId>> {
    let roles = place_role::Entity::find()
        .filter(place_role::Column::PlaceKind.eq(kind))
        .filter(place_role::Column::PlaceId.eq(id));
    Ok(roles.all(db).await?.into_iter().map(|role| role.member_id).collect())
}

/// Names of members, in order.
pub async fn names(db: &impl ConnectionTrait, members: BTreeSet<MemberId>) -> Result<Vec<String>> {
    let rows = member::Entity::find().filter(member::Column::Id.is_in(members));
    Ok(rows.order_by_asc(member::Column::Name).all(db).await?.into_iter().map(|row| row.name).collect())
}

/// The members with these names; unknown names are passed over.
pub async fn with_names(db: &impl ConnectionTrait, names: BTreeSet<String>) -> Result<BTreeSet<MemberId>> {
    let rows = member::Entity::find().filter(member::Column::Name.is_in(names)).all(db).await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// Makes a member a moderator of a place.
pub async fn grant(db: &impl ConnectionTrait, member: MemberId, (kind, id): PlaceKey, at: Moment) -> Result<()> {
    let row = place_role::ActiveModel {
        member_id: Set(member),
        place_kind: Set(kind),
        place_id: Set(id),
        granted_at: Set(at),
    };
    place_role::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// Takes it from them.
pub async fn take(db: &impl ConnectionTrait, member: MemberId, (kind, id): PlaceKey) -> Result<()> {
    place_role::Entity::delete_by_id((member, kind, id)).exec(db).await?;
    Ok(())
}

/// Ends every session of a member.
pub async fn end_sessions(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<SessionId>> {
    let open = session::Entity::find().filter(session::Column::MemberId.eq(member)).all(db).await?;
    session::Entity::delete_many().filter(session::Column::MemberId.eq(member)).exec(db).await?;
    Ok(open.into_iter().map(|row| row.id).collect())
}
