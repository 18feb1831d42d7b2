//! What an author sees and does about their own held text. Nobody else comes in here.

use std::collections::HashMap;

use super::store::Here;
use super::store::decisions::{self, Withdrawal};
use super::{decide, store, transitions};
use crate::access::Viewer;
use crate::entity::finding::FindingOutcome;
use crate::entity::review_item::{self, ReviewState, Subject};
use crate::entries::Author;
use crate::entries::store::authors;
use crate::entries::views::waits_because;
use crate::error::{Error, Result};
use crate::ids::{MemberId, ReviewId, RoomId, TopicId};
use crate::pii::Rule;
use crate::publish::{self, Shown, Submission};
use crate::site::Site;

/// One's own text that was held, or reported and then masked or removed.
#[derive(Debug, Clone)]
pub struct Mine {
    /// The item. Its sealed part is not for showing.
    pub item: review_item::Model,
    /// Why it waits, in a clause: "it contains a card number".
    pub why: String,
    /// Who decided about it.
    pub decided_by: Option<Author>,
    /// What the author is shown of it.
    pub shown: Shown,
    /// The text, once it was given back.
    pub own: Option<Submission>,
}

/// The viewer's own held texts, newest first: those that wait and what became of the others. With them what was masked
/// or removed after others reported it.
pub async fn mine(site: &Site, viewer: &Viewer, before: Option<ReviewId>, limit: u64) -> Result<Vec<Mine>> {
    let items = store::mine(site.db.reads(), viewer.member()?.id, before, Ord::min(limit, super::PAGE)).await?;
    dress(site, items).await
}

/// The viewer's own open held texts in a topic, shown to them at its end.
pub async fn held_in_topic(site: &Site, viewer: &Viewer, topic: TopicId) -> Result<Vec<Mine>> {
    held_in(site, viewer.id(), Here::Topic(topic)).await
}

/// The viewer's own open held messages in a room, shown to them at its end.
pub async fn held_in_room(site: &Site, viewer: &Viewer, room: RoomId) -> Result<Vec<Mine>> {
    held_in(site, viewer.id(), Here::Room(room)).await
}

async fn held_in(site: &Site, member: Option<MemberId>, here: Here) -> Result<Vec<Mine>> {
    let Some(member) = member else { return Ok(Vec::new()) };
    dress(site, store::mine_in(site.db.reads(), member, here).await?).await
}

async fn dress(site: &Site, items: Vec<review_item::Model>) -> Result<Vec<Mine>> {
    let ids: Vec<_> = items.iter().map(|item| item.id).collect();
    let findings = store::findings(site.db.reads(), &ids).await?;
    let rules: HashMap<ReviewId, Vec<Rule>> = findings
        .into_iter()
        .map(|(id, rows)| (id, rows.iter().filter_map(|row| Rule::parse(&row.rule)).collect()))
        .collect();
    let people: Vec<MemberId> = items.iter().filter_map(|item| item.decided_by).collect();
    let people = authors(site.db.reads(), people).await?;
    let one = |item: review_item::Model| {
        let given_back = item.state == ReviewState::Returned && item.submission.is_some();
        Ok(Mine {
            why: waits_because(rules.get(&item.id).into_iter().flatten().copied()),
            decided_by: item.decided_by.and_then(|id| people.get(&id).cloned()),
            shown: Shown::of(site, &item)?,
            own: if given_back { Some(publish::open_held(site, &item)?) } else { None },
            item,
        })
    };
    items.into_iter().map(one).collect()
}

/// The text of a returned item, for its author to change and send again.
///
/// # Errors
/// `NotFound` when it is not the viewer's own, was not returned, or was thrown away since.
pub async fn returned(site: &Site, viewer: &Viewer, id: ReviewId) -> Result<Submission> {
    let item = store::own(site.db.reads(), viewer.member()?.id, id).await?;
    if item.state != ReviewState::Returned || item.submission.is_none() {
        return Err(Error::NotFound);
    }
    publish::open_held(site, &item)
}

/// Takes one's own held text back before anybody decided, or throws a returned one away. The text is gone at once.
///
/// # Errors
/// `NotFound` when it is not the viewer's own, `Conflict` when somebody decided meanwhile.
pub async fn withdraw(site: &Site, viewer: &Viewer, id: ReviewId) -> Result<()> {
    let author = viewer.member()?.id;
    let item = store::own(site.db.reads(), author, id).await?;
    let returned = item.state == ReviewState::Returned;
    let state = if returned { ReviewState::Returned } else { transitions::withdrawn(item.kind, item.state)? };
    let shown = bare(site, &item).await?;
    let withdrawal = Withdrawal { item: id, from: item.state, to: state, shown, by: author, at: site.clock.now() };
    site.db
        .write(withdrawal, |tx, withdrawal| async move {
            if !decisions::withdraw(&tx, &withdrawal).await? {
                return Err(decide::stale(&*tx, withdrawal.item, withdrawal.at).await?);
            }
            decisions::outcomes(&tx, withdrawal.item, FindingOutcome::Dropped).await
        })
        .await
}

/// What is shown of an item without its text, sealed.
pub(super) async fn bare(site: &Site, item: &review_item::Model) -> Result<Vec<u8>> {
    let title =
        if item.subject == Subject::Topic { bare_title(site, item).await? } else { Shown::of(site, item)?.title };
    Shown { title, masked: String::new() }.seal(site)
}

/// The name of its place, which says nothing of what the author wrote.
async fn bare_title(site: &Site, item: &review_item::Model) -> Result<String> {
    let (boards, rooms) = store::places(site.db.reads(), std::slice::from_ref(item)).await?;
    let board = boards.get(&item.place_id).map(|board| board.title.clone());
    let room = || rooms.get(&item.place_id).map(|room| room.title.clone());
    Ok(board.or_else(room).unwrap_or_default())
}

/// Minutes in which moderators usually answer: the median of the last 50 decisions, once there are some.
pub async fn usual_min(site: &Site) -> Result<Option<i64>> {
    const LEAST: usize = 3;
    let times = store::answer_times(site.db.reads(), 50).await?;
    let mut waits: Vec<i64> = times.into_iter().filter_map(|(sent, decided)| Some(decided?.since_s(sent))).collect();
    if waits.len() < LEAST {
        return Ok(None);
    }
    waits.sort_unstable();
    Ok(waits.get(waits.len() / 2).map(|seconds| (seconds + 59) / 60).map(|minutes| Ord::max(minutes, 1)))
}
