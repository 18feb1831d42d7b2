//! The pages and the API as a browser and a program meet them.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use axum::{Extension, Router};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;
use crate::accounts::filling::Filling;
use crate::accounts::html::{Furnish, Furnished};
use crate::entity::member::Role;
use crate::http::cookies;
use crate::testing;

/// The handlers in all their layers.
fn app(site: &Site, furnish: Option<Furnish>) -> Router {
    let (api, _) = crate::accounts::json::api::<Site>().split_for_parts();
    let router = crate::accounts::html::routes::<Site>().merge(api).with_state(site.clone());
    let router = furnish.map_or(router.clone(), |furnish| router.layer(Extension(furnish)));
    crate::http::wrap(router, site)
}

/// What came back.
struct Answer {
    status: StatusCode,
    headers: axum::http::HeaderMap,
    body: String,
}

impl Answer {
    fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// The value of the session cookie that was set.
    fn token(&self) -> String {
        self.header(header::SET_COOKIE).split(['=', ';']).nth(1).unwrap().to_owned()
    }
}

async fn send(app: Router, request: Request<Body>) -> Answer {
    let response = app.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
    Answer { status: parts.status, headers: parts.headers, body }
}

/// A request of a browser that has this session cookie, and one for guests' forms.
fn from(site: &Site, method: &str, path: &str, token: &str) -> axum::http::request::Builder {
    let (session, guest) = (cookies::session_name(&site.config), cookies::guest_name(&site.config));
    let host = site.config.public_url.port().map_or("forum.example".to_owned(), |port| format!("localhost:{port}"));
    let cookies = format!("{session}={token}; {guest}={}", "g".repeat(43));
    Request::builder().method(method).uri(path).header(header::HOST, host).header(header::COOKIE, cookies)
}

async fn ask(site: &Site, path: &str, token: &str) -> Answer {
    send(app(site, None), from(site, "GET", path, token).body(Body::empty()).unwrap()).await
}

/// The token of forms that this browser is shown.
async fn csrf(site: &Site, token: &str) -> String {
    let page = if behind(site, token).await.is_some() { "/settings/sessions" } else { "/setup" };
    let body = ask(site, page, token).await.body;
    body.split("name=\"csrf\" content=\"").nth(1).unwrap().chars().take(43).collect()
}

fn form(site: &Site, path: &str, token: &str, fields: String) -> Request<Body> {
    let request = from(site, "POST", path, token).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    request.body(Body::from(fields)).unwrap()
}

async fn fill(site: &Site, path: &str, token: &str, fields: &str) -> Answer {
    let csrf = csrf(site, token).await;
    send(app(site, None), form(site, path, token, format!("csrf={csrf}&{fields}"))).await
}

const KNOWN: &str = "password=correct+horse+battery+staple";

#[tokio::test]
async fn signing_in_sets_a_new_cookie_and_goes_to_a_local_path_only() {
    let (site, _folder) = testing::site().await;
    testing::member(&site, "ada", Role::Member).await;
    let preset = "A".repeat(43);
    for (next, wanted) in [
        ("%2Ft%2F12", "/t/12"),
        ("%2F%2Fevil.example", "/"),
        ("https%3A%2F%2Fevil.example", "/"),
        ("%2F%5Cevil.example", "/"),
        ("", "/"),
    ] {
        let answer = fill(&site, "/signin", &preset, &format!("name=ada&{KNOWN}&next={next}")).await;
        assert_eq!(
            (answer.status, answer.header(header::LOCATION)),
            (StatusCode::SEE_OTHER, wanted),
            "{}",
            answer.body
        );
        assert_ne!(answer.token(), preset);
        assert_eq!(
            answer.header(header::SET_COOKIE),
            format!("tact={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=7776000", answer.token())
        );
        assert_eq!(behind(&site, &answer.token()).await.unwrap().name, "ada");
    }
    assert!(behind(&site, &preset).await.is_none());
}

#[tokio::test]
async fn over_https_the_cookie_is_bound_to_the_host() {
    let (site, _folder) =
        testing::site_with(|config| config.public_url = "https://forum.example/".parse().unwrap()).await;
    testing::member(&site, "ada", Role::Member).await;
    let answer = fill(&site, "/signin", "", &format!("name=ada&{KNOWN}")).await;
    assert_eq!(
        answer.header(header::SET_COOKIE),
        format!("__Host-tact={}; Path=/; HttpOnly; SameSite=Lax; Secure; Max-Age=7776000", answer.token())
    );
}

