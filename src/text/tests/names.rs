//! A table of hostile names: what each field does with them, and which cannot stand beside each other.

use super::super::{TextError, line, member_name, skeleton, slug};

#[test]
fn member_names() {
    for (input, stored) in [
        ("ada", "ada"),
        ("Ada_L", "ada_l"),
        (" bob.m-2 ", "bob.m-2"),
        ("42", "42"),
        ("_x_", "_x_"),
        ("abcdefghijklmnopqrstuvwxyz1234", "abcdefghijklmnopqrstuvwxyz1234"),
    ] {
        assert_eq!(member_name(input).as_deref(), Ok(stored), "{input}");
    }
    for (input, code) in [
        ("", "name_length"),
        ("a", "name_length"),
        ("abcdefghijklmnopqrstuvwxyz12345", "name_length"),
        ("аda", "name_characters"),
        ("ada\u{200b}", "name_characters"),
        ("a\u{202e}da", "name_characters"),
        ("ada lovelace", "name_characters"),
        ("ada/..", "name_characters"),
        ("ａｄａ", "name_characters"),
        ("a%64", "name_characters"),
        ("ada\n", "name_characters"),
        ("ada\0", "name_characters"),
        ("<b>", "name_characters"),
        ("@ada", "name_characters"),
        ("..", "name_shape"),
        (".ada", "name_shape"),
        ("ada.", "name_shape"),
        ("-ada", "name_shape"),
        ("a--b", "name_shape"),
        ("a..b", "name_shape"),
        ("a.-b", "name_shape"),
        ("__", "name_shape"),
        ("admin", "name_reserved"),
        ("Moderator", "name_reserved"),
        ("SYSTEM", "name_reserved"),
        ("tact", "name_reserved"),
        ("everyone", "name_reserved"),
        ("here", "name_reserved"),
        ("adm1n", "name_reserved"),
        ("adrnin", "name_reserved"),
        ("m0d", "name_reserved"),
        ("t.a.c.t", "name_reserved"),
        ("_staff_", "name_reserved"),
        ("no_reply", "name_reserved"),
        ("a11", "name_reserved"),
        ("AdmIn", "name_reserved"),
    ] {
        assert_eq!(member_name(input).map_err(TextError::code), Err(code), "{input:?}");
    }
}

#[test]
fn look_alikes_have_one_key() {
    for (one, other) in [
        ("ada", "ADA"),
        ("ada", "аdа"),
        ("paypal", "раураl"),
        ("bill", "biII"),
        ("bill", "b1ll"),
        ("otto", "0tt0"),
        ("modern", "modem"),
        ("vvalter", "walter"),
        ("a.b", "a_b"),
        ("a-b", "a_b"),
        ("ada", "a\u{301}da"),
        ("ada", "ad\u{200b}a"),
        ("ada", "\u{202e}ada\u{202c}"),
        ("ada", "ａｄａ"),
        ("ada", "𝒶𝒹𝒶"),
        ("nina", "ΝINA"),
        ("hanna", "Наnnа"),
        ("omega", "οmegа"),
        ("Éva", "eva"),
        ("Łukasz", "iukasz"),
    ] {
        assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
    }
    for (one, other) in
        [("ada", "adam"), ("anna1", "anna2"), ("bob", "rob"), ("ab", "a.b"), ("max", "mia"), ("日本", "日木")]
    {
        assert_ne!(skeleton(one), skeleton(other), "{one} {other}");
    }
}

#[test]
fn hostile_lines() {
    for (input, stored) in [
        ("Ada Lovelace", "Ada Lovelace"),
        ("  a \t\n b\u{3000}c ", "a b c"),
        ("a\u{200b}d\u{ad}a\u{2060}", "ada"),
        ("e\u{301}", "é"),
        ("عدنان", "عدنان"),
        ("नमस्ते", "नमस्ते"),
        ("می\u{200c}خواهم", "می\u{200c}خواهم"),
        ("👩\u{200d}🔬 lab", "👩\u{200d}🔬 lab"),
        ("❤\u{fe0f}", "❤\u{fe0f}"),
        ("a\u{200d}d\u{200c}a", "ada"),
        ("a\u{fe0f}\u{fe0f}\u{fe0f}", "a\u{fe0f}"),
        ("\u{2067}עברית\u{2069} ok", "\u{2067}עברית\u{2069} ok"),
        ("<script>", "<script>"),
        ("a \u{200b} b", "a b"),
        ("a\u{200e}b\u{200f}", "ab"),
        ("x\u{e0041}y", "xy"),
        ("Tiếng Việt", "Tiếng Việt"),
        ("a\u{3164}b", "ab"),
        ("r\u{36b}", "r\u{36b}"),
        ("a \u{200d} b", "a b"),
    ] {
        assert_eq!(line(input, 60).as_deref(), Ok(stored), "{input:?}");
    }
    for (input, code) in [
        ("", "text_empty"),
        (" \u{200b}\u{3000} ", "text_empty"),
        ("\u{2800}\u{3164}", "text_empty"),
        ("\u{fe0f}", "text_empty"),
        ("\u{202e}\u{202c}", "text_empty"),
        ("\u{200d}", "text_empty"),
        ("a\u{202e}nimda", "unpaired_direction"),
        ("a\u{2067}b", "unpaired_direction"),
        ("a\u{2069}b", "unpaired_direction"),
        ("\u{202a}a\u{2069}", "unpaired_direction"),
        ("a\u{0}b", "not_text"),
        ("a\u{7}b", "not_text"),
        ("a\u{1b}[31m", "not_text"),
        ("a\u{9f}b", "not_text"),
        ("a\u{fffe}", "not_text"),
        ("a\u{fdd0}", "not_text"),
        ("a\u{10ffff}", "not_text"),
        ("Z\u{36b}\u{351}\u{30d}\u{357}algo", "too_many_accents"),
        ("\u{301}ada", "too_many_accents"),
        ("a \u{301}b", "too_many_accents"),
        ("x\u{36b}\u{200b}\u{351}\u{30d}\u{357}", "too_many_accents"),
        (&"a".repeat(61), "text_too_long"),
        (&"a".repeat(5000), "text_too_long"),
    ] {
        assert_eq!(line(input, 60).map_err(TextError::code), Err(code), "{input:?}");
    }
    assert_eq!(line(&"é".repeat(60), 60).unwrap().chars().count(), 60);
}

#[test]
fn slugs() {
    let long = "word ".repeat(40);
    for (title, expected) in [
        ("How do I reset my password?", "how-do-i-reset-my-password"),
        ("  Café & Crème — déjà vu  ", "cafe-creme-deja-vu"),
        ("Don't panic", "dont-panic"),
        ("Straße Øre Łódź", "strasse-ore-lodz"),
        ("日本語", "topic"),
        ("", "topic"),
        ("---", "topic"),
        ("../../etc/passwd", "etc-passwd"),
        ("<script>alert(1)</script>", "script-alert-1-script"),
        ("a\0b\nc", "a-b-c"),
        ("½ ﬁne", "1-2-fine"),
        ("ＦＵＬＬ", "full"),
        (&long, "word-word-word-word-word-word-word-word-word-word-word-word"),
        (&"x".repeat(99), &"x".repeat(60)),
    ] {
        assert_eq!(slug(title), expected, "{title}");
    }
}
