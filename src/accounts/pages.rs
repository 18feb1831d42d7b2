//! From accounts to what their pages show.

use super::profile::{Counts, Latest, Profile};
use super::sessions::Session;
use super::tokens::Token;
use super::views::{AccountErrors, AccountForm, Community, Count, RecentEntry, SessionRow, TokenRow};
use super::{PASSWORD_MIN, store};
use crate::access::Role;
use crate::clock::Moment;
use crate::entity::member::{Theme, TopicView};
use crate::entries::views::{Person, SafeHtml, Stamp, month};
use crate::error::{Error, FieldError, Result};
use crate::http::layout::Layout;
use crate::ids::MemberId;
use crate::site::Site;

const WEEK_S: i64 = 7 * 24 * 3600;

/// A moment as a page shows it in a sentence: near ones by their distance, far ones by their date.
fn ago(at: Moment, now: Moment) -> Stamp {
    let stamp = Stamp::new(at, now);
    match now.since_s(at) {
        ..60 => Stamp { text: "now".to_owned(), ..stamp },
        60..WEEK_S => Stamp { text: format!("{} ago", stamp.text), ..stamp },
        _ => stamp,
    }
}

/// A moment as a date.
fn date(at: Moment, now: Moment) -> Stamp {
    let civil = at.civil();
    Stamp { text: format!("{} {} {}", civil.day(), month(civil.month()), civil.year()), ..Stamp::new(at, now) }
}

/// A member as a page shows them.
pub fn person(id: MemberId, name: &str, display: &str) -> Person {
    Person { id: id.0, name: name.to_owned(), display: display.to_owned() }
}

/// What the pages without a frame say about the community.
pub async fn community(site: &Site) -> Result<Community> {
    let (members, posts) = store::size(site.db.reads()).await?;
    Ok(Community {
        name: site.config.site_name.clone(),
        line: String::new(),
        members: Count(members),
        posts: Count(posts),
    })
}

/// The fields of a new account as they were typed, with what is wrong. The password does not come back.
pub fn form(applicant: &super::Applicant, wrong: &[FieldError]) -> AccountForm {
    let errors = AccountErrors {
        name: error(wrong, "name"),
        display: error(wrong, "display"),
        email: error(wrong, "email"),
        password: error(wrong, "password"),
        form: None,
    };
    AccountForm {
        name: applicant.name.clone(),
        display: applicant.display.clone(),
        email: applicant.email.clone(),
        password_min: PASSWORD_MIN,
        errors,
    }
}

/// The sentence about one field.
pub fn error(wrong: &[FieldError], field: &str) -> Option<String> {
    wrong.iter().find(|one| one.field == field).map(|one| one.message.to_string())
}

/// What is wrong with a form: its fields, or one sentence about all of it. Errors that no form can show come back.
pub fn complaint(error: Error) -> Result<(Vec<FieldError>, Option<String>), Error> {
    match error {
        Error::Invalid(fields) => Ok((fields, None)),
        Error::Limited(_) | Error::Denied(..) | Error::Conflict(..) | Error::Unavailable(..) => {
            Ok((Vec::new(), Some(error.message().into_owned())))
        }
        other => Err(other),
    }
}

/// A profile with its counts; `seen` for its owner and for moderators only.
pub fn profile(
    layout: Layout,
    profile: Profile,
    counts: Counts,
    now: Moment,
    (own, seen): (bool, bool),
) -> super::views::ProfilePage {
    let older = profile.next.map(|next| format!("/u/{}?before={next}", profile.name));
    super::views::ProfilePage {
        layout,
        who: person(profile.id, &profile.name, &profile.display),
        role: match profile.role {
            Role::Member => None,
            Role::Moderator => Some("Moderator"),
            Role::Admin => Some("Admin"),
        },
        suspended: profile.suspended,
        bio: SafeHtml(profile.bio_html),
        joined: date(profile.joined, now),
        seen: (own || seen).then(|| ago(profile.seen, now)),
        topics: Count(counts.topics),
        posts: Count(counts.posts),
        messages: Count(counts.messages),
        recent: profile.latest.into_iter().map(|one| recent(one, now)).collect(),
        older,
        own,
    }
}

fn recent(one: Latest, now: Moment) -> RecentEntry {
    RecentEntry {
        url: one.href,
        title: one.title,
        board: one.board,
        colour: one.colour,
        at: ago(one.entry.at, now),
        excerpt: one.entry.excerpt,
    }
}

/// A signed-in browser.
pub fn session(session: Session, now: Moment) -> SessionRow {
    SessionRow {
        id: session.id.0,
        phone: ["iPhone", "Android"].iter().any(|system| session.device.ends_with(system)),
        device: session.device,
        address: session.network.unwrap_or_default(),
        seen: ago(session.seen_at, now),
        since: date(session.created_at, now),
        current: session.current,
    }
}

/// An API token without its secret.
pub fn token(token: Token, now: Moment) -> TokenRow {
    TokenRow {
        id: token.id.0,
        label: token.label,
        since: date(token.created_at, now),
        used: token.used_at.map(|at| ago(at, now)),
        expires: token.expires_at.map(|at| date(at, now)),
    }
}

/// Form values of the themes.
pub fn theme(theme: Theme) -> &'static str {
    match theme {
        Theme::System => "system",
        Theme::Light => "light",
        Theme::Dark => "dark",
    }
}

/// Form values of the orders of topics.
pub fn topic_view(view: TopicView) -> &'static str {
    match view {
        TopicView::Threaded => "tree",
        TopicView::Time => "time",
    }
}
