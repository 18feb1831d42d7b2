//! Chat over sockets: live, resent, resumed.

use serde_json::json;
use tact::access::Role;

use crate::actors::World;

#[tokio::test(flavor = "multi_thread")]
async fn two_sockets_see_each_other_and_a_lost_one_catches_up() {
    let world = World::new().await;
    let (mara, kit) = (world.member("mara", Role::Member).await, world.member("kit", Role::Member).await);
    let rooms = mara.api("GET", "/rooms", None).await.json();
    let room = rooms[0]["id"].as_i64().unwrap();
    let stream = format!("r{room}");
    let (mut one, mut two) = (mara.socket().await, kit.socket().await);
    for socket in [&mut one, &mut two] {
        socket.send(json!({ "t": "sub", "id": 2, "stream": stream, "after": 0 })).await;
        socket.until(|frame| frame["t"] == "synced").await;
    }
    one.send(json!({ "t": "send", "id": 3, "room": room, "nonce": "m1", "body": "hello over there" })).await;
    let ok = one.until(|frame| frame["t"] == "ok" && frame["id"] == 3).await;
    let seq = ok["seq"].as_i64().unwrap();
    let seen = two.until(|frame| frame["t"] == "ev" && frame["seq"] == seq).await;
    assert!(seen["data"]["html"].as_str().unwrap().contains("hello over there"), "{seen}");
    one.send(json!({ "t": "send", "id": 4, "room": room, "nonce": "m1", "body": "hello over there" })).await;
    let dup = one.until(|frame| frame["t"] == "ok" && frame["id"] == 4).await;
    assert_eq!((dup["seq"].as_i64(), dup["dup"].as_bool()), (Some(seq), Some(true)));
    drop(two);
    for number in 0..30 {
        one.send(json!({ "t": "send", "id": 100 + number, "room": room, "nonce": format!("x{number}"), "body": format!("line {number}") })).await;
        one.until(|frame| frame["t"] == "ok" && frame["id"] == 100 + number).await;
    }
    let mut back = kit.socket().await;
    back.send(json!({ "t": "sub", "id": 9, "stream": stream, "after": seq })).await;
    for expected in seq + 1..=seq + 30 {
        let event = back.until(|frame| frame["t"] == "ev").await;
        assert!(event["seq"].as_i64().unwrap() <= expected);
        if expected == seq + 30 {
            break;
        }
    }
    world.end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_with_a_card_number_is_not_sent() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let room = mara.api("GET", "/rooms", None).await.json()[0]["id"].as_i64().unwrap();
    let mut socket = mara.socket().await;
    socket.send(json!({ "t": "send", "id": 3, "room": room, "nonce": "m1", "body": "card 4539 1488 0343 6467" })).await;
    let err = socket.until(|frame| frame["id"] == 3).await;
    assert_eq!((err["t"].as_str(), err["code"].as_str()), (Some("err"), Some("pii_warning")), "{err}");
    assert!(err["detail"]["can_mask"] == true && !err.to_string().contains("4539"), "{err}");
    socket.send(json!({ "t": "nonsense", "id": 4 })).await;
    assert_eq!(socket.until(|frame| frame["id"] == 4).await["code"], "unknown_type");
    world.end().await;
}

/// As when a client loses its connection and is back before the server is done with what it sent last.
#[tokio::test(flavor = "multi_thread")]
async fn one_message_sent_on_two_sockets_at_once_is_stored_once() {
    let world = World::new().await;
    let mara = world.member("mara", Role::Member).await;
    let room = mara.api("GET", "/rooms", None).await.json()[0]["id"].as_i64().unwrap();
    let (mut one, mut two) = (mara.socket().await, mara.socket().await);
    for number in 0..50 {
        let message =
            json!({ "t": "send", "id": number, "room": room, "nonce": format!("n{number}"), "body": "twice" });
        tokio::join!(one.send(message.clone()), two.send(message));
        let answers = tokio::join!(one.until(|frame| frame["id"] == number), two.until(|frame| frame["id"] == number));
        let said = |field: &str| (answers.0[field].clone(), answers.1[field].clone());
        assert_eq!(said("t"), ("ok".into(), "ok".into()), "{answers:?}");
        assert_eq!(said("seq").0, said("seq").1);
        assert_ne!(said("dup").0, said("dup").1, "one stored it, the other found it stored");
    }
    world.end().await;
}
