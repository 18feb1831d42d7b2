//! Members' reports and what follows from them.

use super::*;
use crate::entity::finding::Ground;
use crate::entity::room::RoomAccess;
use crate::error::Error;

fn report(reason: FlagReason) -> Report {
    Report { reason, note: "Please look.".into(), address: None }
}

#[tokio::test]
async fn reports_of_one_entry_meet_in_one_item() {
    let world = world().await;
    let first = flag(&world.site, &world.sam, world.first, report(FlagReason::Spam)).await.unwrap();
    let second = flag(&world.site, &world.yuki, world.first, report(FlagReason::Unkind)).await.unwrap();
    assert_eq!(first, second);
    let case = case(&world.site, &world.kit, first, Filter::All).await.unwrap();
    assert_eq!((case.row.item.version, case.flags.len()), (2, 2));
    assert_eq!(case.flags[0].note, "Please look.");
    let again = flag(&world.site, &world.sam, world.first, report(FlagReason::Spam)).await.unwrap_err();
    assert_eq!(again.code(), "flagged");
    let stale = decide(&world.site, &world.kit, first, verdict(1, Decision::Dismiss)).await.unwrap_err();
    assert_eq!(stale.message(), "Another member reported this meanwhile. Look at it once more.");
    decide(&world.site, &world.kit, first, verdict(2, Decision::Dismiss)).await.unwrap();
    assert_eq!(entries(&world.site).await[0].state, entry::EntryState::Published);
    let third = flag(&world.site, &world.noor, world.first, report(FlagReason::Spam)).await.unwrap();
    assert_ne!(third, first);
}

#[tokio::test]
async fn one_cannot_report_oneself_nor_what_one_cannot_see() {
    let world = world().await;
    assert!(flag(&world.site, &world.mara, world.first, report(FlagReason::Spam)).await.is_err());
    let staff = testing::board(&world.site, "staff", Readers::Staff).await;
    let (_, entry) = testing::topic(&world.site, &world.kit, staff, "Inside").await;
    assert!(matches!(flag(&world.site, &world.sam, entry, report(FlagReason::Spam)).await, Err(Error::NotFound)));
    assert!(matches!(
        flag(&world.site, &Viewer::Guest, world.first, report(FlagReason::Spam)).await,
        Err(Error::SignInNeeded)
    ));
}

#[tokio::test]
async fn a_reported_entry_is_masked_or_removed() {
    let world = world().await;
    let body = "Write to sam.turner@fenmail.com about it".to_owned();
    let submission = Submission::Post { topic: world.topic, reply_to: None, body };
    let warned = publish::publish(
        &world.site,
        &world.mara,
        submission.clone(),
        Envelope { nonce: "a".into(), ..Envelope::default() },
    )
    .await
    .unwrap();
    let Outcome::Warned(warning) = warned else { panic!("not warned") };
    let choice = Choice::Anyway { token: warning.consent.unwrap(), acknowledged: true, ground: Ground::Mine };
    let done =
        publish::publish(&world.site, &world.mara, submission, Envelope { nonce: "b".into(), choice, address: None })
            .await
            .unwrap();
    let Outcome::Published(published) = done else { panic!("not published") };
    let entry = published.entry.unwrap();
    let id = flag(&world.site, &world.sam, entry, report(FlagReason::Private)).await.unwrap();
    let item_now = item(&world.site, id).await;
    assert_eq!(publish::Shown::of(&world.site, &item_now).unwrap().masked, "Write to [email hidden] about it");
    let shown = reveal(&world.site, &world.kit, id, RevealReason::Harm, None).await.unwrap();
    assert_eq!(shown[0].value.as_deref(), Some("sam.turner@fenmail.com"));
    decide(&world.site, &world.noor, id, verdict(1, Decision::PublishMasked)).await.unwrap();
    let masked = store::entry(world.site.db.reads(), entry).await.unwrap();
    assert_eq!(masked.source, "Write to [email hidden] about it");
    let id = flag(&world.site, &world.yuki, entry, report(FlagReason::Spam)).await.unwrap();
    let nothing = decide(&world.site, &world.noor, id, verdict(1, Decision::PublishMasked)).await.unwrap_err();
    assert_eq!(nothing.code(), "nothing_to_mask");
    decide(&world.site, &world.noor, id, verdict(1, Decision::Remove)).await.unwrap();
    assert_eq!(store::entry(world.site.db.reads(), entry).await.unwrap().state, entry::EntryState::Removed);
}

#[tokio::test]
async fn only_an_admin_takes_away_what_an_admin_wrote() {
    let world = world().await;
    let admin = testing::member(&world.site, "ada", Role::Admin).await;
    let (_, entry) = testing::topic(&world.site, &admin, world.board, "Rules").await;
    let id = flag(&world.site, &world.sam, entry, report(FlagReason::Unkind)).await.unwrap();
    assert_eq!(
        decide(&world.site, &world.kit, id, verdict(1, Decision::Remove)).await.unwrap_err().code(),
        "forbidden"
    );
    assert_eq!(case(&world.site, &world.kit, id, Filter::All).await.unwrap().may, [Decision::Dismiss]);
    let own = decide(&world.site, &admin, id, verdict(1, Decision::Dismiss)).await.unwrap_err();
    assert_eq!(own.code(), "own");
}

