//! Sizes of files and functions, and that every file says what it is for.

use super::source::{files, functions, root};

/// Most lines of a file.
const FILE_LINES: usize = 400;
/// Most lines of a function, from its `fn` to its last brace.
const FUNCTION_LINES: usize = 60;
/// Most arguments of a function.
const ARGUMENTS: usize = 5;

/// Folders with what we wrote.
const OURS: [&str; 5] = ["src", "tests", "migrations", "xtask", "frontend"];

/// What is wrong with the size or the beginning of a file.
fn faults(path: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let lines = text.lines().count();
    if lines > FILE_LINES {
        faults.push(format!("{path} has {lines} lines"));
    }
    if !["//", "/*", "{#", "<!--"].iter().any(|comment| text.starts_with(comment)) {
        faults.push(format!("{path} does not open with a comment"));
    }
    if path.rsplit('.').next() == Some("rs") {
        for function in functions(text) {
            let at = format!("{path}:{} {}", function.line, function.name);
            if function.lines > FUNCTION_LINES {
                faults.push(format!("{at} has {} lines", function.lines));
            }
            if function.arguments > ARGUMENTS {
                faults.push(format!("{at} takes {} arguments", function.arguments));
            }
        }
    }
    faults
}

#[test]
fn files_and_functions_are_short_and_say_what_they_are_for() {
    let all = files(&OURS, &["rs", "js", "mjs", "css", "html"]);
    assert!(all.len() > 300, "only {} files were found", all.len());
    let read = |path: &String| faults(path, &std::fs::read_to_string(root().join(path)).unwrap());
    let wrong: Vec<String> = all.iter().flat_map(read).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn the_test_bites() {
    let long = format!("//! Long.\n{}", "x();\n".repeat(400));
    assert_eq!(faults("a.rs", &long), ["a.rs has 401 lines"]);
    assert_eq!(faults("a.css", "a { color: red }"), ["a.css does not open with a comment"]);
    let tall = format!("//! Tall.\nfn {}() {{\n{}}}\n", "tall", "    x();\n".repeat(59));
    assert_eq!(faults("a.rs", &tall), ["a.rs:2 tall has 61 lines"]);
    let wide = format!("//! Wide.\nfn {}(a: A, b: B, c: C, d: D, e: E, f: F) {{}}\n", "wide");
    assert_eq!(faults("a.rs", &wide), ["a.rs:2 wide takes 6 arguments"]);
    assert_eq!(faults("a.html", "{# A page. #}"), [""; 0]);
}
