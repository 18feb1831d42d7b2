//! Passwords: which ones may be chosen, and how they are kept (Argon2id). The text of a password never leaves this
//! module except into the hash function.

mod hasher;

use std::collections::HashSet;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;

use crate::error::{Error, Result};

pub use hasher::{Verdict, shared};

/// Fewest characters of a password.
pub const MIN_CHARS: usize = 8;
/// Most characters of a password.
pub const MAX_CHARS: usize = 256;

/// The most common passwords, folded. Where they come from stands at the head of the file.
static COMMON: LazyLock<HashSet<String>> =
    LazyLock::new(|| include_str!("common.txt").lines().filter(|line| !line.starts_with('#')).map(str::to_lowercase).collect());

/// A password on its way to the hash function. It has no `Debug` and no `Display`.
#[derive(Clone)]
pub struct Password(String);

impl Password {
    /// Takes a password somebody typed to sign in. NFC, so that the same keys give the same password on every system
    /// (RFC 8265, OpaqueString). Nothing is trimmed or cut.
    ///
    /// # Errors
    /// Longer than any password can be; this does not depend on any account.
    pub fn given(field: &'static str, typed: &str) -> Result<Self> {
        let text: String = typed.nfc().take(MAX_CHARS + 1).collect();
        if text.chars().count() > MAX_CHARS {
            return Err(Error::field(field, format!("A password has at most {MAX_CHARS} characters.")));
        }
        Ok(Self(text))
    }

    /// Takes a password somebody wants to have. `words` are what anyone would try first here: the site's and the
    /// member's names.
    ///
    /// # Errors
    /// Too short, too long, among the most common ones, or hardly more than one of the words.
    pub fn chosen(field: &'static str, typed: &str, words: &[&str]) -> Result<Self> {
        let password = Self::given(field, typed)?;
        if password.0.chars().count() < MIN_CHARS {
            return Err(Error::field(field, format!("Choose a password of at least {MIN_CHARS} characters.")));
        }
        if password.is_common() {
            return Err(Error::field(field, "This is one of the most common passwords. Choose another one."));
        }
        if password.is_word(words) {
            return Err(Error::field(field, "This is too close to your name or to the name of this community. Choose another one."));
        }
        Ok(password)
    }

    fn is_common(&self) -> bool {
        let lower = self.0.to_lowercase();
        let mut chars = lower.chars();
        let first = chars.next();
        COMMON.contains(&lower) || chars.all(|c| Some(c) == first)
    }

    /// Whether letters and digits are one of the words, once or repeated, with at most digits added.
    fn is_word(&self, words: &[&str]) -> bool {
        let (whole, letters) = (fold(&self.0, char::is_alphanumeric), fold(&self.0, char::is_alphabetic));
        let words = words.iter().flat_map(|word| [fold(word, char::is_alphanumeric), fold(word, char::is_alphabetic)]);
        let mut words = words.filter(|word| word.chars().count() >= 3);
        words.any(|word| [&whole, &letters].into_iter().any(|text| !text.is_empty() && text.replace(&word, "").is_empty()))
    }

    fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

fn fold(text: &str, keep: impl Fn(char) -> bool) -> String {
    text.nfkc().flat_map(char::to_lowercase).filter(|c| keep(*c)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn verdict(text: &str) -> bool {
        Password::chosen("password", text, &["Tidewater Makers", "ada.lovelace", "Ada", "tact"]).is_ok()
    }

    #[test]
    fn length_counts_characters_and_has_two_ends() {
        assert!(!verdict("ü7-ä9-ö"));
        assert!(verdict("ü7-ä9-öß"));
        assert!(verdict(&"ab€".repeat(85)) && verdict(&format!("{}x", "ab€".repeat(85))));
        assert!(!verdict(&format!("{}xy", "ab€".repeat(85))));
    }

    #[test]
    fn what_is_tried_first_is_refused() {
        assert_eq!(COMMON.len(), include_str!("common.txt").lines().filter(|line| !line.starts_with('#')).map(str::to_lowercase).collect::<HashSet<_>>().len());
        assert!(COMMON.len() > 2_900);
        for common in ["password", "PASSWORD", "1234567890", "trustno1", "aaaaaaaaaaaa", "Tidewater Makers", "tidewatermakers2026", "ada-lovelace", "AdaLovelace1815!", "tacttact", "tact20262026"] {
            assert!(!verdict(common), "{common}");
        }
        for fine in ["correct horse battery", "Tidewater flows at noon", "adam's apple pie", "        spaces count        "] {
            assert!(verdict(fine), "{fine}");
        }
    }

    #[test]
    fn the_same_keys_give_the_same_password() {
        let (composed, combining) = (Password::given("p", "caf\u{e9} noir").unwrap(), Password::given("p", "cafe\u{301} noir").unwrap());
        assert_eq!(composed.bytes(), combining.bytes());
    }
}
