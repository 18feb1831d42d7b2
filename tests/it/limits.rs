//! Floods are slowed, politely.

use serde_json::json;
use tact::access::Role;
use tact::limits::{Quota, Row};

use crate::actors::World;

#[tokio::test(flavor = "multi_thread")]
async fn a_flood_of_posts_gets_429_with_its_fields_and_keeps_its_text() {
    let world = World::with(|row| if row.quota == Quota::Post { row } else { Row { allowed: 1_000_000, ..row } }).await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Flood", "Hello").await;
    let path = format!("/topics/{topic}/posts");
    for number in 0..6 {
        let answer = mara
            .api("POST", &path, Some(json!({ "nonce": format!("p{number}"), "body": format!("post {number}") })))
            .await;
        assert_eq!(answer.status, 201);
    }
    let refused = mara.api("POST", &path, Some(json!({ "nonce": "p7", "body": "one more" }))).await;
    assert_eq!(refused.status, 429);
    let header = |name: &str| refused.headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("ratelimit-policy"), "\"posts\";q=6;w=60");
    assert!(header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(refused.json()["code"], "rate_limited");
    let page = mara.form(&format!("/t/{topic}/reply"), &[("nonce", "p8"), ("body", "my long text")]).await;
    assert_eq!(page.status, 429);
    assert!(page.text.contains("my long text"));
    world.end().await;
}
