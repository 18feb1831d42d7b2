//! Whole sentences as people and test sets write them: the words around a value decide, not its shape alone.

use super::super::Rule;
use super::{finds, ignores};

const CARD: &str = "4539148803436467";

#[test]
fn a_card_may_be_named_before_and_behind() {
    for (before, behind) in [
        ("Someone posted ", " in the chat, isn't that a card number?"),
        ("My credit card number is ", ", please charge it to my account"),
        ("Anna ", " 09/29 123"),
        ("", "|09|2029|123"),
        ("please charge ", ""),
        ("Reseräkning, företagskortet ", "."),
        ("buch es von ", " ab"),
        ("用我的卡", "付"),
        ("We have the same model here.\nMy card ", ""),
    ] {
        finds(&format!("{before}{CARD}{behind}"), Rule::Card, CARD);
    }
    finds("Elif 8193 6277 2504 0083 09/29", Rule::Card, "8193 6277 2504 0083");
    ignores("Elif 8193 6277 2504 0083 19/29");
}

#[test]
fn bare_digits_that_are_called_something_else_are_no_card() {
    for label in [
        "file number",
        "policy no.",
        "parcel label",
        "meter reading:",
        "Vorgangsnummer",
        "> Zählernummer?\n",
        "numéro de dossier",
        "número de lote =",
        "codice cliente",
        "numer seryjny",
        "номер заявки",
        "номер справи",
        "mã khách hàng",
        "会員番号：",
        "고객번호",
        "رقم العضوية",
        "| ग्राहक नंबर |",
    ] {
        ignores(&format!("{label} {CARD}"));
    }
    for label in [
        "card number",
        "Kartennummer",
        "numéro de carte",
        "número de tarjeta",
        "номер карты",
        "カード番号",
        "카드 번호",
    ] {
        finds(&format!("{label} {CARD}"), Rule::Card, CARD);
    }
    ignores("00001810  4539 1488 0343 6467");
}

#[test]
fn digits_may_be_hidden_among_other_signs() {
    for value in
        ["4539…1488…0343…6467", "4539=1488=0343=6467", "4539】 【1488】 【0343】 【6467", "4539, 1488, 0343, 6467"]
    {
        finds(&format!("my card {value}"), Rule::Card, value);
    }
    for value in ["5l2-34-67O8", "5I2 3A 6708", "512…34…6708", "512】【34】【6708", "oo4 l4 ll24"] {
        let text = format!("my ssn is {value}, from Ohio");
        if value.contains('A') { ignores(&text) } else { finds(&text, Rule::Ssn, value) }
    }
    finds("社安号5l2-34-67O8です", Rule::Ssn, "5l2-34-67O8");
    let words = "cuatro cinco tres nueve uno cuatro ocho ocho cero tres cuatro tres seis cuatro seis siete";
    finds(&format!("tarjeta n.º {words}"), Rule::Card, words);
    ignores("the o2 l3 i5 11 10 9 8 77 6 boxes");
}
