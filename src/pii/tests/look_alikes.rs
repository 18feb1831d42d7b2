//! Texts that resemble values and are none (pii.md section 3), in both directions where a word decides.

use super::super::Rule;
use super::{finds, ignores};

#[test]
fn programs_and_handles_are_no_addresses() {
    for text in [
        "git clone git@github.com:tact-community/tact.git",
        "ssh://git@code.fenmail.example/x",
        "https://deploy@fenmail.example/job",
        "postgres://app:pw@db.fenmail.example/prod",
        "hello @sam, hello @sam@fosstodon.org, join !garden@lemmy.world, acct:sam@social.example",
        "npm i @types/node@20.1.0 left-pad@1.3.0.zip",
        "icon@2x.png icon@2x.zip unit@x.service",
        "root@192.168.1.20:/etc sam@laptop:~$ ls",
        "ssh -p 22 deploy@shell.fenmail.example",
        "Message-ID: <77af@mail.fenmail.example>",
        "References: <a@lists.fenmail.example>\n <b@lists.fenmail.example>",
        "1+sam@users.noreply.github.com, no-reply@fenmail.example",
        "me@example.com, me@mail.example.org, me@site.test, me@host.invalid",
        "{user}@{domain} %s@%s.com ^[a-z]+@[a-z]+\\.com$ you@yourdomain.com",
        "y = a@b.dot(c)",
    ] {
        ignores(text);
    }
}

#[test]
fn talk_is_no_address() {
    for text in [
        "look at google dot com",
        "3 for £5 @ lidl",
        "I work at google dot com",
        "the team at fenmail.example",
        "at this point in time",
        "dinner @ eight, then home",
        "we stayed at home.me",
    ] {
        ignores(text);
    }
    finds("email: sam at gmail.com", Rule::Email, "sam at gmail.com");
}

#[test]
fn other_long_numbers_are_no_cards() {
    for text in [
        "IMEI 490154203237518",
        "ICCID 8944500102198304826",
        "4006381333931",
        "1700000000000",
        "<@453914880343646700> <:party:4539148803436467>",
        "https://fenmail.example/status/4539148803436467",
        "0.4539148803436467 and 3.4539148803436467",
        "1111 2222 4539 1488 0343 6467 3333",
        "6700 51F1 5272 5274 5275 5269 52DE",
        "id_4539148803436467 IMG4539148803436467 4539148803436467.jpg",
        "a3f4539148803436467bc",
        "4201853743352582046,",
        "$4539148803436467",
        "4539 **** **** 6467",
    ] {
        ignores(text);
    }
}

#[test]
fn published_numbers_are_nobodys() {
    for text in [
        "4111 1111 1111 1111",
        "card 4242424242424242",
        "5555-5555-5555-4444",
        "3782 822463 10005",
        "ssn 078-05-1120",
        "ssn 219-09-9999",
        "ssn 123-45-6789",
        "ssn 457-55-5462",
        "ITIN 987-65-4321",
        "ssn 111-11-1111",
    ] {
        ignores(text);
    }
}

#[test]
fn other_nine_digits_are_no_social_security_numbers() {
    for text in [
        "AB-512-34-5678",
        "512-34-5678-01",
        "1-512-34-5678",
        "512-34-5678x",
        "part number 512-34-5678",
        "tel 512 34 5678",
        "+512 34 5678",
        "https://fenmail.example/p/512-34-5678",
        "order 512345678",
        "$512345678",
        "***-**-5678",
        "tax id 64-6221541",
    ] {
        ignores(text);
    }
}
