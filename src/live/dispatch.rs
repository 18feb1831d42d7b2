//! From frames to the verbs of the features.

use std::time::Duration;

use tokio::time::Instant;

use super::failure;
use super::session::{Session, Step};
use crate::entity::finding::Ground;
use crate::entries::frames;
use crate::entries::store::Window;
use crate::error::{Error, Result};
use crate::ids::{EntryId, RoomId, Stream};
use crate::limits::{Key, Quota};
use crate::protocol::{self, Code, Consent, Done, Failure, Frame, MAX_HISTORY, Outgoing, Refusal, Request, Wish};
use crate::publish::{self, Choice, Envelope, Outcome, Submission};
use crate::{boards, rooms};

/// Takes one WebSocket message.
pub async fn frame(session: &mut Session, text: &str) -> Step {
    match protocol::parse(text) {
        Ok(frames) => {
            for frame in frames {
                handle(session, frame).await?;
            }
            Ok(())
        }
        Err(refusal) => refuse(session, &refusal),
    }
}

/// Takes one object.
pub async fn handle(session: &mut Session, frame: Result<Frame, Refusal>) -> Step {
    let id = frame.as_ref().map_or_else(|refusal| refusal.id, |frame| frame.id);
    if let Err(error) = session.pace()? {
        fail(session, id, failure::of(&error));
        return Ok(());
    }
    let frame = match frame {
        Ok(frame) => frame,
        Err(refusal) => return refuse(session, &refusal),
    };
    if let Request::Hello(_) = frame.request {
        return refuse(session, &Refusal { id, code: Code::BadFrame });
    }
    let answered = frame.request.is_answered();
    match act(session, id, frame.request).await {
        Ok(Some(done)) => session.push(&Outgoing::Ok { id, done }),
        Err(failure) if answered => fail(session, id, *failure),
        Ok(None) | Err(_) => {}
    }
    Ok(())
}

fn fail(session: &mut Session, id: Option<u64>, failure: Failure) {
    session.push(&Outgoing::Err { id, failure: Box::new(failure) });
}

/// A frame nobody understands. One of another version is answered; one that is broken counts.
fn refuse(session: &mut Session, refusal: &Refusal) -> Step {
    fail(session, refusal.id, failure::unread(refusal.code));
    if refusal.code == Code::BadFrame { session.strike() } else { Ok(()) }
}

type Acted = Result<Option<Done>, Box<Failure>>;

impl From<Error> for Box<Failure> {
    fn from(error: Error) -> Self {
        Box::new(failure::of(&error))
    }
}

async fn act(session: &mut Session, id: Option<u64>, request: Request) -> Acted {
    match request {
        Request::Hello(_) | Request::Pong { .. } => Ok(None),
        Request::Sub(cursor) => subscribe(session, id, cursor).await,
        Request::Unsub { stream } => {
            session.drop_stream(stream);
            Ok(Some(Done::Nothing {}))
        }
        Request::Send { room, nonce, body, reply_to, choice, consent } => {
            let envelope = envelope(session, nonce, choice, consent);
            session.stop_typing(room);
            let outcome =
                rooms::send(session.site(), &session.viewer, rooms::Message { room, reply_to, body }, envelope).await?;
            published(outcome)
        }
        Request::Edit { entry, rev, nonce, body, choice, consent } => {
            let envelope = envelope(session, nonce, choice, consent);
            let submission = Submission::Edit { entry, revision: rev, title: None, body };
            published(publish::publish(session.site(), &session.viewer, submission, envelope).await?)
        }
        Request::Remove { entry } => remove(session, entry).await,
        Request::Read { stream, seq, number } => read(session, stream, seq, number).await,
        Request::Typing { room, on } => {
            session.typing(room, on);
            Ok(None)
        }
        Request::History { room, before, after, limit } => history(session, room, (before, after), limit).await,
    }
}

