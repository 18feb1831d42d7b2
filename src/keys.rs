//! The server's secrets: what they are for, and the few operations that use them.
//!
//! The keys live in a file in the data directory, never in the database, so that a stolen database file shows
//! neither e-mail addresses nor held text.

use std::io::Write;
use std::path::Path;

use ring::{aead, digest, hmac};

use crate::clock::Clock;
use crate::error::{Cause, Error, Result};

/// Purposes of a keyed hash; one key never serves two.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Finding an account by its e-mail address.
    Email,
    /// Recognising the same found value again without storing it.
    Finding,
    /// Binding a consent to the exact text it was given for.
    Consent,
    /// Tokens against cross-site request forgery.
    Csrf,
    /// Whether a repeated nonce came with the same text.
    Nonce,
}

/// The server's secret keys.
pub struct Keys {
    seal: aead::LessSafeKey,
    mac: [hmac::Key; 5],
}

const FILE: &str = "keys";

impl Keys {
    /// Derives all keys from one secret of 256 bits.
    pub fn from_secret(secret: &[u8; 32]) -> Result<Self> {
        let root = hmac::Key::new(hmac::HMAC_SHA256, secret);
        let derive = |label: &str| hmac::sign(&root, label.as_bytes());
        let mac = ["email", "finding", "consent", "csrf", "nonce"]
            .map(|label| hmac::Key::new(hmac::HMAC_SHA256, derive(label).as_ref()));
        let seal = aead::UnboundKey::new(&aead::CHACHA20_POLY1305, derive("seal").as_ref())
            .map_err(|_| Error::internal("key of the wrong length"))?;
        Ok(Self { seal: aead::LessSafeKey::new(seal), mac })
    }

    /// Reads the key file of a data directory, or creates it (mode 0600) on the first start.
    pub fn load_or_create(data_dir: &Path, clock: &Clock) -> std::io::Result<Self> {
        let path = data_dir.join(FILE);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => create(&path, clock)?,
            Err(error) => return Err(error),
        };
        let damaged = || {
            std::io::Error::new(
                std::io::ErrorKind::InvalidData,
                "the key file is damaged: it must hold one line of 64 hexadecimal digits",
            )
        };
        let secret = unhex(text.trim()).ok_or_else(damaged)?;
        Self::from_secret(&secret).map_err(|_| damaged())
    }

    fn key(&self, purpose: Purpose) -> &hmac::Key {
        let [email, finding, consent, csrf, nonce] = &self.mac;
        match purpose {
            Purpose::Email => email,
            Purpose::Finding => finding,
            Purpose::Consent => consent,
            Purpose::Csrf => csrf,
            Purpose::Nonce => nonce,
        }
    }

    /// HMAC-SHA-256 over the parts, each preceded by its length so that parts cannot run into each other.
    pub fn mac(&self, purpose: Purpose, parts: &[&[u8]]) -> [u8; 32] {
        let mut context = hmac::Context::with_key(self.key(purpose));
        for part in parts {
            context.update(&(part.len() as u64).to_be_bytes());
            context.update(part);
        }
        let mut out = [0; 32];
        out.copy_from_slice(context.sign().as_ref());
        out
    }

    /// Seals a text for storage (ChaCha20-Poly1305, random 96-bit nonce in front).
    pub fn seal(&self, clock: &Clock, plain: &str) -> Result<Vec<u8>> {
        let nonce: [u8; aead::NONCE_LEN] = clock.random();
        let mut body = plain.as_bytes().to_vec();
        self.seal
            .seal_in_place_append_tag(aead::Nonce::assume_unique_for_key(nonce), aead::Aad::empty(), &mut body)
            .map_err(|_| Error::internal("could not seal"))?;
        Ok([nonce.as_slice(), &body].concat())
    }

    /// Opens what [`Keys::seal`] made; fails when the key is another one or the bytes were changed.
    pub fn open(&self, sealed: &[u8]) -> Result<String> {
        let fail = || Error::Internal(Cause::new("a sealed text does not open with this server's key"));
        let (nonce, body) = sealed.split_first_chunk::<{ aead::NONCE_LEN }>().ok_or_else(fail)?;
        let mut body = body.to_vec();
        let plain = self
            .seal
            .open_in_place(aead::Nonce::assume_unique_for_key(*nonce), aead::Aad::empty(), &mut body)
            .map_err(|_| fail())?;
        String::from_utf8(plain.to_vec()).map_err(|_| fail())
    }
}

fn create(path: &Path, clock: &Clock) -> std::io::Result<String> {
    use std::os::unix::fs::OpenOptionsExt;
    let text = hex(&clock.random::<32>());
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    Ok(text)
}

/// SHA-256, for secrets that are already random (session ids, API tokens).
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    let mut out = [0; 32];
    out.copy_from_slice(digest::digest(&digest::SHA256, bytes).as_ref());
    out
}

/// Compares without telling by time where two values differ.
pub fn same(left: &[u8], right: &[u8]) -> bool {
    subtle::ConstantTimeEq::ct_eq(left, right).into()
}

/// URL-safe base64 without padding (RFC 4648 section 5).
pub fn base64url(bytes: &[u8]) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
    let mut out = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let word = chunk.iter().fold(0u32, |word, byte| (word << 8) | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for place in 0..=chunk.len() {
            let six = (word >> (18 - 6 * place)) & 63;
            out.push(ALPHABET.get(six as usize).copied().map_or('A', char::from));
        }
    }
    out
}

fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::new(), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}

fn unhex(text: &str) -> Option<[u8; 32]> {
    let mut out = [0; 32];
    if text.len() != 64 || !text.is_ascii() {
        return None;
    }
    for (slot, pair) in out.iter_mut().zip(text.as_bytes().chunks(2)) {
        *slot = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(out)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock::Moment;

    #[test]
    fn sealed_text_opens_only_with_its_key_and_unchanged() {
        let clock = Clock::fixed(Moment(0), 1);
        let keys = Keys::from_secret(&[7; 32]).unwrap();
        let mut sealed = keys.seal(&clock, "held text").unwrap();
        assert_eq!(keys.open(&sealed).unwrap(), "held text");
        assert!(Keys::from_secret(&[8; 32]).unwrap().open(&sealed).is_err());
        *sealed.last_mut().unwrap() ^= 1;
        assert!(keys.open(&sealed).is_err());
        assert!(keys.open(b"short").is_err());
    }

    #[test]
    fn base64url_follows_the_rfc_vectors() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg"),
            ("fo", "Zm8"),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg"),
            ("fooba", "Zm9vYmE"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64url(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn parts_of_a_mac_cannot_run_into_each_other() {
        let keys = Keys::from_secret(&[7; 32]).unwrap();
        assert_ne!(keys.mac(Purpose::Consent, &[b"ab", b"c"]), keys.mac(Purpose::Consent, &[b"a", b"bc"]));
        assert_ne!(keys.mac(Purpose::Consent, &[b"a"]), keys.mac(Purpose::Csrf, &[b"a"]));
    }
}
