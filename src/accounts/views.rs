//! What the pages about accounts show: signing in and up, the first admin, profiles, and one's own settings.
//! A password never comes back into a form.

use askama::Template;

use super::filling::Progress;
use crate::entries::views::{Person, SafeHtml, Stamp, WarningView};
use crate::http::layout::Layout;

/// What the pages without a frame say about the community.
#[derive(Debug, Clone, Default)]
pub struct Community {
    /// Its name.
    pub name: String,
    /// One line about it; may be empty.
    pub line: String,
    /// Members.
    pub members: Count,
    /// Posts.
    pub posts: Count,
}

/// A count, shown with its thousands apart: `218,604`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Count(pub i64);

impl std::fmt::Display for Count {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let digits = self.0.max(0).to_string();
        for (i, digit) in digits.chars().enumerate() {
            if i > 0 && (digits.len() - i).is_multiple_of(3) {
                f.write_str(",")?;
            }
            write!(f, "{digit}")?;
        }
        Ok(())
    }
}

/// `/signin`.
#[derive(Template)]
#[template(path = "accounts/signin.html")]
pub struct SignInPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Shown beside the form.
    pub community: Community,
    /// Name as typed.
    pub name: String,
    /// A path on this site to go to afterwards; may be empty.
    pub next: String,
    /// Why it did not work.
    pub error: Option<String>,
    /// What to tell a visitor who was sent here ("Sign in to reply."), or who has just signed out.
    pub notice: Option<String>,
    /// Whether people may sign up themselves.
    pub open: bool,
}

/// What is wrong with the fields of a form about an account.
#[derive(Debug, Clone, Default)]
pub struct AccountErrors {
    /// About the name.
    pub name: Option<String>,
    /// About the display name.
    pub display: Option<String>,
    /// About the e-mail address.
    pub email: Option<String>,
    /// About the password.
    pub password: Option<String>,
    /// About the whole form.
    pub form: Option<String>,
}

/// The fields that signing up and making the first admin share.
#[derive(Debug, Clone, Default)]
pub struct AccountForm {
    /// As typed.
    pub name: String,
    /// As typed.
    pub display: String,
    /// As typed.
    pub email: String,
    /// Least length of a password.
    pub password_min: usize,
    /// What is wrong.
    pub errors: AccountErrors,
}

/// `/signup`.
#[derive(Template)]
#[template(path = "accounts/signup.html")]
pub struct SignUpPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Shown beside the form.
    pub community: Community,
    /// The fields.
    pub form: AccountForm,
    /// A path on this site to go to afterwards; may be empty.
    pub next: String,
    /// Whether people may sign up themselves.
    pub open: bool,
}

/// `/setup`: the first admin, by the link on the console.
#[derive(Template)]
#[template(path = "accounts/setup.html")]
pub struct SetupPage {
    /// Frame of the page.
    pub layout: Layout,
    /// The key from the link.
    pub key: String,
    /// The key is not (or no longer) valid: there is no form.
    pub refused: bool,
    /// The fields.
    pub form: AccountForm,
    /// Fill it with the sample community.
    pub sample: bool,
}

/// `/setup/filling`.
#[derive(Template)]
#[template(path = "accounts/filling.html")]
pub struct FillingPage {
    /// Frame of the page.
    pub layout: Layout,
    /// How far it is.
    pub progress: Progress,
}

/// `/u/{name}`.
#[derive(Template)]
#[template(path = "accounts/profile.html")]
pub struct ProfilePage {
    /// Frame of the page.
    pub layout: Layout,
    /// Whose.
    pub who: Person,
    /// "Moderator", "Admin"; `None` for members.
    pub role: Option<&'static str>,
    /// May not sign in at present.
    pub suspended: bool,
    /// A few words about them; may be empty.
    pub bio: SafeHtml,
    /// Sign-up.
    pub joined: Stamp,
    /// Last seen; only for its owner and for moderators.
    pub seen: Option<Stamp>,
    /// Topics started.
    pub topics: Count,
    /// Posts.
    pub posts: Count,
    /// Messages.
    pub messages: Count,
    /// Newest entries that the viewer may read.
    pub recent: Vec<RecentEntry>,
    /// Link to older entries.
    pub older: Option<String>,
    /// It is the viewer's own.
    pub own: bool,
}

/// An entry in the list on a profile.
#[derive(Debug, Clone)]
pub struct RecentEntry {
    /// Link.
    pub url: String,
    /// Topic title or room name.
    pub title: String,
    /// Board title; empty for a room.
    pub board: String,
    /// Hue 1-8 of the board; `None` for a room.
    pub colour: Option<i16>,
    /// Its beginning as plain text.
    pub excerpt: String,
    /// When.
    pub at: Stamp,
}

/// `/settings/profile`.
#[derive(Template)]
#[template(path = "accounts/profile_edit.html")]
pub struct ProfileEditPage {
    /// Frame of the page.
    pub layout: Layout,
    /// The account.
    pub who: Person,
    /// Display name, as typed.
    pub display: String,
    /// A few words about oneself, as typed.
    pub bio: String,
    /// What is wrong with the display name.
    pub display_error: Option<String>,
    /// What is wrong with the words.
    pub bio_error: Option<String>,
    /// The warning, when the server answered 422.
    pub warning: Option<WarningView>,
    /// The rules one is asked about, for the check while typing.
    pub asks: String,
    /// Fresh name of the submission.
    pub nonce: String,
    /// `system`, `light` or `dark`.
    pub theme: &'static str,
    /// `tree` or `time`.
    pub topic_view: &'static str,
    /// What was just done ("Saved."), shown once.
    pub notice: Option<String>,
}

/// `/settings/sessions`.
#[derive(Template)]
#[template(path = "accounts/sessions.html")]
pub struct SessionsPage {
    /// Frame of the page.
    pub layout: Layout,
    /// Signed-in browsers, this one first.
    pub sessions: Vec<SessionRow>,
    /// API tokens, newest first.
    pub tokens: Vec<TokenRow>,
    /// The secret of a token made just now: shown once.
    pub new_token: Option<String>,
    /// Label of a new token, as typed.
    pub label: String,
    /// What is wrong with it.
    pub label_error: Option<String>,
    /// What is wrong with the present password.
    pub current_error: Option<String>,
    /// What is wrong with the new password.
    pub password_error: Option<String>,
    /// Least length of a password.
    pub password_min: usize,
    /// What was just done, shown once.
    pub notice: Option<String>,
}

/// A signed-in browser.
#[derive(Debug, Clone)]
pub struct SessionRow {
    /// Id.
    pub id: i64,
    /// "Firefox on Linux".
    pub device: String,
    /// Truncated address; may be empty.
    pub address: String,
    /// A telephone.
    pub phone: bool,
    /// Last request.
    pub seen: Stamp,
    /// Sign-in.
    pub since: Stamp,
    /// This browser.
    pub current: bool,
}

/// An API token without its secret.
#[derive(Debug, Clone)]
pub struct TokenRow {
    /// Id.
    pub id: i64,
    /// What its owner calls it.
    pub label: String,
    /// Made.
    pub since: Stamp,
    /// Last use.
    pub used: Option<Stamp>,
    /// End of validity.
    pub expires: Option<Stamp>,
}
