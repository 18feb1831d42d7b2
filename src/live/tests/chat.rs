//! What people do in a room.

use super::*;

fn lobby(server: &Server) -> Value {
    json!([{"stream": format!("r{}", server.room)}])
}

#[tokio::test]
async fn two_sockets_see_each_other_and_a_resend_changes_nothing() {
    let server = server().await;
    let (mara, bea) = (server.member("mara").await, server.member("bea").await);
    let mut one = server.client(&mara, lobby(&server)).await;
    let mut two = server.client(&bea, lobby(&server)).await;
    one.until("synced").await;
    two.until("synced").await;
    let send = json!({"t": "send", "id": 1, "room": server.room, "nonce": "n1", "body": "Good **morning**"});
    let ok = one.ask(send.clone()).await;
    assert_eq!((ok["t"].as_str(), ok["dup"].as_bool()), (Some("ok"), Some(false)));
    let message = loop {
        let ev = two.until("ev").await;
        if ev["kind"] == "message" {
            break ev;
        }
        assert_eq!((ev["kind"].as_str(), ev["data"]["member"]["name"].as_str()), (Some("join"), Some("mara")));
    };
    assert_eq!(
        (&message["seq"], &message["nonce"], &message["data"]["author"]["name"]),
        (&ok["seq"], &json!("n1"), &json!("mara"))
    );
    assert_eq!(
        (&message["data"]["source"], &message["data"]["state"]),
        (&json!("Good **morning**"), &json!("published"))
    );
    assert!(message["data"]["html"].as_str().unwrap().contains("<strong>morning</strong>"));
    let again = one.ask(send).await;
    assert_eq!((&again["seq"], again["dup"].as_bool()), (&ok["seq"], Some(true)));
    let other = one.ask(json!({"t": "send", "id": 2, "room": server.room, "nonce": "n1", "body": "Another"})).await;
    assert_eq!(other["code"], "nonce_conflict");

    let edit = json!({"t": "edit", "id": 3, "entry": ok["entry"], "rev": 1, "nonce": "n2", "body": "Good evening"});
    assert_eq!(one.ask(edit.clone()).await["revision"], 2);
    let ev = two.until("ev").await;
    assert_eq!(
        (&ev["kind"], &ev["data"]["source"], &ev["by"]),
        (&json!("edit"), &json!("Good evening"), &message["by"])
    );
    let stale = json!({"t": "edit", "id": 4, "entry": ok["entry"], "rev": 1, "nonce": "n3", "body": "Good night"});
    assert_eq!(one.ask(stale).await["code"], "stale_revision");
    assert_eq!(two.ask(json!({"t": "remove", "id": 5, "entry": ok["entry"]})).await["code"], "forbidden");
    assert_eq!(one.ask(json!({"t": "remove", "id": 6, "entry": ok["entry"]})).await["t"], "ok");
    let ev = two.until("ev").await;
    assert_eq!(
        (&ev["kind"], &ev["data"]["state"], &ev["data"]["html"]),
        (&json!("removal"), &json!("removed_by_author"), &json!(""))
    );
    assert_eq!(one.ask(json!({"t": "remove", "id": 7, "entry": ok["entry"]})).await["code"], "removed");
}

#[tokio::test]
async fn an_answer_quotes_what_it_answers_as_it_is_now() {
    let server = server().await;
    let first = server.send(&server.noor, "a", "What is for lunch?").await;
    let mut client = server.client(&server.noor, lobby(&server)).await;
    let answer =
        json!({"t": "send", "id": 1, "room": server.room, "nonce": "b", "body": "Soup", "reply_to": first.entry});
    assert_eq!(client.ask(answer).await["t"], "ok");
    let page = client.ask(json!({"t": "history", "id": 2, "room": server.room, "limit": 1})).await;
    let quoted = &page["events"][0]["data"]["reply_to"];
    assert_eq!((&quoted["excerpt"], &quoted["author"]["name"]), (&json!("What is for lunch?"), &json!("noor")));
    assert_eq!(page["more"], true);
    server.remove(&server.noor, first.entry.unwrap()).await;
    let page = client.ask(json!({"t": "history", "id": 3, "room": server.room})).await;
    assert_eq!(
        (page["events"].as_array().unwrap().len(), &page["events"][1]["data"]["reply_to"]["excerpt"]),
        (2, &json!(""))
    );
    assert!(!page.to_string().contains("lunch"));
    assert_eq!(page["more"], false);
}

#[tokio::test]
async fn other_devices_hear_how_far_one_has_read() {
    let server = server().await;
    let sent = server.send(&server.noor, "a", "hello").await;
    let token = server.token(&server.noor).await;
    let mut phone = server.client_with(&token, json!([])).await;
    phone.until("welcome").await;
    let mut desk = server.client_with(&token, json!([])).await;
    desk.say(json!({"t": "read", "stream": format!("r{}", server.room), "seq": sent.seq + 50})).await;
    assert_eq!(phone.until("read").await["seq"], sent.seq, "never past the head");
}

#[tokio::test]
async fn typing_and_presence_reach_the_room() {
    let server = server().await;
    let bea = server.member("bea").await;
    let mut one = server.client(&server.noor, lobby(&server)).await;
    one.until("synced").await;
    let mut two = server.client(&bea, lobby(&server)).await;
    two.until("synced").await;
    two.say(json!({"t": "typing", "room": server.room, "on": true})).await;
    let typing = one.until("typing").await;
    assert_eq!((&typing["count"], &typing["members"][0]["name"]), (&json!(1), &json!("bea")));
    let presence = one.until("presence").await;
    assert_eq!(
        (&presence["count"], &presence["members"][0]["name"], &presence["members"][1]["name"]),
        (&json!(2), &json!("bea"), &json!("noor"))
    );
}

#[tokio::test]
async fn a_room_one_may_not_see_does_not_exist() {
    let server = server().await;
    let mara = server.member("mara").await;
    let (closed, _) = rooms::create(
        &server.site,
        &server.noor,
        NewRoom { title: "staff".into(), topic: String::new(), closed: true },
    )
    .await
    .unwrap();
    let mut client = server.client(&mara, json!([{"stream": format!("r{closed}"), "after": 0}])).await;
    let reset = client.until("reset").await;
    assert_eq!((&reset["reason"], &reset["head"]), (&json!("access"), &json!(0)));
    for ask in [
        json!({"t": "sub", "id": 1, "stream": format!("r{closed}")}),
        json!({"t": "sub", "id": 2, "stream": "r99"}),
        json!({"t": "history", "id": 3, "room": closed}),
        json!({"t": "send", "id": 4, "room": closed, "nonce": "n", "body": "hi"}),
    ] {
        assert_eq!(client.ask(ask).await["code"], "not_found");
    }
}
