//! The sample community: written through the real publish path, with its own times.

mod content;
mod store;

use std::collections::HashMap;

use crate::access::{Credential, Viewer, store as standing};
use crate::accounts::filling::Filling;
use crate::accounts::{self, Applicant, Grant};
use crate::clock::{Clock, Moment};
use crate::entity::member::Role;
use crate::entity::review_item::Decision;
use crate::error::{Error, Result};
use crate::ids::{BoardId, EntryId, MemberId, ReviewId, RoomId, TopicId};
use crate::moderation::{self, FlagReason, Reason, Report, Verdict};
use crate::publish::{self, Choice, Envelope, Outcome, Submission};
use crate::site::Site;

use content::{Community, Held, Person, Step, What};

/// Password of every sample member.
pub const PASSWORD: &str = "mend-it-well-2026";

/// Whether nobody has posted and no board stands yet.
pub async fn is_empty(site: &Site) -> Result<bool> {
    store::is_empty(site.db.reads()).await
}

/// A member's id by login name.
pub async fn member_id(site: &Site, name: &str) -> Result<MemberId> {
    store::member_id(site.db.reads(), name).await
}

/// One section, one board, one room: what an empty community begins with.
pub async fn minimal(site: &Site) -> Result<()> {
    let at = site.clock.now();
    site.db.write((), move |tx, _| async move { store::minimal(&tx, at).await }).await
}

/// A step that an interrupted filling took already says so, and that is fine.
fn taken_before<T>(result: Result<T>) -> Result<()> {
    match result {
        Ok(_) | Err(Error::Conflict(..)) => Ok(()),
        Err(error) => Err(error),
    }
}

/// What was made so far, by the names the content uses.
struct Work {
    site: Site,
    clock: Clock,
    start: Moment,
    members: HashMap<String, Viewer>,
    boards: HashMap<String, BoardId>,
    rooms: HashMap<String, RoomId>,
    topics: HashMap<String, TopicId>,
    entries: HashMap<(String, usize), EntryId>,
    count: u64,
}

/// Fills an empty community with the sample one. Members who are there already stay as they are and play the part of
/// their name. A filling that was interrupted goes on: every step knows whether it was taken before.
pub async fn fill(site: &Site, filling: &Filling) -> Result<()> {
    let community = content::load().map_err(Error::internal)?;
    let steps = content::in_order(&community);
    filling.expect(community.member.len() + steps.len() + 1);
    let now = accounts::filling::begin(site).await?;
    let mut work = Work::new(site, now);
    for person in &community.member {
        work.person(person).await?;
        filling.step();
    }
    work.places(&community).await?;
    filling.step();
    for step in &steps {
        work.step(step).await?;
        filling.step();
    }
    work.finish(&community).await?;
    accounts::filling::end(site).await
}

impl Work {
    fn new(site: &Site, now: Moment) -> Self {
        let clock = Clock::fixed(now, u64::from_be_bytes(site.clock.random()));
        Self {
            site: site.at(clock.clone()),
            clock,
            start: now,
            members: HashMap::new(),
            boards: HashMap::new(),
            rooms: HashMap::new(),
            topics: HashMap::new(),
            entries: HashMap::new(),
            count: 0,
        }
    }

    /// Moves the clock to so many seconds before the start of filling.
    fn at(&self, seconds_ago: i64) {
        let wanted = self.start.plus_s(-seconds_ago);
        self.clock.advance_s((wanted.0 - self.clock.now().0) / 1000);
    }

