//! The filter's rows: settings of places, counts, values called not private, and what was written just before.

use std::collections::BTreeMap;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, ExprTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::super::settings::{self, Setting, Settings};
use super::place_key;
use crate::access::Place;
use crate::clock::Moment;
use crate::entity::pii_tally::{self, Tally};
use crate::entity::place_role::PlaceKind;
use crate::entity::room::RoomAccess;
use crate::entity::{entry, pii_policy, pii_trusted_value};
use crate::error::Result;
use crate::ids::{MemberId, RoomId};
use crate::pii::Rule;

/// What findings mean in a place: its own rows before those of direct rooms together, these before the site's, and
/// all before the defaults; never less than the site's floor.
pub async fn settings_of(db: &impl ConnectionTrait, place: Place) -> Result<Settings> {
    let (kind, id) = place_key(place);
    let own = pii_policy::Column::PlaceKind.eq(kind).and(pii_policy::Column::PlaceId.eq(id));
    let common = pii_policy::Column::PlaceKind.is_in([PlaceKind::Site, PlaceKind::Direct]);
    let rows = pii_policy::Entity::find().filter(Condition::any().add(own).add(common)).all(db).await?;
    let class = settings::class_of(place);
    let direct = matches!(place, Place::Room { access: RoomAccess::Direct, .. });
    let row = |wanted: PlaceKind, rule: Rule| {
        rows.iter().find(|row| row.place_kind == wanted && row.rule == rule.as_str()).map(Setting::of_row)
    };
    let of_rule = |rule: Rule| {
        let site = row(PlaceKind::Site, rule);
        let together = if direct { row(PlaceKind::Direct, rule) } else { None };
        // What the site says of every place is not meant for the few who chose each other, unless it is a floor.
        let common = site.filter(|_| class == settings::Class::Public);
        let setting = row(kind, rule).filter(|_| kind != PlaceKind::Site).or(together).or(common);
        let setting = setting.unwrap_or_else(|| Setting::default_of(rule, class));
        site.filter(|site| site.floor && kind != PlaceKind::Site).map_or(setting, |floor| setting.raised_to(floor))
    };
    Ok(Rule::ALL.iter().map(|rule| (*rule, of_rule(*rule))).collect())
}

/// Sets what findings of one rule mean for a kind of place, or for one place of it.
pub async fn set_setting(
    db: &impl ConnectionTrait,
    (kind, id): (PlaceKind, i64),
    rule: Rule,
    setting: Setting,
) -> Result<()> {
    let row = pii_policy::ActiveModel {
        place_kind: Set(kind),
        place_id: Set(id),
        rule: Set(rule.as_str().to_owned()),
        action: Set(setting.action),
        level: Set(setting.level as i16),
        audit: Set(setting.audit),
        floor: Set(setting.floor),
        exempt: Set(setting.exempt),
    };
    let key = [pii_policy::Column::PlaceKind, pii_policy::Column::PlaceId, pii_policy::Column::Rule];
    let update = OnConflict::columns(key)
        .update_columns([
            pii_policy::Column::Action,
            pii_policy::Column::Level,
            pii_policy::Column::Audit,
            pii_policy::Column::Floor,
            pii_policy::Column::Exempt,
        ])
        .to_owned();
    pii_policy::Entity::insert(row).on_conflict(update).exec_without_returning(db).await?;
    Ok(())
}

/// Counts what came of findings, each rule as often as it is named.
pub async fn tally(
    db: &impl ConnectionTrait,
    at: Moment,
    (kind, id): (PlaceKind, i64),
    counted: &[(Rule, Tally)],
) -> Result<()> {
    let mut sums: BTreeMap<(Rule, Tally), i64> = BTreeMap::new();
    for one in counted {
        *sums.entry(*one).or_default() += 1;
    }
    for ((rule, outcome), count) in sums {
        let row = pii_tally::ActiveModel {
            day: Set(at.0.div_euclid(DAY_MS)),
            place_kind: Set(kind),
            place_id: Set(id),
            rule: Set(rule.as_str().to_owned()),
            outcome: Set(outcome),
            count: Set(count),
        };
        let key = [
            pii_tally::Column::Day,
            pii_tally::Column::PlaceKind,
            pii_tally::Column::PlaceId,
            pii_tally::Column::Rule,
            pii_tally::Column::Outcome,
        ];
        let sum = Expr::col((pii_tally::Entity, pii_tally::Column::Count)).add(count);
        let more = OnConflict::columns(key).value(pii_tally::Column::Count, sum).to_owned();
        pii_tally::Entity::insert(row).on_conflict(more).exec_without_returning(db).await?;
    }
    Ok(())
}

const DAY_MS: i64 = 24 * 3600 * 1000;

/// How long a value that its author called not private is not asked about again in that place.
const TRUSTED_S: i64 = 30 * 24 * 3600;

/// Keyed hashes of values that this member called not private in this place.
pub async fn trusted_values(
    db: &impl ConnectionTrait,
    now: Moment,
    member: MemberId,
    (kind, id): (PlaceKind, i64),
) -> Result<Vec<Vec<u8>>> {
    let rows = pii_trusted_value::Entity::find()
        .filter(pii_trusted_value::Column::MemberId.eq(member))
        .filter(pii_trusted_value::Column::PlaceKind.eq(kind))
        .filter(pii_trusted_value::Column::PlaceId.eq(id))
        .filter(pii_trusted_value::Column::Until.gt(now))
        .all(db)
        .await?;
    Ok(rows.into_iter().map(|row| row.value_hash).collect())
}

/// Remembers values that a member called not private in a place, by their keyed hashes.
pub async fn trust_values(
    db: &impl ConnectionTrait,
    now: Moment,
    member: MemberId,
    (kind, id): (PlaceKind, i64),
    hashes: Vec<Vec<u8>>,
) -> Result<()> {
    for hash in hashes {
        let row = pii_trusted_value::ActiveModel {
            member_id: Set(member),
            place_kind: Set(kind),
            place_id: Set(id),
            value_hash: Set(hash),
            until: Set(now.plus_s(TRUSTED_S)),
        };
        let key = [
            pii_trusted_value::Column::MemberId,
            pii_trusted_value::Column::PlaceKind,
            pii_trusted_value::Column::PlaceId,
            pii_trusted_value::Column::ValueHash,
        ];
        let longer = OnConflict::columns(key).update_column(pii_trusted_value::Column::Until).to_owned();
        pii_trusted_value::Entity::insert(row).on_conflict(longer).exec_without_returning(db).await?;
    }
    Ok(())
}

/// What a member wrote in a room just before, oldest first: of their last few entries those of the last two minutes.
pub async fn just_before(
    db: &impl ConnectionTrait,
    now: Moment,
    member: MemberId,
    room: RoomId,
) -> Result<Vec<String>> {
    let rows = entry::Entity::find()
        .filter(entry::Column::AuthorId.eq(member))
        .filter(entry::Column::State.eq(entry::EntryState::Published))
        .order_by_desc(entry::Column::Id)
        .limit(JUST_BEFORE)
        .all(db)
        .await?;
    let here = rows.into_iter().filter(|row| row.room_id == Some(room) && now.since_s(row.created_at) <= JUST_BEFORE_S);
    let mut texts: Vec<String> = here.map(|row| row.source).collect();
    texts.reverse();
    Ok(texts)
}

const JUST_BEFORE: u64 = 6;
const JUST_BEFORE_S: i64 = 120;
