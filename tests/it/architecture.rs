//! The layers and the homes of heavy crates, held by reading the source; beside it the sizes, and what the docs name.

mod docs;
mod sizes;
mod source;

use source::{code, files, root};

/// Layers from the bottom; a module may use its own layer and those below.
const LAYERS: [&[&str]; 8] = [
    &["config", "telemetry"],
    &["pii", "text", "protocol", "ids", "error", "clock", "keys"],
    &["entity", "db"],
    &["site", "hub", "access", "limits", "outbox"],
    &["publish", "entries"],
    &["http"],
    &["accounts", "boards", "rooms", "moderation", "search", "admin", "filter", "retention"],
    &["app", "router", "live", "serve", "cli", "main", "lib", "testing"],
];

/// Where rows are read and written; types of columns besides.
const ROWS: &[&str] = &[
    "entity/",
    "db/",
    "outbox/",
    "*/store.rs",
    "*/store/",
    "publish/commit.rs",
    "publish/commit/",
    "ids.rs",
    "clock.rs",
];

/// Where requests are answered.
const WEB: &[&str] = &[
    "http/",
    "router.rs",
    "live.rs",
    "live/",
    "serve.rs",
    "serve/",
    "cli/serve.rs",
    "app.rs",
    "*/html.rs",
    "*/html/",
    "*/json.rs",
    "*/json/",
    "*/web.rs",
    "*/web/",
    "*/socket.rs",
];

/// A crate and the files it may be named in. A `*` stands for one folder; what ends in `/` is all that lies below.
const HOMES: [(&str, &[&str]); 8] = [
    ("sea_orm", ROWS),
    ("sqlx", ROWS),
    ("axum", WEB),
    ("axum_extra", WEB),
    ("tantivy", &["search/"]),
    ("ammonia", &["text/"]),
    ("comrak", &["text/"]),
    ("governor", &["limits/"]),
];

/// Files that stand outside of the layers: tests, their helpers, and the rows of the sample community.
const FREE: &[&str] = &["testing/", "cli/demo/store.rs"];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Modules that a text names as `crate::module`.
fn uses(text: &str) -> Vec<String> {
    code(text)
        .split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

fn breaches(module: &str, text: &str) -> Vec<String> {
    let Some(own) = layer(module) else { return vec![format!("{module} is in no layer")] };
    let up = uses(text).into_iter().filter(|used| layer(used).is_some_and(|used| used > own));
    up.map(|used| format!("{module} uses {used}")).collect()
}

/// Whether a text names a crate: in a path, or in a `use` of it as a whole.
fn names(text: &str, wanted: &str) -> bool {
    let code = code(text);
    code.match_indices(wanted).any(|(at, _)| {
        let (before, rest) = code.split_at(at);
        let after = rest.strip_prefix(wanted).unwrap_or_default();
        let inside = before.ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':');
        let line = before.rsplit('\n').next().unwrap_or_default().trim_start();
        let whole = ["use ", "pub use ", "extern crate "].contains(&line) && after.starts_with([';', ' ']);
        !inside && (after.starts_with("::") || whole)
    })
}

/// Whether a file lies at one of the places.
fn lies_in(file: &str, places: &[&str]) -> bool {
    let file: Vec<&str> = file.split('/').collect();
    places.iter().any(|place| {
        let below = place.ends_with('/');
        let place: Vec<&str> = place.trim_end_matches('/').split('/').collect();
        let long_enough = if below { file.len() > place.len() } else { file.len() == place.len() };
        long_enough && place.iter().zip(&file).all(|(wanted, found)| *wanted == "*" || wanted == found)
    })
}

/// The heavy crates that a file names away from their homes.
fn strays(file: &str, text: &str) -> Vec<String> {
    let away = HOMES.into_iter().filter(|(heavy, homes)| !lies_in(file, homes) && names(text, heavy));
    away.map(|(heavy, _)| format!("{file} names {heavy}")).collect()
}

#[test]
fn arrows_point_down_and_heavy_crates_stay_home() {
    let mut wrong = Vec::new();
    for path in files(&["src"], &["rs"]) {
        let file = path.strip_prefix("src/").unwrap();
        if file.contains("tests") || lies_in(file, FREE) {
            continue;
        }
        let module = file.split('/').next().unwrap().trim_end_matches(".rs");
        let text = std::fs::read_to_string(root().join(&path)).unwrap();
        wrong.extend(breaches(module, &text).into_iter().map(|breach| format!("{file}: {breach}")));
        wrong.extend(strays(file, &text));
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_bites() {
    assert_eq!(breaches("pii", "use crate::db::Db;"), ["pii uses db"]);
    assert_eq!(breaches("outbox", "let x = crate::boards::open();"), ["outbox uses boards"]);
    assert_eq!(breaches("boards", "use crate::db::Db;"), [""; 0]);
    assert_eq!(breaches("attic", ""), ["attic is in no layer"]);
    assert_eq!(strays("boards/pages.rs", "use sea_orm::EntityTrait;"), ["boards/pages.rs names sea_orm"]);
    assert_eq!(strays("boards/mod.rs", "let all = <X as sea_orm::Iterable>::iter();"), ["boards/mod.rs names sea_orm"]);
    assert_eq!(strays("publish/held.rs", "use sea_orm;"), ["publish/held.rs names sea_orm"]);
    assert_eq!(strays("rooms/mod.rs", "pub use axum::Router;"), ["rooms/mod.rs names axum"]);
    assert_eq!(strays("publish/store.rs", "async fn f(db: &axum::Db) {}"), ["publish/store.rs names axum"]);
    for (file, text) in [
        ("boards/store.rs", "use sea_orm::EntityTrait;"),
        ("boards/store/lists.rs", "use sea_orm::EntityTrait;"),
        ("boards/html/write.rs", "use axum::extract::Path;"),
        ("boards/pages.rs", "// sea_orm::EntityTrait is not for here"),
        ("config.rs", "let filter = \"info,sqlx=warn\";"),
        ("text/links.rs", "let x = not_axum::go() + other::axum::go();"),
    ] {
        assert_eq!(strays(file, text), [""; 0], "{file}");
    }
}
