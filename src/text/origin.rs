//! Where a place in a normalised text stands in the text as it was typed. Linear in both. Limit: it follows what
//! `normalise` does (composing, line ends, spaces, dropped characters); it does not repeat its decisions.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

/// A base character of a text after full decomposition, and the bytes it stands for with its marks.
#[derive(Debug, Clone, Copy)]
struct Unit {
    base: char,
    start: usize,
    end: usize,
}

/// Base characters alone: marks may be composed and in another order, the bases are the same in both texts.
fn units(text: &str) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::with_capacity(text.len());
    for (start, c) in text.char_indices() {
        let (end, mut any) = (start + c.len_utf8(), false);
        decompose_canonical(c, |part| {
            if canonical_combining_class(part) == 0 {
                let base = if part.is_whitespace() { ' ' } else { part };
                units.push(Unit { base, start, end });
                any = true;
            }
        });
        if !any && let Some(last) = units.last_mut() {
            last.end = end;
        }
    }
    units
}

/// The bytes of `typed` that became each of these byte ranges of its normalised form.
pub fn origin(typed: &str, normalised: &str, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    if typed == normalised {
        return ranges.to_vec();
    }
    let mut rest = units(typed).into_iter();
    let pairs = units(normalised).into_iter().map_while(|unit| Some((unit, rest.find(|of| of.base == unit.base)?)));
    let pairs: Vec<(Unit, Unit)> = pairs.collect();
    let place = |&(start, end): &(usize, usize)| {
        let first = pairs.get(pairs.partition_point(|(unit, _)| unit.start < start));
        let last = pairs.get(pairs.partition_point(|(unit, _)| unit.start < end).wrapping_sub(1));
        let start = first.map_or(typed.len(), |(_, of)| of.start);
        (start, last.map_or(start, |(_, of)| of.end).max(start))
    };
    ranges.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic, clippy::string_slice)]
    use super::origin;
    use crate::text::{line, normalise};

    fn back<'a>(typed: &'a str, normalised: &str, value: &str) -> &'a str {
        let start = normalised.find(value).unwrap();
        let [(start, end)] = origin(typed, normalised, &[(start, start + value.len())])[..] else { panic!() };
        &typed[start..end]
    }

    #[test]
    fn places_are_found_behind_line_ends_accents_and_what_is_dropped() {
        for (typed, value, wanted) in [
            ("one\r\ntwo\r\nme@x.org", "me@x.org", "me@x.org"),
            ("\u{FEFF}cafe\u{301} me@x.org\u{7}, so", "me@x.org", "me@x.org"),
            ("a cafe\u{301} b", "café", "cafe\u{301}"),
            ("\u{1112}\u{1161}\u{11AB} a", "한 a", "\u{1112}\u{1161}\u{11AB} a"),
            ("q\u{307}\u{323} x", "x", "x"),
            ("m\u{7}e@x.org", "me@x.org", "m\u{7}e@x.org"),
            ("plain", "ai", "ai"),
        ] {
            let normalised = normalise(typed, 1000).unwrap();
            assert_eq!(back(typed, &normalised, value), wanted, "{typed:?}");
        }
        let typed = "  a   \u{200B} title  with me@x.org ";
        assert_eq!(back(typed, &line(typed, 100).unwrap(), "me@x.org"), "me@x.org");
    }

    #[test]
    fn any_text_gives_places_inside_of_it() {
        for typed in ["\r\n\r\n", "e\u{301}", "\u{301}", "", "a\u{85}b\u{2028}c", "\u{AC00}\u{11A8}"] {
            let normalised = normalise(typed, 1000).unwrap();
            let ends: Vec<usize> = (0..=normalised.len()).filter(|at| normalised.is_char_boundary(*at)).collect();
            for start in &ends {
                for end in ends.iter().filter(|end| *end >= start) {
                    let [(from, to)] = origin(typed, &normalised, &[(*start, *end)])[..] else { panic!() };
                    assert!(typed.get(from..to).is_some(), "{typed:?} {start}..{end} gave {from}..{to}");
                }
            }
        }
    }
}
