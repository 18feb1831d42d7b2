//! Who gets an account, who gets in, and what the answers give away.

use super::*;
use crate::entity::member::{MemberState, Role};
use crate::testing;

#[tokio::test]
async fn unknown_names_and_wrong_passwords_get_the_same_answer() {
    let (site, _folder) = testing::site().await;
    sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    let wrong = answer(enter(&site, "ada", "another password").await);
    assert_eq!(wrong, answer(enter(&site, "nobody-here", "another password").await));
    assert_eq!(wrong, answer(enter(&site, "ada@mail.example", "another password").await));
    for name in ["ada", "nobody-here"] {
        for _ in 0..4 {
            assert_eq!(enter(&site, name, "another password").await.err().unwrap().code(), "sign_in_failed");
        }
    }
    let limited = |outcome: Result<SignedIn>| matches!(outcome, Err(Error::Limited(limited)) if limited.quota == "sign_in_failures" && limited.retry_after_s == 30);
    assert!(limited(enter(&site, "ada", PASSWORD).await) && limited(enter(&site, "nobody-here", PASSWORD).await));
    site.clock.advance_s(30);
    assert!(enter(&site, "ada", PASSWORD).await.is_ok());
}

#[tokio::test]
async fn a_taken_address_changes_nothing_that_shows() {
    let (site, _folder) = testing::site().await;
    let with = |name: &str, email: &str| Applicant { email: email.to_owned(), ..applicant(name) };
    sign_up(&site, with("ada", "ada@mail.example"), &caller()).await.unwrap();
    let second = sign_up(&site, with("ben", "ADA@mail.example"), &caller()).await.unwrap();
    assert_eq!(second.member.name, "ben");
    let (ada, ben) = (store::by_name(site.db.reads(), "ada").await.unwrap().unwrap(), store::by_name(site.db.reads(), "ben").await.unwrap().unwrap());
    assert!(ada.email_hash.is_some() && ben.email_hash.is_none() && ben.email_sealed.is_some());
    assert_eq!(fields(sign_up(&site, with("cleo", "not an address"), &caller()).await), ["email"]);
}

#[tokio::test]
async fn look_alikes_and_reserved_names_are_refused() {
    let (site, _folder) = testing::site().await;
    let made = sign_up(&site, applicant("Ada.Lovelace"), &caller()).await.unwrap();
    assert_eq!(made.member.name, "ada.lovelace");
    for name in ["ada.lovelace", "ADA.LOVELACE", "ada_lovelace", "ada-lovelace", "ada.1ovelace", "adа.lovelace", "admin", "a", "two words", "-ada"] {
        assert_eq!(fields(sign_up(&site, applicant(name), &caller()).await), ["name"], "{name}");
    }
}

#[tokio::test]
async fn every_wrong_field_is_named_at_once() {
    let (site, _folder) = testing::site().await;
    let all = Applicant { name: "no spaces here".into(), display: "x".repeat(41), email: "nowhere".into(), password: "short".into() };
    assert_eq!(fields(sign_up(&site, all, &caller()).await), ["name", "display", "email", "password"]);
    let (closed, _folder) = testing::site_with(|config| config.sign_up = false).await;
    assert_eq!(answer(sign_up(&closed, applicant("ada"), &caller()).await).0, "sign_up_closed");
}

#[tokio::test]
async fn private_data_in_a_name_is_refused_without_repeating_it() {
    let (site, _folder) = testing::site().await;
    for display in ["4539 1488 0343 6467", "ada@mail.example", "SSN 219-09-9998"] {
        let error = sign_up(&site, Applicant { display: display.to_owned(), ..applicant("ada") }, &caller()).await.err().unwrap();
        assert!(error.message().contains("looks like private data") && !error.message().contains(display), "{}", error.message());
    }
    assert_eq!(fields(sign_up(&site, applicant("212-09-9998"), &caller()).await)[0], "name");
    let fine = sign_up(&site, Applicant { display: "  Ada   Lovelace ".into(), ..applicant("ada") }, &caller()).await.unwrap();
    assert_eq!(fine.member.display, "Ada Lovelace");
    assert_eq!(behind(&site, &fine.token).await.unwrap().display, "Ada Lovelace");
}

#[tokio::test]
async fn the_set_up_link_works_once_and_only_the_last_one() {
    let (site, _folder) = testing::site().await;
    let old = setup_token(&site).await.unwrap().unwrap();
    let link = setup_token(&site).await.unwrap().unwrap();
    assert!(setup_is_open(&site, &old).await.is_err() && setup_is_open(&site, "").await.is_err());
    setup_is_open(&site, &link).await.unwrap();
    let first = async |token: &str, name: &str| create_first_admin(&site, token, applicant(name), &caller()).await;
    assert!(matches!(first(&old, "ada").await, Err(Error::NotFound)));
    assert_eq!(fields(first(&link, "no spaces").await), ["name"]);
    let admin = first(&link, "ada").await.unwrap();
    assert_eq!(behind(&site, &admin.token).await.unwrap().role, Role::Admin);
    assert!(matches!(first(&link, "ben").await, Err(Error::NotFound)));
    assert!(setup_is_open(&site, &link).await.is_err());
    assert!(setup_token(&site).await.unwrap().is_none());
}

