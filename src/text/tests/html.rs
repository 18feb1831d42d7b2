//! Reads HTML the way a browser's tokenizer does, as far as tags and attributes go, and judges it. Shares no code with
//! the sanitiser, so that one mistake is not made twice.

/// A start tag: its name and its attributes, values decoded.
#[derive(Debug)]
pub(super) struct Tag {
    pub(super) name: String,
    pub(super) attributes: Vec<(String, String)>,
}

/// Every start tag of `html`. A comment, doctype or processing instruction counts as a tag named `!`.
pub(super) fn tags(html: &str) -> Vec<Tag> {
    let chars: Vec<char> = html.chars().collect();
    let mut tags = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let next = chars.get(at + 1).copied().unwrap_or(' ');
        if chars[at] != '<' || next == '/' || !(next.is_ascii_alphabetic() || matches!(next, '!' | '?')) {
            at += 1;
        } else if !next.is_ascii_alphabetic() {
            tags.push(Tag { name: "!".into(), attributes: Vec::new() });
            at += 2;
        } else {
            let (tag, end) = tag(&chars, at + 1);
            tags.push(tag);
            at = end;
        }
    }
    tags
}

fn tag(chars: &[char], mut at: usize) -> (Tag, usize) {
    let is_end = |c: char| c.is_ascii_whitespace() || c == '/' || c == '>';
    let word = |at: &mut usize, stop: &dyn Fn(char) -> bool| {
        let from = *at;
        while *at < chars.len() && !stop(chars[*at]) {
            *at += 1;
        }
        chars[from..*at].iter().collect::<String>()
    };
    let name = word(&mut at, &is_end).to_ascii_lowercase();
    let mut attributes = Vec::new();
    while at < chars.len() && chars[at] != '>' {
        if chars[at].is_ascii_whitespace() || chars[at] == '/' {
            at += 1;
            continue;
        }
        let name = word(&mut at, &|c| is_end(c) || c == '=').to_ascii_lowercase();
        let mut value = String::new();
        if chars.get(at) == Some(&'=') {
            at += 1;
            value = match chars.get(at) {
                Some(&quote @ ('"' | '\'')) => {
                    at += 1;
                    let value = word(&mut at, &|c| c == quote);
                    at += 1;
                    value
                }
                _ => word(&mut at, &|c| c.is_ascii_whitespace() || c == '>'),
            };
        }
        attributes.push((name, decode(&value)));
    }
    (Tag { name, attributes }, at + 1)
}

fn decode(value: &str) -> String {
    value
        .replace("&quot;", "\"")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&nbsp;", "\u{a0}")
        .replace("&amp;", "&")
}

const TAGS: &[&str] = &[
    "a",
    "blockquote",
    "br",
    "code",
    "del",
    "em",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "span",
    "strong",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];

const ATTRIBUTES: &[&str] = &[
    "align",
    "alt",
    "aria-label",
    "checked",
    "class",
    "disabled",
    "href",
    "id",
    "loading",
    "rel",
    "src",
    "start",
    "type",
];

/// The first thing in `html` that must never be in it, in words; nothing when it is safe.
pub(super) fn fault(html: &str) -> Option<String> {
    for tag in tags(html) {
        if !TAGS.contains(&tag.name.as_str()) {
            return Some(format!("element {}", tag.name));
        }
        for (name, value) in &tag.attributes {
            let sound = match name.as_str() {
                "href" => is_sound_link(value),
                "src" => value.starts_with("/media/") && !value.contains(".."),
                "id" => value.starts_with("user-content-"),
                other => ATTRIBUTES.contains(&other),
            };
            if !sound {
                return Some(format!("{} {name}={value}", tag.name));
            }
        }
        let rel = tag.attributes.iter().find(|(name, _)| name == "rel").map(|(_, value)| value.as_str());
        if tag.name == "a" && rel != Some("nofollow ugc noopener") {
            return Some("a without rel".into());
        }
    }
    None
}

/// As a browser would take it: leading spaces and controls gone, tabs and line ends gone everywhere.
fn is_sound_link(value: &str) -> bool {
    let seen: String =
        value.trim_matches(|c: char| c <= ' ').chars().filter(|c| !matches!(c, '\t' | '\n' | '\r')).collect();
    if seen.starts_with("#user-content-") {
        return true;
    }
    if let Some(path) = seen.strip_prefix('/') {
        return !path.starts_with(['/', '\\']) && !path.contains('\\');
    }
    match seen.split_once(':') {
        Some(("http" | "https", rest)) => {
            let authority = rest.trim_start_matches('/').split(['/', '?', '#']).next().unwrap_or_default();
            rest.starts_with("//") && !authority.is_empty() && !authority.contains(['@', '\\'])
        }
        Some(("mailto", rest)) => !rest.contains('?'),
        _ => false,
    }
}

#[test]
fn the_reader_sees_what_browsers_see() {
    for bad in [
        "<script>",
        "<SCRIPT/x>",
        "<img src=x onerror=y>",
        "<img/onerror='y'>",
        "<p style=\"x\">",
        "<!-- x -->",
        "<a href=\"javascript:x\">",
        "<a href=\" java\tscript:x\" rel=\"nofollow ugc noopener\">",
        "<a href=\"//x\" rel=\"nofollow ugc noopener\">",
        "<a href=\"/x\">",
        "<a href=\"https://u@x/\" rel=\"nofollow ugc noopener\">",
        "<li id=\"x\">",
        "<svg>",
        "<img src=\"https://x/y.png\">",
    ] {
        assert!(fault(bad).is_some(), "{bad}");
    }
    for good in [
        "<p>a &lt;script&gt; b</p>",
        "<a href=\"/u/ada\" rel=\"nofollow ugc noopener\">@ada</a>",
        "1 < 2",
        "<img src=\"/media/a.webp\" alt=\"onerror=x\">",
    ] {
        assert_eq!(fault(good), None, "{good}");
    }
}
