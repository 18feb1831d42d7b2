//! The search index as it lies on the disk: the words and the stored texts of every segment, those of deleted documents
//! too, and that no file is left of a segment that is gone.

use std::path::Path;

use tantivy::TantivyDocument;
use tantivy::schema::{FieldType, Schema};

/// The parts of the values that the index would know as words.
const WORDS: [&str; 9] =
    ["1488", "0343", "6467", "5678", "qzmara", "okafor", "purplekaffee390", "gb67", "0f9e8d7c6b5a4938271605f4e3d2c1b0"];

/// Words and stored texts in which a value stands, and files that belong to no living segment.
pub fn singing(data: &Path) -> Vec<String> {
    let folder = data.join("index");
    let index = tantivy::Index::open_in_dir(&folder).unwrap();
    let mut found = strays(&folder, &index);
    let searcher = index.reader().unwrap().searcher();
    for segment in searcher.segment_readers() {
        for (field, entry) in index.schema().fields() {
            if !matches!(entry.field_type(), FieldType::Str(_)) {
                continue;
            }
            let inverted = segment.inverted_index(field).unwrap();
            let mut terms = inverted.terms().stream().unwrap();
            while terms.advance() {
                let term = String::from_utf8_lossy(terms.key()).into_owned();
                if WORDS.contains(&term.as_str()) {
                    found.push(format!("the word {term}"));
                }
            }
        }
        let store = segment.get_store_reader(1).unwrap();
        let texts = store.iter::<TantivyDocument>(None).map(|document| text(&document.unwrap(), &index.schema()));
        found.extend(texts.filter(|text| !super::sung(text).is_empty()));
    }
    found
}

fn text(document: &TantivyDocument, schema: &Schema) -> String {
    use tantivy::Document;
    document.to_json(schema)
}

fn strays(folder: &Path, index: &tantivy::Index) -> Vec<String> {
    let living: Vec<String> =
        index.searchable_segment_metas().unwrap().iter().map(|segment| segment.id().uuid_string()).collect();
    let names = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let own = |name: &String| name.starts_with('.') || name == "meta.json" || name == "version";
    names.filter(|name| !own(name) && !living.iter().any(|id| name.starts_with(id))).collect()
}
