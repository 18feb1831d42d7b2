//! Card networks and the numbers that are never anybody's. Limit: data and its look-up.
//! Sources: ISO/IEC 7812-1 for the structure; network ranges as published in `braintree/credit-card-type`
//! (`src/lib/card-types.ts`, read in November 2026) and by the networks; SSN list from SSA publications and press.

/// What a network asks of its numbers.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Network {
    /// The number counts only when the text speaks of a card: the range is wide and collides with other numbers.
    pub(super) needs_word: bool,
    /// The network's checksum is not public everywhere.
    pub(super) may_lack_checksum: bool,
}

/// One range of issuer numbers, by its first six digits, and the lengths it uses (bit n: n digits).
struct Range {
    first: u32,
    last: u32,
    lengths: u32,
    needs_word: bool,
}

const fn lengths(all: &[u32]) -> u32 {
    let mut bits = 0;
    let mut rest = all;
    while let [length, others @ ..] = rest {
        bits |= 1 << *length;
        rest = others;
    }
    bits
}

const fn range(first: u32, last: u32, all: &[u32]) -> Range {
    Range { first, last, lengths: lengths(all), needs_word: false }
}

const fn wordy(first: u32, last: u32, all: &[u32]) -> Range {
    Range { first, last, lengths: lengths(all), needs_word: true }
}

/// The assigned ranges. The first that fits counts, so ranges that need no word stand before those that do.
const RANGES: &[Range] = &[
    // Visa; thirteen digits are obsolete and collide with EAN-13 and with millisecond timestamps.
    range(400_000, 499_999, &[16, 18, 19]),
    wordy(400_000, 499_999, &[13]),
    // Mastercard, both series.
    range(510_000, 559_999, &[16]),
    range(222_100, 272_099, &[16]),
    // American Express.
    range(340_000, 349_999, &[15]),
    range(370_000, 379_999, &[15]),
    // Discover.
    range(601_100, 601_199, &[16, 19]),
    range(644_000, 659_999, &[16, 19]),
    // Diners Club.
    range(300_000, 305_999, &[14, 16, 19]),
    range(360_000, 369_999, &[14, 16, 19]),
    range(380_000, 399_999, &[14, 16, 19]),
    // JCB, and its old fifteen-digit ranges.
    range(352_800, 358_999, &[16, 17, 18, 19]),
    wordy(180_000, 180_099, &[15]),
    wordy(213_100, 213_199, &[15]),
    // UnionPay.
    range(620_000, 629_999, &[16, 17, 18, 19]),
    wordy(620_000, 629_999, &[14, 15]),
    range(810_000, 817_199, &[16, 17, 18, 19]),
    // Mir.
    range(220_000, 220_499, &[16, 17, 18, 19]),
    // Troy, RuPay, Hiper, Hipercard, Elo.
    range(979_200, 979_299, &[16]),
    range(506_699, 506_778, &[16]),
    range(508_500, 508_999, &[16]),
    range(509_000, 509_999, &[16]),
    range(606_282, 606_282, &[16]),
    range(636_297, 636_368, &[16]),
    range(637_095, 637_095, &[16]),
    range(637_568, 637_612, &[16]),
    wordy(600_000, 609_999, &[16]),
    wordy(820_000, 829_999, &[16]),
    wordy(817_200, 819_999, &[16]),
    // Maestro; up to fifteen digits it collides with too much.
    range(500_000, 509_999, &[16, 18, 19]),
    range(560_000, 599_999, &[16, 18, 19]),
    range(630_000, 639_999, &[16, 18, 19]),
    range(670_000, 679_999, &[16, 18, 19]),
    wordy(500_000, 509_999, &[12, 13, 14, 15, 17]),
    wordy(560_000, 599_999, &[12, 13, 14, 15, 17]),
    wordy(630_000, 639_999, &[12, 13, 14, 15, 17]),
    wordy(670_000, 679_999, &[12, 13, 14, 15, 17]),
];

