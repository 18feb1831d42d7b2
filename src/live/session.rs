//! One socket's state after its `hello`: who it is, what it follows, what waits to be sent, and its clocks.

use std::collections::BTreeSet;
use std::net::IpAddr;
use std::time::Duration;

use tokio::time::Instant;
use tokio_tungstenite::tungstenite::Utf8Bytes;

use super::Live;
use super::hello::Greeted;
use super::streams::{Cursors, Start};
use crate::access::{Credential, Member, Viewer, store as standing};
use crate::error::{Error, Result};
use crate::hub::{Connection, Signal, Wake};
use crate::ids::{MemberId, Stream};
use crate::limits::{Key, Quota};
use crate::protocol::{self, Close, Ended, Heads, Limits, Outgoing, Reset, Welcome};
use crate::site::Site;
use crate::{boards, outbox, rooms};

/// Open sockets a member may have.
const PER_MEMBER: usize = 8;
/// Rights are looked at again at least this often.
const RECHECK: Duration = Duration::from_mins(1);
const PING: Duration = Duration::from_millis(protocol::PING_MS);
const SILENCE: Duration = Duration::from_millis(protocol::SILENCE_MS);
/// Frames a member may send in a minute, as `limits` counts them.
const FRAMES: u32 = 120;
/// Frames refused for their number, less those that passed, after which the socket is closed.
const PATIENCE: u32 = 60;
/// Frames sent in one turn, more or less.
const TURN: usize = 256;
/// Frames read that could not be understood, until the socket is closed.
const STRIKES: u8 = 3;

/// How a step of a socket ends: go on, or close with a code, or just stop because the other side is gone.
pub type Step = Result<(), Option<Close>>;

/// One signed-in socket.
pub struct Session {
    pub(super) live: Live,
    pub(super) viewer: Viewer,
    pub(super) member: protocol::Member,
    pub(super) address: Option<IpAddr>,
    pub(super) connection: Connection,
    pub(super) cursors: Cursors,
    credential: Credential,
    out: Vec<Utf8Bytes>,
    strikes: u8,
    refused: u32,
    heard: Instant,
    ping: Instant,
    recheck: Instant,
}

impl Session {
    /// Registers a socket of a member.
    pub fn new(live: Live, member: &Member, address: Option<IpAddr>) -> Self {
        let site = live.0.site.clone();
        let now = Instant::now();
        let session = match member.credential {
            Credential::Session(id) => Some(id),
            Credential::Token(_) | Credential::Console => None,
        };
        // The first ping comes early by chance, so that sockets that opened together do not stay in step.
        let early = u64::from(u32::from_be_bytes(site.clock.random())) % protocol::PING_MS;
        Self {
            viewer: Viewer::Member(member.clone()),
            member: protocol::Member { id: member.id, name: member.name.clone(), display: member.display.clone() },
            credential: member.credential,
            connection: site.hub.connect(Some(member.id), session),
            cursors: Cursors::default(),
            out: Vec::new(),
            strikes: 0,
            refused: 0,
            heard: now,
            ping: now + Duration::from_millis(early),
            recheck: now + RECHECK,
            live,
            address,
        }
    }

    pub(super) fn site(&self) -> &Site {
        &self.live.0.site
    }

    /// Queues a frame.
    pub(super) fn push(&mut self, frame: &Outgoing) {
        self.out.push(protocol::encode(frame).into());
    }

    /// Whether enough waits for one turn.
    pub(super) fn is_full(&self) -> bool {
        self.out.len() >= TURN
    }

    /// Queues a frame that is encoded already.
    pub(super) fn push_encoded(&mut self, frame: Utf8Bytes) {
        self.out.push(frame);
    }

    /// What waits to be sent.
    pub fn take_out(&mut self) -> Vec<Utf8Bytes> {
        std::mem::take(&mut self.out)
    }

    /// Greets, and starts following what the `hello` named.
    pub async fn welcome(&mut self, greeted: &Greeted) -> Step {
        if self.site().hub.sockets_of(self.member.id) > PER_MEMBER && !self.site().limits.is_exempt(self.address) {
            return Err(Some(Close::TooMany));
        }
        let hello = &greeted.hello;
        let (mut heads, mut starts) = (Heads::new(), Vec::new());
        let same = hello.epoch.as_ref().is_none_or(|epoch| *epoch == self.live.0.epoch);
        let mut seen = BTreeSet::new();
        for cursor in hello.streams.iter().filter(|cursor| seen.insert(cursor.stream)) {
            let start = self.follow(*cursor, same).await;
            if let Ok((_, head, _)) = &start {
                heads.insert(cursor.stream, *head);
            }
            starts.push((cursor.stream, start));
        }
        let site = self.site();
        let welcome = Welcome {
            session: match self.credential {
                Credential::Session(id) => Some(id),
                Credential::Token(_) | Credential::Console => None,
            },
            member: self.member.clone(),
            now: site.clock.now(),
            epoch: self.live.0.epoch.clone(),
            durability: site.db.facts().durability.clone(),
            ping_ms: protocol::PING_MS,
            limits: Limits {
                streams: protocol::MAX_STREAMS,
                frames_per_minute: FRAMES,
                frame_bytes: protocol::MAX_FRAME,
                behind: protocol::MAX_BEHIND,
            },
            heads,
        };
        self.push(&Outgoing::Welcome(Box::new(welcome)));
        for (stream, start) in starts {
            match start {
                Ok((start, head, oldest)) => self.begin(stream, start, (head, oldest)),
                Err(_) => self.reset(stream, Reset::Access, (0, 0)),
            }
        }
        Ok(())
    }

