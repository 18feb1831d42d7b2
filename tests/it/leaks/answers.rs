//! Warnings, refusals and errors of the API, the pages and the socket say where and what kind, never the value. A form
//! that comes back with its author's own text is the exception, and only its body.

use serde_json::json;
use tact::access::Role;

use super::{TEXT, head_quiet, lenient, quiet, room, sung, tables};
use crate::actors::{Actor, World};

#[tokio::test(flavor = "multi_thread")]
async fn a_warning_says_where_and_what_kind_and_stores_nothing() {
    let world = World::new().await;
    let (mara, ada) = (world.member("mara", Role::Member).await, world.member("ada", Role::Admin).await);
    let topic = mara.start_topic("Canary", "hello").await;
    let entry = mara.api("GET", &format!("/topics/{topic}/posts"), None).await.json()["posts"][0]["id"].clone();
    let (slug, id) = room(&mara).await;
    for strict in [true, false] {
        if !strict {
            lenient(&world).await;
        }
        for (method, path, wish) in [
            ("POST", "/topics".to_owned(), json!({ "nonce": "a", "board": 1, "title": "About", "body": TEXT })),
            ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": "b", "body": TEXT })),
            ("PATCH", format!("/entries/{entry}"), json!({ "nonce": "c", "revision": 1, "body": TEXT })),
            ("POST", format!("/rooms/{slug}/messages"), json!({ "nonce": "d", "body": TEXT })),
            ("PATCH", "/profile".to_owned(), json!({ "nonce": "e", "display": "Mara", "bio": &TEXT[..45] })),
        ] {
            let warned = mara.api(method, &path, Some(wish)).await;
            assert_eq!((warned.status, warned.json()["code"].as_str()), (422, Some("pii_warning")), "{path}");
            quiet(&warned, &path);
        }
        let line = json!({ "nonce": "f", "topic": &TEXT[..45] });
        let warned = ada.api("PATCH", &format!("/rooms/{slug}"), Some(line)).await;
        assert_eq!(warned.status, 422, "{}", warned.text);
        quiet(&warned, "a room's topic line");
        let mut socket = mara.socket().await;
        socket.send(json!({ "t": "send", "id": 1, "room": id, "nonce": "g", "body": TEXT })).await;
        let warned = socket.until(|frame| frame["id"] == 1).await;
        assert_eq!((&warned["code"], sung(&warned.to_string())), (&json!("pii_warning"), vec![]), "{warned}");
        let form = mara.form(&format!("/t/{topic}/reply"), &[("nonce", "h"), ("body", TEXT)]).await;
        assert_eq!(form.status, 422);
        head_quiet(&form, "the form that comes back");
    }
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    world.end().await;
}

/// Requests that are wrong, with a value where it is wrong.
async fn wrong(mara: &Actor, topic: i64) -> Vec<(String, crate::actors::Answer)> {
    let value = "qzmara.okafor@fenmail.com 4539148803436467";
    let mut answers = Vec::new();
    for (method, path, wish) in [
        ("POST", "/topics".to_owned(), json!({ "nonce": "a", "board": value, "title": value, "body": TEXT })),
        ("POST", "/topics".to_owned(), json!({ "nonce": "a", "board": 1, "title": TEXT.repeat(9), "body": "b" })),
        ("POST", "/topics".to_owned(), json!({ "nonce": "a", "board": 1, "title": "t", value: value })),
        ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": value, "body": "b" })),
        ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": "a", "body": format!("{TEXT}\u{0}") })),
        ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": "a", "body": TEXT.repeat(900) })),
        ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": "a", "body": TEXT, "choice": value })),
        ("POST", format!("/topics/{topic}/posts"), json!({ "nonce": "a", "body": TEXT, "reason": value })),
        (
            "POST",
            format!("/topics/{topic}/posts"),
            json!({ "nonce": "a", "body": TEXT, "choice": "anyway", "consent": value, "ack": true }),
        ),
        ("POST", "/topics/999999/posts".to_owned(), json!({ "nonce": "a", "body": TEXT })),
        ("PATCH", "/entries/999999".to_owned(), json!({ "nonce": "a", "revision": 1, "body": TEXT })),
        ("POST", "/pii/scan".to_owned(), json!({ "text": TEXT, "level": value })),
        ("POST", "/preview".to_owned(), json!({ "body": TEXT.repeat(900) })),
    ] {
        answers.push((format!("{method} {path} {wish:.60}"), mara.api(method, &path, Some(wish)).await));
    }
    let coded = "qzmara.okafor%40fenmail.com%204539148803436467";
    for path in [
        format!("/topics/{coded}"),
        format!("/topics?board={coded}"),
        format!("/topics/{topic}/posts?after={coded}"),
        format!("/rooms/{coded}/messages"),
        format!("/review?after={coded}"),
        format!("/{coded}"),
    ] {
        answers.push((format!("GET {path}"), mara.api("GET", &path, None).await));
    }
    for path in [format!("/u/{coded}"), format!("/b/{coded}"), format!("/t/{coded}"), format!("/{coded}")] {
        answers.push((format!("page {path}"), mara.get(&path).await));
    }
    answers
}

#[tokio::test(flavor = "multi_thread")]
async fn refusals_and_error_pages_do_not_repeat_what_was_sent() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let topic = mara.start_topic("Canary", "hello").await;
    for (what, answer) in wrong(&mara, topic).await {
        assert!(answer.status >= 400, "{what}: {} {}", answer.status, answer.text);
        quiet(&answer, &what);
    }
    let once = json!({ "nonce": "same", "body": "one" });
    assert_eq!(mara.api("POST", &format!("/topics/{topic}/posts"), Some(once)).await.status, 201);
    let twice = json!({ "nonce": "same", "body": TEXT });
    let conflict = mara.api("POST", &format!("/topics/{topic}/posts"), Some(twice)).await;
    assert_eq!(conflict.status, 409);
    quiet(&conflict, "a nonce used twice");
    let mut socket = mara.socket().await;
    for (number, frame) in [
        json!({ "t": TEXT, "id": 1 }),
        json!({ "t": "send", "id": 2, "room": TEXT, "nonce": "s", "body": TEXT }),
        json!({ "t": "send", "id": 3, "room": 1, "nonce": TEXT, "body": TEXT }),
        json!({ "t": "send", "id": 4, "room": 99_999, "nonce": "s", "body": TEXT }),
        json!({ "t": "sub", "id": 5, "stream": TEXT }),
    ]
    .into_iter()
    .enumerate()
    {
        socket.send(frame).await;
        let refused = socket.until(|frame| frame["t"] == "err").await;
        assert_eq!(sung(&refused.to_string()), [""; 0], "frame {}: {refused}", number + 1);
    }
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    world.end().await;
}
