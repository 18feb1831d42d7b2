//! Reading a member's standing: by id, by session, by API token. What has expired does not exist.

use sea_orm::sea_query::Expr;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Credential, Member};
use crate::clock::{Clock, Moment};
use crate::db::Db;
use crate::entity::member::{self, MemberState, Role};
use crate::entity::place_role::{self, PlaceKind};
use crate::entity::{api_token, session};
use crate::error::Result;
use crate::ids::{BoardId, MemberId, RoomId, SessionId, TokenId};

/// A session ends when it was not used for so long.
pub const IDLE_S: i64 = 30 * 24 * 3600;
/// The same for sessions of moderators and admins.
pub const STAFF_IDLE_S: i64 = 12 * 3600;
/// A session ends this long after the sign-in, used or not.
pub const ABSOLUTE_S: i64 = 90 * 24 * 3600;
/// How exact the last use of a session is kept.
const MINUTE_S: i64 = 60;
/// How exact the last use of an account and of a token is kept.
const HOUR_S: i64 = 3600;

/// The member with the standing they have right now; `None` for unknown and suspended ones.
pub async fn load(db: &impl ConnectionTrait, id: MemberId, credential: Credential) -> Result<Option<Member>> {
    let Some(row) = member::Entity::find_by_id(id).one(db).await? else { return Ok(None) };
    if row.state != MemberState::Active {
        return Ok(None);
    }
    let roles = place_role::Entity::find().filter(place_role::Column::MemberId.eq(id)).all(db).await?;
    let of = |kind| roles.iter().filter(move |role| role.place_kind == kind).map(|role| role.place_id);
    Ok(Some(Member {
        id,
        name: row.name,
        display: row.display,
        role: row.role,
        trust: row.trust,
        boards: of(PlaceKind::Board).map(BoardId).collect(),
        rooms: of(PlaceKind::Room).map(RoomId).collect(),
        credential,
    }))
}

/// The member a session belongs to, by the SHA-256 of the cookie's token. Notes the use, at most once a minute and
/// beside the request: a database that takes no writes just now does not sign anybody out.
pub async fn by_session(db: &Db, clock: &Clock, token_hash: &[u8; 32]) -> Result<Option<Member>> {
    let row = session::Entity::find().filter(session::Column::TokenHash.eq(token_hash.as_slice())).one(db.reads()).await?;
    let Some(row) = row else { return Ok(None) };
    let now = clock.now();
    let Some(member) = load(db.reads(), row.member_id, Credential::Session(row.id)).await? else { return Ok(None) };
    if is_over(&row, idle_s(&member), now) {
        return Ok(None);
    }
    if now.since_s(row.seen_at) >= MINUTE_S {
        beside(db, now, member.id, member.credential);
    }
    Ok(Some(member))
}

/// The member an API token belongs to, by its SHA-256. Notes the use, at most once an hour.
pub async fn by_token(db: &Db, clock: &Clock, token_hash: &[u8; 32]) -> Result<Option<Member>> {
    let row = api_token::Entity::find().filter(api_token::Column::TokenHash.eq(token_hash.as_slice())).one(db.reads()).await?;
    let now = clock.now();
    let Some(row) = row.filter(|row| !row.revoked && row.expires_at.is_none_or(|end| now < end)) else { return Ok(None) };
    let member = load(db.reads(), row.member_id, Credential::Token(row.id)).await?;
    if member.is_some() && row.used_at.is_none_or(|used| now.since_s(used) >= HOUR_S) {
        beside(db, now, row.member_id, Credential::Token(row.id));
    }
    Ok(member)
}

/// The member behind a credential that was good before, with the standing and the expiry of now. Open sockets ask
/// this again and again.
pub async fn again(db: &Db, clock: &Clock, id: MemberId, credential: Credential) -> Result<Option<Member>> {
    let now = clock.now();
    let Some(member) = load(db.reads(), id, credential).await? else { return Ok(None) };
    let good = match credential {
        Credential::Console => true,
        Credential::Session(session) => {
            let row = session::Entity::find_by_id(session).one(db.reads()).await?;
            row.is_some_and(|row| row.member_id == id && !is_over(&row, idle_s(&member), now))
        }
        Credential::Token(token) => {
            let row = api_token::Entity::find_by_id(token).one(db.reads()).await?;
            row.is_some_and(|row| row.member_id == id && !row.revoked && row.expires_at.is_none_or(|end| now < end))
        }
    };
    Ok(good.then_some(member))
}

/// How long this member's sessions may rest. Whoever moderates anything counts as staff.
pub fn idle_s(member: &Member) -> i64 {
    let staff = member.role > Role::Member || !member.boards.is_empty() || !member.rooms.is_empty();
    if staff { STAFF_IDLE_S } else { IDLE_S }
}

/// Whether a session has ended by its age or by rest.
pub fn is_over(row: &session::Model, idle_s: i64, now: Moment) -> bool {
    now.since_s(row.seen_at) >= idle_s || now.since_s(row.created_at) >= ABSOLUTE_S
}

/// Notes a use without making anybody wait. That it may fail is fine: the next use notes it.
fn beside(db: &Db, now: Moment, member: MemberId, credential: Credential) {
    let db = db.clone();
    tokio::spawn(async move {
        if let Err(error) = touch(&db, now, member, credential).await {
            tracing::debug!(cause = %error, "the last use of a session was not noted");
        }
    });
}

/// Notes that a member was here: on the session to the minute, on account and token to the hour.
pub async fn touch(db: &Db, now: Moment, member: MemberId, credential: Credential) -> Result<()> {
    db.write((now, member, credential), |tx, command| async move {
        let (now, member, credential) = *command;
        member::Entity::update_many()
            .col_expr(member::Column::SeenAt, Expr::value(now))
            .filter(member::Column::Id.eq(member))
            .filter(member::Column::SeenAt.lte(now.plus_s(-HOUR_S)))
            .exec(&*tx)
            .await?;
        match credential {
            Credential::Session(id) => touch_session(&*tx, now, id).await,
            Credential::Token(id) => touch_token(&*tx, now, id).await,
            Credential::Console => Ok(()),
        }
    })
    .await
}

async fn touch_session(db: &impl ConnectionTrait, now: Moment, id: SessionId) -> Result<()> {
    session::Entity::update_many()
        .col_expr(session::Column::SeenAt, Expr::value(now))
        .filter(session::Column::Id.eq(id))
        .filter(session::Column::SeenAt.lt(now))
        .exec(db)
        .await?;
    Ok(())
}

async fn touch_token(db: &impl ConnectionTrait, now: Moment, id: TokenId) -> Result<()> {
    api_token::Entity::update_many().col_expr(api_token::Column::UsedAt, Expr::value(now)).filter(api_token::Column::Id.eq(id)).exec(db).await?;
    Ok(())
}
