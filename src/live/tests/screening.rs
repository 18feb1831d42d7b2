//! Private data in messages: the warning and the ways out of it.

use super::*;

fn send(server: &Server, id: u64, body: &str, extra: &Value) -> Value {
    let mut frame = json!({"t": "send", "id": id, "room": server.room, "nonce": "n", "body": body});
    for (key, value) in extra.as_object().unwrap() {
        frame[key] = value.clone();
    }
    frame
}

#[tokio::test]
async fn a_warning_names_the_place_in_utf16_and_stores_nothing() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    let body = "😀\r\nwrite to cafe\u{301} someone@posteo.de please";
    let warned = client.ask(send(&server, 1, body, &json!({}))).await;
    assert_eq!((&warned["code"], &warned["temporary"]), (&json!("pii_warning"), &json!(false)));
    let (detail, finding) = (&warned["detail"], &warned["detail"]["findings"][0]);
    assert_eq!(
        (&finding["field"], &finding["rule"], &finding["action"]),
        (&json!("body"), &json!("email"), &json!("warn"))
    );
    let units: Vec<u16> = body.encode_utf16().collect();
    let place = |name: &str| usize::try_from(finding[name].as_u64().unwrap()).unwrap();
    assert_eq!(String::from_utf16(&units[place("start")..place("end")]).unwrap(), "someone@posteo.de");
    assert!(!warned.to_string().contains("posteo") && !warned.to_string().contains("write"), "no text comes back");
    let history = client.ask(json!({"t": "history", "id": 2, "room": server.room})).await;
    assert_eq!(history["events"], json!([]));

    let consent = json!({"consent": {"token": detail["consent"], "ack": true}});
    assert_eq!(
        client.ask(send(&server, 3, "😀\r\nwrite to cafe\u{301} someone@posteo.net please", &consent)).await["code"],
        "consent_stale"
    );
    let not_ticked = json!({"consent": {"token": detail["consent"], "ack": false}});
    assert_eq!(client.ask(send(&server, 4, body, &not_ticked)).await["code"], "invalid");
    let ok = client.ask(send(&server, 5, body, &consent)).await;
    assert_eq!((&ok["t"], &ok["dup"]), (&json!("ok"), &json!(false)));
}

#[tokio::test]
async fn a_card_number_is_masked_or_held() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    let body = "my card 4539 9814 6237 5802";
    let warned = client.ask(send(&server, 1, body, &json!({}))).await;
    assert_eq!((&warned["detail"]["findings"][0]["rule"], warned["detail"].get("consent")), (&json!("card"), None));
    assert!(!warned["detail"]["findings"].to_string().contains("4539 9814"));
    let held = client.ask(send(&server, 2, body, &json!({"choice": "ask", "nonce": "h"}))).await;
    assert_eq!((&held["held"], held["review"].is_i64()), (&json!(true), true));
    assert!(held.get("seq").is_none());
    let masked = client.ask(send(&server, 3, body, &json!({"choice": "mask"}))).await;
    assert_eq!(masked["t"], "ok");
    let history = client.ask(json!({"t": "history", "id": 4, "room": server.room})).await;
    let message = &history["events"][0]["data"];
    assert_eq!((&message["source"], &message["masked"]), (&json!("my card [card number hidden]"), &json!(1)));
    assert_eq!(history["events"].as_array().unwrap().len(), 1, "the held one is nowhere");
}

#[tokio::test]
async fn a_text_that_is_too_long_is_refused() {
    let server = server().await;
    let mut client = server.client(&server.noor, json!([])).await;
    client.until("welcome").await;
    assert_eq!(client.ask(send(&server, 1, &"é".repeat(4001), &json!({}))).await["code"], "too_large");
    assert_eq!(client.ask(send(&server, 2, &"é".repeat(4000), &json!({}))).await["t"], "ok");
}
