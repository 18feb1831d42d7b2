//! A member's report of an entry.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{MemberId, ReviewId};

/// A member's report of an entry.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "flags")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Review item.
    pub review_id: ReviewId,
    /// Who reported.
    pub member_id: MemberId,
    /// Reason from the fixed list.
    pub reason: String,
    /// Sealed words of the reporter.
    pub note: Option<Vec<u8>>,
    /// When.
    pub at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
