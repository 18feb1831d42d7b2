//! The pages and the API, asked as a browser would.

use axum::Router;
use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::*;

fn app(site: &Site) -> Router {
    let (api, _) = json::api::<Site>().split_for_parts();
    html::routes::<Site>().merge(api).with_state(site.clone())
}

async fn send(site: &Site, viewer: &Viewer, mut request: Request<Body>) -> Response<Body> {
    request.extensions_mut().insert(viewer.clone());
    app(site).oneshot(request).await.unwrap()
}

async fn get(site: &Site, viewer: &Viewer, url: &str) -> (StatusCode, String) {
    let response = send(site, viewer, Request::get(url).body(Body::empty()).unwrap()).await;
    let status = response.status();
    (status, text(response).await)
}

async fn post(site: &Site, viewer: &Viewer, url: &str, form: &str) -> Response<Body> {
    let request = Request::post(url).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    send(site, viewer, request.body(Body::from(form.to_owned())).unwrap()).await
}

async fn text(response: Response<Body>) -> String {
    String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
}

#[tokio::test]
async fn a_moderator_reads_the_queue_masked_and_decides() {
    let world = world().await;
    let (first, second) = (held(&world).await, held(&world).await);
    let (status, list) = get(&world.site, &world.kit, "/review").await;
    assert_eq!(status, StatusCode::OK);
    assert!(list.contains("Card number") && !list.contains("4539"));
    let (_, case) = get(&world.site, &world.kit, &format!("/review/{first}?show=held")).await;
    assert!(case.contains("•••• 6467") && case.contains("Publish masked") && !case.contains(CARD));
    let form = "version=1&decision=return&reason=private&note=Four+digits+will+do.&show=held";
    let decided = post(&world.site, &world.kit, &format!("/review/{first}/decide"), form).await;
    assert_eq!(decided.status(), StatusCode::SEE_OTHER);
    assert_eq!(decided.headers()[header::LOCATION], format!("/review/{second}?show=held"));
    assert!(decided.headers().contains_key(header::SET_COOKIE));
    let late = post(&world.site, &world.noor, &format!("/review/{first}/decide"), "version=1&decision=publish").await;
    assert_eq!(late.status(), StatusCode::CONFLICT);
    let late = text(late).await;
    assert!(late.contains("decided this") && late.contains("Your decision was not taken"), "{late}");
    let (_, log) = get(&world.site, &world.kit, "/review/log").await;
    assert!(log.contains("held reply in Board bench") && log.contains("returned"));
}

