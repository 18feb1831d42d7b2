//! The whole program over HTTP and WebSocket, with a small fixed cast. One binary; it runs on SQLite, and on
//! PostgreSQL when `TACT_TEST_DATABASE=postgres` (see `cargo xtask test`).

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    missing_docs
)]

mod actors;
mod architecture;
mod canaries;
mod chat;
mod crash;
mod docs;
mod flow;
mod journeys;
mod leaks;
mod limits;
mod logs;
mod plans;
mod program;
mod retention;
mod setup;
