//! Members, their sessions and API tokens, and the site's settings.

use sea_orm_migration::prelude::*;
use sea_orm_migration::schema::{
    big_integer, big_integer_null, big_pk_auto, binary, binary_null, boolean, small_integer, text, text_null,
};

use crate::{create, index, table, to};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        create(manager, vec![members(), sessions(), api_tokens(), settings()]).await?;
        index(manager, "members", &["name"], true).await?;
        index(manager, "members", &["name_key"], true).await?;
        index(manager, "members", &["email_hash"], true).await?;
        index(manager, "sessions", &["token_hash"], true).await?;
        index(manager, "sessions", &["member_id", "seen_at"], false).await?;
        index(manager, "api_tokens", &["token_hash"], true).await?;
        index(manager, "api_tokens", &["member_id"], false).await
    }

    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }
}

fn members() -> TableCreateStatement {
    table("members")
        .col(big_pk_auto("id"))
        .col(text("name"))
        .col(text("name_key"))
        .col(text("display"))
        .col(text("bio").default(""))
        .col(text("bio_html").default(""))
        .col(big_integer("revision").default(1))
        .col(binary_null("email_sealed"))
        .col(binary_null("email_hash"))
        .col(text("password"))
        .col(small_integer("role"))
        .col(small_integer("trust").default(0))
        .col(small_integer("state").default(0))
        .col(small_integer("theme").default(0))
        .col(small_integer("topic_view").default(0))
        .col(big_integer("entries").default(0))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .take()
}

fn sessions() -> TableCreateStatement {
    table("sessions")
        .col(big_pk_auto("id"))
        .col(big_integer("member_id"))
        .col(binary("token_hash"))
        .col(text("device"))
        .col(text_null("address"))
        .col(big_integer("created_at"))
        .col(big_integer("seen_at"))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}

fn api_tokens() -> TableCreateStatement {
    table("api_tokens")
        .col(big_pk_auto("id"))
        .col(big_integer("member_id"))
        .col(binary("token_hash"))
        .col(text("label"))
        .col(boolean("revoked").default(false))
        .col(big_integer("created_at"))
        .col(big_integer_null("expires_at"))
        .col(big_integer_null("used_at"))
        .foreign_key(&mut to("member_id", "members", ForeignKeyAction::Cascade))
        .take()
}

fn settings() -> TableCreateStatement {
    table("settings").col(text("key").primary_key()).col(text("value")).take()
}
