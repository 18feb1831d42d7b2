//! What the filter does, in more than one word: a lowest level, counting only, who is exempt, a floor for every place.
//! What came of findings is counted by day; values that their author called not private are known by their keyed hash. An index brings a member's own reports.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, binary, boolean, small_integer, small_integer_null, text};

use crate::{create, index, table, to};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let policies = || Table::alter().table("pii_policies").take();
        manager.alter_table(policies().add_column(small_integer("level").default(1)).take()).await?;
        manager.alter_table(policies().add_column(boolean("audit").default(false)).take()).await?;
        manager.alter_table(policies().add_column(boolean("floor").default(false)).take()).await?;
        manager.alter_table(policies().add_column(small_integer_null("exempt")).take()).await?;
        let findings = Table::alter().table("findings").add_column(small_integer_null("reason")).take();
        manager.alter_table(findings).await?;
        create(manager, vec![tallies(), trusted_values()]).await?;
        index(manager, "flags", &["member_id", "id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// How often something came of a rule's findings in a place on a day (days since 1970, UTC).
fn tallies() -> TableCreateStatement {
    table("pii_tallies")
        .col(big_integer("day"))
        .col(small_integer("place_kind"))
        .col(big_integer("place_id"))
        .col(text("rule"))
        .col(small_integer("outcome"))
        .col(big_integer("count"))
        .primary_key(Index::create().col("day").col("place_kind").col("place_id").col("rule").col("outcome"))
        .take()
}

/// Values that their author said are not private, in one place, for some time.
fn trusted_values() -> TableCreateStatement {
    table("pii_trusted_values")
        .col(big_integer("member_id"))
        .col(small_integer("place_kind"))
        .col(big_integer("place_id"))
        .col(binary("value_hash"))
        .col(big_integer("until"))
        .primary_key(Index::create().col("member_id").col("place_kind").col("place_id").col("value_hash"))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}
