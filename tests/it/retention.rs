//! What is kept no longer than it is needed, with a clock that is moved.

use serde_json::json;
use tact::access::{self, Credential, Role, Viewer};
use tact::accounts;
use tact::clock::{Clock, Moment};
use tact::ids::MemberId;
use tact::moderation::{Chain, verify};
use tact::{limits, retention};

use crate::actors::{Actor, World};
use crate::leaks::{anyway, tables};

const DAY_S: i64 = 24 * 3600;
const CARD: &str = "my card is 4539 1488 0343 6467";

async fn world(seed: u64) -> (World, Clock) {
    let clock = Clock::fixed(Moment(1_795_510_800_000), seed);
    let world = World::at(clock.clone(), |row| limits::Row { allowed: 1_000_000, ..row }).await;
    (world, clock)
}

/// Lines of a table that hold all the parts.
async fn lines(world: &World, table: &str, parts: &[&str]) -> usize {
    let rows = tables::rows(&world.running.app.site.db).await;
    rows.iter().filter(|(of, line)| of == table && parts.iter().all(|part| line.contains(part))).count()
}

async fn sweep(world: &World) {
    retention::sweep(&world.running.app.site).await;
}

async fn hold(mara: &Actor, nonce: &str) -> i64 {
    let topic = mara.start_topic(nonce, "hello").await;
    let held = json!({ "nonce": nonce, "body": CARD, "choice": "ask" });
    let held = mara.api("POST", &format!("/topics/{topic}/posts"), Some(held)).await;
    held.json()["review"].as_i64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_nobody_decides_goes_back_to_its_author_and_not_out() {
    let (world, clock) = world(51).await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    let item = hold(&mara, "held").await;
    clock.advance_s(7 * DAY_S - 60);
    sweep(&world).await;
    assert_eq!(kit.api("GET", "/review", None).await.json()["held"], 1, "it waits for all of seven days");
    clock.advance_s(120);
    sweep(&world).await;
    let queue = kit.api("GET", "/review", None).await.json();
    assert_eq!((&queue["held"], queue["items"].as_array().unwrap().len()), (&json!(0), 0));
    let shown = kit.api("GET", &format!("/review/{item}"), None).await.json();
    assert_eq!((&shown["state"], &shown["decided"]["reason"]), (&json!("returned"), &json!("expired")));
    let late = json!({ "version": 1, "decision": "publish", "reason": null, "note": "" });
    let late = kit.api("POST", &format!("/review/{item}/decision"), Some(late)).await;
    assert!(late.status == 409 && late.text.contains("no moderator decided in time"), "{}", late.text);
    kit.sign_in("kit").await;
    let log = kit.get("/review/log").await.text;
    assert!(log.contains("The server") && log.contains("No moderator decided in time"), "{log}");
    for path in [format!("/review/{item}"), "/review?show=done".to_owned()] {
        let page = kit.get(&path).await;
        assert!(
            page.status == 200 && page.text.to_lowercase().contains("no moderator decided in time"),
            "{path}: {}",
            page.text
        );
    }
    let own = mara.get("/my/held").await.text;
    assert!(
        own.contains("<bdi>The server</bdi> returned") && own.contains(CARD) && own.contains("Edit and send again"),
        "{own}"
    );
    assert!(!world.guest().get("/t/1").await.text.contains("6467"), "it is not public");
    assert_eq!(verify(&world.running.app.site).await.unwrap(), Chain::Whole(1));
    assert_eq!(lines(&world, "mod_log", &["return", "expired"]).await, 1);
    clock.advance_s(29 * DAY_S);
    sweep(&world).await;
    mara.sign_in("mara").await;
    assert!(mara.get("/my/held").await.text.contains(CARD), "its author has a month");
    clock.advance_s(2 * DAY_S);
    sweep(&world).await;
    let own = mara.get("/my/held").await.text;
    assert!(!own.contains("4539") && !own.contains("Edit and send again"), "{own}");
    assert_eq!(mara.get(&format!("/my/held/{item}/edit")).await.status, 404);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn hashes_findings_and_counts_go_when_their_time_is_over() {
    let (world, clock) = world(52).await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    let topic = mara.start_topic("Contact", "hello").await;
    let path = format!("/topics/{topic}/posts");
    let wish = json!({ "nonce": "p", "body": "ask sam.turner@fenmail.com", "reason": "not_private" });
    anyway(&mara, "POST", &path, &wish).await;
    let doomed = anyway(&mara, "POST", &path, &json!({ "nonce": "q", "body": "ask kim.turner@fenmail.com" })).await;
    let item = hold(&mara, "held").await;
    let remove = json!({ "version": 1, "decision": "remove", "reason": "private", "note": "" });
    assert_eq!(kit.api("POST", &format!("/review/{item}/decision"), Some(remove)).await.status, 200);
    assert_eq!(mara.api("DELETE", &format!("/entries/{}", doomed["id"]), None).await.status, 204);
    let hashes = async || {
        use sea_orm::EntityTrait;
        let rows = tact::entity::finding::Entity::find().all(world.running.app.site.db.reads()).await.unwrap();
        (rows.len(), rows.iter().filter(|row| !row.value_hash.is_empty()).count())
    };
    assert_eq!(hashes().await, (3, 3));
    sweep(&world).await;
    assert_eq!(
        (hashes().await, lines(&world, "pii_trusted_values", &[]).await),
        ((3, 3), 1),
        "nothing is past its time"
    );
    clock.advance_s(31 * DAY_S);
    sweep(&world).await;
    assert_eq!(hashes().await, (3, 1), "the published one alone keeps its hash");
    assert_eq!(lines(&world, "pii_trusted_values", &[]).await, 0);
    let posts = mara.api("GET", &path, None).await.json();
    let edit = json!({ "nonce": "e", "revision": 1, "body": "do ask sam.turner@fenmail.com" });
    let edited = mara.api("PATCH", &format!("/entries/{}", posts["posts"][1]["id"]), Some(edit)).await;
    assert_eq!(edited.status, 200, "an acknowledged value stays quiet: {}", edited.text);
    let counts = lines(&world, "pii_tallies", &[]).await;
    assert!(counts > 2);
    clock.advance_s(330 * DAY_S);
    sweep(&world).await;
    assert_eq!(hashes().await, (3, 1));
    clock.advance_s(5 * DAY_S);
    sweep(&world).await;
    assert_eq!((hashes().await, lines(&world, "pii_tallies", &[]).await), ((2, 1), counts), "findings of entries stay");
    clock.advance_s(35 * DAY_S);
    sweep(&world).await;
    assert_eq!(lines(&world, "pii_tallies", &[]).await, 0);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_and_tokens_that_ended_leave_the_database() {
    let (world, clock) = world(53).await;
    let mara = world.member("mara", Role::Member).await;
    let site = &world.running.app.site;
    let member = access::store::load(site.db.reads(), MemberId(1), Credential::Console).await.unwrap().unwrap();
    accounts::token_add(site, &Viewer::Member(member), "short", 1).await.unwrap();
    assert_eq!((lines(&world, "sessions", &[]).await, lines(&world, "api_tokens", &[]).await), (1, 2));
    clock.advance_s(29 * DAY_S);
    sweep(&world).await;
    assert_eq!((lines(&world, "sessions", &[]).await, lines(&world, "api_tokens", &[]).await), (1, 2));
    clock.advance_s(3 * DAY_S);
    sweep(&world).await;
    assert_eq!((lines(&world, "sessions", &[]).await, lines(&world, "api_tokens", &["short"]).await), (0, 0));
    assert_eq!(mara.api("GET", "/boards", None).await.status, 200, "the long token is as good as before");
    mara.sign_in("mara").await;
    let page = mara.get("/settings/sessions").await.text;
    let revoke = page.split("/settings/tokens/").nth(1).and_then(|rest| rest.split('/').next()).unwrap().to_owned();
    assert_eq!(mara.form(&format!("/settings/tokens/{revoke}/revoke"), &[]).await.status, 303);
    sweep(&world).await;
    assert_eq!((lines(&world, "sessions", &[]).await, lines(&world, "api_tokens", &[]).await), (1, 0));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_rows_go_in_batches() {
    let (world, clock) = world(54).await;
    let db = &world.running.app.site.db;
    world.member("mara", Role::Member).await;
    db.write((), |tx, _| async move {
        use sea_orm::ConnectionTrait;
        let (blob, text) = if tx.get_database_backend() == sea_orm::DbBackend::Postgres {
            ("decode(lpad(i::text, 8, '0'), 'hex')", "SELECT i FROM generate_series(1, 1203) AS i")
        } else {
            ("CAST(i AS BLOB)", "WITH RECURSIVE s(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM s WHERE i < 1203) SELECT i FROM s")
        };
        let rows = format!("INSERT INTO pii_trusted_values SELECT 1, 1, 1, {blob}, i FROM ({text}) AS numbers");
        tx.execute_unprepared(&rows).await?;
        let rows = format!("INSERT INTO findings (field, rule, level, start, length, why, hint, value_hash, detector, outcome, at) SELECT 'body', 'email', 1, 0, 1, 'w', 'h', {blob}, 1, 4, i FROM ({text}) AS numbers");
        tx.execute_unprepared(&rows).await?;
        Ok(())
    })
    .await
    .unwrap();
    clock.advance_s(60);
    sweep(&world).await;
    assert_eq!((lines(&world, "pii_trusted_values", &[]).await, lines(&world, "findings", &[]).await), (0, 0));
    world.end().await;
}
