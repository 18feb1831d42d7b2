//! Who may open a socket.

use super::*;

fn status(refused: Result<Client, WsError>) -> u16 {
    match refused {
        Err(WsError::Http(response)) => response.status().as_u16(),
        Err(other) => panic!("{other}"),
        Ok(_) => 101,
    }
}

#[tokio::test]
async fn origin_session_and_ticket_all_have_to_be_good() {
    let server = server().await;
    server.member("mara").await;
    let (cookie, other) = (server.cookie("mara").await, server.cookie("mara").await);
    let origin = server.site.config.origin();
    let evil = format!("{origin}.evil.example");
    for wrong in [evil.as_str(), "null", "http://localhost", "https://localhost:8080", ""] {
        assert_eq!(status(server.knock(&[("origin", wrong), ("cookie", &cookie)]).await), 403, "{wrong}");
    }
    assert_eq!(status(server.knock(&[("origin", &origin)]).await), 401, "guests have no socket");
    assert_eq!(status(server.knock(&[("origin", &origin), ("cookie", "tact=nonsense")]).await), 401);

    let ticket = server.ticket(&cookie).await;
    let hello = |ticket: &str| json!({"t": "hello", "v": 1, "ticket": ticket});
    for (cookie, ticket, good) in [
        (&other, &ticket, false),
        (&cookie, &"nonsense".to_owned(), false),
        (&cookie, &ticket, true),
        (&cookie, &ticket, false),
    ] {
        let mut client = server.knock(&[("origin", &origin), ("cookie", cookie)]).await.unwrap();
        client.say(hello(ticket)).await;
        if good {
            assert_eq!(client.until("welcome").await["member"]["name"], "mara");
        } else {
            let (bye, code) = client.farewell().await;
            assert_eq!((bye["code"].as_str().unwrap(), code), ("unauthenticated", 4001));
            assert!(bye.get("retry_ms").is_none());
        }
    }
}

#[tokio::test]
async fn a_program_needs_a_token_and_its_cookie_counts_for_nothing() {
    let server = server().await;
    let mara = server.member("mara").await;
    let cookie = server.cookie("mara").await;
    let ticket = server.ticket(&cookie).await;
    for hello in [
        json!({"t": "hello", "v": 1}),
        json!({"t": "hello", "v": 1, "ticket": ticket}),
        json!({"t": "hello", "v": 1, "token": "tact_pat_x"}),
        json!({"t": "pong"}),
    ] {
        let mut client = server.knock(&[("cookie", &cookie)]).await.unwrap();
        client.say(hello).await;
        assert_eq!(client.farewell().await.1, 4001);
    }
    let mut client = server.client(&mara, json!([])).await;
    let welcome = client.until("welcome").await;
    assert_eq!((welcome["ping_ms"].as_u64(), welcome.get("session")), (Some(25_000), None));
    assert!(!welcome["epoch"].as_str().unwrap().is_empty());
}

#[tokio::test]
async fn what_is_no_hello_closes() {
    let server = server().await;
    for (text, wanted) in [
        (json!({"t": "hello", "v": 2, "token": "x"}).to_string(), 4006),
        ("nonsense".to_owned(), 4000),
        (json!({"t": "hello", "v": 1, "token": "x".repeat(5000)}).to_string(), 4000),
        (json!({"t": "hello", "v": "1"}).to_string(), 4000),
    ] {
        let mut client = server.knock(&[]).await.unwrap();
        client.say_text(&text).await;
        assert_eq!(client.farewell().await.1, wanted);
    }
}

#[tokio::test]
async fn strangers_and_sockets_of_one_member_are_counted() {
    let server = server().await;
    let token = server.token(&server.noor).await;
    let mut open = Vec::new();
    for _ in 0..8 {
        let mut client = server.client_with(&token, json!([])).await;
        client.until("welcome").await;
        open.push(client);
    }
    let mut ninth = server.client_with(&token, json!([])).await;
    let (bye, code) = ninth.farewell().await;
    assert_eq!((code, bye["retry_ms"].as_u64()), (4010, Some(30_000)));
    open.pop();
    while server.site.hub.sockets() > 7 {
        tokio::task::yield_now().await;
    }
    server.client_with(&token, json!([])).await.until("welcome").await;
}

#[tokio::test]
async fn a_request_that_is_no_upgrade_is_told_so() {
    let server = server().await;
    let client = reqwest::Client::builder().tls_backend_preconfigured(tls()).build().unwrap();
    let answer = client.get(format!("http://{}/live", server.address)).send().await.unwrap();
    assert_eq!((answer.status().as_u16(), answer.headers()["upgrade"].as_bytes()), (426, b"websocket".as_slice()));
}

#[tokio::test]
async fn a_socket_that_says_nothing_is_closed_after_five_seconds() {
    use crate::live::socket::{self, Opening, Peer};
    let server = server().await;
    let (ours, theirs) = tokio::io::duplex(4096);
    let opening = Opening {
        live: server.live.clone(),
        peer: Peer::Program,
        address: None,
        stranger: server.live.stranger(None).unwrap(),
    };
    let mut client =
        WebSocketStream::from_raw_socket(theirs, tokio_tungstenite::tungstenite::protocol::Role::Client, None).await;
    tokio::time::pause();
    let start = tokio::time::Instant::now();
    tokio::spawn(socket::run(ours, opening));
    let bye = client.next().await.unwrap().unwrap();
    assert!(bye.to_text().unwrap().contains("hello_timeout"));
    assert_eq!(start.elapsed().as_secs(), 5);
    let Message::Close(Some(frame)) = client.next().await.unwrap().unwrap() else { panic!("no close frame") };
    assert_eq!(u16::from(frame.code), 4008);
}
