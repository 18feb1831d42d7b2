//! A moderator of one board or room.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::MemberId;

/// What kind of place a row speaks of.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum PlaceKind {
    /// Everywhere.
    #[sea_orm(num_value = 0)]
    Site,
    /// A board.
    #[sea_orm(num_value = 1)]
    Board,
    /// A room.
    #[sea_orm(num_value = 2)]
    Room,
    /// All rooms of two or a few; only the filter's settings speak of them together.
    #[sea_orm(num_value = 3)]
    Direct,
}

/// A moderator of one board or room.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "place_roles")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Board or room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_kind: PlaceKind,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: i64,
    /// Since.
    pub granted_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
