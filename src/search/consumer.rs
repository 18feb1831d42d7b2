//! Keeping the index in step with the log, and building it anew.

use std::collections::BTreeSet;

use tantivy::TantivyDocument;
use tantivy::schema::Term;

use super::index::{Fields, Index, failed};
use super::store;
use crate::entity::entry::EntryKind;
use crate::entity::topic::{self, TopicState};
use crate::entries::Entry;
use crate::entries::store::by_ids;
use crate::error::{Error, Result};
use crate::ids::{EntryId, TopicId};
use crate::outbox::{self, Consumer, Event, EventKind, Handled};
use crate::site::Site;
use crate::text::{self, Profile};

/// The reader of the log that keeps the index.
pub struct Indexer {
    site: Site,
    index: Index,
}

/// What a batch changes.
#[derive(Default)]
struct Batch {
    docs: Vec<(EntryId, Option<TantivyDocument>)>,
    topics_gone: Vec<TopicId>,
    purge: bool,
}

impl Indexer {
    /// A reader for this index.
    pub fn new(site: &Site, index: &Index) -> Self {
        Self { site: site.clone(), index: index.clone() }
    }

    async fn step(&self, events: &[Event]) -> Result<()> {
        let ids: BTreeSet<EntryId> = events.iter().filter_map(|event| event.entry).collect();
        let purge = events.iter().any(|event| {
            matches!(event.kind, EventKind::EntryRemoved | EventKind::EntryMasked | EventKind::EntryEdited)
        });
        let batch = Batch { purge, ..gather(&self.site, self.index.fields(), ids.into_iter().collect()).await? };
        let index = self.index.clone();
        tokio::task::spawn_blocking(move || write(&index, batch)).await.map_err(Error::internal)?
    }
}

impl Consumer for Indexer {
    fn name(&self) -> &'static str {
        "search"
    }

    fn is_durable(&self) -> bool {
        true
    }

    fn handle<'a>(&'a self, events: &'a [Event]) -> Handled<'a> {
        Box::pin(self.step(events))
    }
}

/// Documents for these entries as they are now; none for what is not shown.
async fn gather(site: &Site, fields: &Fields, ids: Vec<EntryId>) -> Result<Batch> {
    let found = by_ids(site.db.reads(), ids.clone()).await?;
    let topics = store::topics(site.db.reads(), &found).await?;
    let mut batch = Batch {
        topics_gone: topics.iter().filter(|topic| topic.state != TopicState::Open).map(|topic| topic.id).collect(),
        ..Batch::default()
    };
    for id in ids {
        let entry = found.iter().find(|entry| entry.id == id && entry.is_shown());
        let topic = entry.and_then(|entry| topics.iter().find(|topic| Some(topic.id) == entry.topic));
        let doc = entry
            .filter(|entry| entry.room.is_some() || topic.is_some_and(|topic| topic.state == TopicState::Open))
            .map(|entry| document(fields, entry, topic));
        batch.docs.push((id, doc));
    }
    Ok(batch)
}

fn document(fields: &Fields, entry: &Entry, topic: Option<&topic::Model>) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_i64(fields.id, entry.id.0);
    doc.add_i64(fields.revision, entry.revision);
    if let Some(topic) = topic {
        doc.add_i64(fields.topic, topic.id.0);
        doc.add_i64(fields.board, topic.board_id.0);
        if entry.number == 1 {
            doc.add_text(fields.title, &topic.title);
        }
    }
    if let Some(room) = entry.room {
        doc.add_i64(fields.room, room.0);
    }
    let profile = if entry.kind == EntryKind::Message { Profile::Message } else { Profile::Post };
    let plain = text::render(&entry.source, profile).map_or_else(|_| entry.excerpt.clone(), |rendered| rendered.plain);
    doc.add_text(fields.body, plain);
    doc
}

fn write(index: &Index, batch: Batch) -> Result<()> {
    let fields = index.fields();
    let mut writer = index.writer();
    for topic in batch.topics_gone {
        writer.delete_term(Term::from_field_i64(fields.topic, topic.0));
    }
    for (id, doc) in batch.docs {
        writer.delete_term(Term::from_field_i64(fields.id, id.0));
        if let Some(doc) = doc {
            writer.add_document(doc).map_err(failed)?;
        }
    }
    writer.commit().map_err(failed)?;
    if batch.purge {
        // What was taken back leaves the disk, not only the results.
        let metas = writer.index().searchable_segment_metas().map_err(failed)?;
        let stale: Vec<_> =
            metas.iter().filter(|meta| meta.num_deleted_docs() > 0).map(tantivy::SegmentMeta::id).collect();
        if !stale.is_empty() {
            writer.merge(&stale).wait().map_err(failed)?;
            drop(writer.garbage_collect_files().wait());
        }
    }
    drop(writer);
    index.reload()
}

/// Entries in one step of a rebuild.
const STEP: u64 = 500;

/// Builds the index anew from the database, in order of id, while it goes on serving. Returns how many entries it holds.
pub async fn reindex(site: &Site, index: &Index, progress: impl Fn(u64, u64)) -> Result<u64> {
    let (total, head) = (store::count(site.db.reads()).await?, outbox::last(&site.db).await?);
    let (mut done, mut last) = (0, EntryId(0));
    loop {
        let ids = store::after(site.db.reads(), last, STEP).await?;
        let Some(end) = ids.last().copied() else { break };
        done += ids.len() as u64;
        last = end;
        let batch = gather(site, index.fields(), ids).await?;
        let writing = index.clone();
        tokio::task::spawn_blocking(move || write(&writing, batch)).await.map_err(Error::internal)??;
        progress(done, total);
    }
    outbox::save(&site.db, "search", head).await?;
    Ok(done)
}
