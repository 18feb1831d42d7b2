//! The author's flow, on the API and the socket alike: the warning, the four reasons to publish anyway, what a reason
//! teaches, edits that ask only about what is new, values split over messages, and what an admin makes of a rule.

use serde_json::{Value, json};
use tact::access::Role;
use tact::clock::{Clock, Moment};

use crate::actors::{Actor, Socket, World};
use crate::leaks::{anyway, room, tables};

const REASONS: [&str; 4] = ["mine", "public", "example", "not_private"];

/// Sends a message over a socket and returns the answer.
async fn say(socket: &mut Socket, room: i64, (nonce, body): (&str, &str), consent: Option<Value>) -> Value {
    let mut frame = json!({ "t": "send", "id": nonce.len(), "room": room, "nonce": nonce, "body": body });
    if let Some(consent) = consent {
        frame["consent"] = consent;
    }
    socket.send(frame).await;
    socket.until(|frame| frame["id"] == nonce.len()).await
}

/// The warning of an answer of the socket, turned into consent.
fn consent(warned: &Value, reason: &str) -> Value {
    assert_eq!(warned["code"], "pii_warning", "{warned}");
    json!({ "token": warned["detail"]["consent"], "ack": true, "reason": reason })
}

/// Whether a text is asked about in a room.
async fn asks(actor: &Actor, slug: &str, body: &str) -> bool {
    let nonce = format!("n{}", body.len());
    let path = format!("/rooms/{slug}/messages");
    match actor.api("POST", &path, Some(json!({ "nonce": nonce, "body": body }))).await {
        answer if answer.status == 422 && answer.json()["code"] == "pii_warning" => true,
        answer if answer.status == 201 => false,
        other => panic!("{}: {}", other.status, other.text),
    }
}

/// How many rows of a table hold a text.
async fn count(world: &World, table: &str, part: &str) -> usize {
    let rows = tables::rows(&world.running.app.site.db).await;
    rows.iter().filter(|(of, line)| of == table && line.contains(part)).count()
}