    /// Queues what a new subscription begins with.
    pub(super) fn begin(&mut self, stream: Stream, start: Start, (head, oldest): (i64, i64)) {
        match start {
            Start::Replay => {}
            Start::Now(seq) => self.push(&Outgoing::Synced { stream, seq }),
            Start::Reset(reason) => self.reset(stream, reason, (head, oldest)),
        }
    }

    /// Ends a subscription: the client's copy is void.
    pub(super) fn reset(&mut self, stream: Stream, reason: Reset, (head, oldest): (i64, i64)) {
        self.drop_stream(stream);
        self.push(&Outgoing::Reset { stream, reason, head, oldest });
    }

    pub(super) fn drop_stream(&mut self, stream: Stream) {
        if self.cursors.remove(stream) {
            self.connection.unfollow(stream);
            self.live.0.passing.came_or_went(stream);
        }
    }

    /// Whether the viewer may read a stream.
    pub(super) async fn may_read(&self, stream: Stream) -> Result<()> {
        match stream {
            Stream::Room(id) => rooms::open_id(self.site(), &self.viewer, id).await.map(drop),
            Stream::Topic(id) => boards::open(self.site(), &self.viewer, id).await.map(drop),
        }
    }

    /// Counts a frame that could not be understood.
    pub(super) fn strike(&mut self) -> Step {
        self.strikes += 1;
        if self.strikes >= STRIKES { Err(Some(Close::BadFrame)) } else { Ok(()) }
    }

    /// Counts a frame against the member's quota. `Err`: refused once too often.
    pub(super) fn pace(&mut self) -> Result<Result<()>, Close> {
        let passed = self.site().limits.check(Quota::Frame, Key::Member(self.member.id), self.address).map(drop);
        self.refused = if passed.is_ok() { self.refused.saturating_sub(1) } else { self.refused + 1 };
        if self.refused > PATIENCE { Err(Close::RateAbuse) } else { Ok(passed) }
    }

    /// Waits for the hub.
    pub async fn wait(&self) -> Wake {
        self.connection.wait().await
    }

    /// Acts on what the hub brought.
    pub async fn wake(&mut self, wake: Wake) -> Step {
        for signal in wake.signals {
            match signal {
                Signal::Frame(frame) => self.push_encoded(frame),
                Signal::SessionEnded => return Err(Some(Close::SessionEnded)),
                Signal::Draining => return Err(Some(Close::Draining)),
                Signal::Recheck => self.check_rights().await?,
            }
        }
        for stream in wake.moved {
            self.cursors.moved(stream);
        }
        self.step().await
    }

    /// Looks at sign-in and subscriptions again.
    async fn check_rights(&mut self) -> Step {
        let site = self.site();
        let member: MemberId = self.member.id;
        match standing::again(&site.db, &site.clock, member, self.credential).await {
            Ok(Some(member)) => self.viewer = Viewer::Member(member),
            Ok(None) => return Err(Some(Close::SessionEnded)),
            Err(error) => {
                tracing::warn!(cause = %error, "rights of a socket could not be looked at; next time");
                return Ok(());
            }
        }
        for stream in self.cursors.streams() {
            if matches!(self.may_read(stream).await, Err(Error::NotFound | Error::SignInNeeded | Error::Denied(..))) {
                self.drop_stream(stream);
                self.push(&Outgoing::Access { stream, state: Ended::Left });
            }
        }
        Ok(())
    }

    /// Notes that the other side is alive.
    pub fn heard(&mut self, now: Instant) {
        self.heard = now;
    }

    /// When to look at the clocks next.
    pub fn next_tick(&self) -> Instant {
        self.ping.min(self.recheck).min(self.heard + SILENCE)
    }

    /// Looks at the clocks.
    pub async fn tick(&mut self, now: Instant) -> Step {
        if now >= self.heard + SILENCE {
            return Err(Some(Close::NoPong));
        }
        if now >= self.ping {
            self.ping = now + PING;
            let heads = self.cursors.take_heads();
            let ts = self.site().clock.now();
            self.push(&Outgoing::Ping { ts, heads });
        }
        if now >= self.recheck {
            self.recheck = now + RECHECK;
            self.check_rights().await?;
        }
        Ok(())
    }

    /// Tells the others that this one went.
    pub fn leave(&mut self) {
        for stream in self.cursors.streams() {
            self.drop_stream(stream);
        }
    }

    /// Head and oldest of a stream.
    pub(super) async fn bounds(&self, stream: Stream) -> Result<(i64, i64)> {
        let head = outbox::head(self.site().db.reads(), stream).await?;
        // The log keeps everything so far, so the oldest follows from the head.
        Ok((head, i64::from(head > 0)))
    }
}
