//! What search reads from the database.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::entity::topic::TopicState;
use crate::entity::{board, entry, room, topic};
use crate::entries::{Entry, Scope};
use crate::error::Result;
use crate::ids::EntryId;

/// Where a result stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placed {
    /// Title of the topic or name of the room.
    pub title: String,
    /// Address of the entry.
    pub url: String,
    /// Board or room: its name, its address, and a board's hue.
    pub place: (String, String, Option<i16>),
}

/// Topics of entries.
pub async fn topics(db: &impl ConnectionTrait, entries: &[Entry]) -> Result<Vec<topic::Model>> {
    let ids: Vec<_> = entries.iter().filter_map(|entry| entry.topic).collect();
    Ok(topic::Entity::find().filter(topic::Column::Id.is_in(ids)).all(db).await?)
}

/// Places of entries, as far as they are within the scope now.
pub async fn places(db: &impl ConnectionTrait, entries: &[Entry], scope: &Scope) -> Result<Vec<(EntryId, Placed)>> {
    let topics = topics(db, entries).await?;
    let boards = board::Entity::find()
        .filter(board::Column::Id.is_in(topics.iter().map(|topic| topic.board_id)))
        .all(db)
        .await?;
    let rooms = room::Entity::find()
        .filter(room::Column::Id.is_in(entries.iter().filter_map(|entry| entry.room)))
        .all(db)
        .await?;
    let placed = entries.iter().filter_map(|entry| {
        if let Some(id) = entry.topic {
            let topic = topics.iter().find(|topic| topic.id == id && topic.state == TopicState::Open)?;
            let board = boards.iter().find(|board| board.id == topic.board_id && scope.boards.contains(&board.id))?;
            let url = format!("/t/{}/{}/{}#p{}", topic.id, topic.slug, entry.number, entry.number);
            return Some((
                entry.id,
                Placed {
                    title: topic.title.clone(),
                    url,
                    place: (board.title.clone(), format!("/b/{}", board.slug), Some(board.colour)),
                },
            ));
        }
        let room = rooms.iter().find(|room| Some(room.id) == entry.room && scope.rooms.contains(&room.id))?;
        let url = format!("/chat/{}/m/{}#m{}", room.slug, entry.number, entry.number);
        Some((
            entry.id,
            Placed {
                title: room.title.clone(),
                url,
                place: (room.title.clone(), format!("/chat/{}", room.slug), None),
            },
        ))
    });
    Ok(placed.collect())
}

/// Entries after an id, in order of id, for building the index.
pub async fn after(db: &impl ConnectionTrait, id: EntryId, limit: u64) -> Result<Vec<EntryId>> {
    Ok(entry::Entity::find()
        .select_only()
        .column(entry::Column::Id)
        .filter(entry::Column::Id.gt(id))
        .order_by_asc(entry::Column::Id)
        .limit(limit)
        .into_tuple()
        .all(db)
        .await?)
}

/// How many entries there are.
pub async fn count(db: &impl ConnectionTrait) -> Result<u64> {
    Ok(entry::Entity::find().count(db).await?)
}
