//! Rows of what the filter does and did in places. What follows from settings is `publish`'s.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QuerySelect};

use super::moderators::PlaceKey;
use crate::entity::pii_policy;
use crate::entity::pii_tally::{self, Tally};
use crate::entity::place_role::PlaceKind;
use crate::entity::{board, room};
use crate::error::Result;
use crate::pii::Rule;
use crate::publish::Setting;

/// The settings that a place has of its own.
pub async fn own(db: &impl ConnectionTrait, (kind, id): PlaceKey) -> Result<BTreeMap<Rule, Setting>> {
    let here = pii_policy::Entity::find()
        .filter(pii_policy::Column::PlaceKind.eq(kind))
        .filter(pii_policy::Column::PlaceId.eq(id));
    let rows = here.all(db).await?;
    Ok(rows.iter().filter_map(|row| Some((Rule::parse(&row.rule)?, Setting::of_row(row)))).collect())
}

/// Takes a place's own setting for a rule away.
pub async fn clear(db: &impl ConnectionTrait, (kind, id): PlaceKey, rule: Rule) -> Result<()> {
    pii_policy::Entity::delete_by_id((kind, id, rule.as_str().to_owned())).exec(db).await?;
    Ok(())
}

/// What was counted of one rule's findings in one place: place, rule, outcome, how often.
pub type Counted = (PlaceKind, i64, String, Tally, i64);

/// What came of findings since a day (days since 1970), by place, rule and outcome.
pub async fn tallies(db: &impl ConnectionTrait, since_day: i64) -> Result<Vec<Counted>> {
    Ok(pii_tally::Entity::find()
        .select_only()
        .columns([pii_tally::Column::PlaceKind, pii_tally::Column::PlaceId])
        .columns([pii_tally::Column::Rule, pii_tally::Column::Outcome])
        .column_as(pii_tally::Column::Count.sum().cast_as("bigint"), "count")
        .filter(pii_tally::Column::Day.gte(since_day))
        .group_by(pii_tally::Column::PlaceKind)
        .group_by(pii_tally::Column::PlaceId)
        .group_by(pii_tally::Column::Rule)
        .group_by(pii_tally::Column::Outcome)
        .into_tuple()
        .all(db)
        .await?)
}

/// Boards and rooms among these places.
pub async fn places(
    db: &impl ConnectionTrait,
    places: impl Iterator<Item = PlaceKey>,
) -> Result<(Vec<board::Model>, Vec<room::Model>)> {
    let (boards, rooms): (Vec<_>, Vec<_>) = places
        .filter(|(kind, _)| matches!(kind, PlaceKind::Board | PlaceKind::Room))
        .partition(|(kind, _)| *kind == PlaceKind::Board);
    let ids = |places: Vec<PlaceKey>| places.into_iter().map(|(_, id)| id);
    let boards = board::Entity::find().filter(board::Column::Id.is_in(ids(boards))).all(db).await?;
    let rooms = room::Entity::find().filter(room::Column::Id.is_in(ids(rooms))).all(db).await?;
    Ok((boards, rooms))
}
