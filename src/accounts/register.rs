//! Making accounts: from the sign-up form, from the set-up link, from the command line. One path for all three.

use super::device::Caller;
use super::email::Address;
use super::password::{self, Password};
use super::store::{self, NewMember};
use super::{SignedIn, setup};
use crate::access::{Credential, Member, Viewer, store as standing};
use crate::entity::member::Role;
use crate::error::{Error, FieldError, Result};
use crate::ids::{MemberId, SessionId};
use crate::keys::sha256;
use crate::limits::{Key, Quota};
use crate::publish::{self, Choice, Envelope, Outcome, Submission};
use crate::site::Site;
use crate::text;

/// Most characters of a display name.
const DISPLAY_CHARS: usize = 40;

/// What somebody fills in to get an account. It has no `Debug`.
#[derive(Clone, Default)]
pub struct Applicant {
    /// Wished login name.
    pub name: String,
    /// Display name; the login name when empty.
    pub display: String,
    /// E-mail address; may be empty.
    pub email: String,
    /// Password as typed.
    pub password: String,
}

/// Why an account may be made.
#[derive(Clone)]
pub(super) enum Ground {
    /// The community takes sign-ups.
    SignUp,
    /// Somebody has the set-up link; its hash as stored.
    SetUp(String),
    /// Whoever runs the server.
    Console(Role),
}

/// Makes an account for a guest and signs in.
///
/// Login names are public, so a taken one is said to be taken. E-mail addresses are not: whether another account is
/// found by the same address changes neither the answer nor anything the new member can see.
///
/// # Errors
/// `Denied` when the community takes no sign-ups, `Limited`, and `Invalid` with every field that needs another look.
pub async fn sign_up(site: &Site, applicant: Applicant, caller: &Caller) -> Result<SignedIn> {
    if !site.config.sign_up {
        return Err(Error::Denied("sign_up_closed", "This community takes no new members just now.".into()));
    }
    if let Some(address) = caller.address {
        site.limits.check(Quota::SignUp, Key::address(address), Some(address))?;
    }
    with_session(site, applicant, Ground::SignUp, caller).await
}

/// Makes an account from the command line. Nobody is signed in by it.
///
/// # Errors
/// `Invalid` with every field that needs another look.
pub async fn add(site: &Site, applicant: Applicant, role: Role) -> Result<Member> {
    let checked = check(site, &applicant)?;
    let (id, _) = insert(site, checked.new_member(site).await?, Ground::Console(role), None).await?;
    let member = standing::load(site.db.reads(), id, Credential::Console).await?.ok_or(Error::NotFound)?;
    present(site, member, &checked.display).await
}

/// Makes an account and opens its first session.
pub(super) async fn with_session(
    site: &Site,
    applicant: Applicant,
    ground: Ground,
    caller: &Caller,
) -> Result<SignedIn> {
    let checked = check(site, &applicant)?;
    let token = site.clock.token();
    let session = (sha256(token.as_bytes()), caller.clone());
    let (id, session) = insert(site, checked.new_member(site).await?, ground, Some(session)).await?;
    let session = session.ok_or_else(|| Error::internal("an account without its session"))?;
    let member = standing::load(site.db.reads(), id, Credential::Session(session)).await?.ok_or(Error::NotFound)?;
    Ok(SignedIn { member: present(site, member, &checked.display).await?, token })
}

/// An application whose every field is fine.
struct Checked {
    name: String,
    display: String,
    email: Option<Address>,
    password: Password,
}

impl Checked {
    async fn new_member(&self, site: &Site) -> Result<NewMember> {
        Ok(NewMember {
            name: self.name.clone(),
            key: text::skeleton(&self.name),
            password: password::shared().hash(&site.clock, self.password.clone()).await?,
            email: self.email.as_ref().map(|email| email.store(&site.keys, &site.clock)).transpose()?,
            role: Role::Member,
        })
    }
}

