//! What the chat pages show, as plain values, and the templates that show it. No query, no decision about access:
//! whoever fills these has already asked.

use askama::Template;

use crate::entries::views::{Person, SafeHtml, Stamp, WarningView};
use crate::http::layout::Layout;

/// `/chat`: the rooms one may see.
#[derive(Template)]
#[template(path = "rooms/list.html")]
pub struct RoomsPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Rooms for the sidebar.
    pub side: Vec<RoomLink>,
    /// Every room the viewer may see, in the order of the list.
    pub rooms: Vec<RoomRow>,
    /// Whether the viewer may make rooms.
    pub may_create: bool,
}

/// A room in the sidebar.
#[derive(Debug, Clone)]
pub struct RoomLink {
    /// Name in the URL.
    pub slug: String,
    /// Name as shown.
    pub title: String,
    /// The page shows this room.
    pub current: bool,
    /// Only its members see it.
    pub closed: bool,
    /// Messages since the viewer last read it; 0 for rooms they do not belong to.
    pub unread: i64,
    /// One of them names the viewer.
    pub mentioned: bool,
}

/// A room in the list of rooms.
#[derive(Debug, Clone)]
pub struct RoomRow {
    /// Name in the URL.
    pub slug: String,
    /// Name as shown.
    pub title: String,
    /// Topic line; may be empty.
    pub topic: SafeHtml,
    /// How many belong to it.
    pub members: i64,
    /// Only its members see it.
    pub closed: bool,
    /// Read only.
    pub archived: bool,
    /// The viewer belongs to it.
    pub joined: bool,
    /// Messages since the viewer last read it.
    pub unread: i64,
    /// Its newest message.
    pub last: Option<LastMessage>,
}

/// The newest message of a room, in one line.
#[derive(Debug, Clone)]
pub struct LastMessage {
    /// Display name of who wrote it.
    pub author: String,
    /// Its beginning as plain text; empty when it was removed.
    pub excerpt: String,
    /// When.
    pub at: Stamp,
}

/// `/chat/{room}`: one room.
#[derive(Template)]
#[template(path = "rooms/show.html")]
pub struct RoomPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Rooms for the sidebar.
    pub side: Vec<RoomLink>,
    /// The room.
    pub room: RoomView,
    /// Who is here, at most a screenful.
    pub here: Vec<HereView>,
    /// How many are here.
    pub here_count: i64,
    /// Messages by day, oldest first.
    pub days: Vec<DayView>,
    /// Link to the messages before these.
    pub older: Option<String>,
    /// Link back to the newest messages, when the page ends before them.
    pub newest: Option<String>,
    /// The viewer's own messages that wait for a moderator.
    pub held: Vec<HeldMessage>,
    /// What the viewer may do here.
    pub standing: Standing,
    /// Where one writes.
    pub composer: ComposerView,
}

impl RoomPage {
    /// The message that the page keeps as a pattern for messages that arrive live, with every optional part in it;
    /// `cont` for one that follows another of the same author.
    pub fn pattern(cont: bool) -> MessageView {
        let reply = ReplyLine { id: 0, author: String::new(), excerpt: String::new() };
        let may = MessageActs { reply: true, edit: true, remove: true, flag: true };
        MessageView { cont, reply: Some(reply), may, ..MessageView::default() }
    }
}

/// A list item of the stream alone, for live fragments and for tests.
#[derive(Template)]
#[template(path = "rooms/message_fragment.html")]
pub struct MessageFragment {
    /// The message.
    pub m: MessageView,
}

/// The room of a room page.
#[derive(Debug, Clone)]
pub struct RoomView {
    /// Id, for the socket.
    pub id: i64,
    /// Name in the URL.
    pub slug: String,
    /// Name as shown.
    pub title: String,
    /// Topic line; may be empty.
    pub topic: SafeHtml,
    /// Only its members see it.
    pub closed: bool,
    /// Least seconds between two messages of one member; 0 for none.
    pub slow_s: i64,
    /// Name of its event stream, for the socket.
    pub stream: String,
    /// Sequence of the newest event that this page knows.
    pub head: i64,
    /// The viewer's id; 0 for guests.
    pub viewer: i64,
    /// Whether the viewer may search it.
    pub searchable: bool,
    /// Who can read what is written here, in one sentence.
    pub audience: String,
}

/// Somebody who is here now.
#[derive(Debug, Clone)]
pub struct HereView {
    /// Who.
    pub who: Person,
    /// Role in a word ("mod"), if it shows.
    pub tag: Option<&'static str>,
    /// Idle.
    pub away: bool,
}

