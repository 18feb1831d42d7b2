//! Text that was public and is taken back: it goes from lists, quotes, history, the index and the log that sockets replay,
//! and its values from every row of the database.

use serde_json::{Value, json};
use tact::access::Role;

use super::{TEXT, anyway, index, lenient, quiet, room, sung, tables};
use crate::actors::{Actor, Socket, World};

const TITLE: &str = "Card 4539 1488 0343 6467 of qzmara.okafor@fenmail.com";

/// Who reports, and who decides.
struct Cast {
    mara: Actor,
    bea: Actor,
    kit: Actor,
}

async fn cast(world: &World) -> Cast {
    lenient(world).await;
    Cast {
        mara: world.member("mara", Role::Member).await,
        bea: world.member("bea", Role::Member).await,
        kit: world.member("kit", Role::Moderator).await,
    }
}

impl Cast {
    /// Has an entry reported and decided about.
    async fn redact(&self, entry: &Value, decision: &str) {
        let flag = json!({ "reason": "private", "note": "" });
        assert_eq!(self.bea.api("POST", &format!("/entries/{entry}/flags"), Some(flag)).await.status, 204);
        let queue = self.kit.api("GET", "/review", None).await;
        quiet(&queue, "the queue with the reported text");
        let item = queue.json()["items"][0]["id"].clone();
        quiet(&self.kit.api("GET", &format!("/review/{item}"), None).await, "the reported text");
        quiet(&self.kit.get(&format!("/review/{item}")).await, "the page of the reported text");
        let wish = json!({ "version": 1, "decision": decision, "reason": "private", "note": "" });
        let done = self.kit.api("POST", &format!("/review/{item}/decision"), Some(wish)).await;
        assert_eq!(done.status, 200, "{}", done.text);
    }
}

/// Everything that the world's readers can open.
async fn read_all(world: &World, cast: &Cast, further: &[String]) {
    let (slug, _) = room(&cast.mara).await;
    let pages =
        ["/", "/unread", "/unanswered", "/b/general", "/my/held", "/my/reports", "/review", "/review?show=done"];
    let pages = pages.map(str::to_owned);
    let more = ["/review/log".to_owned(), "/search?q=card".to_owned(), "/u/mara".to_owned(), format!("/chat/{slug}")];
    let guest = world.guest();
    for actor in [&cast.mara, &cast.bea, &cast.kit, &guest] {
        for path in pages.iter().chain(&more).chain(further) {
            let answer = actor.get(path).await;
            assert!(answer.status < 500, "{path}: {}", answer.text);
            quiet(&answer, path);
        }
        for path in ["/topics", "/boards", "/search?q=card", &format!("/rooms/{slug}/messages"), "/review"] {
            quiet(&actor.api("GET", path, None).await, path);
        }
    }
    world.settle().await;
    assert_eq!(tables::singing(&world.running.app.site.db).await, [""; 0]);
    assert_eq!(index::singing(world.folder()), [""; 0]);
}

/// A topic with the values in its title, its first post, a reply and that reply's earlier version.
async fn topic(cast: &Cast) -> (i64, Value, Value) {
    let new = json!({ "nonce": "t", "board": 1, "title": TITLE, "body": TEXT });
    let made = anyway(&cast.mara, "POST", "/topics", &new).await;
    let topic = made["topic"].as_i64().unwrap();
    let path = format!("/topics/{topic}/posts");
    let reply = anyway(&cast.mara, "POST", &path, &json!({ "nonce": "r", "body": TEXT })).await["id"].clone();
    let other = format!("{TEXT} and more");
    let change = json!({ "nonce": "e", "revision": 1, "body": other });
    // The values were acknowledged, so only what is new about an edit is asked about: nothing.
    let edited = cast.mara.api("PATCH", &format!("/entries/{reply}"), Some(change)).await;
    assert_eq!(edited.status, 200, "{}", edited.text);
    (topic, made["id"].clone(), reply)
}

