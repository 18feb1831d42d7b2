//! Review on a real database: decisions, their races, who sees what, and what is left afterwards.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

mod decisions;
mod flagged;
mod http;
mod leaks;
mod owns;
mod record;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use tempfile::TempDir;

use super::*;
use crate::access::{Credential, Role, Viewer, store as standing};
use crate::entity::board::Readers;
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::review_item::{self, Decision, ReviewState};
use crate::entity::{entry, event, finding};
use crate::ids::{BoardId, EntryId, ReviewId, TopicId};
use crate::publish::{self, Choice, Envelope, Outcome, Submission};
use crate::site::Site;
use crate::testing;

/// What must never show before a moderator decided.
const CARD: &str = "4539 1488 0343 6467";

/// A site with a board, a topic on it, and a cast.
struct World {
    site: Site,
    _folder: TempDir,
    board: BoardId,
    topic: TopicId,
    first: EntryId,
    /// Writes.
    mara: Viewer,
    /// Reads along.
    sam: Viewer,
    /// Moderates the whole site.
    kit: Viewer,
    /// Moderates this board.
    noor: Viewer,
    /// Moderates another board.
    yuki: Viewer,
}

async fn world() -> World {
    let (site, folder) = testing::site().await;
    let board = testing::board(&site, "bench", Readers::Public).await;
    let other = testing::board(&site, "other", Readers::Public).await;
    let mara = testing::member(&site, "mara", Role::Member).await;
    let sam = testing::member(&site, "sam", Role::Member).await;
    let kit = testing::member(&site, "kit", Role::Moderator).await;
    let noor = moderator(&site, "noor", board).await;
    let yuki = moderator(&site, "yuki", other).await;
    let (topic, first) = testing::topic(&site, &mara, board, "Valves").await;
    World { site, _folder: folder, board, topic, first, mara, sam, kit, noor, yuki }
}

/// A member who moderates one board.
async fn moderator(site: &Site, name: &str, board: BoardId) -> Viewer {
    let member = testing::member(site, name, Role::Member).await;
    let row = place_role::ActiveModel {
        member_id: Set(member.id().unwrap()),
        place_kind: Set(PlaceKind::Board),
        place_id: Set(board.0),
        granted_at: Set(testing::START),
    };
    site.db
        .write(row, |tx, row| async move {
            place_role::Entity::insert((*row).clone()).exec_without_returning(&*tx).await?;
            Ok(())
        })
        .await
        .unwrap();
    again(site, &member).await
}

/// The viewer with the standing of now.
async fn again(site: &Site, viewer: &Viewer) -> Viewer {
    let id = viewer.id().unwrap();
    Viewer::Member(standing::load(site.db.reads(), id, Credential::Console).await.unwrap().unwrap())
}

/// Sends something and asks for a moderator.
async fn ask(site: &Site, viewer: &Viewer, submission: Submission) -> ReviewId {
    let envelope = Envelope { nonce: site.clock.token(), choice: Choice::Hold, address: None };
    match publish::publish(site, viewer, submission, envelope).await.unwrap() {
        Outcome::Held(held) => held.review,
        other => panic!("not held: {other:?}"),
    }
}

/// A held reply with a card number.
async fn held(world: &World) -> ReviewId {
    let body = format!("My card is {CARD}, is that right?");
    ask(&world.site, &world.mara, Submission::Post { topic: world.topic, reply_to: None, body }).await
}

fn verdict(version: i64, decision: Decision) -> Verdict {
    Verdict { version, decision, reason: Some(Reason::Private), note: String::new() }
}

async fn item(site: &Site, id: ReviewId) -> review_item::Model {
    store::item(site.db.reads(), id).await.unwrap()
}

async fn entries(site: &Site) -> Vec<entry::Model> {
    entry::Entity::find().all(site.db.reads()).await.unwrap()
}

async fn outcomes(site: &Site, id: ReviewId) -> Vec<finding::FindingOutcome> {
    let rows = finding::Entity::find().filter(finding::Column::ReviewId.eq(id)).all(site.db.reads()).await.unwrap();
    rows.into_iter().map(|row| row.outcome).collect()
}