#[tokio::test]
async fn two_who_use_the_link_at_once_make_one_admin() {
    let (site, _folder) = testing::site().await;
    let link = setup_token(&site).await.unwrap().unwrap();
    let caller = caller();
    let (one, two) = tokio::join!(create_first_admin(&site, &link, applicant("ada"), &caller), create_first_admin(&site, &link, applicant("ben"), &caller));
    assert!(one.is_ok() != two.is_ok());
    assert_eq!(store::other_admins(site.db.reads(), None).await.unwrap(), 1);
}

#[tokio::test]
async fn standing_is_given_and_taken_and_ends_sessions() {
    let (site, _folder) = testing::site().await;
    testing::member(&site, "root-ada", Role::Admin).await;
    let ben = sign_up(&site, applicant("ben"), &caller()).await.unwrap();
    promote(&site, "Ben", Grant::Site(Role::Moderator)).await.unwrap();
    assert!(behind(&site, &ben.token).await.is_none());
    assert_eq!(enter(&site, "ben", PASSWORD).await.unwrap().member.role, Role::Moderator);
    revoke(&site, "ben", Grant::Site(Role::Moderator)).await.unwrap();
    assert_eq!(enter(&site, "ben", PASSWORD).await.unwrap().member.role, Role::Member);
    assert!(matches!(revoke(&site, "root-ada", Grant::Site(Role::Admin)).await, Err(Error::Conflict("last_admin", _))));
    assert!(matches!(promote(&site, "ben", Grant::Board("nowhere".into())).await, Err(Error::NotFound)));
    assert!(matches!(promote(&site, "nobody", Grant::Site(Role::Admin)).await, Err(Error::NotFound)));
}

#[tokio::test]
async fn a_reset_gives_a_password_and_ends_everything_else() {
    let (site, _folder) = testing::site().await;
    let ada = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    let token = token_add(&site, &viewer(&ada), "reader", 30).await.unwrap();
    let new = reset(&site, "ada").await.unwrap();
    assert!(behind(&site, &ada.token).await.is_none());
    assert!(standing::by_token(&site.db, &site.clock, &sha256(token.secret.as_bytes())).await.unwrap().is_none());
    assert_eq!(answer(enter(&site, "ada", PASSWORD).await).0, "sign_in_failed");
    assert!(enter(&site, "ada", &new).await.is_ok());
}

#[tokio::test]
async fn suspended_members_hear_so_only_with_the_right_password() {
    let (site, _folder) = testing::site().await;
    let ada = sign_up(&site, applicant("ada"), &caller()).await.unwrap();
    let id = ada.member.id;
    suspend(&site, id).await;
    assert!(behind(&site, &ada.token).await.is_none());
    assert_eq!(answer(enter(&site, "ada", "another password").await).0, "sign_in_failed");
    assert_eq!(answer(enter(&site, "ada", PASSWORD).await).0, "suspended");
}

#[tokio::test]
async fn an_outdated_hash_is_renewed_at_the_next_sign_in() {
    use argon2::password_hash::PasswordHasher;
    let (site, _folder) = testing::site().await;
    let ada = testing::member(&site, "ada", Role::Member).await.id().unwrap();
    let weak = argon2::Argon2::new(argon2::Algorithm::Argon2id, argon2::Version::V0x13, argon2::Params::new(8_192, 1, 1, None).unwrap());
    let old = weak.hash_password_with_salt(PASSWORD.as_bytes(), &[7; 16]).unwrap().to_string();
    site.db.write((ada, old.clone()), |tx, command| async move { store::set_password(&*tx, command.0, None, &command.1).await }).await.unwrap();
    assert!(enter(&site, "ada", "another password").await.is_err());
    assert_eq!(store::by_id(site.db.reads(), ada).await.unwrap().password, old);
    assert!(enter(&site, "ada", PASSWORD).await.is_ok());
    assert!(store::by_id(site.db.reads(), ada).await.unwrap().password.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"));
    assert!(enter(&site, "ada", PASSWORD).await.is_ok());
}

/// Sets an account's state, as moderation will.
async fn suspend(site: &Site, id: crate::ids::MemberId) {
    use crate::entity::member;
    use sea_orm::sea_query::Expr;
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
    let job = move |tx: crate::db::Tx, _| async move {
        let update = member::Entity::update_many().col_expr(member::Column::State, Expr::value(MemberState::Suspended)).filter(member::Column::Id.eq(id));
        update.exec(&*tx).await?;
        Ok(())
    };
    site.db.write((), job).await.unwrap();
}
