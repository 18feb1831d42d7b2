//! What moderators work on: review items with their findings and flags, and the log of what they did.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, binary_null, integer, small_integer, small_integer_null, text,
    text_null,
};

use crate::{create, index, table, to};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![review_items(), findings(), flags(), mod_log()]).await?;
        index(manager, "review_items", &["state", "id"], false).await?;
        index(manager, "review_items", &["author_id", "id"], false).await?;
        index(manager, "review_items", &["entry_id"], false).await?;
        index(manager, "review_items", &["author_id", "nonce"], true).await?;
        index(manager, "findings", &["review_id"], false).await?;
        index(manager, "findings", &["entry_id"], false).await?;
        index(manager, "flags", &["review_id", "member_id"], true).await?;
        index(manager, "mod_log", &["review_id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

/// `submission` is the sealed JSON of what was held, from which a release publishes.
fn review_items() -> TableCreateStatement {
    table("review_items")
        .col(big_pk_auto("id"))
        .col(small_integer("kind"))
        .col(small_integer("state").default(0))
        .col(big_integer("version").default(1))
        .col(small_integer("place_kind"))
        .col(big_integer("place_id"))
        .col(big_integer_null("topic_id"))
        .col(big_integer_null("entry_id"))
        .col(big_integer("author_id"))
        .col(small_integer("subject"))
        .col(binary_null("submission"))
        .col(text("title"))
        .col(text("masked"))
        .col(small_integer("cause"))
        .col(text_null("nonce"))
        .col(binary_null("nonce_digest"))
        .col(big_integer("created_at"))
        .col(big_integer_null("decided_at"))
        .col(big_integer_null("decided_by"))
        .col(small_integer_null("decision"))
        .col(text_null("reason"))
        .col(text_null("note"))
        .foreign_key(&mut to("author_id", "members", ForeignKeyAction::Restrict))
        .take()
}

/// A detection without its text: where, which rule, how sure, masked form, keyed hash of the value.
fn findings() -> TableCreateStatement {
    table("findings")
        .col(big_pk_auto("id"))
        .col(big_integer_null("review_id"))
        .col(big_integer_null("entry_id"))
        .col(text("field"))
        .col(text("rule"))
        .col(small_integer("level"))
        .col(integer("start"))
        .col(integer("length"))
        .col(text("why"))
        .col(text("hint"))
        .col(binary("value_hash"))
        .col(small_integer("detector"))
        .col(small_integer("outcome"))
        .col(big_integer("at"))
        .foreign_key(&mut to("review_id", "review_items", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("entry_id", "entries", ForeignKeyAction::Cascade))
        .take()
}

fn flags() -> TableCreateStatement {
    table("flags")
        .col(big_pk_auto("id"))
        .col(big_integer("review_id"))
        .col(big_integer("member_id"))
        .col(text("reason"))
        .col(binary_null("note"))
        .col(big_integer("at"))
        .foreign_key(&mut to("review_id", "review_items", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}

/// Append-only and hash-chained: `hash` covers the row and the hash before it.
fn mod_log() -> TableCreateStatement {
    table("mod_log")
        .col(big_pk_auto("id"))
        .col(big_integer("actor_id"))
        .col(text("action"))
        .col(big_integer_null("review_id"))
        .col(big_integer_null("entry_id"))
        .col(big_integer_null("member_id"))
        .col(big_integer("version"))
        .col(text("reason"))
        .col(big_integer("at"))
        .col(binary("hash"))
        .take()
}
