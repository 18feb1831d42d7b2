//! From Markdown to HTML that the sanitiser has not seen yet: the parser's options, and our changes to the tree in
//! order.

use comrak::nodes::{AstNode, NodeValue};
use comrak::{Arena, Node, Options};

use super::error::TextError;
use super::limits::Output;
use super::{Profile, footnotes, images, inline_only, links, mentions, tree};

/// Unsafe HTML and what was found on the way.
pub(super) struct Formatted {
    pub(super) html: String,
    pub(super) mentions: Vec<String>,
}

/// Formats `source`, whose size has been checked.
pub(super) fn format(source: &str, profile: Profile) -> Result<Formatted, TextError> {
    let options = options(profile);
    let arena = Arena::new();
    let root = match profile {
        Profile::Line => comrak::parse_document(&arena, &inline_only::prepare(source), &options),
        Profile::Post | Profile::Message => comrak::parse_document(&arena, source, &options),
    };
    tree::check(root)?;
    if profile == Profile::Line {
        inline_only::restore(root);
    }
    headings(root, &arena, profile);
    raw_html(root, &arena);
    images::apply(root, &arena, profile);
    links::apply(root, &arena);
    footnotes::apply(root, source);
    let mentions = mentions::apply(root, &arena)?;
    let mut output = Output::for_source(source.len());
    comrak::format_html(root, &options, &mut output).map_err(|_| TextError::OutputTooLarge)?;
    Ok(Formatted { html: output.text, mentions })
}

fn options(profile: Profile) -> Options<'static> {
    let mut options = Options::default();
    options.extension.autolink = true;
    options.extension.shortcodes = true;
    options.extension.strikethrough = true;
    options.extension.footnotes = profile != Profile::Line;
    options.extension.table = profile != Profile::Line;
    options.extension.tasklist = profile != Profile::Line;
    options.render.escape = true;
    options.render.tasklist_classes = true;
    options.render.hardbreaks = profile != Profile::Post;
    options
}

/// A new node holding `value`.
pub(super) fn node<'a>(arena: &'a Arena<'a>, value: NodeValue) -> Node<'a> {
    arena.alloc(AstNode::from(value))
}

/// Posts: two levels down, so that the page keeps its own levels 1 and 2. Messages: a bold paragraph.
fn headings<'a>(root: Node<'a>, arena: &'a Arena<'a>, profile: Profile) {
    for heading in root.descendants() {
        let NodeValue::Heading(found) = heading.data().value.clone() else { continue };
        if profile == Profile::Post {
            let mut demoted = found;
            demoted.level = (demoted.level + 2).min(6);
            heading.data_mut().value = NodeValue::Heading(demoted);
            continue;
        }
        heading.data_mut().value = NodeValue::Paragraph;
        let bold = node(arena, NodeValue::Strong);
        while let Some(child) = heading.first_child() {
            bold.append(child);
        }
        heading.append(bold);
    }
}

/// A block of raw HTML becomes a paragraph of its text, line by line. The formatter would escape it too, but without a
/// paragraph around it, and nobody mentioned in it would be found.
fn raw_html<'a>(root: Node<'a>, arena: &'a Arena<'a>) {
    let blocks: Vec<_> = root.descendants().filter(|n| matches!(n.data().value, NodeValue::HtmlBlock(_))).collect();
    for block in blocks {
        let NodeValue::HtmlBlock(html) = std::mem::replace(&mut block.data_mut().value, NodeValue::Paragraph) else {
            continue;
        };
        for line in html.literal.trim().lines() {
            if block.first_child().is_some() {
                block.append(node(arena, NodeValue::LineBreak));
            }
            block.append(node(arena, NodeValue::Text(line.trim().to_owned().into())));
        }
    }
}
