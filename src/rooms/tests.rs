//! What members may rely on in rooms: verbs, pages, API.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use serde_json::{Value, json};
use tower::ServiceExt;

use super::*;
use crate::accounts;
use crate::entity::member::Role as SiteRole;
use crate::http::cookies;
use crate::keys::{Purpose, base64url};
use crate::publish::Published;
use crate::testing::{self, member};

struct Cast {
    site: Site,
    noor: Viewer,
    mara: Viewer,
    lobby: RoomId,
    _folder: tempfile::TempDir,
}

fn named(title: &str, closed: bool) -> NewRoom {
    NewRoom { title: title.into(), topic: String::new(), closed }
}

async fn cast() -> Cast {
    let (site, folder) = testing::site().await;
    let noor = member(&site, "noor", SiteRole::Moderator).await;
    let mara = member(&site, "mara", SiteRole::Member).await;
    let (lobby, _) = create(&site, &noor, named("Lobby", false)).await.unwrap();
    Cast { site, noor, mara, lobby, _folder: folder }
}

impl Cast {
    async fn say(&self, viewer: &Viewer, nonce: &str, body: &str) -> Published {
        let message = Message { room: self.lobby, reply_to: None, body: body.into() };
        match send(&self.site, viewer, message, Envelope { nonce: nonce.into(), ..Envelope::default() }).await.unwrap()
        {
            Outcome::Published(published) => published,
            other => panic!("{other:?}"),
        }
    }

    async fn row(&self, viewer: &Viewer) -> Row {
        list(&self.site, viewer).await.unwrap().into_iter().find(|row| row.room.id == self.lobby).unwrap()
    }

    async fn token(&self, viewer: &Viewer) -> String {
        accounts::token_add(&self.site, viewer, "test", 1).await.unwrap().secret
    }

    async fn ask(&self, request: Request<Body>) -> (StatusCode, String) {
        let app = html::routes::<Site>().merge(json::api::<Site>().split_for_parts().0).with_state(self.site.clone());
        let app = crate::http::wrap(app, &self.site);
        let answer = app.oneshot(request).await.unwrap();
        let status = answer.status();
        let bytes = axum::body::to_bytes(answer.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(bytes.to_vec()).unwrap())
    }

    async fn api(&self, token: &str, method: &str, path: &str, body: Value) -> (StatusCode, Value) {
        let request = Request::builder()
            .method(method)
            .uri(format!("/api/v1/rooms{path}"))
            .header(header::HOST, HOST)
            .header(header::AUTHORIZATION, format!("Bearer {token}"));
        let request =
            request.header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_string())).unwrap();
        let (status, text) = self.ask(request).await;
        (status, serde_json::from_str(&text).unwrap_or(Value::Null))
    }

    /// The session cookie of a member's browser.
    async fn cookie(&self, name: &str) -> String {
        let signed =
            accounts::sign_in(&self.site, &Viewer::Guest, (name, testing::PASSWORD), &accounts::Caller::default())
                .await
                .unwrap();
        format!("{}={}", cookies::session_name(&self.site.config), signed.token)
    }

    async fn get(&self, cookie: &str, path: &str) -> (StatusCode, String) {
        self.ask(
            Request::get(path).header(header::HOST, HOST).header(header::COOKIE, cookie).body(Body::empty()).unwrap(),
        )
        .await
    }

    async fn form(&self, cookie: &str, path: &str, fields: &[(&str, &str)]) -> (StatusCode, String) {
        let csrf = base64url(&self.site.keys.mac(Purpose::Csrf, &[cookie.split_once('=').unwrap().1.as_bytes()]));
        let body = url::form_urlencoded::Serializer::new(String::new())
            .extend_pairs(fields)
            .append_pair("csrf", &csrf)
            .finish();
        let request = Request::post(path).header(header::HOST, HOST).header(header::COOKIE, cookie);
        self.ask(
            request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from(body)).unwrap(),
        )
        .await
    }
}

