//! The publish path on a real database.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod filter;
mod sizes;
