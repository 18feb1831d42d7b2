//! Lays the figures out as Markdown. Limit: layout; of the held part it is given counts alone, and prints no family.

use super::cases::Class;
use super::peers::Tool;
use super::real_texts::Alarms;
use super::scores::{CORE, Scores, Share, Tally};
use super::speed::Speed;
use std::fmt::Write as _;
use tact_pii::pii::Rule;

/// Everything measured of Tact's own detector.
pub struct Figures {
    /// The part for tuning.
    pub open: Scores,
    /// The part that is only scored.
    pub held: Scores,
    /// The cases written by hand.
    pub by_hand: Scores,
    /// In real texts.
    pub alarms: Alarms,
    /// In processor time.
    pub speed: Speed,
}

/// The tables of Tact's own detector.
pub fn own(figures: &Figures) -> String {
    let mut out = "### Against the goals\n\n".to_owned();
    goals(&mut out, figures);
    for (title, scores) in [("held part", &figures.held), ("open part", &figures.open), ("by hand", &figures.by_hand)] {
        kinds(&mut out, title, scores);
    }
    languages(&mut out, &figures.open);
    families(&mut out, &figures.open);
    speed(&mut out, &figures.speed);
    out
}

fn goals(out: &mut String, figures: &Figures) {
    let parts = [&figures.open, &figures.held, &figures.by_hand];
    line(out, &["figure", "to reach", "open", "held", "by hand"]);
    rule(out, 5);
    let mut row = |name: &str, goal: &str, value: &dyn Fn(&Scores) -> String| {
        let values: Vec<String> = parts.iter().map(|scores| value(scores)).collect();
        let cells: Vec<&str> = [name, goal].into_iter().chain(values.iter().map(String::as_str)).collect();
        line(out, &cells);
    };
    let all = Class::ALL;
    row("e-mail, card, SSN: precision", "≥ .990", &|s| three(s.tally(CORE, all).precision()));
    row("e-mail, card, SSN: recall, plain", "≥ .970", &|s| three(s.tally(CORE, &[Class::Plain]).recall()));
    row("e-mail, card, SSN: recall, disguised", "≥ .900", &|s| three(s.tally(CORE, &[Class::Disguised]).recall()));
    row("e-mail, card, SSN: F1", "≥ .970", &|s| three(s.tally(CORE, all).f1()));
    row("IBAN: F1", "≥ .950", &|s| f1(s.tally(&[Rule::Iban], all)));
    row("secrets: F1", "≥ .950", &|s| f1(s.tally(&[Rule::Secret], all)));
    row("passwords: F1", "≥ .850", &|s| f1(s.tally(&[Rule::Password], all)));
    row("look-alikes taken for e-mail, card or SSN", "≤ 1 %", &|s| percent(s.flagged_core));
    row("look-alikes taken for anything", "", &|s| percent(s.flagged));
    row("bytes of found values under their masks", "≥ 99.9 %", &|s| percent(s.covered));
    out.push('\n');
    line(out, &["figure", "to reach", "measured"]);
    rule(out, 3);
    let alarms = figures.alarms;
    let loud = format!("{:.0} ({} in {} words)", alarms.per_million(alarms.loud), alarms.loud, alarms.words);
    line(out, &["false alarms in a million words of real text", "≤ 3", &loud]);
    let quiet = format!("{:.0} ({})", alarms.per_million(alarms.quiet), alarms.quiet);
    line(out, &["of phones and IP addresses, both off by default", "", &quiet]);
    let prose = figures.speed.paces.first().map_or(0.0, |pace| pace.megabytes);
    line(out, &["MB in a processor second, prose", "≥ 60", &format!("{prose:.0}")]);
    let millis = |time: f64| format!("{time:.3} ms");
    line(out, &["99 of 100 real texts of 4 KB take less than", "0.2 ms", &millis(figures.speed.p99)]);
    line(out, &["the same, a value in almost every line", "", &millis(figures.speed.p99_dense)]);
}

fn kinds(out: &mut String, title: &str, scores: &Scores) {
    let _ = writeln!(out, "\n### By kind and class, {title}\n");
    line(out, &["kind", "class", "right", "missed", "wrong", "precision", "recall", "F1"]);
    rule(out, 8);
    for kind in Rule::ALL {
        for class in Class::ALL {
            tally(out, kind.as_str(), class.name(), scores.tally(&[*kind], &[*class]));
        }
        tally(out, kind.as_str(), "**all**", scores.tally(&[*kind], Class::ALL));
    }
    for class in Class::ALL {
        tally(out, "e-mail, card, ssn", class.name(), scores.tally(CORE, &[*class]));
    }
    tally(out, "e-mail, card, ssn", "**all**", scores.tally(CORE, Class::ALL));
}

fn tally(out: &mut String, kind: &str, class: &str, tally: Tally) {
    if tally.is_empty() {
        return;
    }
    let Tally { right, missed, wrong } = tally;
    let mut cells = vec![kind.to_owned(), class.to_owned(), right.to_string(), missed.to_string(), wrong.to_string()];
    cells.push(if right + wrong > 0 && right + missed > 0 { three(tally.precision()) } else { String::new() });
    cells.push(if right + missed > 0 { three(tally.recall()) } else { String::new() });
    cells.push(if right + missed > 0 { three(tally.f1()) } else { String::new() });
    line(out, &cells.iter().map(String::as_str).collect::<Vec<_>>());
}

