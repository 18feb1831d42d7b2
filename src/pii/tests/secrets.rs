//! Keys and tokens. They are put together here at run time, so that no file holds anything that looks like one.

use super::super::{Level, Rule, Why, hint, mask, scan};
use super::{acted_on, finds, ignores, only};

pub(super) const HEX: &str = "0123456789abcdef";
const UPPER: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
pub(super) const ALNUM: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
const URL: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-";
const BASE58: &str = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
const BECH32: &str = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L";

/// `count` characters of `alphabet`, the same for the same `seed`; it begins and ends with a letter or digit.
pub(super) fn draw(alphabet: &str, count: usize, seed: u64) -> String {
    let letters: Vec<char> = alphabet.chars().collect();
    let plain = letters.len() - letters.iter().filter(|ch| matches!(ch, '_' | '-')).count();
    let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15).wrapping_add(0x1234_5678_9ABC_DEF1);
    (0..count)
        .map(|place| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            let range = if place == 0 || place + 1 == count { plain } else { letters.len() };
            letters[usize::try_from(state >> 33).unwrap() % range]
        })
        .collect()
}

/// One token of every kind.
fn tokens(seed: u64) -> Vec<String> {
    let one = |prefix: &[&str], alphabet: &str, count: usize| prefix.concat() + &draw(alphabet, count, seed);
    vec![
        one(&["AK", "IA"], UPPER, 16),
        one(&["LT", "AI"], ALNUM, 20),
        one(&["AK", "Cp"], ALNUM, 69),
        one(&["ATA", "TT3"], URL, 186),
        one(&["NR", "AK-"], UPPER, 27),
        one(&["dp", ".pt."], ALNUM, 43),
        one(&["nt", "n_"], ALNUM, 46),
        one(&["pscale", "_pw_"], URL, 43),
        one(&["pu", "l-"], HEX, 40),
        one(&["sntr", "yu_"], HEX, 64),
        one(&["shippo", "_live_"], HEX, 40),
        one(&["AS", "IA"], UPPER, 16),
        one(&["gh", "p_"], ALNUM, 36),
        one(&["gh", "o_"], ALNUM, 36),
        one(&["gh", "u_"], ALNUM, 36),
        one(&["gh", "s_"], ALNUM, 36),
        one(&["gh", "r_"], ALNUM, 76),
        one(&["github", "_pat_", "11BQRTXKA0", "kQvTmZpWxRb1_"], ALNUM, 59),
        one(&["gl", "pat-"], URL, 20),
        one(&["gl", "ptt-"], HEX, 40),
        one(&["xo", "xb-", "2048519376-4096285173-"], ALNUM, 24),
        one(&["xo", "xp-", "2048519376-4096285173-8192640385-"], HEX, 32),
        one(&["xa", "pp-1-", "A04B2C6D8E-5168940273-"], HEX, 64),
        one(&["sk", "_live_"], ALNUM, 24),
        one(&["rk", "_live_"], ALNUM, 99),
        one(&["AI", "za"], URL, 35),
        one(&["ya", "29."], URL, 120),
        one(&["GOC", "SPX-"], URL, 28),
        one(&["np", "m_"], ALNUM, 36),
        one(&["pypi", "-AgE", "IcHlwaS5vcmc"], URL, 120),
        one(&["ruby", "gems_"], HEX, 48),
        one(&["ci", "o"], ALNUM, 32),
        format!("{}.{}", one(&["S", "G."], URL, 22), draw(URL, 43, seed + 1)),
        one(&["ke", "y-"], HEX, 32),
        one(&["S", "K"], HEX, 32),
        one(&["s", "k-"], ALNUM, 48),
        one(&["sk", "-proj-"], URL, 124),
        one(&["sk", "-ant-", "api03-"], URL, 93),
        one(&["h", "f_"], ALNUM, 34),
        one(&["do", "p_v1_"], HEX, 64),
        one(&["do", "o_v1_"], HEX, 64),
        one(&["sh", "pat_"], HEX, 32),
        one(&["sh", "pss_"], HEX, 32),
        one(&["sh", "ppa_"], HEX, 32),
        one(&["sq0", "atp-"], URL, 22),
        one(&["EA", "AA"], URL, 60),
        one(&["918273645", ":AA"], URL, 33),
        one(&["AGE-", "SECRET-", "KEY-1"], BECH32, 58),
        one(&["K"], BASE58, 51),
        one(&["xp", "rv"], BASE58, 107),
        format!("{}.{}.{}", one(&["M"], ALNUM, 25), draw(URL, 6, seed + 2), draw(URL, 38, seed + 3)),
        format!("ey{}.ey{}.{}", one(&["J"], ALNUM, 34), one(&["J"], ALNUM, 60), draw(URL, 43, seed + 4)),
        one(&["https://hooks.", "slack.com/services/T04AB6CD8/B09EF1GH3/"], ALNUM, 24),
        one(&["https://discord.", "com/api/webhooks/918273645546372819/"], URL, 68),
    ]
}

fn block(label: &str, lines: usize, seed: u64) -> String {
    let body: Vec<String> = (0..lines).map(|line| draw(ALNUM, 64, seed + line as u64)).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----", body.join("\n"))
}

