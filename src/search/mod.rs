//! Search over boards and chat together. The viewer's readable places are part of the query, never a filter after it.
//!
//! The only home of tantivy. User text never reaches its query parser, which can be made to overflow the stack.

mod consumer;
mod excerpt;
pub mod html;
mod index;
pub mod json;
mod query;
mod store;
#[cfg(test)]
mod tests;
mod tokens;
pub mod views;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{BooleanQuery, ConstScoreQuery, Occur, Query, TermSetQuery};
use tantivy::schema::{Term, Value};
use tantivy::{DocId, Score, SegmentReader, TantivyDocument};

use crate::access::Viewer;
use crate::clock::Moment;
use crate::entries::store as entries;
use crate::entries::{Entry, Scope};
use crate::error::{Error, Result};
use crate::ids::EntryId;
use crate::site::Site;

pub use consumer::{Indexer, reindex};
pub use index::Index;
pub use query::{Parsed, Place, parse};

/// Results on a page.
pub const HITS: usize = 20;
/// Last page that can be asked for: searching deeper is a question put the wrong way.
pub const PAGES: usize = 20;

/// A page of results.
#[derive(Debug, Clone)]
pub struct Results {
    /// The query as it was understood.
    pub understood: String,
    /// How many there are in all.
    pub total: usize,
    /// Best first.
    pub hits: Vec<Hit>,
    /// Whether there is another page.
    pub more: bool,
}

/// One result.
#[derive(Debug, Clone)]
pub struct Hit {
    /// The entry as it is now.
    pub entry: Entry,
    /// Where it stands.
    pub place: store::Placed,
    /// Its text around what was found: stretches, and whether each is what was found.
    pub excerpt: Vec<(String, bool)>,
}

/// Searches as a viewer.
///
/// # Errors
/// The query is empty, or the page is beyond the last.
pub async fn search(site: &Site, index: &Index, viewer: &Viewer, parsed: &Parsed, page: usize) -> Result<Results> {
    if page == 0 || page > PAGES {
        return Err(Error::field("page", "Results go up to page 20. Ask for something narrower."));
    }
    let scope = entries::scope(&site.db, viewer).await?;
    let (searching, wanted, within, now) = (index.clone(), parsed.clone(), scope.clone(), site.clock.now());
    let (total, found) = tokio::task::spawn_blocking(move || run(&searching, &wanted, &within, (page, now)))
        .await
        .map_err(Error::internal)??;
    let more = found.len() > HITS && page < PAGES;
    let found: Vec<_> = found.into_iter().take(HITS).collect();
    let rows = entries::by_ids(site.db.reads(), found.iter().map(|hit| hit.0).collect()).await?;
    let places = store::places(site.db.reads(), &rows, &scope).await?;
    let hits = found.iter().filter_map(|(id, revision, text)| {
        let entry = rows.iter().find(|entry| entry.id == *id && entry.is_shown())?.clone();
        let place = places.iter().find(|(of, _)| *of == entry.id).map(|(_, place)| place.clone())?;
        let text = if *revision == entry.revision { text.as_str() } else { entry.excerpt.as_str() };
        let excerpt = excerpt::around(text, parsed);
        Some(Hit { entry, place, excerpt })
    });
    Ok(Results { understood: parsed.understood.clone(), total, hits: hits.collect(), more })
}

type Found = (EntryId, i64, String);

fn run(index: &Index, parsed: &Parsed, scope: &Scope, (page, now): (usize, Moment)) -> Result<(usize, Vec<Found>)> {
    let fields = index.fields();
    let boards = scope.boards.iter().map(|id| Term::from_field_i64(fields.board, id.0));
    let rooms = scope.rooms.iter().map(|id| Term::from_field_i64(fields.room, id.0));
    let terms: Vec<Term> = match parsed.place {
        Place::Everywhere => boards.chain(rooms).collect(),
        Place::Boards => boards.collect(),
        Place::Chat => rooms.collect(),
    };
    let readable: Box<dyn Query> = Box::new(ConstScoreQuery::new(Box::new(TermSetQuery::new(terms)), 0.0));
    let query = BooleanQuery::new(vec![(Occur::Must, readable), (Occur::Must, parsed.query(fields))]);
    let searcher = index.searcher();
    let top = TopDocs::with_limit(HITS + 1).and_offset((page - 1) * HITS).tweak_score(newer_first(now));
    let (docs, total) = searcher.search(&query, &(top, Count)).map_err(index::failed)?;
    let mut found = Vec::with_capacity(docs.len());
    for (_, address) in docs {
        let doc: TantivyDocument = searcher.doc(address).map_err(index::failed)?;
        let number = |field| doc.get_first(field).and_then(|value| value.as_i64()).unwrap_or(0);
        let text = doc.get_first(fields.body).and_then(|value| value.as_str()).unwrap_or_default().to_owned();
        found.push((EntryId(number(fields.id)), number(fields.revision), text));
    }
    Ok((total, found))
}

/// How much more the newest text weighs than the oldest, all else equal.
const NEWNESS: Score = 0.1;
/// Age at which half of that is left, in days.
const HALF_DAYS: Score = 90.0;

/// Among texts that fit about as well, the newer ones come first.
fn newer_first(now: Moment) -> impl Fn(&SegmentReader) -> Box<dyn Fn(DocId, Score) -> Score> + Send + Sync {
    move |segment: &SegmentReader| {
        // Without the column every text counts as old: the order is a little worse, the search still answers.
        let published = segment.fast_fields().i64(index::AT).ok().map(|column| column.first_or_default_col(0));
        Box::new(move |doc, score| {
            let at = Moment(published.as_ref().map_or(0, |column| column.get_val(doc)));
            let hours = u16::try_from(now.since_s(at) / 3600).unwrap_or(u16::MAX);
            let days = Score::from(hours) / 24.0;
            score * (1.0 + NEWNESS * HALF_DAYS / (HALF_DAYS + days))
        })
    }
}
