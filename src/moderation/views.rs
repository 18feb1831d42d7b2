//! What the review pages and the author's own held entries show: masked, never what the filter found.

use askama::Template;

use crate::entries::views::{Person, Piece, SafeHtml, Stamp};
use crate::http::layout::Layout;

/// Which items the list shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Filter {
    /// All that wait.
    #[default]
    All,
    /// Held before publishing.
    Held,
    /// Flagged by members.
    Flags,
    /// Decided, newest first.
    Done,
}

impl Filter {
    /// Value of `?show=`; empty for all.
    pub fn key(self) -> &'static str {
        match self {
            Self::All => "",
            Self::Held => "held",
            Self::Flags => "flags",
            Self::Done => "done",
        }
    }

    /// `?show=…`, or nothing for all.
    pub fn query(self) -> String {
        if self == Self::All { String::new() } else { format!("?show={}", self.key()) }
    }
}

/// How many wait.
#[derive(Debug, Clone, Copy, Default)]
pub struct Counts {
    /// All.
    pub all: i64,
    /// Held before publishing.
    pub held: i64,
    /// Flagged by members.
    pub flags: i64,
}

/// `/review` and `/review/{item}`.
#[derive(Template)]
#[template(path = "moderation/review.html")]
pub struct ReviewPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Which list.
    pub filter: Filter,
    /// How many wait.
    pub counts: Counts,
    /// The list: oldest first, decided ones newest first.
    pub items: Vec<ItemRow>,
    /// Link to the rest of the list.
    pub more: Option<String>,
    /// The open item.
    pub case: Option<CaseView>,
    /// What the last decision did ("Published. The author was told."), shown once.
    pub notice: Option<String>,
}

/// A place: board or room.
#[derive(Debug, Clone)]
pub struct PlaceChip {
    /// Link.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Hue 1-8 of a board; `None` for a room.
    pub colour: Option<i16>,
}

/// An item in the list.
#[derive(Debug, Clone)]
#[allow(clippy::struct_excessive_bools)] // each is a mark of its own
pub struct ItemRow {
    /// Id.
    pub id: i64,
    /// Reported by members, rather than held.
    pub flagged: bool,
    /// What it is about: "Card number, email address", "Spam, 1 flag", "Author asked".
    pub label: String,
    /// The filter found something.
    pub personal: bool,
    /// Since when it waits, or when it was decided.
    pub at: Stamp,
    /// It waits longer than the target.
    pub late: bool,
    /// Beginning of the masked text.
    pub pieces: Vec<Piece>,
    /// Whose text.
    pub author: Person,
    /// Where it belongs, in words.
    pub place: String,
    /// The page shows this one.
    pub current: bool,
    /// The decision in words, once there is one: "Returned by Kit Alvarez".
    pub decided: Option<String>,
}

/// The open item.
#[derive(Debug, Clone)]
pub struct CaseView {
    /// Id.
    pub id: i64,
    /// Version the moderator sees; a decision must name it.
    pub version: i64,
    /// Reported by members, rather than held.
    pub flagged: bool,
    /// Heading: topic title, or the room's name.
    pub title: String,
    /// Where it stands or would stand.
    pub url: Option<String>,
    /// What kind of text: "Reply", "New topic", "Message", "Edit", "Profile".
    pub subject: &'static str,
    /// Board or room; `None` for a profile.
    pub place: Option<PlaceChip>,
    /// Waits since.
    pub at: Stamp,
    /// It waits longer than the target.
    pub late: bool,
    /// Whose text.
    pub author: Person,
    /// Title of a held new topic, masked.
    pub heading: Vec<Piece>,
    /// The text as it was held or reported, masked.
    pub pieces: Vec<Piece>,
    /// The entry as it stands now, when it changed since it was reported.
    pub now: Option<SafeHtml>,
    /// What the filter found.
    pub evidence: Vec<Evidence>,
    /// Reasons to look at the values themselves; empty when that is not possible.
    pub reveal: Vec<Choice>,
    /// The evidence shows the values, this once.
    pub revealed: bool,
    /// Members' reports.
    pub flags: Vec<FlagRow>,
    /// Which decisions fit.
    pub may: Decisions,
    /// Reasons to choose from.
    pub reasons: Vec<Choice>,
    /// Note to the author, as typed.
    pub note: String,
    /// A sentence when the decision could not be taken.
    pub error: Option<String>,
    /// Somebody decided first: what and when.
    pub stale: Option<Decided>,
    /// The decision, once there is one.
    pub decided: Option<Decided>,
    /// Place in the list, from 1; 0 when it is not in it.
    pub position: i64,
    /// Link to the next item.
    pub next: Option<String>,
    /// The author's card.
    pub member: MemberPanel,
}

/// Which decisions fit an item. None: it is decided, or the viewer wrote it.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools)] // one for each button
pub struct Decisions {
    /// Publish as it is.
    pub publish: bool,
    /// Publish with the found values hidden; for a flagged entry: hide them in it.
    pub mask: bool,
    /// Give it back to its author.
    pub give_back: bool,
    /// Remove it.
    pub remove: bool,
    /// The flag is not right.
    pub dismiss: bool,
    /// Nobody decides about their own text.
    pub own: bool,
}

