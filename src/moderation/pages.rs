//! From items to what the review pages show.

use super::cases::{Case, Evidence, Row};
use super::forms::ReportRow;
use super::log::names;
use super::views::{
    CaseView, Choice, Counts as CountsView, Decided, Decisions, Evidence as EvidenceView, FlagRow, HeldRow, HeldState,
    HistoryRow, ItemRow, LogRow, MemberPanel, PlaceChip, Tone,
};
use super::words::{self, Reason, RevealReason};
use super::{Counts, Filter, Mine, MyReport, Revealed, TARGET_S};
use crate::access::{Member, Role, Viewer};
use crate::clock::Moment;
use crate::entity::mod_log;
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, Decision, ReviewKind, ReviewState, Subject};
use crate::entries::Author;
use crate::entries::views::{Person, SafeHtml, Stamp, pieces};
use crate::error::Result;
use crate::ids::ReviewId;
use crate::publish::Submission;
use crate::site::Site;

/// How many wait, with their sum.
pub fn counts(counts: Counts) -> CountsView {
    CountsView { all: counts.held + counts.flags, held: counts.held, flags: counts.flags }
}

/// A line of the list.
pub fn item(row: &Row, now: Moment, current: Option<ReviewId>) -> ItemRow {
    let item = &row.item;
    ItemRow {
        id: item.id.0,
        flagged: item.kind == ReviewKind::Flag,
        label: label(row),
        personal: !row.rules.is_empty(),
        at: Stamp::new(item.decided_at.unwrap_or(item.created_at), now),
        late: late(item, now),
        pieces: pieces(&beginning(&row.shown.masked)),
        author: Person::from(&row.author),
        place: place_words(row),
        current: current == Some(item.id),
        decided: ended(row),
    }
}

/// "Returned by Noor Haddad"; nothing while it waits.
fn ended(row: &Row) -> Option<String> {
    let item = &row.item;
    let what = sentence_case(words::decided(item.state, item.decision));
    match &row.decided_by {
        Some(by) => Some(format!("{what} by {}", by.display)),
        None => item.decided_at.map(|_| format!("{what}, since no moderator decided in time")),
    }
}

fn late(item: &review_item::Model, now: Moment) -> bool {
    item.state == ReviewState::Open && now.since_s(item.created_at) > TARGET_S
}

/// What a line is about: "Card number, email address", "Spam, 1 flag", "Author asked".
fn label(row: &Row) -> String {
    if row.item.kind == ReviewKind::Held {
        return if row.rules.is_empty() { "Author asked".to_owned() } else { words::rules(&row.rules) };
    }
    let mut reasons: Vec<&str> = Vec::new();
    for flag in &row.flags {
        if !reasons.contains(&flag.short()) {
            reasons.push(flag.short());
        }
    }
    let count = row.flags.len();
    format!("{}, {count} flag{}", reasons.join(", "), if count == 1 { "" } else { "s" })
}

/// Enough of a masked text for one line; a mask is never cut in the middle.
fn beginning(masked: &str) -> String {
    const CHARS: usize = 200;
    let cut: String = masked.chars().take(CHARS).collect();
    match (cut.rfind('['), cut.rfind(']')) {
        (Some(open), close) if cut.len() < masked.len() && close.is_none_or(|close| close < open) => {
            cut.split_at(open).0.to_owned()
        }
        _ => cut,
    }
}

fn place_words(row: &Row) -> String {
    if row.place.kind == PlaceKind::Room { format!("#{}", row.place.title) } else { row.place.title.clone() }
}

