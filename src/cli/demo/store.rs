//! Rows that the sample community needs before anyone can write: sections, boards, rooms, memberships.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::content::Community;
use crate::access::Place;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::board::{Readers, Writers};
use crate::entity::room::RoomAccess;
use crate::entity::{board, entry, member, membership, room, section};
use crate::error::{Error, Result};
use crate::ids::{BoardId, MemberId, RoomId, Stream};
use crate::outbox;
use crate::pii::Rule;
use crate::publish::{self, Setting};

/// Whether there is neither a board nor an entry.
pub async fn is_empty(db: &impl ConnectionTrait) -> Result<bool> {
    Ok(board::Entity::find().count(db).await? == 0 && entry::Entity::find().count(db).await? == 0)
}

/// A member by login name.
pub async fn member(db: &impl ConnectionTrait, name: &str) -> Result<Option<member::Model>> {
    Ok(member::Entity::find().filter(member::Column::Name.eq(name.to_lowercase())).one(db).await?)
}

/// A member's id by login name.
pub async fn member_id(db: &impl ConnectionTrait, name: &str) -> Result<MemberId> {
    member(db, name).await?.map(|member| member.id).ok_or(Error::NotFound)
}

type Made = (HashMap<String, BoardId>, HashMap<String, RoomId>);

/// Boards and rooms by their slugs.
pub async fn placed(db: &impl ConnectionTrait) -> Result<Made> {
    let boards = board::Entity::find().all(db).await?.into_iter().map(|board| (board.slug, board.id));
    let rooms = room::Entity::find().all(db).await?.into_iter().map(|room| (room.slug, room.id));
    Ok((boards.collect(), rooms.collect()))
}

/// Makes sections, boards with their policies, and rooms with their members.
pub async fn places(tx: &Tx, community: &Community, members: &HashMap<String, MemberId>, at: Moment) -> Result<()> {
    for (position, wanted) in (1..).zip(&community.section) {
        let row =
            section::ActiveModel { title: Set(wanted.title.clone()), position: Set(position), ..Default::default() };
        let made = section::Entity::insert(row).exec_with_returning(&**tx).await?;
        for (position, board) in (1..).zip(community.board.iter().filter(|board| board.section == wanted.slug)) {
            let readers = match board.read.as_str() {
                "members" => Readers::Members,
                "staff" => Readers::Staff,
                _ => Readers::Public,
            };
            let row = board::ActiveModel {
                section_id: Set(made.id),
                slug: Set(board.slug.clone()),
                title: Set(board.title.clone()),
                description: Set(board.description.clone()),
                colour: Set(board.colour),
                readers: Set(readers),
                writers: Set(Writers::Members),
                archived: Set(false),
                position: Set(position),
                ..Default::default()
            };
            let stored = board::Entity::insert(row).exec_with_returning(&**tx).await?;
            let place = Place::Board { id: stored.id, readers, writers: Writers::Members, archived: false };
            for (rule, action) in &board.policy {
                if let Some(rule) = Rule::parse(rule) {
                    let setting = Setting { action: *action, ..Setting::default_of(rule, publish::class_of(place)) };
                    publish::set_setting(&**tx, publish::place_key(place), rule, setting).await?;
                }
            }
        }
    }
    for (position, wanted) in (1..).zip(&community.room) {
        let closed = wanted.kind == "closed";
        let id = new_room(tx, (&wanted.slug, &wanted.title, &wanted.topic), closed, position, at).await?;
        for member in wanted.members.iter().filter_map(|name| members.get(name)) {
            let row = membership::ActiveModel {
                room_id: Set(id),
                member_id: Set(*member),
                read_seq: Set(0),
                joined_at: Set(at),
            };
            membership::Entity::insert(row).exec_without_returning(&**tx).await?;
        }
    }
    Ok(())
}

async fn new_room(
    tx: &Tx,
    (slug, title, topic): (&str, &str, &str),
    closed: bool,
    position: i64,
    at: Moment,
) -> Result<RoomId> {
    let html = crate::text::render(topic, crate::text::Profile::Line).map(|rendered| rendered.html).unwrap_or_default();
    let row = room::ActiveModel {
        slug: Set(slug.to_owned()),
        title: Set(title.to_owned()),
        topic: Set(topic.to_owned()),
        topic_html: Set(html),
        access: Set(if closed { RoomAccess::Closed } else { RoomAccess::Open }),
        position: Set(position),
        created_at: Set(at),
        ..Default::default()
    };
    let id = room::Entity::insert(row).exec_with_returning(&**tx).await?.id;
    outbox::open_stream(tx, Stream::Room(id)).await?;
    Ok(id)
}

/// One section, one board, one room.
pub async fn minimal(tx: &Tx, at: Moment) -> Result<()> {
    let row = section::ActiveModel { title: Set("Boards".to_owned()), position: Set(1), ..Default::default() };
    let section = section::Entity::insert(row).exec_with_returning(&**tx).await?;
    let row = board::ActiveModel {
        section_id: Set(section.id),
        slug: Set("general".to_owned()),
        title: Set("General".to_owned()),
        description: Set("Whatever has no other place yet.".to_owned()),
        colour: Set(2),
        readers: Set(Readers::Public),
        writers: Set(Writers::Members),
        archived: Set(false),
        position: Set(1),
        ..Default::default()
    };
    board::Entity::insert(row).exec_without_returning(&**tx).await?;
    new_room(tx, ("lobby", "Lobby", "Come in."), false, 1, at).await.map(drop)
}
