//! Lists what was misread in the open part and in the real texts, for tuning. Limit: it is never given the held part.

use super::cases::{Case, Class, Span};
use super::real_texts::Piece;
use super::scores::{Find, judge};
use crate::run::say;
use tact_pii::pii::{self, Rule};

/// Says up to `limit` cases of a class in which a value of this kind was missed or something was wrongly taken for one.
pub fn list(cases: &[Case], kind: Rule, class: Class, limit: usize) {
    let mut count = 0_usize;
    for case in cases.iter().filter(|case| case.class == class) {
        let finds = super::finds(&case.text);
        let verdict = judge(case, &finds);
        let mut missed = case.spans.iter().zip(&verdict.right).filter(|(span, right)| span.kind == kind && !**right);
        let is_missed = missed.next().is_some();
        let is_wrong = verdict.wrong.iter().any(|find| find.kind == kind);
        if !is_missed && !is_wrong {
            continue;
        }
        count += 1;
        if count <= limit {
            let what = if is_missed { "missed" } else { "wrong" };
            say(&format!("{} · {} · {} · {what}\n  text      {:?}", case.id, case.family, case.lang, case.text));
            say(&format!("  expected  {}", expected(case)));
            say(&format!("  found     {}\n", found(&case.text)));
        }
    }
    say(&format!("{count} cases of {} misread as to {}", class.name(), kind.as_str()));
}

/// Says every find in the real texts with its line.
pub fn alarms(pieces: &[Piece]) {
    let mut count = 0_usize;
    for piece in pieces {
        for find in super::finds(&piece.text) {
            count += 1;
            let before = piece.text.get(..find.start).unwrap_or_default();
            let from = before.rfind('\n').map_or(0, |at| at + 1);
            let line = piece.text.get(from..).and_then(|rest| rest.split('\n').next()).unwrap_or_default();
            say(&format!("{} · {}\n  line      {line:?}\n", piece.file, value(&piece.text, find)));
        }
    }
    say(&format!("{count} finds in texts without private data"));
}

fn expected(case: &Case) -> String {
    let one = |span: &Span| value(&case.text, Find { kind: span.kind, start: span.start, end: span.end });
    listed(&case.spans.iter().map(one).collect::<Vec<_>>())
}

/// All levels, since a value found as merely possible is nearly found.
fn found(text: &str) -> String {
    let one = |finding: pii::Finding| {
        let find = Find { kind: finding.rule, start: finding.start, end: finding.end };
        format!("{} {}, {}", value(text, find), finding.level.as_str(), finding.why.as_str())
    };
    listed(&pii::scan(text).into_iter().map(one).collect::<Vec<_>>())
}

fn value(text: &str, find: Find) -> String {
    let shown = text.get(find.start..find.end).unwrap_or_default();
    format!("{} {}..{} {shown:?}", find.kind.as_str(), find.start, find.end)
}

fn listed(items: &[String]) -> String {
    if items.is_empty() { "nothing".to_owned() } else { items.join(" | ") }
}
