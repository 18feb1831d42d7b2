//! What surrounds a submission: its place, the rows it changes, the policy there. Read before the decision and again
//! inside the transaction that commits it.

use super::settings::{Effect, Settings};
use super::store;
use super::submission::Submission;
use crate::access::{self, Action, Place, Role, Target, Viewer};
use crate::db::ConnectionTrait;
use crate::entity::{entry, room, topic};
use crate::error::{Error, Result};
use crate::ids::{EntryId, Stream};
use crate::pii::Finding;

/// Everything the later stages need to know.
#[derive(Debug, Clone)]
pub struct Context {
    /// Where it goes.
    pub place: Place,
    /// What the decision is about.
    pub target: Target,
    /// Topic, for posts and their edits.
    pub topic: Option<topic::Model>,
    /// Room, for messages, their edits, and room topics.
    pub room: Option<room::Model>,
    /// Entry being edited.
    pub entry: Option<entry::Model>,
    /// Entry being answered.
    pub parent: Option<entry::Model>,
    /// What findings mean here.
    pub settings: Settings,
    /// Role of who publishes.
    pub role: Role,
    /// Where it belongs, in words, for the review queue.
    pub title: String,
}

impl Context {
    /// What a finding means here, for who publishes.
    pub fn effect(&self, finding: &Finding) -> Effect {
        let setting = self.settings.get(&finding.rule);
        setting.map_or(Effect::Nothing, |setting| setting.effect(finding.rule, finding.level, self.role))
    }

    /// The stream its events go to, once it exists.
    pub fn stream(&self) -> Option<Stream> {
        let topic = self.topic.as_ref().map(|topic| Stream::Topic(topic.id));
        topic.or_else(|| self.room.as_ref().map(|room| Stream::Room(room.id)))
    }
}

/// Reads the surroundings of a submission as this viewer may see them.
pub async fn load(db: &impl ConnectionTrait, viewer: &Viewer, submission: &Submission) -> Result<Context> {
    let mut context = match submission {
        Submission::Topic { board, .. } => board_context(db, *board).await?,
        Submission::Post { topic, reply_to, .. } => post_context(db, *topic, *reply_to).await?,
        Submission::Message { room, reply_to, .. } => {
            let mut context = room_context(db, viewer, *room).await?;
            context.parent = parent(db, *reply_to, |parent| parent.room_id == Some(*room)).await?;
            context
        }
        Submission::Edit { entry, .. } => edit_context(db, viewer, *entry).await?,
        Submission::Profile { .. } => site_context(viewer),
        Submission::RoomTopic { room, .. } => room_context(db, viewer, *room).await?,
    };
    access::decide(viewer, action(submission), context.place, context.target)?;
    context.settings = store::settings_of(db, context.place).await?;
    context.role = viewer.member()?.role;
    Ok(context)
}

fn action(submission: &Submission) -> Action {
    match submission {
        Submission::Topic { .. } => Action::StartTopic,
        Submission::Post { .. } => Action::Reply,
        Submission::Message { .. } => Action::SendMessage,
        Submission::Edit { .. } => Action::Edit,
        Submission::Profile { .. } => Action::EditProfile,
        Submission::RoomTopic { .. } => Action::Manage,
    }
}

fn bare(place: Place, title: String) -> Context {
    Context {
        place,
        target: Target::default(),
        topic: None,
        room: None,
        entry: None,
        parent: None,
        settings: Settings::default(),
        role: Role::Member,
        title,
    }
}

fn site_context(viewer: &Viewer) -> Context {
    let mut context = bare(Place::Site, "Profile".to_owned());
    context.target.author = viewer.id();
    context
}

async fn board_context(db: &impl ConnectionTrait, id: crate::ids::BoardId) -> Result<Context> {
    let board = store::board(db, id).await?;
    Ok(bare(store::board_place(&board), board.title))
}

async fn post_context(
    db: &impl ConnectionTrait,
    id: crate::ids::TopicId,
    reply_to: Option<EntryId>,
) -> Result<Context> {
    let topic = store::topic(db, id).await?;
    let board = store::board(db, topic.board_id).await?;
    let mut context = bare(store::board_place(&board), topic.title.clone());
    context.parent = parent(db, reply_to, |parent| parent.topic_id == Some(id)).await?;
    context.target.locked = topic.locked;
    context.target.removed = topic.state != topic::TopicState::Open;
    context.topic = Some(topic);
    Ok(context)
}

async fn room_context(db: &impl ConnectionTrait, viewer: &Viewer, id: crate::ids::RoomId) -> Result<Context> {
    let room = store::room(db, id).await?;
    let joined = store::joined(db, id, viewer.id()).await?;
    let mut context = bare(store::room_place(&room, joined), room.title.clone());
    context.room = Some(room);
    Ok(context)
}

async fn edit_context(db: &impl ConnectionTrait, viewer: &Viewer, id: EntryId) -> Result<Context> {
    let entry = store::entry(db, id).await?;
    let mut context = match (entry.topic_id, entry.room_id) {
        (Some(topic), _) => post_context(db, topic, None).await?,
        (None, Some(room)) => room_context(db, viewer, room).await?,
        (None, None) => return Err(Error::NotFound),
    };
    context.target.author = Some(entry.author_id);
    context.target.removed |= entry.state != entry::EntryState::Published;
    context.entry = Some(entry);
    Ok(context)
}

/// The entry being answered: it has to be in the same place and not removed.
async fn parent(
    db: &impl ConnectionTrait,
    id: Option<EntryId>,
    belongs: impl Fn(&entry::Model) -> bool,
) -> Result<Option<entry::Model>> {
    let Some(id) = id else { return Ok(None) };
    let parent = store::entry(db, id).await?;
    if !belongs(&parent) {
        return Err(Error::NotFound);
    }
    if parent.state != entry::EntryState::Published {
        return Err(Error::Denied(
            "removed",
            "What you are answering was removed meanwhile. Your text is kept; answer the topic instead.".into(),
        ));
    }
    Ok(Some(parent))
}
