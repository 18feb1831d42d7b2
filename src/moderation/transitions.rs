//! Which decision leads where. Pure; the whole table is one function and its test names every cell.

use crate::entity::review_item::{Decision, ReviewKind, ReviewState};
use crate::error::{Error, Result};

/// The state after a decision.
///
/// # Errors
/// `Conflict` when the item is not open any more, `Denied` when the decision does not fit its kind.
pub fn next(kind: ReviewKind, state: ReviewState, decision: Decision) -> Result<ReviewState> {
    use {Decision as D, ReviewKind as K, ReviewState as S};
    match (kind, state, decision) {
        (K::Held, S::Open, D::Publish | D::PublishMasked) | (K::Flag, S::Open, D::PublishMasked) => Ok(S::Approved),
        (K::Held, S::Open, D::Return) => Ok(S::Returned),
        (K::Held | K::Flag, S::Open, D::Remove) => Ok(S::Removed),
        (K::Flag, S::Open, D::Dismiss) => Ok(S::Dismissed),
        (K::Held, S::Open, D::Dismiss) => {
            Err(Error::Denied("illegal_decision", "Nobody reported this; publish it, return it or remove it.".into()))
        }
        (K::Flag, S::Open, D::Publish | D::Return) => Err(Error::Denied(
            "illegal_decision",
            "This is public already; dismiss the flag, mask it or remove it.".into(),
        )),
        (_, S::Approved | S::Removed | S::Returned | S::Dismissed | S::Withdrawn, _) => Err(decided()),
    }
}

/// The state after its author takes a held text back. Only what still waits can be taken back.
pub fn withdrawn(kind: ReviewKind, state: ReviewState) -> Result<ReviewState> {
    match (kind, state) {
        (ReviewKind::Held, ReviewState::Open) => Ok(ReviewState::Withdrawn),
        (ReviewKind::Held, _) => Err(decided()),
        (ReviewKind::Flag, _) => Err(Error::NotFound),
    }
}

fn decided() -> Error {
    Error::Conflict("decided", "This was decided already.".into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::entity::Iterable;

    /// Every cell: kind, state, decision, and what comes of it.
    fn cells() -> Vec<(ReviewKind, ReviewState, Decision, String)> {
        let outcome = |result: Result<ReviewState>| {
            result.map_or_else(|error| error.code().to_owned(), |state| format!("{state:?}"))
        };
        let mut cells = Vec::new();
        for kind in ReviewKind::iter() {
            for state in ReviewState::iter() {
                for decision in Decision::iter() {
                    cells.push((kind, state, decision, outcome(next(kind, state, decision))));
                }
            }
        }
        cells
    }

    #[test]
    fn held_and_open_leads_on() {
        use Decision::{Dismiss, Publish, PublishMasked, Remove, Return};
        for (decision, expected) in [
            (Publish, "Approved"),
            (PublishMasked, "Approved"),
            (Return, "Returned"),
            (Remove, "Removed"),
            (Dismiss, "illegal_decision"),
        ] {
            assert!(
                cells().contains(&(ReviewKind::Held, ReviewState::Open, decision, expected.to_owned())),
                "{decision:?}"
            );
        }
    }

    #[test]
    fn flagged_and_open_leads_on() {
        use Decision::{Dismiss, Publish, PublishMasked, Remove, Return};
        for (decision, expected) in [
            (Publish, "illegal_decision"),
            (PublishMasked, "Approved"),
            (Return, "illegal_decision"),
            (Remove, "Removed"),
            (Dismiss, "Dismissed"),
        ] {
            assert!(
                cells().contains(&(ReviewKind::Flag, ReviewState::Open, decision, expected.to_owned())),
                "{decision:?}"
            );
        }
    }

    #[test]
    fn what_is_decided_stays_decided() {
        let closed: Vec<_> = cells().into_iter().filter(|(_, state, ..)| *state != ReviewState::Open).collect();
        assert_eq!(closed.len(), 2 * 5 * 5);
        assert!(closed.iter().all(|(.., outcome)| outcome == "decided"));
    }

    #[test]
    fn authors_take_back_only_what_waits() {
        for state in ReviewState::iter() {
            let held = withdrawn(ReviewKind::Held, state);
            assert_eq!(held.is_ok(), state == ReviewState::Open, "{state:?}");
            assert!(matches!(withdrawn(ReviewKind::Flag, state), Err(Error::NotFound)));
        }
    }
}