const HOST: &str = "localhost:8080";

#[tokio::test]
async fn unread_counts_messages_of_others_and_marks_mentions() {
    let cast = cast().await;
    join(&cast.site, &cast.mara, cast.lobby).await.unwrap();
    join(&cast.site, &cast.mara, cast.lobby).await.unwrap();
    assert_eq!((cast.row(&cast.mara).await.unread, cast.row(&cast.mara).await.members), (0, 2));
    cast.say(&cast.noor, "1", "hello").await;
    cast.say(&cast.noor, "2", "are you there, @mara?").await;
    cast.say(&cast.mara, "3", "yes").await;
    let row = cast.row(&cast.mara).await;
    assert_eq!((row.unread, row.mentioned, row.joined), (2, true, true));
    assert_eq!(row.last.unwrap().source, "yes");
    mark_read(&cast.site, &cast.mara, cast.lobby, 1_000_000).await.unwrap();
    let row = cast.row(&cast.mara).await;
    assert_eq!((row.unread, row.mentioned), (0, false));
    let opened = open(&cast.site, &cast.mara, "lobby").await.unwrap();
    assert_eq!(opened.read_seq, opened.head);
    mark_read(&cast.site, &cast.mara, cast.lobby, 1).await.unwrap();
    assert_eq!(open(&cast.site, &cast.mara, "lobby").await.unwrap().read_seq, opened.head, "never back");
    let guest = cast.row(&Viewer::Guest).await;
    assert_eq!((guest.unread, guest.joined), (0, false));
}

#[tokio::test]
async fn whoever_joins_by_writing_has_read_what_was_said_before() {
    let cast = cast().await;
    for number in 1..=3 {
        cast.say(&cast.noor, &number.to_string(), "before").await;
    }
    cast.say(&cast.mara, "4", "hello").await;
    let row = cast.row(&cast.mara).await;
    assert_eq!((row.joined, row.unread), (true, 0));
    cast.say(&cast.noor, "5", "welcome").await;
    assert_eq!(cast.row(&cast.mara).await.unread, 1);
}

#[tokio::test]
async fn history_pages_both_ways_and_around_a_message() {
    let cast = cast().await;
    for number in 1..=60 {
        cast.say(&cast.noor, &number.to_string(), &number.to_string()).await;
    }
    let opened = open(&cast.site, &Viewer::Guest, "lobby").await.unwrap();
    let latest = newest(&cast.site, &opened).await.unwrap();
    let texts = |page: &Page| {
        (
            page.messages.first().unwrap().source.clone(),
            page.messages.last().unwrap().source.clone(),
            page.older,
            page.newer,
        )
    };
    assert_eq!(texts(&latest), ("11".into(), "60".into(), true, false));
    let first = latest.messages[0].number;
    let older = page(&cast.site, &opened, Window::Before(first), PAGE).await.unwrap();
    assert_eq!(texts(&older), ("1".into(), "10".into(), false, true));
    let after = page(&cast.site, &opened, Window::After(older.messages[9].number), 20).await.unwrap();
    assert_eq!(texts(&after), ("11".into(), "30".into(), true, true));
    let middle = around(&cast.site, &opened, latest.messages[20].number).await.unwrap();
    assert_eq!(texts(&middle), ("7".into(), "56".into(), true, true));
}

