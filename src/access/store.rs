//! Reading a member's standing.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Credential, Member};
use crate::entity::member::{self, MemberState};
use crate::entity::place_role::{self, PlaceKind};
use crate::error::Result;
use crate::ids::{BoardId, MemberId, RoomId};

/// The member with the standing they have right now; `None` for unknown and suspended ones.
pub async fn load(db: &impl ConnectionTrait, id: MemberId, credential: Credential) -> Result<Option<Member>> {
    let Some(row) = member::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if row.state != MemberState::Active {
        return Ok(None);
    }
    let roles = place_role::Entity::find().filter(place_role::Column::MemberId.eq(id)).all(db).await?;
    let of = |kind| roles.iter().filter(move |role| role.place_kind == kind).map(|role| role.place_id);
    Ok(Some(Member {
        id,
        name: row.name,
        display: row.display,
        role: row.role,
        trust: row.trust,
        boards: of(PlaceKind::Board).map(BoardId).collect(),
        rooms: of(PlaceKind::Room).map(RoomId).collect(),
        credential,
    }))
}