#[test]
fn every_kind_of_token_is_found_whole() {
    for seed in 1..20 {
        for token in tokens(seed) {
            for text in
                [token.clone(), format!("use {token}, please"), format!("KEY=\"{token}\""), format!("`{token}`.")]
            {
                assert_eq!(acted_on(&text), [(Rule::Secret, Level::Certain, token.as_str())], "{text}");
            }
        }
    }
}

#[test]
fn tokens_need_their_length_and_their_alphabet() {
    let id = draw(UPPER, 16, 3);
    ignores(&["AK", "IA", &id[..15]].concat());
    ignores(&["AK", "IA", &id, "Q"].concat());
    ignores(&["AK", "IA", &id.to_lowercase()].concat());
    ignores(&["ak", "ia", &id].concat());
    ignores(&["gh", "p_", &draw(ALNUM, 35, 3)].concat());
    ignores(&["do", "p_v1_", &draw(HEX, 63, 3)].concat());
    ignores(&["x", "gh", "p_", &draw(ALNUM, 36, 3)].concat());
}

#[test]
fn fillers_are_no_tokens() {
    for text in [
        ["AK", "IA", "IOSFODNN7EXAMPLE"].concat(),
        ["gh", "p_", &"x".repeat(36)].concat(),
        ["gh", "p_", &"a1".repeat(18)].concat(),
        ["gh", "p_", "abcdefghijklmnopqrstuvwxyz0123456789"].concat(),
        ["sk", "-your-api-key-goes-here-please-and-thank-you-very-much"].concat(),
        "ghp_<token> AKIA${ID} sk_live_…".to_owned(),
        "api_key = \"your-api-key-1234567890\"".to_owned(),
        ["-----BEGIN ", "PRIVATE KEY-----\nMIIE...\n-----END PRIVATE KEY-----"].concat(),
        "A file begins with -----BEGIN PRIVATE KEY----- and some base64.".to_owned(),
    ] {
        ignores(&text);
    }
}

#[test]
fn a_key_for_tests_is_only_possible() {
    let token = ["sk", "_test_", &draw(ALNUM, 24, 5)].concat();
    assert_eq!(only(&token).level, Level::Possible);
}

#[test]
fn neither_fences_nor_tests_lower_a_secret() {
    let token = ["gh", "p_", &draw(ALNUM, 36, 5)].concat();
    assert_eq!(only(&format!("for example, a test:\n```\n{token}\n```")).level, Level::Certain);
}

#[test]
fn a_private_key_is_found_as_a_block() {
    for label in [
        "RSA PRIVATE KEY",
        "EC PRIVATE KEY",
        "OPENSSH PRIVATE KEY",
        "ENCRYPTED PRIVATE KEY",
        "PRIVATE KEY",
        "PGP PRIVATE KEY BLOCK",
    ] {
        for lines in [2, 25, 50] {
            let key = block(label, lines, 7);
            assert_eq!(acted_on(&format!("look:\n{key}\nbye")), [(Rule::Secret, Level::Certain, key.as_str())]);
            let escaped = key.replace('\n', "\\n");
            finds(&format!("{{\"key\": \"{escaped}\"}}"), Rule::Secret, &escaped);
        }
    }
    assert_eq!(only(&block("PRIVATE KEY", 4, 1)).why, Why::PrivateKey);
}

#[test]
fn a_private_key_without_its_end_ends_with_its_last_line() {
    let key = block("RSA PRIVATE KEY", 9, 7);
    let cut = &key[..key.rfind("\n-----").unwrap()];
    finds(&format!("{cut}\n\nThis is where it broke off, sorry."), Rule::Secret, cut);
    finds(cut, Rule::Secret, cut);
}

#[test]
fn a_putty_key_is_found_as_a_block() {
    let lines = |count: u64, seed: u64| (0..count).map(|n| draw(ALNUM, 64, seed + n) + "\n").collect::<String>();
    let key = format!(
        "PuTTY-User-Key-File-3: ssh-ed25519\nEncryption: none\nComment: laptop\nPublic-Lines: 2\n{}Private-Lines: 1\n{}Private-MAC: {}",
        lines(2, 5),
        lines(1, 9),
        draw(HEX, 64, 4)
    );
    finds(&format!("{key}\nand so on"), Rule::Secret, &key);
}

#[test]
fn of_a_login_in_an_address_the_password_is_found() {
    for (text, value) in [
        ("postgres://app:s3cretPw@db.fenmail.example/prod", "s3cretPw"),
        ("see https://sam:tr0ub4dor@fenmail.example:8080/x?y", "tr0ub4dor"),
        ("redis://:longerpassword@10.0.0.5:6379", "longerpassword"),
        ("mysql://root:p@ss-w0rd9@[::1]/x", "p@ss-w0rd9"),
    ] {
        assert_eq!(acted_on(text), [(Rule::Secret, Level::Certain, value)], "{text}");
        assert_eq!(only(text).why, Why::SecretLogin);
    }
    for text in [
        "postgres://postgres:postgres@localhost/x",
        "https://user:password@fenmail.example",
        "https://sam:opensesame@example.com",
        "https://user:${PASS}@fenmail.example",
        "https://user:********@fenmail.example",
        "https://user:<password>@fenmail.example",
        "http://localhost:8080/@sam",
        "https://fenmail.example:8443/p?q=a@b",
    ] {
        ignores(text);
    }
}

