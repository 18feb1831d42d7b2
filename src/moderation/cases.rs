//! The queue and the open item as its moderators see them: masked, with why, whose, and what was before.

use std::collections::HashMap;

use super::decide::{facts, permit};
use super::words::FlagReason;
use super::{Counts, Cursor, Filter, Mine, flags, store, transitions};
use crate::access::Viewer;
use crate::clock::Moment;
use crate::entity::entry::{self, EntryState};
use crate::entity::place_role::PlaceKind;
use crate::entity::review_item::{self, Decision, ReviewKind, ReviewState, Subject};
use crate::entity::{Iterable, finding, member};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId, ReviewId};
use crate::pii::{self, Level, Rule};
use crate::publish::Shown;
use crate::site::Site;

/// A board, a room, or the site, by name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlaceName {
    /// Which kind.
    pub kind: PlaceKind,
    /// Title.
    pub title: String,
    /// Link; `/` for the site.
    pub url: String,
    /// Hue of a board.
    pub colour: Option<i16>,
}

/// An item in the list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The item. Its sealed part is not for showing.
    pub item: review_item::Model,
    /// What a moderator is shown of it.
    pub shown: Shown,
    /// Whose text.
    pub author: Author,
    /// What was found, in reading order.
    pub rules: Vec<Rule>,
    /// Why it was reported, in order.
    pub flags: Vec<FlagReason>,
    /// Where it belongs.
    pub place: PlaceName,
    /// Where it stands or would stand.
    pub url: String,
    /// Who decided.
    pub decided_by: Option<Author>,
}

/// A member's report.
#[derive(Debug, Clone)]
pub struct Flag {
    /// Who.
    pub who: Author,
    /// Why.
    pub reason: FlagReason,
    /// Their words; may be empty.
    pub note: String,
    /// When.
    pub at: Moment,
}

/// One finding, masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// Which field.
    pub field: String,
    /// What it is.
    pub rule: Rule,
    /// How sure.
    pub level: Level,
    /// Why.
    pub why: Option<pii::Why>,
    /// Masked form.
    pub hint: String,
    /// Whether it has a place in the typed text, which can be masked.
    pub typed: bool,
}

/// What a moderator sees of the author.
#[derive(Debug, Clone)]
pub struct Standing {
    /// Account.
    pub member: member::Model,
    /// Items held, where the viewer moderates.
    pub held: i64,
    /// Items removed, where the viewer moderates.
    pub removed: i64,
    /// Earlier items, newest first.
    pub history: Vec<Row>,
}

/// The open item.
#[derive(Debug, Clone)]
pub struct Case {
    /// The item.
    pub row: Row,
    /// What the filter found.
    pub evidence: Vec<Evidence>,
    /// Members' reports.
    pub flags: Vec<Flag>,
    /// The reported entry, when its text changed since.
    pub changed: Option<entry::Model>,
    /// Decisions that fit.
    pub may: Vec<Decision>,
    /// The author's card.
    pub standing: Standing,
    /// Place in the list, from 1; 0 when it does not wait.
    pub position: i64,
    /// The next one that waits.
    pub next: Option<ReviewId>,
}

/// A page of the queue. Members who moderate nothing have none.
pub async fn queue(
    site: &Site,
    viewer: &Viewer,
    filter: Filter,
    after: Option<Cursor>,
    limit: u64,
) -> Result<Vec<Row>> {
    viewer.member()?;
    if !viewer.reviews_somewhere() {
        return Err(Error::NotFound);
    }
    let items = store::queue(site.db.reads(), viewer, (filter, after), limit.min(super::PAGE)).await?;
    dress(site, items).await
}

/// How many wait for this viewer; none for those who moderate nothing.
pub async fn counts(site: &Site, viewer: &Viewer) -> Result<Counts> {
    if !viewer.reviews_somewhere() {
        return Ok(Counts::default());
    }
    let counts = store::counts(site.db.reads(), viewer).await?;
    let of = |kind| counts.get(&kind).copied().unwrap_or(0);
    Ok(Counts { held: of(ReviewKind::Held), flags: of(ReviewKind::Flag) })
}

