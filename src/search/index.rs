//! The index on disk: its schema, opening it, rebuilding it when it does not fit, reading and writing.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher};
use tokio::sync::{Mutex as AsyncMutex, MutexGuard as AsyncMutexGuard};

use super::tokens::Words;
use crate::error::{Error, Result};

/// Raised whenever the schema or the words of a text change; another number on disk means building anew.
const VERSION: &str = "2";
/// File beside the index that names the version of a finished one.
const STAMP: &str = "version";
/// Memory for documents that are not written yet.
const BUFFER: usize = 32 * 1024 * 1024;

/// Name of the field with the moment of publication, in milliseconds.
pub(super) const AT: &str = "at";

/// The fields of a document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub(super) id: Field,
    pub(super) topic: Field,
    pub(super) board: Field,
    pub(super) room: Field,
    pub(super) at: Field,
    pub(super) revision: Field,
    pub(super) title: Field,
    pub(super) body: Field,
}

/// The search index; cheap to clone.
#[derive(Clone)]
pub struct Index(Arc<Inner>);

struct Inner {
    fields: Fields,
    reader: IndexReader,
    writer: Mutex<IndexWriter>,
    turn: AsyncMutex<()>,
    folder: PathBuf,
    fresh: bool,
}

/// A failure of the index, without the text it may hold.
pub fn failed(error: tantivy::TantivyError) -> Error {
    let kind = match error {
        tantivy::TantivyError::IoError(error) => format!("search index: {}", error.kind()),
        tantivy::TantivyError::DataCorruption(_) => "search index: damaged".to_owned(),
        tantivy::TantivyError::LockFailure(..) => "search index: in use by another process".to_owned(),
        _ => "search index failed".to_owned(),
    };
    Error::internal(kind)
}

fn schema() -> (Schema, Fields) {
    let mut schema = SchemaBuilder::new();
    let words =
        TextFieldIndexing::default().set_tokenizer("words").set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let text = TextOptions::default().set_indexing_options(words);
    let fields = Fields {
        id: schema.add_i64_field("id", INDEXED | STORED),
        topic: schema.add_i64_field("topic", INDEXED),
        board: schema.add_i64_field("board", INDEXED),
        room: schema.add_i64_field("room", INDEXED),
        at: schema.add_i64_field(AT, FAST),
        revision: schema.add_i64_field("revision", STORED),
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text | STORED),
    };
    (schema.build(), fields)
}

impl Index {
    /// Opens the index, or makes an empty one where there is none, an unfinished one, another version, or a damaged one.
    ///
    /// # Errors
    /// Another process has it open, or the folder cannot be used.
    pub fn open(folder: &Path) -> Result<Self> {
        let fits = std::fs::read_to_string(folder.join(STAMP)).is_ok_and(|version| version == VERSION);
        if fits {
            match Self::at(folder, false) {
                Ok(index) => return Ok(index),
                Err(error) if folder.join(".tantivy-writer.lock").exists() && error.to_string().contains("in use") => {
                    return Err(error);
                }
                Err(error) => tracing::warn!(cause = %error, "the search index is built anew"),
            }
        }
        drop(std::fs::remove_dir_all(folder));
        std::fs::create_dir_all(folder).map_err(Error::internal)?;
        Self::at(folder, true)
    }

    fn at(folder: &Path, fresh: bool) -> Result<Self> {
        let (schema, fields) = schema();
        let files =
            tantivy::directory::MmapDirectory::open(folder).map_err(|_| Error::internal("search index: folder"))?;
        let index = tantivy::Index::open_or_create(files, schema).map_err(failed)?;
        index.tokenizers().register("words", Words);
        let writer = index.writer_with_num_threads(1, BUFFER).map_err(failed)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        let (writer, turn, folder) = (Mutex::new(writer), AsyncMutex::new(()), folder.to_owned());
        Ok(Self(Arc::new(Inner { fields, reader, writer, turn, folder, fresh })))
    }

    /// Notes that it holds everything. An index without this note is built anew when it is opened the next time, so that
    /// a rebuild that was cut off, or an empty index that somebody only looked at, never passes for a whole one.
    pub(super) fn complete(&self) -> Result<()> {
        std::fs::write(self.0.folder.join(STAMP), VERSION).map_err(Error::internal)
    }

    /// Waits until nobody else changes the index: a rebuild and a reader of the log must not commit each other's halves.
    pub(super) async fn turn(&self) -> AsyncMutexGuard<'_, ()> {
        self.0.turn.lock().await
    }

    /// Whether it was made when it was opened and held nothing then.
    pub fn is_fresh(&self) -> bool {
        self.0.fresh
    }

    pub(super) fn fields(&self) -> &Fields {
        &self.0.fields
    }

    pub(super) fn searcher(&self) -> Searcher {
        self.0.reader.searcher()
    }

    pub(super) fn writer(&self) -> MutexGuard<'_, IndexWriter> {
        self.0.writer.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn reload(&self) -> Result<()> {
        self.0.reader.reload().map_err(failed)
    }
}
