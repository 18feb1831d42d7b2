//! What the filter does in one place: a setting of its own for each rule, or as everywhere.

use std::collections::{BTreeMap, BTreeSet};

use super::store::policies;
use crate::access::{self, Action, Place, Target, Viewer};
use crate::clock::Moment;
use crate::db::{ConnectionTrait, Tx};
use crate::entity::Iterable;
use crate::entity::pii_policy::PolicyAction;
use crate::entity::pii_tally::Tally;
use crate::entity::place_role::PlaceKind;
use crate::entity::room::RoomAccess;
use crate::error::Result;
use crate::pii::Rule;
use crate::publish::{self, Class, Setting};
use crate::site::Site;

/// For each rule, what is wished; `None` for as everywhere.
pub type Choices = BTreeMap<Rule, Option<Setting>>;

/// What one rule does in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OfRule {
    /// The rule.
    pub rule: Rule,
    /// Its setting here; `None` for as everywhere.
    pub own: Option<Setting>,
    /// What it does in places of this kind that have no setting of their own.
    pub common: Setting,
}

/// Where settings hold that are not those of one board or room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Every public place.
    Site,
    /// Rooms of two or a few.
    Direct,
}

/// The key of an action, as sent.
pub fn action_key(action: PolicyAction) -> &'static str {
    match action {
        PolicyAction::Off => "off",
        PolicyAction::Warn => "warn",
        PolicyAction::Mask => "mask",
        PolicyAction::Hold => "hold",
        PolicyAction::Refuse => "refuse",
    }
}

/// The action of a key.
pub fn action(key: &str) -> Option<PolicyAction> {
    PolicyAction::iter().find(|action| action_key(*action) == key)
}

/// What each rule does in a place; without one, what a new public place begins with.
pub async fn settings(db: &impl ConnectionTrait, place: Option<Place>) -> Result<Vec<OfRule>> {
    let here = place.unwrap_or(Place::Site);
    let class = publish::class_of(here);
    let key = publish::place_key(here);
    let own = if place.is_some() { policies::own(db, key).await? } else { BTreeMap::new() };
    let site = policies::own(db, (PlaceKind::Site, 0)).await?;
    let common = |rule: Rule| match site.get(&rule) {
        Some(site) if class == Class::Public || site.floor => *site,
        _ => Setting::default_of(rule, class),
    };
    Ok(Rule::ALL
        .iter()
        .map(|rule| OfRule { rule: *rule, own: own.get(rule).copied(), common: common(*rule) })
        .collect())
}

/// What each rule does in a scope.
pub async fn scope_settings(db: &impl ConnectionTrait, scope: Scope) -> Result<Vec<OfRule>> {
    let (kind, class) = kind_of(scope);
    let own = policies::own(db, (kind, 0)).await?;
    let of =
        |rule: &Rule| OfRule { rule: *rule, own: own.get(rule).copied(), common: Setting::default_of(*rule, class) };
    Ok(Rule::ALL.iter().map(of).collect())
}

fn kind_of(scope: Scope) -> (PlaceKind, Class) {
    match scope {
        Scope::Site => (PlaceKind::Site, Class::Public),
        Scope::Direct => (PlaceKind::Direct, Class::Private),
    }
}

/// Stores the choices of a place. Only the site's settings can be a floor.
pub async fn store(tx: &Tx, place: Place, choices: &Choices) -> Result<()> {
    store_at(tx, publish::place_key(place), choices).await
}

/// Stores the choices of a scope.
///
/// # Errors
/// Not an admin.
pub async fn save_scope(site: &Site, viewer: &Viewer, scope: Scope, choices: Choices) -> Result<()> {
    access::decide(viewer, Action::Administer, Place::Site, Target::default())?;
    let (kind, _) = kind_of(scope);
    site.db.write(choices, move |tx, choices| async move { store_at(&tx, (kind, 0), &choices).await }).await
}

async fn store_at(tx: &Tx, (kind, id): (PlaceKind, i64), choices: &Choices) -> Result<()> {
    for (rule, choice) in choices {
        if let Some(setting) = choice {
            let setting = Setting { floor: setting.floor && kind == PlaceKind::Site, ..*setting };
            publish::set_setting(&**tx, (kind, id), *rule, setting).await?;
        } else {
            policies::clear(&**tx, (kind, id), *rule).await?;
        }
    }
    Ok(())
}

/// What came of one rule's findings in one place, in the last `days`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// The rule.
    pub rule: Rule,
    /// Where.
    pub place: (PlaceKind, i64),
    /// How often, by outcome.
    pub counts: BTreeMap<Tally, i64>,
}

/// Findings below which a share says nothing.
const ENOUGH: i64 = 50;
/// Share of findings called wrong, in percent, above which a rule should be looked at.
const WRONG_PERCENT: i64 = 20;

impl Numbers {
    /// How often `tally` was counted.
    pub fn of(&self, tally: Tally) -> i64 {
        self.counts.get(&tally).copied().unwrap_or_default()
    }

    /// Findings whose author changed or dropped the text after the warning: what is left of the warned.
    pub fn changed(&self) -> i64 {
        Ord::max(self.of(Tally::Warned) - self.of(Tally::Masked) - self.of(Tally::Held) - self.of(Tally::Anyway), 0)
    }

    /// Whether so many of its findings were called wrong that the rule should be looked at: above 20 % of at least 50.
    pub fn doubtful(&self) -> bool {
        let asked = self.of(Tally::Warned);
        asked >= ENOUGH && self.of(Tally::Wrong) * 100 > asked * WRONG_PERCENT
    }
}

/// What came of findings since `since`, by rule and place.
///
/// # Errors
/// Not an admin.
pub async fn numbers(site: &Site, viewer: &Viewer, since: Moment) -> Result<Vec<Numbers>> {
    access::decide(viewer, Action::Administer, Place::Site, Target::default())?;
    let rows = policies::tallies(site.db.reads(), since.0.div_euclid(24 * 3600 * 1000)).await?;
    let mut out: BTreeMap<(Rule, PlaceKind, i64), BTreeMap<Tally, i64>> = BTreeMap::new();
    for (kind, id, rule, outcome, count) in rows {
        if let Some(rule) = Rule::parse(&rule) {
            out.entry((rule, kind, id)).or_default().insert(outcome, count);
        }
    }
    Ok(out.into_iter().map(|((rule, kind, id), counts)| Numbers { rule, place: (kind, id), counts }).collect())
}

/// Titles of places, by key.
pub async fn place_names(
    db: &impl ConnectionTrait,
    places: impl Iterator<Item = (PlaceKind, i64)>,
) -> Result<BTreeMap<(PlaceKind, i64), String>> {
    let places: BTreeSet<_> = places.collect();
    let (boards, rooms) = policies::places(db, places.into_iter()).await?;
    let boards = boards.into_iter().map(|board| ((PlaceKind::Board, board.id.0), board.title));
    let rooms = rooms.into_iter().map(|room| {
        let direct = room.access == RoomAccess::Direct;
        ((PlaceKind::Room, room.id.0), if direct { "Direct messages".to_owned() } else { format!("#{}", room.title) })
    });
    let fixed = [((PlaceKind::Site, 0), "Profiles".to_owned())];
    Ok(boards.chain(rooms).chain(fixed).collect())
}
