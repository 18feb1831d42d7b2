//! A held text shows its values to nobody but, once and on the record, the moderator who asked for them.

use serde_json::{Value, json};
use tact::access::Role;

use super::{TEXT, lenient, quiet, sung, tables};
use crate::actors::World;

#[tokio::test(flavor = "multi_thread")]
async fn what_is_held_is_masked_wherever_it_is_looked_at() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    lenient(&world).await;
    let topic = mara.start_topic("Canary", "hello").await;
    let ask = async |nonce: &str| {
        let held = json!({ "nonce": nonce, "body": TEXT, "choice": "ask" });
        let held = mara.api("POST", &format!("/topics/{topic}/posts"), Some(held)).await;
        assert_eq!(held.status, 202, "{}", held.text);
        quiet(&held, "the answer to its author");
        held.json()["review"].as_i64().unwrap()
    };
    let title = format!("Mine is {}", &TEXT[..24]);
    let held = json!({ "nonce": "t", "board": 1, "title": title, "body": TEXT, "choice": "ask" });
    assert_eq!(mara.api("POST", "/topics", Some(held)).await.status, 202);
    let item = ask("a").await;
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    let guest = world.guest();
    for actor in [&mara, &kit, &guest] {
        for path in [
            "/",
            "/my/held",
            "/my/reports",
            "/review",
            "/review/log",
            &format!("/review/{item}"),
            &format!("/t/{topic}"),
        ] {
            quiet(&actor.get(path).await, path);
        }
        for path in ["/review".to_owned(), format!("/review/{item}"), format!("/topics/{topic}/posts")] {
            quiet(&actor.api("GET", &path, None).await, &path);
        }
    }
    let shown = kit.form(&format!("/review/{item}/reveal"), &[("reason", "unsure")]).await;
    assert!(shown.status == 200 && sung(&shown.text).len() == 6, "{}", shown.text);
    for path in ["/review/log", &format!("/review/{item}")] {
        quiet(&kit.get(path).await, path);
    }
    let log = kit.get("/review/log").await;
    assert!(log.text.contains("looked at the hidden values") && log.text.contains("masked form does not tell"));
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    decided(&world, item, ask("b").await, ask("c").await).await;
    world.end().await;
}

/// Whatever is decided about it, the values stand nowhere: masked, removed, and returned, whose text its author alone
/// reads.
async fn decided(world: &World, masked: i64, removed: i64, returned: i64) {
    let noor = world.member("noor", Role::Moderator).await;
    for (item, decision) in [(masked, "publish_masked"), (removed, "remove"), (returned, "return")] {
        let wish = json!({ "version": 1, "decision": decision, "reason": "private", "note": "" });
        let done = noor.api("POST", &format!("/review/{item}/decision"), Some(wish)).await;
        assert_eq!(done.status, 200, "{}", done.text);
        quiet(&done, decision);
        for path in [format!("/review/{item}"), "/review?show=done".to_owned(), "/review/log".to_owned()] {
            quiet(&noor.get(&path).await, &path);
        }
    }
    world.settle().await;
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    assert_eq!(super::index::singing(world.folder()), [""; 0]);
    let posts: Value = world.guest().api("GET", "/topics/1/posts", None).await.json();
    assert_eq!(sung(&posts.to_string()), [""; 0]);
    let mara = world.guest();
    mara.sign_in("mara").await;
    assert_eq!(sung(&mara.get("/my/held").await.text).len(), 6, "its author gets the returned text back");
}
