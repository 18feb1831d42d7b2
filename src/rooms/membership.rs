//! Joining and leaving rooms, and how far one has read.

use super::{open_id, store};
use crate::access::{self, Action, Target, Viewer};
use crate::error::{Error, Result};
use crate::ids::{MemberId, RoomId, Stream};
use crate::outbox::{self, EventKind, NewEvent};
use crate::protocol::{self, Outgoing};
use crate::publish;
use crate::site::Site;

fn event(kind: EventKind, room: RoomId, member: MemberId) -> NewEvent {
    NewEvent { stream: Stream::Room(room), kind, entry: None, actor: Some(member), data: serde_json::json!({}) }
}

/// Joins a room. Joining twice is the same as once.
///
/// # Errors
/// Not visible, archived, or not signed in.
pub async fn join(site: &Site, viewer: &Viewer, id: RoomId) -> Result<()> {
    let opened = open_id(site, viewer, id).await?;
    access::decide(viewer, Action::Join, opened.place, Target::default())?;
    let (viewer, at, head) = (viewer.clone(), site.clock.now(), opened.head);
    site.db
        .write(viewer, move |tx, viewer| async move {
            let member = viewer.member()?.id;
            let room = store::by_id(&*tx, id).await?;
            let joined = store::read_seq(&*tx, id, Some(member)).await?.is_some();
            access::decide(&viewer, Action::Join, publish::room_place(&room, joined), Target::default())?;
            if store::add_member(&*tx, id, member, (head, at)).await? {
                outbox::append(&tx, at, event(EventKind::MemberJoined, id, member)).await?;
            }
            Ok(())
        })
        .await
}

/// Leaves a room. Open sockets lose it at once if it is closed.
///
/// # Errors
/// Not a member of it.
pub async fn leave(site: &Site, viewer: &Viewer, id: RoomId) -> Result<()> {
    let member = viewer.member()?.id;
    let opened = open_id(site, viewer, id).await?;
    if !opened.joined {
        return Err(Error::Conflict("not_member", "You do not belong to this room.".into()));
    }
    let at = site.clock.now();
    site.db
        .write((), move |tx, _| async move {
            if store::drop_member(&*tx, id, member).await? {
                outbox::append(&tx, at, event(EventKind::MemberLeft, id, member)).await?;
            }
            Ok(())
        })
        .await?;
    site.hub.recheck(member);
    Ok(())
}

/// Notes how far the viewer has read a room and tells their other devices. Never moves back; without a membership
/// there is nothing to note.
pub async fn mark_read(site: &Site, viewer: &Viewer, id: RoomId, seq: i64) -> Result<()> {
    let member = viewer.member()?.id;
    let opened = open_id(site, viewer, id).await?;
    let seq = seq.clamp(0, opened.head);
    if !opened.joined || seq <= opened.read_seq {
        return Ok(());
    }
    let moved = site.db.write((), move |tx, _| async move { store::mark_read(&*tx, id, member, seq).await }).await?;
    if moved {
        let frame = Outgoing::Read { stream: Stream::Room(id), seq: Some(seq), number: None };
        site.hub.tell(member, &protocol::encode(&frame).into());
    }
    Ok(())
}
