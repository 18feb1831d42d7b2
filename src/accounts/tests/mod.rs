//! Accounts on a real database: what the pages and the API rest on.

#![allow(clippy::unwrap_used)]

mod people;
mod sessions;

use super::*;
use crate::access::{Viewer, store as standing};
use crate::error::{Error, Result};
use crate::keys::sha256;
use crate::site::Site;
use crate::testing::PASSWORD;

fn applicant(name: &str) -> Applicant {
    Applicant { name: name.to_owned(), password: PASSWORD.to_owned(), ..Applicant::default() }
}

fn caller() -> Caller {
    Caller::new(Some("203.0.113.77".parse().unwrap()), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0")
}

async fn enter(site: &Site, name: &str, password: &str) -> Result<SignedIn> {
    sign_in(site, &Viewer::Guest, (name, password), &caller()).await
}

/// Who a cookie's value stands for.
async fn behind(site: &Site, token: &str) -> Option<Member> {
    standing::by_session(&site.db, &site.clock, &sha256(token.as_bytes())).await.unwrap()
}

fn viewer(signed_in: &SignedIn) -> Viewer {
    Viewer::Member(signed_in.member.clone())
}

/// What a refusal shows: code and sentence.
fn answer(outcome: Result<SignedIn>) -> (&'static str, String) {
    let error = outcome.err().unwrap();
    (error.code(), error.message().into_owned())
}

/// Fields that were refused.
fn fields<T>(outcome: Result<T>) -> Vec<String> {
    match outcome.err().unwrap() {
        Error::Invalid(fields) => fields.into_iter().map(|field| field.field.into_owned()).collect(),
        other => vec![other.code().to_owned()],
    }
}

/// Whether any file of the community holds these bytes.
fn on_disk(folder: &std::path::Path, needle: &str) -> bool {
    let files = std::fs::read_dir(folder).unwrap().map(|file| std::fs::read(file.unwrap().path()).unwrap());
    files.into_iter().any(|bytes| bytes.windows(needle.len()).any(|window| window == needle.as_bytes()))
}
