//! Review items keep what moderators and authors are shown sealed. The clear copies go; they cannot be sealed here, since
//! the key is not in the database, so an item from before shows no text until its submission is opened or decided.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::binary_null;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let items = || Table::alter().table("review_items").take();
        manager.alter_table(items().add_column(binary_null("shown")).take()).await?;
        manager.alter_table(items().drop_column("title").take()).await?;
        manager.alter_table(items().drop_column("masked").take()).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}
