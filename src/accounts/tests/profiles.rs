//! Profiles show what their viewer may read, and nothing else.

use super::*;
use crate::entity::board::Readers;
use crate::entity::member::{Role, Theme, TopicView};
use crate::entity::room::RoomAccess;
use crate::moderation::remove;
use crate::publish::{Outcome, Submission};
use crate::testing::{board, member, message, room, site, topic};

async fn titles(site: &Site, viewer: &Viewer) -> Vec<String> {
    profile(site, viewer, "ada", None).await.unwrap().latest.into_iter().map(|one| one.title).collect()
}

#[tokio::test]
async fn each_viewer_sees_their_own_part_of_a_members_entries() {
    let (site, _folder) = site().await;
    let (ada, ben, mara) = (
        member(&site, "ada", Role::Admin).await,
        member(&site, "ben", Role::Member).await,
        member(&site, "mara", Role::Moderator).await,
    );
    for (slug, readers) in [("public", Readers::Public), ("members", Readers::Members), ("staff", Readers::Staff)] {
        let board = board(&site, slug, readers).await;
        topic(&site, &ada, board, &format!("On {slug}")).await;
    }
    for (slug, access, with) in
        [("open", RoomAccess::Open, &ada), ("closed", RoomAccess::Closed, &ada), ("direct", RoomAccess::Direct, &ben)]
    {
        let room = room(&site, slug, access, &[&ada, with]).await;
        message(&site, &ada, room, "Hello").await;
    }
    assert_eq!(titles(&site, &Viewer::Guest).await, ["Room open", "On public"]);
    assert_eq!(titles(&site, &ben).await, ["Room open", "On members", "On public"]);
    assert_eq!(titles(&site, &mara).await, ["Room closed", "Room open", "On staff", "On members", "On public"]);
    assert_eq!(titles(&site, &ada).await, ["Room closed", "Room open", "On staff", "On members", "On public"]);
    let id = ada.id().unwrap();
    assert_eq!(counts(&site, &Viewer::Guest, id).await.unwrap(), Counts { topics: 1, posts: 1, messages: 1 });
    assert_eq!(counts(&site, &mara, id).await.unwrap(), Counts { topics: 3, posts: 3, messages: 2 });
    assert_eq!(store::size(site.db.reads()).await.unwrap(), (3, 1));
    assert!(matches!(profile(&site, &ben, "nobody", None).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn removed_entries_are_gone_and_pages_follow_each_other() {
    let (site, _folder) = site().await;
    let ada = member(&site, "ada", Role::Member).await;
    let place = board(&site, "public", Readers::Public).await;
    for number in 1..=45 {
        topic(&site, &ada, place, &format!("Number {number}")).await;
    }
    let (_, gone) = topic(&site, &ada, place, "Gone").await;
    remove(&site, &ada, gone).await.unwrap();
    let mut seen = Vec::new();
    let mut before = None;
    loop {
        let page = profile(&site, &Viewer::Guest, "Ada", before).await.unwrap();
        seen.extend(page.latest.into_iter().map(|one| one.title));
        before = page.next;
        if before.is_none() {
            break;
        }
    }
    assert_eq!(seen.len(), 45);
}

#[tokio::test]
async fn a_profile_text_goes_through_the_filter() {
    let (site, _folder) = site().await;
    let ada = member(&site, "ada", Role::Member).await;
    let change = |bio: &str| Submission::Profile { display: "Ada".into(), bio: bio.to_owned() };
    let envelope = crate::publish::Envelope { nonce: "n1".into(), ..Default::default() };
    let warned = crate::publish::publish(&site, &ada, change("Card 4539 1488 0343 6467"), envelope).await.unwrap();
    assert!(matches!(warned, Outcome::Warned(_)));
    crate::testing::publish(&site, &ada, change("I mend **pumps**")).await;
    let shown = profile(&site, &Viewer::Guest, "ada", None).await.unwrap();
    assert_eq!((shown.display.as_str(), shown.bio_html.contains("<strong>pumps</strong>")), ("Ada", true));
}

#[tokio::test]
async fn preferences_are_kept() {
    let (site, _folder) = site().await;
    let ada = member(&site, "ada", Role::Member).await;
    let wished = Preferences { theme: Theme::Dark, topic_view: TopicView::Time };
    set_preferences(&site, &ada, wished).await.unwrap();
    assert_eq!(preferences(&site, &ada).await.unwrap(), wished);
    assert!(matches!(set_preferences(&site, &Viewer::Guest, wished).await, Err(Error::SignInNeeded)));
}
