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

#[test]
fn addresses_with_a_space_behind_every_character() {
    for (before, value, behind) in [
        ("my mail: ", "a n n a . 7 @ f e n m a i l . o r g", " y nada"),
        ("发到", "a n n a @ f e n m a i l . c o . u k", "，谢谢"),
        ("(", "s a m _ o @ f e n m a i l . o r g", ")"),
    ] {
        finds(&format!("{before}{value}{behind}"), Rule::Email, value);
    }
    ignores("x @ y . z, then a b c @ d e f");
    ignores("a n n a @ f e n m a i l");
}

#[test]
fn addresses_in_other_words_and_marks() {
    for value in [
        "anna42 at fenmail punkt org",
        "sam.okafor at fenlab point it",
        "anna42 kuyruklu a fenmail nokta com",
        "anna42 małpka fenmail kropka pl",
        "anna42 равлик fenmail крапка com",
        "anna42 एट fenmail डॉट com",
        "anna крапка kit42 собака fenmail крапка com",
        "anna42«@»fenmail«.»org",
        "anna42*at*fenmail*dot*org",
        "anna42_at_fenmail_._org",
        "anna42-AT-fenmail-.-org",
        "anna42[NOSPAM]@fenmail.org",
        "anna at gmail dot co.uk",
        "annaATfenmailDOTorg",
        "anna.okaforATfenmailDOTcoDOTuk",
        "anna42=lists@fenmail.org",
    ] {
        finds(&format!("e-mail: {value}"), Rule::Email, value);
    }
    finds("加933104438@qq.com吧", Rule::Email, "933104438@qq.com");
    finds("小林990@fenmail.org", Rule::Email, "小林990@fenmail.org");
    for text in [
        "user2 at entry point in the code",
        "the thing at this point in time",
        "look *at* google *dot* com",
        "lookATgoogleDOTcom",
        "formATfield.setDOTin",
        "chATroom.com",
        "the best -at- google -dot- com",
    ] {
        ignores(text);
    }
}

#[test]
fn identifiers_of_messages_and_masked_addresses_are_none() {
    for text in [
        "the header says Message-ID: <abc@fenmail.org>",
        "> References: <a@fenmail.org> <b@mail.fenmail.org>",
        "{\"messageId\": \"<a1b2@fenmail.org>\"}",
        "UID:20261124T101500Z-7@fenmail.org",
        "<img src=\"cid:part5.9f12ca3e@fenmail.org\">",
        "CAF7xQ9b2kZ@mail.gmail.com",
        "<0Lss4kEJ3DJw9gj3Mx@fenmail.org>",
        "j***@gmail.com or s****a@fenmail.org",
        "xxxxxx@fenmail.org",
        "<15261.36209.358846@fenmail.org>",
        "drive-shares-noreply@fenmail.org",
    ] {
        ignores(text);
    }
    finds("Message-ID: <a@fenmail.org> From: bob@fenmail.org", Rule::Email, "bob@fenmail.org");
    finds("references: see anna@fenmail.org", Rule::Email, "anna@fenmail.org");
    finds("**anna@fenmail.org**", Rule::Email, "anna@fenmail.org");
}

#[test]
fn accounts_may_be_grouped_in_any_way_when_named() {
    for value in [
        "D E 2 2 3 7 0 4 0 0 4 4 0 5 3 2 0 1 3 9 1 5",
        "DE22} {3704} {0044} {0532} {0139} {15",
        "DE22 - 3704 - 0044 - 0532 - 0139 - 15",
        "DE2-237-040-044-053-201-391-5",
        "DE-22-37-04-00-44-05-32-01-39-15",
        "DE22, 3704, 0044, 0532, 0139, 15",
        "DE22|3704|0044|0532|0139|15",
    ] {
        finds(&format!("IBAN: {value}"), Rule::Iban, value);
        let found = super::acted_on(value);
        assert!(found.len() == 1 && found[0].0 == Rule::Iban, "{value:?}: {found:?}");
    }
    // Words whose letters fit by chance.
    ignores("lc 37 the quick brown fox jumps over laz");
    finds("see DE22 3704 0044 0532 0139 15", Rule::Iban, "DE22 3704 0044 0532 0139 15");
}

#[test]
fn telephones_in_words_and_sentences() {
    for value in [
        "oh one one, two three five, six six seven six",
        "zero eight zero three\nnine zero nine\nthree three nine two",
        "null acht neun\nneun neun vier vier sieben neun drei sechs",
    ] {
        finds(&format!("my phone: {value}"), Rule::Phone, value);
    }
    finds("erreichbar unter +49 89 / 8762945", Rule::Phone, "+49 89 / 8762945");
    for text in [
        "I am on my mobile.\nuptime 1329344710162",
        "I am on my mobile. Rows: 17 89 48 62",
        "CEP 88246-771",
        "pub const TX_RING: u32 = 2147483648;",
        "LAST_CALL = 2147483648",
        "011  010  001",
    ] {
        ignores(text);
    }
    let code = "```\nuser: admin\nhost: 178.203.194.9\n```";
    finds(code, Rule::Ip, "178.203.194.9");
}

#[test]
fn passwords_behind_more_words() {
    for (text, value) in [
        ("the password for the wifi is Blue42Sky", "Blue42Sky"),
        ("la contraseña del wifi es Perro#2020", "Perro#2020"),
        ("mật khẩu của mình là vsh267REW42", "vsh267REW42"),
        ("password was changed to S3cret99", "S3cret99"),
        ("Login: bob\nPassword - S3cret99", "S3cret99"),
        ("كلمة مرور الواي فاي: trumpet-anchor-22", "trumpet-anchor-22"),
        ("ww: Ars3n4l_715", "Ars3n4l_715"),
        ("use password Sunflower42 to log in", "Sunflower42"),
        ("the password's Sunflower42", "Sunflower42"),
        ("мой пароль podsolnuh42", "podsolnuh42"),
        ("şifrem aycicegi42 ama girmiyor", "aycicegi42"),
        ("密码xiangrikui42", "xiangrikui42"),
    ] {
        finds(text, Rule::Password, value);
    }
    for text in [
        "パスワードは毎回同じです",
        "パスワード：ラベル参照",
        "पासवर्ड: स्टिकर देखें",
        "通过设定密码为此用户启用认证。",
        "contraseña: obligatoria",
        "password: required|min:16",
        "https://<user>:<pass>@host/path",
        "the password policy is 12chars",
        "my password manager is 1Password",
        "password - 8 characters minimum",
        "reset-user-password --user-pool-id one",
        "пароль от входа",
        "пароль 8 символов",
        "密码md5加密",
        "пароль SHA256",
        "the password's wrong",
        "the password for ssh is stored in a vault",
    ] {
        ignores(text);
    }
}

#[test]
fn numbers_of_members_devices_and_parts_are_no_cards() {
    for text in [
        "channel 4201853743352582046 is gone",
        "deleted by 420185374335258209",
        "uid=4539148803436467",
        "sim card 4539148803436467",
        "graphics card, serial 4539148803436467",
        "trace=4539148803436467",
        "exp 4.539148803436467",
        "normalize(4539148803436467, 446)",
    ] {
        ignores(text);
    }
    ignores("512345678 views on social media");
    ignores("5901234123457 was scanned at the till, then I had to pay");
    finds("I lost my social security card 512345678", Rule::Ssn, "512345678");
    finds("pan=4539148803436467", Rule::Card, CARD);
    finds("gift for you: my card 4539148803436467", Rule::Card, CARD);
}
