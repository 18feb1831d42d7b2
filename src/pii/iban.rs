//! International bank account numbers: a country's length and layout, and the two check digits.
//! Limit: the number itself; United States accounts are the duty of [`super::routing`].
//! Sources: ISO 13616-1 for the form and the checksum (ISO/IEC 7064, MOD 97-10); the layouts are those of SWIFT's IBAN
//! Registry, release 101, as listed in the Python package `python-stdnum` 2.2.
//!
//! Levels: likely, with a word for an account certain; examples and code lower it by one. The registry's own examples
//! are only possible. Digits read from words or letters need a word.

use super::alloc::{string::String, vec::Vec};
use super::fold::View;
use super::fold_tables::look_alike;
use super::keywords::{BANK, OTHER};
use super::numbers::weigh_at;
use super::pairs::Pairs;
use super::scene::Scene;
use super::types::{Finding, Level, Rule, Why};

/// Layout behind the check digits, by country: lengths of runs of digits (n), letters (a) or either (c).
const LAYOUTS: &str = " ad8n12c ae19n al8n16c at16n az4a20c ba16n be12n bg4a6n8c bh4a14c bi23n br23n1a1c by4c4n16c ch5n12c \
    cr18n cy8n16c cz20n de18n dj23n dk14n do4c20n ee16n eg25n es20n fi14n fk2a12n fo14n fr10n11c2n gb4a14n ge2a16n gi4a15c \
    gl14n gr7n16c gt24c hn4a20n hr17n hu24n ie4a14n il19n iq4a15n is22n it1a10n12c jo4a4n18c kw4a22c kz3n13c lb4n20c lc4a24c \
    li5n12c lt16n lu3n13c lv4a13c ly21n mc10n11c2n md20c me18n mk3n10c2n mn16n mr23n mt4a5n18c mu4a19n3a ni4a20n nl4a10n no11n \
    om3n16c pk4a16c pl24n ps4a21c pt21n qa4a21c ro4a16c rs18n ru14n15c sa2n18c sc4a20n3a sd14n se20n si15n sk20n sm1a10n12c \
    so19n st21n sv4a20n tl19n tn20n tr6n16c ua6n19c va18n vg4a16n xk16n ye4a4n18c";

static COUNTRIES: Pairs = Pairs::of_rows(LAYOUTS);

/// The examples of the registry and of Wikipedia's "International Bank Account Number", as [`digest`] shortens them, sorted.
const EXAMPLES: &[u32] = &[
    7_902_021,
    11_193_520,
    37_836_260,
    47_190_466,
    77_181_409,
    88_388_034,
    93_903_754,
    105_702_796,
    108_579_316,
    142_113_743,
    158_065_306,
    175_020_298,
    177_574_953,
    179_694_103,
    194_611_088,
    222_792_219,
    239_298_877,
    250_874_940,
    252_836_299,
    254_989_834,
    288_687_543,
    303_326_548,
    314_168_765,
    328_993_063,
    344_015_388,
    348_314_955,
    350_446_563,
    356_524_009,
    390_588_774,
    399_203_467,
    408_947_445,
    417_606_678,
    445_026_730,
    453_615_172,
    476_222_360,
    546_589_604,
    560_030_385,
    561_212_466,
    577_767_220,
    580_469_733,
    589_511_989,
    602_288_606,
    603_612_132,
    608_503_421,
    609_593_154,
    610_121_568,
    618_539_522,
    630_877_878,
    637_808_073,
    641_002_732,
    649_615_121,
    656_555_830,
    662_754_140,
    668_783_916,
    674_143_731,
    679_063_590,
    680_020_032,
    683_989_661,
    690_262_946,
    691_837_081,
    709_829_923,
    714_435_253,
    719_347_665,
    748_596_602,
    819_297_390,
    821_139_224,
    841_795_002,
    848_795_133,
    859_796_346,
    863_668_289,
    884_181_528,
    893_955_864,
    895_014_246,
    912_290_786,
    922_828_240,
    947_274_910,
    950_690_762,
    956_994_411,
    971_930_446,
    976_791_099,
    980_890_239,
];

