//! Finds `@name` and mask tokens in the visible words of a text (not in code, links or image descriptions) and marks
//! them up.

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};

use super::error::TextError;
use super::{limits, markdown, marks, names, tree};

/// Marks up all mentions and mask tokens below `root` and lists the mentioned names, each once.
pub(super) fn apply<'a>(root: Node<'a>, arena: &'a Arena<'a>) -> Result<Vec<String>, TextError> {
    let texts: Vec<_> = root
        .descendants()
        .filter(|n| matches!(&n.data().value, NodeValue::Text(text) if text.contains(['@', '['])))
        .collect();
    let mut found = Found::default();
    for node in texts {
        if tree::in_image(node) {
            continue;
        }
        let NodeValue::Text(text) = node.data().value.clone() else { continue };
        let pieces = found.split(&text, tree::in_link(node), opens_word(node))?;
        if pieces.is_empty() {
            continue;
        }
        for piece in pieces {
            node.insert_before(markdown::node(arena, piece));
        }
        node.detach();
    }
    Ok(found.names)
}

/// False when emphasised letters stand directly before `node`: `*ada*@example` is an address, not a mention.
fn opens_word(node: Node<'_>) -> bool {
    !node.previous_sibling().is_some_and(|before| {
        matches!(before.data().value, NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough)
    })
}

#[derive(Default)]
struct Found {
    names: Vec<String>,
    count: usize,
}

impl Found {
    /// The nodes that replace `text`; none when there is nothing to mark up.
    fn split(&mut self, text: &str, in_link: bool, opens_word: bool) -> Result<Vec<NodeValue>, TextError> {
        let mut pieces = Vec::new();
        let mut plain = String::new();
        let mut rest = text;
        while let Some(at) = rest.find(['@', '[']) {
            let (before, here) = rest.split_at(at);
            plain.push_str(before);
            let marked = if here.starts_with('[') {
                marks::mask_at(here)
            } else if !in_link && plain.chars().next_back().map_or(opens_word || !pieces.is_empty(), allows_before) {
                self.mention_at(here)?
            } else {
                None
            };
            if let Some((html, after)) = marked {
                if !plain.is_empty() {
                    pieces.push(NodeValue::Text(std::mem::take(&mut plain).into()));
                }
                pieces.push(NodeValue::Raw(html));
                rest = after;
            } else {
                let (sign, after) = here.split_at(1);
                plain.push_str(sign);
                rest = after;
            }
        }
        plain.push_str(rest);
        if !pieces.is_empty() && !plain.is_empty() {
            pieces.push(NodeValue::Text(plain.into()));
        }
        Ok(pieces)
    }

    /// When `text`, which begins with `@`, is a mention: its HTML and the rest.
    fn mention_at<'t>(&mut self, text: &'t str) -> Result<Option<(String, &'t str)>, TextError> {
        let Some((shown, rest)) = name_at(text) else { return Ok(None) };
        let name = shown.to_ascii_lowercase();
        self.count += 1;
        if self.count > limits::MAX_MENTIONS {
            return Err(TextError::TooManyMentions { max: limits::MAX_MENTIONS });
        }
        // A name holds nothing that HTML gives a meaning to.
        let html = format!("<a class=\"mention\" href=\"/u/{name}\">@{shown}</a>");
        if !self.names.contains(&name) {
            self.names.push(name);
        }
        Ok(Some((html, rest)))
    }
}

fn allows_before(c: char) -> bool {
    !c.is_alphanumeric() && !matches!(c, '_' | '.' | '-' | '+' | '/' | '@' | '%' | '=' | '&' | '~' | '#')
}

/// The name behind the `@` that `text` begins with, and what follows. Dots and hyphens at the end belong to the
/// sentence.
fn name_at(text: &str) -> Option<(&str, &str)> {
    let body = text.strip_prefix('@')?;
    let end = body.bytes().position(|b| !names::is_name_byte(b)).unwrap_or(body.len());
    let shown = body.get(..end)?.trim_end_matches(['.', '-']);
    let rest = body.get(shown.len()..)?;
    let goes_on = body.get(end..)?.chars().next().is_some_and(|c| c.is_alphanumeric() || c == '@');
    let fits = (names::MIN_NAME..=names::MAX_NAME).contains(&shown.len());
    (fits && !goes_on && names::is_well_shaped(shown) && !names::is_reserved(shown)).then_some((shown, rest))
}
