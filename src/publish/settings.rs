//! What a finding means: one setting a rule and place, the most specific wins, and a floor below which no place may go.
//! Limit: it decides about settings; where they are stored is `store`'s matter.

use std::collections::BTreeMap;

use crate::access::{Place, Role};
use crate::entity::board::Readers;
use crate::entity::pii_policy::{self, PolicyAction};
use crate::entity::room::RoomAccess;
use crate::pii::{Level, Rule};

/// What findings of one rule mean in one place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    /// What happens.
    pub action: PolicyAction,
    /// Lowest level that has an effect.
    pub level: Level,
    /// Findings are counted and have no effect.
    pub audit: bool,
    /// No place may do less. Only the site's own settings have it.
    pub floor: bool,
    /// Members of this role and above are not asked. Without effect on keys and secrets.
    pub exempt: Option<Role>,
}

/// What findings mean in one place, by rule.
pub type Settings = BTreeMap<Rule, Setting>;

/// Who reads a place, as far as the defaults care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Everybody, or every member.
    Public,
    /// A few people who chose each other, or the moderators.
    Private,
}

/// The class of a place.
pub fn class_of(place: Place) -> Class {
    match place {
        Place::Board { readers: Readers::Staff, .. } | Place::Room { access: RoomAccess::Direct, .. } => Class::Private,
        Place::Board { .. } | Place::Room { .. } | Place::Site => Class::Public,
    }
}

impl Setting {
    /// What a rule does where nobody set anything: an address or a bank account is the author's to publish, numbers
    /// that open accounts are masked at once or looked at by a moderator, keys and passwords never show. Telephone
    /// numbers and IP addresses are too often public or mistaken to speak of unasked. Among a few people only what
    /// does harm at once is spoken of.
    pub fn default_of(rule: Rule, class: Class) -> Self {
        let action = match (class, rule) {
            (Class::Public, Rule::Email | Rule::Iban)
            | (Class::Private, Rule::Card | Rule::Ssn | Rule::Password | Rule::Secret) => PolicyAction::Warn,
            (Class::Public, Rule::Card | Rule::Ssn) => PolicyAction::Hold,
            (Class::Public, Rule::Password | Rule::Secret) => PolicyAction::Mask,
            (Class::Public, Rule::Phone | Rule::Ip) | (Class::Private, _) => PolicyAction::Off,
        };
        Self { action, level: Level::Likely, audit: false, floor: false, exempt: None }
    }

    /// A stored row.
    pub fn of_row(row: &pii_policy::Model) -> Self {
        let level = if row.level >= Level::Certain as i16 { Level::Certain } else { Level::Likely };
        Self { action: row.action, level, audit: row.audit, floor: row.floor, exempt: row.exempt }
    }

    /// At least what `floor` asks.
    #[must_use]
    pub fn raised_to(self, floor: Self) -> Self {
        if strictness(self.action) < strictness(floor.action) || self.audit {
            return Self { floor: false, ..floor };
        }
        Self {
            level: self.level.min(floor.level),
            exempt: self.exempt.zip(floor.exempt).map(|(own, floor)| own.max(floor)),
            ..self
        }
    }

    /// What a finding of this level by a member of this role means.
    pub fn effect(&self, rule: Rule, level: Level, author: Role) -> Effect {
        let exempt = rule != Rule::Secret && self.exempt.is_some_and(|exempt| author >= exempt);
        match self.action {
            PolicyAction::Off => Effect::Nothing,
            _ if level < self.level || exempt => Effect::Nothing,
            _ if self.audit => Effect::Counted,
            action => Effect::Acts(action),
        }
    }
}

