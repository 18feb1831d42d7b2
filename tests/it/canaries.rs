//! What was held or removed stands nowhere in clear: not in the database file, not in the search index.

use std::path::Path;

use serde_json::json;
use tact::access::Role;

use crate::actors::World;

pub fn holds(folder: &Path, canary: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(holds(&path, canary));
        } else if std::fs::read(&path).is_ok_and(|bytes| bytes.windows(canary.len()).any(|window| window == canary)) {
            found.push(path.display().to_string());
        }
    }
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn held_text_and_addresses_are_in_no_file_in_clear() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Canary", "xylophone marker").await;
    let secret = "4539 1488 0343 6467";
    let held = json!({ "nonce": "h", "body": format!("card {secret}"), "choice": "ask" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(held)).await.status, 202);
    let unfound = "the aardvark hides behind the boiler";
    let asked = json!({ "nonce": "u", "body": unfound, "choice": "ask" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(asked)).await.status, 202);
    world.settle().await;
    let found = holds(world.folder(), unfound.as_bytes());
    assert!(found.is_empty(), "held without a finding, and still in clear: {found:?}");
    let found = holds(world.folder(), secret.as_bytes());
    assert!(found.is_empty(), "{found:?}");
    if std::env::var("TACT_TEST_DATABASE").as_deref() != Ok("postgres") {
        assert!(!holds(world.folder(), b"xylophone marker").is_empty(), "the search for canaries can find something");
    }
    world.end().await;
}
