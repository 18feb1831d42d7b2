//! The figures that the detector must hold on the open and the held part together. Limit: floors, not goals.
//!
//! When the detector gets better, raise the floors to what `cargo xtask pii-report` prints, less a small margin.
#![allow(clippy::unwrap_used)]

use super::cases::Class;
use super::real_texts::{self, Alarms};
use super::scores::Scores;
use super::{finds, folder, read};
use tact_pii::pii::Rule;

/// For each kind: least precision over all classes, least recall of plain and of disguised values. Zero where no value
/// is labelled.
const FLOORS: &[(Rule, f64, f64, f64)] = &[
    (Rule::Email, 0.960, 0.975, 0.855),
    (Rule::Card, 0.900, 0.980, 0.945),
    (Rule::Ssn, 0.990, 0.990, 0.960),
    (Rule::Phone, 0.975, 0.970, 0.815),
    (Rule::Iban, 0.990, 0.990, 0.735),
    (Rule::Password, 0.895, 0.930, 0.0),
    (Rule::Secret, 0.990, 0.990, 0.0),
    (Rule::Ip, 0.990, 0.905, 0.0),
];
/// The most look-alikes taken for an e-mail address, a card or a social security number; and for anything.
const FLAGGED: (f64, f64) = (0.040, 0.044);
/// The least share of a found value's bytes that its mask covers.
const COVERED: f64 = 0.997;
/// The most false alarms in a million words of real text, without phones and IP addresses.
const ALARMS: f64 = 30.0;

#[test]
fn the_figures_hold() {
    let mut cases = read("open.jsonl").unwrap();
    cases.extend(read("held.jsonl").unwrap());
    let scores = Scores::of(&cases, |case| finds(&case.text));
    let mut broken = Vec::new();
    for (kind, precision, plain, disguised) in FLOORS {
        let mut hold = |name: &str, value: f64, least: f64| {
            eprintln!("{} {name}: {value:.4}", kind.as_str());
            if value < least {
                broken.push(format!("{} {name}: {value:.4} is less than {least}", kind.as_str()));
            }
        };
        hold("precision", scores.tally(&[*kind], Class::ALL).precision(), *precision);
        hold("recall, plain", scores.tally(&[*kind], &[Class::Plain]).recall(), *plain);
        hold("recall, disguised", scores.tally(&[*kind], &[Class::Disguised]).recall(), *disguised);
    }
    let texts = real_texts::read(&folder().join("prose")).unwrap();
    let alarms = Alarms::of(&texts, |_, piece| finds(&piece.text));
    let mut cap = |name: &str, value: f64, most: f64| {
        eprintln!("{name}: {value:.4}");
        if value > most {
            broken.push(format!("{name}: {value:.4} is more than {most}"));
        }
    };
    cap("look-alikes taken for e-mail, card or SSN", scores.flagged_core.ratio(), FLAGGED.0);
    cap("look-alikes taken for anything", scores.flagged.ratio(), FLAGGED.1);
    cap("bytes of found values left bare", 1.0 - scores.covered.ratio(), 1.0 - COVERED);
    cap("false alarms in a million words", alarms.per_million(alarms.loud), ALARMS);
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
