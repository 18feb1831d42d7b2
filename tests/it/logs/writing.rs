//! Everything that publishes text, by form, API and socket, and what moderators write about it.

use serde_json::{Value, json};

use super::Stage;

const CARD: &str = "4539 1488 0343 6467";

/// Sections and boards.
pub async fn boards(stage: &Stage) {
    let (canaries, admin) = (&stage.canaries, &stage.admin);
    assert_eq!(admin.form("/admin/sections", &[("title", &canaries.word("section"))]).await.status, 303);
    let (title, about) = (canaries.word("board"), canaries.word("boardabout"));
    let board = [("title", title.as_str()), ("slug", ""), ("description", &about), ("section", "1"), ("colour", "1")];
    let board = [&board[..], &[("readers", "public"), ("writers", "members"), ("position", "2")]].concat();
    let made = admin.form("/admin/boards", &board).await;
    assert_eq!(made.status, 303, "{}", made.text);
}

/// A topic, and replies of every kind.
pub async fn posts(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let (title, body) = (canaries.word("title"), canaries.word("topicbody"));
    let new = [("nonce", canaries.word("nonce")), ("board", "1".into()), ("title", title), ("body", body)];
    let new: Vec<_> = new.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = mara.form("/new", &new).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let reply = |nonce: &str, body: String, choice: &str| {
        let all = [("nonce", nonce), ("body", body.as_str()), ("choice", choice)];
        all.map(|(name, value)| (name, value.to_owned()))
    };
    for (nonce, body, choice, status) in [
        ("one", canaries.word("post"), "", 303),
        ("two", canaries.secret("previewed"), "preview", 200),
        ("three", format!("{} {CARD}", canaries.secret("warned")), "", 422),
        ("three", format!("{} {CARD}", canaries.secret("warned")), "edit", 200),
        ("three", format!("{} {CARD}", canaries.secret("held")), "ask", 303),
        ("four", format!("{} {CARD}", canaries.word("masked")), "mask", 303),
        ("four", canaries.secret("nonceagain"), "", 409),
        ("five", format!("{}{}", canaries.secret("toolong"), "x".repeat(70_000)), "", 422),
        (&format!("{} 6", canaries.secret("badnonce")), canaries.secret("badnoncebody"), "", 422),
        ("seven", format!("{}\u{0}\u{202e}", canaries.secret("controls")), "", 422),
        (
            "eight",
            format!("<b onclick=x>{}</b> http://{}.example/", canaries.word("html"), canaries.word("link")),
            "",
            303,
        ),
    ] {
        let fields = reply(nonce, body, choice);
        let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        let answer = mara.form("/t/1/reply", &fields).await;
        assert_eq!(answer.status, status, "{nonce}");
    }
}

/// The API's way, edits, previews, and a post that is removed.
pub async fn edits(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let again = format!("{} {CARD}", canaries.secret("apiheld"));
    let held = json!({ "nonce": "api", "body": again, "choice": "ask" });
    assert_eq!(mara.api("POST", "/topics/1/posts", Some(held)).await.status, 202);
    let edit =
        json!({ "nonce": "edit", "revision": 1, "title": canaries.word("newtitle"), "body": canaries.word("edited") });
    assert_eq!(mara.api("PATCH", "/entries/1", Some(edit)).await.status, 200);
    let late = json!({ "nonce": "stale", "revision": 1, "body": canaries.secret("staleedit") });
    assert_eq!(mara.api("PATCH", "/entries/1", Some(late)).await.status, 409);
    let shown =
        mara.form("/p/1/edit", &[("nonce", "e"), ("revision", "1"), ("body", &canaries.secret("staleform"))]).await;
    assert_eq!(shown.status, 409);
    assert_eq!(mara.get("/p/1/edits").await.status, 200);
    let preview = json!({ "body": format!("{} {CARD}", canaries.secret("apipreview")) });
    assert_eq!(mara.api("POST", "/preview", Some(preview)).await.status, 200);
    let doomed = json!({ "nonce": "doomed", "body": canaries.word("removed") });
    let doomed = mara.api("POST", "/topics/1/posts", Some(doomed)).await.json()["id"].clone();
    assert_eq!(mara.api("DELETE", &format!("/entries/{doomed}"), None).await.status, 204);
}

/// Rooms and messages, by form, API and socket.
pub async fn rooms(stage: &Stage) {
    let (canaries, mara, admin) = (&stage.canaries, &stage.mara, &stage.admin);
    let room = [("title", canaries.word("room")), ("topic", canaries.word("roomtopic")), ("access", "open".to_owned())];
    let room: Vec<_> = room.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let made = admin.form("/chat/new", &room).await;
    assert_eq!(made.status, 303, "{}", made.text);
    let path = made.location();
    let slug = path.rsplit('/').next().unwrap().to_owned();
    let change = json!({ "topic": canaries.word("changedtopic"), "nonce": "topic" });
    assert!(admin.api("PATCH", &format!("/rooms/{slug}"), Some(change)).await.status < 300);
    let fields = [("nonce", "m".to_owned()), ("body", canaries.word("formmessage"))];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(mara.form(&path, &fields).await.status, 303);
    let message = json!({ "nonce": "apim", "body": canaries.word("apimessage") });
    assert_eq!(mara.api("POST", &format!("/rooms/{slug}/messages"), Some(message)).await.status, 201);
    let id = mara.api("GET", &format!("/rooms/{slug}"), None).await.json()["id"].as_i64().unwrap();
    socket(stage, id).await;
    let page = mara.api("GET", &format!("/rooms/{slug}/messages"), None).await;
    assert!(page.text.contains(&canaries.word("messageedit")));
}

