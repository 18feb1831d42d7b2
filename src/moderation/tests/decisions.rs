//! What a decision does, and that only one is ever taken.

use super::*;
use crate::entity::finding::FindingOutcome;
use crate::error::Error;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_twenty_decisions_at_once_one_wins() {
    let world = world().await;
    let id = held(&world).await;
    let mut tasks = Vec::new();
    for turn in 0..20 {
        let (site, viewer) = (world.site.clone(), if turn % 2 == 0 { world.kit.clone() } else { world.noor.clone() });
        let decision = [Decision::Publish, Decision::PublishMasked, Decision::Return, Decision::Remove][turn % 4];
        tasks.push(tokio::spawn(
            async move { decide(&site, &viewer, id, verdict(1, decision)).await.map(|_| decision) },
        ));
    }
    let (mut won, mut lost) = (Vec::new(), 0);
    for task in tasks {
        match task.await.unwrap() {
            Ok(decision) => won.push(decision),
            Err(Error::Conflict("stale", sentence)) => {
                assert!(sentence.contains(" decided this "), "{sentence}");
                lost += 1;
            }
            Err(error) => panic!("{error:?}"),
        }
    }
    assert_eq!((won.len(), lost), (1, 19));
    let published = entries(&world.site).await.len() - 1;
    assert_eq!(published == 1, matches!(won[0], Decision::Publish | Decision::PublishMasked));
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Whole(1));
}

#[tokio::test]
async fn the_second_moderator_is_told_who_was_first() {
    let world = world().await;
    let id = held(&world).await;
    decide(&world.site, &world.kit, id, verdict(1, Decision::Return)).await.unwrap();
    world.site.clock.advance_s(10);
    let error = decide(&world.site, &world.noor, id, verdict(1, Decision::Publish)).await.unwrap_err();
    assert_eq!(error.code(), "stale");
    assert_eq!(error.message(), "kit decided this 10 seconds ago: returned to its author.");
}

#[tokio::test]
async fn published_as_it_is() {
    let world = world().await;
    let id = held(&world).await;
    assert_eq!(
        decide(&world.site, &world.noor, id, verdict(1, Decision::Publish)).await.unwrap(),
        ReviewState::Approved
    );
    let entry = entries(&world.site).await.pop().unwrap();
    assert!(entry.source.contains(CARD));
    let item = item(&world.site, id).await;
    assert_eq!((item.entry_id, item.submission, item.version), (Some(entry.id), None, 2));
    assert_eq!(outcomes(&world.site, id).await, [FindingOutcome::Approved]);
}

#[tokio::test]
async fn published_masked() {
    let world = world().await;
    let id = held(&world).await;
    decide(&world.site, &world.kit, id, verdict(1, Decision::PublishMasked)).await.unwrap();
    let entry = entries(&world.site).await.pop().unwrap();
    assert_eq!((entry.source.as_str(), entry.masked), ("My card is [card number hidden], is that right?", 1));
    assert_eq!(item(&world.site, id).await.submission, None);
    assert_eq!(outcomes(&world.site, id).await, [FindingOutcome::Masked]);
}

#[tokio::test]
async fn removed_text_is_gone_and_returned_text_is_the_authors_alone() {
    let world = world().await;
    let (gone, back) = (held(&world).await, held(&world).await);
    decide(&world.site, &world.kit, gone, verdict(1, Decision::Remove)).await.unwrap();
    decide(
        &world.site,
        &world.kit,
        back,
        Verdict { note: "Four digits will do.".into(), ..verdict(1, Decision::Return) },
    )
    .await
    .unwrap();
    assert_eq!(item(&world.site, gone).await.submission, None);
    assert!(returned(&world.site, &world.mara, gone).await.is_err());
    let Submission::Post { body, .. } = returned(&world.site, &world.mara, back).await.unwrap() else {
        panic!("not a post")
    };
    assert!(body.contains(CARD));
    for other in [&world.sam, &world.kit, &world.noor] {
        assert!(matches!(returned(&world.site, other, back).await, Err(Error::NotFound)));
        assert!(reveal(&world.site, other, back, RevealReason::Unsure, None).await.is_err());
    }
    let mine = mine(&world.site, &world.mara, None, 50).await.unwrap();
    assert_eq!(mine[0].item.note.as_deref(), Some("Four digits will do."));
    assert!(mine[0].own.is_some() && mine[1].own.is_none());
    withdraw(&world.site, &world.mara, back).await.unwrap();
    assert_eq!(item(&world.site, back).await.submission, None);
}

#[tokio::test]
async fn returning_and_removing_need_a_reason() {
    let world = world().await;
    let id = held(&world).await;
    for decision in [Decision::Return, Decision::Remove] {
        let bare = Verdict { reason: None, ..verdict(1, decision) };
        assert!(matches!(decide(&world.site, &world.kit, id, bare).await, Err(Error::Invalid(_))));
    }
    assert_eq!(item(&world.site, id).await.state, ReviewState::Open);
}

#[tokio::test]
async fn an_edit_of_an_entry_that_changed_since_is_refused_with_a_sentence() {
    let world = world().await;
    let edit = |body: String| Submission::Edit { entry: world.first, revision: 1, title: None, body };
    let id = ask(&world.site, &world.mara, edit(format!("Now with {CARD}"))).await;
    testing::publish(&world.site, &world.mara, edit("Changed meanwhile.".into())).await;
    let error = decide(&world.site, &world.kit, id, verdict(1, Decision::Publish)).await.unwrap_err();
    assert_eq!(error.code(), "stale_revision");
    assert!(error.message().contains("Return it to its author"));
    assert_eq!(item(&world.site, id).await.state, ReviewState::Open);
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Whole(0));
    decide(&world.site, &world.kit, id, verdict(1, Decision::Return)).await.unwrap();
}

#[tokio::test]
async fn a_new_topic_is_opened_by_its_release() {
    let world = world().await;
    let topic = Submission::Topic { board: world.board, title: "Payment".into(), body: format!("With {CARD}") };
    let id = ask(&world.site, &world.mara, topic).await;
    decide(&world.site, &world.kit, id, verdict(1, Decision::PublishMasked)).await.unwrap();
    let item = item(&world.site, id).await;
    let entry = entries(&world.site).await.pop().unwrap();
    assert_eq!((item.entry_id, item.topic_id), (Some(entry.id), entry.topic_id));
}

#[tokio::test]
async fn nothing_is_published_for_an_author_who_may_not_write_there_any_more() {
    let world = world().await;
    let id = held(&world).await;
    crate::boards::change(&world.site, &world.kit, world.topic, crate::boards::Change::Lock(true)).await.unwrap();
    assert!(decide(&world.site, &world.kit, id, verdict(1, Decision::Publish)).await.is_err());
    assert_eq!(entries(&world.site).await.len(), 1);
}
