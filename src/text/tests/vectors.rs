//! Attacks on the page through a text, each tried in every profile and in several surroundings.

use super::super::{Profile, sanitise};
use super::html::fault;
use super::{PROFILES, post, render};

/// Ways to write a script address.
const ADDRESSES: &[&str] = &[
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    "java&#10;script:alert(1)",
    "&#106;avascript:alert(1)",
    "&#x6A&#x61;vascript:alert(1)",
    "javascript&colon;alert(1)",
    "javascript&#58;alert(1)",
    "\u{1}javascript:alert(1)",
    "&#1;javascript:alert(1)",
    "\u{a0}javascript:alert(1)",
    "\u{200b}javascript:alert(1)",
    "javascript\u{0}:alert(1)",
    "javascript%3Aalert(1)",
    "javascript://x/%0aalert(1)",
    "vbscript:msgbox(1)",
    "livescript:x",
    "data:text/html,<script>alert(1)</script>",
    "data:text/html;base64,PHNjcmlwdD4=",
    "data:image/svg+xml,<svg/onload=alert(1)>",
    "DATA:,x",
    "blob:https://x/y",
    "filesystem:https://x/y",
    "view-source:https://x",
    "jar:https://x!/y",
    "intent://x#Intent;scheme=http;end",
    "feed:javascript:alert(1)",
    "about:blank",
    "file:///etc/passwd",
    "ftp://x.example/",
    "tel:+4912345",
    "magnet:?xt=x",
    "xmpp:a@b.example",
    "x-javascript:alert(1)",
    "mocha:x",
    "mhtml:x",
    "//evil.example/x",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/.//evil.example",
    "/..//evil.example",
    "/%2e//evil.example",
    "https://tact.example@evil.example/",
    "https://u:p@evil.example/",
    "https:evil@x",
    "https://tact.example\\@evil.example",
    "http://\u{2028}@x",
    "https://",
    "https:///",
    "http:",
    "mailto:",
    "mailto:a",
    "mailto:a@b.example?bcc=c@d.example",
    "mailto:a@b@c",
    "mailto:<script>@x",
    "relative/path",
    "?query",
    "../up",
    "#\"onclick=x",
    "#<script>",
    "https://x.example/\"onmouseover=\"alert(1)",
    "https://x.example/'><script>alert(1)</script>",
    "/t/1\" onclick=\"x",
    "/t/1'onclick='x",
    "https://[::1",
    "https://%00/",
];

/// Raw HTML, including shapes that change when they are parsed a second time.
const MARKUP: &[&str] = &[
    "<script>alert(1)</script>",
    "<ScRiPt src=//x></sCrIpT>",
    "<script\n>alert(1)</script\n>",
    "<scr<script>ipt>alert(1)</script>",
    "<<script>alert(1)//<</script>",
    "<img src=x onerror=alert(1)>",
    "<img/src=x/onerror=alert(1)>",
    "<img src=`x`onerror=alert(1)>",
    "<img \"\"\"><script>alert(1)</script>\">",
    "<IMG SRC=\"jav&#x0A;ascript:alert(1)\">",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><a xlink:href=javascript:alert(1)><text y=9>x</text></a></svg>",
    "<svg><animate attributeName=href values=javascript:alert(1)>",
    "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">",
    "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
    "<math href=javascript:alert(1)>x</math>",
    "<math><annotation-xml encoding=\"text/html\"><script>alert(1)</script></annotation-xml></math>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>",
    "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
    "<iframe src=javascript:alert(1)>",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<base href=//evil.example/>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<link rel=stylesheet href=//x>",
    "<style>@import '//x';</style>",
    "<p style='background:url(javascript:alert(1))'>x</p>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<input onfocus=alert(1) autofocus>",
    "<input type=image src=x onerror=alert(1)>",
    "<details open ontoggle=alert(1)>",
    "<video><source onerror=alert(1)>",
    "<body onload=alert(1)>",
    "<marquee onstart=alert(1)>",
    "<isindex action=javascript:alert(1)>",
    "<template><script>alert(1)</script></template>",
    "<xmp><script>alert(1)</script></xmp>",
    "<plaintext>",
    "<textarea></textarea><script>alert(1)</script>",
    "<title><a href=\"</title><img src=x onerror=alert(1)>\">",
    "<select><script>alert(1)</script></select>",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?xml version='1.0'?><script>alert(1)</script>",
    "<a href=\"x\" href=\"javascript:alert(1)\">x</a>",
    "<a href='javascript:alert(1)' title='>'>x</a>",
    "<a id=csrf name=csrf>x</a>",
    "<blockquote cite=javascript:alert(1)>x</blockquote>",
    "<map><area href=javascript:alert(1)></map>",
    "<a target=_blank ping=//x href=https://x.example>x</a>",
    "</p></div></main><script>alert(1)</script>",
    "<a\u{0}href=javascript:alert(1)>",
    "<img\u{c}src=x\u{c}onerror=alert(1)>",
    "<x onclick=alert(1)>y</x>",
    "<custom-element onclick=x>",
    "<dialog open>x</dialog>",
];

