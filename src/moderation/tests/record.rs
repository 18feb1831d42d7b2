//! The mod log: what stands in it, and that a changed row is found.

use sea_orm::ConnectionTrait;

use super::*;

async fn three_deeds(world: &World) {
    for decision in [Decision::Return, Decision::Remove] {
        let id = held(world).await;
        decide(&world.site, &world.kit, id, verdict(1, decision)).await.unwrap();
    }
    let id = held(world).await;
    let shown = reveal(&world.site, &world.kit, id, RevealReason::AuthorSays, None).await.unwrap();
    assert_eq!(shown[0].value.as_deref(), Some(CARD));
}

async fn tamper(world: &World, sql: &'static str) {
    world
        .site
        .db
        .write((), move |tx, _| async move { tx.execute_unprepared(sql).await.map(drop).map_err(Into::into) })
        .await
        .unwrap();
}

#[tokio::test]
async fn the_log_tells_who_did_what_without_the_text() {
    let world = world().await;
    three_deeds(&world).await;
    let rows = log_rows(world.site.db.reads(), &world.kit, None, 50).await.unwrap();
    let deeds: Vec<_> = rows.iter().map(|row| (row.action.as_str(), row.reason.as_str())).collect();
    assert_eq!(deeds, [("reveal", "author_says"), ("remove", "private"), ("return", "private")]);
    assert!(!format!("{rows:?}").contains("4539"));
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Whole(3));
    assert_eq!(log_rows(world.site.db.reads(), &world.noor, None, 50).await.unwrap().len(), 3);
    assert!(log_rows(world.site.db.reads(), &world.yuki, None, 50).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_row_changed_by_hand_is_found() {
    for sql in [
        "UPDATE mod_log SET reason = 'spam' WHERE id = 2",
        "UPDATE mod_log SET actor_id = 1 WHERE id = 2",
        "UPDATE mod_log SET at = at + 1 WHERE id = 2",
    ] {
        let world = world().await;
        three_deeds(&world).await;
        tamper(&world, sql).await;
        assert_eq!(verify(&world.site).await.unwrap(), Chain::Broken(2));
    }
}

#[tokio::test]
async fn missing_rows_are_found() {
    let world = world().await;
    three_deeds(&world).await;
    tamper(&world, "DELETE FROM mod_log WHERE id = 3").await;
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Short);
    tamper(&world, "DELETE FROM mod_log WHERE id = 1").await;
    assert_eq!(verify(&world.site).await.unwrap(), Chain::Broken(2));
}
