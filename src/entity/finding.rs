//! One detection, without its text.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{EntryId, ReviewId};

/// What became of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum FindingOutcome {
    /// Undecided.
    #[sea_orm(num_value = 0)]
    Open,
    /// Published anyway by its author.
    #[sea_orm(num_value = 1)]
    Acknowledged,
    /// Hidden.
    #[sea_orm(num_value = 2)]
    Masked,
    /// Published by a moderator.
    #[sea_orm(num_value = 3)]
    Approved,
    /// Its text was never published.
    #[sea_orm(num_value = 4)]
    Dropped,
}

/// Why an author published a value although the filter warned.
#[derive(
    Debug,
    Clone,
    Copy,
    Default,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
    utoipa::ToSchema,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// It is mine and I accept that others read it.
    #[default]
    #[sea_orm(num_value = 0)]
    Mine,
    /// It is a public address or number, or that of a role.
    #[sea_orm(num_value = 1)]
    Public,
    /// It is made up, for a test or an example.
    #[sea_orm(num_value = 2)]
    Example,
    /// It is not private data at all: the filter is wrong.
    #[sea_orm(num_value = 3)]
    NotPrivate,
}

/// One detection, without its text.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "findings")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Review item it belongs to.
    pub review_id: Option<ReviewId>,
    /// Entry it belongs to.
    pub entry_id: Option<EntryId>,
    /// Which field.
    pub field: String,
    /// Rule name.
    pub rule: String,
    /// 0 possible, 1 likely, 2 certain.
    pub level: i16,
    /// Byte offset in the field.
    pub start: i32,
    /// Length in bytes.
    pub length: i32,
    /// Key of the explanation.
    pub why: String,
    /// Masked form.
    pub hint: String,
    /// Keyed hash of the value.
    pub value_hash: Vec<u8>,
    /// Detector version.
    pub detector: i16,
    /// What became of it.
    pub outcome: FindingOutcome,
    /// Why its author published it anyway.
    pub reason: Option<Ground>,
    /// When.
    pub at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
