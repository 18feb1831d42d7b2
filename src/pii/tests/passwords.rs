//! Passwords, and talk about them.

use super::super::{Level, Rule, scan};
use super::{finds, ignores, only};

#[test]
fn a_value_behind_its_name_is_found() {
    for (text, value) in [
        ("password: hunter22", "hunter22"),
        ("Password = Tr0ub4dor&3", "Tr0ub4dor&3"),
        ("my password is Blue42sky.", "Blue42sky"),
        ("my password is \"sunflower\"", "sunflower"),
        ("Password: sunflower", "sunflower"),
        ("pw: `xK9-pLq2`", "xK9-pLq2"),
        ("pwd -> n0tAgain!", "n0tAgain!"),
        ("{\"user\":\"sam\",\"password\":\"hunter22\"}", "hunter22"),
        ("DB_PASSWORD=hunter22x", "hunter22x"),
        ("userPassword: \"correcthorse\"", "correcthorse"),
        ("<password>hunter22</password>", "hunter22"),
        ("Server=x;Uid=sam;Pwd=s3cr3t9;Database=y", "s3cr3t9"),
        ("https://fenmail.example/login?user=sam&password=hunter22&x=1", "hunter22"),
        ("login with user sam pass hunter22", "hunter22"),
        ("credentials: admin:hunter22", "hunter22"),
        ("login: sam / hunter22", "hunter22"),
        ("user/pass: admin/hunter22", "hunter22"),
        ("wifi password:\nTr0ub4dor", "Tr0ub4dor"),
        ("password (for the router): Xk29-Lmq!", "Xk29-Lmq!"),
        ("the password for the guest network: Xk29-Lmq!", "Xk29-Lmq!"),
        ("I changed the password to Blue42sky yesterday", "Blue42sky"),
        ("the password is now Blue42sky", "Blue42sky"),
        ("mysql --password hunter22x", "hunter22x"),
        ("the password `r00tme` works", "r00tme"),
        ("contraseña del wifi: casa2024", "casa2024"),
        ("passphrase: 'copper lantern river stone'", "copper lantern river stone"),
        ("password: 84629173", "84629173"),
        ("**Password:** Blue42sky", "Blue42sky"),
    ] {
        finds(text, Rule::Password, value);
    }
}

#[test]
fn passwords_are_found_in_many_languages() {
    for (text, value) in [
        ("contraseña: Luna2024!", "Luna2024!"),
        ("la contraseña es Luna2024", "Luna2024"),
        ("mi clave es Luna2024", "Luna2024"),
        ("mot de passe : Soleil-99", "Soleil-99"),
        ("mon mdp est Soleil99", "Soleil99"),
        ("mein Passwort ist Sommer2023", "Sommer2023"),
        ("Kennwort: Sommer2023", "Sommer2023"),
        ("a minha senha é Praia77x", "Praia77x"),
        ("la password è Sole1234", "Sole1234"),
        ("hasło: Zima2024", "Zima2024"),
        ("moje hasło to Zima2024", "Zima2024"),
        ("пароль: Солнце2024", "Солнце2024"),
        ("мой пароль - это зима2024? нет, пароль: qwe9rty8", "qwe9rty8"),
        ("şifrem: Kedi1234", "Kedi1234"),
        ("wachtwoord: fiets99", "fiets99"),
        ("lösenord: skog1234", "skog1234"),
        ("mật khẩu là hanoi2024", "hanoi2024"),
        ("密码是abc12345谢谢", "abc12345"),
        ("密碼：abc12345", "abc12345"),
        ("パスワードはsakura88です", "sakura88"),
        ("비밀번호는 star9876 입니다", "star9876"),
        ("كلمة المرور: nour9876", "nour9876"),
        ("पासवर्ड: dilli2024", "dilli2024"),
        ("הסיסמה: shalom99", "shalom99"),
        ("heslo je Praha2024", "Praha2024"),
        ("salasana: talvi2024", "talvi2024"),
    ] {
        finds(text, Rule::Password, value);
    }
}

#[test]
fn talk_about_passwords_is_none() {
    for text in [
        "my password is not working",
        "I forgot my password and cannot log in",
        "the password is on the back of the router",
        "password is required",
        "Password: required",
        "the password is case-sensitive",
        "the password is base64-encoded",
        "passwords are hashed with argon2id",
        "password must be 8-16 characters",
        "your password is 8-character at least",
        "Password: (min 8 chars)",
        "Password: Enter your password",
        "Forgot password: click here",
        "reset the password to continue",
        "pass 2FA, then pass to step2now",
        "two-pass memchr2+SWAR",
        "a password manager, a password policy",
        "given with --username and --password options",
        "the password's hash: 5f4dcc3b5aa765d6",
        "username and password",
        "login: see /help",
    ] {
        ignores(text);
    }
}

#[test]
fn programs_and_placeholders_are_none() {
    for text in [
        "password: String",
        "password: Option<String>,",
        "password: LPWSTR,",
        "password VARCHAR(255) NOT NULL",
        "password=${DB_PASSWORD}",
        "password=$DB_PASS",
        "password = %DB_PASS%",
        "password: {{ vault_password }}",
        "password: <your password>",
        "password: [password hidden]",
        "password: ********",
        "password: ••••••••",
        "password: xxxxxxxx",
        "password: changeme",
        "password = os.environ[\"DB_PASS\"]",
        "password = getpass.getpass()",
        "password: process.env.DB_PASSWORD",
        "password = config.database.password",
        "const password = newPassword;",
        "password_hash: argon2id",
        "password::verify(hash)",
        "Password: https://fenmail.example/reset",
        "PWD=/home/sam/src/tact9",
        "password: ________",
    ] {
        ignores(text);
    }
}

#[test]
fn other_private_values_keep_their_kind() {
    finds("password: sam@fenmail.example", Rule::Email, "sam@fenmail.example");
    finds("pass: 512-34-5678", Rule::Ssn, "512-34-5678");
    finds("password 4539 1488 0343 6467", Rule::Card, "4539 1488 0343 6467");
    let token = ["gh", "p_", &super::secrets::draw(super::secrets::ALNUM, 36, 4)].concat();
    finds(&format!("password: {token}"), Rule::Secret, &token);
}

#[test]
fn words_around_move_the_level() {
    assert_eq!(only("password: hunter22").level, Level::Certain);
    assert_eq!(only("```\npassword: hunter22\n```").level, Level::Likely);
    assert_eq!(only("for example password: hunter22").level, Level::Likely);
    assert_eq!(only("```\npassword: 'sunflower'\n```").level, Level::Possible);
    assert_eq!(only("the password is hunter22 there").level, Level::Likely);
}

#[test]
fn a_disguise_does_not_hide_a_password() {
    finds("pass\u{200B}word: hun\u{200B}ter22", Rule::Password, "hun\u{200B}ter22");
    finds("ｐａｓｓｗｏｒｄ： ｈｕｎｔｅｒ２２", Rule::Password, "ｈｕｎｔｅｒ２２");
    finds("password: hun**ter**22", Rule::Password, "hun**ter**22");
}

#[test]
fn length_is_bounded() {
    ignores("password: ab1");
    assert!(scan(&format!("password: {}", "a1".repeat(33))).is_empty());
    assert_eq!(scan(&format!("password: {}", "a1".repeat(32))).len(), 1);
}
