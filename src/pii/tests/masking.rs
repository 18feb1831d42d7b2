//! Masks and hints.

use super::super::{Finding, Level, Why};
use super::super::{Rule, hint, mask, scan};

#[test]
fn a_value_becomes_its_token() {
    let text = "card 4539 1488 0343 6467, ssn 512-34-5678, mail sam@fenmail.example.";
    let masked = mask(text, &scan(text));
    assert_eq!(masked, "card [card number hidden], ssn [SSN hidden], mail [email hidden].");
    assert_eq!(scan(&masked), []);
}

#[test]
fn numbers_become_their_tokens() {
    let text = "call +44 20 7946 0958, pay to GB67 OFFI 7045 5853 0435 20 from 81.2.69.142.";
    let masked = mask(text, &scan(text));
    assert_eq!(masked, "call [phone number hidden], pay to [bank account hidden] from [IP address hidden].");
    assert_eq!(scan(&masked), []);
}

#[test]
fn tokens_lend_no_keyword() {
    // Without the word this is no card; the token must not become that word.
    let text = "[card number hidden] 6304 0000 1234 5";
    assert_eq!(scan(text), []);
    assert_eq!(scan("[email hidden] sam at fenmail.example"), []);
}

#[test]
fn only_what_is_given_is_masked() {
    let text = "sam@fenmail.example and li@qq.com";
    assert_eq!(mask(text, &scan(text)[..1]), "[email hidden] and li@qq.com");
    assert_eq!(mask(text, &[]), text);
}

#[test]
fn odd_findings_do_no_harm() {
    let odd = |start, end| Finding { rule: Rule::Email, start, end, level: Level::Likely, why: Why::EmailAddress };
    let text = "añb";
    for findings in [vec![odd(2, 3)], vec![odd(0, 2)], vec![odd(9, 12)], vec![odd(3, 1)], vec![odd(0, 3), odd(1, 4)]] {
        let masked = mask(text, &findings);
        assert!(masked.len() < 60);
    }
    assert_eq!(mask("abcdef", &[odd(3, 5), odd(0, 4)]), "[email hidden]f");
}

#[test]
fn hints_show_little() {
    assert_eq!(hint(Rule::Card, "4539 1488 0343 6467"), "•••• 6467");
    assert_eq!(hint(Rule::Ssn, "512-34-5678"), "•••-••-••78");
    assert_eq!(hint(Rule::Email, "sam@fenmail.example"), "s••••@f•••••.example");
    assert_eq!(hint(Rule::Email, "Ｓam (at) fenmail dot example"), "s••••@f•••••.example");
    assert_eq!(hint(Rule::Card, "four five three nine"), "•••• 4539");
    assert_eq!(hint(Rule::Phone, "+44 20 7946 0958"), "••• 58");
    assert_eq!(hint(Rule::Phone, "two one two five five five two three four five"), "••• 45");
    assert_eq!(hint(Rule::Iban, "ｇｂ67 OFFI 7045 5853 0435 20"), "GB •••• 20");
    assert_eq!(hint(Rule::Iban, "021000021"), "•••• 21");
    assert_eq!(hint(Rule::Ip, "81.2.69.142"), "IPv4");
    assert_eq!(hint(Rule::Ip, "2600:1700:9a80::1f3"), "IPv6");
    assert_eq!(hint(Rule::Email, ""), "•••••@••••••.•••");
    assert_eq!(hint(Rule::Card, ""), "•••• ");
}
