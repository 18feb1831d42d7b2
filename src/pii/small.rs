//! Searching and sorting in few bytes of program. Limit: for short words and for findings.
//! The standard library's substring search and sort are made for speed on large inputs; with the texts of their panics
//! they were a seventh of the module that browsers load.

use super::alloc::string::String;

/// The places of `text` where `word` stands, in bytes. `word` must not be empty.
pub(super) fn places<'t>(text: &'t str, word: &'t str) -> impl DoubleEndedIterator<Item = usize> + 't {
    let (text, word) = (text.as_bytes(), word.as_bytes());
    (0..text.len()).filter(move |at| text.get(*at..).is_some_and(|rest| rest.starts_with(word)))
}

/// Whether `word` stands in `text`.
pub(super) fn holds(text: &str, word: &str) -> bool {
    places(text, word).next().is_some()
}

/// Whether one of `words` stands in `text`.
pub(super) fn holds_one(text: &str, words: &[&str]) -> bool {
    words.iter().any(|word| holds(text, word))
}

/// `number` in decimal digits.
pub(super) fn decimal(number: usize) -> String {
    let digit = u32::try_from(number % 10).ok().and_then(|digit| char::from_digit(digit, 10)).unwrap_or('0');
    let mut digits = if number < 10 { String::new() } else { decimal(number / 10) };
    digits.push(digit);
    digits
}

/// Sorts by `key`, equal ones in any order (Shell's method): fast on what is nearly sorted, and never quadratic.
pub(super) fn sort<T: Copy, K: Ord>(items: &mut [T], key: impl Fn(&T) -> K) {
    let mut gap = items.len();
    while gap > 1 {
        gap = (gap * 4 / 9).max(1);
        for from in gap..items.len() {
            let mut at = from;
            while at >= gap
                && let (Some(low), Some(high)) = (items.get(at - gap), items.get(at))
                && key(low) > key(high)
            {
                items.swap(at - gap, at);
                at -= gap;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_where_they_stand() {
        assert_eq!(places("aXaXa", "aXa").collect::<Vec<_>>(), [0, 2]);
        assert_eq!(places("aé", "é").next_back(), Some(1));
        assert!(!holds("", "a") && !holds("a", "aa") && holds_one("abc", &["x", "c"]));
    }

    #[test]
    fn decimals_are_written_like_any_number() {
        for number in [0, 7, 10, 99, 100, 4_294_967] {
            assert_eq!(decimal(number), number.to_string());
        }
    }

    #[test]
    fn sorting_sorts() {
        let mut state = 7_u32;
        for size in [0, 1, 2, 3, 10, 1000, 30_000] {
            let mut items: Vec<u32> = (0..size)
                .map(|_| {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    state >> 20
                })
                .collect();
            sort(&mut items, |item| *item);
            assert!(items.is_sorted(), "{size}");
            items.reverse();
            sort(&mut items, |item| *item);
            assert!(items.is_sorted(), "{size}");
        }
    }
}