    async fn person(&mut self, person: &Person) -> Result<()> {
        self.at(person.joined_days_ago * 86_400);
        let role = match (person.role.as_str(), &person.board) {
            ("admin", _) => Role::Admin,
            ("moderator", None) => Role::Moderator,
            _ => Role::Member,
        };
        let known = store::member(self.site.db.reads(), &person.name).await?;
        let own = known.as_ref().is_none_or(|member| member.created_at == self.clock.now());
        if known.is_none() {
            let applicant =
                Applicant { name: person.name.clone(), password: PASSWORD.to_owned(), ..Applicant::default() };
            accounts::add(&self.site, applicant, role).await?;
        }
        self.reload(&person.name).await?;
        if own {
            let profile = Submission::Profile { display: person.display.clone(), bio: person.bio.clone() };
            let viewer = self.viewer(&person.name)?.clone();
            self.publish(&viewer, profile, Choice::Warn).await?;
        }
        Ok(())
    }

    async fn places(&mut self, community: &Community) -> Result<()> {
        self.at(2_500 * 86_400);
        let at = self.clock.now();
        let members = self.members.iter().filter_map(|(name, viewer)| Some((name.clone(), viewer.id()?))).collect();
        if store::is_empty(self.site.db.reads()).await? {
            let command = (community.clone(), members);
            let made = move |tx, command: std::sync::Arc<(Community, _)>| async move {
                store::places(&tx, &command.0, &command.1, at).await
            };
            self.site.db.write(command, made).await?;
        }
        (self.boards, self.rooms) = store::placed(self.site.db.reads()).await?;
        for person in community.member.iter().filter(|person| person.role == "moderator") {
            if let Some(board) = &person.board {
                accounts::promote(&self.site, &person.name, Grant::Board(board.clone())).await?;
                self.reload(&person.name).await?;
            }
        }
        Ok(())
    }

    async fn reload(&mut self, name: &str) -> Result<()> {
        let id = store::member_id(self.site.db.reads(), name).await?;
        let member = standing::load(self.site.db.reads(), id, Credential::Console).await?.ok_or(Error::NotFound)?;
        self.members.insert(name.to_owned(), Viewer::Member(member));
        Ok(())
    }

    fn viewer(&self, name: &str) -> Result<&Viewer> {
        self.members.get(name).ok_or_else(|| Error::internal("the sample content names an unknown member"))
    }

    async fn publish(&mut self, viewer: &Viewer, submission: Submission, choice: Choice) -> Result<Outcome> {
        self.count += 1;
        let envelope = Envelope { nonce: format!("sample-{}", self.count), choice, address: None };
        publish::publish(&self.site, viewer, submission, envelope).await
    }

    fn entry(&self, place: &str, number: usize) -> Result<EntryId> {
        self.entries
            .get(&(place.to_owned(), number))
            .copied()
            .ok_or_else(|| Error::internal("the sample content names an unknown entry"))
    }

    async fn step(&mut self, step: &Step<'_>) -> Result<()> {
        self.at(step.seconds_ago);
        match &step.what {
            What::Topic(topic) => {
                let board = *self
                    .boards
                    .get(&topic.board)
                    .ok_or_else(|| Error::internal("the sample content names an unknown board"))?;
                let submission = Submission::Topic { board, title: topic.title.clone(), body: topic.body.clone() };
                let (topic_id, _) = self.written(&topic.author, submission, (&topic.title, 1)).await?;
                self.topics.insert(topic.title.clone(), topic_id.ok_or(Error::NotFound)?);
            }
            What::Post(topic, number, post) => {
                let id = *self.topics.get(&topic.title).ok_or(Error::NotFound)?;
                let reply_to = post.reply_to.map(|number| self.entry(&topic.title, number)).transpose()?;
                let submission = Submission::Post { topic: id, reply_to, body: post.body.clone() };
                self.written(&post.author, submission, (&topic.title, *number)).await?;
            }
            What::Message(room, number, message) => {
                let id = *self.rooms.get(&room.slug).ok_or(Error::NotFound)?;
                let reply_to = message.reply_to.map(|number| self.entry(&room.slug, number)).transpose()?;
                let submission = Submission::Message { room: id, reply_to, body: message.body.clone() };
                self.written(&message.author, submission, (&room.slug, *number)).await?;
            }
            What::Edit(edit) => {
                let entry = self.entry(&edit.topic, edit.post)?;
                let row = publish::visible(&self.site, self.viewer("noor")?, entry).await?;
                let author =
                    self.members.values().find(|viewer| viewer.is(row.author_id)).cloned().ok_or(Error::NotFound)?;
                if row.source.trim() == edit.body.trim() {
                    return Ok(());
                }
                let submission =
                    Submission::Edit { entry, revision: row.revision, title: None, body: edit.body.clone() };
                self.publish(&author, submission, Choice::Warn).await?;
            }
            What::Held(held) => self.hold(held).await?,
            What::Flag(flag) => {
                let place = flag.topic.as_ref().or(flag.room.as_ref()).ok_or(Error::NotFound)?;
                let entry = self.entry(place, flag.post.or(flag.message).unwrap_or(1))?;
                let by = self.viewer(&flag.by)?.clone();
                let reason = match flag.reason.as_str() {
                    "spam" => FlagReason::Spam,
                    "unkind" => FlagReason::Unkind,
                    _ => FlagReason::Private,
                };
                let report = Report { reason, note: flag.note.clone(), address: None };
                taken_before(moderation::flag(&self.site, &by, entry, report).await)?;
            }
        }
        Ok(())
    }

