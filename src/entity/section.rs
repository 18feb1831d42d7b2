//! A group of boards.

use sea_orm::entity::prelude::*;

use crate::ids::SectionId;

/// A group of boards.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sections")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: SectionId,
    /// Title.
    pub title: String,
    /// Order on the page.
    pub position: i64,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
