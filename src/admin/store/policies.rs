//! Rows of what the filter does in one place. What it does everywhere, and what follows from both, is `publish`'s.

use std::collections::BTreeMap;

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::access::Place;
use crate::entity::pii_policy::{self, PolicyAction};
use crate::error::Result;
use crate::pii::Rule;
use crate::publish;

/// The settings that a place has of its own.
pub async fn own(db: &impl ConnectionTrait, place: Place) -> Result<BTreeMap<Rule, PolicyAction>> {
    let (kind, id) = publish::place_key(place);
    let rows = pii_policy::Entity::find()
        .filter(pii_policy::Column::PlaceKind.eq(kind))
        .filter(pii_policy::Column::PlaceId.eq(id))
        .all(db)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((Rule::parse(&row.rule)?, row.action))).collect())
}

/// Takes a place's own setting for a rule away.
pub async fn clear(db: &impl ConnectionTrait, place: Place, rule: Rule) -> Result<()> {
    let (kind, id) = publish::place_key(place);
    pii_policy::Entity::delete_by_id((kind, id, rule.as_str().to_owned())).exec(db).await?;
    Ok(())
}
