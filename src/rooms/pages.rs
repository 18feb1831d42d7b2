//! From rooms and messages to what the pages show.

use std::collections::HashSet;

use super::store::people::{self, Roles};
use super::views::{
    ComposerView, DayView, HeldMessage, HereView, LastMessage, MessageActs, MessageView, ReplyLine, RoomLink, RoomPage,
    RoomRow, RoomView, Shown, Standing,
};
use super::{Here, Opened, Page, Row};
use crate::access::{self, Action, Role, Target, Viewer};
use crate::clock::Moment;
use crate::entity::entry::EntryState;
use crate::entity::room::RoomAccess;
use crate::entries::views::{Person, SafeHtml, Stamp, pieces, waits_because};
use crate::entries::{Author, Entry, store as entries};
use crate::error::Result;
use crate::http::layout::Layout;
use crate::ids::EntryId;
use crate::pii::Rule;
use crate::publish;
use crate::site::Site;

/// Messages of one author this close together share one name.
const TOGETHER_S: i64 = 5 * 60;

/// Rooms for the sidebar.
pub fn side(rows: &[Row], current: &str) -> Vec<RoomLink> {
    let link = |row: &Row| RoomLink {
        slug: row.room.slug.clone(),
        title: row.room.title.clone(),
        current: row.room.slug == current,
        closed: row.room.access != RoomAccess::Open,
        unread: row.unread,
        mentioned: row.mentioned,
    };
    rows.iter().map(link).collect()
}

/// Rooms for the list.
pub fn rows(rows: Vec<Row>, now: Moment) -> Vec<RoomRow> {
    let row = |row: Row| RoomRow {
        slug: row.room.slug,
        title: row.room.title,
        topic: SafeHtml(row.room.topic_html),
        members: row.members,
        closed: row.room.access != RoomAccess::Open,
        archived: row.room.archived,
        joined: row.joined,
        unread: row.unread,
        last: row.last.map(|last| LastMessage {
            at: Stamp::new(last.at, now),
            author: last.author.display,
            excerpt: last.excerpt,
        }),
    };
    rows.into_iter().map(row).collect()
}

/// What a room's page is asked to show.
pub struct Wanted {
    /// The messages.
    pub page: Page,
    /// The page was opened for this message.
    pub target: Option<i64>,
    /// Whether these are the newest.
    pub newest: bool,
    /// The form at its foot.
    pub composer: ComposerView,
}

/// Everything a room's page shows.
pub async fn room(site: &Site, viewer: &Viewer, layout: Layout, opened: Opened, wanted: Wanted) -> Result<RoomPage> {
    let (here, here_count) = super::here(site, &opened).await?;
    let slug = opened.room.slug.clone();
    let first = wanted.page.messages.first().map_or(0, |message| message.number);
    let held = if wanted.newest { held(site, viewer, &opened).await? } else { Vec::new() };
    let older = wanted.page.older.then(|| format!("/chat/{slug}?before={first}"));
    let newest = (!wanted.newest).then(|| format!("/chat/{slug}#end"));
    let links = side(&super::list(site, viewer).await?, &slug);
    let asks = publish::asked(site, viewer, opened.place).await?;
    let (standing, composer) = (standing(viewer, &opened), ComposerView { asks, ..wanted.composer.clone() });
    let days = days(site, viewer, &opened, wanted).await?;
    let here_count = i64::try_from(here_count).unwrap_or(i64::MAX);
    let here = here.iter().map(here_view).collect();
    Ok(RoomPage {
        layout,
        side: links,
        room: view(viewer, &opened),
        here,
        here_count,
        days,
        older,
        newest,
        held,
        standing,
        composer,
    })
}

fn view(viewer: &Viewer, opened: &Opened) -> RoomView {
    let room = &opened.room;
    RoomView {
        id: room.id.0,
        slug: room.slug.clone(),
        title: room.title.clone(),
        topic: SafeHtml(room.topic_html.clone()),
        closed: room.access != RoomAccess::Open,
        slow_s: room.slow_s,
        stream: opened.stream().to_string(),
        head: opened.head,
        viewer: viewer.id().map_or(0, |id| id.0),
        searchable: true,
        audience: opened.audience().to_owned(),
    }
}

fn standing(viewer: &Viewer, opened: &Opened) -> Standing {
    match viewer {
        _ if opened.room.archived => Standing::Archived,
        Viewer::Guest => Standing::Guest,
        Viewer::Member(_) if opened.joined => Standing::Inside,
        Viewer::Member(_) => Standing::Outside,
    }
}

fn here_view(here: &Here) -> HereView {
    HereView { who: Person::from(&here.who), tag: here.moderates.then_some("mod"), away: false }
}

