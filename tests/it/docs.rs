//! The examples of docs/api.md, run as they are printed: each `sh` block that begins with a status has to end with it.

use std::process::Command;

use tact::access::Role;

use crate::actors::World;

/// `curl` as the reader has it, which also tells the status of each answer.
const TOLD: &str = "curl() { command curl -w '%{stderr}%{http_code}\\n' \"$@\"; }\n";

/// The blocks with the status that each promises.
fn examples() -> Vec<(String, String)> {
    let page = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/api.md")).unwrap();
    let blocks = page.split("```sh\n").skip(1).filter_map(|rest| rest.split("```").next());
    let promised = |block: &str| Some((block.strip_prefix("# ")?.get(..3)?.to_owned(), block.to_owned()));
    blocks.filter_map(promised).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_examples_of_the_api_do_what_they_say() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let examples = examples();
    assert!(examples.len() >= 12, "{}", examples.len());
    for (status, example) in examples {
        let mut shell = Command::new("sh");
        shell.args(["-euc", &format!("{TOLD}{example}")]);
        shell.env("SITE", &world.base).env("TOKEN", mara.token.as_deref().unwrap());
        let output = tokio::task::spawn_blocking(move || shell.output()).await.unwrap().unwrap();
        let (said, told) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert_eq!(told.lines().last(), Some(status.as_str()), "{example}\n{told}\n{said}");
        world.settle().await;
    }
    world.end().await;
}

/// Names of the shapes in the API's description, as the source gives them.
fn shapes(folder: &std::path::Path, out: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            shapes(&path, out);
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap_or_default();
        for derived in text.split("ToSchema)]").skip(1) {
            let named = derived.split_once("#[schema(as = ").filter(|(before, _)| !before.contains("struct"));
            let rest = named.map_or_else(|| declared(derived), |(_, rest)| rest);
            out.push(rest.chars().take_while(|c| c.is_alphanumeric()).collect());
        }
    }
}

fn declared(text: &str) -> &str {
    let places = ["struct ", "enum "].map(|word| text.find(word).map(|at| (at, at + word.len())));
    places.into_iter().flatten().min().map_or("", |(_, after)| text.get(after..).unwrap_or_default())
}

#[test]
fn shapes_of_the_api_have_names_of_their_own() {
    let mut names = Vec::new();
    shapes(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut names);
    names.sort();
    assert!(names.len() > 30, "{names:?}");
    let twice: Vec<_> = names.windows(2).filter(|pair| pair[0] == pair[1]).collect();
    assert!(twice.is_empty(), "the later would be described as the earlier: {twice:?}");
}
