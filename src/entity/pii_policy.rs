//! What a finding of one rule means in one place.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::member::Role;

/// What happens when a rule finds something.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum PolicyAction {
    /// Nothing.
    #[sea_orm(num_value = 0)]
    Off,
    /// The author is warned and may publish anyway.
    #[sea_orm(num_value = 1)]
    Warn,
    /// It is published masked, or not at all.
    #[sea_orm(num_value = 2)]
    Mask,
    /// Masked at once, or as it is after a moderator has looked.
    #[sea_orm(num_value = 3)]
    Hold,
    /// It is refused until it is gone.
    #[sea_orm(num_value = 4)]
    Refuse,
}

/// What a finding of one rule means in one place.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pii_policies")]
pub struct Model {
    /// Site, board or room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_kind: super::place_role::PlaceKind,
    /// Its id; 0 for the site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: i64,
    /// Rule name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule: String,
    /// What happens.
    pub action: PolicyAction,
    /// Lowest level that has an effect: 1 likely, 2 certain.
    pub level: i16,
    /// Findings are counted and have no effect.
    pub audit: bool,
    /// No place may do less. On rows of the site only.
    pub floor: bool,
    /// Members of this role and above are not asked.
    pub exempt: Option<Role>,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
