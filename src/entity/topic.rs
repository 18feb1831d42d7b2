//! One titled conversation on a board.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{BoardId, EntryId, MemberId, TopicId};

/// Whether a topic shows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum TopicState {
    /// Public as far as its board is.
    #[sea_orm(num_value = 0)]
    Open,
    /// Its first post was removed.
    #[sea_orm(num_value = 1)]
    Removed,
}

/// One titled conversation on a board.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "topics")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: TopicId,
    /// Board.
    pub board_id: BoardId,
    /// Who started it.
    pub author_id: MemberId,
    /// Title.
    pub title: String,
    /// Title in the URL.
    pub slug: String,
    /// Shown or removed.
    pub state: TopicState,
    /// Kept on top of its board.
    pub pinned: bool,
    /// No more replies.
    pub locked: bool,
    /// Highest post number given out.
    pub last_number: i64,
    /// Published posts without the first.
    pub replies: i64,
    /// Newest post.
    pub last_entry_id: Option<EntryId>,
    /// Who wrote it.
    pub last_author_id: Option<MemberId>,
    /// Its beginning.
    pub last_excerpt: String,
    /// Started.
    pub created_at: Moment,
    /// Newest post's time.
    pub bumped_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