async fn subscribe(session: &mut Session, id: Option<u64>, cursor: protocol::Cursor) -> Acted {
    let (start, head, oldest) = session.follow(cursor, true).await?;
    let epoch = session.live.0.epoch.clone();
    session.push(&Outgoing::Ok { id, done: Done::Following { head, oldest, epoch } });
    session.begin(cursor.stream, start, (head, oldest));
    Ok(None)
}

fn envelope(session: &Session, nonce: String, choice: Option<Wish>, consent: Option<Consent>) -> Envelope {
    let choice = match (choice, consent) {
        (Some(Wish::Mask), _) => Choice::Mask,
        (Some(Wish::Ask), _) => Choice::Hold,
        (None, Some(consent)) => {
            Choice::Anyway { token: consent.token, acknowledged: consent.ack, ground: ground(consent.reason) }
        }
        (None, None) => Choice::Warn,
    };
    Envelope { nonce, choice, address: session.address }
}

fn ground(reason: protocol::Ground) -> Ground {
    match reason {
        protocol::Ground::Mine => Ground::Mine,
        protocol::Ground::Public => Ground::Public,
        protocol::Ground::Example => Ground::Example,
        protocol::Ground::NotPrivate => Ground::NotPrivate,
    }
}

fn published(outcome: Outcome) -> Acted {
    match outcome {
        Outcome::Published(done) => Ok(Some(Done::Published {
            seq: done.seq,
            at: done.at,
            dup: done.dup,
            entry: done.entry,
            revision: done.revision,
        })),
        Outcome::Held(held) => Ok(Some(Done::Held { held: true, review: held.review, dup: held.dup })),
        Outcome::Warned(warning) => Err(Box::new(failure::warned(publish::warning(&warning)))),
    }
}

async fn remove(session: &Session, entry: EntryId) -> Acted {
    crate::moderation::remove(session.site(), &session.viewer, entry).await?;
    Ok(Some(Done::Nothing {}))
}

async fn read(session: &Session, stream: Stream, seq: Option<i64>, number: Option<i64>) -> Acted {
    match (stream, seq, number) {
        (Stream::Room(room), Some(seq), _) => rooms::mark_read(session.site(), &session.viewer, room, seq).await?,
        (Stream::Topic(topic), _, Some(number)) => {
            boards::mark_read(session.site(), &session.viewer, topic, number).await?;
            let frame = Outgoing::Read { stream, seq: None, number: Some(number) };
            session.site().hub.tell(session.member.id, &protocol::encode(&frame).into());
        }
        _ => {}
    }
    Ok(None)
}

async fn history(
    session: &Session,
    room: RoomId,
    (before, after): (Option<i64>, Option<i64>),
    limit: Option<u64>,
) -> Acted {
    let window = match (before, after) {
        (None, None) => Window::Before(i64::MAX),
        (Some(before), None) => Window::Before(before),
        (None, Some(after)) => Window::After(after),
        (Some(_), Some(_)) => return Err(Error::field("after", "Either before or after, not both.").into()),
    };
    let site = session.site();
    let opened = rooms::open_id(site, &session.viewer, room).await?;
    let page = rooms::page(site, &opened, window, limit.unwrap_or(rooms::PAGE).clamp(1, MAX_HISTORY)).await?;
    let more = if after.is_some() { page.newer } else { page.older };
    Ok(Some(Done::Page { events: frames::history(&site.db, page.messages).await?, more }))
}

/// A member who said nothing more about typing has stopped after this.
pub const TYPING: Duration = Duration::from_secs(6);

impl Session {
    /// Tells the room that this member types, or not any more. Who does not follow a room is not heard there.
    fn typing(&self, room: RoomId, on: bool) {
        if !self.cursors.has(Stream::Room(room)) {
            return;
        }
        if on && self.site().limits.check(Quota::Typing, Key::MemberIn(self.member.id, room.0), self.address).is_err() {
            return;
        }
        self.live.0.passing.typing(room, &self.member, on.then(|| Instant::now() + TYPING));
    }

    fn stop_typing(&self, room: RoomId) {
        self.typing(room, false);
    }
}