/// Checks every field and reports all that need another look at once.
fn check(site: &Site, applicant: &Applicant) -> Result<Checked> {
    let name = text::member_name(&applicant.name)
        .map_err(|error| Error::field("name", error.to_string()))
        .and_then(|name| harmless("name", name));
    let wished = if applicant.display.trim().is_empty() { &applicant.name } else { &applicant.display };
    let display = text::line(wished, DISPLAY_CHARS)
        .map_err(|error| Error::field("display", error.to_string()))
        .and_then(|display| harmless("display", display));
    let email = Address::parse(&applicant.email);
    let local = email.as_ref().ok().and_then(Option::as_ref).map_or("", Address::local).to_owned();
    let words = [&*site.config.site_name, "tact", &applicant.name, &applicant.display, &local];
    let password = Password::chosen("password", &applicant.password, &words);
    match (name, display, email, password) {
        (Ok(name), Ok(display), Ok(email), Ok(password)) => Ok(Checked { name, display, email, password }),
        (name, display, email, password) => Err(together([name.err(), display.err(), email.err(), password.err()])),
    }
}

/// Names are public from the first moment, so nothing private may stand in them. The sentence does not repeat it.
fn harmless(field: &'static str, text: String) -> Result<String> {
    match publish::unwelcome(&text) {
        None => Ok(text),
        Some(finding) => Err(Error::field(
            field,
            format!(
                "This looks like private data ({}), and names are public. Choose another one.",
                finding.rule.label()
            ),
        )),
    }
}

fn together(errors: impl IntoIterator<Item = Option<Error>>) -> Error {
    let mut fields: Vec<FieldError> = Vec::new();
    for error in errors.into_iter().flatten() {
        match error {
            Error::Invalid(more) => fields.extend(more),
            other => return other,
        }
    }
    Error::Invalid(fields)
}

type Opening = Option<([u8; 32], Caller)>;

/// Stores the account with its first session. Two sign-ups at the same instant can collide where there are many
/// writers; the second run then sees what the first one stored and says so in words.
async fn insert(
    site: &Site,
    new: NewMember,
    ground: Ground,
    opening: Opening,
) -> Result<(MemberId, Option<SessionId>)> {
    let first = insert_once(site, new.clone(), ground.clone(), opening.clone()).await;
    match first {
        Err(Error::Conflict("exists", _)) => insert_once(site, new, ground, opening).await,
        other => other,
    }
}

async fn insert_once(
    site: &Site,
    mut new: NewMember,
    ground: Ground,
    opening: Opening,
) -> Result<(MemberId, Option<SessionId>)> {
    new.role = match ground {
        Ground::SignUp => Role::Member,
        Ground::SetUp(_) => Role::Admin,
        Ground::Console(role) => role,
    };
    let command = (new, ground, opening, site.clock.now());
    site.db
        .write(command, |tx, command| async move {
            let (new, ground, opening, now) = &*command;
            match ground {
                Ground::SetUp(hash) => setup::claim(&*tx, hash).await?,
                Ground::Console(Role::Admin) => store::drop_setup(&*tx).await?,
                Ground::SignUp | Ground::Console(_) => {}
            }
            let id = store::insert(&*tx, new, *now).await?;
            let session = match opening {
                Some((hash, caller)) => Some(store::open_session(&*tx, id, hash, caller, *now).await?),
                None => None,
            };
            Ok((id, session))
        })
        .await
}

/// Puts the display name through the publish path. The account stands already: should the path not take the name just
/// now, the member is shown under the login name and can change that in the settings.
async fn present(site: &Site, mut member: Member, display: &str) -> Result<Member> {
    if display == member.display {
        return Ok(member);
    }
    let submission = Submission::Profile { display: display.to_owned(), bio: String::new() };
    let envelope = Envelope { nonce: site.clock.token(), choice: Choice::Warn, address: None };
    match publish::publish(site, &Viewer::Member(member.clone()), submission, envelope).await {
        Ok(Outcome::Published(_)) => display.clone_into(&mut member.display),
        Ok(Outcome::Warned(_) | Outcome::Held(_)) => {}
        Err(error) => {
            tracing::warn!(cause = %error, member = %member.id, "a new member's display name was not published");
        }
    }
    Ok(member)
}
