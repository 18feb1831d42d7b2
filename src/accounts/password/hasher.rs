//! Argon2id beside the async threads: at most two at a time, a bounded queue, refusal beyond.
//!
//! One hash takes 19 MiB and tens of milliseconds on purpose, so the number at once is the bound on memory.

use std::sync::{Arc, LazyLock};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::Password;
use crate::clock::Clock;
use crate::error::{Cause, Error, Result};

/// Hashes computed at the same time.
const AT_ONCE: usize = 2;
/// Hashes that may wait for their turn.
const QUEUE: usize = 32;
/// Memory in KiB, passes, lanes: OWASP's second recommendation for Argon2id, and the crate's own default.
const COST: (u32, u32, u32) = (19_456, 2, 1);

/// Verified when no account has the given name, so that this takes as long as a wrong password. Nobody knows its
/// password: the last part is random bytes, not a hash of anything.
const DUMMY: &str = "$argon2id$v=19$m=19456,t=2,p=1$9bN3qVd0Y5o2Zr8TgXcKhA$cmFuZG9tIGJ5dGVzLCBub3QgYSBoYXNoIG9mIGFueXQ";

/// Computes password hashes, a few at a time.
pub struct Hasher {
    turns: Arc<Semaphore>,
    places: Arc<Semaphore>,
}

/// What came of comparing a password with a stored hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It is another one, or there is no account.
    Wrong,
    /// It is the one, and the hash is as strong as new ones.
    Right,
    /// It is the one, but the hash was made with weaker parameters and should be made anew.
    Outdated,
}

/// The hasher of this process: the bound on memory is the process's, however many sites share it.
pub fn shared() -> &'static Hasher {
    static SHARED: LazyLock<Hasher> = LazyLock::new(Hasher::new);
    &SHARED
}

impl Default for Hasher {
    fn default() -> Self {
        Self::new()
    }
}

impl Hasher {
    /// A hasher with its own queue.
    pub fn new() -> Self {
        Self { turns: Arc::new(Semaphore::new(AT_ONCE)), places: Arc::new(Semaphore::new(AT_ONCE + QUEUE)) }
    }

    /// A PHC string of a password, with a salt of its own.
    ///
    /// # Errors
    /// `Unavailable` when too many hashes wait already.
    pub async fn hash(&self, clock: &Clock, password: Password) -> Result<String> {
        let salt: [u8; 16] = clock.random();
        self.run(move || {
            let hash = argon2()?.hash_password_with_salt(password.bytes(), &salt).map_err(failed)?;
            Ok(hash.to_string())
        })
        .await
    }

    /// Compares a password with the stored hash; with a dummy when there is no account.
    ///
    /// # Errors
    /// `Unavailable` when too many hashes wait already; `Internal` when the stored hash cannot be read.
    pub async fn verify(&self, password: Password, stored: Option<String>) -> Result<Verdict> {
        self.run(move || {
            let known = stored.is_some();
            let stored = stored.as_deref().unwrap_or(DUMMY);
            let hash = PasswordHash::new(stored).map_err(|_| Error::internal("a stored password hash cannot be read"))?;
            let right = match argon2()?.verify_password(password.bytes(), &hash) {
                Ok(()) => known,
                Err(argon2::password_hash::Error::PasswordInvalid) => false,
                Err(error) => return Err(failed(error)),
            };
            Ok(match (right, is_current(&hash)) {
                (false, _) => Verdict::Wrong,
                (true, true) => Verdict::Right,
                (true, false) => Verdict::Outdated,
            })
        })
        .await
    }

    /// Waits for a turn and computes on a blocking thread. Place and turn go with the work, so that a caller who
    /// leaves does not let more run at once.
    async fn run<T: Send + 'static>(&self, work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
        let full = |_| Error::Unavailable(2, Cause::new("the password queue is full"));
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(full)?;
        let turn = Arc::clone(&self.turns).acquire_owned().await.map_err(Error::internal)?;
        tokio::task::spawn_blocking(move || {
            let _held: (OwnedSemaphorePermit, OwnedSemaphorePermit) = (place, turn);
            work()
        })
        .await
        .map_err(Error::internal)?
    }
}

