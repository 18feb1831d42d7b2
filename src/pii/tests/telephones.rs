//! Telephone numbers: values, levels, disguises, and what resembles them.

use super::super::{Level, Rule, Why, scan};
use super::{finds, ignores, only};

#[test]
fn a_country_code_makes_it_certain() {
    for value in [
        "+1 (212) 555-2345",
        "+1-212-555-2345",
        "+12125552345",
        "+44 20 7946 0958",
        "+44 (0)20 7946 0958",
        "(+44) 7700 900123",
        "+49 1511 2345678",
        "+33 6 12 34 56 78",
        "+7 (912) 345-67-89",
        "+86 138 0013 8000",
        "+55 11 96123-4567",
        "+91 98765 43210",
        "+81-90-1234-5678",
        "+358 41 2345678",
        "+234 802 123 4567",
        "+971 50 123 4567",
    ] {
        finds(value, Rule::Phone, value);
        let text = format!("it is {value}, any time");
        let found = only(&text);
        assert_eq!((found.level, found.why), (Level::Certain, Why::PhoneInternational), "{value}");
        assert_eq!(&text[found.start..found.end], value);
    }
}

#[test]
fn usual_layouts_of_many_countries_are_likely() {
    for value in [
        "(212) 555-2345",
        "212-555-2345",
        "212.555.2345",
        "1-800-555-2345",
        "1 (212) 555-2345",
        "020 7946 0958",
        "07700 900123",
        "01632 960 001",
        "06 12 34 56 78",
        "030 12345678",
        "0171/1234567",
        "01512 3456789",
        "02 1234 5678",
        "0412 345 678",
        "03-1234-5678",
        "090-1234-5678",
        "02-312-3456",
        "138 0013 8000",
        "06-12345678",
        "0470 12 34 56",
        "044 668 18 00",
        "070-123 45 67",
        "0664 123456",
        "0532 123 45 67",
        "(0212) 345 67 89",
        "8 (912) 345-67-89",
        "(11) 96123-4567",
        "0812-3456-7890",
        "0917 123 4567",
        "081-234-5678",
        "012-345 6789",
        "0301 2345678",
        "0803 123 4567",
        "082 123 4567",
        "087 123 4567",
        "010 1234 5678",
        "021 123 4567",
        "050-123-4567",
        "0044 20 7946 0958",
    ] {
        finds(value, Rule::Phone, value);
        assert_eq!((only(value).level, only(value).why), (Level::Likely, Why::PhoneShaped), "{value}");
    }
}

#[test]
fn a_word_makes_it_certain_in_many_languages() {
    for (before, value) in [
        ("call ", "2125552345"),
        ("text me: ", "212 555 2345"),
        ("call ", "555-2345"),
        ("WhatsApp ", "447700900123"),
        ("mein Handy: ", "0171234567"),
        ("Telefon ", "601 234 567"),
        ("teléfono ", "612 34 56 78"),
        ("mon tél : ", "0612345678"),
        ("ligue ", "96123-4567"),
        ("chiamami al ", "347 123 4567"),
        ("bel ", "0612345678"),
        ("zadzwoń ", "512 345 678"),
        ("звони ", "89123456789"),
        ("тел. ", "345-67-89"),
        ("cep ", "5321234567"),
        ("telefon: ", "70 12 34 56"),
        ("puhelin ", "0412345678"),
        ("τηλ. ", "210 123 4567"),
        ("sđt ", "0912345678"),
        ("电话", "13800138000"),
        ("携帯", "09012345678"),
        ("전화 ", "01012345678"),
        ("هاتف ", "0501234567"),
        ("फोन ", "9876543210"),
        ("โทร ", "0812345678"),
        ("טלפון ", "0501234567"),
        ("📞 ", "0501234567"),
    ] {
        let text = format!("{before}{value}");
        finds(&text, Rule::Phone, value);
        assert_eq!(only(&text).level, Level::Certain, "{text}");
        ignores(&value.replace(['-', ' '], ""));
    }
}

#[test]
fn an_extension_belongs_to_it() {
    for value in ["212-555-2345 x42", "212-555-2345 ext. 42", "030 12345678 доб. 9", "+44 20 7946 0958, extension 7"]
    {
        finds(value, Rule::Phone, value);
        assert_eq!(only(value).level, Level::Certain, "{value}");
    }
    finds("212-555-2345 x4231234", Rule::Phone, "212-555-2345");
}

