//! A place for topics on one subject.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::ids::{BoardId, SectionId};

/// Who may read a board.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Readers {
    /// Everyone.
    #[sea_orm(num_value = 0)]
    Public,
    /// Whoever is signed in.
    #[sea_orm(num_value = 1)]
    Members,
    /// Its moderators and the admins.
    #[sea_orm(num_value = 2)]
    Staff,
}

/// Who may start topics on a board.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Writers {
    /// Its moderators and the admins; members may reply.
    #[sea_orm(num_value = 0)]
    Staff,
    /// Every member who may read it.
    #[sea_orm(num_value = 1)]
    Members,
}

/// A place for topics on one subject.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "boards")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: BoardId,
    /// Section.
    pub section_id: SectionId,
    /// Name in the URL.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One plain line.
    pub description: String,
    /// Hue 1-8.
    pub colour: i16,
    /// Who may read.
    pub readers: Readers,
    /// Who may start topics.
    pub writers: Writers,
    /// Read only.
    pub archived: bool,
    /// Order in its section.
    pub position: i64,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