#[tokio::test]
async fn closed_rooms_are_for_their_members_and_moderators() {
    let cast = cast().await;
    let (staff, slug) = create(&cast.site, &cast.noor, named("Staff", true)).await.unwrap();
    assert!(open(&cast.site, &cast.noor, &slug).await.is_ok());
    for viewer in [&cast.mara, &Viewer::Guest] {
        assert!(matches!(open(&cast.site, viewer, &slug).await, Err(Error::NotFound)));
        assert!(!list(&cast.site, viewer).await.unwrap().iter().any(|row| row.room.id == staff));
    }
    assert!(matches!(join(&cast.site, &cast.mara, staff).await, Err(Error::NotFound)));
    join(&cast.site, &cast.mara, cast.lobby).await.unwrap();
    change(&cast.site, &cast.noor, cast.lobby, Change::Close(true)).await.unwrap();
    assert!(open(&cast.site, &cast.mara, "lobby").await.is_ok());
    leave(&cast.site, &cast.mara, cast.lobby).await.unwrap();
    assert!(matches!(open(&cast.site, &cast.mara, "lobby").await, Err(Error::NotFound)));
}

#[tokio::test]
async fn rooms_are_made_and_changed_by_those_who_may() {
    let cast = cast().await;
    let wrong = |result: Result<(RoomId, String)>| match result.unwrap_err() {
        Error::Invalid(fields) => fields[0].field.to_string(),
        other => other.code().to_owned(),
    };
    assert_eq!(wrong(create(&cast.site, &cast.mara, named("Mine", false)).await), "forbidden");
    for title in ["Lobby", "New", "", "write to me@posteo.de"] {
        assert_eq!(wrong(create(&cast.site, &cast.noor, named(title, false)).await), "title", "{title}");
    }
    let private = NewRoom { topic: "ask someone@posteo.de".into(), ..named("Help", false) };
    assert_eq!(wrong(create(&cast.site, &cast.noor, private).await), "topic");
    assert_eq!(create(&cast.site, &cast.noor, named("LOBBY!", false)).await.unwrap().1, "lobby-2");
    assert_eq!(
        change(&cast.site, &cast.mara, cast.lobby, Change::Archive(true)).await.unwrap_err().code(),
        "forbidden"
    );
    change(&cast.site, &cast.noor, cast.lobby, Change::Rename("Hall".into())).await.unwrap();
    change(&cast.site, &cast.noor, cast.lobby, Change::Archive(true)).await.unwrap();
    let opened = open(&cast.site, &cast.mara, "lobby").await.unwrap();
    assert_eq!((opened.room.title.as_str(), opened.room.archived), ("Hall", true));
    assert_eq!(join(&cast.site, &cast.mara, cast.lobby).await.unwrap_err().code(), "archived");
}

#[tokio::test]
async fn the_api_sends_warns_holds_and_repeats() {
    let cast = cast().await;
    let token = cast.token(&cast.mara).await;
    let message = json!({"body": "Good morning", "nonce": "n1"});
    let (status, first) = cast.api(&token, "POST", "/lobby/messages", message.clone()).await;
    assert_eq!((status, first["dup"].as_bool()), (StatusCode::CREATED, Some(false)));
    let (_, again) = cast.api(&token, "POST", "/lobby/messages", message).await;
    assert_eq!((&again["seq"], again["dup"].as_bool()), (&first["seq"], Some(true)));
    let card = json!({"body": "my card 4539 9814 6237 5802", "nonce": "n2"});
    let (status, asked) = cast.api(&token, "POST", "/lobby/messages", card).await;
    assert_eq!(
        (status, asked["code"].as_str(), asked["warning"]["findings"][0]["start"].as_u64()),
        (StatusCode::UNPROCESSABLE_ENTITY, Some("pii_warning"), Some(8))
    );
    let ask = json!({"body": "my card 4539 9814 6237 5802", "nonce": "n2", "choice": "ask"});
    let (status, held) = cast.api(&token, "POST", "/lobby/messages", ask).await;
    assert_eq!((status, held["held"].as_bool()), (StatusCode::ACCEPTED, Some(true)));
    let (status, page) = cast.api(&token, "GET", "/lobby/messages?limit=1", Value::Null).await;
    assert_eq!(
        (status, &page["messages"][0]["source"], &page["messages"][0]["number"]),
        (StatusCode::OK, &json!("Good morning"), &first["seq"])
    );
    assert_eq!(cast.api(&token, "GET", "/nowhere/messages", Value::Null).await.0, StatusCode::NOT_FOUND);
    assert_eq!(cast.api(&token, "PUT", "/lobby/read", json!({"seq": 99})).await.0, StatusCode::NO_CONTENT);
    let (_, detail) = cast.api(&token, "GET", "/lobby", Value::Null).await;
    assert_eq!((&detail["read"], &detail["joined"], &detail["unread"]), (&detail["head"], &json!(true), &json!(0)));
    assert_eq!(cast.api(&token, "DELETE", "/lobby/membership", Value::Null).await.0, StatusCode::NO_CONTENT);
    assert_eq!(cast.api(&token, "PATCH", "/lobby", json!({"title": "Mine"})).await.0, StatusCode::FORBIDDEN);
    let noor = cast.token(&cast.noor).await;
    assert_eq!(
        cast.api(&noor, "PATCH", "/lobby", json!({"topic": "All *welcome*", "nonce": "t"})).await.0,
        StatusCode::OK
    );
    let (_, rooms) = cast.api(&noor, "GET", "", Value::Null).await;
    assert!(rooms[0]["topic_html"].as_str().unwrap().contains("<em>welcome</em>"));
}

