//! Making rooms, and what moderators change about them.

use super::{open_id, store};
use crate::access::{self, Action, Place, Target, Viewer};
use crate::entity::room::RoomAccess;
use crate::error::{Error, Result};
use crate::ids::{RoomId, Stream};
use crate::outbox::{self, EventKind, NewEvent};
use crate::publish::{self, Envelope, Outcome, Submission};
use crate::site::Site;
use crate::text::{self, Profile};

/// Most characters of a room's name.
const TITLE_CHARS: usize = 60;
/// Most characters of a topic line.
const TOPIC_CHARS: usize = 200;
/// Longest slow mode in seconds.
const SLOW_S: i64 = 3600;
/// Names in the URL that mean something else under `/chat`.
const RESERVED: [&str; 1] = ["new"];

/// A room as somebody wishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRoom {
    /// Name.
    pub title: String,
    /// Topic line; may be empty.
    pub topic: String,
    /// Only its members see it.
    pub closed: bool,
}

/// The same, checked and ready to be stored.
pub struct Stored {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) topic: String,
    pub(super) topic_html: String,
    pub(super) access: RoomAccess,
}

/// What moderators of a room change about it, besides its topic line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Another name. The name in the URL stays, so that links do.
    Rename(String),
    /// Only its members see it, or everyone.
    Close(bool),
    /// Read only, or not any more.
    Archive(bool),
    /// Least seconds between two messages of one member; 0 for none.
    Slow(i64),
}

/// Makes a room; who makes it belongs to it. Returns its id and its name in the URL.
///
/// # Errors
/// Not allowed, a name that is taken or cannot be used, private data in name or topic line.
pub async fn create(site: &Site, viewer: &Viewer, new: NewRoom) -> Result<(RoomId, String)> {
    access::decide(viewer, Action::CreateRoom, Place::Site, Target::default())?;
    let stored = prepare(&new)?;
    let (member, at) = (viewer.member()?.id, site.clock.now());
    site.db
        .write(stored, move |tx, stored| async move {
            let room = store::insert(&*tx, &stored, at).await?;
            let stream = Stream::Room(room.id);
            outbox::open_stream(&tx, stream).await?;
            store::add_member(&*tx, room.id, member, (0, at)).await?;
            let joined = NewEvent {
                stream,
                kind: EventKind::MemberJoined,
                entry: None,
                actor: Some(member),
                data: serde_json::json!({}),
            };
            outbox::append(&tx, at, joined).await?;
            Ok((room.id, room.slug))
        })
        .await
}

fn prepare(new: &NewRoom) -> Result<Stored> {
    let title = title(&new.title)?;
    let slug = text::slug(&title);
    if RESERVED.contains(&slug.as_str()) {
        return Err(Error::field("title", "This name cannot be used for a room. Choose another one."));
    }
    let topic = if new.topic.trim().is_empty() {
        String::new()
    } else {
        text::line(&new.topic, TOPIC_CHARS).map_err(|error| Error::field("topic", error.to_string()))?
    };
    let rendered = text::render(&topic, Profile::Line).map_err(|error| Error::field("topic", error.to_string()))?;
    clean("topic", &topic)?;
    clean("topic", &rendered.plain)?;
    let access = if new.closed { RoomAccess::Closed } else { RoomAccess::Open };
    Ok(Stored { slug, title, topic, topic_html: rendered.html, access })
}

fn title(wished: &str) -> Result<String> {
    let title = text::line(wished, TITLE_CHARS).map_err(|error| Error::field("title", error.to_string()))?;
    clean("title", &title)?;
    Ok(title)
}

/// A room begins without anything private: there is no warning to answer before it exists.
fn clean(field: &'static str, text: &str) -> Result<()> {
    match publish::unwelcome(text) {
        Some(found) => Err(Error::field(
            field,
            format!("This seems to contain something private ({}). Leave it out.", found.rule.label()),
        )),
        None => Ok(()),
    }
}

/// Renames a room, closes or opens it, archives it, or slows it down.
///
/// # Errors
/// Not visible, not allowed, or a value that cannot be used.
pub async fn change(site: &Site, viewer: &Viewer, id: RoomId, change: Change) -> Result<()> {
    let opened = open_id(site, viewer, id).await?;
    access::decide(viewer, Action::Manage, opened.place, Target::default())?;
    let change = match change {
        Change::Rename(wished) => Change::Rename(title(&wished)?),
        Change::Slow(seconds) if !(0..=SLOW_S).contains(&seconds) => {
            return Err(Error::field("slow_s", format!("Slow mode is 0 to {SLOW_S} seconds.")));
        }
        other => other,
    };
    let (actor, at) = (viewer.member()?.id, site.clock.now());
    site.db
        .write(change, move |tx, change| async move {
            store::update(&*tx, id, &change).await?;
            let changed = NewEvent {
                stream: Stream::Room(id),
                kind: EventKind::PlaceChanged,
                entry: None,
                actor: Some(actor),
                data: serde_json::json!({}),
            };
            outbox::append(&tx, at, changed).await.map(drop)
        })
        .await?;
    // Whoever may no longer read it loses it at once.
    for member in site.hub.present(opened.stream()) {
        site.hub.recheck(member);
    }
    Ok(())
}

/// Changes a room's topic line, through all stages of publishing.
pub async fn set_topic(site: &Site, viewer: &Viewer, id: RoomId, text: String, envelope: Envelope) -> Result<Outcome> {
    publish::publish(site, viewer, Submission::RoomTopic { room: id, text }, envelope).await
}
