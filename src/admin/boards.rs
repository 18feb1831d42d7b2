//! Sections and boards: made, changed, archived; never deleted, because what was written there stays.

use std::collections::BTreeSet;

use super::moderators::{self, Changed};
use super::policy::{self, Choices, OfRule};
use super::{DESCRIPTION_CHARS, TITLE_CHARS, administer, public_line, store};
use crate::access::Viewer;
use crate::db::Tx;
use crate::entity::board::{self, Readers, Writers};
use crate::entity::place_role::PlaceKind;
use crate::entity::section;
use crate::error::{Error, Result};
use crate::ids::{BoardId, MemberId, SectionId};
use crate::publish;
use crate::site::Site;
use crate::text;

/// A section with its boards and their topics.
#[derive(Debug, Clone)]
pub struct Section {
    /// The section.
    pub section: section::Model,
    /// Its boards in order, with how many topics each has.
    pub boards: Vec<(board::Model, i64)>,
}

/// Every section in order, whoever may read its boards.
pub async fn sections(site: &Site, viewer: &Viewer) -> Result<Vec<Section>> {
    administer(viewer, None)?;
    let db = site.db.reads();
    let (boards, topics) = (store::boards(db).await?, store::topics(db).await?);
    let of = |section: &section::Model| {
        let here = boards.iter().filter(|board| board.section_id == section.id);
        here.map(|board| (board.clone(), topics.get(&board.id).copied().unwrap_or(0))).collect()
    };
    Ok(crate::http::store::sections(db)
        .await?
        .into_iter()
        .map(|section| Section { boards: of(&section), section })
        .collect())
}

/// Makes a section at the end of the page, or renames one.
pub async fn save_section(site: &Site, viewer: &Viewer, id: Option<SectionId>, title: &str) -> Result<SectionId> {
    administer(viewer, None)?;
    let title = public_line("title", title, TITLE_CHARS)?;
    site.db
        .write((id, title), |tx, command| async move { store::save_section(&*tx, command.0, &command.1).await })
        .await
}

/// A board as an admin wishes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BoardDraft {
    /// Section it stands in.
    pub section: SectionId,
    /// Title.
    pub title: String,
    /// Name in the URL; made from the title when empty.
    pub slug: String,
    /// One plain line; may be empty.
    pub description: String,
    /// Hue 1-8.
    pub colour: i16,
    /// Who may read.
    pub readers: Readers,
    /// Who may start topics.
    pub writers: Writers,
    /// Read only.
    pub archived: bool,
    /// Order in its section; at the end when absent.
    pub position: Option<i64>,
    /// What each rule does here.
    pub policy: Choices,
    /// Names of its moderators, separated by commas.
    pub moderators: String,
}

/// A board with everything its form shows; without one, what a new board begins with.
pub async fn board(
    site: &Site,
    viewer: &Viewer,
    id: Option<BoardId>,
) -> Result<(Option<board::Model>, Vec<OfRule>, Vec<String>)> {
    administer(viewer, None)?;
    let db = site.db.reads();
    let Some(id) = id else { return Ok((None, policy::settings(db, None).await?, Vec::new())) };
    let board = store::board(db, id).await?;
    let settings = policy::settings(db, Some(publish::board_place(&board))).await?;
    let moderators = moderators::names(db, (PlaceKind::Board, id.0)).await?;
    Ok((Some(board), settings, moderators))
}

struct Command {
    id: Option<BoardId>,
    draft: BoardDraft,
    moderators: BTreeSet<MemberId>,
    actor: MemberId,
    at: crate::clock::Moment,
}

/// Makes or changes a board, with its policy and its moderators.
///
/// # Errors
/// Not an admin; fields that cannot be used, private data in what everybody reads among them.
pub async fn save_board(site: &Site, viewer: &Viewer, id: Option<BoardId>, mut draft: BoardDraft) -> Result<BoardId> {
    administer(viewer, None)?;
    check(&mut draft)?;
    let moderators = moderators::parse(site.db.reads(), &draft.moderators).await?;
    let command = Command { id, draft, moderators, actor: viewer.member()?.id, at: site.clock.now() };
    let (id, changed) = site.db.write(command, |tx, command| async move { save(&tx, &command).await }).await?;
    changed.tell(site);
    // Whoever may no longer read it loses it at once.
    for member in site.hub.online() {
        site.hub.recheck(member);
    }
    Ok(id)
}

/// Brings the fields into the form they are stored in.
fn check(draft: &mut BoardDraft) -> Result<()> {
    draft.title = public_line("title", &draft.title, TITLE_CHARS)?;
    let wished = draft.slug.trim().to_lowercase();
    draft.slug = if wished.is_empty() { text::slug(&draft.title) } else { text::slug(&wished) };
    if !wished.is_empty() && draft.slug != wished {
        return Err(Error::field(
            "slug",
            "The name in the address may hold the letters a to z, digits and single hyphens, 60 at most.",
        ));
    }
    public_line("slug", &draft.slug, TITLE_CHARS)?;
    draft.description = if draft.description.trim().is_empty() {
        String::new()
    } else {
        public_line("description", &draft.description, DESCRIPTION_CHARS)?
    };
    if !(1..=8).contains(&draft.colour) {
        return Err(Error::field("colour", "Choose one of the eight colours."));
    }
    Ok(())
}

async fn save(tx: &Tx, command: &Command) -> Result<(BoardId, Changed)> {
    let Command { id, draft, moderators, actor, at } = command;
    if !store::has_section(&**tx, draft.section).await? {
        return Err(Error::field("section", "This section does not exist any more."));
    }
    if store::slug_is_taken(&**tx, &draft.slug, *id).await? {
        return Err(Error::field("slug", "Another board has this name in its address. Choose another one."));
    }
    let board = store::save_board(&**tx, *id, draft).await?;
    policy::store(tx, publish::board_place(&board), &draft.policy).await?;
    let changed = moderators::set(tx, (PlaceKind::Board, board.id.0), moderators, (*actor, *at)).await?;
    Ok((board.id, changed))
}
