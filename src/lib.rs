//! Tact: a community forum and chat server that warns before something private is published.
//!
//! Layers, from the top; arrows only point down (held by `tests/it/architecture.rs`):
//!
//! ```text
//! wiring      cli app router live serve
//! features    accounts boards rooms moderation search admin filter retention
//! pages       http
//! publishing  publish  ->  entries
//! kernel      site hub access limits outbox
//! store       entity db
//! pure        pii text protocol ids error clock keys
//! base        config telemetry
//! ```

pub mod access;
pub mod accounts;
pub mod admin;
pub mod app;
pub mod boards;
pub mod cli;
pub mod clock;
pub mod config;
pub mod db;
pub mod entity;
pub mod entries;
pub mod error;
pub mod filter;
pub mod http;
pub mod hub;
pub mod ids;
pub mod keys;
pub mod limits;
pub mod live;
pub mod moderation;
pub mod outbox;
pub mod pii;
pub mod protocol;
pub mod publish;
pub mod retention;
pub mod rooms;
pub mod router;
pub mod search;
pub mod serve;
pub mod site;
pub mod telemetry;
#[cfg(test)]
mod testing;
pub mod text;
