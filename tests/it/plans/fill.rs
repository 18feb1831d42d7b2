//! A community of some size, written in bulk: the statements mean the same on both databases. Limit: rows that queries
//! have to find their way through, not texts that anybody reads.

use sea_orm::ConnectionTrait;
use tact::db::Db;

/// Rows of each table, `i` counting from 1. `{blob …}` is bytes of a text, `{long}` a long text.
const ROWS: &[(&str, u32, &str)] = &[
    (
        "members (name, name_key, display, password, role, created_at, seen_at)",
        20_000,
        "'m' || i, 'm' || i, 'Member', '', 0, 1000, 1000",
    ),
    (
        "boards (section_id, slug, title, colour, readers, position)",
        19,
        "1, 'board-' || i, 'Board ' || i, 1, CASE WHEN i > 15 THEN i % 3 ELSE 0 END, i + 1",
    ),
    ("rooms (slug, title, access, position, created_at)", 19, "'room-' || i, 'Room ' || i, i % 2, i + 1, 1000"),
    (
        "topics (board_id, author_id, title, slug, state, pinned, last_number, replies, last_author_id, last_excerpt, created_at, bumped_at)",
        20_000,
        "1 + i % 20, 1 + i % 500, 'Topic ' || i, 'topic', CASE WHEN i % 97 = 0 THEN 1 ELSE 0 END, i % 500 = 0, 2, i % 3, 1 + i % 400, {long}, 4000000000000 - i * 100000, 4000000000000 - i * 1000",
    ),
    (
        "entries (kind, topic_id, number, path, author_id, state, source, html, excerpt, renderer, nonce, created_at, published_at)",
        40_000,
        "1, 1 + (i - 1) / 2, 1 + (i - 1) % 2, CAST(1000001 + (i - 1) % 2 AS TEXT), 1 + i % 500, CASE WHEN i % 53 = 0 THEN 2 ELSE 0 END, 'words', '<p>words</p>', 'words', 1, 'p' || i, 1000 + i, 1000 + i",
    ),
    (
        "entries (kind, topic_id, number, path, author_id, state, source, html, excerpt, renderer, nonce, created_at, published_at)",
        2000,
        "1, 1, 2 + i, CAST(1000002 + i AS TEXT), 1 + i % 500, 0, 'words', '<p>words</p>', 'words', 1, 'q' || i, 1000 + i, 1000 + i",
    ),
    (
        "entries (kind, room_id, number, author_id, state, source, html, excerpt, renderer, nonce, created_at, published_at)",
        10_000,
        "2, 1, i, 1 + i % 500, CASE WHEN i % 53 = 0 THEN 2 ELSE 0 END, 'words', '<p>words</p>', 'words', 1, 'r' || i, 2000 + i, 2000 + i",
    ),
    (
        "entries (kind, room_id, number, author_id, state, source, html, excerpt, renderer, nonce, created_at, published_at)",
        9500,
        "2, 2 + (i - 1) / 500, 1 + (i - 1) % 500, 1 + i % 500, 0, 'words', '<p>words</p>', 'words', 1, 's' || i, 3000 + i, 3000 + i",
    ),
    ("revisions (entry_id, revision, editor_id, source, html, at)", 10_000, "i * 4, 0, 1 + i % 500, 'w', 'w', 1000"),
    ("mentions (entry_id, member_id)", 10_000, "i * 5, 1 + i % 500"),
    ("memberships (room_id, member_id, joined_at)", 20_000, "1 + i % 20, 5 + i / 20, 1000"),
    ("read_positions (member_id, topic_id, number, at)", 3000, "1, i, 1, 1000"),
    ("read_positions (member_id, topic_id, number, at)", 20_000, "6 + (i - 1) / 100, 1 + i % 100, 1, 1000"),
    ("streams (kind, id, head)", 20_000, "1, i, CASE WHEN i = 1 THEN 2002 ELSE 2 END"),
    ("streams (kind, id, head)", 19, "2, i + 1, 500"),
    (
        "review_items (kind, state, place_kind, place_id, topic_id, entry_id, author_id, subject, cause, nonce, created_at, decided_at, decided_by, decision)",
        6000,
        "1 + i % 2, CASE WHEN i % 40 < 2 THEN 0 ELSE 1 END, 1, 1 + i % 20, i % 5000 + 1, CASE WHEN i % 2 = 1 THEN i END, 1 + i % 500, 2, 1, 'v' || i, 1000 + i, CASE WHEN i % 40 < 2 THEN NULL ELSE 2000 + i END, CASE WHEN i % 40 < 2 THEN NULL ELSE 4 END, CASE WHEN i % 40 < 2 THEN NULL ELSE 1 END",
    ),
    (
        "findings (review_id, entry_id, field, rule, level, start, length, why, hint, value_hash, detector, outcome, at)",
        12_000,
        "CASE WHEN i % 2 = 0 THEN i / 2 END, CASE WHEN i % 2 = 1 THEN i END, 'body', 'email', 2, 0, 4, 'address', 'm', {blob 'x' || i}, 1, 0, 1000",
    ),
    ("flags (review_id, member_id, reason, at)", 30_000, "1 + 2 * (i % 3000), 1 + i / 3000, 'spam', 1000"),
    (
        "mod_log (actor_id, action, review_id, member_id, version, reason, at, hash)",
        6000,
        "4, 'remove', i, 1 + i % 500, 1, 'spam', 1000, {blob 'x'}",
    ),
    (
        "sessions (member_id, token_hash, device, created_at, seen_at)",
        3000,
        "1 + i % 500, {blob 's' || i}, 'x', 1000, 1000",
    ),
    ("api_tokens (member_id, token_hash, label, created_at)", 3000, "1 + i % 500, {blob 't' || i}, 'x', 1000"),
];

