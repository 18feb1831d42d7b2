//! Boards and topics: lists, reading, read positions, and what moderators change about a topic.

pub mod html;
pub mod json;
mod pages;
pub mod store;
pub mod views;

use crate::access::{self, Action, Place, Target, Viewer};
use crate::clock::Moment;
use crate::entity::{board, topic};
use crate::entries::Author;
use crate::error::{Error, Result};
use crate::ids::{BoardId, Stream, TopicId};
use crate::outbox::{self, EventKind, NewEvent};
use crate::publish;
use crate::site::Site;

/// Posts on a page of a topic.
pub const POSTS: u64 = 50;
/// Topics on a page of a list.
pub const TOPICS: u64 = 40;

/// Which topics a list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All, newest activity first.
    #[default]
    Latest,
    /// Those with posts the viewer has not read.
    Unread,
    /// Those the viewer has never opened, newer than their account.
    New,
    /// Those without a reply.
    Unanswered,
}

/// How a topic stands for a viewer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    /// Nothing new (or a guest).
    Read,
    /// Never opened, newer than the account.
    New,
    /// So many posts since the last visit.
    Unread(i64),
}

/// A topic in a list.
#[derive(Debug, Clone)]
pub struct Row {
    /// The topic.
    pub topic: topic::Model,
    /// Its board.
    pub board: board::Model,
    /// Who started it.
    pub author: Author,
    /// Who wrote last.
    pub last: Option<Author>,
    /// How it stands for the viewer.
    pub reading: Reading,
}

/// Where the next page of a list begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// Activity of the last row shown.
    pub bumped: Moment,
    /// Its id.
    pub topic: TopicId,
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.bumped.0, self.topic)
    }
}

impl std::str::FromStr for Cursor {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let wrong = || Error::field("before", "This is not a place in the list; start from its first page.");
        let (bumped, topic) = text.split_once('-').ok_or_else(wrong)?;
        let parse = |text: &str| text.parse::<i64>().map_err(|_| wrong());
        Ok(Self { bumped: Moment(parse(bumped)?), topic: TopicId(parse(topic)?) })
    }
}

/// A topic as a viewer may see it.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The topic.
    pub topic: topic::Model,
    /// Its board.
    pub board: board::Model,
    /// The board as a place.
    pub place: Place,
}

/// Opens a topic. A removed one is there for its moderators only.
pub async fn open(site: &Site, viewer: &Viewer, id: TopicId) -> Result<Opened> {
    let (topic, board) = store::topic(site.db.reads(), id).await?;
    let place = publish::board_place(&board);
    access::decide(viewer, Action::Read, place, Target::default())?;
    if topic.state == topic::TopicState::Removed && !viewer.moderates(place) {
        return Err(Error::NotFound);
    }
    Ok(Opened { topic, board, place })
}

/// Notes how far a member has read a topic. Never moves back.
pub async fn mark_read(site: &Site, viewer: &Viewer, id: TopicId, number: i64) -> Result<()> {
    let member = viewer.member()?.id;
    let opened = open(site, viewer, id).await?;
    let number = number.clamp(0, opened.topic.last_number);
    let at = site.clock.now();
    site.db.write((member, id, number, at), |tx, command| async move { store::mark_read(&*tx, *command).await }).await
}

/// Marks every topic the viewer can read as read.
pub async fn mark_all_read(site: &Site, viewer: &Viewer) -> Result<()> {
    let member = viewer.member()?.id;
    let boards = crate::http::store::readable(site.db.reads(), viewer).await?;
    let boards: Vec<BoardId> = boards.iter().map(|board| board.id).collect();
    let at = site.clock.now();
    site.db
        .write((member, boards, at), |tx, command| async move {
            store::mark_all_read(&*tx, command.0, &command.1, command.2).await
        })
        .await
}

/// What moderators change about a topic.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Keep it on top of its board, or not.
    Pin(bool),
    /// Take no more replies, or take them again.
    Lock(bool),
}

/// Pins or locks a topic.
pub async fn change(site: &Site, viewer: &Viewer, id: TopicId, change: Change) -> Result<()> {
    let opened = open(site, viewer, id).await?;
    access::decide(viewer, Action::Manage, opened.place, Target::default())?;
    let (actor, at) = (viewer.member()?.id, site.clock.now());
    site.db
        .write((id, change), move |tx, command| async move {
            let (id, change) = *command;
            store::change(&*tx, id, change).await?;
            let data = serde_json::json!({});
            let event = NewEvent {
                stream: Stream::Topic(id),
                kind: EventKind::PlaceChanged,
                entry: None,
                actor: Some(actor),
                data,
            };
            outbox::append(&tx, at, event).await.map(drop)
        })
        .await
}
