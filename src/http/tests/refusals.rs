//! What is refused, and that the allowed case next to it passes.

use super::*;

#[tokio::test]
async fn a_form_needs_its_own_cookies_token_and_our_origin() {
    let rig = Rig::new().await;
    let good = rig.token(SECRET);
    assert_eq!(rig.form("/note", SECRET, &good, "title=ab&count=1").await.text, "2 1");
    for (secret, token) in [(SECRET, ""), (OTHER, good.as_str()), (SECRET, rig.token(OTHER).as_str())] {
        let answer = rig.form("/note", secret, token, "title=ab&count=1").await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN);
        assert!(answer.text.contains("not sent from this site"), "the refusal says what to do: {:?}", answer.text);
    }
    for (name, value) in [
        ("origin", "https://evil.example"),
        ("origin", "https://forum.example:444"),
        ("origin", "null"),
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
    ] {
        let request = at("POST", "/note")
            .header(name, value)
            .header("cookie", format!("__Host-tact-form={SECRET}"))
            .header("x-csrf-token", &good)
            .header("content-type", "application/x-www-form-urlencoded");
        assert_eq!(
            rig.send(request.body(Body::from("title=ab&count=1")).unwrap()).await.status,
            403,
            "{name}: {value}"
        );
    }
}

#[tokio::test]
async fn refusals_before_a_handler_have_a_form_too() {
    let rig = Rig::new().await;
    let request = at("POST", "/api/v1/note").header("content-type", "application/json");
    let answer = rig.send(request.body(Body::from("{}")).unwrap()).await;
    assert_eq!((answer.status, answer.header("content-type")), (StatusCode::FORBIDDEN, "application/problem+json"));
    assert_eq!(answer.json()["code"], "csrf");
    let request = at("GET", "/api/v1/limited").header("authorization", "Bearer tact_pat_unknown");
    let answer = rig.send(request.body(Body::empty()).unwrap()).await;
    assert_eq!((answer.status, answer.json()["code"].as_str().unwrap()), (StatusCode::UNAUTHORIZED, "unauthenticated"));
}

#[tokio::test]
async fn the_general_quota_answers_with_its_fields() {
    let rig = Rig::with(|_| {}, only(Quota::GuestRequest)).await;
    for _ in 0..50 {
        assert_eq!(rig.get("/").await.status, 200);
    }
    let answer = rig.get("/").await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert!(answer.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert!(answer.header("ratelimit").starts_with("\"guest\";r=0;t="), "{}", answer.header("ratelimit"));
    assert!(answer.header("ratelimit-policy").starts_with("\"guest\";q=50;w="));
    assert_eq!(rig.api("/api/v1/limited").await.json()["code"], "rate_limited");
}

#[tokio::test]
async fn wrong_tokens_and_readiness_are_counted_too() {
    let rig = Rig::with(|_| {}, |row| Row { allowed: 3, window_s: 3600, ..row }).await;
    for wanted in [401, 401, 401, 429] {
        let request = at("GET", "/api/v1/limited").header("authorization", "Bearer tact_pat_unknown");
        assert_eq!(rig.send(request.body(Body::empty()).unwrap()).await.status, wanted);
    }
    let rig = Rig::with(|_| {}, |row| Row { allowed: 3, window_s: 3600, ..row }).await;
    for wanted in [200, 200, 200, 429] {
        assert_eq!(rig.get("/readyz").await.status, wanted);
    }
}

#[tokio::test]
async fn hosts_addresses_and_codings_that_are_not_ours() {
    let rig = Rig::new().await;
    for host in ["evil.example", "forum.example:8443", "forum.example.evil.example", ""] {
        let request = Request::builder().uri("/").header("host", host).body(Body::empty()).unwrap();
        assert_eq!(rig.send(request).await.status, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let request = at("GET", "/").header("host", "evil.example");
    assert_eq!(rig.send(request.body(Body::empty()).unwrap()).await.status, 421, "two Host lines");
    let long = format!("/?q={}", "a".repeat(4096));
    assert_eq!(rig.get(&long).await.status, StatusCode::URI_TOO_LONG);
    assert_eq!(rig.get(&format!("/?q={}", "a".repeat(4096 - 4))).await.status, 200);
    assert_eq!(rig.api(&format!("/api/v1/x{long}")).await.json()["status"], 414);
    let request = at("POST", "/note").header("content-encoding", "gzip").body(Body::empty()).unwrap();
    assert_eq!(rig.send(request).await.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn a_body_over_256_kib_is_too_large() {
    let rig = Rig::new().await;
    let fill = |length: usize| format!("title={}&count=1", "a".repeat(length));
    assert_eq!(rig.form("/note", SECRET, &rig.token(SECRET), &fill(200_000)).await.status, 200);
    let answer = rig.form("/note", SECRET, &rig.token(SECRET), &fill(270_000)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(answer.text.contains("256 KiB"));
}

#[tokio::test]
async fn a_forged_forwarded_line_changes_nothing() {
    let proxy = "10.0.0.1".parse().unwrap();
    let rig = Rig::with(|config| config.trusted_proxies = vec![proxy], |row| row).await;
    let seen = async |peer: &str, lines: &[&[u8]]| {
        let mut request = at("GET", "/address");
        for line in lines {
            request = request.header("x-forwarded-for", axum::http::HeaderValue::from_bytes(line).unwrap());
        }
        let mut request = request.body(Body::empty()).unwrap();
        request.extensions_mut().insert(super::super::Peer(std::net::SocketAddr::new(peer.parse().unwrap(), 1)));
        rig.send(request).await.text
    };
    assert_eq!(seen("203.0.113.5", &[b"198.51.100.9"]).await, "203.0.113.5");
    assert_eq!(seen("10.0.0.1", &[]).await, "10.0.0.1");
    assert_eq!(seen("10.0.0.1", &[b"198.51.100.9"]).await, "198.51.100.9");
    assert_eq!(seen("10.0.0.1", &[b"1.1.1.1, 198.51.100.9"]).await, "198.51.100.9");
    assert_eq!(seen("10.0.0.1", &[b"1.1.1.1", b"198.51.100.9"]).await, "198.51.100.9");
    assert_eq!(seen("10.0.0.1", &[b"10.0.0.1, 198.51.100.9, 10.0.0.1"]).await, "198.51.100.9");
    // What the client wrote before the proxy's own entry does not hide that entry, whatever bytes it is made of.
    assert_eq!(seen("10.0.0.1", &[b"\xff\xfe, 198.51.100.9"]).await, "198.51.100.9");
    assert_eq!(seen("10.0.0.1", &[b"nonsense, 198.51.100.9"]).await, "198.51.100.9");
    // Some proxies add the port.
    assert_eq!(seen("10.0.0.1", &[b"198.51.100.9:4711"]).await, "198.51.100.9");
    assert_eq!(seen("10.0.0.1", &[b"[2001:db8::9]:4711"]).await, "2001:db8::9");
    assert_eq!(seen("10.0.0.1", &[b"[2001:db8::9]"]).await, "2001:db8::9");
}