async fn days(site: &Site, viewer: &Viewer, opened: &Opened, wanted: Wanted) -> Result<Vec<DayView>> {
    let messages = wanted.page.messages;
    let authors: Vec<_> = messages.iter().map(|message| message.author.id).collect();
    let roles = people::roles(site.db.reads(), &authors, opened.room.id).await?;
    let ids = messages.iter().map(|message| message.id).collect();
    let naming = match viewer.id() {
        Some(member) => people::naming(site.db.reads(), member, ids).await?,
        None => HashSet::new(),
    };
    let parents: Vec<EntryId> = messages.iter().filter_map(|message| message.reply_to).collect();
    let parents = entries::by_ids(site.db.reads(), parents).await?;
    let is_new = |message: &Entry| {
        opened.joined && opened.read_seq > 0 && message.number > opened.read_seq && !viewer.is(message.author.id)
    };
    let first_new = messages.iter().find(|message| is_new(message)).map(|message| message.number);
    let now = site.clock.now();
    let dress = Dress {
        viewer,
        opened,
        roles: &roles,
        naming: &naming,
        parents: &parents,
        target: wanted.target,
        first_new,
        now,
    };
    let mut days: Vec<DayView> = Vec::new();
    let mut before: Option<&Entry> = None;
    for message in &messages {
        let iso = day(message.at);
        if days.last().is_none_or(|day| day.iso != iso) {
            days.push(DayView { label: day_label(message.at, now), iso, messages: Vec::new() });
            before = None;
        }
        if let Some(day) = days.last_mut() {
            day.messages.push(dress.message(message, before));
        }
        before = Some(message);
    }
    Ok(days)
}

/// What a message needs to become a line of the page.
struct Dress<'a> {
    viewer: &'a Viewer,
    opened: &'a Opened,
    roles: &'a Roles,
    naming: &'a HashSet<EntryId>,
    parents: &'a [Entry],
    target: Option<i64>,
    first_new: Option<i64>,
    now: Moment,
}

impl Dress<'_> {
    fn message(&self, message: &Entry, before: Option<&Entry>) -> MessageView {
        let reply = message.reply_to.and_then(|id| self.parents.iter().find(|parent| parent.id == id)).map(reply_line);
        let first_new = self.first_new == Some(message.number);
        let together = before
            .is_some_and(|before| before.author.id == message.author.id && message.at.since_s(before.at) < TOGETHER_S);
        MessageView {
            id: message.id.0,
            seq: message.number,
            author: Person::from(&message.author),
            tag: self.tag(&message.author),
            at: Stamp::clock(message.at, self.now),
            html: SafeHtml(message.html.clone()),
            shown: match message.state {
                EntryState::Published => Shown::Text,
                EntryState::RemovedByAuthor => Shown::RemovedByAuthor,
                EntryState::Removed => Shown::Removed,
            },
            cont: together && reply.is_none() && !first_new,
            mentions_viewer: self.naming.contains(&message.id),
            target: self.target == Some(message.number),
            first_new,
            edited: message.edited_at.map(|at| Stamp::clock(at, self.now)),
            masked: message.masked,
            reply,
            revision: message.revision,
            may: self.may(message),
        }
    }

    fn tag(&self, author: &Author) -> Option<&'static str> {
        match self.roles.get(&author.id) {
            Some((Role::Admin, _)) => Some("admin"),
            Some((Role::Moderator, _) | (_, true)) => Some("mod"),
            _ => None,
        }
    }

    fn may(&self, message: &Entry) -> MessageActs {
        let author_role = self.roles.get(&message.author.id).map(|(role, _)| *role);
        let target =
            Target { author: Some(message.author.id), author_role, locked: false, removed: !message.is_shown() };
        let may = |action| {
            self.viewer.member().is_ok() && access::decide(self.viewer, action, self.opened.place, target).is_ok()
        };
        let shown = message.is_shown();
        MessageActs {
            reply: shown && self.opened.joined && may(Action::SendMessage),
            edit: shown && !self.opened.room.archived && may(Action::Edit),
            remove: shown && may(Action::Remove),
            flag: shown && may(Action::Flag),
        }
    }
}

/// The message that another one answers, in one line.
pub fn reply_line(parent: &Entry) -> ReplyLine {
    ReplyLine { id: parent.id.0, author: parent.author.display.clone(), excerpt: parent.excerpt.clone() }
}

async fn held(site: &Site, viewer: &Viewer, opened: &Opened) -> Result<Vec<HeldMessage>> {
    let Some(member) = viewer.id() else { return Ok(Vec::new()) };
    let items = people::held(site.db.reads(), member, opened.room.id).await?;
    let item = |(item, rules): (crate::entity::review_item::Model, Vec<String>)| {
        Ok(HeldMessage {
            review: item.id.0,
            at: Stamp::clock(item.created_at, site.clock.now()),
            pieces: pieces(&crate::publish::Shown::of(site, &item)?.masked),
            why: waits_because(rules.iter().filter_map(|rule| Rule::parse(rule))),
        })
    };
    items.into_iter().map(item).collect()
}

fn day(at: Moment) -> String {
    at.iso().chars().take(10).collect()
}

fn written(at: Moment, format: &(impl time::formatting::Formattable + ?Sized)) -> String {
    at.civil().format(format).unwrap_or_default()
}

fn day_label(at: Moment, now: Moment) -> String {
    let same_year = at.civil().year() == now.civil().year();
    match () {
        () if day(at) == day(now) => "Today".to_owned(),
        () if day(at) == day(now.plus_s(-24 * 3600)) => "Yesterday".to_owned(),
        () if same_year => {
            written(at, time::macros::format_description!("[weekday] [day padding:none] [month repr:long]"))
        }
        () => written(at, time::macros::format_description!("[weekday] [day padding:none] [month repr:long] [year]")),
    }
}