/// Another open room.
async fn other_room(admin: &Actor) -> (String, i64) {
    let made = admin.form("/chat/new", &[("title", "Second"), ("topic", ""), ("access", "open")]).await;
    let slug = made.location().rsplit('/').next().unwrap().to_owned();
    let id = admin.api("GET", &format!("/rooms/{slug}"), None).await.json()["id"].as_i64().unwrap();
    (slug, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_publishes_and_is_noted_over_the_api_and_over_the_socket() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Contact", "hello").await;
    let (_, id) = room(&mara).await;
    let mut socket = mara.socket().await;
    for (at, reason) in REASONS.into_iter().enumerate() {
        let (one, two) = (format!("ask a{at}.turner@fenmail.com"), format!("ask b{at}.turner@fenmail.com"));
        let path = format!("/topics/{topic}/posts");
        anyway(&mara, "POST", &path, &json!({ "nonce": format!("p{at}"), "body": one, "reason": reason })).await;
        let nonce = "x".repeat(at + 1);
        let warned = say(&mut socket, id, (&nonce, &two), None).await;
        let sent = say(&mut socket, id, (&nonce, &two), Some(consent(&warned, reason))).await;
        assert_eq!(sent["t"], "ok", "{sent}");
    }
    let site = &world.running.app.site;
    let noted = reasons(&site.db).await;
    assert_eq!(noted, [0, 0, 1, 1, 2, 2, 3, 3], "each reason once for the post and once for the message");
    assert_eq!(count(&world, "pii_trusted_values", "").await, 2, "only the last reason teaches");
    let wrong = json!({ "nonce": "w", "body": "ask c.turner@fenmail.com", "choice": "anyway", "ack": true, "reason": "because" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(wrong)).await.status, 422);
    let warned = say(&mut socket, id, ("xxxxxxx", "ask d.turner@fenmail.com"), None).await;
    let mut bad = consent(&warned, "mine");
    bad["reason"] = json!("because");
    assert_eq!(say(&mut socket, id, ("xxxxxxx", "ask d.turner@fenmail.com"), Some(bad)).await["t"], "err");
    world.end().await;
}

/// The reasons of what was published anyway, in order.
async fn reasons(db: &tact::db::Db) -> Vec<i16> {
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};
    use tact::entity::finding::{Column, Entity, FindingOutcome};
    let of =
        Entity::find().filter(Column::Outcome.eq(FindingOutcome::Acknowledged)).select_only().column(Column::Reason);
    let mut all: Vec<i16> = of.into_tuple().all(db.reads()).await.unwrap();
    all.sort_unstable();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn not_private_quiets_that_value_for_that_author_there_and_for_thirty_days() {
    const DAY_S: i64 = 24 * 3600;
    let clock = Clock::fixed(Moment(1_795_510_800_000), 41);
    let world = World::at(clock.clone(), |row| tact::limits::Row { allowed: 1_000_000, ..row }).await;
    let (mara, bea) = (world.member("mara", Role::Member).await, world.member("bea", Role::Member).await);
    let ada = world.member("ada", Role::Admin).await;
    let ((here, id), (there, other)) = (room(&mara).await, other_room(&ada).await);
    let wish = json!({ "nonce": "first", "body": "sam.turner@fenmail.com", "reason": "not_private" });
    anyway(&mara, "POST", &format!("/rooms/{here}/messages"), &wish).await;
    assert!(!asks(&mara, &here, "again SAM.turner@fenmail.com").await);
    assert!(asks(&mara, &here, "another sam.turner2@fenmail.com").await);
    assert!(asks(&mara, &there, "elsewhere sam.turner@fenmail.com").await);
    assert!(asks(&bea, &here, "as well sam.turner@fenmail.com").await);
    let mut socket = mara.socket().await;
    let quiet = say(&mut socket, id, ("a", "here it is sam.turner@fenmail.com"), None).await;
    let asked = say(&mut socket, other, ("bb", "there it is sam.turner@fenmail.com"), None).await;
    assert_eq!((&quiet["t"], &asked["code"]), (&json!("ok"), &json!("pii_warning")));
    clock.advance_s(30 * DAY_S - 60);
    assert!(!asks(&mara, &here, "a month later sam.turner@fenmail.com").await);
    clock.advance_s(120);
    assert!(asks(&mara, &here, "a day later still sam.turner@fenmail.com").await);
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_edit_asks_only_about_what_is_new() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Contact", "hello").await;
    let post = json!({ "nonce": "p", "body": "ask sam.turner@fenmail.com" });
    let post = anyway(&mara, "POST", &format!("/topics/{topic}/posts"), &post).await["id"].clone();
    let path = format!("/entries/{post}");
    let quiet = json!({ "nonce": "e1", "revision": 1, "body": "please do ask sam.turner@fenmail.com, or not" });
    assert_eq!(mara.api("PATCH", &path, Some(quiet)).await.status, 200);
    let new = json!({ "nonce": "e2", "revision": 2, "body": "sam.turner@fenmail.com or kim.turner@fenmail.com" });
    let warned = mara.api("PATCH", &path, Some(new)).await;
    let findings = warned.json()["warning"]["findings"].clone();
    assert_eq!((warned.status, findings.as_array().unwrap().len()), (422, 1), "{findings}");
    assert_eq!(findings[0]["start"], 26, "only the new one");

    let (_, id) = room(&mara).await;
    let mut socket = mara.socket().await;
    let warned = say(&mut socket, id, ("m", "ask sam.turner@fenmail.com"), None).await;
    let sent = say(&mut socket, id, ("m", "ask sam.turner@fenmail.com"), Some(consent(&warned, "mine"))).await;
    let edit = |number: i64, rev: i64, body: &str| json!({ "t": "edit", "id": number, "entry": sent["entry"], "rev": rev, "nonce": format!("e{number}"), "body": body });
    socket.send(edit(20, 1, "do ask sam.turner@fenmail.com")).await;
    assert_eq!(socket.until(|frame| frame["id"] == 20).await["t"], "ok");
    socket.send(edit(21, 2, "sam.turner@fenmail.com or kim.turner@fenmail.com")).await;
    let warned = socket.until(|frame| frame["id"] == 21).await;
    assert_eq!((&warned["code"], warned["detail"]["findings"].as_array().unwrap().len()), (&json!("pii_warning"), 1));
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_split_over_messages_is_stopped_at_its_end() {
    let world = World::new().await;
    let (mara, bea) = (world.member("mara", Role::Member).await, world.member("bea", Role::Member).await);
    let (_, id) = room(&mara).await;
    let (mut one, mut two) = (mara.socket().await, bea.socket().await);
    assert_eq!(say(&mut one, id, ("a", "4539 1488"), None).await["t"], "ok");
    assert_eq!(say(&mut one, id, ("bb", "0343"), None).await["t"], "ok");
    assert_eq!(say(&mut two, id, ("c", "6467"), None).await["t"], "ok", "somebody else completes nothing");
    let warned = say(&mut one, id, ("ddd", "6467"), None).await;
    assert_eq!((&warned["code"], &warned["detail"]["findings"][0]["rule"]), (&json!("pii_warning"), &json!("card")));
    let (mut three, mut four) = (mara.socket().await, mara.socket().await);
    assert_eq!(say(&mut three, id, ("eeee", "my social security number is"), None).await["t"], "ok");
    let warned = say(&mut four, id, ("fffff", "512345678"), None).await;
    assert_eq!(warned["detail"]["findings"][0]["rule"], "ssn", "the author counts, not the connection: {warned}");
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_admin_sets_a_floor_that_no_place_goes_below_and_says_who_is_exempt() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Moderator).await);
    let ada = world.member("ada", Role::Admin).await;
    let (slug, id) = room(&mara).await;
    let text = "write to sam.turner@fenmail.com";
    let save = async |fields: &[(&str, &str)]| {
        let saved = ada.form("/admin/filter", fields).await;
        assert_eq!(saved.status, 303, "{}", saved.text);
    };
    save(&[
        ("policy_email", "hold"),
        ("exempt_email", "moderator"),
        ("policy_secret", "mask"),
        ("exempt_secret", "moderator"),
    ])
    .await;
    assert!(asks(&mara, &slug, text).await);
    assert!(!asks(&kit, &slug, text).await, "moderators are exempt");
    let key = "key-0f9e8d7c6b5a4938271605f4e3d2c1b0";
    assert!(asks(&kit, &slug, key).await, "never for secrets");
    let here = ada.get(&format!("/admin/rooms/{id}")).await;
    assert_eq!(here.status, 200);
    own_setting(&world, id).await;
    assert!(!asks(&mara, &slug, "off here: sam.turner@fenmail.com").await, "the room's own setting wins");
    save(&[("policy_email", "refuse"), ("floor_email", "1")]).await;
    let mut socket = mara.socket().await;
    let refused = say(&mut socket, id, ("a", "the floor: sam.turner@fenmail.com"), None).await;
    assert_eq!((&refused["code"], refused["detail"].get("consent")), (&json!("pii_warning"), None));
    assert!(refused["detail"]["can_mask"] == false && refused["detail"]["can_ask"] == false, "{refused}");
    assert!(asks(&kit, &slug, "nobody is exempt: sam.turner@fenmail.com").await);
    world.end().await;
}

/// Switches the e-mail rule off in a room.
async fn own_setting(world: &World, room: i64) {
    use tact::entity::{pii_policy::PolicyAction, place_role::PlaceKind};
    use tact::pii::{Level, Rule};
    let off = tact::publish::Setting {
        action: PolicyAction::Off,
        level: Level::Likely,
        audit: false,
        floor: false,
        exempt: None,
    };
    let db = &world.running.app.site.db;
    db.write((), move |tx, _| async move {
        tact::publish::set_setting(&*tx, (PlaceKind::Room, room), Rule::Email, off).await
    })
    .await
    .unwrap();
}
