//! A member named in an entry.

use sea_orm::entity::prelude::*;

use crate::ids::{EntryId, MemberId};

/// A member named in an entry.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mentions")]
pub struct Model {
    /// Entry.
    #[sea_orm(primary_key, auto_increment = false)]
    pub entry_id: EntryId,
    /// Who is named.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
