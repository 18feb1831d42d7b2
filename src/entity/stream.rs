//! The head of one ordered sequence of events.

use sea_orm::entity::prelude::*;

/// The head of one ordered sequence of events.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "streams")]
pub struct Model {
    /// 1 topic, 2 room.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: i16,
    /// Its id.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    /// Highest sequence given out.
    pub head: i64,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
