//! Queries over accounts, sessions, API tokens and the set-up link.

mod shown;

use sea_orm::sea_query::{Expr, OnConflict};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder,
    QuerySelect,
};

use super::device::Caller;
use super::email;
use crate::access::store::{ABSOLUTE_S, IDLE_S};
use crate::clock::Moment;
use crate::entity::member::{self, MemberState, Role, Theme, TopicView};
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::{api_token, board, room, session, setting};
use crate::error::{Error, Result};
use crate::ids::{BoardId, MemberId, RoomId, SessionId, TokenId};

/// Sessions a member may have; one more ends the one that rested longest.
const SESSIONS: u64 = 50;
/// Name of the setting that holds the hash of the set-up link.
const SETUP: &str = "setup_link";
/// Name of the setting that holds since when the community is being filled, in milliseconds.
const FILLING: &str = "filling_since";

pub use shown::{counts, placed, size, without_direct};

/// An account to be made.
#[derive(Clone)]
pub struct NewMember {
    /// Login name as it is stored.
    pub name: String,
    /// Its key against look-alikes.
    pub key: String,
    /// PHC string.
    pub password: String,
    /// Address, if given.
    pub email: Option<email::Stored>,
    /// Standing.
    pub role: Role,
}

/// The account of a login name.
pub async fn by_name(db: &impl ConnectionTrait, name: &str) -> Result<Option<member::Model>> {
    Ok(member::Entity::find().filter(member::Column::Name.eq(name)).one(db).await?)
}