#[tokio::test]
async fn a_failed_sign_in_looks_the_same_for_every_name() {
    let (site, _folder) = testing::site().await;
    testing::member(&site, "ada", Role::Member).await;
    let one = fill(&site, "/signin", "", "name=ada&password=wrong+password").await;
    let two = fill(&site, "/signin", "", "name=bob&password=wrong+password").await;
    assert_eq!((one.status, two.status), (StatusCode::FORBIDDEN, StatusCode::FORBIDDEN));
    assert_eq!(one.body, two.body.replace("bob", "ada"));
    assert_eq!(one.headers, two.headers);
    assert!(one.body.contains("do not belong together") && !one.body.contains("wrong password"));
    for _ in 0..4 {
        fill(&site, "/signin", "", "name=bob&password=wrong+password").await;
    }
    let limited = fill(&site, "/signin", "", "name=bob&password=wrong+password").await;
    assert_eq!((limited.status, limited.header(header::RETRY_AFTER)), (StatusCode::TOO_MANY_REQUESTS, "30"));
}

#[tokio::test]
async fn signing_up_and_out() {
    let (site, _folder) = testing::site().await;
    let wrong = fill(&site, "/signup", "", "name=a&display=%3Cb%3EAda&email=nowhere&password=short").await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(wrong.body.matches("class=\"err\"").count(), 3);
    assert!(wrong.body.contains("&#60;b&#62;Ada") && !wrong.body.contains("short\""));
    let answer = fill(&site, "/signup", "", &format!("name=ada&display=Ada&email=&next=/chat&{KNOWN}")).await;
    assert_eq!((answer.status, answer.header(header::LOCATION)), (StatusCode::SEE_OTHER, "/chat"), "{}", answer.body);
    let token = answer.token();
    assert_eq!(ask(&site, "/signin?next=/chat", &token).await.header(header::LOCATION), "/chat");
    let out = fill(&site, "/signout", &token, "").await;
    assert_eq!(out.headers.get("clear-site-data").unwrap(), "\"cache\",\"storage\"");
    assert!(out.header(header::SET_COOKIE).ends_with("; Max-Age=0"));
    assert!(behind(&site, &token).await.is_none());
    assert!(ask(&site, out.header(header::LOCATION), "").await.body.contains("You are signed out."));
}

