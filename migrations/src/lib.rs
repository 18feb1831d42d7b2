//! Tact's database schema: forward-only migrations, each in one transaction, the same on SQLite and PostgreSQL.
//!
//! Moments are milliseconds since 1970 UTC; enumerations are small integers whose meaning stands in `src/entity`.

pub use sea_orm_migration::MigratorTrait;
use sea_orm_migration::prelude::*;

mod m0001_members;
mod m0002_places;
mod m0003_entries;
mod m0004_events;
mod m0005_review;
mod m0006_sealed_review_text;
mod m0007_lists;
mod m0008_filter_settings;

/// Applies the migrations in order.
#[derive(Debug)]
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m0001_members::Migration),
            Box::new(m0002_places::Migration),
            Box::new(m0003_entries::Migration),
            Box::new(m0004_events::Migration),
            Box::new(m0005_review::Migration),
            Box::new(m0006_sealed_review_text::Migration),
            Box::new(m0007_lists::Migration),
            Box::new(m0008_filter_settings::Migration),
        ]
    }
}

/// Creates tables, one after the other.
async fn create(manager: &SchemaManager<'_>, tables: Vec<TableCreateStatement>) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    Ok(())
}

/// Creates an index named after its table and columns.
async fn index(
    manager: &SchemaManager<'_>,
    table: &'static str,
    columns: &[&'static str],
    unique: bool,
) -> Result<(), DbErr> {
    let mut index = Index::create();
    index.name(format!("{table}_{}", columns.join("_"))).table(table);
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    manager.create_index(index).await
}

/// A table without columns yet.
fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).take()
}

/// A foreign key to the `id` of another table.
fn to(column: &'static str, table: &'static str, on_delete: ForeignKeyAction) -> ForeignKeyCreateStatement {
    ForeignKey::create().from_col(column).to(table, "id").on_delete(on_delete).take()
}