/// The account that is found by the keyed hash of an address.
pub async fn by_email(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<member::Model>> {
    Ok(member::Entity::find().filter(member::Column::EmailHash.eq(hash)).one(db).await?)
}

/// The account with this id.
pub async fn by_id(db: &impl ConnectionTrait, id: MemberId) -> Result<member::Model> {
    member::Entity::find_by_id(id).one(db).await?.ok_or(Error::NotFound)
}

/// Stores an account, shown under its login name until the publish path has taken another one. An address that
/// another account is found by stays with that account; here it is kept sealed only, which nobody can see.
pub async fn insert(db: &impl ConnectionTrait, new: &NewMember, now: Moment) -> Result<MemberId> {
    if member::Entity::find().filter(member::Column::NameKey.eq(&*new.key)).count(db).await? > 0 {
        return Err(Error::field("name", "This name is taken, or looks like one that is. Choose another one."));
    }
    let (sealed, hash) = match &new.email {
        Some(email) => (Some(email.sealed.clone()), free_hash(db, &email.hash).await?),
        None => (None, None),
    };
    let row = member::ActiveModel {
        name: Set(new.name.clone()),
        name_key: Set(new.key.clone()),
        display: Set(new.name.clone()),
        bio: Set(String::new()),
        bio_html: Set(String::new()),
        revision: Set(1),
        email_sealed: Set(sealed),
        email_hash: Set(hash),
        password: Set(new.password.clone()),
        role: Set(new.role),
        trust: Set(0),
        state: Set(MemberState::Active),
        theme: Set(Theme::System),
        topic_view: Set(TopicView::Threaded),
        entries: Set(0),
        created_at: Set(now),
        seen_at: Set(now),
        ..Default::default()
    };
    Ok(member::Entity::insert(row).exec(db).await?.last_insert_id)
}

async fn free_hash(db: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<Vec<u8>>> {
    let taken = member::Entity::find().filter(member::Column::EmailHash.eq(hash)).count(db).await? > 0;
    Ok((!taken).then(|| hash.to_vec()))
}

/// Stores a new password hash, if the old one still stands.
pub async fn set_password(db: &impl ConnectionTrait, id: MemberId, old: Option<&str>, new: &str) -> Result<()> {
    let mut update = member::Entity::update_many()
        .col_expr(member::Column::Password, Expr::value(new))
        .filter(member::Column::Id.eq(id));
    if let Some(old) = old {
        update = update.filter(member::Column::Password.eq(old));
    }
    if update.exec(db).await?.rows_affected == 0 {
        return Err(Error::Conflict("password_changed", "The password was changed meanwhile. Sign in again.".into()));
    }
    Ok(())
}

/// Sets the standing of an account.
pub async fn set_role(db: &impl ConnectionTrait, id: MemberId, role: Role) -> Result<()> {
    member::Entity::update_many()
        .col_expr(member::Column::Role, Expr::value(role))
        .filter(member::Column::Id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

/// Sets theme and order of topics.
pub async fn set_preferences(db: &impl ConnectionTrait, id: MemberId, theme: Theme, view: TopicView) -> Result<()> {
    let update = member::Entity::update_many()
        .col_expr(member::Column::Theme, Expr::value(theme))
        .col_expr(member::Column::TopicView, Expr::value(view));
    update.filter(member::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}

/// Admins who can sign in, besides one account.
pub async fn other_admins(db: &impl ConnectionTrait, besides: Option<MemberId>) -> Result<u64> {
    let mut query = member::Entity::find()
        .filter(member::Column::Role.eq(Role::Admin))
        .filter(member::Column::State.eq(MemberState::Active));
    if let Some(id) = besides {
        query = query.filter(member::Column::Id.ne(id));
    }
    Ok(query.count(db).await?)
}

/// Opens a session; only the SHA-256 of its token is stored. Clears away what has expired or is one too many.
pub async fn open_session(
    db: &impl ConnectionTrait,
    member: MemberId,
    hash: &[u8; 32],
    caller: &Caller,
    now: Moment,
) -> Result<SessionId> {
    let over = Condition::any()
        .add(session::Column::SeenAt.lte(now.plus_s(-IDLE_S)))
        .add(session::Column::CreatedAt.lte(now.plus_s(-ABSOLUTE_S)));
    session::Entity::delete_many().filter(session::Column::MemberId.eq(member)).filter(over).exec(db).await?;
    let surplus: Vec<SessionId> = session::Entity::find()
        .filter(session::Column::MemberId.eq(member))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::Id)
        .select_only()
        .column(session::Column::Id)
        .offset(SESSIONS - 1)
        .limit(SESSIONS)
        .into_tuple()
        .all(db)
        .await?;
    session::Entity::delete_many().filter(session::Column::Id.is_in(surplus)).exec(db).await?;
    let row = session::ActiveModel {
        member_id: Set(member),
        token_hash: Set(hash.to_vec()),
        device: Set(caller.device.clone()),
        address: Set(caller.network()),
        created_at: Set(now),
        seen_at: Set(now),
        ..Default::default()
    };
    Ok(session::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// A member's sessions, the last used first.
pub async fn sessions_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<session::Model>> {
    let all = session::Entity::find().filter(session::Column::MemberId.eq(member));
    Ok(all.order_by_desc(session::Column::SeenAt).order_by_desc(session::Column::Id).all(db).await?)
}

/// Ends one session of a member; whether there was one.
pub async fn end_session(db: &impl ConnectionTrait, member: MemberId, id: SessionId) -> Result<bool> {
    let ended = session::Entity::delete_many()
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::MemberId.eq(member))
        .exec(db)
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends the sessions of a member, but for one if it is named; returns which ones.
pub async fn end_sessions(
    db: &impl ConnectionTrait,
    member: MemberId,
    keep: Option<SessionId>,
) -> Result<Vec<SessionId>> {
    let rows = sessions_of(db, member).await?;
    let ids: Vec<_> = rows.into_iter().map(|row| row.id).filter(|id| Some(*id) != keep).collect();
    session::Entity::delete_many().filter(session::Column::Id.is_in(ids.iter().copied())).exec(db).await?;
    Ok(ids)
}

/// Keeps the hash of the set-up link, in the place of any earlier one.
pub async fn keep_setup(db: &impl ConnectionTrait, hash: &str) -> Result<()> {
    let row = setting::ActiveModel { key: Set(SETUP.to_owned()), value: Set(hash.to_owned()) };
    let replace = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
    setting::Entity::insert(row).on_conflict(replace).exec_without_returning(db).await?;
    Ok(())
}

/// The hash of the set-up link, while there is one.
pub async fn setup(db: &impl ConnectionTrait) -> Result<Option<String>> {
    Ok(setting::Entity::find_by_id(SETUP).one(db).await?.map(|row| row.value))
}

/// Takes the set-up link away.
pub async fn drop_setup(db: &impl ConnectionTrait) -> Result<()> {
    setting::Entity::delete_by_id(SETUP).exec(db).await?;
    Ok(())
}

/// Keeps when filling began, unless that is kept already, and returns it.
pub async fn keep_filling(db: &impl ConnectionTrait, at: i64) -> Result<i64> {
    if let Some(begun) = filling(db).await? {
        return Ok(begun);
    }
    let row = setting::ActiveModel { key: Set(FILLING.to_owned()), value: Set(at.to_string()) };
    setting::Entity::insert(row).exec_without_returning(db).await?;
    Ok(at)
}

/// When filling began, as long as it has not ended.
pub async fn filling(db: &impl ConnectionTrait) -> Result<Option<i64>> {
    Ok(setting::Entity::find_by_id(FILLING).one(db).await?.and_then(|row| row.value.parse().ok()))
}

/// Filling has ended.
pub async fn drop_filling(db: &impl ConnectionTrait) -> Result<()> {
    setting::Entity::delete_by_id(FILLING).exec(db).await?;
    Ok(())
}

/// The board with this slug.
pub async fn board_id(db: &impl ConnectionTrait, slug: &str) -> Result<BoardId> {
    board::Entity::find().filter(board::Column::Slug.eq(slug)).one(db).await?.map(|row| row.id).ok_or(Error::NotFound)
}

/// The room with this slug.
pub async fn room_id(db: &impl ConnectionTrait, slug: &str) -> Result<RoomId> {
    room::Entity::find().filter(room::Column::Slug.eq(slug)).one(db).await?.map(|row| row.id).ok_or(Error::NotFound)
}

/// Makes a member moderator of a board or room.
pub async fn grant(
    db: &impl ConnectionTrait,
    member: MemberId,
    (kind, place): (PlaceKind, i64),
    now: Moment,
) -> Result<()> {
    if place_role::Entity::find_by_id((member, kind, place)).one(db).await?.is_some() {
        return Ok(());
    }
    let row = place_role::ActiveModel {
        member_id: Set(member),
        place_kind: Set(kind),
        place_id: Set(place),
        granted_at: Set(now),
    };
    place_role::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The reverse of [`grant`].
pub async fn ungrant(db: &impl ConnectionTrait, member: MemberId, (kind, place): (PlaceKind, i64)) -> Result<()> {
    place_role::Entity::delete_by_id((member, kind, place)).exec(db).await?;
    Ok(())
}

/// Stores an API token by its SHA-256.
pub async fn insert_token(
    db: &impl ConnectionTrait,
    member: MemberId,
    hash: &[u8; 32],
    label: &str,
    (now, end): (Moment, Moment),
) -> Result<TokenId> {
    let row = api_token::ActiveModel {
        member_id: Set(member),
        token_hash: Set(hash.to_vec()),
        label: Set(label.to_owned()),
        revoked: Set(false),
        created_at: Set(now),
        expires_at: Set(Some(end)),
        used_at: Set(None),
        ..Default::default()
    };
    Ok(api_token::Entity::insert(row).exec(db).await?.last_insert_id)
}

/// A member's API tokens that are not revoked, the newest first.
pub async fn tokens_of(db: &impl ConnectionTrait, member: MemberId) -> Result<Vec<api_token::Model>> {
    let all = api_token::Entity::find()
        .filter(api_token::Column::MemberId.eq(member))
        .filter(api_token::Column::Revoked.eq(false));
    Ok(all.order_by_desc(api_token::Column::Id).all(db).await?)
}

/// Revokes one API token of a member; whether there was one.
pub async fn revoke_token(db: &impl ConnectionTrait, member: MemberId, id: TokenId) -> Result<bool> {
    let update = api_token::Entity::update_many()
        .col_expr(api_token::Column::Revoked, Expr::value(true))
        .filter(api_token::Column::Id.eq(id));
    let own = update.filter(api_token::Column::MemberId.eq(member)).filter(api_token::Column::Revoked.eq(false));
    Ok(own.exec(db).await?.rows_affected > 0)
}

/// Revokes every API token of a member.
pub async fn revoke_tokens(db: &impl ConnectionTrait, member: MemberId) -> Result<()> {
    let update = api_token::Entity::update_many().col_expr(api_token::Column::Revoked, Expr::value(true));
    update.filter(api_token::Column::MemberId.eq(member)).exec(db).await?;
    Ok(())
}
