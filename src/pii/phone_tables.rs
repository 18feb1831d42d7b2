//! Country codes, national layouts and words for extensions of telephone numbers. Limit: data and its look-up.
//! Source: the metadata of Google's libphonenumber 9.0.43 (November 2026): possible lengths of fixed and mobile numbers,
//! with short local and very long service numbers left out; layouts are those it prints for forty-nine countries.

/// Fewest and most digits behind the country code, and the codes (ITU-T E.164) of which that holds.
const COUNTRIES: &[(usize, usize, &[u16])] = &[
    (5, 7, &[247, 290, 298, 299, 500, 508, 597, 672, 676, 677, 678, 681, 682, 687, 688, 690]),
    (7, 7, &[238, 239, 246, 248, 269, 291, 297, 501, 592, 673, 674, 679, 680, 683, 691, 692, 960]),
    (7, 9, &[46, 220, 230, 231, 241, 252, 254, 265, 267, 354, 359, 372, 421, 423, 507, 595, 599, 670, 675]),
    (6, 10, &[95, 243, 353, 358, 376, 685, 686, 880, 961, 967, 975]),
    (7, 12, &[352, 381, 882]),
    (
        8,
        8,
        &[
            45, 47, 65, 216, 222, 223, 226, 227, 228, 232, 235, 236, 253, 257, 266, 268, 350, 356, 357, 370, 371, 373,
            374, 382, 386, 389, 502, 503, 504, 505, 506, 509, 591, 598, 689, 800, 808, 852, 853, 965, 968, 973, 974,
            993,
        ],
    ),
    (
        8,
        9,
        &[27, 32, 36, 40, 48, 51, 66, 213, 224, 250, 258, 264, 355, 377, 385, 387, 593, 855, 886, 962, 963, 970, 971],
    ),
    (8, 10, &[20, 53, 57, 60, 63, 64, 82, 98, 378, 850, 856, 964, 976, 977]),
    (8, 12, &[39, 43, 49, 62, 86, 383, 883, 972]),
    (
        9,
        9,
        &[
            33, 34, 41, 56, 61, 93, 94, 211, 212, 218, 221, 233, 237, 240, 242, 244, 245, 249, 251, 255, 256, 260, 261,
            262, 263, 351, 375, 380, 420, 590, 594, 596, 966, 979, 992, 994, 995, 996, 998,
        ],
    ),
    (9, 11, &[31, 44, 81, 84, 92, 881]),
    (10, 10, &[1, 7, 30, 52, 58, 90, 91, 225, 229, 234]),
    (10, 12, &[54, 55, 870, 878, 888]),
];

/// Whether the digits are a country code and a number of a length that the country uses. People also keep the zero
/// that is dialled only inside the country: "+44 (0)20 …".
pub(super) fn is_international(digits: &[u8]) -> bool {
    let mut code = 0_u16;
    for length in 1..=3 {
        let Some((head, rest)) = digits.split_at_checked(length) else { return false };
        code = code * 10 + head.last().map_or(0, |digit| u16::from(*digit));
        let Some((least, most, _)) = COUNTRIES.iter().find(|row| row.2.contains(&code)) else { continue };
        let fits = (*least..=*most).contains(&rest.len());
        let with_zero = rest.first() == Some(&0) && (*least + 1..=*most + 1).contains(&rest.len());
        return if code == 1 { is_american(rest) } else { fits || with_zero };
    }
    false
}

/// Whether ten digits follow the North American plan: area and exchange begin with 2 to 9 and end in no 11, the second
/// digit of an area is no 9 (nanpa.com, "Area Codes" and "Central Office Codes").
pub(super) fn is_american(digits: &[u8]) -> bool {
    matches!(digits, [2..=9, 0..=8, _, 2..=9, _, _, _, _, _, _])
        && !matches!(digits, [_, 1, 1, ..])
        && !matches!(digits, [_, _, _, _, 1, 1, ..])
}

/// Whether ten digits are among those kept for films and books, 555-0100 to 555-0199.
pub(super) fn is_fiction(digits: &[u8]) -> bool {
    matches!(digits, [.., 5, 5, 5, 0, 1, _, _])
}

/// Group lengths of national numbers that begin with the zero for long distance, one digit a group.
const TRUNK: &[u32] = &[
    24, 27, 28, 35, 36, 37, 38, 45, 46, 47, 55, 56, 57, 64, 65, 234, 244, 333, 334, 343, 344, 433, 434, 443, 444, 533,
    2234, 2322, 2333, 3222, 3232, 3244, 3322, 4222, 4322, 22222,
];

/// Whether the group lengths are those of a national number with its zero.
pub(super) fn is_trunk_layout(lengths: u32) -> bool {
    TRUNK.contains(&lengths)
}

/// Words and signs before an extension. Longer ones stand before the shorter they begin with.
pub(super) const EXTENSIONS: &[&str] = &[
    "extension",
    "extn",
    "ext",
    "x",
    "доб",
    "durchwahl",
    "dw",
    "poste",
    "interno",
    "int",
    "ramal",
    "anexo",
    "wew",
    "toestel",
    "分机",
    "内線",
    "내선",
];

#[cfg(test)]
mod tests {
    use super::*;

    fn digits(text: &str) -> Vec<u8> {
        text.bytes().map(|byte| byte - b'0').collect()
    }

    #[test]
    fn every_code_stands_once_and_none_opens_another() {
        let all: Vec<String> = COUNTRIES.iter().flat_map(|row| row.2).map(u16::to_string).collect();
        assert_eq!(all.len(), 215);
        for (at, code) in all.iter().enumerate() {
            assert!(all.iter().enumerate().all(|(other, longer)| at == other || !longer.starts_with(code)), "{code}");
        }
    }

    #[test]
    fn lengths_are_checked() {
        for good in ["12125552345", "442079460958", "4402079460958", "33612345678", "4930123456", "35312345678"] {
            assert!(is_international(&digits(good)), "{good}");
        }
        for bad in ["1212555234", "11125552345", "12121152345", "44207946", "9991234567", "12", "", "339612345678"] {
            assert!(!is_international(&digits(bad)), "{bad}");
        }
    }
}
