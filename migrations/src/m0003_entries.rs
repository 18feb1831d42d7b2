//! What people wrote: posts and messages in one table, their revisions, and whom they mention.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary_null, integer, small_integer, text, text_null,
};

use crate::{create, index, table, to};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![entries(), revisions(), mentions()]).await?;
        index(manager, "entries", &["topic_id", "number"], true).await?;
        index(manager, "entries", &["topic_id", "path"], false).await?;
        index(manager, "entries", &["room_id", "number"], true).await?;
        index(manager, "entries", &["author_id", "nonce"], true).await?;
        index(manager, "entries", &["author_id", "state", "id"], false).await?;
        index(manager, "revisions", &["entry_id", "revision"], true).await?;
        index(manager, "mentions", &["member_id", "entry_id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn entries() -> TableCreateStatement {
    table("entries")
        .col(big_pk_auto("id"))
        .col(small_integer("kind"))
        .col(big_integer_null("topic_id"))
        .col(big_integer_null("room_id"))
        .col(big_integer_null("number"))
        .col(big_integer_null("reply_to"))
        .col(text_null("path"))
        .col(integer("depth").default(0))
        .col(big_integer("author_id"))
        .col(small_integer("state"))
        .col(text("source"))
        .col(text("html"))
        .col(text("excerpt"))
        .col(binary_null("sealed"))
        .col(small_integer("renderer"))
        .col(big_integer("revision").default(1))
        .col(integer("masked").default(0))
        .col(text("nonce"))
        .col(binary_null("nonce_digest"))
        .col(big_integer("created_at"))
        .col(big_integer_null("published_at"))
        .col(big_integer_null("edited_at"))
        .foreign_key(&mut to("topic_id", "topics", ForeignKeyAction::Restrict))
        .foreign_key(&mut to("room_id", "rooms", ForeignKeyAction::Restrict))
        .foreign_key(&mut to("author_id", "members", ForeignKeyAction::Restrict))
        .foreign_key(&mut to("reply_to", "entries", ForeignKeyAction::Restrict))
        .take()
}

fn revisions() -> TableCreateStatement {
    table("revisions")
        .col(big_pk_auto("id"))
        .col(big_integer("entry_id"))
        .col(big_integer("revision"))
        .col(big_integer("editor_id"))
        .col(text("source"))
        .col(text("html"))
        .col(small_integer("redacted").default(0))
        .col(big_integer("at"))
        .foreign_key(&mut to("entry_id", "entries", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("editor_id", "members", ForeignKeyAction::Restrict))
        .take()
}

fn mentions() -> TableCreateStatement {
    table("mentions")
        .col(big_integer("entry_id"))
        .col(big_integer("member_id"))
        .primary_key(Index::create().col("entry_id").col("member_id"))
        .foreign_key(&mut to("entry_id", "entries", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}
