//! A warning as sockets and the HTTP API write it: offsets in UTF-16 code units, as browsers count.

use std::collections::BTreeMap;

use super::policy::{Found, Warning};
use super::submission::Field;
use crate::entity::pii_policy::PolicyAction;
use crate::protocol;

/// A warning for its author.
pub fn warning(warning: &Warning) -> protocol::Warning {
    let by_field = |texts: &[(Field, String)]| -> BTreeMap<&'static str, String> {
        texts.iter().map(|(field, text)| (field.as_str(), text.clone())).collect()
    };
    protocol::Warning {
        findings: findings(&warning.findings, &warning.text),
        text: by_field(&warning.text),
        masked: by_field(&warning.masked),
        consent: warning.consent.clone(),
        can_mask: warning.can_mask,
        can_ask: warning.can_ask,
    }
}

/// Findings in these texts.
pub fn findings(found: &[Found], texts: &[(Field, String)]) -> Vec<protocol::Finding> {
    let one = |found: &Found| {
        let text = texts.iter().find(|(field, _)| *field == found.field).map_or("", |(_, text)| text);
        protocol::Finding {
            field: found.field.as_str(),
            rule: found.rule.as_str(),
            label: found.rule.label(),
            start: utf16(text, found.start),
            end: utf16(text, found.end),
            hint: found.hint.clone(),
            why: found.why.text(),
            action: action(found.action),
        }
    };
    found.iter().map(one).collect()
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

/// A byte offset on a character boundary, counted in UTF-16 code units.
fn utf16(text: &str, byte: usize) -> usize {
    text.get(..byte).map_or(0, |before| before.encode_utf16().count())
}

#[cfg(test)]
mod tests {
    use super::utf16;

    #[test]
    fn offsets_count_as_javascript_does() {
        let text = "é😀a";
        assert_eq!([0, 2, 6, 7].map(|byte| utf16(text, byte)), [0, 1, 3, 4]);
    }
}
