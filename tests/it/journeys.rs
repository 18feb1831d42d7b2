//! What people do, from end to end.

use serde_json::json;
use tact::access::Role;
use tact::accounts::filling::Filling;

use crate::actors::World;

const CARD: &str = "4539 1488 0343 6467";

#[tokio::test(flavor = "multi_thread")]
async fn a_post_is_warned_masked_and_then_public() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Brass inserts", "How tight?").await;
    let url = format!("/t/{topic}/reply");
    let body = "Write to mara.okafor@fenmail.example please";
    let warned = mara.form(&url, &[("nonce", "one"), ("body", body)]).await;
    assert_eq!(warned.status, 422);
    assert!(warned.text.contains("looks personal") && warned.text.contains(body), "the form keeps its text");
    assert!(!mara.get(&format!("/t/{topic}")).await.text.contains("fenmail"));
    let masked = mara.form(&url, &[("nonce", "one"), ("body", body), ("choice", "mask")]).await;
    assert_eq!(masked.status, 303, "{}", masked.text);
    let page = world.guest().get(masked.location().split('#').next().unwrap()).await;
    assert!(page.text.contains("class=\"mask\">email hidden") && !page.text.contains("fenmail"));
    let again = mara.form(&url, &[("nonce", "one"), ("body", body), ("choice", "mask")]).await;
    assert_eq!(again.location(), masked.location(), "a second click gives the same post");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn consent_is_bound_to_the_exact_text() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Addresses", "Hello").await;
    let path = format!("/topics/{topic}/posts");
    let text = "ask mara.okafor@fenmail.example";
    let warned = mara.api("POST", &path, Some(json!({ "nonce": "a", "body": text }))).await;
    assert_eq!((warned.status, warned.json()["code"].as_str()), (422, Some("pii_warning")));
    let consent = warned.json()["warning"]["consent"].as_str().unwrap().to_owned();
    let anyway = |nonce: &str, body: &str, ack: bool| json!({ "nonce": nonce, "body": body, "choice": "anyway", "consent": consent, "ack": ack });
    let other = mara.api("POST", &path, Some(anyway("b", "ask other.person@fenmail.example", true))).await;
    assert_eq!((other.status, other.json()["code"].as_str()), (409, Some("consent_stale")));
    let silent = mara.api("POST", &path, Some(anyway("c", text, false))).await;
    assert_eq!(silent.status, 422);
    let done = mara.api("POST", &path, Some(anyway("d", text, true))).await;
    assert_eq!(done.status, 201, "{}", done.text);
    let dup = mara.api("POST", &path, Some(anyway("d", text, true))).await;
    assert_eq!(
        (dup.status, dup.json()["dup"].as_bool(), dup.json()["id"].clone()),
        (201, Some(true), done.json()["id"].clone())
    );
    let conflict = mara.api("POST", &path, Some(json!({ "nonce": "d", "body": "something else" }))).await;
    assert_eq!(conflict.json()["code"], "nonce_conflict");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_held_post_is_nobodys_until_a_moderator_releases_it() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    let topic = mara.start_topic("Paying", "Hello").await;
    let held = mara
        .api(
            "POST",
            &format!("/topics/{topic}/posts"),
            Some(json!({ "nonce": "h", "body": format!("my card is {CARD} thanks"), "choice": "ask" })),
        )
        .await;
    assert_eq!(held.status, 202, "{}", held.text);
    let review = held.json()["review"].as_i64().unwrap();
    assert!(!world.guest().get(&format!("/t/{topic}")).await.text.contains("my card"));
    assert_eq!(mara.api("GET", &format!("/review/{review}"), None).await.status, 404, "authors are no moderators");
    let item = kit.api("GET", &format!("/review/{review}"), None).await;
    assert_eq!(item.status, 200, "{}", item.text);
    assert!(!item.text.contains("4539") && item.text.contains("6467"), "evidence is masked: {}", item.text);
    let decide = json!({ "version": 1, "decision": "publish_masked", "reason": null, "note": "" });
    let first = kit.api("POST", &format!("/review/{review}/decision"), Some(decide.clone())).await;
    assert!(first.status < 300, "{}", first.text);
    let second = kit.api("POST", &format!("/review/{review}/decision"), Some(decide)).await;
    assert_eq!(second.status, 409);
    let posts = world.guest().api("GET", &format!("/topics/{topic}/posts"), None).await;
    assert!(posts.text.contains("[card number hidden]") && !posts.text.contains("4539"), "{}", posts.text);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_published_can_be_found_and_what_was_removed_cannot() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Spindle wobble", "The quixotic spindle wobbles").await;
    let reply = mara
        .api("POST", &format!("/topics/{topic}/posts"), Some(json!({ "nonce": "r", "body": "a zephyrine bearing" })))
        .await
        .json();
    world.settle().await;
    let find =
        async |word: &str| world.guest().api("GET", &format!("/search?q={word}"), None).await.json()["total"].as_i64();
    assert_eq!((find("quixotic").await, find("zephyrine").await, find("wobble").await), (Some(1), Some(1), Some(1)));
    assert_eq!(mara.api("DELETE", &format!("/entries/{}", reply["id"]), None).await.status, 204);
    world.settle().await;
    assert_eq!(find("zephyrine").await, Some(0));
    let hostile = world.guest().api("GET", &format!("/search?q={}", "(".repeat(1000)), None).await;
    assert_eq!(hostile.status, 422);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_that_came_too_late_keeps_both_texts() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Edits", "first words").await;
    let posts = mara.api("GET", &format!("/topics/{topic}/posts"), None).await.json();
    let id = posts["posts"][0]["id"].as_i64().unwrap();
    let edit = |nonce: &str, body: &str| json!({ "nonce": nonce, "revision": 1, "body": body });
    assert_eq!(mara.api("PATCH", &format!("/entries/{id}"), Some(edit("e1", "second words"))).await.status, 200);
    let late = mara.api("PATCH", &format!("/entries/{id}"), Some(edit("e2", "third words"))).await;
    assert_eq!((late.status, late.json()["code"].as_str()), (409, Some("stale_revision")));
    let page =
        mara.form(&format!("/p/{id}/edit"), &[("nonce", "e3"), ("revision", "1"), ("body", "third words")]).await;
    assert_eq!(page.status, 409);
    assert!(page.text.contains("second words") && page.text.contains("third words"));
    assert!(mara.get(&format!("/p/{id}/edits")).await.text.contains("first words"));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn other_sites_cannot_make_a_browser_write() {
    let world = World::new().await;
    let (mara, bea) = (world.member("mara", Role::Member).await, world.member("bea", Role::Member).await);
    let topic = mara.start_topic("Forms", "Hello").await;
    let path = format!("/t/{topic}/reply");
    let token = mara.csrf("/").await;
    let body = |token: &str| format!("csrf={token}&nonce=x&body=written+elsewhere");
    assert_eq!(mara.post_raw(&path, body(""), &world.base).await.status, 403);
    assert_eq!(mara.post_raw(&path, body(&token), "https://evil.example").await.status, 403);
    assert_eq!(bea.post_raw(&path, body(&token), &world.base).await.status, 403, "another session's token");
    assert_eq!(mara.post_raw(&path, body(&token), &world.base).await.status, 303);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn unknown_and_forbidden_look_the_same() {
    let world = World::new().await;
    let guest = world.guest();
    let (unknown, hidden) = (guest.get("/t/99999").await, guest.get("/review/1").await);
    assert_eq!(unknown.status, 404);
    assert!(matches!(hidden.status, 303 | 404));
    let csp = unknown.headers.get("content-security-policy").unwrap().to_str().unwrap();
    assert!(csp.contains("default-src 'none'") && csp.contains("trusted-types tact"));
    assert_eq!(unknown.headers.get("cache-control").unwrap(), "private, no-store");
    let problem = guest.api("GET", "/entries/99999", None).await;
    assert_eq!(
        (problem.status, problem.headers.get("content-type").unwrap().to_str().unwrap()),
        (404, "application/problem+json")
    );
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn filling_with_the_sample_community_leaves_a_signed_in_admin_signed_in() {
    let world = World::bare().await;
    let ada = world.member("ada", Role::Admin).await;
    tact::cli::demo::fill(&world.running.app.site, &Filling::default()).await.unwrap();
    let page = ada.get("/admin").await;
    assert_eq!(page.status, 200, "still signed in and still an admin");
    let queue = ada.api("GET", "/review", None).await;
    assert!(queue.text.contains("held") && queue.text.contains("flag"), "the sample has something for every page");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_can_be_marked_read_at_once_and_nothing_moves_back() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Member).await);
    let topic = mara.start_topic("Bearings", "Hello").await;
    mara.start_topic("Never opened", "Hello").await;
    assert!(kit.form(&format!("/t/{topic}/read"), &[("number", "1")]).await.status < 300);
    let reply = json!({ "nonce": "r", "body": "one more" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(reply)).await.status, 201);
    assert!(kit.get("/unread").await.text.contains("Bearings"));
    for _ in 0..2 {
        assert_eq!(kit.form("/read", &[]).await.status, 303);
        assert!(!kit.get("/unread").await.text.contains("Bearings"));
    }
    let later = json!({ "nonce": "s", "body": "and another" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(later)).await.status, 201);
    assert!(kit.get("/unread").await.text.contains("Bearings"), "what comes later is unread again");
    world.end().await;
}