    async fn written(
        &mut self,
        author: &str,
        submission: Submission,
        (place, number): (&str, usize),
    ) -> Result<(Option<TopicId>, EntryId)> {
        let viewer = self.viewer(author)?.clone();
        match self.publish(&viewer, submission, Choice::Warn).await? {
            Outcome::Published(done) => {
                let entry = done.entry.ok_or(Error::NotFound)?;
                self.entries.insert((place.to_owned(), number), entry);
                Ok((done.topic, entry))
            }
            _ => Err(Error::internal("the filter found something in the sample content")),
        }
    }

    async fn hold(&mut self, held: &Held) -> Result<()> {
        let viewer = self.viewer(&held.author)?.clone();
        let submission = match (&held.topic, &held.room) {
            (Some(topic), _) => {
                let reply_to = held.reply_to.map(|number| self.entry(topic, number)).transpose()?;
                Submission::Post {
                    topic: *self.topics.get(topic).ok_or(Error::NotFound)?,
                    reply_to,
                    body: held.body.clone(),
                }
            }
            (None, Some(room)) => Submission::Message {
                room: *self.rooms.get(room).ok_or(Error::NotFound)?,
                reply_to: None,
                body: held.body.clone(),
            },
            (None, None) => return Err(Error::NotFound),
        };
        let Outcome::Held(item) = self.publish(&viewer, submission, Choice::Hold).await? else {
            return Err(Error::internal("a held sample was not held"));
        };
        if held.decision.is_some() {
            self.at(held.decided_hours_ago.map_or(0, content::seconds));
            let moderator = self.viewer(held.decided_by.as_deref().unwrap_or("kit"))?.clone();
            self.returned(&moderator, item.review, held.reason.as_deref().unwrap_or_default()).await?;
        }
        Ok(())
    }

    async fn returned(&self, moderator: &Viewer, item: ReviewId, words: &str) -> Result<()> {
        let verdict =
            Verdict { version: 1, decision: Decision::Return, reason: Some(Reason::Private), note: words.to_owned() };
        taken_before(moderation::decide(&self.site, moderator, item, verdict).await)
    }

    /// Pins, locks, and standing that came later than what was written.
    async fn finish(&mut self, community: &Community) -> Result<()> {
        self.at(0);
        let kit = self.viewer("kit")?.clone();
        for topic in &community.topic {
            let id = *self.topics.get(&topic.title).ok_or(Error::NotFound)?;
            let noor = self.viewer("noor")?.clone();
            if topic.pinned {
                crate::boards::change(&self.site, &noor, id, crate::boards::Change::Pin(true)).await?;
            }
            if topic.locked {
                crate::boards::change(&self.site, &kit, id, crate::boards::Change::Lock(true)).await?;
            }
        }
        Ok(())
    }
}
