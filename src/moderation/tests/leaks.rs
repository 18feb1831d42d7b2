//! Who sees which item, and that held text is nowhere before its release.

use super::*;
use crate::error::Error;

#[tokio::test]
async fn held_text_is_nowhere_before_its_release() {
    let world = world().await;
    let before = event::Entity::find().all(world.site.db.reads()).await.unwrap().len();
    let id = held(&world).await;
    assert_eq!(entries(&world.site).await.len(), 1);
    assert_eq!(event::Entity::find().all(world.site.db.reads()).await.unwrap().len(), before);
    let item = item(&world.site, id).await;
    let shown = publish::Shown::of(&world.site, &item).unwrap();
    for shown in [&shown.title, &shown.masked] {
        assert!(!shown.contains("4539") && !shown.contains("6467"));
    }
    let sealed = item.submission.unwrap();
    assert!(!sealed.windows(4).any(|bytes| bytes == b"4539"));
    let case = case(&world.site, &world.kit, id, Filter::All).await.unwrap();
    assert_eq!(case.evidence[0].hint, "•••• 6467");
    assert!(!format!("{:?}", case.evidence).contains(CARD));
}

#[tokio::test]
async fn an_item_is_there_for_those_who_may_decide_and_for_nobody_else() {
    let world = world().await;
    let id = held(&world).await;
    for able in [&world.kit, &world.noor] {
        assert!(case(&world.site, able, id, Filter::All).await.is_ok());
        assert_eq!(queue(&world.site, able, Filter::Held, None, 50).await.unwrap().len(), 1);
        assert_eq!(counts(&world.site, able).await.unwrap(), Counts { held: 1, flags: 0 });
    }
    assert!(matches!(case(&world.site, &world.yuki, id, Filter::All).await, Err(Error::NotFound)));
    assert!(matches!(decide(&world.site, &world.yuki, id, verdict(1, Decision::Publish)).await, Err(Error::NotFound)));
    assert!(queue(&world.site, &world.yuki, Filter::All, None, 50).await.unwrap().is_empty());
    for outside in [&world.mara, &world.sam] {
        assert!(matches!(queue(&world.site, outside, Filter::All, None, 50).await, Err(Error::NotFound)));
        assert!(matches!(case(&world.site, outside, id, Filter::All).await, Err(Error::NotFound)));
        assert!(matches!(reveal(&world.site, outside, id, RevealReason::Unsure, None).await, Err(Error::NotFound)));
    }
    assert!(matches!(queue(&world.site, &Viewer::Guest, Filter::All, None, 50).await, Err(Error::SignInNeeded)));
}

#[tokio::test]
async fn nobody_decides_about_their_own_text() {
    let world = world().await;
    let body = format!("My own card {CARD}");
    let id = ask(&world.site, &world.kit, Submission::Post { topic: world.topic, reply_to: None, body }).await;
    assert_eq!(decide(&world.site, &world.kit, id, verdict(1, Decision::Publish)).await.unwrap_err().code(), "own");
    assert!(case(&world.site, &world.kit, id, Filter::All).await.unwrap().may.is_empty());
    assert_eq!(reveal(&world.site, &world.kit, id, RevealReason::Unsure, None).await.err().unwrap().code(), "own");
    decide(&world.site, &world.noor, id, verdict(1, Decision::PublishMasked)).await.unwrap();
}

#[tokio::test]
async fn values_are_shown_to_moderators_of_the_whole_site_alone() {
    let world = world().await;
    let id = held(&world).await;
    let denied = reveal(&world.site, &world.noor, id, RevealReason::Unsure, None).await.err().unwrap();
    assert_eq!(denied.code(), "forbidden");
    assert!(log_rows(world.site.db.reads(), &world.kit, None, 50).await.unwrap().is_empty(), "nothing was shown");
    assert!(reveal(&world.site, &world.kit, id, RevealReason::Unsure, None).await.is_ok());
    decide(&world.site, &world.noor, id, verdict(1, Decision::PublishMasked)).await.unwrap();
}

#[tokio::test]
async fn the_history_of_an_author_stays_within_the_viewers_places() {
    let world = world().await;
    let elsewhere = testing::board(&world.site, "third", Readers::Public).await;
    let topic = Submission::Topic { board: elsewhere, title: "Elsewhere".into(), body: format!("With {CARD}") };
    ask(&world.site, &world.mara, topic).await;
    let id = held(&world).await;
    assert_eq!(case(&world.site, &world.noor, id, Filter::All).await.unwrap().standing.history.len(), 0);
    assert_eq!(case(&world.site, &world.kit, id, Filter::All).await.unwrap().standing.history.len(), 1);
}

#[tokio::test]
async fn the_queue_is_read_page_by_page() {
    let world = world().await;
    let mut ids = Vec::new();
    for _ in 0..5 {
        ids.push(held(&world).await);
        world.site.clock.advance_s(60);
    }
    let first = queue(&world.site, &world.kit, Filter::All, None, 3).await.unwrap();
    let last = &first[2].item;
    let rest = queue(&world.site, &world.kit, Filter::All, Some(Cursor { at: last.created_at, id: last.id }), 3)
        .await
        .unwrap();
    let read: Vec<_> = first.iter().chain(&rest).map(|row| row.item.id).collect();
    assert_eq!(read, ids);
    for id in &ids {
        world.site.clock.advance_s(60);
        decide(&world.site, &world.kit, *id, verdict(1, Decision::Remove)).await.unwrap();
    }
    let done = queue(&world.site, &world.kit, Filter::Done, None, 2).await.unwrap();
    assert_eq!(done.iter().map(|row| row.item.id).collect::<Vec<_>>(), [ids[4], ids[3]]);
    let cursor = Cursor { at: done[1].item.decided_at.unwrap(), id: ids[3] };
    let older = queue(&world.site, &world.kit, Filter::Done, Some(cursor), 50).await.unwrap();
    assert_eq!(older.iter().map(|row| row.item.id).collect::<Vec<_>>(), [ids[2], ids[1], ids[0]]);
}
