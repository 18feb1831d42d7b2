//! What happens to an entry afterwards: edits, their history, and its removal.

use axum::extract::Path;
use axum::http::StatusCode;
use axum::response::{Redirect, Response};
use axum_extra::extract::Form;

use super::super::pages;
use super::super::views::{Composer, HistoryPage, RemovePage};
use super::desk::{Back, Desk, Writing, asked, blank, kept, one_entry};
use crate::access::{self, Action, Target};
use crate::entries::Entry;
use crate::entries::store as entries;
use crate::entries::views::{SafeHtml, Stamp};
use crate::error::{Error, Result};
use crate::http::Sender;
use crate::http::layout::Tab;
use crate::http::page::{Visit, page};
use crate::ids::EntryId;
use crate::publish::{self, Submission};

fn desk(visit: &Visit, back: Back, composer: Composer) -> Desk<'_> {
    Desk { visit, heading: "Edit".to_owned(), back, parent: None, composer }
}

pub async fn show(visit: Visit, Path(id): Path<EntryId>) -> Result<Response> {
    let (entry, back, title) = editable(&visit, id).await?;
    let composer = Composer {
        title,
        body: entry.source.clone(),
        revision: Some(entry.revision),
        asks: asked(&visit, id).await?,
        ..blank(&visit.site, &format!("/p/{id}/edit"), "Save")
    };
    desk(&visit, back, composer).show(StatusCode::OK)
}

/// An entry that the viewer may change, the way back, and its title if it is a topic's first post.
async fn editable(visit: &Visit, id: EntryId) -> Result<(Entry, Back, Option<String>)> {
    let Visit { site, viewer, .. } = visit;
    viewer.member()?;
    let (entry, _, back) = one_entry(visit, id).await?;
    let row = publish::visible(site, viewer, id).await?;
    let place = publish::place(site, viewer, &row).await?;
    let target = Target { author: Some(entry.author.id), removed: !entry.is_shown(), ..Target::default() };
    access::decide(viewer, Action::Edit, place, target)?;
    let title = (entry.topic.is_some() && entry.number == 1).then(|| back.1.clone());
    Ok((entry, back, title))
}

pub async fn save(visit: Visit, from: Sender, Path(id): Path<EntryId>, Form(form): Form<Writing>) -> Result<Response> {
    let (entry, back, title) = editable(&visit, id).await?;
    let revision = form.revision.ok_or_else(|| Error::field("revision", "Load the page again before saving."))?;
    let title = title.map(|old| form.title.clone().unwrap_or(old));
    let asks = asked(&visit, id).await?;
    let mut composer = Composer { title: title.clone(), asks, ..kept(&form, &format!("/p/{id}/edit"), "Save") };
    if revision != entry.revision && entry.source != form.body {
        composer.theirs = Some(entry.source.clone());
        composer.revision = Some(entry.revision);
    }
    let submission = Submission::Edit { entry: id, revision, title, body: form.body.clone() };
    desk(&visit, back, composer).submit(submission, form, from).await
}

pub async fn history(visit: Visit, Path(id): Path<EntryId>) -> Result<Response> {
    let (entry, _, back) = one_entry(&visit, id).await?;
    if !entry.is_shown() {
        return Err(Error::NotFound);
    }
    let now = visit.site.clock.now();
    let current =
        (entry.revision, Stamp::new(entry.edited_at.unwrap_or(entry.at), now), SafeHtml(entry.html.clone()), false);
    let earlier = entries::revisions(visit.site.db.reads(), id).await?;
    let earlier =
        earlier.into_iter().map(|old| (old.revision, Stamp::new(old.at, now), SafeHtml(old.html), old.redacted != 0));
    let view = HistoryPage {
        layout: visit.chrome.layout("Edits", Tab::Boards),
        back,
        author: (&entry.author).into(),
        revisions: [current].into_iter().chain(earlier).collect(),
    };
    page(StatusCode::OK, &view)
}

pub async fn remove_page(visit: Visit, Path(id): Path<EntryId>) -> Result<Response> {
    visit.viewer.member()?;
    let (_, post, back) = one_entry(&visit, id).await?;
    page(StatusCode::OK, &RemovePage { layout: visit.chrome.layout("Remove", Tab::Boards), back, post })
}

pub async fn remove(Visit { site, viewer, .. }: Visit, Path(id): Path<EntryId>) -> Result<Redirect> {
    viewer.member()?;
    let row = publish::visible(&site, &viewer, id).await?;
    crate::moderation::remove(&site, &viewer, id).await?;
    let gone_topic = row.topic_id.is_some() && row.number == Some(1);
    Ok(Redirect::to(&if gone_topic { "/".to_owned() } else { pages::address(&site, &viewer, &row).await? }))
}
