//! Pages: their frame for whoever asks, what a handler of one takes, and how it answers.

use askama::Template;
use axum::extract::{FromRef, FromRequestParts};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{Html, IntoResponse, Redirect, Response};

use super::cookies::{self, Secret};
use super::layout::{Layout, SideBoard, SideSection, Tab, ViewerChip};
use super::{assets, csrf, store};
use crate::access::Viewer;
use crate::entity::member::Theme;
use crate::error::{Error, Result};
use crate::site::Site;

/// What the frame needs, loaded once a request. As an extractor it comes with every page handler.
#[derive(Debug, Clone, Default)]
pub struct Chrome(Layout);

impl Chrome {
    /// The frame of a page.
    pub fn layout(&self, title: &str, tab: Tab) -> Layout {
        Layout { title: title.to_owned(), tab, ..self.0.clone() }
    }

    /// The frame of a page that belongs to a board.
    pub fn on_board(&self, title: &str, board: crate::ids::BoardId) -> Layout {
        Layout { board: board.0, ..self.layout(title, Tab::Boards) }
    }

    /// A frame without anything that has to be looked up, for when looking up fails.
    pub fn bare(site: &Site) -> Self {
        Self(Layout { build: assets::BUILD, site: site.config.site_name.clone(), ..Layout::default() })
    }

    /// Loads the frame.
    pub async fn load(site: &Site, viewer: &Viewer, headers: &HeaderMap, secret: Option<Secret>) -> Result<Self> {
        let db = site.db.reads();
        let mut layout = Self::bare(site).0;
        layout.csrf = secret.map(|secret| csrf::token(&site.keys, &secret)).unwrap_or_default();
        layout.flash = cookies::take_flash(headers);
        let boards = store::readable(db, viewer).await?;
        let unread = store::unread_counts(db, viewer, &boards).await?;
        for section in store::sections(db).await? {
            let mine = boards.iter().filter(|board| board.section_id == section.id);
            let boards: Vec<_> = mine
                .map(|board| SideBoard {
                    id: board.id.0,
                    slug: board.slug.clone(),
                    title: board.title.clone(),
                    colour: board.colour,
                    unread: unread.get(&board.id).copied().unwrap_or(0),
                })
                .collect();
            if !boards.is_empty() {
                layout.sections.push(SideSection { title: section.title, boards });
            }
        }
        if let Viewer::Member(member) = viewer {
            layout.theme = match store::theme(db, member.id).await? {
                Theme::System => "",
                Theme::Light => "light",
                Theme::Dark => "dark",
            };
            let reviews = viewer.reviews_somewhere();
            layout.viewer = Some(ViewerChip {
                id: member.id.0,
                name: member.name.clone(),
                display: member.display.clone(),
                reviews,
                waiting: if reviews { store::waiting(db, viewer).await? } else { 0 },
                admin: viewer.is_admin(),
            });
        }
        Ok(Self(layout))
    }
}

impl<S> FromRequestParts<S> for Chrome
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let site = Site::from_ref(state);
        let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or(Viewer::Guest);
        Self::load(&site, &viewer, &parts.headers, parts.extensions.get().cloned()).await
    }
}

/// What the handler of a page takes: the server's handles, who asks, and the frame.
pub struct Visit {
    /// Handles.
    pub site: Site,
    /// Who asks.
    pub viewer: Viewer,
    /// The frame of their pages.
    pub chrome: Chrome,
}

impl<S> FromRequestParts<S> for Visit
where
    S: Send + Sync,
    Site: FromRef<S>,
{
    type Rejection = Error;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self> {
        let chrome = Chrome::from_request_parts(parts, state).await?;
        let viewer = parts.extensions.get::<Viewer>().cloned().unwrap_or(Viewer::Guest);
        Ok(Self { site: Site::from_ref(state), viewer, chrome })
    }
}

/// Answers with a page.
pub fn page(status: StatusCode, page: &impl Template) -> Result<Response> {
    Ok((status, Html(page.render().map_err(Error::internal)?)).into_response())
}

/// Goes to a page that shows a sentence once.
pub fn back(site: &Site, to: &str, sentence: &str) -> Response {
    let mut response = Redirect::to(to).into_response();
    if let Some(cookie) = cookies::flash(&site.config, sentence) {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
