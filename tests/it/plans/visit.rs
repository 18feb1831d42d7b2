//! Goes everywhere: every page and every answer of the API for everybody in the cast, what is written, and a socket.
//! What exists is read from the source (pages) and from the API document, so that nothing new is left out.

use std::path::Path;

use serde_json::{Value, json};

use crate::actors::{Actor, World};

/// Values for the parameters of addresses, by how the address begins.
const PARTS: [(&str, &[(&str, &str)]); 12] = [
    ("/b/{board}", &[("{board}", "general")]),
    ("/t/{id}", &[("{id}", "1"), ("{slug}", "topic"), ("{number}", "1500")]),
    ("/p/{id}", &[("{id}", "400")]),
    ("/chat/{room}", &[("{room}", "lobby"), ("{number}", "5000")]),
    ("/avatar/{id}", &[("{id}", "1")]),
    ("/u/{name}", &[("{name}", "mara")]),
    ("/review/{id}", &[("{id}", "40")]),
    ("/my/held/{id}", &[("{id}", "HELD")]),
    ("/admin/boards/{id}", &[("{id}", "1")]),
    ("/admin/rooms/{id}", &[("{id}", "1")]),
    ("/api/v1/", &[("{slug}", "lobby"), ("{name}", "mara")]),
    ("/api/v1/", &[("{id}", "40")]),
];

/// Pages of lists other than the first, and other orders.
const FURTHER: [&str; 26] = [
    "/?before=3999999000000-1000",
    "/unread?before=3999999000000-1000",
    "/unanswered?before=3999999000000-1000",
    "/b/general?before=3999999000000-1000",
    "/t/1/topic?view=time&page=20",
    "/t/1/topic?view=tree&page=20",
    "/t/1/topic/1500?view=time",
    "/chat/lobby?before=5000",
    "/chat/lobby?after=5000",
    "/chat/lobby?reply=50000",
    "/review?show=held",
    "/review?show=flags",
    "/review?show=done",
    "/review?after=1000-100",
    "/review?show=done&after=3000-1000",
    "/review/log?before=3000",
    "/my/held?before=3000",
    "/u/mara?before=3000",
    "/search?q=words",
    "/search?q=zephyrine&in=boards",
    "/api/v1/topics?board=general&before=3999999000000-1000",
    "/api/v1/topics/1/posts?page=20",
    "/api/v1/rooms/lobby/messages?before=5000",
    "/api/v1/rooms/lobby/messages?after=5000",
    "/api/v1/search?q=zephyrine",
    "/api/v1/members/mara?before=3000",
];

/// Goes everywhere as a guest and as everybody of the cast: a member, a board's moderator, a moderator, an admin.
pub async fn everything(world: &World, cast: &[Actor]) {
    let [mara, bea, kit, ada] = cast else { panic!("the cast is four") };
    write(mara, kit).await;
    let held = json!({ "nonce": "held", "body": "my card is 4539 1488 0343 6467", "choice": "ask" });
    let held = mara.api("POST", "/topics/1/posts", Some(held)).await.json()["review"].to_string();
    let guest = world.guest();
    for address in addresses(mara).await {
        let path = filled(&address).replace("HELD", &held);
        let mut best = 599;
        for actor in [&guest, mara, bea, kit, ada] {
            let answer = actor.get(&path).await;
            assert!(answer.status < 500, "{path}: {}", answer.text);
            best = best.min(answer.status);
        }
        let asks_more = ["/setup", "/live", "/api/v1/search"].contains(&address.as_str());
        assert!(best < 400 || asks_more, "nobody could open {path}: {best}");
    }
    for path in FURTHER {
        for actor in [&guest, mara, bea, kit, ada] {
            let status = actor.get(path).await.status;
            assert!(status < 400 || status == 404 || status == 401, "{path}: {status}");
        }
    }
    forms(mara, kit, ada, &held).await;
    socket(mara).await;
    world.settle().await;
}

/// Every address that can be read.
async fn addresses(actor: &Actor) -> Vec<String> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.ends_with("tests") || path.ends_with("tests.rs") {
                continue;
            }
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(path).unwrap();
                let routes = text.split(".route(\"").skip(1).filter(|rest| rest.contains(", get("));
                let get = |rest: &str| rest.split_once("\", get(").map(|(address, _)| address.to_owned());
                found.extend(routes.filter_map(get).filter(|address| !address.contains('"')));
            }
        }
    }
    found.retain(|address| !address.starts_with("/a/"));
    assert!(found.len() > 25, "{found:?}");
    let document = actor.api("GET", "/openapi.json", None).await.json();
    let paths = document["paths"].as_object().unwrap();
    found.extend(paths.iter().filter(|(_, verbs)| verbs.get("get").is_some()).map(|(path, _)| path.clone()));
    found
}

fn filled(address: &str) -> String {
    let mut path = address.to_owned();
    for (start, values) in PARTS {
        if address.starts_with(start) {
            path = values.iter().fold(path, |path, (name, value)| path.replace(name, value));
        }
    }
    assert!(!path.contains('{'), "tests/it/plans/visit.rs has to be told how {address} is visited");
    path
}

