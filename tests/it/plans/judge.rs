//! Explains statements and says what is wrong with their plans. Limit: it knows tables and plans, not what asks.

use sea_orm::{ConnectionTrait, Statement};
use serde_json::Value;
use tact::db::Db;

/// Tables that grow with a community. The others (boards, rooms, settings, policies …) stay small.
const LARGE: [&str; 15] = [
    "entries",
    "topics",
    "events",
    "streams",
    "revisions",
    "findings",
    "review_items",
    "mentions",
    "read_positions",
    "memberships",
    "members",
    "sessions",
    "api_tokens",
    "mod_log",
    "flags",
];

/// Rows that may be sorted or passed over: what a page shows, or a topic's first screenful of people.
const FEW: f64 = 1000.0;
/// Rows that a step may bring by an index when nothing above it stops early: a long topic's, a room's unread ones.
const MANY: f64 = 2500.0;

/// Statements that may read more, each with the reason. Parts of the statement name it.
const ALLOWED: [(&[&str], &str); 9] = [
    (&["COUNT(", "FROM \"members\""], "the sizes on the sign-in pages and the admin's overview"),
    (&["COUNT(*)", "FROM \"entries\"", "\"state\" = ", "\"kind\" = "], "the sizes on the admin's overview"),
    (&["CAST(SUM(\"replies\""], "the sizes on the sign-in pages"),
    (&["COUNT(", "FROM \"memberships\"", "GROUP BY"], "the sizes of rooms in lists, counted in an index"),
    (&["COUNT(", "FROM \"topics\" WHERE \"topics\".\"state\"", "GROUP BY"], "the sizes of boards on the admin's list"),
    (&["INSERT INTO \"read_positions\"", "SELECT"], "'mark all read' goes through all that is not read"),
    (
        &["AND EXISTS(SELECT", "\"read_positions\".\"number\" < \"topics\".\"last_number\") ORDER BY"],
        "the unread list may start from what its member has opened, and sort that",
    ),
    (&["FROM \"mod_log\" WHERE EXISTS("], "the log of one place: from the newest row back until the page is full"),
    (&["FROM \"entries\"", "GROUP BY \"entries\".\"author_id\" ORDER BY COUNT("], "sorts the authors of one topic"),
];

/// What is wrong, one text for each bad plan.
pub async fn all(db: &Db, statements: &[Statement]) -> Vec<String> {
    let mut wrong = Vec::new();
    for statement in statements {
        if statement.sql.starts_with("EXPLAIN") || allowed(&statement.sql) {
            continue;
        }
        let (plan, faults) = if db.is_postgres() { postgres(db, statement).await } else { sqlite(db, statement).await };
        if !faults.is_empty() {
            wrong.push(format!("{}\n  {}\n{plan}", statement.sql, faults.join("; ")));
        }
    }
    wrong
}

/// Checks of foreign keys are listed with a plain insert but run only in violated transactions; and a list of nothing
/// (`1 = 2`) reads nothing.
fn allowed(sql: &str) -> bool {
    let reads_nothing = sql.contains("WHERE ? = ?") || (sql.starts_with("INSERT") && !sql.contains("SELECT"));
    reads_nothing || ALLOWED.iter().any(|(parts, _)| parts.iter().all(|part| sql.contains(part)))
}

async fn explain(db: &Db, how: &str, statement: &Statement) -> Vec<sea_orm::QueryResult> {
    let mut explained = statement.clone();
    explained.sql = format!("{how} {}", statement.sql);
    db.reads().query_all_raw(explained).await.unwrap_or_else(|error| panic!("{}: {error}", statement.sql))
}

async fn sqlite(db: &Db, statement: &Statement) -> (String, Vec<String>) {
    let rows = explain(db, "EXPLAIN QUERY PLAN", statement).await;
    let steps: Vec<String> = rows.iter().map(|row| row.try_get("", "detail").unwrap()).collect();
    let mut faults = Vec::new();
    let sorts = statement.sql.contains("LIMIT") && LARGE.iter().any(|table| statement.sql.contains(table));
    let from_an_end = statement.sql.contains("LIMIT") && !statement.sql.contains("WHERE");
    for step in &steps {
        if let Some(table) = step.strip_prefix("SCAN ").and_then(|rest| rest.split(' ').next())
            && LARGE.contains(&table)
            && !from_an_end
        {
            faults.push(format!("reads all of {table}"));
        }
        if sorts && step.contains("USE TEMP B-TREE FOR ORDER BY") {
            faults.push("sorts what an index could bring in order".to_owned());
        }
    }
    (steps.iter().map(|step| format!("    {step}")).collect::<Vec<_>>().join("\n"), faults)
}

async fn postgres(db: &Db, statement: &Statement) -> (String, Vec<String>) {
    let rows = explain(db, "EXPLAIN (FORMAT JSON)", statement).await;
    let plan: Value = rows[0].try_get_by_index(0).unwrap();
    let mut faults = Vec::new();
    node(&plan[0]["Plan"], false, &mut faults);
    (format!("    {}", outline(&plan[0]["Plan"])), faults)
}

/// `stops` tells that a limit above ends the reading early.
fn node(plan: &Value, stops: bool, faults: &mut Vec<String>) {
    let (kind, rows) = (plan["Node Type"].as_str().unwrap_or_default(), plan["Plan Rows"].as_f64().unwrap_or(0.0));
    let children = plan["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let table = plan["Relation Name"].as_str().unwrap_or_default();
    if kind == "Seq Scan" && LARGE.contains(&table) {
        faults.push(format!("reads all of {table}"));
    }
    if !table.is_empty() && rows > MANY && !stops {
        faults.push(format!("reads {rows} rows of {table}"));
    }
    let stops = match kind {
        "Limit" => true,
        "Sort" | "Aggregate" | "Hash" | "Materialize" => false,
        _ => stops,
    };
    if matches!(kind, "Sort" | "Incremental Sort") && rows > FEW {
        faults.push(format!("sorts {rows} rows"));
    }
    for child in children {
        node(child, stops, faults);
    }
}

fn outline(plan: &Value) -> String {
    let children = plan["Plans"].as_array().map(Vec::as_slice).unwrap_or_default();
    let inner = children.iter().map(outline).collect::<Vec<_>>().join(", ");
    let name = |key: &str| plan[key].as_str().unwrap_or_default().to_owned();
    let index = [name("Relation Name"), name("Index Name")].join(" ");
    format!("{} {} {} ({inner})", name("Node Type"), index.trim(), plan["Plan Rows"])
}