#[tokio::test]
async fn from_a_direct_room_staff_sees_what_was_reported_and_nothing_else() {
    let world = world().await;
    let room = testing::room(&world.site, "two", RoomAccess::Direct, &[&world.mara, &world.sam]).await;
    let message = testing::message(&world.site, &world.mara, room, "An unkind word").await;
    let body = format!("Card {CARD}");
    let asked = ask(&world.site, &world.mara, Submission::Message { room, reply_to: None, body }).await;
    assert!(matches!(case(&world.site, &world.kit, asked, Filter::All).await, Err(Error::NotFound)));
    assert!(matches!(flag(&world.site, &world.kit, message, report(FlagReason::Unkind)).await, Err(Error::NotFound)));
    let id = flag(&world.site, &world.sam, message, report(FlagReason::Unkind)).await.unwrap();
    assert!(matches!(case(&world.site, &world.noor, id, Filter::All).await, Err(Error::NotFound)));
    assert_eq!(queue(&world.site, &world.kit, Filter::All, None, 50).await.unwrap().len(), 1);
    decide(&world.site, &world.kit, id, verdict(1, Decision::Remove)).await.unwrap();
}

#[tokio::test]
async fn author_and_reporter_see_what_came_of_a_report() {
    let world = world().await;
    let id = flag(&world.site, &world.sam, world.first, report(FlagReason::Spam)).await.unwrap();
    let sent = reports(&world.site, &world.sam, None).await.unwrap();
    assert_eq!((sent.len(), sent[0].state, sent[0].note.as_str()), (1, ReviewState::Open, "Please look."));
    assert!(reports(&world.site, &world.yuki, None).await.unwrap().is_empty());
    assert!(mine(&world.site, &world.mara, None, 50).await.unwrap().is_empty(), "open reports are not the author's");
    decide(&world.site, &world.kit, id, verdict(1, Decision::Dismiss)).await.unwrap();
    assert!(mine(&world.site, &world.mara, None, 50).await.unwrap().is_empty(), "nor are dismissed ones");

    let id = flag(&world.site, &world.yuki, world.first, report(FlagReason::Unkind)).await.unwrap();
    decide(&world.site, &world.kit, id, verdict(1, Decision::Remove)).await.unwrap();
    let theirs = mine(&world.site, &world.mara, None, 50).await.unwrap();
    assert_eq!((theirs.len(), theirs[0].item.decision), (1, Some(Decision::Remove)));
    let first = reports(&world.site, &world.sam, None).await.unwrap();
    assert_eq!(first[0].decision, Some(Decision::Dismiss), "each report ends with its own item");
    assert_eq!(reports(&world.site, &world.yuki, None).await.unwrap()[0].decision, Some(Decision::Remove));
    assert!(matches!(reports(&world.site, &Viewer::Guest, None).await, Err(Error::SignInNeeded)));
}

#[tokio::test]
async fn what_its_author_removes_waits_for_nobody_any_more() {
    let world = world().await;
    let id = flag(&world.site, &world.sam, world.first, report(FlagReason::Unkind)).await.unwrap();
    assert_eq!(counts(&world.site, &world.kit).await.unwrap().flags, 1);
    remove(&world.site, &world.mara, world.first).await.unwrap();
    assert_eq!(counts(&world.site, &world.kit).await.unwrap().flags, 0);
    let closed = item(&world.site, id).await;
    assert_eq!((closed.state, closed.decision, closed.decided_by), (ReviewState::Withdrawn, None, world.mara.id()));
    let rows = log_rows(world.site.db.reads(), &world.noor, None, 50).await.unwrap();
    assert_eq!(
        (rows[0].action.as_str(), rows[0].review_id, rows[0].entry_id),
        ("removed_by_author", Some(id), Some(world.first))
    );
    let late = decide(&world.site, &world.kit, id, verdict(1, Decision::Remove)).await.unwrap_err();
    assert!(late.message().starts_with("Its author took this back"), "{}", late.message());
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Whole(1));
}

#[tokio::test]
async fn what_a_moderator_removes_beside_the_queue_is_settled_and_recorded() {
    let world = world().await;
    let reply = testing::publish(
        &world.site,
        &world.mara,
        Submission::Post { topic: world.topic, reply_to: None, body: "Not on topic.".into() },
    )
    .await;
    remove(&world.site, &world.kit, reply.entry.unwrap()).await.unwrap();
    let id = flag(&world.site, &world.sam, world.first, report(FlagReason::Spam)).await.unwrap();
    remove(&world.site, &world.noor, world.first).await.unwrap();
    let closed = item(&world.site, id).await;
    assert_eq!((closed.state, closed.decision), (ReviewState::Removed, Some(Decision::Remove)));
    let rows = log_rows(world.site.db.reads(), &world.kit, None, 50).await.unwrap();
    let seen: Vec<_> = rows.iter().map(|row| (row.action.as_str(), row.actor_id, row.review_id)).collect();
    let (noor, kit) = (world.noor.id().unwrap(), world.kit.id().unwrap());
    assert_eq!(seen, [("remove", noor, Some(id)), ("remove", kit, None)]);
}