/// The network of a number, when one issues such numbers.
pub(super) fn network(digits: &[u8]) -> Option<Network> {
    let head = digits.get(..6)?.iter().fold(0_u32, |value, digit| value * 10 + u32::from(*digit));
    let length = 1_u32.checked_shl(u32::try_from(digits.len()).ok()?)?;
    let range =
        RANGES.iter().find(|range| (range.first..=range.last).contains(&head) && range.lengths & length != 0)?;
    Some(Network { needs_word: range.needs_word, may_lack_checksum: (620_000..=629_999).contains(&head) })
}

/// Card numbers that payment providers publish for trying things out (test pages of Stripe, Adyen, Braintree,
/// Square, Worldpay), sorted.
const PUBLISHED: &[u64] = &[
    4_222_222_222_222,
    4_911_830_000_000,
    30_569_309_025_904,
    36_006_666_333_344,
    36_227_206_271_667,
    36_259_600_000_004,
    36_700_102_000_000,
    38_520_000_023_237,
    343_434_343_434_343,
    370_000_000_000_002,
    371_449_635_398_431,
    374_245_455_400_126,
    374_251_018_720_018,
    378_282_246_310_005,
    378_734_493_671_000,
    2_222_400_010_000_008,
    2_222_400_030_000_004,
    2_222_400_050_000_009,
    2_222_400_060_000_007,
    2_222_400_070_000_005,
    2_222_405_343_248_877,
    2_222_990_905_257_051,
    2_223_000_048_400_011,
    2_223_003_122_003_222,
    2_223_007_648_726_984,
    2_223_016_768_739_313,
    2_223_520_043_560_014,
    2_223_577_120_017_656,
    3_056_930_009_020_004,
    3_530_111_333_300_000,
    3_566_000_020_000_410,
    3_566_002_020_360_505,
    3_566_111_111_111_113,
    4_000_000_000_000_002,
    4_000_000_000_000_010,
    4_000_000_000_000_028,
    4_000_000_000_000_036,
    4_000_000_000_000_044,
    4_000_000_000_000_069,
    4_000_000_000_000_077,
    4_000_000_000_000_101,
    4_000_000_000_000_119,
    4_000_000_000_000_127,
    4_000_000_000_000_259,
    4_000_000_000_000_341,
    4_000_000_000_003_220,
    4_000_000_000_009_235,
    4_000_000_000_009_979,
    4_000_000_000_009_987,
    4_000_000_000_009_995,
    4_000_000_760_000_002,
    4_000_001_240_000_000,
    4_000_002_500_003_155,
    4_000_002_760_003_184,
    4_000_003_800_000_446,
    4_000_004_840_008_001,
    4_000_007_560_000_009,
    4_000_008_260_000_000,
    4_000_008_260_003_178,
    4_000_056_655_665_556,
    4_005_519_200_000_004,
    4_009_348_888_881_881,
    4_012_000_033_330_026,
    4_012_000_077_777_777,
    4_012_888_888_881_881,
    4_017_340_000_000_003,
    4_024_007_103_939_509,
    4_111_111_111_111_111,
    4_111_111_145_551_142,
    4_166_676_667_666_746,
    4_212_345_678_901_237,
    4_217_651_111_111_119,
    4_242_424_242_424_242,
    4_263_982_640_269_299,
    4_293_189_100_000_008,
    4_444_333_322_221_111,
    4_444_444_444_444_448,
    4_462_030_000_000_000,
    4_484_600_000_000_004,
    4_500_600_000_000_061,
    4_508_750_015_741_019,
    4_532_759_734_545_858,
    4_539_097_887_163_333,
    4_556_737_586_899_855,
    4_607_000_000_000_009,
    4_646_464_646_464_644,
    4_699_989_969_999_699,
    4_716_461_583_322_103,
    4_761_120_010_000_492,
    4_871_049_999_999_910,
    4_900_000_000_000_003,
    4_917_300_800_000_000,
    4_917_484_589_897_107,
    4_917_610_000_000_000,
    5_000_550_000_000_029,
    5_019_717_010_103_742,
    5_066_991_111_111_118,
    5_100_000_010_001_004,
    5_100_290_029_002_909,
    5_101_180_000_000_007,
    5_103_221_911_199_245,
    5_105_105_105_105_100,
    5_106_040_000_000_008,
    5_111_005_111_051_128,
    5_136_333_333_333_335,
    5_200_828_282_828_210,
    5_212_345_678_901_234,
    5_413_330_300_003_002,
    5_424_000_000_000_015,
    5_425_233_430_109_903,
    5_454_545_454_545_454,
    5_500_000_000_000_004,
    5_500_005_555_555_559,
    5_555_341_244_441_115,
    5_555_444_433_331_111,
    5_555_555_555_554_444,
    5_577_000_055_770_004,
    5_585_558_555_855_583,
    5_610_591_081_018_250,
    6_011_000_000_000_004,
    6_011_000_000_000_012,
    6_011_000_400_000_000,
    6_011_000_990_139_424,
    6_011_000_991_300_009,
    6_011_111_111_111_117,
    6_011_601_160_116_611,
    6_011_981_111_111_113,
    6_062_826_786_276_634,
    6_062_828_888_666_688,
    6_200_000_000_000_005,
    6_200_000_000_000_047,
    6_243_030_000_000_001,
    6_250_946_000_000_016,
    6_304_000_000_000_000,
    6_331_101_999_990_016,
    6_445_644_564_456_445,
    6_703_444_444_444_449,
    6_759_649_826_438_453,
    6_771_798_021_000_008,
    6_771_798_025_000_004,
    8_171_999_927_660_000,
    9_792_030_000_000_000,
    630_490_017_740_292_441,
    6_205_500_000_000_000_004,
    6_799_990_100_000_000_019,
];

