//! Who asks, and what they may do. Pure: every fact comes in, nothing is looked up here.
//!
//! The whole matrix role × action is a snapshot test (`tests.rs`); a new action does not compile without its row.

mod decide;
pub mod store;
#[cfg(test)]
mod tests;

use crate::entity::board::{Readers, Writers};
use crate::entity::room::RoomAccess;
use crate::error::{Error, Result};
use crate::ids::{BoardId, MemberId, RoomId, SessionId, TokenId};

pub use crate::entity::member::Role;
pub use decide::decide;

/// Whoever makes this request.
#[derive(Debug, Clone)]
pub enum Viewer {
    /// Not signed in.
    Guest,
    /// Signed in.
    Member(Member),
}

/// A signed-in member with the standing they have right now.
#[derive(Debug, Clone)]
pub struct Member {
    /// Account.
    pub id: MemberId,
    /// Login name.
    pub name: String,
    /// Name as shown.
    pub display: String,
    /// Standing on the site.
    pub role: Role,
    /// Trust level 0-4.
    pub trust: i16,
    /// Boards this member moderates.
    pub boards: Vec<BoardId>,
    /// Rooms this member moderates.
    pub rooms: Vec<RoomId>,
    /// How they are signed in.
    pub credential: Credential,
}

/// How a member is signed in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Credential {
    /// A browser with a session cookie.
    Session(SessionId),
    /// A program with an API token.
    Token(TokenId),
    /// The command line on the server itself.
    Console,
}

/// A place and what decides about it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The whole site (profiles, administration).
    Site,
    /// A board.
    Board {
        /// Which.
        id: BoardId,
        /// Who may read it.
        readers: Readers,
        /// Who may start topics.
        writers: Writers,
        /// Read only.
        archived: bool,
    },
    /// A room.
    Room {
        /// Which.
        id: RoomId,
        /// Open, closed, direct.
        access: RoomAccess,
        /// Read only.
        archived: bool,
        /// Whether the viewer belongs to it.
        joined: bool,
    },
}

/// What the decision is about, besides the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Target {
    /// Author of the entry or owner of the account concerned.
    pub author: Option<MemberId>,
    /// Standing of that author, where acting on equals or betters is forbidden.
    pub author_role: Option<Role>,
    /// The topic takes no more replies.
    pub locked: bool,
    /// The entry is removed.
    pub removed: bool,
}

/// What somebody wants to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// See a board, room or entry.
    Read,
    /// Start a topic on a board.
    StartTopic,
    /// Reply in a topic.
    Reply,
    /// Send a message to a room.
    SendMessage,
    /// Join a room.
    Join,
    /// Change the text of an entry.
    Edit,
    /// Take an entry away.
    Remove,
    /// Report an entry.
    Flag,
    /// Decide about held and flagged entries of a place.
    Review,
    /// See found values in the clear that a held or flagged entry of a place has hidden.
    Reveal,
    /// Pin, lock, and change what a place says about itself.
    Manage,
    /// Change one's own profile.
    EditProfile,
    /// Make rooms.
    CreateRoom,
    /// Settings, boards, roles.
    Administer,
}

impl Action {
    /// All of them, for the matrix.
    pub const ALL: [Self; 14] = [
        Self::Read,
        Self::StartTopic,
        Self::Reply,
        Self::SendMessage,
        Self::Join,
        Self::Edit,
        Self::Remove,
        Self::Flag,
        Self::Review,
        Self::Reveal,
        Self::Manage,
        Self::EditProfile,
        Self::CreateRoom,
        Self::Administer,
    ];
}

impl Viewer {
    /// The signed-in member, or the error that asks to sign in.
    pub fn member(&self) -> Result<&Member> {
        match self {
            Self::Guest => Err(Error::SignInNeeded),
            Self::Member(member) => Ok(member),
        }
    }

    /// The member's id, if signed in.
    pub fn id(&self) -> Option<MemberId> {
        self.member().ok().map(|member| member.id)
    }

    /// Whether this viewer is that member.
    pub fn is(&self, id: MemberId) -> bool {
        self.id() == Some(id)
    }

    /// Whether the review queue holds anything for this viewer at all.
    pub fn reviews_somewhere(&self) -> bool {
        self.member().is_ok_and(|member| member.is_staff() || !member.boards.is_empty() || !member.rooms.is_empty())
    }

    /// Whether the viewer runs the server.
    pub fn is_admin(&self) -> bool {
        self.member().is_ok_and(|member| member.role == Role::Admin)
    }

    /// Whether the viewer moderates a place: by site role, or by a role in that place.
    pub fn moderates(&self, place: Place) -> bool {
        self.member().is_ok_and(|member| member.moderates(place))
    }
}

impl Member {
    /// Moderator or admin of the whole site.
    pub fn is_staff(&self) -> bool {
        self.role >= Role::Moderator
    }

    /// Whether this member moderates a place. Direct rooms are nobody's but their participants'.
    pub fn moderates(&self, place: Place) -> bool {
        match place {
            Place::Site => self.is_staff(),
            Place::Board { id, .. } => self.is_staff() || self.boards.contains(&id),
            Place::Room { access: RoomAccess::Direct, .. } => false,
            Place::Room { id, .. } => self.is_staff() || self.rooms.contains(&id),
        }
    }
}
