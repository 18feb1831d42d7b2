//! New topics and replies.

use axum::extract::{Path, Query};
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::Form;
use serde::Deserialize;

use super::super::views::{BoardChoice, Composer};
use super::super::{self as boards, pages};
use super::desk::{Desk, Writing, asked, blank, kept, one_entry};
use crate::access::{self, Action, Target};
use crate::entity::board;
use crate::error::{Error, Result};
use crate::http::Sender;
use crate::http::page::Visit;
use crate::ids::{EntryId, TopicId};
use crate::publish::{self, Submission};

/// Which board a new topic is for.
#[derive(Deserialize)]
pub struct For {
    board: Option<String>,
}

/// The boards one may start a topic on.
async fn choices(visit: &Visit, chosen: impl Fn(&board::Model) -> bool) -> Result<Vec<BoardChoice>> {
    let boards = crate::http::store::readable(visit.site.db.reads(), &visit.viewer).await?;
    let mut choices = Vec::new();
    for board in boards {
        let place = publish::board_place(&board);
        if access::decide(&visit.viewer, Action::StartTopic, place, Target::default()).is_ok() {
            let asks = publish::asked(&visit.site, &visit.viewer, place).await?;
            choices.push(BoardChoice { id: board.id.0, chosen: chosen(&board), title: board.title, asks });
        }
    }
    Ok(choices)
}

fn topic_desk(visit: &Visit, composer: Composer) -> Desk<'_> {
    let back = ("/".to_owned(), "Latest".to_owned());
    Desk { visit, heading: "New topic".to_owned(), back, parent: None, composer }
}

pub async fn new_topic(visit: Visit, Query(wish): Query<For>) -> Result<Response> {
    visit.viewer.member()?;
    let boards = choices(&visit, |board| Some(&board.slug) == wish.board.as_ref()).await?;
    let blank = blank(&visit.site, "/new", "Start the topic");
    topic_desk(&visit, Composer { boards, title: Some(String::new()), ..blank }).show(StatusCode::OK)
}

pub async fn start(visit: Visit, from: Sender, Form(form): Form<Writing>) -> Result<Response> {
    visit.viewer.member()?;
    let board = form.board.ok_or_else(|| Error::field("board", "Choose a board."))?;
    let title = form.title.clone().unwrap_or_default();
    let boards = choices(&visit, |each| each.id == board).await?;
    let composer = Composer { boards, title: Some(title.clone()), ..kept(&form, "/new", "Start the topic") };
    let submission = Submission::Topic { board, title, body: form.body.clone() };
    topic_desk(&visit, composer).submit(submission, form, from).await
}

pub async fn reply_to_topic(
    visit: Visit,
    from: Sender,
    Path(id): Path<TopicId>,
    Form(form): Form<Writing>,
) -> Result<Response> {
    visit.viewer.member()?;
    let opened = boards::open(&visit.site, &visit.viewer, id).await?;
    let kept = kept(&form, &format!("/t/{id}/reply"), "Reply");
    let asks = Some(publish::asked(&visit.site, &visit.viewer, opened.place).await?);
    let composer = Composer { heading: "Reply to the topic".to_owned(), asks, ..kept };
    let back = (pages::topic_url(&opened.topic), opened.topic.title.clone());
    let submission = Submission::Post { topic: id, reply_to: form.reply_to, body: form.body.clone() };
    let desk = Desk { visit: &visit, heading: "Reply".to_owned(), back, parent: None, composer };
    desk.submit(submission, form, from).await
}

pub async fn reply_page(visit: Visit, Path(id): Path<EntryId>) -> Result<Response> {
    visit.viewer.member()?;
    let (entry, view, back) = one_entry(&visit, id).await?;
    let heading = format!("Reply to {}", entry.author.display);
    let blank = blank(&visit.site, &format!("/p/{id}/reply"), "Reply");
    let asks = asked(&visit, id).await?;
    let composer = Composer { heading: heading.clone(), reply_to: Some(id.0), asks, ..blank };
    Desk { visit: &visit, heading, back, parent: Some(view), composer }.show(StatusCode::OK)
}

pub async fn reply(visit: Visit, from: Sender, Path(id): Path<EntryId>, Form(form): Form<Writing>) -> Result<Response> {
    visit.viewer.member()?;
    let (entry, view, back) = one_entry(&visit, id).await?;
    let heading = format!("Reply to {}", entry.author.display);
    let kept = kept(&form, &format!("/p/{id}/reply"), "Reply");
    let asks = asked(&visit, id).await?;
    let composer = Composer { heading: heading.clone(), reply_to: Some(id.0), asks, ..kept };
    let body = form.body.clone();
    let submission = match (entry.topic, entry.room) {
        (Some(topic), _) => Submission::Post { topic, reply_to: Some(id), body },
        (None, Some(room)) => Submission::Message { room, reply_to: Some(id), body },
        (None, None) => return Err(Error::NotFound),
    };
    Desk { visit: &visit, heading, back, parent: Some(view), composer }.submit(submission, form, from).await
}
