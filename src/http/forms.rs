//! What every form that publishes sends beside its text.

use std::net::IpAddr;

use serde::Deserialize;

use crate::entity::finding::Ground;
use crate::publish::{Choice, Envelope};

/// The hidden fields and the pressed button of a form that publishes.
#[derive(Deserialize, Clone, Default)]
pub struct Sending {
    /// The form's name for this submission.
    #[serde(default)]
    pub nonce: String,
    /// The button.
    #[serde(default)]
    pub choice: String,
    #[serde(default)]
    consent: String,
    ack: Option<String>,
    /// Why it is fine to publish anyway.
    #[serde(default)]
    reason: Ground,
}

impl Sending {
    /// Of a form that has not been sent yet.
    pub fn fresh(nonce: String) -> Self {
        Self { nonce, ..Self::default() }
    }

    /// What travels with the submission.
    pub fn envelope(&self, address: Option<IpAddr>) -> Envelope {
        let choice = Choice::from_form(&self.choice, &self.consent, self.ack.is_some()).because(self.reason);
        Envelope { nonce: self.nonce.clone(), choice, address }
    }
}
