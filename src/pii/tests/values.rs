//! Plain values, their levels and reasons, and their exact edges.

use super::super::{Level, Rule, Why, scan};
use super::{acted_on, finds, ignores, only};

#[test]
fn an_address_ends_where_it_ends() {
    for (text, value) in [
        ("Write to sam@fenmail.example.", "sam@fenmail.example"),
        ("<sam@fenmail.example>, or call", "sam@fenmail.example"),
        ("[mail](mailto:sam@fenmail.example)", "sam@fenmail.example"),
        ("_sam@fenmail.example_", "sam@fenmail.example"),
        ("'sam@fenmail.example'", "sam@fenmail.example"),
        ("写给li@qq.com谢谢", "li@qq.com"),
        ("kim@naver.com으로", "kim@naver.com"),
        ("(o'brien+lists@mail.fenmail.co.uk)", "o'brien+lists@mail.fenmail.co.uk"),
        ("\"sam okafor\"@fenmail.example", "\"sam okafor\"@fenmail.example"),
        ("用户@例子.中国", "用户@例子.中国"),
        ("x=1&to=sam@fenmail.example&y", "sam@fenmail.example"),
    ] {
        let found = acted_on(text);
        assert!(found.iter().any(|f| f.0 == Rule::Email && f.2.ends_with(value)), "{text:?}: {found:?}");
    }
    finds("Write to sam@fenmail.example.", Rule::Email, "sam@fenmail.example");
    finds("_sam@fenmail.example_", Rule::Email, "sam@fenmail.example");
}

#[test]
fn an_address_keeps_to_the_sizes_of_the_standards() {
    let long = "a".repeat(64);
    assert_eq!(scan(&format!("{long}@fenmail.example")).len(), 1);
    assert!(scan(&format!("{long}a@fenmail.example")).is_empty());
    assert!(scan(&format!("sam@{long}.example")).is_empty());
    ignores("sam@fenmail");
    ignores("sam@-fenmail.example");
    ignores("sam@fenmail.nosuchending");
}

#[test]
fn a_card_needs_range_length_and_checksum() {
    finds("4539 1488 0343 6467", Rule::Card, "4539 1488 0343 6467");
    ignores("4539 1488 0343 6468");
    ignores("1539 1488 0343 6460");
    ignores("453914880343646");
    assert_eq!(only("4539148803436467").why, Why::CardChecksum);
    assert_eq!(only("my card is 4539148803436467").why, Why::CardNamed);
    assert_eq!(only("my card is 4539148803436467").level, Level::Certain);
}

#[test]
fn context_moves_the_level_of_a_card() {
    assert_eq!(only("4539148803436467").level, Level::Likely);
    assert_eq!(only("tracking 4539148803436467").level, Level::Possible);
    assert_eq!(only("for example 4539148803436467").level, Level::Possible);
    assert_eq!(only("```\n4539148803436467\n```").level, Level::Possible);
    assert_eq!(only("order paid with card 4539148803436467").level, Level::Certain);
}

#[test]
fn an_unchecked_card_is_only_possible() {
    let found = only("银联卡号 6212 3456 7890 1231");
    assert_eq!((found.level, found.why), (Level::Possible, Why::CardRange));
    assert!(scan("6212 3456 7890 1231").is_empty());
}

#[test]
fn area_group_and_serial_are_checked() {
    finds("512-34-5678", Rule::Ssn, "512-34-5678");
    for never in ["000-34-5678", "666-34-5678", "912-34-5678", "512-00-5678", "512-34-0000"] {
        ignores(never);
        ignores(&format!("my ssn is {never}"));
    }
    assert_eq!(only("512-34-5678").level, Level::Likely);
    assert_eq!(only("ssn 512-34-5678").level, Level::Certain);
    assert_eq!(only("ssn 512345678").level, Level::Likely);
    ignores("512345678");
    assert_eq!(only("my ITIN: 912-71-5678").why, Why::ItinNamed);
}

#[test]
fn a_number_inside_an_address_is_the_address() {
    finds("ssn? 512345678@qq.com", Rule::Email, "512345678@qq.com");
    finds("4539148803436467@fenmail.example", Rule::Email, "4539148803436467@fenmail.example");
}

#[test]
fn findings_are_sorted_and_apart() {
    let text = "ssn 512-34-5678, card 4539 1488 0343 6467, mail sam@fenmail.example, or li@qq.com";
    let rules: Vec<Rule> = scan(text).iter().map(|f| f.rule).collect();
    assert_eq!(rules, [Rule::Ssn, Rule::Card, Rule::Email, Rule::Email]);
}

#[test]
fn keys_are_stable_and_unique() {
    assert!(Rule::ALL.iter().all(|rule| Rule::parse(rule.as_str()) == Some(*rule)));
    assert!(Level::ALL.iter().all(|level| Level::parse(level.as_str()) == Some(*level)));
    let mut keys: Vec<&str> = Why::ALL.iter().map(|why| why.as_str()).collect();
    keys.dedup();
    assert_eq!(keys.len(), Why::ALL.len());
    assert!(Why::ALL.iter().all(|why| !why.text().is_empty() && !why.text().contains('!')));
    assert_eq!(Rule::parse("shoe size"), None);
}