#[test]
fn links_that_dial_are_read_and_other_addresses_are_not() {
    finds("[ring](tel:+12125552345)", Rule::Phone, "+12125552345");
    finds("https://wa.me/12125552345", Rule::Phone, "12125552345");
    finds("https://api.whatsapp.com/send?phone=12125552345&x=1", Rule::Phone, "12125552345");
    ignores("https://fenmail.example/call/2125552345");
    ignores("https://fenmail.example/p/212-555-2345");
}

#[test]
fn disguises_are_seen_through() {
    for value in [
        "２１２-５５５-２３４５",
        "212\u{2011}555\u{2011}2345",
        "(212)\u{A0}555\u{2013}2345",
        "2\u{200B}12-555-2345",
        "٢١٢-٥٥٥-٢٣٤٥",
        "212**-**555-2345",
        "&#43;44 20 7946 0958",
        "＋４４ ２０ ７９４６ ０９５８",
    ] {
        finds(value, Rule::Phone, value);
    }
    let keycaps: String =
        "212-555-2345".chars().map(|ch| if ch == '-' { "-".into() } else { format!("{ch}\u{FE0F}\u{20E3}") }).collect();
    finds(&keycaps, Rule::Phone, &keycaps);
    for value in ["two one two five five five two three four five", "2 1 2 5 5 5 2 3 4 5", "212*555*2345"] {
        finds(&format!("my phone: {value}"), Rule::Phone, value);
        ignores(value);
    }
}

#[test]
fn other_numbers_are_none() {
    for text in [
        "2024-11-24 12:45:21.123",
        "call 2024-11-24, phone 24.11.2024, tel 20241124",
        "text me between 2019-2024",
        "from 12:30 to 14:45, 3-2 and 4-1",
        "1,234,567 and 1.234.567,89 and $2125552345",
        "phone costs 1,299,000",
        "10.0.19041.1234",
        "order 212-555-2345",
        "tracking 9400 1000 0000 0000 0000 00",
        "1Z 999 AA1 01 2345 6784",
        "ISBN 978-3-16-148410-0 and 0-306-40615-2",
        "40.712776, -74.005974",
        "112-555-2345 and 212-155-2345 and 911-555-2345 and 211-555-2345",
        "212-555-0123, (212) 555-0199",
        "212-555-2345-01",
        "ID-212-555-2345 and x_212-555-2345",
        "C++ 11 2125552345",
        "a+12125552345",
        "+999 123 456 789",
        "+1 2345",
        "00 11 22 33 44 55",
        "03 12 19 27 41",
        "1700000000000 2125552345",
        "0123456789",
        "123 456 789",
        "call 1111111",
        "2125552345.jpg",
        "#2125552345",
        "212-555-2345%",
    ] {
        ignores(text);
    }
}

#[test]
fn words_for_other_things_and_examples_lower_it() {
    assert_eq!(only("ticket 212-555-2345").level, Level::Possible);
    assert_eq!(only("for example 212-555-2345").level, Level::Possible);
    assert_eq!(only("for example +44 20 7946 0958").level, Level::Likely);
    assert_eq!(only("```\n212-555-2345\n```").level, Level::Possible);
    assert_eq!(only("call 212-555-0123").level, Level::Possible);
}

#[test]
fn it_takes_nothing_from_other_rules_and_gives_nothing_to_them() {
    let rules = |text: &str| scan(text).iter().map(|f| (f.rule, f.level >= Level::Likely)).collect::<Vec<_>>();
    assert_eq!(rules("call me, card 4539 1488 0343 6467"), [(Rule::Card, true)]);
    assert_eq!(rules("phone or ssn: 512-34-5678"), [(Rule::Ssn, true)]);
    assert_eq!(rules("call: GB67 OFFI 7045 5853 0435 20"), [(Rule::Iban, true)]);
    // Fifteen digits that pass for a card: with a plus they are dialled.
    assert_eq!(rules("378734493671000"), []);
    assert_eq!(rules("card +49 30 1234 5678"), [(Rule::Phone, true)]);
    assert_eq!(rules("pay me: +62 812 3456 7892"), [(Rule::Phone, true)]);
}
