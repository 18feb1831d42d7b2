//! Takes values out of a text, and shows a little of them as evidence. Limit: it trusts the findings it is given.

use super::alloc::{borrow::ToOwned, string::String, vec::Vec};
use super::domain;
use super::email::latin;
use super::fold::View;
use super::iban;
use super::resolve;
use super::secret;
use super::small;
use super::spelled;
use super::strip;
use super::types::{Finding, Rule};
use super::words;

/// `text` with every finding replaced by its rule's token. Findings may come in any order; one that overlaps an
/// earlier one, or does not lie on character boundaries, only widens or leaves the masked place.
#[must_use]
pub fn mask(text: &str, findings: &[Finding]) -> String {
    let mut sorted = findings.to_vec();
    resolve::sort(&mut sorted);
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for finding in sorted {
        let end = finding.end.min(text.len());
        if finding.start >= at {
            let Some(kept) = text.get(at..finding.start) else { continue };
            if !text.is_char_boundary(end) {
                continue;
            }
            out.push_str(kept);
            out.push_str(finding.rule.token());
            at = end;
        } else if end > at && text.is_char_boundary(end) {
            at = end;
        }
    }
    out.push_str(text.get(at..).unwrap_or_default());
    out
}

/// Masked evidence for a value: enough to recognise one's own, too little to use. Cards show the last four digits
/// (below the limit of PCI DSS 3.4.1), Social Security and telephone numbers the last two, bank accounts the country and
/// the last two, mail addresses the first letters and the ending, IP addresses only which kind they are, secrets their
/// published beginning and their length, passwords the length.
#[must_use]
pub fn hint(rule: Rule, value: &str) -> String {
    let folded = View::of(value);
    let view = strip::without_markup(&folded).unwrap_or(folded);
    match rule {
        Rule::Card => ["•••• ", &last_digits(view, 4)].concat(),
        Rule::Ssn => ["•••-••-••", &last_digits(view, 2)].concat(),
        Rule::Email => email_hint(&view),
        Rule::Phone => ["••• ", &last_digits(view, 2)].concat(),
        Rule::Iban => iban_hint(view),
        Rule::Password => length(value),
        Rule::Secret => match secret::prefix(&view) {
            "" => length(value),
            prefix => [prefix, "… ", &length(value)].concat(),
        },
        Rule::Ip => if value.contains(':') { "IPv6" } else { "IPv4" }.to_owned(),
    }
}

fn length(value: &str) -> String {
    [&small::decimal(value.chars().count()), " characters"].concat()
}

fn last_digits(view: View, count: usize) -> String {
    let view = words::digits_for_words(&view, 1).unwrap_or(view);
    let digits: Vec<char> = view.cells().iter().map(|cell| cell.ch).filter(char::is_ascii_digit).collect();
    digits.iter().skip(digits.len().saturating_sub(count)).collect()
}

fn iban_hint(view: View) -> String {
    let country = iban::country(&view);
    [&country, "•••• ", &last_digits(view, 2)].concat()
}

fn email_hint(view: &View) -> String {
    let text = view.text(0, view.len());
    let first = text.chars().find(|ch| ch.is_alphanumeric()).unwrap_or('•');
    let host = spelled::behind_sign(view).map(|at| view.ch(at)).filter(|ch| ch.is_alphanumeric()).unwrap_or('•');
    let ending = text.rsplit(|ch: char| !ch.is_alphanumeric() && ch != '-').find(|part| !part.is_empty()).map(latin);
    let ending = ending.filter(|name| domain::is_ending(name)).unwrap_or_else(|| "•••".to_owned());
    let mut hint = String::from(first);
    hint.push_str("••••@");
    hint.push(host);
    hint.push_str("•••••.");
    hint.push_str(&ending);
    hint
}
