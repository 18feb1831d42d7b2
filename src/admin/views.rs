//! What the administration pages show, and the forms on them as typed.

use askama::Template;

use crate::entries::views::{Person, Stamp};
use crate::http::layout::Layout;

/// `/admin`.
#[derive(Template)]
#[template(path = "admin/overview.html")]
pub struct AdminPage {
    /// Frame of the page.
    pub layout: Layout,
    /// The large figures.
    pub figures: Vec<Figure>,
    /// Facts about the server: name, value.
    pub facts: Vec<Fact>,
    /// What is wrong, in sentences; empty when all is well.
    pub troubles: Vec<String>,
    /// The sample community is not complete yet.
    pub filling: bool,
    /// Addresses that no limit counts, from the configuration.
    pub exempt: Vec<String>,
}

/// A large figure.
#[derive(Debug, Clone)]
pub struct Figure {
    /// What is counted.
    pub label: &'static str,
    /// How many.
    pub value: String,
    /// A few words below it.
    pub note: String,
    /// Where it leads.
    pub url: Option<&'static str>,
    /// It needs somebody.
    pub late: bool,
}

/// A fact about the server.
#[derive(Debug, Clone)]
pub struct Fact {
    /// What.
    pub name: &'static str,
    /// Value.
    pub value: String,
}

/// An entry of a select.
#[derive(Debug, Clone)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is shown.
    pub label: String,
    /// Chosen.
    pub selected: bool,
}

/// What a rule of the filter does in one place.
#[derive(Debug, Clone)]
pub struct PolicyRow {
    /// `email`, `card`, `ssn`; the field is `policy_{rule}`.
    pub rule: &'static str,
    /// "Email address".
    pub label: &'static str,
    /// off, warn, mask, hold, refuse, with the chosen one; the first may be the site's setting.
    pub choices: Vec<Choice>,
    /// From which level; the field is `level_{rule}`.
    pub levels: Vec<Choice>,
    /// Who is not asked; the field is `exempt_{rule}`. Empty where nobody may be exempt.
    pub exempt: Vec<Choice>,
    /// Only counted; the field is `audit_{rule}`.
    pub audit: bool,
    /// No place may do less; the field is `floor_{rule}`.
    pub floor: bool,
    /// Whether the finer settings show at once.
    pub open: bool,
}

/// `/admin/boards`.
#[derive(Template)]
#[template(path = "admin/boards.html")]
pub struct AdminBoardsPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Sections in order.
    pub sections: Vec<SectionRow>,
    /// A new section's title, as typed.
    pub new_section: String,
    /// What is wrong with it.
    pub section_error: Option<String>,
    /// What was just done, shown once.
    pub notice: Option<String>,
}

/// A section with its boards.
#[derive(Debug, Clone)]
pub struct SectionRow {
    /// Id.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Its boards in order.
    pub boards: Vec<BoardRow>,
}

/// A board in the list.
#[derive(Debug, Clone)]
pub struct BoardRow {
    /// Id.
    pub id: i64,
    /// Name in the URL.
    pub slug: String,
    /// Title.
    pub title: String,
    /// One line.
    pub description: String,
    /// Hue 1-8.
    pub colour: i16,
    /// Who may read: "everyone", "members", "moderators".
    pub readers: &'static str,
    /// Topics.
    pub topics: i64,
    /// Read only.
    pub archived: bool,
}

/// `/admin/boards/new` and `/admin/boards/{id}`.
#[derive(Template)]
#[template(path = "admin/board_form.html")]
pub struct AdminBoardPage {
    /// Frame of the page.
    pub layout: Layout,
    /// The board; `None` for a new one.
    pub id: Option<i64>,
    /// As typed.
    pub title: String,
    /// As typed; made from the title when empty.
    pub slug: String,
    /// As typed.
    pub description: String,
    /// Hue 1-8.
    pub colour: i16,
    /// Sections.
    pub sections: Vec<Choice>,
    /// Who may read.
    pub readers: Vec<Choice>,
    /// Who may start topics.
    pub writers: Vec<Choice>,
    /// Read only.
    pub archived: bool,
    /// Order in its section, as typed.
    pub position: String,
    /// What each rule does here.
    pub policy: Vec<PolicyRow>,
    /// Names of its moderators, as typed.
    pub moderators: String,
    /// What is wrong with them.
    pub moderators_error: Option<String>,
    /// What is wrong with the title.
    pub title_error: Option<String>,
    /// What is wrong with the name in the URL.
    pub slug_error: Option<String>,
    /// What is wrong with the description.
    pub description_error: Option<String>,
    /// What is wrong with the whole.
    pub error: Option<String>,
}

