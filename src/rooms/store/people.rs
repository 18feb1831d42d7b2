//! Queries for what one viewer is shown of a room: names of those who write and read, mentions, own held messages.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::access::Role;
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::review_item::{self, ReviewKind, ReviewState, Subject};
use crate::entity::{finding, member, mention};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::Result;
use crate::ids::{EntryId, MemberId, ReviewId, RoomId};

/// Standing of members: their role on the site, and whether they moderate this room.
pub type Roles = HashMap<MemberId, (Role, bool)>;

/// The roles of these members.
pub async fn roles(db: &impl ConnectionTrait, ids: &[MemberId], room: RoomId) -> Result<Roles> {
    if ids.is_empty() {
        return Ok(Roles::new());
    }
    let own = place_role::Entity::find()
        .filter(place_role::Column::PlaceKind.eq(PlaceKind::Room))
        .filter(place_role::Column::PlaceId.eq(room.0))
        .filter(place_role::Column::MemberId.is_in(ids.iter().copied()));
    let own: HashSet<MemberId> = own.all(db).await?.into_iter().map(|row| row.member_id).collect();
    let rows: Vec<(MemberId, Role)> = member::Entity::find()
        .filter(member::Column::Id.is_in(ids.iter().copied()))
        .select_only()
        .columns([member::Column::Id, member::Column::Role])
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|(id, role)| (id, (role, own.contains(&id)))).collect())
}

/// Members by display name, with their role on the site and whether they moderate this room.
pub async fn with_roles(
    db: &impl ConnectionTrait,
    ids: Vec<MemberId>,
    room: RoomId,
) -> Result<Vec<(Author, Role, bool)>> {
    let roles = roles(db, &ids, room).await?;
    let people = authors(db, ids).await?.into_values();
    let mut people: Vec<_> =
        people.filter_map(|who| roles.get(&who.id).map(|(role, own)| (who, *role, *own))).collect();
    people.sort_by(|(one, ..), (other, ..)| (&one.display, one.id).cmp(&(&other.display, other.id)));
    Ok(people)
}

/// Which of these entries name a member.
pub async fn naming(db: &impl ConnectionTrait, member: MemberId, entries: Vec<EntryId>) -> Result<HashSet<EntryId>> {
    let rows = mention::Entity::find()
        .filter(mention::Column::MemberId.eq(member))
        .filter(mention::Column::EntryId.is_in(entries));
    Ok(rows.all(db).await?.into_iter().map(|row| row.entry_id).collect())
}

/// A member's messages in a room that wait for a moderator, oldest first, each with the rules that found something.
pub async fn held(
    db: &impl ConnectionTrait,
    member: MemberId,
    room: RoomId,
) -> Result<Vec<(review_item::Model, Vec<String>)>> {
    let items = review_item::Entity::find()
        .filter(review_item::Column::AuthorId.eq(member))
        .filter(review_item::Column::PlaceKind.eq(PlaceKind::Room))
        .filter(review_item::Column::PlaceId.eq(room.0))
        .filter(review_item::Column::Kind.eq(ReviewKind::Held))
        .filter(review_item::Column::Subject.eq(Subject::Message))
        .filter(review_item::Column::State.eq(ReviewState::Open))
        .order_by_asc(review_item::Column::Id)
        .limit(20)
        .all(db)
        .await?;
    if items.is_empty() {
        return Ok(Vec::new());
    }
    let found = finding::Entity::find().filter(finding::Column::ReviewId.is_in(items.iter().map(|item| item.id)));
    let mut rules: HashMap<ReviewId, Vec<String>> = HashMap::new();
    for row in found.order_by_asc(finding::Column::Id).all(db).await? {
        if let Some(review) = row.review_id {
            rules.entry(review).or_default().push(row.rule);
        }
    }
    Ok(items
        .into_iter()
        .map(|item| (rules.remove(&item.id).unwrap_or_default(), item))
        .map(|(rules, item)| (item, rules))
        .collect())
}
