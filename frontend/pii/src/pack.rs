//! How findings and names are laid out for JavaScript. Limit: layout only.

use alloc::vec::Vec;

use crate::pii::{self, Level, Rule, Why};

/// Packs the findings of `text`: their number, then for each five 32-bit little-endian numbers (start and end in
/// UTF-16 code units, the places of rule, level and reason in their lists) followed by the length of the hint and the
/// hint in UTF-8.
pub fn findings(text: &str, out: &mut Vec<u8>) {
    let found = pii::scan(text);
    number(out, found.len());
    let mut at = Place { byte: 0, unit: 0 };
    for finding in found {
        let start = at.advance(text, finding.start);
        let end = at.advance(text, finding.end);
        let hint = pii::hint(finding.rule, text.get(finding.start..finding.end).unwrap_or_default());
        number(out, start);
        number(out, end);
        number(out, Rule::ALL.iter().position(|rule| *rule == finding.rule).unwrap_or_default());
        number(out, Level::ALL.iter().position(|level| *level == finding.level).unwrap_or_default());
        number(out, Why::ALL.iter().position(|why| *why == finding.why).unwrap_or_default());
        number(out, hint.len());
        out.extend_from_slice(hint.as_bytes());
    }
}

/// The names in the order the numbers count: lines of `rule key label token`, `level key` and `why key text`, tabs between.
pub fn names(out: &mut Vec<u8>) {
    for rule in Rule::ALL {
        line(out, &["rule", rule.as_str(), rule.label(), rule.token()]);
    }
    for level in Level::ALL {
        line(out, &["level", level.as_str()]);
    }
    for why in Why::ALL {
        line(out, &["why", why.as_str(), why.text()]);
    }
}

fn line(out: &mut Vec<u8>, fields: &[&str]) {
    for field in fields {
        out.extend_from_slice(field.as_bytes());
        out.push(b'\t');
    }
    if let Some(last) = out.last_mut() {
        *last = b'\n';
    }
}

fn number(out: &mut Vec<u8>, value: usize) {
    out.extend_from_slice(&u32::try_from(value).unwrap_or(u32::MAX).to_le_bytes());
}

/// A place of a text in both ways of counting. It only moves forward, so that a whole text costs one pass.
struct Place {
    byte: usize,
    unit: usize,
}

impl Place {
    fn advance(&mut self, text: &str, byte: usize) -> usize {
        self.unit += text.get(self.byte..byte).unwrap_or_default().chars().map(char::len_utf16).sum::<usize>();
        self.byte = byte;
        self.unit
    }
}
