//! Who belongs to a room, and how far they have read.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{MemberId, RoomId};

/// Who belongs to a room, and how far they have read.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "memberships")]
pub struct Model {
    /// Room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub room_id: RoomId,
    /// Member.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Highest event sequence read.
    pub read_seq: i64,
    /// Joined.
    pub joined_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
