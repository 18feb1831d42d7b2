//! Links and images: what is kept, how it is written, what a reader is told.

use super::html::tags;
use super::{line, message, post};

fn hrefs(html: &str) -> Vec<String> {
    tags(html)
        .into_iter()
        .flat_map(|tag| tag.attributes)
        .filter(|(name, _)| name == "href")
        .map(|(_, value)| value)
        .collect()
}

#[test]
fn good_links_stay() {
    for (source, href) in [
        ("[a](https://x.example/p?q=1&r=2#f)", "https://x.example/p?q=1&r=2#f"),
        ("https://x.example", "https://x.example/"),
        ("www.x.example/a_b_c", "http://www.x.example/a_b_c"),
        ("<HTTP://X.EXAMPLE>", "http://x.example/"),
        ("[a](https://bücher.example)", "https://xn--bcher-kva.example/"),
        ("[a](https://x.example/ü 'title')", "https://x.example/%C3%BC"),
        ("[a](mailto:ada@x.example?subject=hi)", "mailto:ada@x.example"),
        ("ada@x.example", "mailto:ada@x.example"),
        ("[a](/t/7/slug/3?view=tree)", "/t/7/slug/3?view=tree"),
        ("[a](/../../b/x)", "/b/x"),
    ] {
        assert_eq!(hrefs(&post(source).html), [href], "{source}");
        assert!(post(source).html.contains("rel=\"nofollow ugc noopener\""));
    }
}

#[test]
fn refused_links_leave_their_text() {
    for source in [
        "[words](javascript:x)",
        "[words](//evil.example)",
        "[words](https://a@evil.example)",
        "[words](/.//evil.example)",
        "[words](ftp://x.example)",
    ] {
        assert_eq!(post(source).html, "<p>words</p>", "{source}");
    }
}

#[test]
fn a_link_that_claims_another_place_names_its_own() {
    for (source, told) in [
        ("[https://bank.example](https://evil.example/x)", "evil.example"),
        ("[bank.example](https://evil.example)", "evil.example"),
        ("[Log in at **bank**.example now](https://evil.example)", "evil.example"),
        ("[bank\u{200b}.example](https://evil.example)", "evil.example"),
        ("[ｂａｎｋ．ｅｘａｍｐｌｅ](https://evil.example)", "evil.example"),
        ("[(www.bank.example/login)](https://evil.example)", "evil.example"),
        ("[bank.example@evil.example](https://evil.example)", "evil.example"),
        ("[bank.example](https://bаnk.example)", "xn--bnk-6cd.example"),
        ("[https://bank.example](/u/eve)", "this site"),
        ("[ada@bank.example](mailto:eve@evil.example)", "eve@evil.example"),
        ("[bank.example](mailto:eve@evil.example)", "eve@evil.example"),
        ("[main.rs](https://code.example/main.rs)", "code.example"),
    ] {
        let rendered = post(source);
        assert!(
            rendered.html.contains(&format!("</a> <span class=\"host\">({told})</span>")),
            "{source}: {}",
            rendered.html
        );
        assert!(rendered.plain.ends_with(&format!("({told})")), "{source}");
    }
}

#[test]
fn an_honest_link_is_left_alone() {
    for source in [
        "[the bank](https://bank.example)",
        "[bank.example](https://www.bank.example/login)",
        "https://bank.example/a/b",
        "[https://bank.example:443/x](https://bank.example/)",
        "[BANK.example.](http://bank.example)",
        "[ada@x.example](mailto:ada@x.example)",
        "[e.g. this, i.e. that](https://x.example)",
        "[v1.2.3](https://x.example)",
        "[bücher.example](https://bücher.example)",
    ] {
        assert!(!post(source).html.contains("class=\"host\""), "{source}: {}", post(source).html);
    }
}

#[test]
fn a_link_without_words_gets_some() {
    assert_eq!(post("[](https://x.example/p)").plain, "x.example");
    assert_eq!(post("[\u{200b}](https://x.example/p)").plain, "\u{200b}x.example");
    assert!(post("[![](/media/x.png)](https://x.example)").html.contains("<img"));
}

#[test]
fn only_own_images_are_shown() {
    let own = post("![A cat](/media/ab12/cat.webp 'title')");
    assert_eq!(own.html, "<p><img src=\"/media/ab12/cat.webp\" alt=\"A cat\" loading=\"lazy\"></p>");
    assert_eq!(own.plain, "A cat");
    for (source, expected) in [
        (
            "![A cat](https://x.example/cat.png)",
            "<p><a href=\"https://x.example/cat.png\" rel=\"nofollow ugc noopener\">A cat</a></p>",
        ),
        (
            "![](https://x.example/cat.png)",
            "<p><a href=\"https://x.example/cat.png\" rel=\"nofollow ugc noopener\">image</a></p>",
        ),
        ("![A cat](data:image/png;base64,AA==)", "<p>A cat</p>"),
        ("![A cat](/media/../secret)", "<p><a href=\"/secret\" rel=\"nofollow ugc noopener\">A cat</a></p>"),
        (
            "[![A cat](https://x.example/cat.png)](https://y.example)",
            "<p><a href=\"https://y.example/\" rel=\"nofollow ugc noopener\">A cat</a></p>",
        ),
    ] {
        assert_eq!(post(source).html, expected, "{source}");
    }
    assert!(message("![A cat](/media/cat.webp)").html.contains("<img"));
    assert_eq!(
        line("![A cat](/media/cat.webp)").html,
        "<a href=\"/media/cat.webp\" rel=\"nofollow ugc noopener\">A cat</a>"
    );
}

#[test]
fn links_never_stand_in_links() {
    for source in [
        "[a https://x.example b](https://y.example)",
        "[a <https://x.example> b](https://y.example)",
        "[a @ada b](https://y.example)",
        "[![a [b](/x) c](https://z.example)](https://y.example)",
    ] {
        let html = post(source).html;
        assert!(!html.contains("<a class=\"mention\"") && hrefs(&html).len() <= 2, "{source}: {html}");
        let inside = html.split("<a ").skip(1).all(|part| part.contains("</a>"));
        assert!(inside, "{source}: {html}");
    }
}