/// `/admin/rooms`.
#[derive(Template)]
#[template(path = "admin/rooms.html")]
pub struct AdminRoomsPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Rooms in order.
    pub rooms: Vec<AdminRoomRow>,
    /// What was just done, shown once.
    pub notice: Option<String>,
}

/// A room in the list.
#[derive(Debug, Clone)]
pub struct AdminRoomRow {
    /// Id.
    pub id: i64,
    /// Name in the URL.
    pub slug: String,
    /// Name as shown.
    pub title: String,
    /// Only its members see it.
    pub closed: bool,
    /// Read only.
    pub archived: bool,
    /// Members.
    pub members: i64,
    /// Messages.
    pub messages: i64,
    /// Newest message.
    pub last: Option<Stamp>,
}

/// `/admin/rooms/{id}`.
#[derive(Template)]
#[template(path = "admin/room_form.html")]
pub struct AdminRoomPage {
    /// Frame of the page.
    pub layout: Layout,
    /// The room.
    pub id: i64,
    /// As typed.
    pub title: String,
    /// Name in the URL; stays as it is.
    pub slug: String,
    /// Only its members see it.
    pub closed: bool,
    /// Read only.
    pub archived: bool,
    /// Least seconds between two messages of one member, as typed.
    pub slow_s: String,
    /// What each rule does here.
    pub policy: Vec<PolicyRow>,
    /// Names of its moderators, as typed.
    pub moderators: String,
    /// What is wrong with them.
    pub moderators_error: Option<String>,
    /// What is wrong with the name.
    pub title_error: Option<String>,
    /// What is wrong with the seconds.
    pub slow_error: Option<String>,
}

/// `/admin/members`.
#[derive(Template)]
#[template(path = "admin/members.html")]
pub struct AdminMembersPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Beginning of a name to look for, as typed.
    pub query: String,
    /// Newest first, or by name when looked for.
    pub members: Vec<MemberRow>,
    /// Link to the next page.
    pub next: Option<String>,
    /// What was just done, shown once.
    pub notice: Option<String>,
    /// Why a change was not made.
    pub error: Option<String>,
}

/// A member in the list.
#[derive(Debug, Clone)]
pub struct MemberRow {
    /// Who.
    pub who: Person,
    /// Member, moderator, admin, with the present one.
    pub roles: Vec<Choice>,
    /// The present role in a word, where it cannot be changed.
    pub role: &'static str,
    /// Whether the viewer may change the role: not one's own.
    pub changeable: bool,
    /// May not sign in.
    pub suspended: bool,
    /// Published entries.
    pub entries: i64,
    /// Sign-up.
    pub joined: Stamp,
    /// Last request.
    pub seen: Stamp,
}

/// `/admin/filter`.
#[derive(Template)]
#[template(path = "admin/filter.html")]
pub struct AdminFilterPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Which settings: `site` or `direct`.
    pub scope: &'static str,
    /// What each rule does there.
    pub policy: Vec<PolicyRow>,
    /// Whether these settings can be a floor.
    pub can_floor: bool,
    /// What came of findings, by rule and place.
    pub numbers: Vec<NumbersRow>,
    /// Days that the numbers count.
    pub days: i64,
    /// The text that was tried.
    pub tried: String,
    /// What was found in it; nothing when nothing was tried.
    pub found: Option<Vec<FoundRow>>,
}

/// What came of one rule's findings in one place.
#[derive(Debug, Clone)]
pub struct NumbersRow {
    /// "Email address".
    pub rule: &'static str,
    /// Title of the place.
    pub place: String,
    /// Asked, changed or dropped, masked, held, published anyway, called wrong, only counted.
    pub counts: [i64; 7],
    /// Too many are called wrong.
    pub doubtful: bool,
}

/// One finding in a text that was tried.
#[derive(Debug, Clone)]
pub struct FoundRow {
    /// "Email address".
    pub label: &'static str,
    /// "certain".
    pub level: &'static str,
    /// Masked form.
    pub hint: String,
    /// What it went by.
    pub why: &'static str,
}
