//! Tests of the whole module, by concern; `html` is the reader of HTML they share.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::format_collect,
    clippy::format_push_string
)]

mod formatting;
mod html;
mod limits;
mod links;
mod mentions;
mod names;
mod normalise;
mod properties;
mod speed;
mod vectors;

use super::{Profile, Rendered, render};

const PROFILES: [Profile; 3] = [Profile::Post, Profile::Message, Profile::Line];

fn post(source: &str) -> Rendered {
    render(source, Profile::Post).unwrap()
}

fn message(source: &str) -> Rendered {
    render(source, Profile::Message).unwrap()
}

fn line(source: &str) -> Rendered {
    render(source, Profile::Line).unwrap()
}
