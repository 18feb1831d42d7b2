//! What the stages promise about sizes: limits hold for what an entry is, and hiding a value never fails for its room.

use tempfile::TempDir;

use super::super::*;
use crate::entity::board::Readers;
use crate::entity::finding::Ground;
use crate::entity::member::Role;
use crate::entity::room::RoomAccess;
use crate::error::Error;
use crate::testing;
use crate::text::{MAX_MESSAGE_CHARS, MAX_POST_BYTES};

async fn scene() -> (Site, TempDir, Viewer) {
    let (site, folder) = testing::site().await;
    let mara = testing::member(&site, "mara", Role::Member).await;
    (site, folder, mara)
}

fn envelope(site: &Site, choice: Choice) -> Envelope {
    Envelope { nonce: site.clock.token(), choice, address: None }
}

/// So many bytes in lines of a few words, which end with addresses shorter than what hides them.
fn full_of_addresses(bytes: usize) -> String {
    let addresses = "\n\nWrite to a@fen.com or b@fen.com or c@fen.com.";
    let line = "All in order here.\n";
    let mut text = line.repeat((bytes - addresses.len()) / line.len());
    text.push_str(&"x".repeat(bytes - addresses.len() - text.len()));
    text + addresses
}

#[tokio::test]
async fn an_edited_message_keeps_to_the_limit_of_messages() {
    let (site, _folder, mara) = scene().await;
    let room = testing::room(&site, "lobby", RoomAccess::Open, &[&mara]).await;
    let entry = testing::message(&site, &mara, room, "Short.").await;
    let long = format!("{} a@fen.com", "word ".repeat(MAX_MESSAGE_CHARS / 5));
    for choice in [Choice::Warn, Choice::Mask, Choice::Hold] {
        let edit = Submission::Edit { entry, revision: 1, title: None, body: long.clone() };
        let refused = publish(&site, &mara, edit, envelope(&site, choice)).await.unwrap_err();
        assert!(
            matches!(&refused, Error::Invalid(fields) if fields.iter().any(|field| field.field == "body")),
            "{refused}"
        );
    }
    let board = testing::board(&site, "bench", Readers::Public).await;
    let (topic, _) = testing::topic(&site, &mara, board, "Valves").await;
    let post = Submission::Post { topic, reply_to: None, body: "word ".repeat(MAX_MESSAGE_CHARS / 5 + 1) };
    testing::publish(&site, &mara, post).await;
}

#[tokio::test]
async fn a_text_as_long_as_it_may_be_can_still_be_masked() {
    let (site, _folder, mara) = scene().await;
    let board = testing::board(&site, "bench", Readers::Public).await;
    let (topic, _) = testing::topic(&site, &mara, board, "Valves").await;
    let body = full_of_addresses(MAX_POST_BYTES);
    assert_eq!(body.len(), MAX_POST_BYTES);
    let post = Submission::Post { topic, reply_to: None, body };
    let masked = publish(&site, &mara, post.clone(), envelope(&site, Choice::Mask)).await.unwrap();
    let Outcome::Published(masked) = masked else { panic!("{masked:?}") };
    let masked = store::entry(site.db.reads(), masked.entry.unwrap()).await.unwrap();
    assert!(
        masked.source.len() > MAX_POST_BYTES && masked.source.ends_with("or [email hidden]."),
        "{}",
        masked.source.len()
    );

    let warned = publish(&site, &mara, post.clone(), envelope(&site, Choice::Warn)).await.unwrap();
    let Outcome::Warned(warning) = warned else { panic!("{warned:?}") };
    let anyway = Choice::Anyway { token: warning.consent.unwrap(), acknowledged: true, ground: Ground::Mine };
    let shown = publish(&site, &mara, post, envelope(&site, anyway)).await.unwrap();
    let Outcome::Published(shown) = shown else { panic!("{shown:?}") };
    let entry = store::entry(site.db.reads(), shown.entry.unwrap()).await.unwrap();
    assert!(entry.source.ends_with("or c@fen.com."));
    assert!(masking(&site, mara.id().unwrap(), &entry).await.unwrap().is_some());
}