fn argon2() -> Result<Argon2<'static>> {
    let (memory, passes, lanes) = COST;
    let params = Params::new(memory, passes, lanes, None).map_err(|_| Error::internal("the parameters of Argon2id are out of range"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Whether a hash is as strong as one made now: the same algorithm and no parameter lower.
fn is_current(hash: &PasswordHash) -> bool {
    let (memory, passes, lanes) = COST;
    let at_least = |name: &str, wanted: u32| hash.params.get_decimal(name).is_some_and(|value| value >= wanted);
    hash.algorithm.as_str() == "argon2id" && hash.version == Some(19) && at_least("m", memory) && at_least("t", passes) && at_least("p", lanes)
}

fn failed(error: argon2::password_hash::Error) -> Error {
    match error {
        argon2::password_hash::Error::OutOfMemory => Error::Unavailable(2, Cause::new("no memory for a password hash")),
        error => Error::internal(error),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clock::Moment;

    fn password(text: &str) -> Password {
        Password::given("password", text).unwrap()
    }

    #[tokio::test]
    async fn a_hash_holds_its_parameters_and_every_character_counts() {
        let (hasher, clock) = (Hasher::new(), Clock::fixed(Moment(0), 1));
        let long = "x".repeat(199);
        let stored = hasher.hash(&clock, password(&format!("{long}a"))).await.unwrap();
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        assert_ne!(stored, hasher.hash(&clock, password(&format!("{long}a"))).await.unwrap());
        assert_eq!(hasher.verify(password(&format!("{long}a")), Some(stored.clone())).await.unwrap(), Verdict::Right);
        assert_eq!(hasher.verify(password(&format!("{long}b")), Some(stored)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn weaker_hashes_are_told_apart() {
        let weak = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8_192, 1, 1, None).unwrap());
        let stored = weak.hash_password_with_salt(b"an older password", &[7; 16]).unwrap().to_string();
        let hasher = Hasher::new();
        assert_eq!(hasher.verify(password("an older password"), Some(stored.clone())).await.unwrap(), Verdict::Outdated);
        assert_eq!(hasher.verify(password("another password"), Some(stored)).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn without_an_account_the_same_work_is_done() {
        assert!(is_current(&PasswordHash::new(DUMMY).unwrap()));
        let dummy = PasswordHash::new(DUMMY).unwrap();
        let real = PasswordHash::new(&Hasher::new().hash(&Clock::fixed(Moment(0), 1), password("whatever it is")).await.unwrap()).unwrap();
        assert_eq!(dummy.params.as_str(), real.params.as_str());
        assert_eq!((dummy.salt.unwrap().len(), dummy.hash.unwrap().len()), (real.salt.unwrap().len(), real.hash.unwrap().len()));
        assert_eq!(Hasher::new().verify(password("whatever it is"), None).await.unwrap(), Verdict::Wrong);
    }

    #[tokio::test]
    async fn beyond_the_queue_is_refused_at_once() {
        let hasher = Hasher::new();
        let turns = Arc::clone(&hasher.turns).acquire_many_owned(AT_ONCE as u32).await.unwrap();
        let mut waiting: Vec<_> = (0..AT_ONCE + QUEUE).map(|_| Box::pin(hasher.run(|| Ok(())))).collect();
        for one in &mut waiting {
            assert!(futures_util::FutureExt::now_or_never(one).is_none());
        }
        assert!(matches!(hasher.run(|| Ok(())).await, Err(Error::Unavailable(..))));
        drop(waiting);
        drop(turns);
        assert!(hasher.run(|| Ok(())).await.is_ok());
    }
}
