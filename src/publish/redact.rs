//! Taking published text back: removing an entry, or hiding found values in it for good.

use super::commit::{Change, Redaction};
use super::screen;
use super::store;
use super::submission::{Field, Submission};
use crate::access::{self, Action, Target, Viewer};
use crate::entity::entry::{self, EntryState};
use crate::error::{Error, Result};
use crate::ids::{EntryId, MemberId};
use crate::pii;
use crate::site::Site;
use crate::text::{self, Profile};

/// Prepares the removal of an entry by its author or a moderator of its place, and tells whose entry it is.
///
/// # Errors
/// Not visible, not allowed, or removed already.
pub async fn removable(site: &Site, viewer: &Viewer, id: EntryId) -> Result<(Redaction, MemberId)> {
    let entry = visible(site, viewer, id).await?;
    let author = access::store::load(site.db.reads(), entry.author_id, access::Credential::Console).await?;
    let target = Target {
        author: Some(entry.author_id),
        author_role: author.map(|author| author.role),
        removed: entry.state != EntryState::Published,
        locked: false,
    };
    let place = place(site, viewer, &entry).await?;
    access::decide(viewer, Action::Remove, place, target)?;
    if target.removed {
        return Err(Error::Conflict("removed", "This was removed already.".into()));
    }
    Ok((removal(site, viewer.member()?.id, &entry).await?, entry.author_id))
}

/// The title of the topic that an entry began; nothing for other entries.
async fn title(site: &Site, entry: &entry::Model) -> Result<Option<String>> {
    match (entry.topic_id, entry.number) {
        (Some(topic), Some(1)) => Ok(Some(store::topic(site.db.reads(), topic).await?.title)),
        _ => Ok(None),
    }
}

/// Prepares the removal of an entry. Its text is kept sealed, that of a topic's first post with the title on a line
/// before it.
pub async fn removal(site: &Site, actor: MemberId, entry: &entry::Model) -> Result<Redaction> {
    let state = if actor == entry.author_id { EntryState::RemovedByAuthor } else { EntryState::Removed };
    let text = match title(site, entry).await? {
        Some(title) => [title.as_str(), "\n\n", &entry.source].concat(),
        None => entry.source.clone(),
    };
    let sealed = site.keys.seal(&site.clock, &text)?;
    Ok(Redaction { entry: entry.id, actor, at: site.clock.now(), change: Change::Remove { state, sealed } })
}

/// Prepares hiding everything the detector finds in an entry, and in the title of the topic it began; `None` when it
/// finds nothing.
pub async fn masking(site: &Site, actor: MemberId, entry: &entry::Model) -> Result<Option<Redaction>> {
    let title = title(site, entry).await?;
    let (id, revision, body) = (entry.id, entry.revision, entry.source.clone());
    let probe = Submission::Edit { entry: id, revision, title: title.clone(), body };
    let found: Vec<_> = screen::find_masked(&probe, entry.kind, &[])?.into_iter().filter(|one| one.typed).collect();
    if found.is_empty() {
        return Ok(None);
    }
    let of = |field: Field| -> Vec<pii::Finding> {
        found.iter().filter(|one| one.field == field).map(|one| one.finding).collect()
    };
    let source = pii::mask(&entry.source, &of(Field::Body));
    let title = title.map(|title| pii::mask(&title, &of(Field::Title)));
    let profile = screen::profile(Field::Body, entry.kind).unwrap_or(Profile::Post);
    let rendered = text::render_masked(&source, profile).map_err(|error| screen::refused(Field::Body, error))?;
    let hidden = i32::try_from(found.len()).unwrap_or(i32::MAX);
    let change = Change::Mask { revision, title, source, html: rendered.html, excerpt: rendered.excerpt, hidden };
    Ok(Some(Redaction { entry: entry.id, actor, at: site.clock.now(), change }))
}

/// The entry, if the viewer may see it.
pub async fn visible(site: &Site, viewer: &Viewer, id: EntryId) -> Result<entry::Model> {
    let entry = store::entry(site.db.reads(), id).await?;
    let place = place(site, viewer, &entry).await?;
    access::decide(viewer, Action::Read, place, Target::default())?;
    Ok(entry)
}

/// Where an entry stands, for this viewer.
pub async fn place(site: &Site, viewer: &Viewer, entry: &entry::Model) -> Result<access::Place> {
    let db = site.db.reads();
    if let Some(topic) = entry.topic_id {
        let topic = store::topic(db, topic).await?;
        return Ok(store::board_place(&store::board(db, topic.board_id).await?));
    }
    let room = store::room(db, entry.room_id.ok_or(Error::NotFound)?).await?;
    let joined = store::joined(db, room.id, viewer.id()).await?;
    Ok(store::room_place(&room, joined))
}
