//! Events as sockets see them. An event carries its entry as it stands now, so that a replay of a message that was
//! since removed or masked brings no text that is gone. One batch costs a fixed number of queries.

use std::collections::HashMap;

use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::{Entry, store};
use crate::db::Db;
use crate::entity::entry::EntryState;
use crate::entity::{room, topic};
use crate::error::Result;
use crate::hub::Hub;
use crate::ids::{EntryId, MemberId, RoomId, Stream, TopicId};
use crate::outbox::{Consumer, Event, EventKind, Handled};
use crate::protocol::{self, Content, Ev, EvKind, Outgoing, Parent, Quoted, Standing};

/// An event ready to be sent: where, its sequence, and the frame.
pub type Encoded = (Stream, i64, Utf8Bytes);

/// Encodes a batch of events, in their order, as everyone who may read the stream sees them.
pub async fn encode(db: &Db, events: &[Event]) -> Result<Vec<Encoded>> {
    let known = Known::load(db, events).await?;
    Ok(events.iter().map(|event| (event.stream, event.seq, frame(known.event(event)))).collect())
}

/// Messages of a room as the events that published them, for a page of history.
pub async fn history(db: &Db, messages: Vec<Entry>) -> Result<Vec<Ev>> {
    let known = Known::around(db, messages.clone()).await?;
    let event = |message: Entry| {
        let stream = Stream::Room(message.room?);
        Some(Ev {
            stream,
            seq: message.number,
            kind: EvKind::Message,
            at: message.at,
            by: Some(message.author.id),
            nonce: nonce(&message),
            data: Some(Content::Entry(Box::new(known.entry(&message)))),
        })
    };
    Ok(messages.into_iter().filter_map(event).collect())
}

fn frame(ev: Ev) -> Utf8Bytes {
    Utf8Bytes::from(protocol::encode(&Outgoing::Ev(Box::new(ev))))
}

/// Everything a batch of events speaks of.
struct Known {
    entries: HashMap<EntryId, Entry>,
    people: HashMap<MemberId, super::Author>,
    rooms: HashMap<RoomId, room::Model>,
    topics: HashMap<TopicId, topic::Model>,
}

impl Known {
    async fn load(db: &Db, events: &[Event]) -> Result<Self> {
        let mut ids: Vec<EntryId> = events.iter().filter_map(|event| event.entry).collect();
        ids.sort_unstable();
        ids.dedup();
        let mut known = Self::around(db, store::by_ids(db.reads(), ids).await?).await?;
        let people =
            events.iter().filter(|event| matches!(event.kind, EventKind::MemberJoined | EventKind::MemberLeft));
        known.people = store::authors(db.reads(), people.filter_map(|event| event.actor)).await?;
        let (mut rooms, mut topics) = (Vec::new(), Vec::new());
        for event in events.iter().filter(|event| event.kind == EventKind::PlaceChanged) {
            match event.stream {
                Stream::Room(id) => rooms.push(id),
                Stream::Topic(id) => topics.push(id),
            }
        }
        let (rooms, topics) = store::places(db.reads(), rooms, topics).await?;
        known.rooms = rooms.into_iter().map(|room| (room.id, room)).collect();
        known.topics = topics.into_iter().map(|topic| (topic.id, topic)).collect();
        Ok(known)
    }

    /// Entries with what they answer.
    async fn around(db: &Db, entries: Vec<Entry>) -> Result<Self> {
        let mut entries: HashMap<EntryId, Entry> = entries.into_iter().map(|entry| (entry.id, entry)).collect();
        let parents = entries.values().filter_map(|entry| entry.reply_to).filter(|id| !entries.contains_key(id));
        let parents = store::by_ids(db.reads(), parents.collect()).await?;
        entries.extend(parents.into_iter().map(|parent| (parent.id, parent)));
        Ok(Self { entries, people: HashMap::new(), rooms: HashMap::new(), topics: HashMap::new() })
    }

    fn event(&self, event: &Event) -> Ev {
        let entry = event.entry.and_then(|id| self.entries.get(&id));
        let data = match event.kind {
            EventKind::MemberJoined | EventKind::MemberLeft => self.person(event),
            EventKind::PlaceChanged => self.place(event.stream),
            _ => entry.map(|entry| Content::Entry(Box::new(self.entry(entry)))),
        };
        let kind = if data.is_some() { kind(event) } else { EvKind::Void };
        let published = matches!(kind, EvKind::Message | EvKind::Post);
        // Who moderated is told to moderators, not here.
        let own =
            entry.map_or(matches!(kind, EvKind::Join | EvKind::Leave), |entry| Some(entry.author.id) == event.actor);
        let by = event.actor.filter(|_| own);
        let nonce = entry.filter(|_| published).and_then(nonce);
        Ev { stream: event.stream, seq: event.seq, kind, at: event.at, by, nonce, data }
    }

