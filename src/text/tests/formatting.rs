//! The three profiles on ordinary text.

use super::super::TextError;
use super::{Profile, line, message, post, render};

#[test]
fn posts_have_all_of_markdown() {
    for (source, html) in [
        ("a *b* **c** ~~d~~ `e`", "<p>a <em>b</em> <strong>c</strong> <del>d</del> <code>e</code></p>"),
        ("a\nb  \nc", "<p>a\nb<br>\nc</p>"),
        ("# One\n\n## Two\n\n###### Six", "<h3>One</h3>\n<h4>Two</h4>\n<h6>Six</h6>"),
        ("> a", "<blockquote>\n<p>a</p>\n</blockquote>"),
        ("3. a\n4. b", "<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>"),
        ("```Rust ignore\na < b\n```", "<pre><code class=\"language-rust\">a &lt; b\n</code></pre>"),
        ("```x\"y\na\n```", "<pre><code>a\n</code></pre>"),
        ("a\n\n---", "<p>a</p>\n<hr>"),
        (":heart:", "<p>❤️</p>"),
        (
            "- [x] a\n- [ ] b",
            "<ul>\n<li class=\"task\"><input type=\"checkbox\" checked=\"\" disabled=\"\"> a</li>\n<li class=\"task\"><input type=\"checkbox\" disabled=\"\"> b</li>\n</ul>",
        ),
        (
            "|a|b|\n|:-:|-|\n|c|d|",
            "<table>\n<thead>\n<tr>\n<th align=\"center\">a</th>\n<th>b</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td align=\"center\">c</td>\n<td>d</td>\n</tr>\n</tbody>\n</table>",
        ),
        (
            "<div>\n  @ada & *b*\n</div>\n\nc",
            "<p>&lt;div&gt;<br>\n<a class=\"mention\" href=\"/u/ada\" rel=\"nofollow ugc noopener\">@ada</a> &amp; *b*<br>\n&lt;/div&gt;</p>\n<p>c</p>",
        ),
    ] {
        assert_eq!(post(source).html, html, "{source}");
    }
}

#[test]
fn footnotes_have_names_of_their_own_on_the_page() {
    let one = post("a[^x] b[^x]\n\n[^x]: note").html;
    let two = post("c[^x]\n\n[^x]: note").html;
    let ids = |html: &str| -> Vec<String> {
        html.split(" id=\"").skip(1).map(|s| s.split('"').next().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&one).len(), 3);
    assert!(ids(&one).iter().all(|id| id.starts_with("user-content-fn") && !ids(&two).contains(id)));
    for href in one.split("href=\"#").skip(1).map(|s| s.split('"').next().unwrap()) {
        assert!(ids(&one).iter().any(|id| id == href), "{href} leads nowhere: {one}");
    }
    assert!(
        one.contains("<section class=\"footnotes\">")
            && one.contains("<sup class=\"footnote-ref\">")
            && one.contains("aria-label=\"Back to reference 1\"")
    );
}

#[test]
fn messages_keep_lines_and_have_no_headings() {
    for (source, html) in [
        ("a\nb", "<p>a<br>\nb</p>"),
        (
            "# Big @ada",
            "<p><strong>Big <a class=\"mention\" href=\"/u/ada\" rel=\"nofollow ugc noopener\">@ada</a></strong></p>",
        ),
        ("Big\n===\ntext", "<p><strong>Big</strong></p>\n<p>text</p>"),
        ("- a\n- b", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>"),
    ] {
        assert_eq!(message(source).html, html, "{source}");
    }
}

#[test]
fn a_line_is_inline_only() {
    for (source, html) in [
        ("Sailor, *reader*, `coder`", "Sailor, <em>reader</em>, <code>coder</code>"),
        ("# Not a heading", "# Not a heading"),
        ("- a\n- b", "- a<br>\n- b"),
        ("> a\n\n\n1. b\n---\n+ c", "&gt; a<br>\n1. b<br>\n---<br>\n+ c"),
        ("```\na\n```", "<code>a</code>"),
        ("    four", "four"),
        ("a\n===", "a<br>\n==="),
        ("<div>\n*a*", "&lt;div&gt;<br>\n<em>a</em>"),
        ("|a|b|\n|-|-|", "|a|b|<br>\n|-|-|"),
        ("[a]: /x\n[a]", "[a]: /x<br>\n[a]"),
        (
            "_a_ **b**\n_c_\nwww.x.example",
            "<em>a</em> <strong>b</strong><br>\n<em>c</em><br>\n<a href=\"http://www.x.example/\" rel=\"nofollow ugc noopener\">www.x.example</a>",
        ),
        ("@ada", "<a class=\"mention\" href=\"/u/ada\" rel=\"nofollow ugc noopener\">@ada</a>"),
        ("[^1]\n[^1]: x", "[^1]<br>\n[^1]: x"),
        ("[a\nb](https://x.example)", "<a href=\"https://x.example/\" rel=\"nofollow ugc noopener\">a<br>\nb</a>"),
        ("a\u{2028}b", "a<br>\nb"),
        (" ", ""),
    ] {
        assert_eq!(line(source).html, html, "{source}");
    }
}

#[test]
fn plain_text_is_what_readers_see() {
    for (source, plain) in [
        ("# Title\n\na *b*c\nd", "Title\na bc d"),
        ("4111 **1111** `1111`\n1111", "4111 1111 1111 1111"),
        ("4111[^1]\n\n[^1]: x", "4111 1\nx ↩"),
        ("- a\n- b\n  1. c\n\n> d", "a\nb\nc\nd"),
        ("|a|b|\n|-|-|\n|c|d|", "a b\nc d"),
        ("```\n  a\n\n  b\n```\nc", "  a\n\n  b\nc"),
        ("&lt;b&gt; &amp;amp; &quot; a&nbsp;b", "<b> &amp; \" a b"),
        ("![alt &amp; \"text\"](/media/x.png) b", "alt & \"text\" b"),
        ("a<br>b", "a<br>b"),
        ("a\\\nb", "a\nb"),
        ("1 < 2 > 0 [x](https://x.example \"hidden\")", "1 < 2 > 0 x"),
    ] {
        assert_eq!(post(source).plain, plain, "{source}");
    }
}

#[test]
fn excerpts_fit_on_a_line() {
    assert_eq!(post("# Hi\n\nthere  you").excerpt, "Hi there you");
    let exact = "ab ".repeat(53) + "a";
    assert_eq!(post(&exact).excerpt, exact);
    for source in [
        "word ".repeat(80),
        "x".repeat(500),
        "日本語".repeat(90),
        format!("ab {}", "e\u{323}\u{307}".repeat(200)),
        format!("{} {}", "y".repeat(159), "z".repeat(9)),
        "👩\u{200d}🔬".repeat(99),
    ] {
        let excerpt = post(&source).excerpt;
        let count = excerpt.chars().count();
        assert!((80..=160).contains(&count) && excerpt.ends_with('…') && !excerpt.contains(" …"), "{count} {excerpt}");
    }
    assert!(post(&"word ".repeat(80)).excerpt.ends_with("word…"));
}

#[test]
fn what_shows_nothing_is_refused() {
    for source in ["", " \n\n", "[a]: /x", "\u{200b}", "&nbsp;", "---", "[^1]: note"] {
        for profile in [Profile::Post, Profile::Message] {
            assert_eq!(render(source, profile), Err(TextError::Empty), "{source}");
        }
        assert!(render(source, Profile::Line).is_ok());
    }
    assert!(render("![](/media/x.png)", Profile::Post).is_ok());
}