impl Decisions {
    /// Any button shows.
    pub fn any(self) -> bool {
        self.publish || self.mask || self.give_back || self.remove || self.dismiss
    }
}

/// An entry of a select.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: &'static str,
    /// What is shown.
    pub label: &'static str,
    /// Chosen.
    pub selected: bool,
}

/// One finding, masked.
#[derive(Debug, Clone)]
pub struct Evidence {
    /// "Card number".
    pub kind: &'static str,
    /// `•••• 1457`; the value itself when it is revealed.
    pub hint: String,
    /// "16 digits, checksum fits".
    pub why: &'static str,
    /// "certain", "likely", "possible".
    pub level: &'static str,
    /// Which field: "title", "text".
    pub field: &'static str,
}

/// A member's report.
#[derive(Debug, Clone)]
pub struct FlagRow {
    /// Who.
    pub who: Person,
    /// Reason from the list.
    pub reason: String,
    /// Their words; may be empty.
    pub note: String,
    /// When.
    pub at: Stamp,
}

/// A decision that was taken.
#[derive(Debug, Clone)]
pub struct Decided {
    /// Display name of the moderator.
    pub by: String,
    /// In the past tense: "published as is", "published masked", "returned", "removed", "dismissed", "withdrew".
    pub what: &'static str,
    /// When.
    pub at: Stamp,
    /// Reason in words; may be empty.
    pub reason: String,
    /// Words to the author; may be empty.
    pub note: String,
}

/// What a moderator sees of the author.
#[derive(Debug, Clone)]
pub struct MemberPanel {
    /// Who.
    pub who: Person,
    /// Sign-up.
    pub joined: Stamp,
    /// "Member", "Moderator", "Admin".
    pub role: &'static str,
    /// Published entries.
    pub entries: i64,
    /// Held so far.
    pub held: i64,
    /// Removed so far.
    pub removed: i64,
    /// Earlier items, newest first.
    pub history: Vec<HistoryRow>,
}

/// Something earlier about a member.
#[derive(Debug, Clone)]
pub struct HistoryRow {
    /// Colour of its dot.
    pub tone: Tone,
    /// "Held: card number. Returned by Noor Haddad".
    pub text: String,
    /// When.
    pub at: Stamp,
}

/// How something earlier turned out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Well.
    Good,
    /// Neither.
    Plain,
    /// Held, returned, removed.
    Wary,
}

/// `/review/log`: what moderators did.
#[derive(Template)]
#[template(path = "moderation/log.html")]
pub struct ReviewLogPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Newest first.
    pub rows: Vec<LogRow>,
    /// Link to older rows.
    pub older: Option<String>,
}

/// One row of the mod log. Never the text itself.
#[derive(Debug, Clone)]
pub struct LogRow {
    /// When.
    pub at: Stamp,
    /// Who; nobody for what the server does by the calendar.
    pub actor: Option<Person>,
    /// What, in words: "published masked".
    pub action: String,
    /// What it was about: "held reply in Mechanical bench".
    pub target: String,
    /// Link to the review item or entry.
    pub url: Option<String>,
    /// Whose text or account.
    pub member: Option<Person>,
    /// Reason in words; may be empty.
    pub reason: String,
}

/// `/my/held`: what the viewer wrote that waits, was given back or was removed.
#[derive(Template)]
#[template(path = "moderation/held.html")]
pub struct HeldPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Newest first.
    pub rows: Vec<HeldRow>,
    /// Link to older rows.
    pub older: Option<String>,
    /// What was just done ("Withdrawn."), shown once.
    pub notice: Option<String>,
}

/// Where a held entry stands, for its author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HeldState {
    /// Waits for a moderator.
    Waiting,
    /// Published.
    Published,
    /// Given back.
    Returned,
    /// Removed.
    Removed,
    /// Taken back by its author.
    Withdrawn,
}

/// One held entry, for its author.
#[derive(Debug, Clone)]
pub struct HeldRow {
    /// Review item.
    pub id: i64,
    /// Where it stands.
    pub state: HeldState,
    /// What kind of text: "Reply", "New topic", "Message", "Edit", "Profile".
    pub subject: &'static str,
    /// Topic title or room name.
    pub title: String,
    /// Where it belongs or was published.
    pub url: Option<String>,
    /// Sent.
    pub at: Stamp,
    /// Others reported it; it was not held.
    pub reported: bool,
    /// Why it waited, in a clause: "it contains a card number".
    pub why: String,
    /// Minutes in which moderators usually answer.
    pub usual_min: Option<i64>,
    /// The text with found values hidden.
    pub pieces: Vec<Piece>,
    /// The author's own text, once it was given back.
    pub own: Option<String>,
    /// The decision.
    pub decided: Option<Decided>,
    /// Link to the form that holds the text again.
    pub edit: Option<String>,
    /// Whether it may be taken back.
    pub withdraw: bool,
}