fn sentence_case(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// The decision, once there is one.
fn decided(item: &review_item::Model, by: Option<&Author>, now: Moment) -> Option<Decided> {
    Some(Decided {
        by: by.map_or_else(|| "The server".to_owned(), |by| by.display.clone()),
        what: words::decided(item.state, item.decision),
        at: Stamp::new(item.decided_at?, now),
        reason: item.reason.as_deref().map(words::reason).unwrap_or_default().to_owned(),
        note: item.note.clone().unwrap_or_default(),
    })
}

/// What a moderator did on the page before it is shown again.
#[derive(Default)]
pub struct Attempt {
    /// The reason chosen.
    pub reason: Option<Reason>,
    /// The note as typed.
    pub note: String,
    /// Why the decision was not taken.
    pub error: Option<String>,
    /// Somebody else decided meanwhile.
    pub stale: bool,
    /// The values, when they were asked for.
    pub revealed: Option<Vec<Revealed>>,
}

/// The open item.
pub fn case(viewer: &Viewer, case: &Case, attempt: Attempt, (filter, now): (Filter, Moment)) -> CaseView {
    let (row, item) = (&case.row, &case.row.item);
    let new_topic = item.kind == ReviewKind::Held && item.subject == Subject::Topic;
    let verdict = decided(item, row.decided_by.as_ref(), now);
    let own = item.state == ReviewState::Open && viewer.is(item.author_id);
    let staff = viewer.member().is_ok_and(Member::is_staff);
    let may_reveal =
        staff && item.state == ReviewState::Open && !own && !case.evidence.is_empty() && attempt.revealed.is_none();
    CaseView {
        id: item.id.0,
        version: item.version,
        flagged: item.kind == ReviewKind::Flag,
        title: if new_topic { row.place.title.clone() } else { row.shown.title.clone() },
        url: Some(row.url.clone()),
        subject: words::subject(item.subject),
        place: chip(row),
        at: Stamp::new(item.created_at, now),
        late: late(item, now),
        author: Person::from(&row.author),
        heading: if new_topic { pieces(&row.shown.title) } else { Vec::new() },
        pieces: pieces(&row.shown.masked),
        now: case.changed.as_ref().map(|entry| SafeHtml(entry.html.clone())),
        evidence: evidence(&case.evidence, attempt.revealed.as_deref()),
        reveal: if may_reveal {
            RevealReason::ALL.map(|reason| choice(reason.as_str(), reason.label(), false)).to_vec()
        } else {
            Vec::new()
        },
        revealed: attempt.revealed.is_some(),
        flags: case
            .flags
            .iter()
            .map(|flag| FlagRow {
                who: Person::from(&flag.who),
                reason: flag.reason.short().to_owned(),
                note: flag.note.clone(),
                at: Stamp::new(flag.at, now),
            })
            .collect(),
        may: decisions(&case.may, own),
        reasons: reasons(attempt.reason),
        note: attempt.note,
        error: attempt.error.filter(|_| !attempt.stale || verdict.is_none()),
        stale: verdict.clone().filter(|_| attempt.stale),
        decided: verdict.filter(|_| !attempt.stale),
        position: case.position,
        next: case.next.map(|next| format!("/review/{next}{}", filter.query())),
        member: panel(case, now),
    }
}

fn choice(value: &'static str, label: &'static str, selected: bool) -> Choice {
    Choice { value, label, selected }
}

fn reasons(chosen: Option<Reason>) -> Vec<Choice> {
    let listed = Reason::ALL.map(|reason| choice(reason.as_str(), reason.label(), chosen == Some(reason)));
    [choice("", "No reason", chosen.is_none())].into_iter().chain(listed).collect()
}

fn chip(row: &Row) -> Option<PlaceChip> {
    let place = &row.place;
    (place.kind != PlaceKind::Site).then(|| PlaceChip {
        url: place.url.clone(),
        title: place.title.clone(),
        colour: place.colour,
    })
}

fn decisions(may: &[Decision], own: bool) -> Decisions {
    let fits = |decision| may.contains(&decision);
    Decisions {
        publish: fits(Decision::Publish),
        mask: fits(Decision::PublishMasked),
        give_back: fits(Decision::Return),
        remove: fits(Decision::Remove),
        dismiss: fits(Decision::Dismiss),
        own,
    }
}

fn evidence(found: &[Evidence], revealed: Option<&[Revealed]>) -> Vec<EvidenceView> {
    let shown = |at: usize| revealed.and_then(|values| values.get(at)).and_then(|revealed| revealed.value.clone());
    let view = |(at, one): (usize, &Evidence)| EvidenceView {
        kind: one.rule.label(),
        hint: shown(at).unwrap_or_else(|| one.hint.clone()),
        why: one.why.map_or("found by an earlier version of the filter", crate::pii::Why::text),
        level: one.level.as_str(),
        field: field(&one.field),
    };
    found.iter().enumerate().map(view).collect()
}

fn field(name: &str) -> &'static str {
    match name {
        "title" => "title",
        "display" => "display name",
        "bio" => "profile text",
        "topic" => "topic line",
        _ => "text",
    }
}

fn panel(case: &Case, now: Moment) -> MemberPanel {
    let standing = &case.standing;
    MemberPanel {
        who: Person::from(&case.row.author),
        joined: Stamp::new(standing.member.created_at, now),
        role: role(standing.member.role),
        entries: standing.member.entries,
        held: standing.held,
        removed: standing.removed,
        history: standing.history.iter().map(|row| history(row, now)).collect(),
    }
}

/// A role in a word.
pub fn role(role: Role) -> &'static str {
    match role {
        Role::Member => "Member",
        Role::Moderator => "Moderator",
        Role::Admin => "Admin",
    }
}

