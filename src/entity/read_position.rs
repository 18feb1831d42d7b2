//! How far a member has read a topic.

use sea_orm::entity::prelude::*;

use crate::clock::Moment;
use crate::ids::{MemberId, TopicId};

/// How far a member has read a topic.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "read_positions")]
pub struct Model {
    /// Who.
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    /// Topic.
    #[sea_orm(primary_key, auto_increment = false)]
    pub topic_id: TopicId,
    /// Highest post number seen.
    pub number: i64,
    /// When.
    pub at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
