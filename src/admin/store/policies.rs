//! Rows of what the filter does in one place, and of what came of it. What a setting means is `publish`'s.

use std::collections::{BTreeMap, BTreeSet};

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use crate::entity::pii_tally::{self, Tally};
use crate::entity::place_role::PlaceKind;
use crate::entity::room::{self, RoomAccess};
use crate::entity::{board, pii_policy};
use crate::error::Result;
use crate::pii::Rule;
use crate::publish::Setting;

/// The settings that a place, or a kind of place, has of its own.
pub async fn own(db: &impl ConnectionTrait, (kind, id): (PlaceKind, i64)) -> Result<BTreeMap<Rule, Setting>> {
    let rows = pii_policy::Entity::find()
        .filter(pii_policy::Column::PlaceKind.eq(kind))
        .filter(pii_policy::Column::PlaceId.eq(id))
        .all(db)
        .await?;
    Ok(rows.iter().filter_map(|row| Some((Rule::parse(&row.rule)?, Setting::of_row(row)))).collect())
}

/// Takes a place's own setting for a rule away.
pub async fn clear(db: &impl ConnectionTrait, (kind, id): (PlaceKind, i64), rule: Rule) -> Result<()> {
    pii_policy::Entity::delete_by_id((kind, id, rule.as_str().to_owned())).exec(db).await?;
    Ok(())
}

/// What came of findings since a day (days since 1970): place, rule, outcome, how often.
pub async fn counts(db: &impl ConnectionTrait, since: i64) -> Result<Vec<(PlaceKind, i64, String, Tally, i64)>> {
    let rows = pii_tally::Entity::find()
        .select_only()
        .columns([pii_tally::Column::PlaceKind, pii_tally::Column::PlaceId])
        .columns([pii_tally::Column::Rule, pii_tally::Column::Outcome])
        .column_as(pii_tally::Column::Count.sum().cast_as("bigint"), "count")
        .filter(pii_tally::Column::Day.gte(since))
        .group_by(pii_tally::Column::PlaceKind)
        .group_by(pii_tally::Column::PlaceId)
        .group_by(pii_tally::Column::Rule)
        .group_by(pii_tally::Column::Outcome)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows)
}

/// Titles of places, by key.
pub async fn place_names(
    db: &impl ConnectionTrait,
    places: impl Iterator<Item = (PlaceKind, i64)>,
) -> Result<BTreeMap<(PlaceKind, i64), String>> {
    let places: BTreeSet<_> = places.collect();
    let ids = |wanted: PlaceKind| places.iter().filter(move |place| place.0 == wanted).map(|place| place.1);
    let boards = board::Entity::find().filter(board::Column::Id.is_in(ids(PlaceKind::Board))).all(db).await?;
    let rooms = room::Entity::find().filter(room::Column::Id.is_in(ids(PlaceKind::Room))).all(db).await?;
    let boards = boards.into_iter().map(|board| ((PlaceKind::Board, board.id.0), board.title));
    let rooms = rooms.into_iter().map(|room| {
        let direct = room.access == RoomAccess::Direct;
        ((PlaceKind::Room, room.id.0), if direct { "Direct messages".to_owned() } else { format!("#{}", room.title) })
    });
    let fixed = [((PlaceKind::Site, 0), "Profiles".to_owned())];
    Ok(boards.chain(rooms).chain(fixed).collect())
}
