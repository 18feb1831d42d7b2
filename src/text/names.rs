//! The rules for member names, the ones in `/u/{name}` and after `@`.

use std::collections::HashSet;
use std::sync::LazyLock;

use super::error::TextError;
use super::skeleton::skeleton;

/// Fewest characters in a member name.
pub(super) const MIN_NAME: usize = 2;
/// Most characters in a member name.
pub(super) const MAX_NAME: usize = 30;

/// Names that speak for the place, the software, or everybody. Look-alikes are caught by comparing skeletons.
const RESERVED: &[&str] = &[
    "abuse",
    "admin",
    "administrator",
    "admins",
    "all",
    "anonymous",
    "api",
    "bot",
    "channel",
    "contact",
    "deleted",
    "everybody",
    "everyone",
    "guest",
    "help",
    "here",
    "hostmaster",
    "info",
    "me",
    "member",
    "members",
    "mod",
    "moderation",
    "moderator",
    "moderators",
    "mods",
    "new",
    "nobody",
    "no-reply",
    "noreply",
    "notifications",
    "null",
    "official",
    "online",
    "owner",
    "postmaster",
    "removed",
    "root",
    "security",
    "self",
    "settings",
    "signin",
    "signout",
    "signup",
    "someone",
    "staff",
    "support",
    "sysadmin",
    "system",
    "tact",
    "team",
    "undefined",
    "unknown",
    "user",
    "users",
    "webmaster",
    "you",
];

/// Checks a wished member name and gives the form it is stored in, lower case.
///
/// # Errors
/// Not 2 to 30 characters, a character outside `a-z 0-9 _ . -`, a bad shape, or reserved.
pub fn member_name(input: &str) -> Result<String, TextError> {
    let name = input.trim_matches(' ');
    let bytes = name.as_bytes();
    if !bytes.iter().copied().all(is_name_byte) {
        return Err(TextError::NameCharacters);
    }
    if !(MIN_NAME..=MAX_NAME).contains(&bytes.len()) {
        return Err(TextError::NameLength { min: MIN_NAME, max: MAX_NAME });
    }
    if !is_well_shaped(name) {
        return Err(TextError::NameShape);
    }
    let name = name.to_ascii_lowercase();
    if is_reserved(&name) {
        return Err(TextError::NameReserved);
    }
    Ok(name)
}

/// Bytes that may stand in a member name.
pub(super) fn is_name_byte(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-')
}

/// True when `name` looks like, or is, a name nobody may have. Separators do not make a difference (`t-a-c-t`).
pub(super) fn is_reserved(name: &str) -> bool {
    static KEYS: LazyLock<HashSet<String>> = LazyLock::new(|| RESERVED.iter().map(|word| bare(word)).collect());
    KEYS.contains(&bare(name))
}

fn bare(name: &str) -> String {
    skeleton(name).replace('-', "")
}

/// Dots and hyphens only inside a name and never two in a row: `@ada.` ends a sentence, and `..` is a path.
pub(super) fn is_well_shaped(name: &str) -> bool {
    let joins = |c: char| c == '.' || c == '-';
    let mut last = None;
    for c in name.chars() {
        if joins(c) && last.is_none_or(joins) {
            return false;
        }
        last = Some(c);
    }
    last.is_some_and(|c| !joins(c)) && name.chars().any(|c| c.is_ascii_alphanumeric())
}