#[tokio::test]
async fn what_is_missing_comes_back_with_the_note() {
    let world = world().await;
    let id = held(&world).await;
    let answer = post(
        &world.site,
        &world.kit,
        &format!("/review/{id}/decide"),
        "version=1&decision=remove&reason=&note=My+words",
    )
    .await;
    assert_eq!(answer.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let page = text(answer).await;
    assert!(page.contains("My words") && page.contains("Choose a reason"));
    let outside =
        post(&world.site, &world.yuki, &format!("/review/{id}/decide"), "version=1&decision=remove&reason=spam").await;
    assert_eq!(outside.status(), StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn values_are_shown_once_and_never_kept_by_a_cache() {
    let world = world().await;
    let id = held(&world).await;
    let answer = post(&world.site, &world.kit, &format!("/review/{id}/reveal"), "reason=unsure").await;
    assert_eq!(
        (answer.status(), &answer.headers()[header::CACHE_CONTROL]),
        (StatusCode::OK, &header::HeaderValue::from_static("no-store"))
    );
    assert!(text(answer).await.contains(CARD));
    assert!(!get(&world.site, &world.kit, &format!("/review/{id}")).await.1.contains(CARD));
}

#[tokio::test]
async fn an_author_sends_a_returned_text_again() {
    let world = world().await;
    let id = held(&world).await;
    let (_, waiting) = get(&world.site, &world.mara, "/my/held").await;
    assert!(waiting.contains("it contains a card number") && !waiting.contains(CARD));
    decide(
        &world.site,
        &world.kit,
        id,
        Verdict { note: "Four digits will do.".into(), ..verdict(1, Decision::Return) },
    )
    .await
    .unwrap();
    let (_, back) = get(&world.site, &world.mara, "/my/held").await;
    assert!(
        back.contains(CARD) && back.contains("Four digits will do.") && back.contains("It shows something private")
    );
    let url = format!("/my/held/{id}/edit");
    assert!(get(&world.site, &world.mara, &url).await.1.contains(CARD));
    assert_eq!(get(&world.site, &world.sam, &url).await.0, StatusCode::NOT_FOUND);
    let warned = post(&world.site, &world.mara, &url, "nonce=n1&body=Still+4539+1488+0343+6467").await;
    assert_eq!(warned.status(), StatusCode::UNPROCESSABLE_ENTITY);
    let sent = post(&world.site, &world.mara, &url, "nonce=n2&body=It+ends+in+6467").await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    assert_eq!(item(&world.site, id).await.submission, None);
    assert_eq!(entries(&world.site).await.pop().unwrap().source, "It ends in 6467");
    assert_eq!(get(&world.site, &world.mara, &url).await.0, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn members_report_with_a_form() {
    let world = world().await;
    let url = format!("/p/{}/flag", world.first);
    assert!(get(&world.site, &world.sam, &url).await.1.contains("It is advertising"));
    assert_eq!(get(&world.site, &world.mara, &url).await.0, StatusCode::FORBIDDEN);
    let bare = post(&world.site, &world.sam, &url, "reason=&note=My+words").await;
    assert_eq!(bare.status(), StatusCode::UNPROCESSABLE_ENTITY);
    assert!(text(bare).await.contains("My words"));
    let sent = post(&world.site, &world.sam, &url, "reason=spam&note=My+words").await;
    assert_eq!(sent.status(), StatusCode::SEE_OTHER);
    let again = post(&world.site, &world.sam, &url, "reason=spam").await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let (_, list) = get(&world.site, &world.kit, "/review?show=flags").await;
    assert!(list.contains("Spam, 1 flag"));
}

#[tokio::test]
async fn programs_see_and_decide_the_same() {
    let world = world().await;
    let id = held(&world).await;
    let (_, list) = get(&world.site, &world.kit, "/api/v1/review").await;
    assert!(list.contains("\"rules\":[\"card\"]") && list.contains("\"held\":1") && !list.contains("4539"));
    let (_, case) = get(&world.site, &world.kit, &format!("/api/v1/review/{id}")).await;
    assert!(case.contains("\"may\":[\"publish\",\"publish_masked\",\"return\",\"remove\"]"), "{case}");
    let json = |body: &str, url: String| {
        Request::post(url).header(header::CONTENT_TYPE, "application/json").body(Body::from(body.to_owned())).unwrap()
    };
    let body = r#"{"version":1,"decision":"publish_masked"}"#;
    let decided = send(&world.site, &world.kit, json(body, format!("/api/v1/review/{id}/decision"))).await;
    assert_eq!(
        (decided.status(), text(decided).await),
        (StatusCode::OK, format!("{{\"id\":{id},\"state\":\"approved\"}}"))
    );
    let again = send(&world.site, &world.noor, json(body, format!("/api/v1/review/{id}/decision"))).await;
    assert_eq!(again.status(), StatusCode::CONFLICT);
    let flag = r#"{"reason":"spam","note":""}"#;
    let flagged = send(&world.site, &world.sam, json(flag, format!("/api/v1/entries/{}/flags", world.first))).await;
    assert_eq!(flagged.status(), StatusCode::NO_CONTENT);
    let guest = send(&world.site, &Viewer::Guest, json(flag, format!("/api/v1/entries/{}/flags", world.first))).await;
    assert_eq!(guest.status(), StatusCode::UNAUTHORIZED);
}
