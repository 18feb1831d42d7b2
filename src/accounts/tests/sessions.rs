//! Sessions and API tokens: new at each sign-in, gone when they should be, never on disk.

use super::*;
use crate::access::Credential;
use crate::access::store::{ABSOLUTE_S, IDLE_S, STAFF_IDLE_S, touch};
use crate::entity::member::Role;
use crate::hub::Signal;
use crate::testing;

const DAY_S: i64 = 24 * 3600;

#[tokio::test]
async fn a_session_is_new_at_each_sign_in_and_ends_the_one_before() {
    let (site, _folder) = testing::site().await;
    let first = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    assert_eq!(first.token.len(), 43);
    let second = sign_in(&site, &viewer(&first), ("ADA ", PASSWORD), &caller()).await.unwrap();
    assert_ne!(first.token, second.token);
    assert!(behind(&site, &first.token).await.is_none());
    assert_eq!(behind(&site, &second.token).await.unwrap().name, "ada");
    assert!(behind(&site, "a-value-the-attacker-chose").await.is_none());
    assert!(matches!(second.member.credential, Credential::Session(_)));
}

#[tokio::test]
async fn signing_in_over_another_members_session_ends_that_one() {
    let (site, _folder) = testing::site().await;
    let ada = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    sign_up(&site, applicant("ben"), &caller()).await.unwrap();
    sign_in(&site, &viewer(&ada), ("ben", PASSWORD), &caller()).await.unwrap();
    assert!(behind(&site, &ada.token).await.is_none());
}

#[tokio::test]
async fn rest_and_age_end_a_session() {
    let (site, _folder) = testing::site().await;
    let ada = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    site.clock.advance_s(IDLE_S - 1);
    let member = behind(&site, &ada.token).await.unwrap();
    touch(&site.db, site.clock.now(), member.id, member.credential).await.unwrap();
    site.clock.advance_s(IDLE_S - 1);
    assert!(behind(&site, &ada.token).await.is_some());
    touch(&site.db, site.clock.now(), member.id, member.credential).await.unwrap();
    site.clock.advance_s(IDLE_S - 1);
    assert!(behind(&site, &ada.token).await.is_some());
    touch(&site.db, site.clock.now(), member.id, member.credential).await.unwrap();
    site.clock.advance_s(ABSOLUTE_S - 3 * IDLE_S + 3);
    assert!(behind(&site, &ada.token).await.is_none());

    let ben = sign_up(&site, applicant("ben"), &caller()).await.unwrap();
    site.clock.advance_s(IDLE_S);
    assert!(behind(&site, &ben.token).await.is_none());
    assert!(standing::again(&site.db, &site.clock, ben.member.id, ben.member.credential).await.unwrap().is_none());
}

#[tokio::test]
async fn staff_sessions_rest_for_twelve_hours_only() {
    let (site, _folder) = testing::site().await;
    testing::member(&site, "mara", Role::Moderator).await;
    let mara = enter(&site, "mara", PASSWORD).await.unwrap();
    site.clock.advance_s(STAFF_IDLE_S - 1);
    assert!(behind(&site, &mara.token).await.is_some());
    let again = enter(&site, "mara", PASSWORD).await.unwrap();
    site.clock.advance_s(STAFF_IDLE_S);
    assert!(behind(&site, &again.token).await.is_none());
}

#[tokio::test]
async fn neither_tokens_nor_addresses_nor_passwords_are_on_disk() {
    let (site, folder) = testing::site().await;
    let ada = sign_up(&site, Applicant { email: "ada.l@mail.example".into(), ..applicant("ada") }, &caller()).await.unwrap();
    let token = token_add(&site, &viewer(&ada), "reader", 30).await.unwrap();
    let link = testing::site().await;
    let setup = setup_token(&link.0).await.unwrap().unwrap();
    assert!(on_disk(folder.path(), "203.0.113.0/24") && on_disk(folder.path(), "Firefox on Linux") && on_disk(folder.path(), "$argon2id$v=19$m=19456,t=2,p=1$"));
    for secret in [&*ada.token, &*token.secret, PASSWORD, "ada.l@mail.example", "203.0.113.77", "Gecko"] {
        assert!(!on_disk(folder.path(), secret), "{secret}");
    }
    assert!(!on_disk(link.1.path(), &setup));
}

