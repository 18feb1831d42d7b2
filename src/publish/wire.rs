//! A warning as sockets and the HTTP API write it: kinds and places only, no text. Places are UTF-16 code units, as
//! browsers count, in the text as its author sent it.

use super::Preview;
use super::policy::{Found, Warning};
use super::submission::Field;
use crate::entity::pii_policy::PolicyAction;
use crate::protocol;
use crate::text;

/// A warning for its author. What shows only after masking has no place in what was sent, and no consent.
pub fn warning(warning: &Warning) -> protocol::Warning {
    let own = !warning.sent.is_empty();
    protocol::Warning {
        findings: findings(&warning.findings, &warning.text, &warning.sent),
        consent: warning.consent.clone().filter(|_| own),
        can_mask: warning.can_mask && own,
        can_ask: warning.can_ask,
    }
}

/// The findings of a preview in the draft as it was sent. No place has decided about them, so none has an action.
pub fn previewed(preview: &Preview, sent: String) -> Vec<protocol::Finding> {
    let found = findings(&preview.findings, &[(Field::Body, preview.text.clone())], &[(Field::Body, sent)]);
    found.into_iter().map(|one| protocol::Finding { action: None, ..one }).collect()
}

fn findings(found: &[Found], texts: &[(Field, String)], sent: &[(Field, String)]) -> Vec<protocol::Finding> {
    let mut out = vec![None; found.len()];
    for (field, sent) in sent {
        let of_field = || found.iter().zip(0..).filter(|(one, _)| one.field == *field && one.typed);
        let text = texts.iter().find(|(of, _)| of == field).map_or("", |(_, text)| text);
        let ranges: Vec<_> = of_field().map(|(one, _)| (one.start, one.end)).collect();
        let places = text::utf16(sent, &text::origin(sent, text, &ranges));
        for ((_, at), place) in of_field().zip(places) {
            if let Some(slot) = out.get_mut(at) {
                *slot = Some(place);
            }
        }
    }
    let one = |(found, place): (&Found, Option<(usize, usize)>)| {
        let (start, end) = place.unwrap_or_default();
        protocol::Finding {
            field: found.field.as_str(),
            rule: found.rule.as_str(),
            label: found.rule.label(),
            start,
            end,
            why: found.why.text(),
            action: Some(action(found.action)),
        }
    };
    found.iter().zip(out).map(one).collect()
}

fn action(action: PolicyAction) -> &'static str {
    match action {
        PolicyAction::Off => "off",
        PolicyAction::Warn => "warn",
        PolicyAction::Mask => "mask",
        PolicyAction::Hold => "hold",
        PolicyAction::Refuse => "refuse",
    }
}
