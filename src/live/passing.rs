//! What is told once and never stored: who types, and who is there. One task gathers changes and tells each room at
//! most once a second about typing and once in five about presence, whatever happens there.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::entries::frames::person;
use crate::entries::store::authors;
use crate::error::Result;
use crate::ids::{MemberId, RoomId, Stream};
use crate::protocol::{Member, Outgoing, Peers, encode};
use crate::site::Site;

/// Between two looks.
const TICK: Duration = Duration::from_secs(1);
/// Looks between two presence frames of a room.
const PRESENCE: u32 = 5;
/// Who lost the connection counts as present for so long.
const GRACE: Duration = Duration::from_secs(45);
/// Names in a typing frame.
const TYPISTS: usize = 5;
/// Names in a presence frame; fuller rooms get the count alone.
const NAMES: usize = 200;

/// Passing facts of all rooms.
#[derive(Default)]
pub struct Passing {
    state: Mutex<State>,
    changed: Notify,
}

#[derive(Default)]
struct State {
    typing: HashMap<RoomId, BTreeMap<MemberId, (Member, Instant)>>,
    /// Rooms whose typing has to be told.
    typed: HashSet<RoomId>,
    /// Who is there, as it was told; with the moment in which they were missed first.
    rosters: HashMap<RoomId, BTreeMap<MemberId, Option<Instant>>>,
    /// Rooms somebody came to or left.
    visited: HashSet<RoomId>,
}

impl Passing {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Notes that somebody types until a moment, or stopped.
    pub fn typing(&self, room: RoomId, member: &Member, until: Option<Instant>) {
        let mut state = self.state();
        let there = state.typing.get(&room).is_some_and(|room| room.contains_key(&member.id));
        match until {
            Some(until) => drop(state.typing.entry(room).or_default().insert(member.id, (member.clone(), until))),
            None => drop(state.typing.get_mut(&room).and_then(|room| room.remove(&member.id))),
        }
        if there != until.is_some() {
            state.typed.insert(room);
        }
        drop(state);
        self.changed.notify_one();
    }

    /// Notes that somebody started or stopped following a stream.
    pub fn came_or_went(&self, stream: Stream) {
        let Stream::Room(room) = stream else { return };
        self.state().visited.insert(room);
        self.changed.notify_one();
    }

    /// Tells the rooms, for ever.
    pub async fn run(&self, site: &Site) {
        let mut tick = 0u32;
        loop {
            if self.state().is_quiet() {
                self.changed.notified().await;
            }
            tokio::time::sleep(TICK).await;
            tick = tick.wrapping_add(1);
            self.tell_typing(site, Instant::now());
            if tick.is_multiple_of(PRESENCE)
                && let Err(error) = self.tell_presence(site, Instant::now()).await
            {
                tracing::debug!(cause = %error, "presence was not told");
            }
        }
    }

    fn tell_typing(&self, site: &Site, now: Instant) {
        let told = self.state().take_typing(now);
        for (room, typists) in told {
            whisper(site, room, Outgoing::Typing, typists.len(), typists.into_iter().take(TYPISTS).collect());
        }
    }

    async fn tell_presence(&self, site: &Site, now: Instant) -> Result<()> {
        let present = |room| site.hub.present(Stream::Room(room));
        let told = self.state().take_presence(now, present);
        for (room, members) in told {
            let names = if members.len() > NAMES { Vec::new() } else { members.iter().copied().collect() };
            let people = authors(site.db.reads(), names).await?;
            let mut people: Vec<Member> = people.values().map(person).collect();
            people.sort_by(|one, other| one.name.cmp(&other.name));
            whisper(site, room, Outgoing::Presence, members.len(), people);
        }
        Ok(())
    }
}

fn whisper(site: &Site, room: RoomId, kind: impl Fn(Peers) -> Outgoing, count: usize, members: Vec<Member>) {
    let stream = Stream::Room(room);
    // No socket has this number: everyone is told, the typist too, who leaves themselves out.
    site.hub.whisper(stream, u64::MAX, &encode(&kind(Peers { stream, count, members })).into());
}