/// Events of what was written, with ids below every real one, so that the readers of the log do not go through them.
const EVENTS: &str = "INSERT INTO events (id, stream_kind, stream_id, seq, kind, entry_id, actor_id, at) \
    SELECT -id, kind, coalesce(topic_id, room_id), number, kind + 1, id, author_id, 1000 FROM entries";

/// What refers back.
const LINKS: &[&str] = &[
    "UPDATE streams SET head = 10000 WHERE kind = 2 AND id = 1",
    "UPDATE rooms SET last_entry_id = (SELECT max(e.id) FROM entries e WHERE e.room_id = rooms.id), messages = 500",
    "UPDATE topics SET last_entry_id = id * 2",
    "UPDATE topics SET last_number = 2002 WHERE id = 1",
    "INSERT INTO place_roles (member_id, place_kind, place_id, granted_at) VALUES (2, 1, 1, 0), (2, 2, 1, 0)",
    "INSERT INTO memberships (room_id, member_id, joined_at) SELECT id, 1, 1000 FROM rooms",
];

/// Fills the database of a world whose first members are its actors, and has its statistics taken.
pub async fn fill(db: &Db) {
    let postgres = db.is_postgres();
    let mut script: Vec<String> = ROWS.iter().map(|row| insert(row, postgres)).collect();
    script.push(EVENTS.to_owned());
    script.extend(LINKS.iter().map(|link| (*link).to_owned()));
    db.write(script, |tx, script| async move {
        for statement in script.iter() {
            tx.execute_unprepared(statement).await.unwrap_or_else(|error| panic!("{statement}: {error}"));
        }
        Ok(())
    })
    .await
    .unwrap();
}

fn insert((table, count, values): &(&str, u32, &str), postgres: bool) -> String {
    let values = values.replace("{long}", &format!("'{}'", "a few words ".repeat(30)));
    let values = values.replace("{blob ", if postgres { "convert_to(" } else { "CAST(" });
    let values = values.replace('}', if postgres { ", 'UTF8')" } else { " AS blob)" });
    format!(
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {count}) INSERT INTO {table} SELECT {values} FROM n"
    )
}

/// Statistics, as both databases take them by themselves after a while.
pub async fn analyze(db: &Db) {
    db.write((), |tx, _| async move {
        tx.execute_unprepared("ANALYZE").await?;
        Ok(())
    })
    .await
    .unwrap();
}
