//! The words of moderation: reasons from fixed lists, decisions in the past tense, why something waits. Pure.

use crate::clock::Moment;
use crate::entity::review_item::{Decision, ReviewKind, ReviewState, Subject};
use crate::pii::Rule;

/// Why a moderator decided as they did. The author reads it and it stands in the mod log.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Reason {
    /// It shows something private.
    Private,
    /// It is unkind to somebody.
    Unkind,
    /// It does not belong there.
    OffTopic,
    /// It advertises.
    Spam,
    /// It breaks the law, or may.
    Unlawful,
    /// It was published or reported by mistake.
    Mistake,
    /// The note says it.
    Other,
}

impl Reason {
    /// All, in the order of the list.
    pub const ALL: [Self; 7] =
        [Self::Private, Self::Unkind, Self::OffTopic, Self::Spam, Self::Unlawful, Self::Mistake, Self::Other];

    /// Key, as stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Unkind => "unkind",
            Self::OffTopic => "off_topic",
            Self::Spam => "spam",
            Self::Unlawful => "unlawful",
            Self::Mistake => "mistake",
            Self::Other => "other",
        }
    }

    /// The reason of a key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == key)
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Private => "It shows something private",
            Self::Unkind => "It is unkind to somebody",
            Self::OffTopic => "It does not belong there",
            Self::Spam => "It is advertising",
            Self::Unlawful => "It may be against the law",
            Self::Mistake => "It was a mistake",
            Self::Other => "The note says why",
        }
    }
}

/// Why a member reports an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum FlagReason {
    /// It shows something private.
    Private,
    /// It is unkind.
    Unkind,
    /// It advertises.
    Spam,
    /// It does not belong there.
    OffTopic,
    /// It breaks the law, or may.
    Unlawful,
    /// Something else.
    Other,
}

impl FlagReason {
    /// All, in the order of the list.
    pub const ALL: [Self; 6] = [Self::Private, Self::Unkind, Self::Spam, Self::OffTopic, Self::Unlawful, Self::Other];

    /// Key, as stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Private => "private",
            Self::Unkind => "unkind",
            Self::Spam => "spam",
            Self::OffTopic => "off_topic",
            Self::Unlawful => "unlawful",
            Self::Other => "other",
        }
    }

    /// The reason of a key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == key)
    }

    /// In words, for the form: "It shows something private".
    pub fn label(self) -> &'static str {
        match self {
            Self::Private => "It shows something private",
            Self::Unkind => "It is unkind",
            Self::Spam => "It is advertising",
            Self::OffTopic => "It does not belong here",
            Self::Unlawful => "It may be against the law",
            Self::Other => "Something else",
        }
    }

    /// In a word, for lists: "Spam".
    pub fn short(self) -> &'static str {
        match self {
            Self::Private => "Private data",
            Self::Unkind => "Unkind",
            Self::Spam => "Spam",
            Self::OffTopic => "Off topic",
            Self::Unlawful => "Against the law",
            Self::Other => "Other",
        }
    }
}

/// Why a moderator looks at the found values themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum RevealReason {
    /// The masked form does not tell whether it is private.
    Unsure,
    /// The author says that it is not private.
    AuthorSays,
    /// It may harm somebody who has to be told.
    Harm,
}

impl RevealReason {
    /// All, in the order of the list.
    pub const ALL: [Self; 3] = [Self::Unsure, Self::AuthorSays, Self::Harm];

    /// Key, as stored and sent.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Unsure => "unsure",
            Self::AuthorSays => "author_says",
            Self::Harm => "harm",
        }
    }

    /// The reason of a key.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.as_str() == key)
    }

    /// In words.
    pub fn label(self) -> &'static str {
        match self {
            Self::Unsure => "The masked form does not tell whether it is private",
            Self::AuthorSays => "Its author says that it is not private",
            Self::Harm => "It may harm somebody who has to be told",
        }
    }
}

/// Reason of a return that no moderator decided: it waited too long.
pub const EXPIRED: &str = "expired";

/// A reason key of any list in words; empty for none.
pub fn reason(key: &str) -> &'static str {
    let decision = Reason::parse(key).map(Reason::label);
    let flag = || FlagReason::parse(key).map(FlagReason::label);
    let reveal = || RevealReason::parse(key).map(RevealReason::label);
    let expired = || (key == EXPIRED).then_some("No moderator decided in time");
    decision.or_else(flag).or_else(reveal).or_else(expired).unwrap_or_default()
}