impl State {
    fn is_quiet(&self) -> bool {
        let missing = self.rosters.values().any(|roster| roster.values().any(Option::is_some));
        self.typing.is_empty() && self.typed.is_empty() && self.visited.is_empty() && !missing
    }

    /// Rooms whose typists changed, with those who type now.
    fn take_typing(&mut self, now: Instant) -> Vec<(RoomId, Vec<Member>)> {
        for (room, typists) in &mut self.typing {
            let before = typists.len();
            typists.retain(|_, (_, until)| *until > now);
            if typists.len() < before {
                self.typed.insert(*room);
            }
        }
        let told = self.typed.drain().map(|room| {
            let typists =
                self.typing.get(&room).map(|typists| typists.values().map(|(member, _)| member.clone()).collect());
            (room, typists.unwrap_or_default())
        });
        let told = told.collect();
        self.typing.retain(|_, typists| !typists.is_empty());
        told
    }

    /// Rooms to tell about, with who is there. Who came gets to know even if nothing changed for the others.
    fn take_presence(
        &mut self,
        now: Instant,
        present: impl Fn(RoomId) -> Vec<MemberId>,
    ) -> Vec<(RoomId, BTreeSet<MemberId>)> {
        let missing =
            self.rosters.iter().filter(|(_, roster)| roster.values().any(Option::is_some)).map(|(room, _)| *room);
        let missing: Vec<RoomId> = missing.collect();
        let visited: HashSet<RoomId> = self.visited.drain().collect();
        let mut told = Vec::new();
        for room in visited.iter().copied().chain(missing.into_iter().filter(|room| !visited.contains(room))) {
            let roster = self.rosters.entry(room).or_default();
            let before = roster.len();
            let there: BTreeSet<MemberId> = present(room).into_iter().collect();
            for (member, missed) in roster.iter_mut() {
                *missed = if there.contains(member) { None } else { missed.or(Some(now)) };
            }
            roster.retain(|_, missed| missed.is_none_or(|since| now < since + GRACE));
            roster.extend(there.iter().map(|member| (*member, None)));
            if visited.contains(&room) || roster.len() != before {
                told.push((room, roster.keys().copied().collect()));
            }
            if roster.is_empty() {
                self.rosters.remove(&room);
            }
        }
        told
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: RoomId = RoomId(1);

    fn bea() -> Member {
        Member { id: MemberId(2), name: "bea".into(), display: "Bea".into() }
    }

    #[tokio::test(start_paused = true)]
    async fn typing_is_told_once_when_it_begins_and_once_when_it_ends() {
        let (passing, start) = (Passing::default(), Instant::now());
        let until = Some(start + Duration::from_secs(6));
        passing.typing(ROOM, &bea(), until);
        passing.typing(ROOM, &bea(), until);
        let names =
            |now| passing.state().take_typing(now).into_iter().map(|(_, typists)| typists.len()).collect::<Vec<_>>();
        assert_eq!(names(start), [1]);
        passing.typing(ROOM, &bea(), until);
        assert_eq!(names(start), [0usize; 0]);
        assert_eq!(names(start + Duration::from_secs(7)), [0]);
        assert!(passing.state().is_quiet());
    }

    #[tokio::test(start_paused = true)]
    async fn who_left_stays_for_the_grace() {
        let (passing, start) = (Passing::default(), Instant::now());
        let told = |now, there: &[i64]| {
            let there: Vec<_> = there.iter().map(|id| MemberId(*id)).collect();
            passing
                .state()
                .take_presence(now, |_| there.clone())
                .into_iter()
                .map(|(_, members)| members.len())
                .collect::<Vec<_>>()
        };
        passing.came_or_went(Stream::Room(ROOM));
        assert_eq!(told(start, &[2, 3]), [2]);
        assert_eq!(told(start, &[2, 3]), [0usize; 0]);
        passing.came_or_went(Stream::Room(ROOM));
        assert_eq!(told(start, &[2]), [2], "still counted");
        assert_eq!(told(start + GRACE / 2, &[2]), [0usize; 0]);
        assert_eq!(told(start + GRACE, &[2]), [1]);
        assert!(passing.state().is_quiet());
    }
}
