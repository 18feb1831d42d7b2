//! A committed fact.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId};

/// What happened.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum EventKind {
    /// A topic with its first post.
    #[sea_orm(num_value = 1)]
    TopicStarted,
    /// A post or message.
    #[sea_orm(num_value = 2)]
    EntryPublished,
    /// Its text changed.
    #[sea_orm(num_value = 3)]
    EntryEdited,
    /// It is gone.
    #[sea_orm(num_value = 4)]
    EntryRemoved,
    /// A moderator hid values in it.
    #[sea_orm(num_value = 5)]
    EntryMasked,
    /// It is back.
    #[sea_orm(num_value = 6)]
    EntryRestored,
    /// Somebody joined the room.
    #[sea_orm(num_value = 7)]
    MemberJoined,
    /// Somebody left the room.
    #[sea_orm(num_value = 8)]
    MemberLeft,
    /// Title, topic line or settings changed.
    #[sea_orm(num_value = 9)]
    PlaceChanged,
}

/// A committed fact.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "events")]
pub struct Model {
    /// Grows over all streams.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// 1 topic, 2 room.
    pub stream_kind: i16,
    /// Its id.
    pub stream_id: i64,
    /// Gapless in its stream, from 1.
    pub seq: i64,
    /// What happened.
    pub kind: EventKind,
    /// Entry concerned.
    pub entry_id: Option<EntryId>,
    /// Who did it.
    pub actor_id: Option<MemberId>,
    /// Facts without text people wrote, as JSON.
    pub data: String,
    /// When.
    pub at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