#[tokio::test]
async fn the_page_reads_and_posts_without_javascript() {
    let cast = cast().await;
    let sent = cast.say(&cast.noor, "1", "Hello <b>all</b>").await;
    let cookie = cast.cookie("mara").await;
    let (status, page) = cast.get(&cookie, "/chat/lobby").await;
    assert_eq!(status, StatusCode::OK);
    assert!(
        page.contains("Hello ") && !page.contains("<b>all") && page.contains(&format!("data-head=\"{}\"", sent.seq))
    );
    assert!(page.contains("action=\"/chat/lobby/join\""));
    assert_eq!(cast.form(&cookie, "/chat/lobby/join", &[]).await.0, StatusCode::SEE_OTHER);
    let body = "mail me at someone@posteo.de";
    let (status, page) = cast.form(&cookie, "/chat/lobby", &[("nonce", "n"), ("body", body)]).await;
    assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
    assert!(page.contains(body), "the text is kept");
    assert_eq!(
        cast.form(&cookie, "/chat/lobby", &[("nonce", "n"), ("body", body), ("choice", "mask")]).await.0,
        StatusCode::SEE_OTHER
    );
    let asked = [("nonce", "m"), ("body", "card 4539 9814 6237 5802"), ("choice", "ask")];
    assert_eq!(cast.form(&cookie, "/chat/lobby", &asked).await.0, StatusCode::SEE_OTHER);
    let (_, page) = cast.get(&cookie, "/chat/lobby").await;
    assert!(page.contains("email hidden") && page.contains("it contains a card number") && !page.contains("4539"));
    let (_, noor) = cast.get("", "/chat/lobby").await;
    assert!(!noor.contains("it contains a card number"), "held messages show to their author only");
    let (status, page) =
        cast.form(&cookie, "/chat/lobby", &[("nonce", "x"), ("body", &"y".repeat(MESSAGE_CHARS + 1))]).await;
    assert_eq!(status, StatusCode::PAYLOAD_TOO_LARGE);
    assert!(page.contains("at most 4000 characters"));
    let (status, page) = cast.get(&cookie, &format!("/chat/lobby/m/{}", sent.seq)).await;
    assert!(status == StatusCode::OK && page.contains("target"));
    assert_eq!(cast.get(&cookie, "/chat/lobby/m/999").await.0, StatusCode::NOT_FOUND);
    assert_eq!(cast.get(&cookie, "/chat/new").await.0, StatusCode::FORBIDDEN);
    let (status, list) = cast.get(&cookie, "/chat").await;
    assert!(status == StatusCode::OK && list.contains("Lobby"));
}
