//! The pure parts of the server, taken in by path, so that fuzzing builds no server. Limit: it adds nothing to them.

#[allow(dead_code, unused_imports, reason = "only what the targets call is used here")]
#[path = "../../src/pii/mod.rs"]
pub mod pii;

#[cfg(feature = "render")]
#[allow(dead_code, unused_imports, reason = "only what the targets call is used here")]
#[path = "../../src/text/mod.rs"]
pub mod text;
