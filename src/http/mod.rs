//! Between the wire and the features: who calls, from where, with which right to write; and how answers look.
//!
//! [`wrap`] puts the layers around the router, outermost last. Errors get their form twice: near the handlers with the
//! viewer's frame, and outside of everything that can refuse a request, without one and without the database.

pub mod assets;
mod client;
pub mod cookies;
mod csrf;
pub mod document;
pub mod error_views;
mod faults;
pub mod forms;
mod guard;
mod headers;
pub mod json;
pub mod layout;
mod log;
pub mod page;
pub mod problem;
mod rejection;
pub mod store;
#[cfg(test)]
mod tests;
mod viewer;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::site::Site;

pub use client::{ClientAddress, Peer, Sender};
pub use cookies::Secret;
pub use log::RequestId;
pub use problem::accepts_json;

/// Puts everything around the routes that every request passes.
pub fn wrap(router: Router, site: &Site) -> Router {
    router
        .layer(from_fn(faults::timely))
        .layer(from_fn_with_state(site.clone(), csrf::check))
        .layer(from_fn_with_state(site.clone(), problem::show))
        .layer(from_fn_with_state(site.clone(), viewer::count))
        .layer(from_fn_with_state(site.clone(), viewer::identify))
        .layer(from_fn_with_state(site.clone(), guard::check))
        .layer(from_fn(faults::caught))
        .layer(from_fn_with_state(site.clone(), problem::show_bare))
        .layer(from_fn_with_state(site.clone(), client::find))
        .layer(from_fn_with_state(site.clone(), headers::add))
        .layer(from_fn(log::line))
}