#[tokio::test]
async fn a_changed_password_ends_every_session_and_its_sockets() {
    let (site, _folder) = testing::site().await;
    let one = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    let two = enter(&site, "ada", PASSWORD).await.unwrap();
    let Credential::Session(session) = one.member.credential else { panic!() };
    let socket = site.hub.connect(Some(one.member.id), Some(session));
    let wrong = change_password(&site, &viewer(&two), ("not it at all", "another long password"), &caller()).await;
    assert_eq!(answer(wrong).0, "sign_in_failed");
    assert_eq!(fields(change_password(&site, &viewer(&two), (PASSWORD, "ada12345678"), &caller()).await), ["password"]);
    let new = change_password(&site, &viewer(&two), (PASSWORD, "another long password"), &caller()).await.unwrap();
    assert!(behind(&site, &one.token).await.is_none() && behind(&site, &two.token).await.is_none());
    assert!(behind(&site, &new.token).await.is_some());
    assert!(matches!(socket.take().signals.as_slice(), [Signal::SessionEnded]));
    assert_eq!(answer(enter(&site, "ada", PASSWORD).await).0, "sign_in_failed");
    assert!(enter(&site, "ada", "another long password").await.is_ok());
}

#[tokio::test]
async fn sessions_are_listed_and_ended_by_their_owner_only() {
    let (site, _folder) = testing::site().await;
    let one = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    site.clock.advance_s(60);
    let two = enter(&site, "ada", PASSWORD).await.unwrap();
    let ben = sign_up(&site, applicant("ben"), &caller()).await.unwrap();
    let listed = sessions(&site, &viewer(&two)).await.unwrap();
    assert_eq!(listed.iter().map(|session| session.current).collect::<Vec<_>>(), [true, false]);
    assert_eq!((listed[0].device.as_str(), listed[0].network.as_deref()), ("Firefox on Linux", Some("203.0.113.0/24")));
    assert!(matches!(end_session(&site, &viewer(&ben), listed[1].id).await, Err(Error::NotFound)));
    end_session(&site, &viewer(&two), listed[1].id).await.unwrap();
    assert!(behind(&site, &one.token).await.is_none() && behind(&site, &two.token).await.is_some());
    let three = enter(&site, "ada", PASSWORD).await.unwrap();
    assert_eq!(end_all(&site, &viewer(&three), true).await.unwrap(), 1);
    assert!(behind(&site, &three.token).await.is_some());
    sign_out(&site, &viewer(&three)).await.unwrap();
    assert!(behind(&site, &three.token).await.is_none() && behind(&site, &ben.token).await.is_some());
}

#[tokio::test]
async fn no_member_has_more_than_fifty_sessions() {
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await;
    let id = ada.id().unwrap();
    for place in 0..60_u8 {
        site.clock.advance_s(1);
        let (hash, now) = ([place; 32], site.clock.now());
        site.db.write((hash, now), move |tx, command| async move { store::open_session(&*tx, id, &command.0, &Caller::default(), command.1).await }).await.unwrap();
    }
    assert_eq!(store::sessions_of(site.db.reads(), id).await.unwrap().len(), 50);
    assert!(standing::by_session(&site.db, &site.clock, &[59; 32]).await.unwrap().is_some());
    assert!(standing::by_session(&site.db, &site.clock, &[9; 32]).await.unwrap().is_none());
}

#[tokio::test]
async fn an_api_token_works_until_revoked_or_over() {
    let (site, _folder) = testing::site().await;
    let ada = viewer(&sign_up(&site, applicant("ada"), &caller()).await.unwrap());
    let ben = viewer(&sign_up(&site, applicant("ben"), &caller()).await.unwrap());
    let (one, two) = (token_add(&site, &ada, "reader", 1).await.unwrap(), token_add(&site, &ada, "writer", 30).await.unwrap());
    assert!(one.secret.starts_with("tact_pat_") && one.secret.len() == 52);
    let by = async |secret: &str| standing::by_token(&site.db, &site.clock, &sha256(secret.as_bytes())).await.unwrap();
    let member = by(&one.secret).await.unwrap();
    assert!(member.credential == Credential::Token(one.id) && by(&two.secret).await.is_some());
    assert!(matches!(token_add(&site, &Viewer::Member(member), "more", 30).await, Err(Error::Denied("session_needed", _))));
    site.clock.advance_s(DAY_S);
    assert!(by(&one.secret).await.is_none() && by(&two.secret).await.is_some());
    assert!(matches!(token_revoke(&site, &ben, two.id).await, Err(Error::NotFound)));
    token_revoke(&site, &ada, two.id).await.unwrap();
    assert!(by(&two.secret).await.is_none());
    let left = tokens(&site, &ada).await.unwrap();
    assert_eq!(left.iter().map(|token| (token.id, token.expired)).collect::<Vec<_>>(), [(one.id, true)]);
    assert_eq!(fields(token_add(&site, &ada, "too long", 400).await), ["days"]);
}
