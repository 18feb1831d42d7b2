//! What the filter does in one place: a setting of its own for each rule, or as everywhere.

use std::collections::BTreeMap;

use super::administer;
use super::store::policies;
use crate::access::{Place, Viewer};
use crate::db::{ConnectionTrait, Tx};
use crate::entity::Iterable;
use crate::entity::pii_policy::PolicyAction;
use crate::entity::place_role::PlaceKind;
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
    /// What it does in places of this kind that have no setting of their own. A floor is told of the site's alone.
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
        Some(site) if class == Class::Public || site.floor => Setting { floor: false, ..*site },
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
    administer(viewer, None)?;
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
