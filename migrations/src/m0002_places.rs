//! Where people talk: sections, boards, topics, rooms; who moderates or belongs where; what the filter does there.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, big_pk_auto, boolean, small_integer, text};

use crate::{create, index, table, to};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![sections(), boards(), topics(), rooms()]).await?;
        create(manager, vec![memberships(), place_roles(), pii_policies(), read_positions()]).await?;
        index(manager, "boards", &["slug"], true).await?;
        index(manager, "rooms", &["slug"], true).await?;
        index(manager, "topics", &["state", "bumped_at", "id"], false).await?;
        index(manager, "topics", &["board_id", "state", "pinned", "bumped_at", "id"], false).await?;
        index(manager, "topics", &["author_id", "id"], false).await?;
        index(manager, "memberships", &["member_id", "room_id"], false).await?;
        index(manager, "place_roles", &["member_id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn sections() -> TableCreateStatement {
    table("sections").col(big_pk_auto("id")).col(text("title")).col(big_integer("position")).take()
}

fn boards() -> TableCreateStatement {
    table("boards")
        .col(big_pk_auto("id"))
        .col(big_integer("section_id"))
        .col(text("slug"))
        .col(text("title"))
        .col(text("description").default(""))
        .col(small_integer("colour"))
        .col(small_integer("readers"))
        .col(small_integer("writers").default(1))
        .col(boolean("archived").default(false))
        .col(big_integer("position"))
        .foreign_key(&mut to("section_id", "sections", ForeignKeyAction::Restrict))
        .take()
}

fn topics() -> TableCreateStatement {
    table("topics")
        .col(big_pk_auto("id"))
        .col(big_integer("board_id"))
        .col(big_integer("author_id"))
        .col(text("title"))
        .col(text("slug"))
        .col(small_integer("state").default(0))
        .col(boolean("pinned").default(false))
        .col(boolean("locked").default(false))
        .col(big_integer("last_number").default(0))
        .col(big_integer("replies").default(0))
        .col(big_integer_null("last_entry_id"))
        .col(big_integer_null("last_author_id"))
        .col(text("last_excerpt").default(""))
        .col(big_integer("created_at"))
        .col(big_integer("bumped_at"))
        .foreign_key(&mut to("board_id", "boards", ForeignKeyAction::Restrict))
        .foreign_key(&mut to("author_id", "members", ForeignKeyAction::Restrict))
        .take()
}

fn rooms() -> TableCreateStatement {
    table("rooms")
        .col(big_pk_auto("id"))
        .col(text("slug"))
        .col(text("title"))
        .col(text("topic").default(""))
        .col(text("topic_html").default(""))
        .col(big_integer("revision").default(1))
        .col(small_integer("access"))
        .col(boolean("archived").default(false))
        .col(big_integer("slow_s").default(0))
        .col(big_integer("position"))
        .col(big_integer("created_at"))
        .col(big_integer("messages").default(0))
        .col(big_integer_null("last_entry_id"))
        .col(big_integer("last_at").default(0))
        .take()
}

fn memberships() -> TableCreateStatement {
    table("memberships")
        .col(big_integer("room_id"))
        .col(big_integer("member_id"))
        .col(big_integer("read_seq").default(0))
        .col(big_integer("joined_at"))
        .primary_key(Index::create().col("room_id").col("member_id"))
        .foreign_key(&mut to("room_id", "rooms", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}

/// A moderator of one board (place kind 1) or room (place kind 2).
fn place_roles() -> TableCreateStatement {
    table("place_roles")
        .col(big_integer("member_id"))
        .col(small_integer("place_kind"))
        .col(big_integer("place_id"))
        .col(big_integer("granted_at"))
        .primary_key(Index::create().col("member_id").col("place_kind").col("place_id"))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}

/// What a finding of one rule means in one place; place kind 0 is the whole site.
fn pii_policies() -> TableCreateStatement {
    table("pii_policies")
        .col(small_integer("place_kind"))
        .col(big_integer("place_id"))
        .col(text("rule"))
        .col(small_integer("action"))
        .primary_key(Index::create().col("place_kind").col("place_id").col("rule"))
        .take()
}

/// How far a member has read a topic, by post number.
fn read_positions() -> TableCreateStatement {
    table("read_positions")
        .col(big_integer("member_id"))
        .col(big_integer("topic_id"))
        .col(big_integer("number"))
        .col(big_integer("at"))
        .primary_key(Index::create().col("member_id").col("topic_id"))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .foreign_key(&mut to("topic_id", "topics", ForeignKeyAction::Cascade))
        .take()
}
