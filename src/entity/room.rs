//! A chat place.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{EntryId, RoomId};

/// Who may see a room.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum RoomAccess {
    /// Every member may read and join; guests may read.
    #[sea_orm(num_value = 0)]
    Open,
    /// Only its members.
    #[sea_orm(num_value = 1)]
    Closed,
    /// Only the people in it.
    #[sea_orm(num_value = 2)]
    Direct,
}

/// A chat place.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rooms")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: RoomId,
    /// Name in the URL.
    pub slug: String,
    /// Name.
    pub title: String,
    /// Topic line as typed.
    pub topic: String,
    /// Topic line rendered.
    pub topic_html: String,
    /// Rises with each change of the topic line.
    pub revision: i64,
    /// Open, closed, direct.
    pub access: RoomAccess,
    /// Read only.
    pub archived: bool,
    /// Least seconds between two messages of one member.
    pub slow_s: i64,
    /// Order in the list.
    pub position: i64,
    /// Made.
    pub created_at: Moment,
    /// Published messages.
    pub messages: i64,
    /// Newest message.
    pub last_entry_id: Option<EntryId>,
    /// Newest message's time.
    pub last_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
