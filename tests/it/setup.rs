//! A new community that begins with the sample one: what the first admin sees, and what a crash in the middle leaves.

use std::time::Duration;

use serde_json::Value;
use tact::access::{Role, Viewer};
use tact::accounts::filling::{self, Filling};
use tact::accounts::{self, Applicant};
use tact::admin::overview;
use tact::cli;
use tact::site::Site;

use crate::actors::{Actor, PASSWORD, World};

/// Filling takes its time in an unoptimised build, more so on PostgreSQL.
const FILLED: Duration = Duration::from_mins(4);

async fn progress(actor: &Actor) -> Option<Value> {
    let ask = actor.http.get(format!("{}/setup/filling", actor.base)).header("accept", "application/json");
    let answer = ask.send().await.unwrap();
    (answer.status() == 200).then_some(answer).map(reqwest::Response::json)?.await.ok()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_admin_watches_the_sample_community_grow() {
    let world = World::bare().await;
    let key = accounts::setup_token(&world.running.app.site).await.unwrap().unwrap();
    let browser = world.guest();
    // The name is one of the sample's cast: the admin keeps the account and plays the part.
    let fields = [("key", key.as_str()), ("name", "noor"), ("display", "Nora Real"), ("password", PASSWORD)];
    let made = browser.form("/setup", &[&fields[..], &[("fill", "sample")]].concat()).await;
    assert_eq!((made.status, made.location().as_str()), (303, "/setup/filling"));

    let page = browser.get("/setup/filling").await;
    assert!(page.status == 200 && page.text.contains("<progress") && page.text.contains("http-equiv=\"refresh\""));
    assert!(browser.get("/admin").await.text.contains("not complete yet"));
    assert_eq!(browser.get(&format!("/setup?key={key}")).await.location(), "/setup/filling", "a second tab follows");
    assert_eq!(world.guest().form("/setup", &fields).await.status, 404, "the link is used up");
    assert!(world.guest().get("/setup/filling").await.location().starts_with("/signin"));
    assert_eq!(world.guest().get("/readyz").await.status, 200, "the server does its work meanwhile");

    let watched = async {
        let mut seen = Vec::new();
        while let Some(now) = progress(&browser).await {
            assert_eq!(now["failed"], false);
            seen.push(now["done"].as_u64().unwrap());
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        seen
    };
    let seen = tokio::time::timeout(FILLED, watched).await.expect("it ends");
    assert!(seen.is_sorted() && seen.last() > seen.first(), "{seen:?}");
    let end = browser.get("/setup/filling").await;
    assert_eq!((end.status, end.location().as_str()), (303, "/"));
    let home = browser.get("/").await.text;
    assert!(home.contains("Nora Real") && home.contains("/b/electronics"), "still signed in, and the boards are there");
    assert!(!browser.get("/admin").await.text.contains("not complete yet"));
    world.end().await;
}

async fn counts(site: &Site, admin: &Viewer) -> [i64; 5] {
    let state = overview(site, admin).await.unwrap();
    [state.members, state.topics, state.posts, state.messages, state.waiting]
}

async fn admin(world: &World) -> Viewer {
    let applicant = Applicant { name: "ada".into(), password: PASSWORD.into(), ..Applicant::default() };
    Viewer::Member(accounts::add(&world.running.app.site, applicant, Role::Admin).await.unwrap())
}

/// Starts filling and drops it once so many steps are taken.
async fn interrupted(site: &Site, steps: usize) {
    let filling = Filling::default();
    let (work, progress) = (cli::furnish(Filling::default()), filling.clone());
    let task = tokio::spawn((work.sample)(site.clone(), filling));
    let reached = async {
        while progress.progress().done < steps {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::time::timeout(FILLED, reached).await.expect("it gets that far");
    task.abort();
    assert!(task.await.is_err(), "it was interrupted");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_interrupted_filling_says_so_and_goes_on() {
    let (whole, broken) = tokio::join!(World::bare(), World::bare());
    let (site, other) = (broken.running.app.site.clone(), whole.running.app.site.clone());
    let (viewer, reference) = tokio::join!(admin(&broken), admin(&whole));
    for steps in [4, 30, 200] {
        interrupted(&site, steps).await;
        assert!(filling::begun(&site).await.unwrap().is_some());
    }
    let (first, second) = (Filling::default(), Filling::default());
    let (resumed, fresh) = tokio::join!(cli::demo::fill(&site, &first), cli::demo::fill(&other, &second));
    resumed.unwrap();
    fresh.unwrap();
    assert_eq!(first.progress(), second.progress());
    assert!(filling::begun(&site).await.unwrap().is_none());
    assert_eq!(counts(&site, &viewer).await, counts(&other, &reference).await, "nothing is missing, nothing is double");
    broken.end().await;
    whole.end().await;
}