/// "Held: card number. Returned by Noor Haddad".
fn history(row: &Row, now: Moment) -> HistoryRow {
    let item = &row.item;
    let what = if item.kind == ReviewKind::Held { "Held" } else { "Reported" };
    let ended = match &row.decided_by {
        Some(_) if item.state == ReviewState::Withdrawn => "Withdrawn".to_owned(),
        _ => self::ended(row).unwrap_or_else(|| "Waits".to_owned()),
    };
    let tone = match (item.state, item.decision) {
        (ReviewState::Dismissed, _) | (ReviewState::Approved, Some(Decision::Publish)) => Tone::Good,
        (ReviewState::Open | ReviewState::Withdrawn, _) => Tone::Plain,
        _ => Tone::Wary,
    };
    HistoryRow {
        tone,
        text: format!("{what}: {}. {ended}", words::lower_first(&label(row))),
        at: Stamp::new(item.created_at, now),
    }
}

/// One of the viewer's own held texts.
pub fn own(mine: &Mine, url: Option<String>, usual_min: Option<i64>, now: Moment) -> HeldRow {
    let item = &mine.item;
    let state = match item.state {
        ReviewState::Open => HeldState::Waiting,
        ReviewState::Approved | ReviewState::Dismissed => HeldState::Published,
        ReviewState::Removed => HeldState::Removed,
        ReviewState::Returned => HeldState::Returned,
        ReviewState::Withdrawn => HeldState::Withdrawn,
    };
    HeldRow {
        id: item.id.0,
        state,
        subject: words::subject(item.subject),
        title: mine.shown.title.clone(),
        url,
        at: Stamp::new(item.created_at, now),
        reported: item.kind == ReviewKind::Flag,
        why: mine.why.clone(),
        usual_min,
        pieces: pieces(&mine.shown.masked),
        own: mine.own.as_ref().map(text),
        decided: decided(item, mine.decided_by.as_ref(), now)
            .filter(|_| item.state != ReviewState::Withdrawn)
            .map(|decided| Decided { what: words::settled(item.kind, item.state, item.decision), ..decided }),
        edit: mine.own.as_ref().map(|_| format!("/my/held/{}/edit", item.id)),
        withdraw: item.state == ReviewState::Open || mine.own.is_some(),
    }
}

/// One of the viewer's own reports.
pub fn report(report: MyReport, now: Moment) -> ReportRow {
    ReportRow {
        waits: report.state == ReviewState::Open,
        answer: words::answer(report.state, report.decision),
        subject: words::subject(report.subject),
        title: report.title,
        url: format!("/p/{}", report.entry),
        reason: report.reason.label(),
        note: report.note,
        at: Stamp::new(report.at, now),
        decided: report.decided_at.map(|at| Stamp::new(at, now)),
    }
}

/// The text of a submission in reading order, a title on a line of its own.
fn text(submission: &Submission) -> String {
    let fields: Vec<&str> =
        submission.fields().into_iter().map(|(_, text)| text).filter(|text| !text.is_empty()).collect();
    fields.join("\n\n")
}

/// Rows of the mod log.
pub async fn log(site: &Site, rows: Vec<mod_log::Model>) -> Result<Vec<LogRow>> {
    let (now, names) = (site.clock.now(), names(site, &rows).await?);
    let row = |row: mod_log::Model| LogRow {
        at: Stamp::new(row.at, now),
        actor: names.people.get(&row.actor_id).map(Person::from),
        action: action(&row.action).to_owned(),
        target: row
            .review_id
            .and_then(|id| names.items.get(&id))
            .map_or_else(|| unreported(&row).to_owned(), |(item, place)| about(item, place)),
        url: row.review_id.map(|id| format!("/review/{id}")).or_else(|| row.entry_id.map(|id| format!("/p/{id}"))),
        member: row.member_id.and_then(|id| names.people.get(&id)).map(Person::from),
        reason: words::reason(&row.reason).to_owned(),
    };
    Ok(rows.into_iter().map(row).collect())
}

fn action(key: &str) -> &str {
    match key {
        "reveal" => "looked at the hidden values",
        super::remove::BY_AUTHOR => "removed their own",
        "role_member" => "made a member",
        "role_moderator" => "made a moderator",
        "role_admin" => "made an admin",
        "place_granted" => "made a moderator of a place",
        "place_taken" => "took a place from a moderator",
        _ => words::decision(key).map_or(key, |decision| words::decided(ReviewState::Open, Some(decision))),
    }
}

/// What a row without a review item speaks of.
fn unreported(row: &mod_log::Model) -> &'static str {
    if row.entry_id.is_some() { "an entry" } else { "the account" }
}

/// "held reply in Mechanical bench".
fn about(item: &review_item::Model, place: &str) -> String {
    let kind = if item.kind == ReviewKind::Held { "held" } else { "reported" };
    let subject = words::lower_first(words::subject(item.subject));
    if item.place_kind == PlaceKind::Site {
        format!("{kind} {subject}")
    } else {
        format!("{kind} {subject} in {place}")
    }
}
