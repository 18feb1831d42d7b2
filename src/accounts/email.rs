//! E-mail addresses: checked in form, folded, sealed for storage and found by a keyed hash. Never shown, never logged.

use crate::clock::Clock;
use crate::error::{Error, Result};
use crate::keys::{Keys, Purpose};

/// Most characters of an address (RFC 5321: a path of 256 with its two angle brackets).
const MAX_CHARS: usize = 254;
/// Most characters before the `@` (RFC 5321 section 4.5.3.1.1).
const MAX_LOCAL: usize = 64;

/// A folded address. It has no `Debug` and no `Display`.
#[derive(Clone, PartialEq, Eq)]
pub struct Address(String);

/// An address as it is stored.
#[derive(Clone)]
pub struct Stored {
    /// Sealed with the server's key.
    pub sealed: Vec<u8>,
    /// Keyed hash of the folded address.
    pub hash: Vec<u8>,
}

impl Address {
    /// Reads an address; an empty one is none.
    ///
    /// # Errors
    /// It cannot be an address.
    pub fn parse(typed: &str) -> Result<Option<Self>> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Ok(None);
        }
        fold(typed).map(|folded| Some(Self(folded))).ok_or_else(|| Error::field("email", "This does not look like an email address. Leave it empty or check it."))
    }

    /// The part before the `@`, which nobody should choose as password.
    pub fn local(&self) -> &str {
        self.0.split_once('@').map_or("", |(local, _)| local)
    }

    /// Seals it and makes its keyed hash.
    pub fn store(&self, keys: &Keys, clock: &Clock) -> Result<Stored> {
        Ok(Stored { sealed: keys.seal(clock, &self.0)?, hash: keys.mac(Purpose::Email, &[self.0.as_bytes()]).to_vec() })
    }
}

/// Lower case on both sides, the domain in its ASCII form. Mail systems that tell `Ada@` from `ada@` are rarer than
/// people who do not.
fn fold(typed: &str) -> Option<String> {
    let (local, domain) = typed.rsplit_once('@')?;
    let fits = !local.is_empty() && local.len() <= MAX_LOCAL && !local.starts_with('.') && !local.ends_with('.') && !local.contains("..");
    let plain = local.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~.-".contains(&byte));
    let url::Host::Domain(domain) = url::Host::parse(domain).ok()? else { return None };
    let dotted = domain.contains('.') && !domain.starts_with('.') && !domain.ends_with('.');
    let folded = format!("{}@{domain}", local.to_ascii_lowercase());
    (fits && plain && dotted && folded.len() <= MAX_CHARS).then_some(folded)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock::Moment;

    #[test]
    fn spellings_of_one_address_are_one() {
        let folded = |text: &str| Address::parse(text).unwrap().unwrap().0;
        assert_eq!(folded("  Ada.L+tact@Mail.EXAMPLE "), "ada.l+tact@mail.example");
        assert_eq!(folded("ada@bücher.example"), folded("ADA@xn--bcher-kva.example"));
        assert!(Address::parse("   ").unwrap().is_none());
        for wrong in ["ada", "@mail.example", "ada@", "ada@mail", "a b@mail.example", "ada@[::1]", "ada@127.0.0.1", ".ada@mail.example", "a..b@mail.example", "ada@mail.example\r\nBcc: x@y.example", &format!("{}@mail.example", "a".repeat(65))] {
            assert!(Address::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_is_stored_does_not_show_the_address() {
        let (keys, clock) = (Keys::from_secret(&[7; 32]).unwrap(), Clock::fixed(Moment(0), 1));
        let address = Address::parse("ada@mail.example").unwrap().unwrap();
        let (one, two) = (address.store(&keys, &clock).unwrap(), address.store(&keys, &clock).unwrap());
        assert_eq!(one.hash, two.hash);
        assert_ne!(one.sealed, two.sealed);
        assert!(!one.sealed.windows(3).any(|bytes| bytes == b"ada"));
        assert_eq!(keys.open(&one.sealed).unwrap(), "ada@mail.example");
    }
}
