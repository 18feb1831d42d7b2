//! How often something came of a rule's findings in a place, by day. No text, nobody's name.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use super::place_role::PlaceKind;

/// What is counted.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Tally {
    /// Found where the rule only counts.
    #[sea_orm(num_value = 0)]
    Audited,
    /// Its author was asked.
    #[sea_orm(num_value = 1)]
    Warned,
    /// Published hidden.
    #[sea_orm(num_value = 2)]
    Masked,
    /// Sent to a moderator.
    #[sea_orm(num_value = 3)]
    Held,
    /// Published anyway by its author.
    #[sea_orm(num_value = 4)]
    Anyway,
    /// Published anyway because its author says it is not private. Counted under `Anyway` too.
    #[sea_orm(num_value = 5)]
    Wrong,
}

/// One count.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "pii_tallies")]
pub struct Model {
    /// Days since 1970, UTC.
    #[sea_orm(primary_key, auto_increment = false)]
    pub day: i64,
    /// Site, board or room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_kind: PlaceKind,
    /// Its id; 0 for the site.
    #[sea_orm(primary_key, auto_increment = false)]
    pub place_id: i64,
    /// Rule name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub rule: String,
    /// What is counted.
    #[sea_orm(primary_key, auto_increment = false)]
    pub outcome: Tally,
    /// How often.
    pub count: i64,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
