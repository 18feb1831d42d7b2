//! What the docs name has to exist: files, folders, and the verbs of modules.

use super::source::{files, root};

const DOCS: [&str; 2] = ["docs/ARCHITECTURE.md", "docs/GLOSSARY.md"];

/// The words between single backticks. Fenced blocks are pictures, not names.
fn quoted(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose.flat_map(|part| part.split('`').skip(1).step_by(2)).collect()
}

/// Whether a word is meant as a path.
fn is_path(word: &str) -> bool {
    let ending = word.rsplit_once('.').is_some_and(|(_, end)| ["rs", "md", "toml", "html", "js", "css"].contains(&end));
    !word.contains(['<', '{', ' ', ':']) && !word.starts_with('/') && (ending || word.contains('/'))
}

/// Names that nothing answers to.
fn missing(text: &str, paths: &[String]) -> Vec<String> {
    let exists = |word: &str| {
        let bare = !word.contains('/') && paths.iter().any(|path| path.ends_with(&format!("/{word}")));
        bare || root().join(word).exists() || root().join("src").join(word).exists()
    };
    let paths_named = quoted(text).into_iter().filter(|word| is_path(word) && !exists(word));
    let verbs =
        quoted(text).into_iter().filter(|word| verb(word).is_some_and(|(module, name)| !defined(module, name, paths)));
    paths_named.chain(verbs).map(str::to_owned).collect()
}

/// Module and name of a word such as `rooms::send`.
fn verb(word: &str) -> Option<(&str, &str)> {
    let (module, name) = word.split_once("::")?;
    (module.starts_with(|c: char| c.is_lowercase()) && name.chars().all(|c| c.is_alphanumeric() || c == '_'))
        .then_some((module, name))
}

fn defined(module: &str, name: &str, paths: &[String]) -> bool {
    let of_module =
        |path: &&String| path.starts_with(&format!("src/{module}/")) || **path == format!("src/{module}.rs");
    let ends = |rest: &str| !rest.starts_with(|c: char| c.is_alphanumeric() || c == '_');
    let defines = |path: &String| {
        let text = std::fs::read_to_string(root().join(path)).unwrap();
        let words = ["fn", "async fn", "struct", "enum", "trait", "type", "const", "mod"];
        words.iter().any(|word| text.split(&format!("pub {word} {name}")).skip(1).any(ends))
    };
    paths.iter().filter(of_module).any(defines)
}

#[test]
fn what_the_docs_name_exists() {
    let paths = files(&["src"], &["rs"]);
    for doc in DOCS {
        let text = std::fs::read_to_string(root().join(doc)).unwrap();
        let wrong = missing(&text, &paths);
        assert!(wrong.is_empty(), "{doc} names {wrong:?}");
    }
}

#[test]
fn the_test_bites() {
    let paths = files(&["src"], &["rs"]);
    let text = "Goes through `publish/gate.rs` and `publish/attic.rs` to `outbox::append`, `outbox::nowhere`, `attic.rs` \
                and `docs/attic.md`, in `src/boards/`; a `Submission::Post` is at `/review`, beside `store.rs`.";
    assert_eq!(missing(text, &paths), ["publish/attic.rs", "attic.rs", "docs/attic.md", "outbox::nowhere"]);
}
