//! What whoever runs the server does to accounts from the command line: standing, and a way back in.

use super::password::{self, Password};
use super::store;
use crate::clock::Moment;
use crate::db::Tx;
use crate::entity::member::Role;
use crate::entity::place_role::PlaceKind;
use crate::error::{Error, Result};
use crate::ids::{MemberId, SessionId};
use crate::site::Site;

/// Standing to be given or taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Grant {
    /// On the whole site.
    Site(Role),
    /// Moderator of the board with this slug.
    Board(String),
    /// Moderator of the room with this slug.
    Room(String),
}

/// Gives a member standing. Their sessions end, so that none of the old ones carries the new rights.
///
/// # Errors
/// `NotFound` for an unknown member, board or room; `Conflict` when the site would be left without an admin.
pub async fn promote(site: &Site, name: &str, grant: Grant) -> Result<()> {
    change(site, name, grant, true).await
}

/// Takes standing away: of the whole site (whatever it was), or of one board or room. Their sessions end.
///
/// # Errors
/// As [`promote`].
pub async fn revoke(site: &Site, name: &str, grant: Grant) -> Result<()> {
    let grant = if matches!(grant, Grant::Site(_)) { Grant::Site(Role::Member) } else { grant };
    change(site, name, grant, false).await
}

async fn change(site: &Site, name: &str, grant: Grant, give: bool) -> Result<()> {
    let command = (name.trim().to_ascii_lowercase(), grant, give, site.clock.now());
    let (id, ended) = site
        .db
        .write(command, |tx, command| async move {
            let (name, grant, give, now) = &*command;
            let id = store::by_name(&*tx, name).await?.ok_or(Error::NotFound)?.id;
            match grant {
                Grant::Site(role) => site_role(&tx, id, *role).await?,
                Grant::Board(slug) => {
                    let board = store::board_id(&*tx, slug).await?;
                    place_role(&tx, id, (PlaceKind::Board, board.0), *give, *now).await?;
                }
                Grant::Room(slug) => {
                    let room = store::room_id(&*tx, slug).await?;
                    place_role(&tx, id, (PlaceKind::Room, room.0), *give, *now).await?;
                }
            }
            Ok((id, store::end_sessions(&*tx, id, None).await?))
        })
        .await?;
    tell(site, id, &ended);
    Ok(())
}

async fn site_role(tx: &Tx, id: MemberId, role: Role) -> Result<()> {
    let was_admin = store::by_id(&**tx, id).await?.role == Role::Admin;
    if was_admin && role != Role::Admin && store::other_admins(&**tx, Some(id)).await? == 0 {
        return Err(Error::Conflict("last_admin", "This is the only admin. Make somebody else admin first.".into()));
    }
    if role == Role::Admin {
        store::drop_setup(&**tx).await?;
    }
    store::set_role(&**tx, id, role).await
}

async fn place_role(tx: &Tx, id: MemberId, place: (PlaceKind, i64), give: bool, now: Moment) -> Result<()> {
    if give { store::grant(&**tx, id, place, now).await } else { store::ungrant(&**tx, id, place).await }
}

fn tell(site: &Site, id: MemberId, ended: &[SessionId]) {
    for session in ended {
        site.hub.end_session(*session);
    }
    site.hub.recheck(id);
}

/// Gives a member a generated password, to be handed over and changed after signing in. Their sessions end and their
/// API tokens are revoked: whoever asks for this may have lost more than the password.
///
/// # Errors
/// `NotFound` for an unknown member.
pub async fn reset(site: &Site, name: &str) -> Result<String> {
    let row = store::by_name(site.db.reads(), &name.trim().to_ascii_lowercase()).await?.ok_or(Error::NotFound)?;
    let plain = generate(&site.clock.random());
    let hash = password::shared().hash(&site.clock, Password::given("password", &plain)?).await?;
    let ended = site
        .db
        .write((row.id, hash), |tx, command| async move {
            store::set_password(&*tx, command.0, None, &command.1).await?;
            store::revoke_tokens(&*tx, command.0).await?;
            store::end_sessions(&*tx, command.0, None).await
        })
        .await?;
    tell(site, row.id, &ended);
    Ok(plain)
}

/// 100 bits as five groups of four characters without those that are mistaken for each other.
fn generate(random: &[u8; 20]) -> String {
    const ALPHABET: [char; 32] = [
        'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'j', 'k', 'm', 'n', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', '2', '3', '4', '5', '6', '7',
        '8', '9', '0',
    ];
    let letter = |byte: &u8| ALPHABET.get(usize::from(byte & 31)).copied().unwrap_or('a');
    let groups: Vec<String> = random.chunks(4).map(|chunk| chunk.iter().map(letter).collect()).collect();
    groups.join("-")
}