/// Whether a card number is a published test number, or too regular to be anybody's.
pub(super) fn is_published_card(digits: &[u8]) -> bool {
    let value = digits.iter().fold(0_u64, |value, digit| value.wrapping_mul(10).wrapping_add(u64::from(*digit)));
    let mut seen = 0_u16;
    for digit in digits {
        seen |= 1_u16.checked_shl(u32::from(*digit)).unwrap_or(0);
    }
    seen.count_ones() <= 2 || PUBLISHED.binary_search(&value).is_ok()
}

/// Social Security numbers that were printed, advertised or are plain counting (SSA, "Social Security Cards Issued
/// by Woolworth"; the 1940 pamphlet; the `LifeLock` advertisements), sorted.
const NEVER_SSN: &[u32] =
    &[12_345_678, 78_051_120, 121_212_121, 123_123_123, 123_456_789, 219_099_999, 457_555_462, 987_654_321];

/// Whether nine digits are known to belong to nobody.
pub(super) fn is_never_ssn(value: u32) -> bool {
    // 987-65-4320 to -4329 are reserved for advertisements.
    NEVER_SSN.binary_search(&value).is_ok()
        || (987_654_320..=987_654_329).contains(&value)
        || value.is_multiple_of(111_111_111)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_are_sorted_and_shaped() {
        assert!(PUBLISHED.is_sorted());
        assert!(NEVER_SSN.is_sorted());
        assert!(PUBLISHED.iter().all(|pan| (12..=19).contains(&pan.to_string().len())));
    }

    #[test]
    fn networks_follow_the_published_ranges() {
        let of = |pan: &str| network(&pan.bytes().map(|b| b - b'0').collect::<Vec<_>>());
        assert!(of("4539148803436467").is_some_and(|n| !n.needs_word));
        assert!(of("2221000000000009").is_some() && of("2220990000000009").is_none());
        assert!(of("2720990000000009").is_some() && of("2721000000000009").is_none());
        assert!(of("4539148803436").is_some_and(|n| n.needs_word));
        assert!(of("1539148803436467").is_none());
    }
}
