//! What the review part of the API reads and writes. Masked everywhere: values are revealed on the page only.

// The fields are described in the API document; those without a comment are what their name says.
#![allow(missing_docs)]

use serde::{Deserialize, Serialize};

use super::super::{Case, Counts, Cursor, FlagReason, Reason, Row};
use crate::clock::Moment;
use crate::entity::review_item::{Decision, ReviewKind, ReviewState, Subject};
use crate::entries::Author;
use crate::ids::{EntryId, ReviewId, TopicId};
use crate::pii::Rule;

/// Which part of the queue.
#[derive(Debug, Deserialize, utoipa::IntoParams)]
pub struct Part {
    /// `held`, `flags` or `done`; without it all that waits.
    #[serde(default)]
    pub show: String,
    /// `next` of the page before.
    #[param(pattern = r"^\d{1,18}-\d{1,18}$")]
    pub after: Option<String>,
    /// At most so many, 1 to 50; any other number counts as the nearest of these.
    pub limit: Option<u64>,
}

/// A page of the queue: what waits the oldest first, what is decided the newest first.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ItemPage {
    pub items: Vec<Item>,
    /// Ask on with this as `after`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
    /// Held items that wait for you.
    pub held: i64,
    /// Reported entries that wait for you.
    pub flags: i64,
}

impl ItemPage {
    pub fn new(rows: Vec<Row>, counts: Counts, limit: u64) -> Self {
        let full = rows.len() as u64 == limit;
        let cursor = |row: &Row| Cursor { at: row.item.decided_at.unwrap_or(row.item.created_at), id: row.item.id };
        Self {
            next: rows.last().filter(|_| full).map(|row| cursor(row).to_string()),
            items: rows.into_iter().map(Item::from).collect(),
            held: counts.held,
            flags: counts.flags,
        }
    }
}

/// An item of the queue.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ReviewItem)]
pub struct Item {
    pub id: ReviewId,
    #[schema(value_type = String, example = "held")]
    pub kind: ReviewKind,
    #[schema(value_type = String, example = "open")]
    pub state: ReviewState,
    /// Name it in your decision.
    pub version: i64,
    #[schema(value_type = String, example = "post")]
    pub subject: Subject,
    pub author: Author,
    /// Board or room, in words.
    pub place: String,
    /// Where it belongs, in words.
    pub title: String,
    /// The text with found values hidden.
    pub masked: String,
    /// What was found: `email`, `card`, `ssn`.
    pub rules: Vec<&'static str>,
    /// Why it was reported.
    pub flags: Vec<FlagReason>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub topic: Option<TopicId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<EntryId>,
    /// Since, RFC 3339.
    pub at: String,
    /// The decision, once there is one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub decided: Option<Decided>,
}

/// A decision that was taken.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Decided {
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, example = "publish_masked")]
    pub decision: Option<Decision>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<Author>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// RFC 3339.
    pub at: String,
}

impl From<Row> for Item {
    fn from(row: Row) -> Self {
        let item = row.item;
        let mut rules: Vec<_> = row.rules.into_iter().map(Rule::as_str).collect();
        rules.dedup();
        Self {
            id: item.id,
            kind: item.kind,
            state: item.state,
            version: item.version,
            subject: item.subject,
            author: row.author,
            place: row.place.title,
            title: row.shown.title,
            masked: row.shown.masked,
            rules,
            flags: row.flags,
            topic: item.topic_id,
            entry: item.entry_id,
            at: item.created_at.iso(),
            decided: item.decided_at.map(|at| Decided {
                decision: item.decision,
                by: row.decided_by,
                reason: item.reason,
                note: item.note,
                at: at.iso(),
            }),
        }
    }
}

/// One item with everything needed to decide.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct CaseDetail {
    #[serde(flatten)]
    pub item: Item,
    pub evidence: Vec<Found>,
    pub reports: Vec<ReportItem>,
    /// The reported entry changed since.
    pub changed: bool,
    /// Decisions that you may take.
    #[schema(value_type = Vec<String>, example = json!(["publish_masked", "return"]))]
    pub may: Vec<Decision>,
}

/// One finding, masked.
#[derive(Debug, Serialize, utoipa::ToSchema)]
#[schema(as = ReviewFinding)]
pub struct Found {
    pub field: String,
    pub rule: &'static str,
    pub level: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<&'static str>,
    #[schema(example = "•••• 1457")]
    pub hint: String,
}

/// A member's report.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct ReportItem {
    pub by: Author,
    pub reason: FlagReason,
    pub note: String,
    /// RFC 3339.
    pub at: String,
}

impl From<Case> for CaseDetail {
    fn from(case: Case) -> Self {
        let found = |one: super::super::Evidence| Found {
            field: one.field,
            rule: one.rule.as_str(),
            level: one.level.as_str(),
            why: one.why.map(crate::pii::Why::text),
            hint: one.hint,
        };
        let report = |flag: super::super::Flag| ReportItem {
            by: flag.who,
            reason: flag.reason,
            note: flag.note,
            at: Moment::iso(flag.at),
        };
        Self {
            evidence: case.evidence.into_iter().map(found).collect(),
            reports: case.flags.into_iter().map(report).collect(),
            changed: case.changed.is_some(),
            may: case.may,
            item: case.row.into(),
        }
    }
}

/// A decision to be taken.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct DecisionWish {
    /// Version of the item that you saw.
    pub version: i64,
    /// `publish`, `publish_masked`, `return`, `remove` or `dismiss`.
    #[schema(value_type = String, example = "publish_masked", pattern = "^(publish|publish_masked|return|remove|dismiss)$")]
    pub decision: Decision,
    /// Needed to return or remove.
    pub reason: Option<Reason>,
    /// Words to the author, at most 1,000 characters; nobody else reads them.
    #[serde(default)]
    pub note: String,
}

/// The decision was taken.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub struct Settled {
    pub id: ReviewId,
    #[schema(value_type = String, example = "approved")]
    pub state: ReviewState,
}

/// A report.
#[derive(Debug, Deserialize, utoipa::ToSchema)]
pub struct FlagWish {
    pub reason: FlagReason,
    /// Words for the moderators, at most 1,000 characters.
    #[serde(default)]
    pub note: String,
}
