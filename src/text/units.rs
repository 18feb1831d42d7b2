//! Places of a text in the units that browsers count.

/// Byte ranges on character boundaries, counted in UTF-16 code units, in one walk over the text.
#[must_use]
pub fn utf16(text: &str, ranges: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut ends: Vec<usize> = ranges.iter().flat_map(|(start, end)| [*start, *end]).collect();
    ends.sort_unstable();
    let (mut counted, mut at, mut units) = (Vec::with_capacity(ends.len()), 0, 0);
    for end in ends {
        units += text.get(at..end).map_or(0, |between| between.encode_utf16().count());
        at = end;
        counted.push((end, units));
    }
    let of = |byte: usize| {
        counted
            .binary_search_by_key(&byte, |(at, _)| *at)
            .ok()
            .and_then(|found| counted.get(found))
            .map_or(0, |it| it.1)
    };
    ranges.iter().map(|(start, end)| (of(*start), of(*end))).collect()
}

#[cfg(test)]
mod tests {
    use super::utf16;

    #[test]
    fn offsets_count_as_javascript_does() {
        assert_eq!(utf16("é😀a", &[(6, 7), (0, 2), (2, 6), (2, 2)]), [(3, 4), (0, 1), (1, 3), (1, 1)]);
    }
}
