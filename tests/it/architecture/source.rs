//! Reading the repository's own files: which there are, their code, and the functions in it.

use std::path::Path;

/// The repository.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Folders with what others wrote or a build made.
const NOT_OURS: [&str; 6] = ["target", "node_modules", "vendor", "snapshots", "data", ".git"];

/// Files with these endings below these folders, from the root, in order.
pub fn files(folders: &[&str], endings: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for folder in folders {
        collect(folder, endings, &mut found);
    }
    found.sort();
    found
}

fn collect(folder: &str, endings: &[&str], found: &mut Vec<String>) {
    for entry in std::fs::read_dir(root().join(folder)).unwrap() {
        let entry = entry.unwrap();
        let name = entry.file_name().into_string().unwrap();
        let path = format!("{folder}/{name}");
        if entry.file_type().unwrap().is_dir() {
            if !NOT_OURS.contains(&name.as_str()) {
                collect(&path, endings, found);
            }
        } else if name.rsplit_once('.').is_some_and(|(_, end)| endings.contains(&end)) {
            found.push(path);
        }
    }
}

/// A text without the lines that are comments.
pub fn code(text: &str) -> String {
    text.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// A function as it stands in a file.
#[derive(Debug, PartialEq, Eq)]
pub struct Function {
    /// Its name.
    pub name: String,
    /// Line of its `fn`, from 1.
    pub line: usize,
    /// Lines from there to its last brace.
    pub lines: usize,
    /// Its arguments, `self` among them.
    pub arguments: usize,
}

/// The functions of a text as rustfmt lays it out: each begins on a line of its own and ends with a brace or semicolon
/// that stands as far in as its `fn`.
pub fn functions(text: &str) -> Vec<Function> {
    let lines: Vec<&str> = text.lines().collect();
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let Some(name) = declared(line) else { continue };
        let indent = line.len() - line.trim_start().len();
        let ends = |line: &&str| {
            let level = line.len() - line.trim_start().len();
            level == indent
                && (line.trim_start().starts_with('}')
                    || (line.starts_with(&" ".repeat(indent)) && line.ends_with(';')))
        };
        let one_line = line.ends_with(['}', ';']);
        let more = if one_line { 0 } else { lines[at + 1..].iter().position(ends).map_or(0, |end| end + 1) };
        let arguments = arguments(&lines[at..=at + more].join(" "));
        found.push(Function { name, line: at + 1, lines: more + 1, arguments });
    }
    found
}

/// The name of the function that a line declares.
fn declared(line: &str) -> Option<String> {
    let mut words = line.trim_start();
    loop {
        let (word, rest) = words.split_once(' ')?;
        match word {
            "fn" => {
                let name: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
                return (!name.is_empty()).then_some(name);
            }
            "pub" | "async" | "const" | "unsafe" | "pub(crate)" | "pub(super)" => words = rest,
            _ => return None,
        }
    }
}

/// How many arguments a function takes, from its text.
fn arguments(text: &str) -> usize {
    let text = text.replace("->", "  ").replace("=>", "  ");
    let (mut angle, mut round, mut count, mut pending) = (0, 0, 0, false);
    for c in text.chars().skip_while(|c| *c != '(' && *c != '<') {
        match c {
            '<' => angle += 1,
            '>' => angle -= 1,
            '(' | '[' | '{' if round > 0 || angle == 0 => round += 1,
            ')' | ']' | '}' if round > 0 => {
                round -= 1;
                if round == 0 {
                    break;
                }
            }
            ',' if round == 1 && angle == 0 => {
                count += usize::from(pending);
                pending = false;
                continue;
            }
            _ => {}
        }
        pending |= round > 0 && !c.is_whitespace() && c != '(';
    }
    count + usize::from(pending)
}

#[test]
fn functions_are_found_with_their_measures() {
    let long = format!("fn {}() {{\n{}}}\n", "long", "    x();\n".repeat(60));
    let text = [
        "pub async fn two<F: Fn(u8, u8) -> u8>(f: F, (a, b): (u8, u8)) -> u8 {",
        "    f(a, b)",
        "}",
        "impl X {",
        "    fn none() {}",
        "    fn many(",
        "        &self,",
        "        map: HashMap<u8, Vec<u8>>,",
        "        [x, y]: [u8; 2],",
        "    ) -> Result<u8, u8> {",
        "        if x { y }",
        "    }",
        "    fn declared(a: u8, b: u8);",
        "}",
        "// fn commented(a: u8) {",
        &long,
    ]
    .join("\n");
    let measures: Vec<_> = functions(&text).into_iter().map(|f| (f.name, f.line, f.lines, f.arguments)).collect();
    let wanted = [("two", 1, 3, 2), ("none", 5, 1, 0), ("many", 6, 7, 3), ("declared", 13, 1, 2), ("long", 16, 62, 0)];
    assert_eq!(measures, wanted.map(|(name, line, lines, arguments)| (name.to_owned(), line, lines, arguments)));
}