/// Name of a decision, as sent and as it stands in the mod log.
pub fn decision_key(decision: Decision) -> &'static str {
    match decision {
        Decision::Publish => "publish",
        Decision::PublishMasked => "publish_masked",
        Decision::Return => "return",
        Decision::Remove => "remove",
        Decision::Dismiss => "dismiss",
    }
}

/// The decision of a name.
pub fn decision(key: &str) -> Option<Decision> {
    use crate::entity::Iterable;
    Decision::iter().find(|decision| decision_key(*decision) == key)
}

/// What became of an item, in the past tense, to follow a name: "Kit Alvarez returned …".
pub fn decided(state: ReviewState, decision: Option<Decision>) -> &'static str {
    match (state, decision) {
        (ReviewState::Withdrawn, _) => "withdrew",
        (_, Some(Decision::Publish)) => "published as is",
        (_, Some(Decision::PublishMasked)) => "published masked",
        (_, Some(Decision::Return)) => "returned",
        (_, Some(Decision::Remove)) => "removed",
        (_, Some(Decision::Dismiss)) => "dismissed",
        (_, None) => "decided",
    }
}

/// What became of a text, for its author: what was public already is not said to have been published.
pub fn settled(kind: ReviewKind, state: ReviewState, decision: Option<Decision>) -> &'static str {
    match (kind, decision) {
        (ReviewKind::Flag, Some(Decision::PublishMasked)) => "masked what was private in it",
        _ => decided(state, decision),
    }
}

/// What became of a report, for who sent it. It names no moderator: they answer to the author and to each other.
pub fn answer(state: ReviewState, decision: Option<Decision>) -> &'static str {
    match (state, decision) {
        (ReviewState::Open, _) => "A moderator has not decided yet.",
        (_, Some(Decision::PublishMasked)) => "A moderator masked what was private in it.",
        (_, Some(Decision::Remove)) => "A moderator removed it.",
        _ => "A moderator looked at it and left it as it is.",
    }
}

/// The same as a clause of its own: "returned to its author".
pub fn outcome(state: ReviewState, decision: Option<Decision>) -> &'static str {
    match (state, decision) {
        (ReviewState::Returned, _) => "returned to its author",
        (ReviewState::Dismissed, _) => "flag dismissed",
        _ => decided(state, decision),
    }
}

/// What kind of text: "Reply".
pub fn subject(subject: Subject) -> &'static str {
    match subject {
        Subject::Topic => "New topic",
        Subject::Post => "Reply",
        Subject::Message => "Message",
        Subject::Edit => "Edit",
        Subject::Profile => "Profile",
        Subject::RoomTopic => "Topic line",
    }
}

/// Names of rules in a row: "Card number, email address".
pub fn rules(rules: &[Rule]) -> String {
    let mut labels: Vec<String> = Vec::new();
    for rule in rules {
        let label = rule.label();
        let inside = if labels.is_empty() { label } else { rule.name() }.to_owned();
        if !labels.iter().any(|known| known.eq_ignore_ascii_case(label)) {
            labels.push(inside);
        }
    }
    labels.join(", ")
}

/// With its first letter in lower case.
pub fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// How long ago: "10 seconds ago".
pub fn ago(now: Moment, then: Moment) -> String {
    let of = |count: i64, unit: &str| format!("{count} {unit}{} ago", if count == 1 { "" } else { "s" });
    match now.since_s(then) {
        seconds @ 0..60 => of(seconds, "second"),
        seconds @ 60..3_600 => of(seconds / 60, "minute"),
        seconds @ 3_600..86_400 => of(seconds / 3_600, "hour"),
        seconds => of(seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_read_well() {
        assert_eq!(rules(&[Rule::Card, Rule::Email, Rule::Email]), "Card number, email address");
        assert_eq!(ago(Moment(10_000), Moment(0)), "10 seconds ago");
        assert_eq!(ago(Moment(3_600_000), Moment(0)), "1 hour ago");
    }

    #[test]
    fn every_key_is_read_back() {
        assert!(Reason::ALL.iter().all(|reason| Reason::parse(reason.as_str()) == Some(*reason)));
        assert!(FlagReason::ALL.iter().all(|reason| FlagReason::parse(reason.as_str()) == Some(*reason)));
        assert!(RevealReason::ALL.iter().all(|reason| RevealReason::parse(reason.as_str()) == Some(*reason)));
        assert_eq!(decision("publish_masked"), Some(Decision::PublishMasked));
        assert_eq!(decision("maybe"), None);
    }
}
