//! Every row of every table as text. Limit: rows as a query reads them; pages of the file that hold older ones, the
//! write-ahead log and backups are a documented limit (docs/privacy.md).

use sea_orm::{ConnectionTrait, Statement};
use tact::db::Db;

/// Each row with the name of its table. Bytes are in hexadecimal digits.
pub async fn rows(db: &Db) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for table in names(db).await {
        let sql = if db.is_postgres() {
            format!("SELECT row_to_json(t)::text AS line FROM \"{table}\" AS t")
        } else {
            let columns = ask(db, &format!("SELECT name AS line FROM pragma_table_info('{table}')")).await;
            let shown = |name: &String| {
                format!("CASE typeof(\"{name}\") WHEN 'blob' THEN hex(\"{name}\") ELSE coalesce(\"{name}\", '') END")
            };
            let line = columns.iter().map(shown).collect::<Vec<_>>().join(" || '|' || ");
            format!("SELECT {line} AS line FROM \"{table}\"")
        };
        all.extend(ask(db, &sql).await.into_iter().map(|line| (table.clone(), line)));
    }
    all
}

/// Tables in which a value stands.
pub async fn singing(db: &Db) -> Vec<String> {
    let told = |(table, line): (String, String)| (!super::sung(&line).is_empty()).then(|| format!("{table}: {line}"));
    rows(db).await.into_iter().filter_map(told).collect()
}

async fn names(db: &Db) -> Vec<String> {
    let sql = if db.is_postgres() {
        "SELECT table_name::text AS line FROM information_schema.tables WHERE table_schema = 'public'"
    } else {
        "SELECT name AS line FROM sqlite_master WHERE type = 'table'"
    };
    ask(db, sql).await
}

async fn ask(db: &Db, sql: &str) -> Vec<String> {
    let statement = Statement::from_string(db.reads().get_database_backend(), sql);
    let rows = db.reads().query_all_raw(statement).await.unwrap_or_else(|error| panic!("{sql}: {error}"));
    rows.iter().map(|row| row.try_get("", "line").unwrap()).collect()
}
