//! The layers and the homes of heavy crates, held by reading the source.

use std::path::{Path, PathBuf};

/// Layers from the bottom; a module may use its own layer and those below.
const LAYERS: [&[&str]; 8] = [
    &["config", "telemetry"],
    &["pii", "text", "protocol", "ids", "error", "clock", "keys"],
    &["entity", "db"],
    &["site", "hub", "access", "limits", "outbox"],
    &["publish", "entries"],
    &["http"],
    &["accounts", "boards", "rooms", "moderation", "search", "admin"],
    &["app", "router", "live", "serve", "cli", "main", "lib", "testing"],
];

/// A crate and the files it may be named in.
const HOMES: [(&str, &[&str]); 4] =
    [("tantivy", &["search/"]), ("ammonia", &["text/"]), ("comrak", &["text/"]), ("governor", &["limits/"])];

fn sources(folder: &Path, out: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|end| end == "rs") {
            out.push(path);
        }
    }
}

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|layer| layer.contains(&module))
}

/// Modules that a text names as `crate::module`.
fn uses(text: &str) -> Vec<String> {
    let code = text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    code.split("crate::")
        .skip(1)
        .map(|rest| rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect())
        .collect()
}

fn breaches(module: &str, text: &str) -> Vec<String> {
    let Some(own) = layer(module) else { return vec![format!("{module} is in no layer")] };
    let up = uses(text).into_iter().filter(|used| layer(used).is_some_and(|used| used > own));
    up.map(|used| format!("{module} uses {used}")).collect()
}

#[test]
fn arrows_point_down_and_heavy_crates_stay_home() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    let mut wrong = Vec::new();
    for file in files {
        let name = file.strip_prefix(&root).unwrap().display().to_string();
        if name.contains("tests") {
            continue;
        }
        let module = name.split('/').next().unwrap().trim_end_matches(".rs").to_owned();
        let text = std::fs::read_to_string(&file).unwrap();
        wrong.extend(breaches(&module, &text).into_iter().map(|breach| format!("{name}: {breach}")));
        for (heavy, homes) in HOMES {
            let named = text
                .lines()
                .any(|line| line.trim_start().starts_with("use ") && line.contains(&format!("use {heavy}::")));
            if named && !homes.iter().any(|home| name.starts_with(home)) {
                wrong.push(format!("{name} names {heavy}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_bites() {
    assert_eq!(breaches("pii", "use crate::db::Db;"), ["pii uses db"]);
    assert_eq!(breaches("outbox", "let x = crate::boards::open();"), ["outbox uses boards"]);
    assert_eq!(breaches("boards", "use crate::db::Db;"), [""; 0]);
    assert_eq!(breaches("attic", ""), ["attic is in no layer"]);
}
