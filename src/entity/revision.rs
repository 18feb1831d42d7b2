//! An earlier text of an entry.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId};

/// An earlier text of an entry.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "revisions")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Entry.
    pub entry_id: EntryId,
    /// Its number.
    pub revision: i64,
    /// Who made it.
    pub editor_id: MemberId,
    /// Text as typed.
    pub source: String,
    /// Text rendered.
    pub html: String,
    /// 1 when the text was taken out for good.
    pub redacted: i16,
    /// When.
    pub at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
