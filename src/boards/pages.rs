//! From what the store returns to what templates show.

use super::store::Readings;
use super::views::{PostView, TopicRow};
use super::{Opened, Reading, Row};
use crate::access::{self, Action, Target, Viewer};
use crate::clock::Moment;
use crate::entity::entry::EntryState;
use crate::entries::Entry;
use crate::entries::views::{SafeHtml, Stamp};
use crate::error::{Error, Result};
use crate::site::Site;

/// Address of a topic.
pub fn topic_url(topic: &crate::entity::topic::Model) -> String {
    format!("/t/{}/{}", topic.id, topic.slug)
}

/// Address of an entry on its page.
pub async fn address(site: &Site, viewer: &Viewer, entry: &crate::entity::entry::Model) -> Result<String> {
    let number = entry.number.unwrap_or(1);
    if let Some(topic) = entry.topic_id {
        let opened = super::open(site, viewer, topic).await?;
        return Ok(format!("{}/{number}#p{number}", topic_url(&opened.topic)));
    }
    let room = crate::rooms::slug_of(site, entry.room_id.ok_or(Error::NotFound)?).await?;
    Ok(format!("/chat/{room}/m/{number}#m{number}"))
}

/// A list row.
pub fn row(row: Row, now: Moment, with_board: bool) -> TopicRow {
    let url = topic_url(&row.topic);
    let unread = if let Reading::Unread(count) = row.reading { count } else { 0 };
    TopicRow {
        url: if unread > 0 { format!("{url}/{}", row.topic.last_number - unread + 1) } else { url },
        title: row.topic.title,
        author: (&row.author).into(),
        board: with_board.then_some((row.board.slug, row.board.title, row.board.colour)),
        last: row.last.map(|last| last.display).unwrap_or_default(),
        excerpt: row.topic.last_excerpt,
        replies: row.topic.replies,
        at: Stamp::new(row.topic.bumped_at, now),
        pinned: row.topic.pinned,
        locked: row.topic.locked,
        unread,
        new: row.reading == Reading::New,
    }
}

/// What decides how a post shows.
pub struct Around<'a> {
    /// The topic.
    pub opened: &'a Opened,
    /// Who reads.
    pub viewer: &'a Viewer,
    /// Now.
    pub now: Moment,
    /// How far they have read.
    pub readings: &'a Readings,
    /// The post that the address names.
    pub target: Option<i64>,
}

/// A post as templates show one.
pub fn post(around: &Around<'_>, entry: &Entry) -> PostView {
    let topic = &around.opened.topic;
    let may = |action, target: Target| access::decide(around.viewer, action, around.opened.place, target).is_ok();
    let target =
        Target { author: Some(entry.author.id), author_role: None, locked: topic.locked, removed: !entry.is_shown() };
    let signed_in = around.viewer.id().is_some();
    let own = around.viewer.is(entry.author.id);
    PostView {
        id: entry.id.0,
        number: entry.number,
        url: format!("{}/{}", topic_url(topic), entry.number),
        author: (&entry.author).into(),
        starter: entry.author.id == topic.author_id,
        own,
        at: Stamp::new(entry.at, around.now),
        html: SafeHtml(entry.html.clone()),
        gone: match entry.state {
            EntryState::Published => None,
            EntryState::RemovedByAuthor => Some("its author"),
            EntryState::Removed => Some("a moderator"),
        },
        edited: entry.edited_at.map(|at| Stamp::new(at, around.now)),
        masked: entry.masked,
        answers: None,
        unread: around.readings.number(topic.id).is_some_and(|read| entry.number > read) && !own,
        target: around.target == Some(entry.number),
        revision: entry.revision,
        opens: false,
        closes: Vec::new(),
        may_reply: signed_in && may(Action::Reply, target),
        may_edit: signed_in && may(Action::Edit, target),
        may_remove: signed_in && entry.is_shown() && may(Action::Remove, target),
        may_flag: signed_in && may(Action::Flag, target),
    }
}

/// Lays posts that come in path order out as nested lists.
pub fn nest(posts: &mut [PostView], depths: &[i32]) {
    let mut above: Vec<i32> = Vec::new();
    let mut levels = Vec::with_capacity(posts.len());
    for depth in depths {
        while above.last().is_some_and(|top| top >= depth) {
            above.pop();
        }
        levels.push(above.len());
        above.push(*depth);
    }
    let next = levels.iter().copied().skip(1).chain([0]);
    let mut before = None;
    for ((post, level), next) in posts.iter_mut().zip(&levels).zip(next) {
        post.opens = before.is_some_and(|before| *level > before);
        post.closes = if next > *level { Vec::new() } else { vec![(); level - next + 1] };
        before = Some(*level);
    }
}

/// Names the post that each one answers, where that is not the first and not obvious from the tree.
pub fn answers(posts: &mut [PostView], entries: &[Entry], all: &[Entry]) {
    for (post, entry) in posts.iter_mut().zip(entries) {
        let parent = entry.reply_to.and_then(|id| all.iter().find(|other| other.id == id));
        post.answers = parent
            .filter(|parent| parent.number != 1 && parent.is_shown())
            .map(|parent| (parent.number, parent.author.display.clone()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The nesting as brackets: `(` a list opens, `.` an item, `)` a list closes.
    fn drawn(depths: &[i32]) -> String {
        let mut posts = vec![PostView::default(); depths.len()];
        nest(&mut posts, depths);
        let mut out = String::new();
        for post in &posts {
            out.push_str(if post.opens { "(." } else { "." });
            out.push_str(&")".repeat(post.closes.len().saturating_sub(1)));
        }
        out
    }

    #[test]
    fn every_list_that_opens_closes() {
        for (depths, wanted) in [
            (&[1, 1, 1][..], "..."),
            (&[1, 2, 3, 1], ".(.(.))."),
            (&[3, 4, 1], ".(.)."),
            (&[1, 2, 2, 3, 2], ".(..(.).)"),
            (&[5], "."),
            (&[], ""),
        ] {
            assert_eq!(drawn(depths), wanted, "{depths:?}");
        }
    }
}
