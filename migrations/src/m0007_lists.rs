//! Indexes that bring lists in their order: topics of one board whether pinned or not, unanswered topics, decided review
//! items; and the authors of one topic without reading its texts.

use sea_orm_migration::prelude::*;

use crate::index;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        index(manager, "topics", &["board_id", "state", "bumped_at", "id"], false).await?;
        index(manager, "topics", &["state", "replies", "bumped_at", "id"], false).await?;
        index(manager, "review_items", &["decided_at", "id"], false).await?;
        index(manager, "entries", &["topic_id", "state", "author_id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
