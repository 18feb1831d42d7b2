//! Boards, rooms and texts in them, made as plainly as a test needs them.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, EntityTrait};

use super::START;
use crate::access::Viewer;
use crate::entity::board::{self, Readers, Writers};
use crate::entity::room::{self, RoomAccess};
use crate::entity::{membership, section};
use crate::ids::{BoardId, EntryId, RoomId, Stream, TopicId};
use crate::outbox;
use crate::publish::{self, Envelope, Outcome, Published, Submission};
use crate::site::Site;

/// A board in a section of its own, where members start topics.
pub async fn board(site: &Site, slug: &str, readers: Readers) -> BoardId {
    site.db
        .write((slug.to_owned(), readers), |tx, command| async move {
            let section = section::ActiveModel { title: Set("Section".into()), position: Set(1), ..Default::default() };
            let section = section::Entity::insert(section).exec(&*tx).await?.last_insert_id;
            let row = board::ActiveModel {
                section_id: Set(section),
                slug: Set(command.0.clone()),
                title: Set(format!("Board {}", command.0)),
                description: Set(String::new()),
                colour: Set(1),
                readers: Set(command.1),
                writers: Set(Writers::Members),
                archived: Set(false),
                position: Set(1),
                ..Default::default()
            };
            Ok(board::Entity::insert(row).exec(&*tx).await?.last_insert_id)
        })
        .await
        .unwrap()
}

/// A room with its stream; `members` belong to it.
pub async fn room(site: &Site, slug: &str, access: RoomAccess, members: &[&Viewer]) -> RoomId {
    let members: BTreeSet<_> = members.iter().map(|viewer| viewer.id().unwrap()).collect();
    site.db
        .write((slug.to_owned(), access, members), |tx, command| async move {
            let row = room::ActiveModel {
                slug: Set(command.0.clone()),
                title: Set(format!("Room {}", command.0)),
                topic: Set(String::new()),
                topic_html: Set(String::new()),
                revision: Set(1),
                access: Set(command.1),
                archived: Set(false),
                slow_s: Set(0),
                position: Set(1),
                created_at: Set(START),
                messages: Set(0),
                last_entry_id: Set(None),
                last_at: Set(START),
                ..Default::default()
            };
            let id = room::Entity::insert(row).exec(&*tx).await?.last_insert_id;
            outbox::open_stream(&tx, Stream::Room(id)).await?;
            for member in &command.2 {
                let row = membership::ActiveModel {
                    room_id: Set(id),
                    member_id: Set(*member),
                    read_seq: Set(0),
                    joined_at: Set(START),
                };
                membership::Entity::insert(row).exec_without_returning(&*tx).await?;
            }
            Ok(id)
        })
        .await
        .unwrap()
}

/// Publishes a text that nothing is found in.
pub async fn publish(site: &Site, viewer: &Viewer, submission: Submission) -> Published {
    let envelope = Envelope { nonce: site.clock.token(), ..Envelope::default() };
    match publish::publish(site, viewer, submission, envelope).await.unwrap() {
        Outcome::Published(published) => published,
        other => panic!("not published: {other:?}"),
    }
}

/// A topic with its first post.
pub async fn topic(site: &Site, viewer: &Viewer, board: BoardId, title: &str) -> (TopicId, EntryId) {
    let made =
        publish(site, viewer, Submission::Topic { board, title: title.to_owned(), body: format!("About {title}.") })
            .await;
    (made.topic.unwrap(), made.entry.unwrap())
}

/// A message in a room.
pub async fn message(site: &Site, viewer: &Viewer, room: RoomId, body: &str) -> EntryId {
    publish(site, viewer, Submission::Message { room, reply_to: None, body: body.to_owned() }).await.entry.unwrap()
}