/// One item with everything a moderator needs to decide.
pub async fn case(site: &Site, viewer: &Viewer, id: ReviewId, filter: Filter) -> Result<Case> {
    let db = site.db.reads();
    let item = store::find_for(db, viewer, id).await?;
    let entry = match (item.kind, item.entry_id) {
        (ReviewKind::Flag, Some(entry)) => {
            Some(store::entry(db, entry).await?).filter(|entry| entry.state == EntryState::Published)
        }
        _ => None,
    };
    let evidence = match (&entry, item.kind) {
        (Some(entry), _) => scanned(&entry.source),
        (None, ReviewKind::Flag) => Vec::new(),
        (None, ReviewKind::Held) => {
            store::findings(db, &[id]).await?.remove(&id).unwrap_or_default().iter().filter_map(stored).collect()
        }
    };
    let facts = facts(site, &item).await?;
    let maskable = !evidence.is_empty() && evidence.iter().all(|found| found.typed);
    let fits = |decision: Decision| {
        transitions::next(item.kind, item.state, decision).is_ok()
            && permit(viewer, item.kind, facts, decision).is_ok()
            && (decision != Decision::PublishMasked || maskable)
            && (decision != Decision::Remove || item.kind == ReviewKind::Held || entry.is_some())
    };
    let may = Decision::iter().filter(|decision| fits(*decision)).collect();
    let shown = Shown::of(site, &item)?;
    let changed = entry.filter(|entry| item.state == ReviewState::Open && flags::masked(&entry.source) != shown.masked);
    let open = item.state == ReviewState::Open;
    let position = if open { store::position(db, viewer, filter, id).await? } else { 0 };
    let next = store::next_open(db, viewer, filter, id).await?;
    let standing = standing(site, viewer, &item).await?;
    let flags = reports(site, id).await?;
    let row = dress(site, vec![item]).await?.pop().ok_or(Error::NotFound)?;
    Ok(Case { row, evidence, flags, changed, may, standing, position, next })
}

fn scanned(source: &str) -> Vec<Evidence> {
    let found = pii::scan(source).into_iter().filter(|finding| finding.level >= Level::Likely);
    let evidence = |finding: pii::Finding| Evidence {
        field: "body".to_owned(),
        rule: finding.rule,
        level: finding.level,
        why: Some(finding.why),
        hint: pii::hint(finding.rule, source.get(finding.start..finding.end).unwrap_or_default()),
        typed: true,
    };
    found.map(evidence).collect()
}

fn stored(row: &finding::Model) -> Option<Evidence> {
    let level = Level::ALL.iter().copied().find(|level| *level as i16 == row.level)?;
    let why = pii::Why::ALL.iter().copied().find(|why| why.as_str() == row.why);
    Some(Evidence {
        field: row.field.clone(),
        rule: Rule::parse(&row.rule)?,
        level,
        why,
        hint: row.hint.clone(),
        typed: row.length > 0,
    })
}

async fn reports(site: &Site, id: ReviewId) -> Result<Vec<Flag>> {
    let rows = store::flags(site.db.reads(), &[id]).await?.remove(&id).unwrap_or_default();
    let people: Vec<MemberId> = rows.iter().map(|row| row.member_id).collect();
    let people = authors(site.db.reads(), people).await?;
    let mut flags = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(who) = people.get(&row.member_id).cloned() else { continue };
        let note = row.note.as_deref().map(|sealed| site.keys.open(sealed)).transpose()?.unwrap_or_default();
        flags.push(Flag { who, reason: FlagReason::parse(&row.reason).unwrap_or(FlagReason::Other), note, at: row.at });
    }
    Ok(flags)
}

async fn standing(site: &Site, viewer: &Viewer, item: &review_item::Model) -> Result<Standing> {
    let db = site.db.reads();
    let (held, removed) = store::tally(db, viewer, item.author_id).await?;
    let history = dress(site, store::history(db, viewer, (item.author_id, item.id), 10).await?).await?;
    Ok(Standing { member: store::member(db, item.author_id).await?, held, removed, history })
}