fn languages(out: &mut String, scores: &Scores) {
    let _ = writeln!(out, "\n### By language, all kinds and classes, open part\n");
    line(out, &["language", "right", "missed", "wrong", "precision", "recall", "F1"]);
    rule(out, 7);
    for (lang, tally) in &scores.languages {
        let Tally { right, missed, wrong } = tally;
        let (precision, recall, f1) = (three(tally.precision()), three(tally.recall()), three(tally.f1()));
        let _ = writeln!(out, "| {lang} | {right} | {missed} | {wrong} | {precision} | {recall} | {f1} |");
    }
}

fn families(out: &mut String, scores: &Scores) {
    let _ = writeln!(out, "\n### Families of look-alikes of which any was taken for something, open part\n");
    line(out, &["family", "cases", "taken", "per cent"]);
    rule(out, 4);
    for (family, share) in scores.families.iter().filter(|(_, share)| share.part > 0) {
        let name = family.strip_prefix("look_alike.").unwrap_or(family);
        let _ = writeln!(out, "| {name} | {} | {} | {} |", share.whole, share.part, percent(*share));
    }
}

fn speed(out: &mut String, speed: &Speed) {
    let _ = writeln!(out, "\n### Speed on one core\n");
    line(out, &["text", "MB in a processor second", "twice the text takes"]);
    rule(out, 3);
    for pace in &speed.paces {
        let twice = pace.twice.map(|times| format!("{times:.2} × as long")).unwrap_or_default();
        let _ = writeln!(out, "| {} | {:.0} | {twice} |", pace.name, pace.megabytes);
    }
}

/// The table of other tools on the held part and the real texts; `megabytes` is Tact's pace over these.
pub fn compared(figures: &Figures, megabytes: f64, tools: &[Tool]) -> String {
    let mut out = String::new();
    let kinds = ["e-mail", "card", "SSN", "phone", "IBAN", "password", "secret", "IP"];
    let mut head = vec!["tool"];
    head.extend(kinds);
    head.extend(["disguised", "look-alikes", "false alarms", "phones, IPs", "MB/s"]);
    line(&mut out, &head);
    rule(&mut out, head.len());
    compared_row(&mut out, "Tact", &figures.held, figures.alarms, Some(megabytes));
    let mut notes = Vec::new();
    for tool in tools {
        match &tool.result {
            Ok(found) => {
                let name = format!("{} {}", tool.name, found.version);
                compared_row(&mut out, &name, &found.scores, found.alarms, found.megabytes);
                notes.extend((found.failed > 0).then(|| format!("{} failed on {} texts.", tool.name, found.failed)));
            }
            Err(why) => notes.push(format!("{} did not run: {why}.", tool.name)),
        }
    }
    out.push_str(
        "\nBy kind: precision over all classes / recall of plain values. Disguised: recall of e-mail, card and SSN. \
         Look-alikes: those taken for e-mail, card or SSN. False alarms: in a million words. MB/s: megabytes in a \
         processor second over all these texts.\n",
    );
    for note in notes {
        let _ = writeln!(out, "{note}");
    }
    out
}

fn compared_row(out: &mut String, name: &str, scores: &Scores, alarms: Alarms, megabytes: Option<f64>) {
    let mut cells = vec![name.to_owned()];
    cells.extend(Rule::ALL.iter().map(|kind| {
        let (all, plain) = (scores.tally(&[*kind], Class::ALL), scores.tally(&[*kind], &[Class::Plain]));
        if all.right == 0 { "–".to_owned() } else { format!("{}/{}", two(all.precision()), two(plain.recall())) }
    }));
    cells.push(two(scores.tally(CORE, &[Class::Disguised]).recall()));
    cells.push(percent(scores.flagged_core));
    cells.push(format!("{:.0}", alarms.per_million(alarms.loud)));
    cells.push(format!("{:.0}", alarms.per_million(alarms.quiet)));
    cells.push(megabytes.map(|pace| format!("{pace:.*}", usize::from(pace < 10.0) * 2)).unwrap_or_default());
    line(out, &cells.iter().map(String::as_str).collect::<Vec<_>>());
}

fn line(out: &mut String, cells: &[&str]) {
    let _ = writeln!(out, "| {} |", cells.join(" | "));
}

fn rule(out: &mut String, columns: usize) {
    let _ = writeln!(out, "|{}", "---|".repeat(columns));
}

/// Nothing, where nothing is labelled.
fn f1(tally: Tally) -> String {
    if tally.right + tally.missed == 0 { "–".to_owned() } else { three(tally.f1()) }
}

/// Three digits, always rounded down, so that a goal is never reached by rounding.
fn three(value: f64) -> String {
    format!("{:.3}", (value * 1e3).floor() / 1e3)
}

fn two(value: f64) -> String {
    format!("{:.2}", (value * 1e2).floor() / 1e2)
}

fn percent(share: Share) -> String {
    format!("{:.2} %", share.ratio() * 100.0)
}
