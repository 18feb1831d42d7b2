//! Values hidden in every way of pii.md section 4 that is dealt with.

use super::super::Rule;
use super::finds;

const CARD: &str = "4539148803436467";

#[test]
fn addresses_in_other_characters() {
    for value in [
        "ｓａｍ＠ｆｅｎｍａｉｌ．ｅｘａｍｐｌｅ",
        "sam@fenmail。example",
        "ｓam﹫fenmail․example",
        "𝐬𝐚𝐦@𝒇𝒆𝒏mail.𝔢𝔵ample",
        "ⓢⓐⓜ@fenmail.example",
        "samⓐfenmail.example",
        "ѕаm@fеnmаіl.ехаmрlе",
    ] {
        finds(value, Rule::Email, value);
    }
}

#[test]
fn addresses_with_invisible_characters() {
    for invisible in ["\u{200B}", "\u{AD}", "\u{2060}", "\u{202E}", "\u{FEFF}", "\u{E0041}", "\u{34F}", "\u{3164}"] {
        let value: String = "sam@fenmail.example".chars().map(|ch| format!("{ch}{invisible}")).collect();
        let end = value.strip_suffix(invisible).unwrap();
        let found = super::acted_on(&value);
        assert!(found.len() == 1 && found[0].2.starts_with(end), "{invisible:?}: {found:?}");
    }
}

#[test]
fn addresses_in_codes() {
    for value in [
        "sam&#64;fenmail.example",
        "sam&#x40;fenmail&#x2E;example",
        "sam&commat;fenmail&period;example",
        "sam&amp;#64;fenmail.example",
        "sam&#0000064fenmail.example",
        "sam%40fenmail.example",
        "sam\\u0040fenmail.example",
        "sam\\x40fenmail\\u{2e}example",
        "&#115;&#97;&#109;&#64;fenmail.example",
    ] {
        finds(value, Rule::Email, value);
    }
}

#[test]
fn addresses_between_markup() {
    for value in [
        "sam**@**fenmail.example",
        "sam`@`fenmail.example",
        "sam\\@fenmail\\.example",
        "sam~~@~~fenmail.example",
        "sam||@||fenmail.example",
        "sam<b>@</b>fenmail<span class=x>.</span>example",
        "sam<!-- not a robot -->@fenmail.example",
        "sam@fen<wbr>mail.example",
    ] {
        finds(value, Rule::Email, value);
    }
}

#[test]
fn addresses_in_words() {
    for value in [
        "sam (at) fenmail (dot) example",
        "sam[at]fenmail[.]example",
        "sam {at} fenmail {dot} example",
        "sam <at> fenmail <dot> example",
        "sam at sign fenmail dot example",
        "sam at gmail dot com",
        "sam dot okafor at fenmail dot example",
        "sam.okafor -at- fenmail -dot- example",
        "sam @ gmail . com",
        "sam@fenmail dot example",
        "sam arroba fenmail punto example",
        "sam arobase fenmail point example",
        "sam (ät) fenmail punkt example",
        "sam chiocciola fenmail punto example",
        "sam małpa fenmail kropka example",
        "sam собака fenmail точка example",
        "samアットfenmailドットexample",
        "sam 골뱅이 fenmail 점 example",
        "sam 艾特 fenmail 点 example",
    ] {
        finds(value, Rule::Email, value);
    }
}

#[test]
fn cards_in_other_characters() {
    for (zero, name) in [(0xFF10, "full width"), (0x660, "Arabic"), (0x966, "Devanagari"), (0x1D7CE, "mathematical")] {
        let value: String = CARD.chars().map(|ch| char::from_u32(zero + ch.to_digit(10).unwrap()).unwrap()).collect();
        assert_eq!(super::acted_on(&value).len(), 1, "{name}");
        finds(&value, Rule::Card, &value);
    }
    let keycaps: String = CARD.chars().map(|ch| format!("{ch}\u{FE0F}\u{20E3}")).collect();
    finds(&keycaps, Rule::Card, &keycaps);
}

#[test]
fn cards_in_other_groupings() {
    for gap in ["-", ".", "/", "_", "*", "|", "\u{A0}", "\u{2009}", "\u{2013}", "\u{2212}", " - ", "  "] {
        let value = ["4539", "1488", "0343", "6467"].join(gap);
        finds(&value, Rule::Card, &value);
    }
    let single: Vec<String> = CARD.chars().map(String::from).collect();
    finds(&format!("card {}", single.join(" ")), Rule::Card, &single.join(" "));
    finds("visa4539148803436467exp0428", Rule::Card, CARD);
    finds("card 4539 1488 O343 6467", Rule::Card, "4539 1488 O343 6467");
    finds("card 4539 l488 O343 6467", Rule::Card, "4539 l488 O343 6467");
}

#[test]
fn numbers_in_words() {
    let words = "four five three nine one four eight eight zero three four three six four six seven";
    finds(&format!("my card: {words}"), Rule::Card, words);
    let words = "cinco uno dos tres cuatro cinco seis siete ocho";
    finds(&format!("seguro social {words}"), Rule::Ssn, words);
    finds("社安号五一二三四五六七八", Rule::Ssn, "五一二三四五六七八");
}

#[test]
fn social_security_numbers_in_other_signs() {
    for value in
        ["512–34–5678", "512\u{2011}34\u{2011}5678", "512\u{A0}34\u{A0}5678", "512.34.5678", "512&#45;34&#45;5678"]
    {
        finds(value, Rule::Ssn, value);
    }
    for value in ["512/34/5678", "512 - 34 - 5678", "5 1 2 3 4 5 6 7 8", "512\n34\n5678", "51234 5678"] {
        finds(&format!("my ssn {value}"), Rule::Ssn, value);
    }
}
