//! Requests and frames that are wrong: malformed, too large, forged, or for addresses that are not there.

use futures_util::{SinkExt, StreamExt};
use serde_json::json;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio_tungstenite::tungstenite::Message;

use super::Stage;

/// Bodies that no well-behaved client sends.
pub async fn bodies(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let client = reqwest::Client::new();
    let token = mara.token.as_ref().unwrap();
    for (path, body) in [
        ("/topics/1/posts", format!("{{\"nonce\": \"{}", canaries.secret("brokenjson"))),
        ("/topics/1/posts", format!("{{\"nonce\": 7, \"body\": {{\"{}\": 1}}}}", canaries.secret("wrongtype"))),
        (
            "/topics/1/posts",
            format!("{{\"nonce\": \"x\", \"body\": \"x\", \"choice\": \"{}\"}}", canaries.secret("wrongchoice")),
        ),
        ("/entries/1/flags", format!("{{\"reason\": \"{}\"}}", canaries.secret("wrongreason"))),
        ("/preview", canaries.secret("oversize").repeat(20_000)),
        (&format!("/topics/{}/posts", canaries.secret("wrongid")), "{}".to_owned()),
    ] {
        let request = client.post(format!("{}/api/v1{path}", mara.base)).bearer_auth(token);
        let answer = request.header("content-type", "application/json").body(body).send().await.unwrap();
        assert!(answer.status().is_client_error(), "{path}");
        let text = answer.text().await.unwrap();
        assert_eq!(canaries.echoes(&text), [""; 0], "{path}");
    }
    for (path, body) in [
        ("/t/1/reply", format!("nonce=%zz&body={}&{}=1", canaries.secret("badform"), canaries.secret("badfield"))),
        ("/csp", format!("{{\"csp-report\": {{\"document-uri\": \"{}\"}}}}", canaries.secret("cspreport"))),
        ("/signin", canaries.secret("hugeform").repeat(30_000)),
    ] {
        mara.post_raw(path, body.clone(), &mara.base).await;
        mara.post_raw(path, body, &format!("https://{}.example", canaries.secret("origin"))).await;
    }
}

/// Paths, queries and headers, some of them not HTTP at all.
pub async fn heads(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let client = reqwest::Client::new();
    for path in [
        "pathword",
        "b/boardword",
        "chat/roomword",
        "t/1/slugword",
        "a/x/assetword",
        "p/entryword",
        "avatar/avatarword",
    ] {
        let (before, word) = path.rsplit_once('/').map_or(("", path), |(before, word)| (before, word));
        let (word, query) = (canaries.secret(word), canaries.secret("pathquery"));
        mara.get(&format!("/{before}/{word}?{query}={query}")).await;
        mara.api("GET", &format!("/{before}/{word}?{query}={query}"), None).await;
    }
    let headers = [
        "user-agent",
        "referer",
        "x-forwarded-for",
        "forwarded",
        "accept",
        "accept-language",
        "if-none-match",
        "range",
    ];
    for name in headers {
        let request = client.get(format!("{}/", mara.base)).header(name, canaries.secret(&name.replace('-', "")));
        request.header("x-forwarded-for", "192.0.2.77").send().await.unwrap();
    }
    for head in [
        format!("GET /{} HTTP/1.1\r\nhost: {}.example\r\n\r\n", canaries.secret("rawpath"), canaries.secret("host")),
        format!("{} / HTTP/1.1\r\nhost: localhost\r\n\r\n", canaries.secret("method").to_uppercase()),
        format!("GET /{} HTTP/9.9\r\n\r\n", canaries.secret("version")),
        format!("GET / HTTP/1.1\r\nhost: x\r\n{}\r\n\r\n", canaries.secret("noheader")),
        format!("GET / HTTP/1.1\r\nhost: x\r\nbad name {}: 1\r\n\r\n", canaries.secret("headername")),
        format!("GET /{} HTTP/1.1\r\nhost: x\r\n\r\n", canaries.secret("longpath").repeat(800)),
        format!("POST / HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n{}\r\n", canaries.secret("chunk")),
        format!("POST / HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\r\n", canaries.secret("length")),
        format!("{}\r\n", canaries.secret("nothttp")),
    ] {
        let mut stream = TcpStream::connect(mara.base.trim_start_matches("http://").replace("localhost", "127.0.0.1"))
            .await
            .unwrap();
        stream.write_all(head.as_bytes()).await.unwrap();
        stream.shutdown().await.unwrap();
        let mut answer = Vec::new();
        drop(stream.read_to_end(&mut answer).await);
        assert_eq!(canaries.echoes(&String::from_utf8_lossy(&answer)), [""; 0]);
    }
}

/// What no well-behaved client sends over a socket.
pub async fn sockets(stage: &Stage) {
    let (canaries, mara) = (&stage.canaries, &stage.mara);
    let url = format!("{}/live", mara.base.replace("http", "ws"));
    for hello in [
        json!({ "t": "hello", "v": 1, "ticket": canaries.secret("ticket") }).to_string(),
        json!({ "t": "hello", "v": 1, "token": format!("tact_pat_{}", canaries.secret("sockettoken")) }).to_string(),
        json!({ "t": "hello", "v": 9, "token": canaries.secret("socketversion") }).to_string(),
        json!({ "t": "hello", "v": 1, "token": mara.token, "epoch": canaries.secret("epoch"), "streams": [{ "stream": "r1", "after": 99 }] }).to_string(),
        canaries.secret("nohello"),
    ] {
        let (mut wire, _) = tokio_tungstenite::connect_async(&url).await.unwrap();
        wire.send(Message::text(hello)).await.unwrap();
        wire.send(Message::text(format!("[{{\"t\": \"{}", canaries.secret("brokenframe")))).await.unwrap();
        drop(wire.send(Message::binary(canaries.secret("binary").into_bytes())).await);
        while let Some(Ok(message)) = wire.next().await {
            assert_eq!(canaries.echoes(&message.to_string()), [""; 0]);
        }
    }
    let mut socket = mara.socket().await;
    for (id, frame) in [
        json!({ "t": canaries.secret("unknowntype"), "id": 0 }),
        json!({ "t": "send", "id": 1, "room": 99_999, "nonce": "x", "body": canaries.secret("noroom") }),
        json!({ "t": "send", "id": 2, "room": 1, "nonce": canaries.secret("bad nonce"), "body": canaries.secret("socketbadnonce") }),
        json!({ "t": "send", "id": 3, "room": 1, "nonce": "y", "body": canaries.secret("longmessage").repeat(500) }),
        json!({ "t": "edit", "id": 4, "entry": 99_999, "rev": 1, "nonce": "z", "body": canaries.secret("noentry") }),
        json!({ "t": "sub", "id": 5, "stream": canaries.secret("nostream") }),
    ]
    .into_iter()
    .enumerate()
    {
        socket.send(frame).await;
        let answer = socket.until(|answer| answer["id"] == id && answer["t"] == "err").await;
        assert_eq!(canaries.echoes(&answer.to_string()), [""; 0]);
    }
}