/// Items with everything a row shows.
async fn dress(site: &Site, items: Vec<review_item::Model>) -> Result<Vec<Row>> {
    let db = site.db.reads();
    let ids: Vec<ReviewId> = items.iter().map(|item| item.id).collect();
    let mut findings = store::findings(db, &ids).await?;
    let mut flags = store::flags(db, &ids).await?;
    let people: Vec<MemberId> =
        items.iter().flat_map(|item| [Some(item.author_id), item.decided_by]).flatten().collect();
    let people = authors(db, people).await?;
    let slugs = store::slugs(db, &items).await?;
    let names = Names::load(site, &items).await?;
    let opened = items.iter().map(|item| Ok((item.id, Shown::of(site, item)?)));
    let mut shown: HashMap<ReviewId, Shown> = opened.collect::<Result<_>>()?;
    let row = |item: review_item::Model| {
        let place = names.of(&item);
        let slug = item.topic_id.and_then(|id| slugs.get(&id)).map_or("", String::as_str);
        let shown = shown.remove(&item.id).unwrap_or_default();
        Some(Row {
            shown,
            author: people.get(&item.author_id)?.clone(),
            rules: findings
                .remove(&item.id)
                .unwrap_or_default()
                .iter()
                .filter_map(|row| Rule::parse(&row.rule))
                .collect(),
            flags: flags
                .remove(&item.id)
                .unwrap_or_default()
                .iter()
                .map(|row| FlagReason::parse(&row.reason).unwrap_or(FlagReason::Other))
                .collect(),
            url: url(&item, &place, slug),
            decided_by: item.decided_by.and_then(|id| people.get(&id).cloned()),
            place,
            item,
        })
    };
    Ok(items.into_iter().filter_map(row).collect())
}

/// Where an item stands or would stand.
fn url(item: &review_item::Model, place: &PlaceName, slug: &str) -> String {
    let entry = |id: EntryId| format!("/p/{id}");
    match (item.subject, item.entry_id, item.topic_id) {
        (Subject::Profile, ..) => "/settings/profile".to_owned(),
        (Subject::RoomTopic, ..) | (_, None, None) => place.url.clone(),
        (_, Some(id), _) => entry(id),
        (_, None, Some(topic)) => format!("/t/{topic}/{slug}"),
    }
}

/// Where each of one's own held texts stands or would stand.
pub async fn urls(site: &Site, mine: &[Mine]) -> Result<Vec<String>> {
    let items: Vec<review_item::Model> = mine.iter().map(|one| one.item.clone()).collect();
    let (names, slugs) = (Names::load(site, &items).await?, store::slugs(site.db.reads(), &items).await?);
    let slug = |item: &review_item::Model| item.topic_id.and_then(|id| slugs.get(&id)).map_or("", String::as_str);
    Ok(items.iter().map(|item| url(item, &names.of(item), slug(item))).collect())
}

/// Names of places.
pub struct Names {
    boards: HashMap<i64, crate::entity::board::Model>,
    rooms: HashMap<i64, crate::entity::room::Model>,
}

impl Names {
    /// Loads those of some items.
    pub async fn load(site: &Site, items: &[review_item::Model]) -> Result<Self> {
        let (boards, rooms) = store::places(site.db.reads(), items).await?;
        Ok(Self { boards, rooms })
    }

    /// The name of an item's place.
    pub fn of(&self, item: &review_item::Model) -> PlaceName {
        let kind = item.place_kind;
        match (kind, self.boards.get(&item.place_id), self.rooms.get(&item.place_id)) {
            (PlaceKind::Board, Some(board), _) => PlaceName {
                kind,
                title: board.title.clone(),
                url: format!("/b/{}", board.slug),
                colour: Some(board.colour),
            },
            (PlaceKind::Room, _, Some(room)) => {
                PlaceName { kind, title: room.title.clone(), url: format!("/chat/{}", room.slug), colour: None }
            }
            _ => PlaceName { kind: PlaceKind::Site, title: "Profile".to_owned(), url: "/".to_owned(), colour: None },
        }
    }
}
