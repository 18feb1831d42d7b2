//! The index on disk: its schema, opening it, rebuilding it when it does not fit, reading and writing.

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::schema::{
    Field, INDEXED, IndexRecordOption, STORED, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::{IndexReader, IndexWriter, ReloadPolicy, Searcher};

use super::tokens::Words;
use crate::error::{Error, Result};

/// Raised whenever the schema or the words of a text change; another number on disk means building anew.
const VERSION: &str = "1";
/// Memory for documents that are not written yet.
const BUFFER: usize = 32 * 1024 * 1024;

/// The fields of a document.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    pub(super) id: Field,
    pub(super) topic: Field,
    pub(super) board: Field,
    pub(super) room: Field,
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
        revision: schema.add_i64_field("revision", STORED),
        title: schema.add_text_field("title", text.clone()),
        body: schema.add_text_field("body", text | STORED),
    };
    (schema.build(), fields)
}

impl Index {
    /// Opens the index, or makes an empty one where there is none, another version, or a damaged one.
    pub fn open(folder: &Path) -> Result<Self> {
        let stamp = folder.join("version");
        let fits = std::fs::read_to_string(&stamp).is_ok_and(|version| version == VERSION);
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
        let index = Self::at(folder, true)?;
        std::fs::write(stamp, VERSION).map_err(Error::internal)?;
        Ok(index)
    }

    fn at(folder: &Path, fresh: bool) -> Result<Self> {
        let (schema, fields) = schema();
        let folder =
            tantivy::directory::MmapDirectory::open(folder).map_err(|_| Error::internal("search index: folder"))?;
        let index = tantivy::Index::open_or_create(folder, schema).map_err(failed)?;
        index.tokenizers().register("words", Words);
        let writer = index.writer_with_num_threads(1, BUFFER).map_err(failed)?;
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().map_err(failed)?;
        Ok(Self(Arc::new(Inner { fields, reader, writer: Mutex::new(writer), fresh })))
    }

    /// Whether it was made just now and holds nothing.
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
