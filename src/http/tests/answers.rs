//! How answers look: headers, pages, problem documents, assets.

use super::*;

const POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; \
                      font-src 'self'; connect-src 'self' wss://forum.example; manifest-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types tact; \
                      report-uri /csp";

#[tokio::test]
async fn every_page_has_exactly_the_headers_of_the_threat_model() {
    let rig = Rig::new().await;
    for path in ["/", "/hidden", "/nowhere", "/broken", "/a/0/none.js"] {
        let answer = rig.get(path).await;
        assert_eq!(answer.header("content-security-policy"), POLICY, "{path}");
        for (name, value) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("permissions-policy", "camera=(), microphone=(), geolocation=(), payment=()"),
            ("x-frame-options", "DENY"),
            ("strict-transport-security", "max-age=63072000"),
            ("cache-control", "private, no-store"),
        ] {
            assert_eq!(answer.header(name), value, "{path}: {name}");
        }
        assert!(answer.headers.get("server").is_none());
    }
    assert_eq!(rig.api("/api/v1/limited").await.header("cache-control"), "private, no-store");
}

#[tokio::test]
async fn hosts_below_this_one_are_bound_to_https_only_where_that_is_wished() {
    let rig = Rig::with(|config| config.hsts_subdomains = true, |row| row).await;
    assert_eq!(rig.get("/").await.header("strict-transport-security"), "max-age=63072000; includeSubDomains");
}

#[tokio::test]
async fn a_loopback_site_uses_ws_and_no_hsts() {
    let rig = Rig::with(|config| config.public_url = "http://localhost:8080".parse().unwrap(), |row| row).await;
    let request = Request::builder().uri("/").header("host", "127.0.0.1:8080").body(Body::empty()).unwrap();
    let answer = rig.send(request).await;
    assert!(answer.header("content-security-policy").contains("connect-src 'self' ws://localhost:8080; "));
    assert_eq!(answer.header("strict-transport-security"), "");
}

#[tokio::test]
async fn problems_have_one_shape_and_faults_show_only_the_request() {
    let rig = Rig::new().await;
    let answer = rig.api("/api/v1/limited").await;
    assert_eq!(
        (answer.status, answer.header("content-type")),
        (StatusCode::TOO_MANY_REQUESTS, "application/problem+json")
    );
    assert_eq!(
        (answer.header("retry-after"), answer.header("ratelimit-policy"), answer.header("ratelimit")),
        ("12", "\"posts\";q=6;w=60", "\"posts\";r=0;t=12")
    );
    let problem = answer.json();
    assert_eq!((problem["type"].as_str(), problem["code"].as_str()), (Some("about:blank"), Some("rate_limited")));
    assert_eq!((problem["status"].as_u64(), problem["retry_after"].as_u64()), (Some(429), Some(12)));
    let broken = rig.api("/api/v1/broken").await;
    assert_eq!(broken.json()["request"].as_str().unwrap().len(), 16);
    assert!(!broken.text.contains("secret-host"));
    let page = rig.get("/broken").await;
    assert!(
        page.status == 500
            && page.header("content-type").starts_with("text/html")
            && !page.text.contains("secret-host")
    );
}

#[tokio::test]
async fn a_panic_and_an_endless_handler_end_their_own_request_only() {
    let rig = Rig::new().await;
    let answer = rig.get("/panics").await;
    assert!(answer.status == 500 && answer.header("content-type").starts_with("text/html"));
    assert!(!answer.text.contains("private sentence"));
    tokio::time::pause();
    let answer = rig.get("/slow").await;
    assert_eq!((answer.status, answer.header("retry-after")), (StatusCode::SERVICE_UNAVAILABLE, "5"));
    tokio::time::resume();
    assert_eq!(rig.get("/").await.status, 200);
}

#[tokio::test]
async fn unknown_and_hidden_look_the_same_and_guests_are_asked_to_sign_in() {
    let rig = Rig::new().await;
    let (unknown, hidden) = (rig.get("/nowhere").await, rig.get("/hidden").await);
    assert_eq!(unknown.text, hidden.text);
    assert_eq!(format!("{:?}", unknown.headers), format!("{:?}", hidden.headers));
    let answer = rig.get("/mine?x=1").await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::SEE_OTHER, "/signin?next=%2Fmine%3Fx%3D1"));
}

