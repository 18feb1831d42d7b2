//! The administration pages. Forms come back as typed, with what is wrong beside the field.

mod boards;
mod filter;
mod members;
mod rooms;

use std::collections::HashMap;

use axum::Router;
use axum::extract::FromRef;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::policy::{Choices, OfRule, action, action_key};
use super::views::{AdminPage, Choice, Fact, Figure, PolicyRow};
use super::{Overview, overview};
use crate::access::Role;
use crate::config::Database;
use crate::entity::pii_policy::PolicyAction;
use crate::entries::views::Stamp;
use crate::error::{Error, FieldError, Result};
use crate::http::layout::Tab;
use crate::http::page::{Visit, page};
use crate::moderation::{Chain, TARGET_S};
use crate::pii::{DETECTOR_VERSION, Level, Rule};
use crate::publish::Setting;
use crate::site::Site;
use crate::text::RENDERER_VERSION;

/// The pages under `/admin`.
pub fn routes<S>() -> Router<S>
where
    S: Clone + Send + Sync + 'static,
    Site: FromRef<S>,
{
    Router::new()
        .route("/admin", get(show))
        .route("/admin/boards", get(boards::list).post(boards::create))
        .route("/admin/boards/new", get(boards::wish))
        .route("/admin/boards/{id}", get(boards::show).post(boards::update))
        .route("/admin/sections", post(boards::create_section))
        .route("/admin/sections/{id}", post(boards::rename_section))
        .route("/admin/rooms", get(rooms::list))
        .route("/admin/rooms/{id}", get(rooms::show).post(rooms::update))
        .route("/admin/filter", get(filter::show).post(filter::save))
        .route("/admin/filter/test", post(filter::test))
        .route("/admin/members", get(members::list))
        .route("/admin/members/{id}/role", post(members::set_role))
}

/// The fields of a form as they were sent.
struct Fields(HashMap<String, String>);

impl Fields {
    fn text(&self, name: &str) -> &str {
        self.0.get(name).map_or("", String::as_str)
    }

    fn has(&self, name: &str) -> bool {
        self.0.contains_key(name)
    }

    /// A whole number; 0 for none, an error for anything else.
    fn number(&self, name: &'static str) -> Result<i64> {
        let typed = self.text(name).trim();
        if typed.is_empty() {
            Ok(0)
        } else {
            typed.parse().map_err(|_| Error::field(name, "This must be a whole number."))
        }
    }

    /// What each rule does, from the fields `policy_{rule}` and those beside it, on a form that showed `settings`. A
    /// rule that is not in the form stays out.
    fn policy(&self, settings: &[OfRule]) -> Choices {
        let named = settings.iter().filter(|of| self.has(&format!("policy_{}", of.rule.as_str())));
        named.map(|of| (of.rule, self.setting(of))).collect()
    }

    /// Who changes a finer setting and leaves the action alone gets a setting of their own with that action: what they
    /// changed is never dropped.
    fn setting(&self, of: &OfRule) -> Option<Setting> {
        let field = |name: &str| format!("{name}_{}", of.rule.as_str());
        let sure = self.text(&field("level")) == Level::Certain.as_str();
        let chosen = action(self.text(&field("policy")));
        let typed = Setting {
            action: chosen.unwrap_or(of.common.action),
            level: if sure { Level::Certain } else { Level::Likely },
            audit: self.has(&field("audit")),
            floor: self.has(&field("floor")),
            exempt: exempt_roles()
                .into_iter()
                .find(|(key, ..)| *key == self.text(&field("exempt")))
                .and_then(|role| role.1),
        };
        let shown = of.own.unwrap_or(of.common);
        let touched = Setting { action: shown.action, ..typed } != shown;
        (chosen.is_some() || touched).then_some(typed)
    }
}

/// Who a rule may leave alone: key, role, name.
fn exempt_roles() -> [(&'static str, Option<Role>, &'static str); 3] {
    [
        ("", None, "Nobody is exempt"),
        ("moderator", Some(Role::Moderator), "Moderators are exempt"),
        ("admin", Some(Role::Admin), "Admins are exempt"),
    ]
}

/// What is wrong with one field.
fn wrong(fields: &[FieldError], name: &str) -> Option<String> {
    fields.iter().find(|field| field.field == name).map(|field| field.message.to_string())
}

fn choice(value: impl Into<String>, label: impl Into<String>, selected: bool) -> Choice {
    Choice { value: value.into(), label: label.into(), selected }
}

fn exempt_choices(chosen: Option<Role>) -> Vec<Choice> {
    exempt_roles().map(|(key, role, name)| choice(key, name, role == chosen)).to_vec()
}

/// A row for each rule: as everywhere, or one of the actions. What was just typed wins over what is stored.
fn policy(settings: &[OfRule], typed: Option<&Choices>, common: &'static str) -> Vec<PolicyRow> {
    let row = |of: &OfRule| {
        let chosen = typed.and_then(|typed| typed.get(&of.rule).copied()).unwrap_or(of.own);
        let setting = chosen.unwrap_or(of.common);
        let everywhere = choice("", format!("{common} ({})", word(of.common.action)), chosen.is_none());
        let actions = <PolicyAction as crate::entity::Iterable>::iter().map(|action| {
            choice(action_key(action), capital(word(action)), chosen.is_some_and(|chosen| chosen.action == action))
        });
        let levels = [(Level::Likely, "Likely and certain"), (Level::Certain, "Only certain")];
        PolicyRow {
            rule: of.rule.as_str(),
            label: of.rule.label(),
            choices: [everywhere].into_iter().chain(actions).collect(),
            levels: levels.map(|(level, name)| choice(level.as_str(), name, level == setting.level)).to_vec(),
            exempt: if of.rule == Rule::Secret { Vec::new() } else { exempt_choices(setting.exempt) },
            audit: setting.audit,
            floor: setting.floor,
            open: chosen
                .is_some_and(|own| own.audit || own.floor || own.exempt.is_some() || own.level != Level::Likely),
        }
    };
    settings.iter().map(row).collect()
}

