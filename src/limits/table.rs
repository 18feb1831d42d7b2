//! The one table of quotas. Numbers from the threat model; an operator may exempt addresses, not rows.

/// What is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Quota {
    /// Page and API requests of a guest's address.
    GuestRequest,
    /// Page and API requests of a member.
    MemberRequest,
    /// Assets of an address.
    Asset,
    /// Sign-in attempts of an address.
    SignIn,
    /// New accounts of an address.
    SignUp,
    /// New topics.
    Topic,
    /// Replies.
    Post,
    /// Edits, profile and topic lines.
    Edit,
    /// Messages in all rooms.
    Message,
    /// Messages in one room.
    MessageInRoom,
    /// Previews and scans.
    Preview,
    /// Searches of a member.
    Search,
    /// Searches of a guest's address.
    GuestSearch,
    /// Reports.
    Flag,
    /// Reveals of hidden values.
    Reveal,
    /// Socket tickets.
    Ticket,
    /// Frames of a socket.
    Frame,
    /// Typing notices.
    Typing,
}

/// One line of the table: so many in so many seconds, refilled evenly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Row {
    /// What is counted.
    pub quota: Quota,
    /// Its name in headers.
    pub name: &'static str,
    /// How many at once.
    pub allowed: u32,
    /// Seconds until that many may pass again.
    pub window_s: u64,
}

const fn row(quota: Quota, name: &'static str, allowed: u32, window_s: u64) -> Row {
    Row { quota, name, allowed, window_s }
}

/// Every quota; one with several rows has to fit them all. The shortest window comes first: it refuses a burst before
/// the longer ones count it.
pub const TABLE: [Row; 22] = [
    row(Quota::GuestRequest, "guest", 50, 10),
    row(Quota::GuestRequest, "guest-minute", 200, 60),
    row(Quota::MemberRequest, "member", 200, 60),
    row(Quota::Asset, "assets", 200, 10),
    row(Quota::SignIn, "signin", 10, 60),
    row(Quota::SignIn, "signin-hour", 50, 3600),
    row(Quota::SignUp, "signup", 3, 3600),
    row(Quota::SignUp, "signup-day", 10, 86_400),
    row(Quota::Topic, "topics", 3, 90),
    row(Quota::Topic, "topics-day", 20, 86_400),
    row(Quota::Post, "posts", 6, 60),
    row(Quota::Edit, "edits", 10, 60),
    row(Quota::Message, "messages", 20, 10),
    row(Quota::MessageInRoom, "room", 10, 10),
    row(Quota::Preview, "previews", 30, 60),
    row(Quota::Search, "searches", 20, 60),
    row(Quota::GuestSearch, "guest-searches", 5, 60),
    row(Quota::Flag, "flags", 10, 86_400),
    row(Quota::Reveal, "reveals", 20, 3600),
    row(Quota::Ticket, "tickets", 32, 600),
    row(Quota::Frame, "frames", 120, 60),
    row(Quota::Typing, "typing", 1, 3),
];
