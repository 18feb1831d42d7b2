//! What moderators did: append-only, hash-chained.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId, ReviewId};

/// What moderators did: append-only, hash-chained.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "mod_log")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Who.
    pub actor_id: MemberId,
    /// What.
    pub action: String,
    /// Review item.
    pub review_id: Option<ReviewId>,
    /// Entry.
    pub entry_id: Option<EntryId>,
    /// Member concerned.
    pub member_id: Option<MemberId>,
    /// Version acted on.
    pub version: i64,
    /// Reason from the fixed list.
    pub reason: String,
    /// When.
    pub at: Moment,
    /// SHA-256 over the row and the hash before it.
    pub hash: Vec<u8>,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
