//! What the filter does in one place: a setting of its own for each rule, or as everywhere.

use std::collections::BTreeMap;

use super::store::policies;
use crate::access::Place;
use crate::db::{ConnectionTrait, Tx};
use crate::entity::Iterable;
use crate::entity::pii_policy::PolicyAction;
use crate::error::Result;
use crate::pii::Rule;
use crate::publish;

/// For each rule, what is wished; `None` for as everywhere.
pub type Choices = BTreeMap<Rule, Option<PolicyAction>>;

/// What one rule does in a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// The rule.
    pub rule: Rule,
    /// Its setting here; `None` for as everywhere.
    pub own: Option<PolicyAction>,
    /// What it does everywhere.
    pub everywhere: PolicyAction,
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

/// What each rule does in a place; without one, what a new place begins with.
pub async fn settings(db: &impl ConnectionTrait, place: Option<Place>) -> Result<Vec<Setting>> {
    let everywhere = publish::policies_of(db, Place::Site).await?;
    let own = match place {
        Some(place) => policies::own(db, place).await?,
        None => BTreeMap::new(),
    };
    let setting = |rule: &Rule| Setting {
        rule: *rule,
        own: own.get(rule).copied(),
        everywhere: everywhere.get(rule).copied().unwrap_or_else(|| publish::default_action(*rule)),
    };
    Ok(Rule::ALL.iter().map(setting).collect())
}

/// Stores the choices of a place.
pub async fn store(tx: &Tx, place: Place, choices: &Choices) -> Result<()> {
    for (rule, choice) in choices {
        if let Some(action) = choice {
            publish::set_policy(&**tx, place, *rule, *action).await?;
        } else {
            policies::clear(&**tx, place, *rule).await?;
        }
    }
    Ok(())
}
