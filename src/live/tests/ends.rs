//! How sockets end, and what they lose before.

use super::*;
use crate::live::socket::{self, Opening, Peer};

#[tokio::test]
async fn signing_out_closes_the_session_s_sockets_and_no_other() {
    let server = server().await;
    server.member("mara").await;
    let (cookie, other) = (server.cookie("mara").await, server.cookie("mara").await);
    let origin = server.site.config.origin();
    let mut sockets = Vec::new();
    for cookie in [&cookie, &other] {
        let ticket = server.ticket(cookie).await;
        let mut client = server.knock(&[("origin", &origin), ("cookie", cookie)]).await.unwrap();
        client.say(json!({"t": "hello", "v": 1, "ticket": ticket})).await;
        let welcome = client.until("welcome").await;
        sockets.push((client, welcome["session"].as_i64().unwrap()));
    }
    let (mut first, session) = sockets.remove(0);
    let hash = crate::keys::sha256(cookie.trim_start_matches("tact=").as_bytes());
    let member = crate::access::store::by_session(&server.site.db, &server.site.clock, &hash).await.unwrap().unwrap();
    accounts::end_session(&server.site, &Viewer::Member(member), crate::ids::SessionId(session)).await.unwrap();
    let (bye, code) = first.farewell().await;
    assert_eq!((bye["code"].as_str().unwrap(), code), ("session_ended", 4009));
    assert_eq!(sockets[0].0.ask(json!({"t": "unsub", "id": 1, "stream": "r1"})).await["t"], "ok");
}

#[tokio::test]
async fn a_revoked_token_closes_its_socket() {
    let server = server().await;
    let mara = server.member("mara").await;
    let new = accounts::token_add(&server.site, &mara, "bot", 1).await.unwrap();
    let mut client = server.client_with(&new.secret, json!([])).await;
    client.until("welcome").await;
    accounts::token_revoke(&server.site, &mara, new.id).await.unwrap();
    assert_eq!(client.farewell().await.1, 4009);
}

#[tokio::test]
async fn a_lost_room_is_lost_at_once() {
    let server = server().await;
    let mara = server.member("mara").await;
    let (closed, _) = rooms::create(
        &server.site,
        &server.noor,
        NewRoom { title: "inner".into(), topic: String::new(), closed: true },
    )
    .await
    .unwrap();
    // A closed room takes members in who are let in; here its door is opened for a moment by hand.
    let id = mara.id().unwrap();
    server
        .site
        .db
        .write((), move |tx, _| async move {
            rooms::store::add_member(&*tx, closed, id, (0, crate::clock::Moment(0))).await
        })
        .await
        .unwrap();
    let stream = format!("r{closed}");
    let mut client = server.client(&mara, json!([{"stream": stream}])).await;
    client.until("synced").await;
    rooms::leave(&server.site, &mara, closed).await.unwrap();
    let access = client.until("access").await;
    assert_eq!((&access["stream"], &access["state"]), (&json!(stream), &json!("left")));
    let message = rooms::Message { room: closed, reply_to: None, body: "among us".into() };
    rooms::send(&server.site, &server.noor, message, Envelope { nonce: "x".into(), ..Envelope::default() })
        .await
        .unwrap();
    server.settle().await;
    client.say(json!({"t": "sub", "id": 1, "stream": stream})).await;
    let next = client.hear().await.unwrap();
    assert_eq!(next["code"], "not_found", "no ev after access was lost");
}

#[tokio::test]
async fn three_broken_frames_close_and_unknown_ones_do_not() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    for id in 0..5 {
        assert_eq!(client.ask(json!({"t": "wave", "id": id})).await["code"], "unknown_type");
    }
    client.say_text("{").await;
    assert_eq!(client.until("err").await["code"], "bad_frame");
    assert_eq!(client.ask(json!({"t": "sub", "id": 9})).await["code"], "bad_frame");
    client.say_text("nonsense").await;
    let (bye, code) = client.farewell().await;
    assert_eq!((bye["code"].as_str().unwrap(), code), ("bad_frame", 4000));
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    client.socket.send(Message::binary(vec![1, 2, 3])).await.unwrap();
    assert_eq!(client.farewell().await.1, 4000);
}

#[tokio::test]
async fn a_flood_is_slowed_then_closed() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    let many = Value::Array((0..64).map(|id| json!({"t": "unsub", "id": id, "stream": "r1"})).collect());
    for _ in 0..3 {
        client.say(many.clone()).await;
    }
    let slowed = client.until("err").await;
    assert_eq!((&slowed["code"], slowed["retry_ms"].is_u64()), (&json!("rate_limited"), true));
    assert_eq!(client.farewell().await.1, 4013);
}

#[tokio::test]
async fn a_stopping_server_says_when_to_come_back() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    let live = server.live.clone();
    let draining = tokio::spawn(async move { live.drain().await });
    let (bye, code) = client.farewell().await;
    assert_eq!(code, 4021);
    assert!((500..10_000).contains(&bye["retry_ms"].as_u64().unwrap()));
    draining.await.unwrap();
    assert_eq!(server.site.hub.sockets(), 0);
}

/// A socket without a network, so that time can stand still.
async fn in_memory(
    server: &Server,
    room: usize,
) -> (WebSocketStream<tokio::io::DuplexStream>, tokio::task::JoinHandle<()>) {
    let (ours, theirs) = tokio::io::duplex(room);
    let opening = Opening {
        live: server.live.clone(),
        peer: Peer::Program,
        address: None,
        stranger: server.live.stranger(None).unwrap(),
    };
    let task = tokio::spawn(socket::run(ours, opening));
    let mut client =
        WebSocketStream::from_raw_socket(theirs, tokio_tungstenite::tungstenite::protocol::Role::Client, None).await;
    let token = server.token(&server.noor).await;
    client.send(Message::text(json!({"t": "hello", "v": 1, "token": token}).to_string())).await.unwrap();
    assert!(client.next().await.unwrap().unwrap().to_text().unwrap().contains("welcome"));
    (client, task)
}

#[tokio::test]
async fn silence_is_pinged_and_closed_after_a_minute() {
    let server = server().await;
    let (mut client, task) = in_memory(&server, 4096).await;
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    let mut pings = 0;
    let code = loop {
        match client.next().await.unwrap().unwrap() {
            Message::Close(frame) => break u16::from(frame.unwrap().code),
            text if text.to_text().unwrap().contains("\"ping\"") => pings += 1,
            _ => {}
        }
    };
    assert_eq!((code, start.elapsed().as_secs()), (4012, 60));
    assert!((2..=3).contains(&pings), "{pings}");
    drop(client);
    task.await.unwrap();
}

#[tokio::test]
async fn a_reader_that_takes_nothing_is_closed_after_half_a_minute() {
    let server = server().await;
    let (client, task) = in_memory(&server, 1024).await;
    let member = server.noor.id().unwrap();
    for _ in 0..20 {
        server.site.hub.tell(member, &"x".repeat(1000).into());
    }
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    task.await.unwrap();
    let took = start.elapsed().as_secs();
    // Half a minute, looked at every three seconds, and the time a goodbye may take.
    assert!((30..=41).contains(&took), "{took}");
    drop(client);
}