#[test]
fn a_named_random_value_is_found() {
    let (hex, mixed, long) = (draw(HEX, 32, 11), draw(ALNUM, 24, 11), draw(ALNUM, 40, 12));
    for (text, value) in [
        (format!("api_key = \"{hex}\""), &hex),
        (format!("apikey: {mixed}"), &mixed),
        (format!("client_secret={mixed}"), &mixed),
        (format!("{{\"access_token\":\"{mixed}\"}}"), &mixed),
        (format!("export AWS_SECRET_ACCESS_KEY={long}"), &long),
        (format!("AccountName=x;AccountKey={long};EndpointSuffix=y"), &long),
        (format!("curl -H 'Authorization: Bearer {mixed}'"), &mixed),
        (format!("Authorization: Basic {mixed}"), &mixed),
        (format!("my secret: {hex}"), &hex),
    ] {
        finds(&text, Rule::Secret, value);
    }
}

#[test]
fn hashes_and_public_values_are_no_secrets() {
    let (hex, sha, mixed) = (draw(HEX, 40, 11), draw(HEX, 64, 12), draw(ALNUM, 86, 13));
    for text in [
        format!("commit {hex}"),
        format!("sha256:{sha}"),
        format!("image: tact@sha256:{sha}"),
        format!("integrity=\"sha512-{mixed}==\""),
        format!("ETag: \"{hex}\""),
        format!("token: {}-{}-{}-{}-{}", &hex[..8], &hex[8..12], &hex[12..16], &hex[16..20], &hex[20..32]),
        format!("csrf_token = \"{hex}\""),
        format!("next_page_token: {hex}"),
        format!("public_key: {hex}"),
        format!("{}{}", ["pk", "_live_"].concat(), draw(ALNUM, 24, 4)),
        format!("AC{}", draw(HEX, 32, 4)),
        format!("data:image/png;base64,{mixed}"),
        format!("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{} sam@laptop", &mixed[..43]),
        format!("SHA256:{}", &mixed[..43]),
        format!("main.{}.js", &hex[..20]),
        format!("key: {hex}"),
        format!("{}/K{}+{}", &mixed[..20], draw(BASE58, 51, 6), &mixed[..20]),
        block("PUBLIC KEY", 4, 1),
        block("CERTIFICATE", 20, 1),
        block("PGP PUBLIC KEY BLOCK", 20, 1),
        "auth: authenticate_with_token(user)".to_owned(),
        "secret: my-application-secret-v22".to_owned(),
        "token: SpApplyControlTokenFn".to_owned(),
        "private_key: X509RequestInheritOptions".to_owned(),
    ] {
        ignores(&text);
    }
}

#[test]
fn disguises_do_not_hide_a_token() {
    let token = ["gh", "p_", &draw(ALNUM, 36, 21)].concat();
    let wide: String = token.chars().map(|ch| char::from_u32(u32::from(ch) + 0xFEE0).unwrap()).collect();
    finds(&wide, Rule::Secret, &wide);
    for hidden in ["\u{200B}", "\u{AD}", "\u{2060}", "**", "`", "<b></b>"] {
        let value = token.replacen('_', &format!("_{hidden}"), 1).replacen(
            &token[20..22],
            &[&token[20..21], hidden, &token[21..22]].concat(),
            1,
        );
        finds(&format!("take {value} now"), Rule::Secret, &value);
    }
    let coded = token.replacen('_', "&#95;", 1);
    finds(&coded, Rule::Secret, &coded);
}

#[test]
fn a_hint_shows_the_beginning_and_the_length() {
    let random = draw(ALNUM, 36, 9);
    let token = ["gh", "p_", &random].concat();
    assert_eq!(hint(Rule::Secret, &token), "ghp_… 40 characters");
    assert_eq!(hint(Rule::Secret, &random), "36 characters");
    for token in tokens(8) {
        let shown = hint(Rule::Secret, &token);
        let tail = &token[token.len() - 12..];
        assert!(!shown.contains(&tail[..6]) && shown.len() < 60, "{shown}");
    }
    assert_eq!(hint(Rule::Password, "hunter22"), "8 characters");
}

#[test]
fn a_masked_secret_leaves_nothing() {
    for token in tokens(31) {
        let text = format!("token={token}; x");
        let masked = mask(&text, &scan(&text));
        assert_eq!(masked, "token=[secret hidden]; x");
        assert_eq!(scan(&masked), []);
    }
}

#[test]
fn a_long_key_across_pieces_is_found_whole() {
    let key = block("RSA PRIVATE KEY", 50, 7);
    for pad in (58_000..66_000).step_by(500) {
        let text = format!("{}\n{key}\n{}", "lorem ipsum ".repeat(pad / 12), "dolor sit ".repeat(3000));
        finds(&text, Rule::Secret, &key);
    }
}
