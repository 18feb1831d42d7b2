//! Accounts: who may sign in, how, and from where. Making and changing accounts, sessions, API tokens and profiles.
//!
//! What is kept: passwords as Argon2id, sessions and tokens as SHA-256, e-mail addresses sealed. The database alone
//! lets nobody in. Text that members write about themselves goes through `publish` like every other text.

mod device;
mod email;
mod failures;
pub mod filling;
pub mod html;
pub mod json;
mod pages;
mod password;
mod profile;
mod register;
mod roles;
mod sessions;
mod setup;
mod sign_in;
mod store;
#[cfg(test)]
mod tests;
mod tokens;
pub mod views;
pub mod web;

use crate::access::Member;

pub use device::Caller;
pub use password::{MAX_CHARS as PASSWORD_MAX, MIN_CHARS as PASSWORD_MIN};
pub use profile::{Counts, Latest, Preferences, Profile, counts, preferences, profile, set_preferences};
pub use register::{Applicant, add, sign_up};
pub use roles::{Grant, Reset, promote, reset, revoke};
pub use sessions::{Session, change_password, end_all, end_session, sessions, sign_out};
pub use setup::{create_first_admin, has_admin, is_open as setup_is_open, setup_token};
pub use sign_in::sign_in;
pub use tokens::{NewToken, Token, token_add, token_revoke, tokens};

/// A member who has just signed in, with the value of the session cookie. It has no `Debug`.
pub struct SignedIn {
    /// Who.
    pub member: Member,
    /// The cookie's value: 256 random bits. It is stored nowhere else.
    pub token: String,
}
