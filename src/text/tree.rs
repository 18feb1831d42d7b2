//! The limits that need the parsed tree, checked before the tree is changed or formatted. One walk, no recursion.

use comrak::Node;
use comrak::arena_tree::NodeEdge;
use comrak::nodes::NodeValue;

use super::error::TextError;
use super::limits;

/// Refuses a tree that is too deep or holds too much of something.
pub(super) fn check(root: Node<'_>) -> Result<(), TextError> {
    let mut seen = Seen::default();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                seen.enter(&node.data().value)?;
                if matches!(node.data().value, NodeValue::Table(_)) {
                    check_table(node)?;
                }
            }
            NodeEdge::End(node) => seen.leave(&node.data().value),
        }
    }
    Ok(())
}

#[derive(Default)]
struct Seen {
    blocks: usize,
    inlines: usize,
    links: usize,
    images: usize,
    footnotes: usize,
}

impl Seen {
    fn enter(&mut self, value: &NodeValue) -> Result<(), TextError> {
        self.blocks += usize::from(is_container(value));
        self.inlines += usize::from(is_span(value));
        match value {
            NodeValue::Link(_) => self.links += 1,
            NodeValue::Image(_) => self.images += 1,
            NodeValue::FootnoteReference(_) => self.footnotes += 1,
            _ => {}
        }
        if self.blocks > limits::MAX_BLOCK_DEPTH || self.inlines > limits::MAX_INLINE_DEPTH {
            Err(TextError::TooDeep { max: limits::MAX_BLOCK_DEPTH })
        } else if self.links > limits::MAX_LINKS {
            Err(TextError::TooManyLinks { max: limits::MAX_LINKS })
        } else if self.images > limits::MAX_IMAGES {
            Err(TextError::TooManyImages { max: limits::MAX_IMAGES })
        } else if self.footnotes > limits::MAX_FOOTNOTES {
            Err(TextError::TooManyFootnotes { max: limits::MAX_FOOTNOTES })
        } else {
            Ok(())
        }
    }

    fn leave(&mut self, value: &NodeValue) {
        self.blocks -= usize::from(is_container(value));
        self.inlines -= usize::from(is_span(value));
    }
}

fn is_container(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::BlockQuote | NodeValue::Item(_) | NodeValue::TaskItem(_) | NodeValue::FootnoteDefinition(_)
    )
}

fn is_span(value: &NodeValue) -> bool {
    matches!(
        value,
        NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough | NodeValue::Link(_) | NodeValue::Image(_)
    )
}

fn check_table(table: Node<'_>) -> Result<(), TextError> {
    let columns = match &table.data().value {
        NodeValue::Table(table) => table.num_columns,
        _ => 0,
    };
    // The header is a row of the tree too.
    if columns > limits::MAX_COLUMNS || table.children().take(limits::MAX_ROWS + 2).count() > limits::MAX_ROWS + 1 {
        return Err(limits::table_too_large());
    }
    Ok(())
}

/// True when a link stands around `node`.
pub(super) fn in_link(node: Node<'_>) -> bool {
    has_ancestor(node, |value| matches!(value, NodeValue::Link(_)))
}

/// True when an image stands around `node`, which makes it part of the image's description.
pub(super) fn in_image(node: Node<'_>) -> bool {
    has_ancestor(node, |value| matches!(value, NodeValue::Image(_)))
}

fn has_ancestor(node: Node<'_>, is: fn(&NodeValue) -> bool) -> bool {
    node.ancestors().skip(1).any(|above| is(&above.data().value))
}

/// Puts the children of `node` where it stands and takes it out.
pub(super) fn unwrap(node: Node<'_>) {
    while let Some(child) = node.first_child() {
        node.insert_before(child);
    }
    node.detach();
}
