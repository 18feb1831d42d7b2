//! The second wall: a short allow-list of elements and attributes, each value checked. Nothing here relies on what the
//! formatter before it promises.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use ammonia::{Builder, UrlRelative};

use super::{Profile, images, links};

/// Before every `id`, so that no text can take the place of an element of the page.
pub(super) const ID_PREFIX: &str = "user-content-";

const LINE: &[&str] = &["a", "br", "code", "del", "em", "span", "strong"];
const MESSAGE: &[&str] = &[
    "blockquote",
    "hr",
    "img",
    "input",
    "li",
    "ol",
    "p",
    "pre",
    "section",
    "sup",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
const POST: &[&str] = &["h3", "h4", "h5", "h6"];

/// Elements whose content is never words for a reader.
const DROPPED: &[&str] = &[
    "script",
    "style",
    "svg",
    "math",
    "iframe",
    "object",
    "embed",
    "noscript",
    "noembed",
    "noframes",
    "template",
    "textarea",
    "title",
    "xmp",
    "plaintext",
    "select",
    "head",
    "frameset",
];

const ATTRIBUTES: &[(&str, &[&str])] = &[
    ("a", &["href", "class", "id", "aria-label"]),
    ("code", &["class"]),
    ("img", &["src", "alt"]),
    ("input", &["type", "checked"]),
    ("li", &["class", "id"]),
    ("ol", &["start"]),
    ("section", &["class"]),
    ("span", &["class"]),
    ("sup", &["class"]),
    ("td", &["align"]),
    ("th", &["align"]),
];

/// The only classes besides `language-…`, with the element each may stand on.
const CLASSES: &[(&str, &str)] = &[
    ("a", "footnote-backref"),
    ("a", "mention"),
    ("li", "task"),
    ("section", "footnotes"),
    ("span", "host"),
    ("span", "mask"),
    ("sup", "footnote-ref"),
];

/// `html` without anything that is not on the list for `profile`.
pub(super) fn clean(html: &str, profile: Profile) -> String {
    static POSTS: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&[LINE, MESSAGE, POST]));
    static MESSAGES: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&[LINE, MESSAGE]));
    static LINES: LazyLock<Builder<'static>> = LazyLock::new(|| builder(&[LINE]));
    let builder = match profile {
        Profile::Post => &POSTS,
        Profile::Message => &MESSAGES,
        Profile::Line => &LINES,
    };
    let mut clean = builder.clean(html).to_string();
    clean.truncate(clean.trim_end().len());
    clean
}

fn builder(lists: &[&[&'static str]]) -> Builder<'static> {
    let tags: HashSet<&str> = lists.concat().into_iter().collect();
    let attributes = ATTRIBUTES.iter().filter(|(tag, _)| tags.contains(tag));
    let mut builder = Builder::empty();
    builder
        .tag_attributes(attributes.map(|(tag, names)| (*tag, names.iter().copied().collect())).collect())
        .clean_content_tags(DROPPED.iter().copied().collect())
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::PassThrough)
        .link_rel(Some("nofollow ugc noopener"))
        .id_prefix(Some(ID_PREFIX))
        .attribute_filter(value);
    if tags.contains("input") {
        let fixed = HashMap::from([
            ("input", HashMap::from([("type", "checkbox"), ("disabled", "")])),
            ("img", HashMap::from([("loading", "lazy")])),
        ]);
        builder.set_tag_attribute_values(fixed);
    }
    builder.tags(tags);
    builder
}

/// The value an allowed attribute may keep, or nothing.
fn value<'v>(tag: &str, name: &str, value: &'v str) -> Option<Cow<'v, str>> {
    match name {
        "href" => links::target(value).map(|target| Cow::Owned(target.href)),
        "src" => images::is_own_media(value).then_some(Cow::Borrowed(value)),
        "class" => classes(tag, value),
        "id" => is_footnote_id(value).then_some(Cow::Borrowed(value)),
        "start" => (value.len() <= 9 && value.bytes().all(|b| b.is_ascii_digit())).then_some(Cow::Borrowed(value)),
        "align" => matches!(value, "left" | "right" | "center").then_some(Cow::Borrowed(value)),
        "aria-label" => value.starts_with("Back to reference ").then_some(Cow::Borrowed(value)),
        "checked" => Some(Cow::Borrowed("")),
        "alt" | "rel" | "type" | "disabled" | "loading" => Some(Cow::Borrowed(value)),
        _ => None,
    }
}

fn classes<'v>(tag: &str, value: &str) -> Option<Cow<'v, str>> {
    let mut kept: Vec<Cow<'_, str>> = Vec::new();
    for class in value.split_ascii_whitespace() {
        // The formatter's own name for it.
        let class = if class == "task-list-item" { "task" } else { class };
        if CLASSES.contains(&(tag, class)) {
            kept.push(Cow::Borrowed(class));
        } else if tag == "code" && is_language(&class.to_ascii_lowercase()) {
            kept.push(Cow::Owned(class.to_ascii_lowercase()));
        }
    }
    (!kept.is_empty()).then(|| Cow::Owned(kept.join(" ")))
}

fn is_language(class: &str) -> bool {
    class.strip_prefix("language-").is_some_and(|name| {
        (1..=30).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b"+#-".contains(&b))
    })
}

/// `user-content-fn-…` and `user-content-fnref-…`, as `footnotes` names them.
fn is_footnote_id(id: &str) -> bool {
    let name = id.strip_prefix(ID_PREFIX).unwrap_or_default();
    let tail = name.strip_prefix("fnref-").or_else(|| name.strip_prefix("fn-")).unwrap_or_default();
    !tail.is_empty() && tail.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'a'..=b'f' | b'-'))
}