#[tokio::test]
async fn a_refused_value_names_its_field_and_never_itself() {
    let rig = Rig::new().await;
    let send = async |kind: &str, body: &str| {
        let request = at("POST", "/api/v1/note")
            .header("origin", "https://forum.example")
            .header("cookie", format!("__Host-tact-form={SECRET}"))
            .header("x-csrf-token", rig.token(SECRET))
            .header("content-type", kind);
        rig.send(request.body(Body::from(body.to_owned())).unwrap()).await
    };
    assert_eq!(send("application/json", r#"{"title":"abc","count":3}"#).await.text, "3 3");
    for (body, field) in [(r#"{"count":3}"#, "title"), (r#"{"title":"a","count":"private"}"#, "count")] {
        let answer = send("application/json", body).await;
        assert_eq!(
            (answer.status, answer.json()["code"].as_str().unwrap()),
            (StatusCode::UNPROCESSABLE_ENTITY, "invalid")
        );
        assert_eq!(answer.json()["errors"][0]["field"], field);
        assert!(!answer.text.contains("private"));
    }
    assert_eq!(send("application/json", "{private").await.json()["code"], "bad_request");
    assert_eq!(send("text/plain", r#"{"title":"abc","count":3}"#).await.json()["status"], 415);
    let form = rig.form("/note", SECRET, &rig.token(SECRET), "title=a&count=private").await;
    assert_eq!(form.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!form.text.contains("private"));
    let wrong = rig
        .send(
            at("DELETE", "/api/v1/limited")
                .header("origin", "https://forum.example")
                .header("cookie", format!("__Host-tact-form={SECRET}"))
                .header("x-csrf-token", rig.token(SECRET))
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!((wrong.status, wrong.header("allow")), (StatusCode::METHOD_NOT_ALLOWED, "GET,HEAD"));
    assert_eq!(wrong.json()["status"], 405);
}

#[tokio::test]
async fn assets_are_kept_for_ever_under_this_build_only() {
    let rig = Rig::new().await;
    let build = super::super::assets::BUILD;
    let plain = rig.get(&format!("/a/{build}/css/tact.css")).await;
    assert_eq!(plain.header("cache-control"), "public, max-age=31536000, immutable");
    assert_eq!(plain.header("content-encoding"), "");
    let packed = rig
        .send(
            page(&format!("/a/{build}/css/tact.css"))
                .header("accept-encoding", "gzip, br")
                .body(Body::empty())
                .unwrap(),
        )
        .await;
    assert_eq!((packed.header("content-encoding"), packed.header("content-type")), ("br", "text/css; charset=utf-8"));
    let refused = rig
        .send(
            page(&format!("/a/{build}/css/tact.css")).header("accept-encoding", "br;q=0").body(Body::empty()).unwrap(),
        )
        .await;
    assert_eq!(refused.header("content-encoding"), "");
    assert_eq!(rig.get("/a/0000/css/tact.css").await.header("cache-control"), "no-cache");
    let tag = plain.header("etag").to_owned();
    for tags in [tag.clone(), format!("\"other\", W/{tag}"), "*".to_owned()] {
        let again = rig
            .send(page(&format!("/a/{build}/css/tact.css")).header("if-none-match", &tags).body(Body::empty()).unwrap())
            .await;
        assert_eq!((again.status, again.header("etag")), (StatusCode::NOT_MODIFIED, tag.as_str()));
        assert_eq!(again.header("cache-control"), "public, max-age=31536000, immutable");
    }
    assert_eq!(rig.get(&format!("/a/{build}/vendor/pii/pii.wasm")).await.header("content-type"), "application/wasm");
    assert_eq!(rig.get("/favicon.ico").await.header("content-type"), "image/svg+xml");
    assert_eq!(rig.get("/robots.txt").await.status, 200);
}

#[tokio::test]
async fn a_sentence_over_a_redirect_is_shown_once() {
    let rig = Rig::new().await;
    let request = page("/hidden").header("cookie", "tact-flash=Saved.").body(Body::empty()).unwrap();
    let answer = rig.send(request).await;
    let set: Vec<_> = answer.headers.get_all("set-cookie").iter().map(|value| value.to_str().unwrap()).collect();
    assert!(set.iter().any(|line| line.starts_with("tact-flash=;") && line.contains("Max-Age=0")), "{set:?}");
    assert!(rig.get("/hidden").await.headers.get("set-cookie").is_none());
}

/// Where a test's log goes.
#[derive(Clone, Default)]
struct Lines(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl std::io::Write for Lines {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }
    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn the_log_knows_the_route_and_nothing_that_came_with_it() {
    let rig = Rig::new().await;
    let lines = Lines::default();
    let writer = lines.clone();
    let subscriber = tracing_subscriber::fmt().with_ansi(false).with_writer(move || writer.clone()).finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let request = page("/b/private-board?q=private-words").header("cookie", "tact=private-cookie");
    assert_eq!(rig.send(request.body(Body::empty()).unwrap()).await.status, 200);
    drop(guard);
    let text = String::from_utf8(lines.0.lock().unwrap().clone()).unwrap();
    assert!(text.contains("route=\"/b/{board}\"") && text.contains("status=200"), "{text}");
    assert!(!text.contains("private"), "{text}");
}
