//! The values that templates of entries share: people, times, safe HTML, warnings.

use std::fmt;

use super::Author;
use crate::clock::Moment;
use crate::entity::pii_policy::PolicyAction;
use crate::pii::Rule;
use crate::publish::{Field, Found, Warning};

/// HTML that the sanitiser made. The only thing templates print unescaped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SafeHtml(pub String);

impl SafeHtml {
    /// Whether there is nothing to show.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl fmt::Display for SafeHtml {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A member as templates show one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Account; decides the tile.
    pub id: i64,
    /// Login name.
    pub name: String,
    /// Name as shown.
    pub display: String,
}

impl From<&Author> for Person {
    fn from(author: &Author) -> Self {
        Self { id: author.id.0, name: author.name.clone(), display: author.display.clone() }
    }
}

impl Person {
    /// The tile drawn for this member: background, foreground, and a path on an 8 by 8 grid.
    pub fn tile(&self) -> (&'static str, &'static str, &'static str) {
        let mixed = self.id.unsigned_abs().wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let pick = |shift: u32, of: usize| usize::try_from((mixed >> shift) & 0xFF).unwrap_or(0) % of;
        let (back, front) = TONES.get(pick(24, TONES.len())).copied().unwrap_or(("#cfdde0", "#3b5a60"));
        (back, front, SHAPES.get(pick(40, SHAPES.len())).copied().unwrap_or("M0 0h8v8z"))
    }
}

const TONES: [(&str, &str); 12] = [
    ("#cfdde0", "#3b5a60"),
    ("#e8d9bd", "#6b4f23"),
    ("#d6cbe6", "#5c4a86"),
    ("#f0c9bf", "#94483a"),
    ("#c6e0cb", "#2e6a45"),
    ("#b9d7ec", "#2f5d86"),
    ("#ecd0de", "#8a3f66"),
    ("#e3e0c4", "#6e6a2c"),
    ("#c9d3ee", "#4a5596"),
    ("#f3dcb2", "#8a5f14"),
    ("#c3e2de", "#12686a"),
    ("#dcd3cb", "#5d4a3a"),
];

const SHAPES: [&str; 10] = [
    "M0 0A8 8 0 0 0 8 8H0Z",
    "M0 8A8 8 0 0 1 8 0V8Z",
    "M4 0A4 4 0 0 1 4 8A4 4 0 0 0 4 0Z",
    "M0 4A4 4 0 0 1 8 4V8H0Z",
    "M0 0H4A4 4 0 0 1 4 8H0Z",
    "M4 4A4 4 0 0 0 8 0V4A4 4 0 0 1 4 8A4 4 0 0 1 0 4Z",
    "M0 8L4 0L8 8Z",
    "M0 0H4V4H8V8H4V4H0Z",
    "M1 4A3 3 0 1 0 7 4A3 3 0 1 0 1 4Z",
    "M0 0A4 4 0 0 1 4 4A4 4 0 0 1 8 8H0Z",
];

/// A moment for `<time>`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Stamp {
    /// Machine-readable, UTC.
    pub iso: String,
    /// In full, for the tooltip.
    pub title: String,
    /// Short, as shown.
    pub text: String,
}

impl Stamp {
    /// A moment as seen now: minutes and hours when recent, else the date.
    pub fn new(at: Moment, now: Moment) -> Self {
        let civil = at.civil();
        let (day, month) = (civil.day(), month(civil.month()));
        let title = format!("{day} {month} {}, {:02}:{:02} UTC", civil.year(), civil.hour(), civil.minute());
        let text = match now.since_s(at) {
            passed @ 0..=59 => format!("{passed} s"),
            passed @ 60..=3599 => format!("{} min", passed / 60),
            passed @ 3600..=86_399 => format!("{} h", passed / 3600),
            passed @ 86_400..=604_799 => format!("{} d", passed / 86_400),
            _ if civil.year() == now.civil().year() => format!("{day} {month}"),
            _ => format!("{day} {month} {}", civil.year()),
        };
        Self { iso: at.iso(), title, text }
    }

    /// The time of day, for chat.
    pub fn clock(at: Moment, now: Moment) -> Self {
        let civil = at.civil();
        Self { text: format!("{:02}:{:02}", civil.hour(), civil.minute()), ..Self::new(at, now) }
    }
}

/// English name of a month.
pub fn month(month: time::Month) -> &'static str {
    const NAMES: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    NAMES.get(usize::from(u8::from(month)) - 1).copied().unwrap_or_default()
}

