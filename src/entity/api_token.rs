//! A bearer token for programs.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{MemberId, TokenId};

/// A bearer token for programs.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_tokens")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: TokenId,
    /// Whose.
    pub member_id: MemberId,
    /// SHA-256 of the token.
    pub token_hash: Vec<u8>,
    /// What its owner calls it.
    pub label: String,
    /// No longer valid.
    pub revoked: bool,
    /// Made.
    pub created_at: Moment,
    /// End of validity.
    pub expires_at: Option<Moment>,
    /// Last use, to the hour.
    pub used_at: Option<Moment>,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
