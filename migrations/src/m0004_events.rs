//! The log of committed facts, which is also the outbox: per stream a gapless sequence, over all a growing id.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, small_integer, text};
use sea_orm_migration::sea_orm::DbBackend;

use crate::{create, index, table};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![streams(), events(), cursors()]).await?;
        index(manager, "events", &["stream_kind", "stream_id", "seq"], true).await?;
        if manager.get_database_backend() == DbBackend::Postgres {
            // Ids become visible out of order here; readers stop below the oldest running transaction.
            let statement = "ALTER TABLE events ADD COLUMN tx xid8 NOT NULL DEFAULT pg_current_xact_id()";
            manager.get_connection().execute_unprepared(statement).await?;
        }
        Ok(())
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn streams() -> TableCreateStatement {
    table("streams")
        .col(small_integer("kind"))
        .col(big_integer("id"))
        .col(big_integer("head").default(0))
        .primary_key(Index::create().col("kind").col("id"))
        .take()
}

fn events() -> TableCreateStatement {
    table("events")
        .col(big_pk_auto("id"))
        .col(small_integer("stream_kind"))
        .col(big_integer("stream_id"))
        .col(big_integer("seq"))
        .col(small_integer("kind"))
        .col(big_integer_null("entry_id"))
        .col(big_integer_null("actor_id"))
        .col(text("data").default("{}"))
        .col(big_integer("at"))
        .take()
}

fn cursors() -> TableCreateStatement {
    table("outbox_cursors").col(text("consumer").primary_key()).col(big_integer("event_id")).take()
}
