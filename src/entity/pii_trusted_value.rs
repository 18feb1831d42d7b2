//! A value that its author called not private, by its keyed hash.

use sea_orm::entity::prelude::*;

use super::place_role::PlaceKind;
use crate::clock::Moment;
use crate::ids::MemberId;

/// A value that its author called not private, in one place.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pii_trusted_values")]
pub struct Model {
    /// Who said so.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Site, board or room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_kind: PlaceKind,
    /// Its id; 0 for the site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: i64,
    /// Keyed hash of rule and value.
    #[sea_orm(primary_key, auto_increment = false)]
    pub value_hash: Vec<u8>,
    /// Not asked again until then.
    pub until: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
