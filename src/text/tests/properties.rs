//! Random texts: no panic, nothing unsafe, nothing that changes when it is sanitised again.

use proptest::prelude::*;

use super::super::{line, member_name, normalise, sanitise, skeleton, slug, visible};
use super::html::fault;
use super::{PROFILES, render};

/// Pieces that mean something to one of the stages.
const PIECES: &[&str] = &[
    "<script>",
    "</script>",
    "<img src=x onerror=y>",
    "<a href=",
    "javascript:x",
    "data:,x",
    "//x.example",
    "https://x.example",
    "https://a@b.example",
    "www.x.example",
    "a@x.example",
    "[",
    "]",
    "(",
    ")",
    "![",
    "](",
    "](/media/x.png)",
    "](https://y.example)",
    "[^a]",
    "[^a]: ",
    "@ada",
    "@",
    "[email hidden]",
    "*",
    "**",
    "_",
    "~~",
    "`",
    "```",
    "\n",
    "\n\n",
    "> ",
    "- ",
    "1. ",
    "# ",
    "    ",
    "\t",
    "|",
    "|-|-|\n",
    "- [x] ",
    "---\n",
    "===\n",
    "&",
    "&lt;",
    "&#58;",
    "\\",
    "<",
    ">",
    "\"",
    "'",
    "=",
    ":heart:",
    ":",
    "é",
    "e\u{301}",
    "\u{200b}",
    "\u{202e}",
    "\u{2028}",
    "\0",
    "日本",
    "👩\u{200d}🔬",
    " ",
    "  \n",
    "a",
    "b c",
    "<!--",
    "-->",
    "<![CDATA[",
    "<?",
    "<svg>",
    "<math>",
    "<b>",
    "</b>",
    "[x]: /y 'z'\n",
    "<https://z.example>",
    "\r",
    "\r\n",
];

fn texts() -> impl Strategy<Value = String> {
    let pieces = proptest::collection::vec(proptest::sample::select(PIECES), 0..40).prop_map(|parts| parts.concat());
    prop_oneof![4 => pieces, 1 => any::<String>(), 1 => "[ -~\\n]{0,200}"]
}

fn cases() -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(400);
    ProptestConfig { cases, failure_persistence: None, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn any_text_renders_safely(source in texts()) {
        for profile in PROFILES {
            let Ok(rendered) = render(&source, profile) else { continue };
            prop_assert_eq!(fault(&rendered.html), None);
            let again = sanitise::clean(&rendered.html, profile);
            prop_assert_eq!(&again, &rendered.html);
            prop_assert!(rendered.excerpt.chars().count() <= 160);
            prop_assert!(!rendered.excerpt.contains('\n'));
            prop_assert!(rendered.mentions.iter().all(|name| member_name(name).as_ref() == Ok(name)));
        }
    }

    #[test]
    fn any_html_is_sanitised(html in texts()) {
        for profile in PROFILES {
            let clean = sanitise::clean(&html, profile);
            prop_assert_eq!(fault(&clean), None);
            visible::visible(&clean);
        }
    }

    #[test]
    fn the_small_functions_never_panic_and_settle(text in texts()) {
        if let Ok(stored) = normalise(&text, 4_000) {
            prop_assert_eq!(normalise(&stored, 4_000), Ok(stored));
        }
        if let Ok(stored) = line(&text, 200) {
            prop_assert_eq!(line(&stored, 200), Ok(stored));
        }
        let key = skeleton(&text);
        prop_assert_eq!(skeleton(&key), key);
        let slug = slug(&text);
        prop_assert!((1..=60).contains(&slug.len()) && slug.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
    }
}