#[tokio::test]
async fn the_first_admin_comes_in_by_the_link_and_the_community_is_filled() {
    let (site, _folder) = testing::site().await;
    let key = setup_token(&site).await.unwrap().unwrap();
    assert_eq!(ask(&site, "/setup?key=guess", "").await.status, StatusCode::NOT_FOUND);
    let page = ask(&site, &format!("/setup?key={key}"), "").await;
    assert!(page.status == StatusCode::OK && page.body.contains(&key));
    let general = |site: Site| -> Furnished {
        Box::pin(async move {
            testing::board(&site, "general", crate::entity::board::Readers::Public).await;
            Ok(())
        })
    };
    let furnish = Furnish { empty: general, sample: |_, _| unreachable!(), filling: Filling::default() };
    let token = csrf(&site, "").await;
    let with = |key: &str| {
        form(&site, "/setup", "", format!("csrf={token}&key={key}&name=ada&display=&email=&fill=empty&{KNOWN}"))
    };
    assert_eq!(send(app(&site, Some(furnish.clone())), with("guess")).await.status, StatusCode::NOT_FOUND);
    let made = send(app(&site, Some(furnish)), with(&key)).await;
    assert_eq!(made.status, StatusCode::SEE_OTHER, "{}", made.body);
    assert_eq!(behind(&site, &made.token()).await.unwrap().role, Role::Admin);
    assert!(store::board_id(site.db.reads(), "general").await.is_ok());
    assert_eq!(send(app(&site, None), with(&key)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_profile_with_private_data_comes_back_with_a_warning() {
    let (site, _folder) = testing::site().await;
    let token = sign_up(&site, applicant("ada"), &caller()).await.unwrap().token;
    let warned = fill(&site, "/settings/profile", &token, "display=Ada&bio=Card+4539+1488+0343+6467&nonce=n1").await;
    assert_eq!(warned.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(!ask(&site, "/u/ada", "").await.body.contains("4539"));
    let masked =
        fill(&site, "/settings/profile", &token, "display=Ada&bio=Card+4539+1488+0343+6467&nonce=n1&choice=mask").await;
    assert_eq!(masked.header(header::LOCATION), "/settings/profile?done=saved");
    let shown = ask(&site, "/u/ada", "").await.body;
    assert!(shown.contains("card number hidden") && !shown.contains("4539"));
    let held =
        fill(&site, "/settings/profile", &token, "display=Ada&bio=Card+4539+1488+0343+6467&nonce=n2&choice=ask").await;
    assert_eq!(held.header(header::LOCATION), "/settings/profile?done=held");
    let refused = fill(&site, "/settings/profile", &token, &format!("display={}&bio=&nonce=n3", "x".repeat(41))).await;
    assert!(refused.status == StatusCode::UNPROCESSABLE_ENTITY && refused.body.contains("id=\"display-e\""));
    assert_eq!(fill(&site, "/settings/reading", &token, "theme=dark&view=time").await.status, StatusCode::SEE_OTHER);
    assert!(ask(&site, "/settings/profile", &token).await.body.contains("<option value=\"dark\" selected>"));
}

#[tokio::test]
async fn sessions_password_and_tokens_are_managed_on_one_page() {
    let (site, _folder) = testing::site().await;
    let one = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    let two = enter(&site, "ada", PASSWORD).await.unwrap();
    assert_eq!(
        ask(&site, "/settings/sessions", "").await.header(header::LOCATION),
        "/signin?next=%2Fsettings%2Fsessions"
    );
    let page = ask(&site, "/settings/sessions", &two.token).await.body;
    assert!(page.contains("Firefox on Linux") && page.contains("203.0.113.0/24") && page.contains("this one"));
    let made = fill(&site, "/settings/tokens", &two.token, "label=Backup").await;
    let secret = made.body.split("tact_pat_").nth(1).unwrap().chars().take(43).collect::<String>();
    assert!(!ask(&site, "/settings/sessions", &two.token).await.body.contains(&secret));
    assert!(fill(&site, "/settings/tokens", &two.token, "label=").await.body.contains("id=\"label-e\""));
    let wrong = fill(&site, "/settings/password", &two.token, "current=not+this&password=another+long+password").await;
    assert!(
        wrong.body.contains("This is not your present password.") && wrong.status == StatusCode::UNPROCESSABLE_ENTITY
    );
    let changed = fill(
        &site,
        "/settings/password",
        &two.token,
        "current=correct+horse+battery+staple&password=another+long+password",
    )
    .await;
    assert_eq!(changed.header(header::LOCATION), "/settings/sessions?done=password");
    assert!(behind(&site, &one.token).await.is_none() && behind(&site, &changed.token()).await.is_some());
    let request =
        from(&site, "GET", "/api/v1/session", "").header(header::AUTHORIZATION, format!("Bearer tact_pat_{secret}"));
    let me: serde_json::Value =
        serde_json::from_str(&send(app(&site, None), request.body(Body::empty()).unwrap()).await.body).unwrap();
    assert_eq!((&me["member"]["name"], &me["member"]["credential"]), (&"ada".into(), &"token".into()));
}

#[tokio::test]
async fn the_api_tells_who_members_are_and_asks_about_findings() {
    let (site, _folder) = testing::site().await;
    let token = sign_up(&site, applicant("ada"), &caller()).await.unwrap().token;
    assert_eq!(ask(&site, "/api/v1/session", "").await.body, "{}");
    let csrf = csrf(&site, &token).await;
    let patch = async |body: &str| {
        let request = from(&site, "PATCH", "/api/v1/profile", &token)
            .header("x-csrf-token", &csrf)
            .header(header::CONTENT_TYPE, "application/json");
        send(app(&site, None), request.body(Body::from(body.to_owned())).unwrap()).await
    };
    let asked = patch(r#"{"display":"Ada","bio":"Write to ada@mail.example","nonce":"n1"}"#).await;
    assert_eq!(
        (asked.status, asked.header(header::CONTENT_TYPE)),
        (StatusCode::UNPROCESSABLE_ENTITY, "application/problem+json")
    );
    let problem: serde_json::Value = serde_json::from_str(&asked.body).unwrap();
    assert_eq!(
        (&problem["code"], &problem["warning"]["findings"][0]["field"], &problem["warning"]["findings"][0]["rule"]),
        (&"pii_warning".into(), &"bio".into(), &"email".into())
    );
    let consent = problem["warning"]["consent"].as_str().unwrap();
    let anyway = patch(&format!(r#"{{"display":"Ada","bio":"Write to ada@mail.example","nonce":"n1","choice":"anyway","consent":"{consent}","ack":true}}"#)).await;
    assert_eq!(anyway.status, StatusCode::OK, "{}", anyway.body);
    assert_eq!(
        patch(r#"{"display":"Ada","nonce":"n2","bio":"Card 4539 1488 0343 6467","choice":"ask"}"#).await.status,
        StatusCode::ACCEPTED
    );
    let member: serde_json::Value = serde_json::from_str(&ask(&site, "/api/v1/members/ada", "").await.body).unwrap();
    assert_eq!((&member["display"], &member["role"]), (&"Ada".into(), &"member".into()));
    assert_eq!(ask(&site, "/api/v1/members/nobody", "").await.status, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn a_tile_is_the_same_kind_of_answer_for_every_number() {
    let (site, _folder) = testing::site().await;
    let one = ask(&site, "/avatar/123456", "").await;
    assert_eq!((one.status, one.header(header::CONTENT_TYPE)), (StatusCode::OK, "image/svg+xml"));
    assert!(
        one.body.contains("xmlns=\"http://www.w3.org/2000/svg\"")
            && one.header(header::CACHE_CONTROL).contains("max-age")
    );
}
