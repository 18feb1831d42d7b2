//! Where one writes: a form that publishes, and its page. What is refused comes back with its text.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use super::super::pages::{self, Around};
use super::super::store::Readings;
use super::super::views::{Composer, PostView, WritePage};
use super::super::{self as boards};
use crate::access::Viewer;
use crate::entries::Entry;
use crate::entries::store as entries;
use crate::entries::views::{SafeHtml, Stamp, WarningView};
use crate::error::{Error, Result};
use crate::http::forms::Sending;
use crate::http::layout::Tab;
use crate::http::page::{Visit, page};
use crate::http::{Sender, problem};
use crate::ids::{BoardId, EntryId};
use crate::limits::{Key, Quota};
use crate::publish::{self, Outcome, Published, Submission};
use crate::site::Site;
use crate::text::Profile;

/// The form of a post or topic.
#[derive(Deserialize, Clone, Default)]
pub struct Writing {
    #[serde(flatten)]
    sending: Sending,
    #[serde(default)]
    pub body: String,
    pub title: Option<String>,
    pub board: Option<BoardId>,
    pub reply_to: Option<EntryId>,
    pub revision: Option<i64>,
}

/// Where the way back leads: address and words.
pub type Back = (String, String);

/// A page with a form that publishes.
pub struct Desk<'a> {
    pub visit: &'a Visit,
    pub heading: String,
    pub back: Back,
    /// The post that is answered.
    pub parent: Option<PostView>,
    pub composer: Composer,
}

impl Desk<'_> {
    /// The page.
    pub fn show(self, status: StatusCode) -> Result<Response> {
        let layout = self.visit.chrome.layout(&self.heading, Tab::Boards);
        let Self { heading, back, parent, composer, .. } = self;
        page(status, &WritePage { layout, heading, back, parent, composer })
    }

    /// Takes a submission; answers with where it stands, or with the form, its text, and what to do.
    pub async fn submit(mut self, submission: Submission, form: Writing, Sender(address): Sender) -> Result<Response> {
        let Visit { site, viewer, .. } = self.visit;
        if form.sending.choice == "preview" || form.sending.choice == "edit" {
            site.limits.check(Quota::Preview, Key::Member(viewer.member()?.id), address)?;
            return self.preview(&form).await;
        }
        match publish::publish(site, viewer, submission, form.sending.envelope(address)).await {
            Ok(Outcome::Published(published)) => {
                Ok(Redirect::to(&landing(site, viewer, &published).await?).into_response())
            }
            Ok(Outcome::Held(_)) => Ok(Redirect::to("/my/held").into_response()),
            Ok(Outcome::Warned(warning)) => {
                self.composer.warning = Some(WarningView::new(&warning));
                self.show(StatusCode::UNPROCESSABLE_ENTITY)
            }
            Err(error @ (Error::SignInNeeded | Error::NotFound | Error::Internal(_))) => Err(error),
            Err(error) => {
                self.composer.error = Some(error.message().into_owned());
                self.show(problem::status(&error))
            }
        }
    }

    /// The form once more, with what its text would look like if that was asked for.
    async fn preview(mut self, form: &Writing) -> Result<Response> {
        if form.sending.choice == "preview" {
            match publish::preview(form.body.clone(), Profile::Post).await {
                Ok(preview) => self.composer.preview = Some(SafeHtml(preview.html)),
                Err(error) => self.composer.error = Some(error.message().into_owned()),
            }
        }
        self.show(StatusCode::OK)
    }
}

async fn landing(site: &Site, viewer: &Viewer, published: &Published) -> Result<String> {
    let entry = publish::visible(site, viewer, published.entry.ok_or(Error::NotFound)?).await?;
    pages::address(site, viewer, &entry).await
}

/// An empty form.
pub fn blank(site: &Site, action: &str, button: &'static str) -> Composer {
    Composer { action: action.to_owned(), nonce: site.clock.token(), button, ..Composer::default() }
}

/// A form with what was typed into it.
pub fn kept(form: &Writing, action: &str, button: &'static str) -> Composer {
    Composer {
        action: action.to_owned(),
        nonce: form.sending.nonce.clone(),
        button,
        body: form.body.clone(),
        reply_to: form.reply_to.map(|id| id.0),
        revision: form.revision,
        ..Composer::default()
    }
}

/// The rules that the viewer is asked about where an entry stands.
pub async fn asked(Visit { site, viewer, .. }: &Visit, id: EntryId) -> Result<Option<String>> {
    let row = publish::visible(site, viewer, id).await?;
    let place = publish::place(site, viewer, &row).await?;
    publish::asked(site, viewer, place).await.map(Some)
}

/// A post or message with its view and the way back, for the pages around one entry.
pub async fn one_entry(Visit { site, viewer, .. }: &Visit, id: EntryId) -> Result<(Entry, PostView, Back)> {
    let row = publish::visible(site, viewer, id).await?;
    let entry = entries::one(site.db.reads(), id).await?;
    let Some(topic) = entry.topic else {
        let view = PostView {
            id: id.0,
            number: entry.number,
            author: (&entry.author).into(),
            at: Stamp::new(entry.at, site.clock.now()),
            html: SafeHtml(entry.html.clone()),
            revision: entry.revision,
            ..PostView::default()
        };
        return Ok((entry, view, (pages::address(site, viewer, &row).await?, "Chat".to_owned())));
    };
    let opened = boards::open(site, viewer, topic).await?;
    let readings = Readings::load(site.db.reads(), &Viewer::Guest, []).await?;
    let around = Around { opened: &opened, viewer, now: site.clock.now(), readings: &readings, target: None };
    let view = pages::post(&around, &entry);
    let back = (format!("{}/{}", pages::topic_url(&opened.topic), entry.number), opened.topic.title.clone());
    Ok((entry, view, back))
}
