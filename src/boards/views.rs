//! What the board pages show, as plain values, and the templates that show it.

use askama::Template;

use crate::entries::views::{Person, Piece, SafeHtml, Stamp, WarningView};
use crate::http::layout::Layout;

/// A list of topics: the front page, unread, or one board.
#[derive(Template)]
#[template(path = "boards/list.html")]
pub struct ListPage {
    /// Frame of the page.
    pub layout: Layout,
    /// "Latest", or the board's title.
    pub heading: String,
    /// The board's description; empty on other lists.
    pub about: String,
    /// The board's name in the URL; empty on other lists.
    pub slug: String,
    /// Filters above the list.
    pub tabs: Vec<ListTab>,
    /// Pinned first, then by activity.
    pub rows: Vec<TopicRow>,
    /// Link to older topics.
    pub older: Option<String>,
    /// Whether the viewer may start a topic here.
    pub may_start: bool,
    /// What an empty list says.
    pub empty: &'static str,
    /// Rooms with their last line, for the column beside the list.
    pub rooms: Vec<RoomNow>,
    /// Who is here now.
    pub here: Vec<Person>,
    /// How many more are here.
    pub more_here: usize,
}

/// A filter above a list.
#[derive(Debug, Clone)]
pub struct ListTab {
    /// Its name.
    pub title: &'static str,
    /// Its address.
    pub url: String,
    /// The list shows it.
    pub current: bool,
}

/// A room in the column beside the list.
#[derive(Debug, Clone)]
pub struct RoomNow {
    /// Name in the URL.
    pub slug: String,
    /// Name as shown.
    pub title: String,
    /// Who wrote last.
    pub author: String,
    /// The beginning of it.
    pub excerpt: String,
    /// Messages the viewer has not read.
    pub unread: i64,
}

/// A topic in a list.
#[derive(Debug, Clone)]
pub struct TopicRow {
    /// Address, at the first unread post where there is one.
    pub url: String,
    /// Title.
    pub title: String,
    /// Who started it.
    pub author: Person,
    /// Board's name in the URL, title and hue, for lists over several boards.
    pub board: Option<(String, String, i16)>,
    /// Who wrote last.
    pub last: String,
    /// The beginning of it.
    pub excerpt: String,
    /// Posts without the first.
    pub replies: i64,
    /// Newest activity.
    pub at: Stamp,
    /// Kept on top.
    pub pinned: bool,
    /// No more replies.
    pub locked: bool,
    /// Posts since the viewer's last visit.
    pub unread: i64,
    /// Never opened by the viewer.
    pub new: bool,
}

/// `/t/{id}/{slug}`.
#[derive(Template)]
#[template(path = "boards/topic.html")]
#[allow(clippy::struct_excessive_bools)] // each a state of its own
pub struct TopicPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Topic.
    pub id: i64,
    /// `t12`.
    pub stream: String,
    /// Head of the stream when the page was made.
    pub head: i64,
    /// Highest post number.
    pub last: i64,
    /// Title.
    pub title: String,
    /// Address without view, page or number.
    pub url: String,
    /// Board's name in the URL, title and hue.
    pub board: (String, String, i16),
    /// Who started it.
    pub author: Person,
    /// When.
    pub at: Stamp,
    /// The first post, on the first page.
    pub first: Option<PostView>,
    /// The other posts of this page, in the order of the view.
    pub posts: Vec<PostView>,
    /// Posts without the first.
    pub replies: i64,
    /// Who wrote here, the busiest first.
    pub people: Vec<(Person, i64)>,
    /// Shown as a tree.
    pub tree: bool,
    /// Kept on top.
    pub pinned: bool,
    /// No more replies.
    pub locked: bool,
    /// The viewer may change pin and lock.
    pub manages: bool,
    /// Posts the viewer has not read, and the number of the first of them.
    pub unread: Option<(i64, i64)>,
    /// The viewer's own posts that wait for a moderator.
    pub held: Vec<HeldView>,
    /// Pages of this view.
    pub pages: Pages,
    /// Where one writes; `None` when the viewer cannot.
    pub composer: Option<Composer>,
    /// Why the viewer cannot write.
    pub closed: Option<&'static str>,
}

