//! Getting in: the first admin, signing up and in, wrong secrets, changed passwords, tokens, tickets.

use serde_json::json;

use super::{Canaries, Stage};
use crate::program::{Home, Program};

/// Opens the link that the program printed, wrongly and then rightly.
pub async fn first_admin(home: Home, program: &Program) -> Stage {
    let canaries = Canaries::default();
    let link = program.says("/setup?key=").await;
    let key = canaries.found(link.split("key=").nth(1).unwrap().split_whitespace().next().unwrap());
    let guest = home.actor(None);
    let wrong = canaries.secret("setupkey");
    assert_eq!(guest.get(&format!("/setup?key={wrong}")).await.status, 404);
    assert_eq!(guest.get(&format!("/setup?key={key}")).await.status, 200);
    let (name, password) = (canaries.word("admin"), canaries.secret("adminpassword"));
    let mut fields = vec![("name", name.as_str()), ("password", &password), ("fill", "empty"), ("key", &wrong)];
    assert_eq!(guest.form("/setup", &fields).await.status, 404);
    fields[3].1 = &key;
    assert_eq!(guest.form("/setup", &fields).await.status, 303);
    let mut stage = Stage { mara: home.actor(None), admin: guest, home, canaries };
    let mut admin = stage.home.actor(None);
    std::mem::swap(&mut admin, &mut stage.admin);
    stage.with_token(&mut admin).await;
    stage.admin = admin;
    sign_up(&mut stage).await;
    stage
}

async fn sign_up(stage: &mut Stage) {
    let canaries = &stage.canaries;
    let (display, password) = (canaries.word("display"), canaries.secret("password"));
    let mail = format!("{}@mail.example", canaries.secret("mail"));
    let bad = format!("{} {}", canaries.secret("badname"), canaries.secret("badnameend"));
    let mara = stage.home.actor(None);
    let fields = [("name", bad.as_str()), ("display", &display), ("email", &bad), ("password", &password)];
    assert_eq!(mara.form("/signup", &fields).await.status, 422);
    let fields = [("name", "mara"), ("display", display.as_str()), ("email", &mail), ("password", &password)];
    assert_eq!(mara.form("/signup", &fields).await.status, 303);
    let private = format!("{} {}", canaries.secret("privatedisplay"), "4539 1488 0343 6467");
    let other = stage.home.actor(None);
    let fields = [("name", "bea"), ("display", private.as_str()), ("email", ""), ("password", &password)];
    assert_eq!(other.form("/signup", &fields).await.status, 422);
    let mut mara = mara;
    stage.with_token(&mut mara).await;
    stage.mara = mara;
}

/// Signing in and out, passwords, sessions, cookies, tokens.
pub async fn members(stage: &Stage) {
    let canaries = &stage.canaries;
    let password = canaries.secret("password");
    let guest = stage.home.actor(None);
    for name in ["mara".to_owned(), canaries.secret("nobody"), format!("{}@mail.example", canaries.secret("mail"))] {
        let fields = [("name", name.as_str()), ("password", &canaries.secret("wrongpassword"))];
        let answer = guest.form("/signin", &fields).await;
        assert!(answer.status >= 400, "{}", answer.status);
    }
    let next = format!("/search?q={}", canaries.secret("next"));
    let answer = guest.form("/signin", &[("name", "mara"), ("password", &password), ("next", &next)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
    let cookie = answer.headers.get("set-cookie").unwrap().to_str().unwrap().to_owned();
    canaries.found(cookie.split('=').nth(1).unwrap().split(';').next().unwrap());
    canaries.found(&guest.csrf("/").await);
    let ticket = guest.http.post(format!("{}/live/ticket", guest.base)).header("origin", &guest.base);
    let ticket = ticket.header("x-csrf-token", guest.csrf("/").await).send().await.unwrap();
    let ticket: serde_json::Value = ticket.json().await.unwrap();
    canaries.found(ticket["ticket"].as_str().unwrap());
    let new = canaries.secret("newpassword");
    let wrong =
        guest.form("/settings/password", &[("current", &canaries.secret("wrongcurrent")), ("password", &new)]).await;
    assert!(wrong.status >= 400, "{}", wrong.status);
    let right = guest.form("/settings/password", &[("current", &password), ("password", &new)]).await;
    assert_eq!(right.status, 303, "{}", right.text);
    assert_eq!(guest.form("/signout", &[]).await.status, 303);
    let mut stranger = stage.home.actor(Some(format!("tact_pat_{}", canaries.secret("bearer"))));
    assert_eq!(stranger.api("GET", "/session", None).await.status, 401);
    stranger.token = Some(canaries.secret("nobearer"));
    assert_eq!(
        stranger.api("POST", "/preview", Some(json!({ "body": canaries.secret("nopreview") }))).await.status,
        401
    );
    let stolen = stranger.http.get(format!("{}/", stranger.base));
    stolen.header("cookie", format!("tact={}", canaries.secret("cookie"))).send().await.unwrap();
    let csrf = [("csrf", canaries.secret("csrf")), ("body", canaries.secret("csrfbody"))];
    let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(csrf).finish();
    assert_eq!(stage.mara.post_raw("/t/1/reply", body, &stage.home.base).await.status, 403);
    // Changing the password ended the other sessions: mara signs in again.
    let answer = stage.mara.form("/signin", &[("name", "mara"), ("password", &new)]).await;
    assert_eq!(answer.status, 303, "{}", answer.text);
}
