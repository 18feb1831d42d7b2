//! A member's account.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::clock::Moment;
use crate::ids::MemberId;

/// Standing on the whole site.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Signed up.
    #[sea_orm(num_value = 0)]
    Member,
    /// Moderates every board and room.
    #[sea_orm(num_value = 1)]
    Moderator,
    /// Runs the server.
    #[sea_orm(num_value = 2)]
    Admin,
}

/// Whether the account may be used.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum MemberState {
    /// In use.
    #[sea_orm(num_value = 0)]
    Active,
    /// May not sign in.
    #[sea_orm(num_value = 1)]
    Suspended,
}

/// Light, dark, or what the system says.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Follows the system.
    #[sea_orm(num_value = 0)]
    System,
    /// Always light.
    #[sea_orm(num_value = 1)]
    Light,
    /// Always dark.
    #[sea_orm(num_value = 2)]
    Dark,
}

/// How a member reads topics.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, EnumIter, DeriveActiveEnum, Serialize, Deserialize,
)]
#[sea_orm(rs_type = "i16", db_type = "SmallInteger")]
#[serde(rename_all = "snake_case")]
pub enum TopicView {
    /// As a tree.
    #[sea_orm(num_value = 0)]
    Threaded,
    /// In order of time.
    #[sea_orm(num_value = 1)]
    Time,
}

/// A member's account.
#[derive(Debug, Clone, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    /// Id.
    #[sea_orm(primary_key)]
    pub id: MemberId,
    /// Login name: lower-case ASCII.
    pub name: String,
    /// Folded name; unique, so that look-alikes conflict.
    pub name_key: String,
    /// Name as shown.
    pub display: String,
    /// Profile text as typed.
    pub bio: String,
    /// Profile text rendered.
    pub bio_html: String,
    /// Rises with each change of the profile.
    pub revision: i64,
    /// Sealed e-mail address.
    pub email_sealed: Option<Vec<u8>>,
    /// Keyed hash of the folded address; unique.
    pub email_hash: Option<Vec<u8>>,
    /// Argon2id PHC string.
    pub password: String,
    /// Standing on the site.
    pub role: Role,
    /// Trust level 0-4.
    pub trust: i16,
    /// Active or suspended.
    pub state: MemberState,
    /// Chosen theme.
    pub theme: Theme,
    /// Chosen order of topics.
    pub topic_view: TopicView,
    /// Published entries.
    pub entries: i64,
    /// Sign-up.
    pub created_at: Moment,
    /// Last request, to the hour.
    pub seen_at: Moment,
}

/// No relations are declared: queries name their joins.
#[derive(Debug, Clone, Copy, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}