/// Markdown that tries to break out of what the formatter writes.
const MARKDOWN: &[&str] = &[
    "[a](https://x.example \"t\\\" onclick=alert(1)\")",
    "[a](https://x.example 't\"onclick=\"alert(1)')",
    "![a\"onerror=alert(1) b=\"](/media/x.png)",
    "![a](/media/x.png 'x\"onerror=\"alert(1)')",
    "![a](/media/../x)",
    "![a](/media/x.png?\"onerror=\"x)",
    "```js\" onclick=\"alert(1)\ncode\n```",
    "```\"><script>alert(1)</script>\ncode\n```",
    "``` js class=x style=y\ncode\n```",
    "~~~ <svg/onload=alert(1)>\nx\n~~~",
    "`<script>alert(1)</script>`",
    "    <script>alert(1)</script>\n",
    "[^\"><script>alert(1)</script>]\n\n[^\"><script>alert(1)</script>]: x",
    "[^a\" onclick=x]\n\n[^a\" onclick=x]: note",
    "|a|b|\n|-|:-:|\n|<script>alert(1)</script>|\"onclick=x|",
    "# <img src=x onerror=alert(1)>",
    "- [x] <script>alert(1)</script>",
    "<https://x.example/\"onclick=alert(1)>",
    "<javascript:alert(1)>",
    "<\"onclick=alert(1)@x.example>",
    "http://x.example/\"onclick=\"alert(1)",
    "http://x.example/<script>alert(1)</script>",
    "www.x.example/'onclick='x",
    "a\"onclick=\"x@x.example",
    "@ada\"onclick=\"x",
    "[email hidden]\"onclick=\"x",
    "[<img src=x onerror=y> hidden]",
    "[a]: javascript:alert(1)\n\n[a]",
    "[a]: <javascript:alert(1)> 'x'\n\n![a]",
    "[![a](javascript:alert(1))](javascript:alert(1))",
    "[a](<javascript:alert(1)>)",
    "\\<script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "&amp;lt;script&amp;gt;",
    "\u{fdd0}<script>",
    "\u{2028}<script>\u{2029}alert(1)",
    "*<b>*</b>",
    "<a><a><a>",
    "[a[^1]](https://x.example)\n\n[^1]: b",
    "[a @ada www.x.example](https://y.example)",
];

fn assert_safe(source: &str) {
    for profile in PROFILES {
        let Ok(rendered) = render(source, profile) else { continue };
        if let Some(fault) = fault(&rendered.html) {
            panic!("{profile:?}: {fault}\nsource: {source}\nhtml: {}", rendered.html);
        }
        assert_eq!(sanitise::clean(&rendered.html, profile), rendered.html, "not settled: {profile:?} {source}");
    }
}

#[test]
fn script_addresses_never_become_links() {
    for address in ADDRESSES {
        for shape in [
            "[a]({})",
            "[a](<{}>)",
            "![a]({})",
            "<{}>",
            "{}",
            "[a][b]\n\n[b]: {}",
            "[![a]({})]({})",
            "<a href=\"{}\">a</a>",
            "<img src='{}'>",
        ] {
            assert_safe(&shape.replace("{}", address));
        }
    }
}

#[test]
fn raw_html_is_shown_as_text() {
    for markup in MARKUP {
        for shape in [
            "{}",
            "a {} b",
            "> {}",
            "- {}",
            "*{}*",
            "[{}](https://x.example)",
            "![{}](/media/x.png)",
            "|a|\n|-|\n|{}|",
            "<div>\n{}\n\n*a*",
            "[^1]\n\n[^1]: {}",
            "`{}",
            "\\{}",
        ] {
            assert_safe(&shape.replace("{}", markup));
        }
    }
    let shown = post("a <script>alert(1)</script> b");
    assert_eq!(shown.html, "<p>a &lt;script&gt;alert(1)&lt;/script&gt; b</p>");
    assert_eq!(shown.plain, "a <script>alert(1)</script> b");
}

#[test]
fn markdown_does_not_break_out_of_attributes() {
    for source in MARKDOWN {
        for shape in ["{}", "> {}", "- {}", "x\n\n{}\n\ny"] {
            assert_safe(&shape.replace("{}", source));
        }
    }
}

#[test]
fn the_second_wall_holds_alone() {
    let links = ADDRESSES
        .iter()
        .flat_map(|a| [format!("<a href=\"{a}\">x</a>"), format!("<a href='{a}'>x</a>"), format!("<img src={a}>")]);
    for html in MARKUP.iter().map(|&m| m.to_owned()).chain(links) {
        for profile in PROFILES {
            for html in [
                html.clone(),
                format!("<p>{html}</p>"),
                format!("<table><tr><td>{html}"),
                format!("<svg><p>{html}"),
                format!("<math><mi>{html}"),
            ] {
                let clean = sanitise::clean(&html, profile);
                assert_eq!(fault(&clean), None, "{profile:?} {html} gave {clean}");
            }
        }
    }
}

#[test]
fn the_second_wall_keeps_what_is_ours() {
    for html in [
        "<p>a <a href=\"https://x.example/\">b</a></p>",
        "<span class=\"mask\">email hidden</span>",
        "<code class=\"language-c++\">x</code>",
        "<img src=\"/media/a/b.webp\" alt=\"c\">",
        "<ol start=\"3\"><li>x</li></ol>",
        "<table><tbody><tr><td align=\"right\">x</td></tr></tbody></table>",
    ] {
        let clean = sanitise::clean(html, Profile::Post);
        assert_eq!(clean.replace(" rel=\"nofollow ugc noopener\"", "").replace(" loading=\"lazy\"", ""), html);
    }
}
