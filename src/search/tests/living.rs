//! The index beside a living community: what is published is found, what is taken back is gone, and nobody finds what
//! they may not read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use tempfile::TempDir;
use tokio_util::sync::{CancellationToken, DropGuard};

use super::super::*;
use crate::entity::board::Readers;
use crate::entity::member::Role;
use crate::entity::room::RoomAccess;
use crate::ids::{BoardId, TopicId};
use crate::outbox::{self, Progress};
use crate::publish::Submission;
use crate::testing;

struct World {
    site: Site,
    index: Index,
    ada: Viewer,
    board: BoardId,
    progress: Progress,
    _stop: DropGuard,
    folder: TempDir,
}

async fn world() -> World {
    let (site, folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let board = testing::board(&site, "radio", Readers::Public).await;
    let index = Index::open(&folder.path().join("index")).unwrap();
    let stop = CancellationToken::new();
    let progress = outbox::run(site.db.clone(), Arc::new(Indexer::new(&site, &index)), stop.clone()).await.unwrap();
    World { site, index, ada, board, progress, _stop: stop.drop_guard(), folder }
}

impl World {
    async fn topic(&self, title: &str, body: &str) -> (TopicId, EntryId) {
        let submission = Submission::Topic { board: self.board, title: title.into(), body: body.into() };
        let made = testing::publish(&self.site, &self.ada, submission).await;
        (made.topic.unwrap(), made.entry.unwrap())
    }

    async fn reply(&self, topic: TopicId, body: &str) -> EntryId {
        let submission = Submission::Post { topic, reply_to: None, body: body.into() };
        testing::publish(&self.site, &self.ada, submission).await.entry.unwrap()
    }

    async fn ask(&self, viewer: &Viewer, q: &str) -> Results {
        let caught_up = outbox::settle(&self.site.db, std::slice::from_ref(&self.progress));
        tokio::time::timeout(Duration::from_secs(20), caught_up).await.unwrap().unwrap();
        search(&self.site, &self.index, viewer, &parse(q).unwrap(), 1).await.unwrap()
    }

    /// Puts all documents into one segment. One that loses its last document is dropped anyway; only among living
    /// documents do deleted words stay unless something is done about them.
    async fn share_a_segment(&self, word: &str) {
        reindex(&self.site, &self.index, |_, _| {}).await.unwrap();
        assert!(on_disk(self.folder.path(), word));
    }

    async fn found(&self, q: &str) -> Vec<EntryId> {
        let results = self.ask(&Viewer::Guest, q).await;
        assert_eq!(results.total, results.hits.len());
        results.hits.into_iter().map(|hit| hit.entry.id).collect()
    }
}

/// Files of the index other than its own book-keeping.
fn segments(folder: &Path) -> Vec<PathBuf> {
    let files = std::fs::read_dir(folder.join("index")).unwrap().map(|file| file.unwrap().path());
    files.filter(|path| path.extension().is_some_and(|end| end != "json" && end != "lock")).collect()
}

fn on_disk(folder: &Path, word: &str) -> bool {
    segments(folder)
        .iter()
        .any(|path| std::fs::read(path).unwrap().windows(word.len()).any(|bytes| bytes == word.as_bytes()))
}

#[tokio::test]
async fn what_is_published_is_found_with_its_words_marked() {
    let world = world().await;
    let (topic, first) = world.topic("Valve amplifier hums", "The *rectifier* glows.").await;
    let second = world.reply(topic, "Check the café's Röhre; 東京の真空管 too.").await;
    assert_eq!(world.found("amplifier").await, [first]);
    assert_eq!(world.found("rectifier glows").await, [first]);
    assert_eq!(world.found("\"glows rectifier\"").await, []);
    assert_eq!(world.found("CAFE rohre").await, [second]);
    assert_eq!(world.found("真空管").await, [second]);
    assert_eq!(world.found("空真").await, []);
    assert_eq!(world.found("the -rectifier").await, [second]);
    let hit = world.ask(&Viewer::Guest, "rectifier").await.hits.remove(0);
    assert_eq!(hit.place.title, "Valve amplifier hums");
    assert!(hit.excerpt.contains(&("rectifier".to_owned(), true)), "{:?}", hit.excerpt);
}

#[tokio::test]
async fn what_is_taken_back_is_gone_from_the_results_and_from_the_disk() {
    let world = world().await;
    let (topic, first) = world.topic("Kept topic", "Plain first text.").await;
    let reply = world.reply(topic, "A word: quixotically.").await;
    assert_eq!(world.found("quixotically").await, [reply]);
    world.share_a_segment("quixotically").await;
    crate::moderation::remove(&world.site, &world.ada, reply).await.unwrap();
    assert_eq!(world.found("quixotically").await, []);
    assert!(!on_disk(world.folder.path(), "quixotically"));
    assert_eq!(world.found("plain").await, [first]);

    let late = world.reply(topic, "Some zephyrous weather.").await;
    assert_eq!(world.found("zephyrous").await, [late]);
    world.share_a_segment("zephyrous").await;
    crate::moderation::remove(&world.site, &world.ada, first).await.unwrap();
    assert_eq!(world.found("zephyrous").await, [], "a topic goes with its first post");
    assert!(!on_disk(world.folder.path(), "zephyrous"));
}

#[tokio::test]
async fn an_edit_replaces_the_words() {
    let world = world().await;
    let (_, entry) = world.topic("Before title", "An obsoleted text.").await;
    assert_eq!(world.found("obsoleted").await, [entry]);
    let (_, other) = world.topic("Bystander", "Untouched text.").await;
    assert_eq!(world.found("untouched").await, [other]);
    world.share_a_segment("obsoleted").await;
    let (title, body) = (Some("After title".to_owned()), "Replacement text.".to_owned());
    testing::publish(&world.site, &world.ada, Submission::Edit { entry, revision: 1, title, body }).await;
    assert_eq!(world.found("obsoleted").await, []);
    assert_eq!(world.found("before").await, []);
    assert_eq!(world.found("after replacement").await, [entry]);
    assert!(!on_disk(world.folder.path(), "obsoleted"));
}

#[tokio::test]
async fn nobody_finds_or_counts_what_they_may_not_read() {
    let world = world().await;
    let bo = testing::member(&world.site, "bo", Role::Member).await;
    let inner = testing::board(&world.site, "inner", Readers::Members).await;
    let staff = testing::board(&world.site, "staff", Readers::Staff).await;
    let admin = testing::member(&world.site, "chief", Role::Admin).await;
    testing::topic(&world.site, &world.ada, inner, "Wombat for members").await;
    testing::topic(&world.site, &admin, staff, "Wombat for staff").await;
    let closed = testing::room(&world.site, "closed", RoomAccess::Closed, &[&world.ada]).await;
    let direct = testing::room(&world.site, "direct", RoomAccess::Direct, &[&world.ada]).await;
    testing::message(&world.site, &world.ada, closed, "A wombat in a closed room").await;
    testing::message(&world.site, &world.ada, direct, "A wombat between two").await;
    let counts = async |viewer: &Viewer, q: &str| {
        let results = world.ask(viewer, q).await;
        (results.total, results.hits.len())
    };
    assert_eq!(counts(&Viewer::Guest, "wombat").await, (0, 0));
    assert_eq!(counts(&bo, "wombat").await, (1, 1));
    assert_eq!(counts(&world.ada, "wombat").await, (3, 3));
    assert_eq!(counts(&world.ada, "wombat in:chat").await, (2, 2));
    assert_eq!(counts(&world.ada, "wombat in:boards").await, (1, 1));
    assert_eq!(counts(&admin, "wombat").await, (3, 3), "a direct room is closed to admins as well");
}

#[tokio::test]
async fn a_title_weighs_more_and_newer_texts_come_first() {
    let mut world = world().await;
    let old = world.topic("First of two", "A heliograph here.").await.1;
    let now = world.site.clock.now();
    world.site = world.site.at(crate::clock::Clock::fixed(now.plus_s(400 * 86_400), 77));
    let new = world.topic("Other of two", "A heliograph here.").await.1;
    let titled = world.topic("Heliograph", "With other words in it.").await.1;
    assert_eq!(world.found("heliograph").await, [titled, new, old]);
}

#[tokio::test]
async fn hostile_queries_are_answered_at_once() {
    let world = world().await;
    world.topic("Some title", "Some text here.").await;
    let begun = Instant::now();
    for q in ["(some".repeat(5000), "\"some ".repeat(5000), "some \"".repeat(20_000), "東".repeat(40_000)] {
        world.found(&q).await;
    }
    for q in ["(".repeat(5000), "\"".repeat(5000), "-".repeat(100_000), "-some".to_owned()] {
        assert!(matches!(parse(&q), Err(Error::Invalid(_))));
    }
    assert!(begun.elapsed() < Duration::from_secs(5));
    let parsed = parse("some").unwrap();
    for page in [0, PAGES + 1, usize::MAX] {
        let refused = search(&world.site, &world.index, &Viewer::Guest, &parsed, page).await;
        assert!(matches!(refused, Err(Error::Invalid(_))));
    }
}

#[tokio::test]
async fn a_rebuild_finds_the_same_and_keeps_following() {
    let world = world().await;
    let (topic, first) = world.topic("Marimba", "Marimba one.").await;
    let gone = world.reply(topic, "Marimba two.").await;
    let third = world.reply(topic, "Marimba three.").await;
    crate::moderation::remove(&world.site, &world.ada, gone).await.unwrap();
    let before = world.found("marimba").await;
    assert_eq!(before.len(), 2);
    let steps = std::cell::RefCell::new(Vec::new());
    let done = reindex(&world.site, &world.index, |done, of| steps.borrow_mut().push((done, of))).await.unwrap();
    assert_eq!((done, steps.into_inner()), (3, vec![(3, 3)]));
    assert_eq!(world.found("marimba").await, before);
    let fourth = world.reply(topic, "Marimba four.").await;
    crate::moderation::remove(&world.site, &world.ada, third).await.unwrap();
    let mut after = world.found("marimba").await;
    after.sort_unstable();
    assert_eq!(after, [first, fourth]);
}

#[tokio::test]
async fn an_unfinished_an_older_and_a_damaged_index_are_built_anew() {
    let (site, folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let board = testing::board(&site, "radio", Readers::Public).await;
    testing::topic(&site, &ada, board, "Theremin").await;
    let path = folder.path().join("index");
    let open = || Index::open(&path).unwrap();
    let count =
        async |index: &Index| search(&site, index, &Viewer::Guest, &parse("theremin").unwrap(), 1).await.unwrap().total;
    assert!(open().is_fresh(), "there was none");
    let index = open();
    assert!(index.is_fresh(), "nothing was built yet");
    reindex(&site, &index, |_, _| {}).await.unwrap();
    assert_eq!(count(&index).await, 1);
    drop(index);
    let index = open();
    assert!(!index.is_fresh());
    assert_eq!(count(&index).await, 1);
    assert!(Index::open(&path).is_err(), "in use");
    drop(index);
    for (file, content) in [("version", "0"), ("meta.json", "{")] {
        std::fs::write(path.join(file), content).unwrap();
        let index = open();
        assert!(index.is_fresh(), "{file}");
        assert_eq!(count(&index).await, 0);
        reindex(&site, &index, |_, _| {}).await.unwrap();
        assert_eq!(count(&index).await, 1);
    }
}