fn word(action: PolicyAction) -> &'static str {
    match action {
        PolicyAction::Off => "nothing",
        other => action_key(other),
    }
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

async fn show(Visit { site, viewer, chrome }: Visit) -> Result<Response> {
    let state = overview(&site, &viewer).await?;
    let view = AdminPage {
        layout: chrome.layout("Overview", Tab::Admin),
        figures: figures(&site, &state),
        facts: facts(&site, &state),
        troubles: state.troubles(),
        filling: state.filling,
        exempt: site.config.exempt.iter().map(ToString::to_string).collect(),
    };
    page(StatusCode::OK, &view)
}

fn figures(site: &Site, state: &Overview) -> Vec<Figure> {
    let now = site.clock.now();
    let figure =
        |label, value: i64, note: String, url| Figure { label, value: value.to_string(), note, url, late: false };
    let late = state.oldest.is_some_and(|oldest| now.since_s(oldest) > TARGET_S);
    let since = state.oldest.map_or_else(
        || "nothing waits".to_owned(),
        |oldest| format!("the oldest for {}", Stamp::new(oldest, now).text),
    );
    vec![
        figure("Members", state.members, format!("{} here now", state.online), Some("/admin/members")),
        figure("Topics", state.topics, format!("{} posts", state.posts), Some("/admin/boards")),
        figure("Messages", state.messages, "in all rooms".to_owned(), Some("/admin/rooms")),
        Figure { late, ..figure("Waiting for review", state.waiting, since, Some("/review")) },
    ]
}

fn facts(site: &Site, state: &Overview) -> Vec<Fact> {
    let fact = |name, value: String| Fact { name, value };
    let behind = |behind: i64| if behind == 0 { "up to date".to_owned() } else { format!("{behind} behind") };
    let consumers: Vec<String> =
        state.consumers.iter().map(|(name, count)| format!("{name} {}", behind(*count))).collect();
    let log = match state.log {
        Chain::Whole(rows) => format!("{rows} {}, the chain is whole", if rows == 1 { "row" } else { "rows" }),
        Chain::Broken(row) => format!("broken at row {row}"),
        Chain::Short => "rows are missing at the end".to_owned(),
    };
    let kept = match &site.config.database {
        Database::Sqlite(_) => "in one file on this server",
        Database::Postgres(_) => "on a PostgreSQL server",
    };
    let consumers = if consumers.is_empty() { "none has begun".to_owned() } else { consumers.join(", ") };
    vec![
        fact("Version", env!("CARGO_PKG_VERSION").to_owned()),
        fact("Address", site.config.origin()),
        fact("Database", format!("{}, {kept}", state.database.version)),
        fact("Durability", state.database.durability.clone()),
        fact("Filter", format!("version {DETECTOR_VERSION}, {} rules", Rule::ALL.len())),
        fact("Renderer", format!("version {RENDERER_VERSION}")),
        fact("Open sockets", state.sockets.to_string()),
        fact("Consumers of the log", consumers),
        fact("Mod log", log),
        fact("Signing up", if site.config.sign_up { "open to everyone" } else { "closed" }.to_owned()),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::Class;

    fn of(own: Option<Setting>) -> OfRule {
        OfRule { rule: Rule::Email, own, common: Setting::default_of(Rule::Email, Class::Public) }
    }

    fn sent(fields: &[(&str, &str)]) -> Fields {
        Fields(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    #[test]
    fn a_finer_setting_is_kept_though_the_action_was_left_alone() {
        let untouched = sent(&[("policy_email", ""), ("level_email", "likely"), ("exempt_email", "")]);
        assert_eq!(untouched.setting(&of(None)), None);
        let counting = sent(&[("policy_email", ""), ("level_email", "likely"), ("audit_email", "1")]);
        let kept = counting.setting(&of(None)).map(|setting| (setting.action, setting.audit));
        assert_eq!(kept, Some((PolicyAction::Warn, true)));
        let sure = sent(&[("policy_email", ""), ("level_email", "certain")]);
        assert_eq!(sure.setting(&of(None)).map(|setting| setting.level), Some(Level::Certain));
    }

    #[test]
    fn going_back_to_the_common_setting_needs_the_action_alone() {
        let own = Setting { action: PolicyAction::Refuse, audit: true, ..of(None).common };
        let back = sent(&[("policy_email", ""), ("level_email", "likely"), ("audit_email", "1")]);
        assert_eq!(back.setting(&of(Some(own))), None);
        let changed = sent(&[("policy_email", ""), ("level_email", "likely")]);
        let kept = changed.setting(&of(Some(own))).map(|setting| (setting.action, setting.audit));
        assert_eq!(kept, Some((PolicyAction::Warn, false)));
    }
}
