//! A post or a message: what somebody wrote and everyone with access may read.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId, RoomId, TopicId};

/// Post or message.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum EntryKind {
    /// In a topic.
    #[sea_orm(num_value = 1)]
    Post,
    /// In a room.
    #[sea_orm(num_value = 2)]
    Message,
}

/// Whether an entry shows.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum EntryState {
    /// Shown.
    #[sea_orm(num_value = 0)]
    Published,
    /// Taken back by its author.
    #[sea_orm(num_value = 1)]
    RemovedByAuthor,
    /// Removed by a moderator.
    #[sea_orm(num_value = 2)]
    Removed,
}

/// A post or a message: what somebody wrote and everyone with access may read.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "entries")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: EntryId,
    /// Post or message.
    pub kind: EntryKind,
    /// Topic of a post.
    pub topic_id: Option<TopicId>,
    /// Room of a message.
    pub room_id: Option<RoomId>,
    /// Post number, from 1; for a message its sequence.
    pub number: Option<i64>,
    /// What it answers.
    pub reply_to: Option<EntryId>,
    /// Materialised path in the reply tree.
    pub path: Option<String>,
    /// Level in the tree, from 0.
    pub depth: i32,
    /// Who wrote it.
    pub author_id: MemberId,
    /// Shown or removed.
    pub state: EntryState,
    /// Markdown as typed; empty when removed.
    pub source: String,
    /// Rendered and sanitised; empty when removed.
    pub html: String,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// The source of a removed entry, sealed.
    pub sealed: Option<Vec<u8>>,
    /// Version of the renderer that made `html`.
    pub renderer: i16,
    /// Rises with each edit.
    pub revision: i64,
    /// Values hidden in it.
    pub masked: i32,
    /// Client's name for the submission.
    pub nonce: String,
    /// Keyed hash of what came with the nonce.
    pub nonce_digest: Option<Vec<u8>>,
    /// Submitted.
    pub created_at: Moment,
    /// Published.
    pub published_at: Option<Moment>,
    /// Last edit.
    pub edited_at: Option<Moment>,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
