//! The tables as types: no logic, one file a table. Used by `db`, `publish`, `outbox` and the `store` files only.

pub mod api_token;
pub mod board;
pub mod entry;
pub mod event;
pub mod finding;
pub mod flag;
pub mod member;
pub mod membership;
pub mod mention;
pub mod mod_log;
pub mod outbox_cursor;
pub mod pii_policy;
pub mod pii_tally;
pub mod pii_trusted_value;
pub mod place_role;
pub mod read_position;
pub mod review_item;
pub mod revision;
pub mod room;
pub mod section;
pub mod session;
pub mod setting;
pub mod stream;
pub mod topic;

pub use sea_orm::Iterable;
