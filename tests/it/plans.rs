//! Query plans: whatever a page, an answer of the API or a socket asks of a well-filled database is found by an index.
//!
//! Every address of the program is visited (a new one that is not listed here fails the test), every statement that ran
//! is explained with the values it ran with, and each plan is judged. docs/decisions/0007 tells what is demanded.

mod fill;
mod judge;
mod visit;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use sea_orm::Statement;
use tact::access::Role;

use crate::actors::World;

/// Statements by their text: one set of values stands for all.
pub type Seen = Arc<Mutex<BTreeMap<String, Statement>>>;

#[tokio::test(flavor = "multi_thread")]
async fn every_query_finds_its_rows_by_an_index() {
    let world = World::new().await;
    let mut cast = Vec::new();
    for (name, role) in [("mara", Role::Member), ("bea", Role::Member), ("kit", Role::Moderator), ("ada", Role::Admin)]
    {
        cast.push(world.member(name, role).await);
    }
    let db = world.running.app.site.db.clone();
    fill::fill(&db).await;
    if db.is_postgres() {
        fill::analyze(&db).await;
    }
    let seen = Seen::default();
    let noted = Arc::clone(&seen);
    db.observe(move |statement| {
        noted.lock().unwrap().entry(statement.sql.clone()).or_insert_with(|| statement.clone());
    });
    visit::everything(&world, &cast).await;
    let statements: Vec<Statement> = seen.lock().unwrap().values().cloned().collect();
    assert!(statements.len() > 150, "only {} statements were seen", statements.len());
    let mut wrong = judge::all(&db, &statements).await;
    if !db.is_postgres() {
        // SQLite chooses differently with statistics and without; a young database has none.
        fill::analyze(&db).await;
        wrong.extend(judge::all(&db, &statements).await);
    }
    assert!(wrong.is_empty(), "{} plans are wrong:\n{}", wrong.len(), wrong.join("\n\n"));
    world.end().await;
}