/// Where a page stands among the others.
#[derive(Debug, Clone, Default)]
pub struct Pages {
    /// This page, from 1.
    pub current: u64,
    /// How many there are.
    pub count: u64,
    /// Address of the page before.
    pub previous: Option<String>,
    /// Address of the page after.
    pub next: Option<String>,
}

/// A post of a topic.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // each a state of its own
pub struct PostView {
    /// Entry.
    pub id: i64,
    /// Number in the topic.
    pub number: i64,
    /// Permalink on the page.
    pub url: String,
    /// Who wrote it.
    pub author: Person,
    /// Started the topic.
    pub starter: bool,
    /// The viewer's own.
    pub own: bool,
    /// When.
    pub at: Stamp,
    /// Text.
    pub html: SafeHtml,
    /// Removed, and by whom: "its author", "a moderator".
    pub gone: Option<&'static str>,
    /// Edited at.
    pub edited: Option<Stamp>,
    /// Values hidden in it.
    pub masked: i32,
    /// Number and author of the post it answers, where the view does not show that.
    pub answers: Option<(i64, String)>,
    /// The viewer has not read it.
    pub unread: bool,
    /// The address names it.
    pub target: bool,
    /// Revision, for live replacement.
    pub revision: i64,
    /// Whether a nested list opens before this post.
    pub opens: bool,
    /// One for each list item that ends with this post.
    pub closes: Vec<()>,
    /// The viewer may answer.
    pub may_reply: bool,
    /// The viewer may change it.
    pub may_edit: bool,
    /// The viewer may take it away.
    pub may_remove: bool,
    /// The viewer may report it.
    pub may_flag: bool,
}

/// A post of the viewer's that waits for a moderator.
#[derive(Debug, Clone)]
pub struct HeldView {
    /// When it was sent.
    pub at: Stamp,
    /// Its text with found values hidden: text and masks in turn.
    pub pieces: Vec<Piece>,
}

/// A board one may start a topic on.
#[derive(Debug, Clone)]
pub struct BoardChoice {
    /// Its id.
    pub id: i64,
    /// Its name.
    pub title: String,
    /// Whether it is chosen.
    pub chosen: bool,
    /// The rules an author is asked about there.
    pub asks: String,
}

/// Where one writes.
#[derive(Debug, Clone, Default)]
pub struct Composer {
    /// Where the form goes.
    pub action: String,
    /// The client's name for this submission.
    pub nonce: String,
    /// "Reply to Tomasz Wrona".
    pub heading: String,
    /// Label of the button.
    pub button: &'static str,
    /// Entry being answered.
    pub reply_to: Option<i64>,
    /// Revision being edited.
    pub revision: Option<i64>,
    /// Title, where there is one.
    pub title: Option<String>,
    /// Text.
    pub body: String,
    /// Boards to choose from.
    pub boards: Vec<BoardChoice>,
    /// The rules its author is asked about, for the check while typing; nothing where the chosen board says it.
    pub asks: Option<String>,
    /// What is wrong with the text.
    pub error: Option<String>,
    /// What the filter found.
    pub warning: Option<WarningView>,
    /// Preview of the text.
    pub preview: Option<SafeHtml>,
    /// Somebody else's newer text, when an edit came too late.
    pub theirs: Option<String>,
}

/// A page that is all composer: new topic, reply, edit.
#[derive(Template)]
#[template(path = "boards/write.html")]
pub struct WritePage {
    /// Frame of the page.
    pub layout: Layout,
    /// Heading.
    pub heading: String,
    /// Link back: address, name.
    pub back: (String, String),
    /// The post being answered.
    pub parent: Option<PostView>,
    /// Where one writes.
    pub composer: Composer,
}

/// `/p/{id}/edits`.
#[derive(Template)]
#[template(path = "boards/history.html")]
pub struct HistoryPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Link back: address, name.
    pub back: (String, String),
    /// Who wrote it.
    pub author: Person,
    /// Newest first: number, when, text, taken out for good.
    pub revisions: Vec<(i64, Stamp, SafeHtml, bool)>,
}

/// `/p/{id}/remove`.
#[derive(Template)]
#[template(path = "boards/remove.html")]
pub struct RemovePage {
    /// Frame of the page.
    pub layout: Layout,
    /// Link back: address, name.
    pub back: (String, String),
    /// The post.
    pub post: PostView,
}