async fn socket(stage: &Stage, id: i64) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let mut socket = mara.socket().await;
    let mut ask = async |frame: Value| {
        let number = frame["id"].clone();
        socket.send(frame).await;
        socket.until(|answer| answer["id"] == number && answer["t"] != "ev").await
    };
    assert_eq!(ask(json!({ "t": "sub", "id": 1, "stream": format!("r{id}"), "after": 0 })).await["t"], "ok");
    let sent = ask(
        json!({ "t": "send", "id": 2, "room": id, "nonce": canaries.word("socketnonce"), "body": canaries.word("message") }),
    );
    let sent = sent.await;
    assert_eq!(sent["t"], "ok", "{sent}");
    let edit = json!({ "t": "edit", "id": 3, "entry": sent["entry"], "rev": 1, "nonce": "e", "body": canaries.word("messageedit") });
    assert_eq!(ask(edit).await["t"], "ok");
    let body = format!("{} {CARD}", canaries.secret("socketwarned"));
    assert_eq!(
        ask(json!({ "t": "send", "id": 4, "room": id, "nonce": "w", "body": body })).await["code"],
        "pii_warning"
    );
    let body = format!("{} {CARD}", canaries.secret("socketheld"));
    let held = ask(json!({ "t": "send", "id": 5, "room": id, "nonce": "v", "body": body, "choice": "ask" })).await;
    assert_eq!(held["held"], true, "{held}");
}

/// Profiles, and what is searched for.
pub async fn profiles_and_search(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let profile = json!({ "display": canaries.word("newdisplay"), "bio": canaries.word("bio"), "nonce": "p" });
    assert_eq!(mara.api("PATCH", "/profile", Some(profile)).await.status, 200);
    let bio = format!("{} {CARD}", canaries.secret("heldbio"));
    let fields =
        [("display", canaries.word("newdisplay")), ("bio", bio), ("nonce", "q".into()), ("choice", "ask".into())];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(mara.form("/settings/profile", &fields).await.status, 303);
    let guest = stage.home.actor(None);
    let query = canaries.secret("query");
    for path in [
        format!("/search?q={query}"),
        format!("/search?q=%22{query}&place={query}"),
        format!("/search?q={query}&page={query}"),
    ] {
        for who in [mara, &guest] {
            who.get(&path).await;
            who.api("GET", &path, None).await;
        }
    }
    guest.get(&format!("/search?q={}", format!("({query}").repeat(100))).await;
    assert_eq!(mara.get(&format!("/u/{}", canaries.secret("profilename"))).await.status, 404);
    assert_eq!(stage.admin.get(&format!("/admin/members?name={query}")).await.status, 200);
}

/// Reports, decisions, reasons, revealed values, and a returned text sent again.
pub async fn moderation(stage: &Stage) {
    let (canaries, mara, admin) = (&stage.canaries, &stage.mara, &stage.admin);
    let flag = [("reason", "other".to_owned()), ("note", canaries.word("flagnote"))];
    let flag: Vec<_> = flag.iter().map(|(name, value)| (*name, value.as_str())).collect();
    let flagged = admin.form("/p/2/flag", &flag).await;
    assert_eq!(flagged.status, 303, "{}", flagged.text);
    let long = json!({ "reason": "other", "note": canaries.secret("longnote").repeat(200) });
    assert_eq!(admin.api("POST", "/entries/3/flags", Some(long)).await.status, 422);
    let queue = admin.api("GET", "/review", None).await.json();
    let items: Vec<(i64, i64, String)> = queue["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|item| {
            (
                item["id"].as_i64().unwrap(),
                item["version"].as_i64().unwrap(),
                item["kind"].as_str().unwrap_or_default().to_owned(),
            )
        })
        .collect();
    assert!(items.len() >= 5, "{queue}");
    for (at, (id, version, _)) in items.iter().enumerate() {
        let path = format!("/review/{id}");
        assert_eq!(admin.get(&path).await.status, 200);
        admin.form(&format!("{path}/reveal"), &[("reason", "decide")]).await;
        let note = if at == 0 { "returned" } else { "return" };
        let wish = json!({ "version": version, "decision": "return", "reason": "private", "note": canaries.word(&format!("modnote{note}")) });
        let done = admin.api("POST", &format!("/review/{id}/decision"), Some(wish.clone())).await;
        if done.status >= 300 {
            let wish = json!({ "version": version, "decision": "dismiss", "note": canaries.word("dismissnote") });
            let done = admin.api("POST", &format!("/review/{id}/decision"), Some(wish)).await;
            assert!(done.status < 300, "{}", done.text);
        } else {
            assert!(admin.api("POST", &format!("/review/{id}/decision"), Some(wish)).await.status >= 400);
        }
    }
    assert_eq!(mara.get("/my/held").await.status, 200);
    assert_eq!(admin.get("/review/log").await.status, 200);
}