/// The rules that an author of this role is asked about, for the browser's own check: `email card:certain`. It is advice
/// alone, so that the browser does not speak of what the place leaves alone.
pub(super) fn asks(settings: &Settings, author: Role) -> String {
    let asked = settings.iter().filter_map(|(rule, setting)| {
        let acts = |level| matches!(setting.effect(*rule, level, author), Effect::Acts(_));
        match (acts(Level::Likely), acts(Level::Certain)) {
            (true, _) => Some(rule.as_str().to_owned()),
            (false, true) => Some(format!("{}:certain", rule.as_str())),
            (false, false) => None,
        }
    });
    asked.collect::<Vec<_>>().join(" ")
}

/// What one finding means for one author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effect {
    /// Nothing at all.
    Nothing,
    /// It is counted.
    Counted,
    /// The author is told, or more.
    Acts(PolicyAction),
}

/// How little an action lets through.
fn strictness(action: PolicyAction) -> u8 {
    match action {
        PolicyAction::Off => 0,
        PolicyAction::Warn => 1,
        PolicyAction::Hold => 2,
        PolicyAction::Mask => 3,
        PolicyAction::Refuse => 4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn setting(action: PolicyAction) -> Setting {
        Setting { action, ..Setting::default_of(Rule::Email, Class::Public) }
    }

    #[test]
    fn a_floor_lifts_what_is_weaker_and_leaves_what_is_stricter() {
        let floor = Setting { floor: true, ..setting(PolicyAction::Mask) };
        assert_eq!(setting(PolicyAction::Warn).raised_to(floor).action, PolicyAction::Mask);
        assert_eq!(setting(PolicyAction::Hold).raised_to(floor).action, PolicyAction::Mask);
        assert_eq!(setting(PolicyAction::Refuse).raised_to(floor).action, PolicyAction::Refuse);
        let counted = Setting { audit: true, ..setting(PolicyAction::Refuse) };
        assert!(!counted.raised_to(floor).audit);
        let lax = Setting { level: Level::Certain, exempt: Some(Role::Member), ..setting(PolicyAction::Refuse) };
        let raised = lax.raised_to(floor);
        assert_eq!((raised.level, raised.exempt), (Level::Likely, None));
    }

    #[test]
    fn a_browser_is_told_what_is_asked_about_here_and_of_whom() {
        let mut settings: Settings =
            Rule::ALL.iter().map(|rule| (*rule, Setting::default_of(*rule, Class::Public))).collect();
        assert_eq!(asks(&settings, Role::Member), "email card ssn iban password secret");
        settings.insert(Rule::Email, Setting { level: Level::Certain, ..setting(PolicyAction::Warn) });
        settings.insert(Rule::Card, Setting { audit: true, ..setting(PolicyAction::Hold) });
        settings.insert(Rule::Ssn, Setting { exempt: Some(Role::Moderator), ..setting(PolicyAction::Hold) });
        settings.insert(Rule::Phone, setting(PolicyAction::Warn));
        assert_eq!(asks(&settings, Role::Member), "email:certain ssn phone iban password secret");
        assert_eq!(asks(&settings, Role::Moderator), "email:certain phone iban password secret");
    }

    #[test]
    fn exemptions_and_levels_leave_out_and_never_for_secrets() {
        let spared = Setting { exempt: Some(Role::Moderator), ..setting(PolicyAction::Hold) };
        assert_eq!(spared.effect(Rule::Card, Level::Certain, Role::Moderator), Effect::Nothing);
        assert_eq!(spared.effect(Rule::Card, Level::Certain, Role::Member), Effect::Acts(PolicyAction::Hold));
        assert_eq!(spared.effect(Rule::Secret, Level::Certain, Role::Admin), Effect::Acts(PolicyAction::Hold));
        let sure = Setting { level: Level::Certain, ..setting(PolicyAction::Warn) };
        assert_eq!(sure.effect(Rule::Email, Level::Likely, Role::Member), Effect::Nothing);
        let counting = Setting { audit: true, ..setting(PolicyAction::Warn) };
        assert_eq!(counting.effect(Rule::Email, Level::Likely, Role::Member), Effect::Counted);
    }
}
