//! Keeping the index in step with the log, and building it anew.

use std::collections::BTreeSet;

use tantivy::query::AllQuery;
use tantivy::schema::Term;
use tantivy::{IndexWriter, TantivyDocument};

use super::index::{Fields, Index, failed};
use super::store;
use crate::entity::entry::EntryKind;
use crate::entity::topic::{self, TopicState};
use crate::entries::Entry;
use crate::entries::store::by_ids;
use crate::error::{Error, Result};
use crate::ids::EntryId;
use crate::outbox::{self, Consumer, Event, EventKind, Handled};
use crate::site::Site;
use crate::text::{self, Profile};

/// The reader of the log that keeps the index.
pub struct Indexer {
    site: Site,
    index: Index,
}

/// Entries as they are now, with their topics.
struct Batch {
    ids: Vec<EntryId>,
    entries: Vec<Entry>,
    topics: Vec<topic::Model>,
}

impl Indexer {
    /// A reader for this index.
    pub fn new(site: &Site, index: &Index) -> Self {
        Self { site: site.clone(), index: index.clone() }
    }

    async fn step(&self, events: &[Event]) -> Result<()> {
        let ids: BTreeSet<EntryId> = events.iter().filter_map(|event| event.entry).collect();
        if ids.is_empty() {
            return Ok(());
        }
        let purge = events.iter().any(|event| {
            matches!(event.kind, EventKind::EntryRemoved | EventKind::EntryMasked | EventKind::EntryEdited)
        });
        let _turn = self.index.turn().await;
        let batch = gather(&self.site, ids.into_iter().collect()).await?;
        let index = self.index.clone();
        tokio::task::spawn_blocking(move || follow(&index, &batch, purge)).await.map_err(Error::internal)?
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

async fn gather(site: &Site, ids: Vec<EntryId>) -> Result<Batch> {
    let entries = by_ids(site.db.reads(), ids.clone()).await?;
    let topics = store::topics(site.db.reads(), &entries).await?;
    Ok(Batch { ids, entries, topics })
}

impl Batch {
    /// Documents for what is shown.
    fn documents<'a>(&'a self, fields: &'a Fields) -> impl Iterator<Item = TantivyDocument> + 'a {
        self.entries.iter().filter(|entry| entry.is_shown()).filter_map(|entry| {
            let topic = self.topics.iter().find(|topic| Some(topic.id) == entry.topic);
            let open = topic.is_some_and(|topic| topic.state == TopicState::Open);
            (entry.room.is_some() || open).then(|| document(fields, entry, topic))
        })
    }
}

fn document(fields: &Fields, entry: &Entry, topic: Option<&topic::Model>) -> TantivyDocument {
    let mut doc = TantivyDocument::default();
    doc.add_i64(fields.id, entry.id.0);
    doc.add_i64(fields.revision, entry.revision);
    doc.add_i64(fields.at, entry.at.0);
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
    // Masking may have made a text longer than one may write.
    let plain = text::render_masked(&entry.source, profile);
    doc.add_text(fields.body, plain.map_or_else(|_| entry.excerpt.clone(), |rendered| rendered.plain));
    doc
}

/// Changes the index and undoes the change when it fails half way; the writer is as good as new afterwards.
fn change<T>(index: &Index, work: impl FnOnce(&mut IndexWriter) -> tantivy::Result<T>) -> Result<T> {
    let mut writer = index.writer();
    work(&mut writer).map_err(|error| {
        if let Err(again) = writer.rollback() {
            tracing::warn!(cause = %failed(again), "the search index could not undo a change");
        }
        failed(error)
    })
}

fn follow(index: &Index, batch: &Batch, purge: bool) -> Result<()> {
    let fields = index.fields();
    change(index, |writer| {
        for topic in batch.topics.iter().filter(|topic| topic.state != TopicState::Open) {
            writer.delete_term(Term::from_field_i64(fields.topic, topic.id.0));
        }
        for id in &batch.ids {
            writer.delete_term(Term::from_field_i64(fields.id, id.0));
        }
        for document in batch.documents(fields) {
            writer.add_document(document)?;
        }
        writer.commit()
    })?;
    index.reload()?;
    if purge { forget(index) } else { Ok(()) }
}

/// Makes deleted words leave the disk, not only the results.
fn forget(index: &Index) -> Result<()> {
    let merged = change(index, |writer| {
        let metas = writer.index().searchable_segment_metas()?;
        let stale = metas.iter().filter(|meta| meta.num_deleted_docs() > 0);
        let stale: Vec<_> = stale.map(tantivy::SegmentMeta::id).collect();
        if !stale.is_empty() {
            writer.merge(&stale).wait()?;
        }
        Ok(!stale.is_empty())
    })?;
    if merged {
        // A file stays as long as a description of its segment is alive, so this comes after `metas` is gone.
        change(index, |writer| writer.garbage_collect_files().wait())?;
        index.reload()?;
    }
    Ok(())
}

/// Entries in one step of a rebuild.
const STEP: u64 = 500;

/// Builds the index anew from the database, in order of id. What was there before answers until the end, when the new
/// takes its place at once; the reader of the log waits so long. Returns how many entries it went through.
///
/// # Errors
/// The database or the index fails; the index is then as it was before.
pub async fn reindex(site: &Site, index: &Index, progress: impl Fn(u64, u64)) -> Result<u64> {
    let _turn = index.turn().await;
    let head = outbox::last(&site.db).await?;
    match rebuild(site, index, progress).await {
        Ok(done) => {
            blocking(index, finish).await?;
            outbox::save(&site.db, "search", head).await?;
            Ok(done)
        }
        Err(error) => {
            blocking(index, |index| change(index, IndexWriter::rollback).map(drop)).await?;
            Err(error)
        }
    }
}

async fn rebuild(site: &Site, index: &Index, progress: impl Fn(u64, u64)) -> Result<u64> {
    // Not `delete_all_documents`: it turns the writer's clock back, and a deletion soon after a rebuild may then be lost.
    blocking(index, |index| change(index, |writer| writer.delete_query(Box::new(AllQuery))).map(drop)).await?;
    let total = store::count(site.db.reads()).await?;
    let (mut done, mut last) = (0, EntryId(0));
    loop {
        let ids = store::after(site.db.reads(), last, STEP).await?;
        let Some(end) = ids.last().copied() else { return Ok(done) };
        done += ids.len() as u64;
        last = end;
        let batch = gather(site, ids).await?;
        blocking(index, move |index| {
            let mut documents = batch.documents(index.fields());
            change(index, |writer| documents.try_for_each(|document| writer.add_document(document).map(drop)))
        })
        .await?;
        progress(done, total);
    }
}

fn finish(index: &Index) -> Result<()> {
    change(index, IndexWriter::commit)?;
    index.reload()?;
    change(index, |writer| writer.garbage_collect_files().wait())?;
    index.complete()
}

/// Runs what waits for the disk beside the async threads.
async fn blocking<F>(index: &Index, work: F) -> Result<()>
where
    F: FnOnce(&Index) -> Result<()> + Send + 'static,
{
    let index = index.clone();
    tokio::task::spawn_blocking(move || work(&index)).await.map_err(Error::internal)?
}