async fn a_topic_is_taken_back(decision: &str) {
    let world = World::new().await;
    let cast = cast(&world).await;
    let (topic, first, reply) = topic(&cast).await;
    world.settle().await;
    let data = world.folder().to_owned();
    assert!(!index::singing(&data).is_empty() && !tables::singing(&world.running.app.site.db).await.is_empty());
    assert!(!sung(&cast.bea.get("/").await.text).is_empty(), "the lists show it before");
    assert!(!sung(&cast.bea.get(&format!("/p/{reply}/edits")).await.text).is_empty(), "and so does the history");
    cast.redact(&reply, decision).await;
    cast.redact(&first, decision).await;
    let further =
        [format!("/p/{reply}/edits"), format!("/p/{first}/edits"), format!("/p/{first}"), format!("/t/{topic}")];
    read_all(&world, &cast, &further).await;
    for path in [format!("/topics/{topic}"), format!("/topics/{topic}/posts"), format!("/entries/{reply}")] {
        quiet(&cast.bea.api("GET", &path, None).await, &path);
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_masked_topic_keeps_no_value_in_title_text_history_or_index() {
    a_topic_is_taken_back("publish_masked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_topic_keeps_nothing_in_the_clear() {
    a_topic_is_taken_back("remove").await;
}

/// Frames until the stream stands still.
async fn heard(socket: &mut Socket, stream: &str, after: i64) -> Vec<Value> {
    socket.send(json!({ "t": "sub", "id": 9, "stream": stream, "after": after })).await;
    let mut all = Vec::new();
    loop {
        let frame = socket.until(|_| true).await;
        if frame["t"] == "synced" {
            return all;
        }
        all.push(frame);
    }
}

/// The next event of one of these kinds.
async fn next(socket: &mut Socket, kinds: [&str; 2]) -> Value {
    socket.until(|frame| frame["t"] == "ev" && kinds.iter().any(|kind| frame["kind"] == *kind)).await
}

async fn a_message_is_taken_back(decision: &str) {
    let world = World::new().await;
    let cast = cast(&world).await;
    let (slug, id) = room(&cast.mara).await;
    let stream = format!("r{id}");
    let mut live = cast.bea.socket().await;
    live.send(json!({ "t": "sub", "id": 1, "stream": stream })).await;
    live.until(|frame| frame["id"] == 1).await;
    let path = format!("/rooms/{slug}/messages");
    let wish = json!({ "nonce": "m", "body": TEXT });
    let warned = cast.mara.api("POST", &path, Some(wish.clone())).await;
    assert_eq!(warned.status, 422);
    let sent = anyway(&cast.mara, "POST", &path, &wish).await;
    let first = next(&mut live, ["message"; 2]).await;
    assert_eq!((&first["data"]["id"], sung(&first.to_string()).len()), (&sent["id"], 6), "the warned one was not told");
    let seq = first["seq"].as_i64().unwrap();
    let reply = json!({ "nonce": "q", "body": "is that yours?", "reply_to": sent["id"] });
    assert_eq!(cast.bea.api("POST", &path, Some(reply)).await.status, 201);
    let quote = next(&mut live, ["message"; 2]).await;
    assert!(!sung(&quote["data"]["reply_to"].to_string()).is_empty(), "a reply quotes it before: {quote}");
    cast.redact(&sent["id"], decision).await;
    let told = next(&mut live, ["mask", "removal"]).await;
    assert_eq!(sung(&told.to_string()), [""; 0], "what tells of it shows nothing");
    live.send(json!({ "t": "history", "id": 5, "room": id })).await;
    let history = live.until(|frame| frame["id"] == 5).await;
    assert_eq!(sung(&history.to_string()), [""; 0], "{history}");
    for after in [0, seq - 1, seq, seq + 1] {
        let mut late = cast.mara.socket().await;
        let frames = heard(&mut late, &stream, after).await;
        assert!(!frames.is_empty());
        assert_eq!(sung(&Value::Array(frames).to_string()), [""; 0], "replayed from {after}");
    }
    read_all(&world, &cast, &[format!("/chat/{slug}/m/{}", sent["number"])]).await;
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_masked_message_is_neither_replayed_nor_quoted() {
    a_message_is_taken_back("publish_masked").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_message_is_neither_replayed_nor_quoted() {
    a_message_is_taken_back("remove").await;
}
