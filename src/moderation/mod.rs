//! Review queue.

pub mod views;