/// The messages of one day.
#[derive(Debug, Clone)]
pub struct DayView {
    /// `2026-11-23`.
    pub iso: String,
    /// "Today", "Sunday 22 November".
    pub label: String,
    /// Oldest first.
    pub messages: Vec<MessageView>,
}

/// Whether a message shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Shown {
    /// Its text shows.
    #[default]
    Text,
    /// Its author took it back.
    RemovedByAuthor,
    /// A moderator removed it.
    Removed,
}

/// One message in the stream. The default is the empty pattern for live messages.
#[derive(Debug, Clone, Default)]
#[allow(clippy::struct_excessive_bools)] // each is a mark of its own in the stream
pub struct MessageView {
    /// Entry; the permalink is `/p/{id}`.
    pub id: i64,
    /// Sequence in the room; the anchor is `#m{seq}`.
    pub seq: i64,
    /// Who wrote it.
    pub author: Person,
    /// Role in a word ("mod"), if it shows.
    pub tag: Option<&'static str>,
    /// When.
    pub at: Stamp,
    /// Its text.
    pub html: SafeHtml,
    /// Shown or removed.
    pub shown: Shown,
    /// Follows another of the same author within five minutes: no name, no picture.
    pub cont: bool,
    /// Names the viewer.
    pub mentions_viewer: bool,
    /// The page was opened for this message.
    pub target: bool,
    /// The first that the viewer has not read: a line stands above it.
    pub first_new: bool,
    /// Last edit.
    pub edited: Option<Stamp>,
    /// Values hidden in it.
    pub masked: i32,
    /// What it answers.
    pub reply: Option<ReplyLine>,
    /// Revision, to replace it only by a newer one.
    pub revision: i64,
    /// What the viewer may do with it.
    pub may: MessageActs,
}

/// What a viewer may do with a message.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // one for each link
pub struct MessageActs {
    /// Answer it.
    pub reply: bool,
    /// Change its text.
    pub edit: bool,
    /// Take it away.
    pub remove: bool,
    /// Report it.
    pub flag: bool,
}

impl MessageActs {
    /// Whether there is anything to offer.
    pub fn any(self) -> bool {
        self.reply || self.edit || self.remove || self.flag
    }
}

/// The message that another one answers, in one line.
#[derive(Debug, Clone)]
pub struct ReplyLine {
    /// Entry.
    pub id: i64,
    /// Display name of who wrote it.
    pub author: String,
    /// Its beginning as plain text; empty when it was removed.
    pub excerpt: String,
}

/// A message of the viewer that waits for a moderator; nobody else is shown it.
#[derive(Debug, Clone)]
pub struct HeldMessage {
    /// Review item.
    pub review: i64,
    /// Sent.
    pub at: Stamp,
    /// Its text with found values hidden.
    pub pieces: Vec<crate::entries::views::Piece>,
    /// Why it waits, in a clause: "it contains a card number".
    pub why: String,
}

/// What the viewer may do in the room.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Not signed in: reads only.
    Guest,
    /// May join, then write.
    Outside,
    /// Belongs to it.
    Inside,
    /// Belongs to it, but nobody writes here any more.
    Archived,
}

/// The form at the foot of a room.
#[derive(Debug, Clone, Default)]
pub struct ComposerView {
    /// Fresh name of the submission.
    pub nonce: String,
    /// Text to begin with: what was sent, when the answer is a warning or an error.
    pub body: String,
    /// The rules its author is asked about, for the check while typing.
    pub asks: String,
    /// The message being answered.
    pub reply: Option<ReplyLine>,
    /// The warning, when the server answered 422.
    pub warning: Option<WarningView>,
    /// A sentence when it could not be sent ("Wait 12 s before the next message."). The text is kept.
    pub error: Option<String>,
}

/// `/chat/new`: a new room.
#[derive(Template)]
#[template(path = "rooms/new.html")]
pub struct NewRoomPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Rooms for the sidebar.
    pub side: Vec<RoomLink>,
    /// As typed.
    pub title: String,
    /// As typed.
    pub topic: String,
    /// Only its members see it.
    pub closed: bool,
    /// What is wrong with the name.
    pub title_error: Option<String>,
    /// What is wrong with the topic line.
    pub topic_error: Option<String>,
    /// The warning, when the topic line contains something personal.
    pub warning: Option<WarningView>,
    /// The rules that are refused here, for the check while typing.
    pub asks: String,
}