    fn entry(&self, entry: &Entry) -> protocol::Entry {
        let parent = entry.reply_to.and_then(|id| self.entries.get(&id));
        let shown = |text: &String| if entry.is_shown() { text.clone() } else { String::new() };
        protocol::Entry {
            id: entry.id,
            number: entry.number,
            reply_to: parent.map(|parent| Parent { id: parent.id, quoted: quoted(parent) }),
            depth: entry.depth,
            author: person(&entry.author),
            state: match entry.state {
                EntryState::Published => Standing::Published,
                EntryState::RemovedByAuthor => Standing::RemovedByAuthor,
                EntryState::Removed => Standing::Removed,
            },
            source: shown(&entry.source),
            html: shown(&entry.html),
            excerpt: shown(&entry.excerpt),
            revision: entry.revision,
            masked: entry.masked,
            edited: entry.edited_at,
        }
    }

    fn person(&self, event: &Event) -> Option<Content> {
        self.people.get(&event.actor?).map(|author| Content::Person { member: person(author) })
    }

    fn place(&self, stream: Stream) -> Option<Content> {
        match stream {
            Stream::Room(id) => {
                let room = self.rooms.get(&id)?;
                Some(Content::Room {
                    title: room.title.clone(),
                    topic_html: room.topic_html.clone(),
                    archived: room.archived,
                })
            }
            Stream::Topic(id) => {
                let topic = self.topics.get(&id)?;
                Some(Content::Topic {
                    title: topic.title.clone(),
                    slug: topic.slug.clone(),
                    pinned: topic.pinned,
                    locked: topic.locked,
                })
            }
        }
    }
}

fn kind(event: &Event) -> EvKind {
    match (event.kind, event.stream) {
        (EventKind::EntryPublished, Stream::Room(_)) => EvKind::Message,
        (EventKind::TopicStarted | EventKind::EntryPublished, _) => EvKind::Post,
        (EventKind::EntryEdited, _) => EvKind::Edit,
        (EventKind::EntryRemoved, _) => EvKind::Removal,
        (EventKind::EntryMasked, _) => EvKind::Mask,
        (EventKind::EntryRestored, _) => EvKind::Restore,
        (EventKind::MemberJoined, _) => EvKind::Join,
        (EventKind::MemberLeft, _) => EvKind::Leave,
        (EventKind::PlaceChanged, _) => EvKind::Place,
    }
}

fn quoted(parent: &Entry) -> Quoted {
    let excerpt = if parent.is_shown() { parent.excerpt.clone() } else { String::new() };
    Quoted { number: parent.number, author: person(&parent.author), excerpt }
}

/// An author as the protocol writes one.
pub fn person(author: &super::Author) -> protocol::Member {
    protocol::Member { id: author.id, name: author.name.clone(), display: author.display.clone() }
}

/// The nonce the author's client chose; what a moderator released carries one of ours.
fn nonce(entry: &Entry) -> Option<String> {
    (!entry.nonce.starts_with("released:")).then(|| entry.nonce.clone())
}

/// Hands new events to the sockets that follow their streams.
pub struct Broadcast {
    db: Db,
    hub: Hub,
}

impl Broadcast {
    /// A consumer for the sockets of this hub.
    pub fn new(db: Db, hub: Hub) -> Self {
        Self { db, hub }
    }
}

impl Consumer for Broadcast {
    fn name(&self) -> &'static str {
        "broadcast"
    }

    /// Sockets that connect after a restart read the log themselves.
    fn is_durable(&self) -> bool {
        false
    }

    fn handle<'a>(&'a self, events: &'a [Event]) -> Handled<'a> {
        Box::pin(async move {
            let followed: Vec<Event> =
                events.iter().filter(|event| self.hub.is_followed(event.stream)).cloned().collect();
            if followed.is_empty() {
                return Ok(());
            }
            for (stream, seq, frame) in encode(&self.db, &followed).await? {
                self.hub.publish(stream, seq, frame);
            }
            Ok(())
        })
    }
}