/// Judges the digits that begin at `at`, when two letters stand before them.
pub(super) fn find(scene: &Scene<'_>, at: usize, out: &mut Vec<Finding>) {
    let view = &scene.view;
    let from = at.saturating_sub(2 + usize::from(view.back(at, 1) == ' '));
    let country = [latin(view.ch(from)), latin(view.ch(from + 1))];
    if at < 2 || !country[0].is_ascii_lowercase() || !COUNTRIES.may_open(country[0].into(), country[1].into()) {
        return;
    }
    let Some(layout) = layout(country) else { return };
    let Some((value, to)) = read(view, from, layout) else { return };
    if remainder(&value) != 1 {
        return;
    }
    let glued = from.checked_sub(4).is_some_and(|at| view.spells(at, "iban"));
    let part = |ch: char| ch.is_ascii_alphanumeric() || ch == '_';
    if !glued && part(view.back(from, 1)) || part(view.ch(to)) {
        return;
    }
    let weight = weigh_at(scene, from, to, BANK, OTHER);
    let named = weight.named || glued;
    if scene.said && !named {
        return;
    }
    let level = if EXAMPLES.binary_search(&digest(&value)).is_ok() {
        Level::Possible
    } else {
        Level::from_score(1 + weight.steps + i32::from(glued && !weight.named))
    };
    let why = if named { Why::IbanNamed } else { Why::IbanChecksum };
    let (start, end) = view.bytes(from, to);
    out.push(Finding { rule: Rule::Iban, start, end, level, why });
}

/// The two letters that an international number begins with; nothing for other accounts.
pub(super) fn country(view: &View) -> String {
    let letters = [latin(view.ch(0)), latin(view.ch(1))];
    let known = letters.iter().all(u8::is_ascii_lowercase);
    if known {
        letters.iter().map(|letter| char::from(letter.to_ascii_uppercase())).chain([' ']).collect()
    } else {
        String::new()
    }
}

/// The character, or the Latin one it looks like, as a byte; 0 for all that cannot stand in an IBAN.
fn latin(ch: char) -> u8 {
    let ch = if ch.is_ascii() { ch } else { look_alike(ch).unwrap_or(' ') };
    u8::try_from(ch).ok().filter(u8::is_ascii_alphanumeric).unwrap_or(0)
}

/// The layout of a country, up to the next space or the end.
fn layout(country: [u8; 2]) -> Option<&'static [u8]> {
    let rows = LAYOUTS.as_bytes();
    let at = rows.windows(3).position(|row| row.first() == Some(&b' ') && row.ends_with(&country))?;
    rows.get(at + 3..)
}

/// Reads the country, the check digits and what the layout asks for, with single marks between, and answers the
/// characters and the place behind them.
fn read(view: &View, from: usize, layout: &[u8]) -> Option<(Vec<u8>, usize)> {
    let mut value = Vec::with_capacity(34);
    let mut at = from;
    let mut count = 0;
    for kind in *b"aann" {
        at = take(view, at, kind, &mut value)?;
    }
    for &byte in layout {
        if byte == b' ' {
            break;
        }
        if byte.is_ascii_digit() {
            count = count * 10 + usize::from(byte - b'0');
            continue;
        }
        for _ in 0..count {
            at = take(view, at, byte, &mut value)?;
        }
        count = 0;
    }
    Some((value, at))
}

/// Takes one character of `kind` at `at`, or behind one mark, and answers the place behind it.
fn take(view: &View, at: usize, kind: u8, value: &mut Vec<u8>) -> Option<usize> {
    let mark = matches!(view.ch(at), ' ' | '-' | '.' | '\n' | '_' | '/') && !value.is_empty();
    let at = at + usize::from(mark);
    let byte = latin(view.ch(at));
    let fits = match kind {
        b'n' => byte.is_ascii_digit(),
        b'a' => byte.is_ascii_lowercase(),
        _ => byte != 0,
    };
    fits.then(|| {
        value.push(byte);
        at + 1
    })
}

/// The whole, its first four characters moved to the end and letters read as 10 to 35, modulo 97.
fn remainder(value: &[u8]) -> u32 {
    let (head, tail) = value.split_at(value.len().min(4));
    tail.iter().chain(head).fold(0, |sum, byte| {
        let digit = number(*byte);
        (sum * if digit > 9 { 100 } else { 10 } + digit) % 97
    })
}

fn number(byte: u8) -> u32 {
    char::from(byte).to_digit(36).unwrap_or(0)
}

/// A number short enough to list, by which the examples are recognised.
fn digest(value: &[u8]) -> u32 {
    let sum = value.iter().fold(0_u64, |sum, byte| (sum * 36 + u64::from(number(*byte))) % 1_000_000_007);
    u32::try_from(sum).unwrap_or(0)
}
