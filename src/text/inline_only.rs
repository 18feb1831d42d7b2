//! The `Line` profile: makes the parser see one paragraph, whatever the lines begin with.

use comrak::Node;
use comrak::nodes::NodeValue;

/// Put before every line. White space to the rules of emphasis and links, but not to the rules of blocks, which know
/// ASCII space only; so no line can open a heading, list, quote, table, fence, HTML block or reference.
const GUARD: &str = "\u{2028} ";
const GUARD_CHAR: char = '\u{2028}';

/// `source` as one paragraph: guarded lines, no blank ones.
pub(super) fn prepare(source: &str) -> String {
    let mut text = String::with_capacity(source.len() + 64);
    for line in source.split(['\n', '\r', GUARD_CHAR]).map(str::trim).filter(|line| !line.is_empty()) {
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(GUARD);
        text.push_str(line);
    }
    text
}

/// Takes the guards out of the tree again.
pub(super) fn restore(root: Node<'_>) {
    for node in root.descendants() {
        match &mut node.data_mut().value {
            NodeValue::Text(text) if text.contains(GUARD_CHAR) => *text = without(text).into(),
            NodeValue::Code(code) if code.literal.contains(GUARD_CHAR) => {
                without(&code.literal).trim().clone_into(&mut code.literal);
            }
            NodeValue::HtmlInline(html) => *html = without(html),
            NodeValue::Link(link) | NodeValue::Image(link) => link.url = without(&link.url),
            _ => {}
        }
    }
}

fn without(text: &str) -> String {
    text.replace(GUARD, "").replace(GUARD_CHAR, "")
}