/// The warning before publication.
#[derive(Debug, Clone, Default)]
pub struct WarningView {
    /// "Two things here look personal".
    pub heading: String,
    /// One line each.
    pub findings: Vec<FindingView>,
    /// Every field as others would read it when masked.
    pub masked: Vec<MaskedField>,
    /// Token for publishing anyway.
    pub consent: Option<String>,
    /// Whether masking helps.
    pub can_mask: bool,
    /// Whether a moderator can be asked.
    pub can_ask: bool,
    /// What publishing anyway would show: "my email address".
    pub anyway: String,
}

/// One finding of a warning.
#[derive(Debug, Clone, Default)]
pub struct FindingView {
    /// What it is.
    pub label: &'static str,
    /// Masked form.
    pub hint: String,
    /// Why it was found.
    pub why: &'static str,
    /// What the place says about it, when the author cannot publish it: "Always hidden".
    pub fixed: Option<&'static str>,
    /// Which field, when it is not the body.
    pub field: &'static str,
}

/// A field with the found values hidden, cut at the hidden values.
#[derive(Debug, Clone, Default)]
pub struct MaskedField {
    /// Text and masks in turn.
    pub pieces: Vec<Piece>,
}

impl WarningView {
    /// A warning as templates show it.
    pub fn new(warning: &Warning) -> Self {
        let open: Vec<_> = warning.findings.iter().filter(|found| found.action == PolicyAction::Warn).collect();
        let mut names: Vec<_> = open.iter().map(|found| found.rule.name()).collect();
        names.dedup();
        Self {
            heading: heading(warning.findings.len()),
            findings: warning.findings.iter().map(line).collect(),
            masked: warning
                .masked
                .iter()
                .filter(|(_, text)| text.contains(" hidden]"))
                .map(|(_, text)| MaskedField { pieces: pieces(text) })
                .collect(),
            consent: warning.consent.clone(),
            can_mask: warning.can_mask,
            can_ask: warning.can_ask,
            anyway: names.join(" and "),
        }
    }
}

fn heading(count: usize) -> String {
    const NUMBERS: [&str; 10] = ["No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine"];
    let number = NUMBERS.get(count).map_or_else(|| count.to_string(), |word| (*word).to_owned());
    if count == 1 {
        return "One thing here looks personal".to_owned();
    }
    format!("{number} things here look personal")
}

/// Why something waits, in a clause: "it contains a card number and an email address".
pub fn waits_because(rules: impl IntoIterator<Item = Rule>) -> String {
    let mut found: Vec<&str> = Vec::new();
    for rule in rules {
        if !found.contains(&rule.phrase()) {
            found.push(rule.phrase());
        }
    }
    match found.as_slice() {
        [] => "you asked for a look first".to_owned(),
        [one] => format!("it contains {one}"),
        [most @ .., last] => format!("it contains {} and {last}", most.join(", ")),
    }
}

fn line(found: &Found) -> FindingView {
    let fixed = match found.action {
        PolicyAction::Off | PolicyAction::Warn => None,
        PolicyAction::Mask => Some("Always hidden"),
        PolicyAction::Hold => Some("Hidden, or seen by a moderator first"),
        PolicyAction::Refuse => Some("Not allowed here"),
    };
    let field = match found.field {
        Field::Body => "",
        Field::Title => "in the title",
        Field::Display => "in the display name",
        Field::Bio => "in the profile text",
        Field::Topic => "in the topic line",
    };
    FindingView { label: found.rule.label(), hint: found.hint.clone(), why: found.why.text(), fixed, field }
}

/// A stretch of masked text: plain, or a bar with the kind of thing in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The words.
    pub text: String,
    /// A bar.
    pub mask: bool,
}

/// Splits a masked text at the detector's tokens (`[email hidden]` …).
pub fn pieces(masked: &str) -> Vec<Piece> {
    let piece = |text: &str, mask| Piece { text: text.to_owned(), mask };
    let mut out = Vec::new();
    let mut rest = masked;
    while let Some((at, token)) = next_token(rest) {
        let (before, after) = rest.split_at(at);
        out.extend([piece(before, false), piece(token.trim_matches(['[', ']']), true)]);
        rest = after.strip_prefix(token).unwrap_or_default();
    }
    out.push(piece(rest, false));
    out.retain(|piece| !piece.text.is_empty());
    out
}

fn next_token(text: &str) -> Option<(usize, &'static str)> {
    Rule::ALL.iter().filter_map(|rule| text.find(rule.token()).map(|at| (at, rule.token()))).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_read_well() {
        assert_eq!(waits_because([]), "you asked for a look first");
        assert_eq!(
            waits_because([Rule::Card, Rule::Email, Rule::Card]),
            "it contains a card number and an email address"
        );
    }
}
