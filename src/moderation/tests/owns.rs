//! What authors see and do about their own held text.

use super::*;
use crate::entity::finding::FindingOutcome;
use crate::entity::room::RoomAccess;
use crate::error::Error;

#[tokio::test]
async fn held_text_shows_to_its_author_where_it_belongs() {
    let world = world().await;
    let id = held(&world).await;
    let here = held_in_topic(&world.site, &world.mara, world.topic).await.unwrap();
    assert_eq!((here[0].item.id, here[0].why.as_str()), (id, "it contains a card number"));
    for other in [&world.sam, &world.kit, &Viewer::Guest] {
        assert!(held_in_topic(&world.site, other, world.topic).await.unwrap().is_empty());
    }
    let room = testing::room(&world.site, "tea", RoomAccess::Open, &[&world.mara]).await;
    ask(&world.site, &world.mara, Submission::Message { room, reply_to: None, body: "A question first".into() }).await;
    let here = held_in_room(&world.site, &world.mara, room).await.unwrap();
    assert_eq!(here[0].why, "you asked for a look first");
    decide(&world.site, &world.kit, id, verdict(1, Decision::Return)).await.unwrap();
    assert!(held_in_topic(&world.site, &world.mara, world.topic).await.unwrap().is_empty());
}

#[tokio::test]
async fn what_waits_can_be_taken_back_and_is_gone_at_once() {
    let world = world().await;
    let id = held(&world).await;
    assert!(matches!(withdraw(&world.site, &world.sam, id).await, Err(Error::NotFound)));
    withdraw(&world.site, &world.mara, id).await.unwrap();
    let left = item(&world.site, id).await;
    let shown = publish::Shown::of(&world.site, &left).unwrap();
    assert_eq!((left.state, left.submission, shown.masked.as_str()), (ReviewState::Withdrawn, None, ""));
    assert_eq!(outcomes(&world.site, id).await, [FindingOutcome::Dropped]);
    world.site.clock.advance_s(120);
    let late = decide(&world.site, &world.kit, id, verdict(1, Decision::Publish)).await.unwrap_err();
    assert_eq!(late.message(), "Its author took this back 2 minutes ago.");
    assert!(withdraw(&world.site, &world.mara, id).await.is_err());
}

#[tokio::test]
async fn the_title_of_a_withdrawn_topic_goes_too() {
    let world = world().await;
    let topic = Submission::Topic { board: world.board, title: "A secret plan".into(), body: format!("With {CARD}") };
    let id = ask(&world.site, &world.mara, topic).await;
    withdraw(&world.site, &world.mara, id).await.unwrap();
    let left = item(&world.site, id).await;
    assert_eq!(publish::Shown::of(&world.site, &left).unwrap().title, "Board bench");
}

#[tokio::test]
async fn how_long_it_usually_takes_is_known_after_some_decisions() {
    let world = world().await;
    for minutes in [5, 1, 9] {
        assert_eq!(usual_min(&world.site).await.unwrap(), None);
        let id = held(&world).await;
        world.site.clock.advance_s(minutes * 60);
        decide(&world.site, &world.kit, id, verdict(1, Decision::Remove)).await.unwrap();
    }
    assert_eq!(usual_min(&world.site).await.unwrap(), Some(5));
}
