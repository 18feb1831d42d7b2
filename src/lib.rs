//! Tact: a community forum and chat server that warns before something private is published.
//!
//! Layers, from the top; arrows only point down (held by `tests/it/architecture.rs`):
//!
//! ```text
//! wiring      cli app router live serve
//! features    accounts boards rooms moderation search admin
//! publishing  publish  ->  entries
//! kernel      site http hub access limits outbox
//! store       entity db
//! pure        pii text protocol ids error
//! base        config clock keys telemetry
//! ```

pub mod access;
pub mod boards;
pub mod clock;
pub mod config;
pub mod db;
pub mod entity;
pub mod entries;
pub mod error;
pub mod hub;
pub mod ids;
pub mod keys;
#[path = "/tmp/lead/limits.rs"]
pub mod limits;
pub mod moderation;
pub mod outbox;
pub mod pii;
pub mod publish;
pub mod site;
pub mod telemetry;

pub mod text;
