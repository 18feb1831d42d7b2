//! A signed-in browser.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{MemberId, SessionId};

/// A signed-in browser.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: SessionId,
    /// Whose.
    pub member_id: MemberId,
    /// SHA-256 of the cookie's token.
    pub token_hash: Vec<u8>,
    /// Browser and system in two words.
    pub device: String,
    /// Truncated address (/24 or /48).
    pub address: Option<String>,
    /// Sign-in.
    pub created_at: Moment,
    /// Last request, to the minute.
    pub seen_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