/// What is written through the API: every address of it that changes something.
async fn write(mara: &Actor, kit: &Actor) {
    let steps: [(&Actor, &str, &str, Value, u16); 21] = [
        (mara, "POST", "/pii/scan", json!({ "text": "to mara.okafor@fenmail.example" }), 200),
        (mara, "POST", "/topics", json!({ "nonce": "a", "board": 1, "title": "New", "body": "zephyrine, @kit" }), 201),
        (mara, "POST", "/topics/1/posts", json!({ "nonce": "b", "body": "zephyrine", "reply_to": 1 }), 201),
        (mara, "POST", "/topics/1/posts", json!({ "nonce": "b", "body": "zephyrine", "reply_to": 1 }), 201),
        (mara, "POST", "/topics/1/posts", json!({ "nonce": "c", "body": "to mara.okafor@fenmail.example" }), 422),
        (
            mara,
            "POST",
            "/topics/1/posts",
            json!({ "nonce": "c", "body": "to mara.okafor@fenmail.example", "choice": "mask" }),
            201,
        ),
        (mara, "POST", "/preview", json!({ "body": "to mara.okafor@fenmail.example" }), 200),
        (mara, "POST", "/rooms/lobby/messages", json!({ "nonce": "d", "body": "hello @kit" }), 201),
        (
            mara,
            "POST",
            "/rooms/lobby/messages",
            json!({ "nonce": "e", "body": "my card is 4539 1488 0343 6467", "choice": "ask" }),
            202,
        ),
        (mara, "PATCH", "/entries/1000", json!({ "nonce": "f", "body": "changed", "revision": 1 }), 200),
        (mara, "DELETE", "/entries/1000", Value::Null, 204),
        (mara, "PATCH", "/profile", json!({ "nonce": "g", "display": "Mara", "bio": "Here." }), 200),
        (mara, "PUT", "/rooms/lobby/read", json!({ "seq": 9000 }), 204),
        (mara, "DELETE", "/rooms/room-2/membership", Value::Null, 204),
        (mara, "PUT", "/rooms/room-2/membership", Value::Null, 204),
        (mara, "POST", "/entries/6600/flags", json!({ "reason": "spam" }), 204),
        (kit, "POST", "/rooms", json!({ "title": "Another", "topic": "words" }), 201),
        (kit, "PATCH", "/rooms/lobby", json!({ "topic": "new words", "nonce": "h" }), 200),
        (kit, "POST", "/review/41/decision", json!({ "version": 1, "decision": "dismiss" }), 200),
        (kit, "POST", "/review/81/decision", json!({ "version": 1, "decision": "remove", "reason": "spam" }), 200),
        (kit, "POST", "/review/6001/decision", json!({ "version": 1, "decision": "publish_masked" }), 200),
    ];
    let document = mara.api("GET", "/openapi.json", None).await.json();
    for (path, verbs) in document["paths"].as_object().unwrap() {
        for verb in verbs.as_object().unwrap().keys().filter(|verb| verb.as_str() != "get") {
            let like = |given: &str| {
                let (wanted, given) = (path.split('/').skip(3), given.split('/').skip(1));
                wanted.clone().count() == given.clone().count()
                    && wanted.zip(given).all(|(one, other)| one.starts_with('{') || one == other)
            };
            let known = steps.iter().any(|(_, method, path, ..)| method.eq_ignore_ascii_case(verb) && like(path));
            assert!(known, "tests/it/plans/visit.rs has to be told how {verb} {path} is used");
        }
    }
    let mut wrong = Vec::new();
    for (actor, method, path, body, status) in steps {
        let answer = actor.api(method, path, (!body.is_null()).then_some(body)).await;
        if answer.status / 100 != status / 100 {
            wrong.push(format!("{method} {path}: {}", answer.text));
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// A form: who sends it, where to, its fields.
type Form<'a> = (&'a Actor, &'a str, &'a [(&'a str, &'a str)]);

/// What only pages do.
async fn forms(mara: &Actor, kit: &Actor, ada: &Actor, held: &str) {
    let (reveal, withdraw) = (format!("/review/{held}/reveal"), format!("/my/held/{held}/withdraw"));
    let password = "a long enough sentence";
    let forms: [Form; 14] = [
        (ada, "/admin/filter", &[("policy_email", "hold"), ("level_email", "certain")]),
        (kit, "/t/2/change", &[("change", "pin")]),
        (mara, "/t/1/read", &[("number", "900")]),
        (mara, "/read", &[]),
        (kit, &reveal, &[("reason", "unsure")]),
        (mara, &withdraw, &[("version", "1")]),
        (mara, "/settings/reading", &[("theme", "dark"), ("view", "time")]),
        (mara, "/settings/tokens", &[("label", "one"), ("days", "30")]),
        (mara, "/settings/sessions/end-others", &[]),
        (mara, "/chat/room-2/leave", &[]),
        (mara, "/signin", &[("name", "mara"), ("password", password)]),
        (ada, "/admin/members/7/role", &[("role", "moderator")]),
        (ada, "/admin/sections", &[("title", "More")]),
        (mara, "/signup", &[("name", "dora"), ("password", password)]),
    ];
    let mut wrong = Vec::new();
    for (actor, path, fields) in forms {
        let answer = actor.form(path, fields).await;
        if answer.status >= 400 {
            wrong.push(format!("{path}: {}", answer.status));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
}

async fn socket(mara: &Actor) {
    let mut socket = mara.socket().await;
    let requests = [
        json!({ "t": "sub", "id": 10, "stream": "r1", "after": 9500 }),
        json!({ "t": "sub", "id": 11, "stream": "t1", "after": 1500 }),
        json!({ "t": "history", "id": 12, "room": 1, "before": 5000 }),
        json!({ "t": "history", "id": 13, "room": 1, "after": 5000 }),
        json!({ "t": "send", "id": 14, "room": 1, "nonce": "s1", "body": "hello" }),
        json!({ "t": "read", "stream": "r1", "seq": 10001 }),
        json!({ "t": "read", "stream": "t1", "number": 1999 }),
    ];
    for request in requests {
        let id = request["id"].clone();
        socket.send(request).await;
        if !id.is_null() {
            socket.until(|frame| frame["id"] == id && frame["t"] == "ok").await;
        }
    }
}
