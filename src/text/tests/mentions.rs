//! Mentions and mask tokens.

use super::super::{TextError, mask_tokens, render_masked};
use super::{PROFILES, Profile, message, post, render};

#[test]
fn mentions_are_linked_and_listed() {
    for (source, names) in [
        ("@ada", vec!["ada"]),
        ("Hi @Ada_L, see @bob.m. And @ada_l again", vec!["ada_l", "bob.m"]),
        ("(@ada) \"@bob\" cc:@eve **@mia** > @tom-x!", vec!["ada", "bob", "eve", "mia", "tom-x"]),
        ("# @ada\n\n> @bob\n\n- @eve\n\n|@mia|\n|-|\n|@tom|", vec!["ada", "bob", "eve", "mia", "tom"]),
        ("@ada, @ada and @ADA", vec!["ada"]),
        ("été @ada—@bob", vec!["ada", "bob"]),
        (":wave:@ada", vec!["ada"]),
    ] {
        assert_eq!(post(source).mentions, names, "{source}");
    }
    assert_eq!(
        message("hi @Ada.").html,
        "<p>hi <a class=\"mention\" href=\"/u/ada\" rel=\"nofollow ugc noopener\">@Ada</a>.</p>"
    );
}

#[test]
fn other_at_signs_are_left_alone() {
    for source in [
        "`@ada`",
        "    @ada",
        "```\n@ada\n```",
        "ada@example.org",
        "mail ada+x@example",
        "a@b",
        "@a",
        "@",
        "@@ada",
        "x.@ada",
        "[@ada](https://x.example)",
        "https://x.example/@ada",
        "![@ada](/media/x.png)",
        "@josé",
        "@ada@social.example",
        "@everyone and @here",
        "@admin",
        "@adm1n",
        "*ada*@example",
        "@-ada",
        "@a..b",
        "@aaaaaaaaaabbbbbbbbbbccccccccccd",
        "@josе",
    ] {
        assert_eq!(post(source).mentions, Vec::<String>::new(), "{source}: {}", post(source).html);
        assert!(!post(source).html.contains("class=\"mention\""), "{source}");
    }
}

#[test]
fn at_most_fifty_mentions() {
    let many = |n: usize| (0..n).map(|i| format!("@name{i} ")).collect::<String>();
    assert_eq!(post(&many(50)).mentions.len(), 50);
    assert_eq!(render(&many(51), Profile::Post), Err(TextError::TooManyMentions { max: 50 }));
}

#[test]
fn mask_tokens_become_marks() {
    for token in mask_tokens() {
        let words = token.trim_matches(['[', ']']);
        for profile in PROFILES {
            let rendered = render(&format!("call {token}, please"), profile).unwrap();
            assert!(
                rendered.html.contains(&format!("call <span class=\"mask\">{words}</span>, please")),
                "{}",
                rendered.html
            );
            assert_eq!(rendered.plain, format!("call {words}, please"));
        }
    }
    assert!(
        post("[email hidden][SSN hidden]@ada")
            .html
            .contains("email hidden</span><span class=\"mask\">SSN hidden</span><a")
    );
    assert!(post("[see [email hidden] here](https://x.example)").html.contains("<span class=\"mask\">"));
}

#[test]
fn nothing_else_becomes_a_mark() {
    for source in [
        "`[email hidden]`",
        "    [email hidden]",
        "[Email hidden]",
        "[salary hidden]",
        "[email hidden",
        "\\`[email&nbsp;hidden]",
        "[email hidden](https://x.example)",
        "![[email hidden]](/media/a.png)",
    ] {
        assert!(!post(source).html.contains("class=\"mask\""), "{source}: {}", post(source).html);
    }
}

#[test]
fn hiding_never_makes_a_text_too_long() {
    for (value, token) in
        [("a@b.co ", "[email hidden] "), ("4111111111111 ", "[card number hidden] "), ("123121234 ", "[SSN hidden] ")]
    {
        for (profile, room) in [(Profile::Post, 9_996), (Profile::Message, 3_996), (Profile::Line, 1_996)] {
            let full = value.repeat(room / value.len());
            let masked = full.replace(value, token);
            assert!(render(&masked, profile).is_err() || masked.chars().count() <= 10_000);
            assert!(render_masked(&masked, profile).unwrap().plain.starts_with(token.trim_matches(['[', ']', ' '])));
        }
    }
    let post = "4111111111111\n".repeat(32 * 1024 / 14).replace("4111111111111", "[card number hidden]");
    assert!(render(&post, Profile::Post).is_err() && render_masked(&post, Profile::Post).is_ok());
}
