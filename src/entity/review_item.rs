//! A piece of work for moderators.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::{EntryId, MemberId, ReviewId, TopicId};

/// Why it is in the queue.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum ReviewKind {
    /// Waits before publication.
    #[sea_orm(num_value = 1)]
    Held,
    /// A published entry was reported.
    #[sea_orm(num_value = 2)]
    Flag,
}

/// Where it stands.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum ReviewState {
    /// Waits.
    #[sea_orm(num_value = 0)]
    Open,
    /// Published, or the flag led to masking.
    #[sea_orm(num_value = 1)]
    Approved,
    /// Removed.
    #[sea_orm(num_value = 2)]
    Removed,
    /// Given back to its author.
    #[sea_orm(num_value = 3)]
    Returned,
    /// The flag was not right.
    #[sea_orm(num_value = 4)]
    Dismissed,
    /// Taken back by its author.
    #[sea_orm(num_value = 5)]
    Withdrawn,
}

/// What a moderator decided.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// As it is.
    #[sea_orm(num_value = 1)]
    Publish,
    /// With the found values hidden.
    #[sea_orm(num_value = 2)]
    PublishMasked,
    /// Back to the author.
    #[sea_orm(num_value = 3)]
    Return,
    /// Removed.
    #[sea_orm(num_value = 4)]
    Remove,
    /// Flag dismissed.
    #[sea_orm(num_value = 5)]
    Dismiss,
}

/// What kind of text it is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Subject {
    /// A new topic.
    #[sea_orm(num_value = 1)]
    Topic,
    /// A reply.
    #[sea_orm(num_value = 2)]
    Post,
    /// A chat message.
    #[sea_orm(num_value = 3)]
    Message,
    /// A changed entry.
    #[sea_orm(num_value = 4)]
    Edit,
    /// Profile text.
    #[sea_orm(num_value = 5)]
    Profile,
    /// A room's topic line.
    #[sea_orm(num_value = 6)]
    RoomTopic,
}

/// What put it there.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The place's policy holds it.
    #[sea_orm(num_value = 1)]
    Policy,
    /// Its author asked for a moderator.
    #[sea_orm(num_value = 2)]
    Asked,
    /// A member reported it.
    #[sea_orm(num_value = 3)]
    Flagged,
}

/// A piece of work for moderators.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "review_items")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: ReviewId,
    /// Held or flag.
    pub kind: ReviewKind,
    /// Where it stands.
    pub state: ReviewState,
    /// Rises with each change; a decision names it.
    pub version: i64,
    /// Where.
    pub place_kind: super::place_role::PlaceKind,
    /// Its id; 0 for the site.
    pub place_id: i64,
    /// Topic concerned.
    pub topic_id: Option<TopicId>,
    /// Entry concerned.
    pub entry_id: Option<EntryId>,
    /// Whose text.
    pub author_id: MemberId,
    /// What kind of text.
    pub subject: Subject,
    /// Sealed JSON of what was held; gone after the decision.
    pub submission: Option<Vec<u8>>,
    /// Sealed JSON of what moderators and the author are shown: `publish::Shown`.
    pub shown: Option<Vec<u8>>,
    /// Why it waits.
    pub cause: Cause,
    /// Client's name for the submission.
    pub nonce: Option<String>,
    /// Keyed hash of what came with the nonce.
    pub nonce_digest: Option<Vec<u8>>,
    /// Since.
    pub created_at: Moment,
    /// Decided.
    pub decided_at: Option<Moment>,
    /// By whom.
    pub decided_by: Option<MemberId>,
    /// How.
    pub decision: Option<Decision>,
    /// Reason from the fixed list.
    pub reason: Option<String>,
    /// Words to the author.
    pub note: Option<String>,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
