//! Names the anchors of footnotes. Many posts stand on one page, so the names carry a fingerprint of their text; and
//! they hold nothing that the author chose.

use std::collections::HashMap;

use comrak::Node;
use comrak::nodes::NodeValue;

/// Renames footnotes and their references to `fingerprint-number`.
pub(super) fn apply(root: Node<'_>, source: &str) {
    let print = fingerprint(source);
    let mut numbers: HashMap<String, usize> = HashMap::new();
    for node in root.descendants() {
        match &mut node.data_mut().value {
            NodeValue::FootnoteDefinition(note) => note.name = renamed(&mut numbers, print, &note.name),
            NodeValue::FootnoteReference(note) => note.name = renamed(&mut numbers, print, &note.name),
            _ => {}
        }
    }
}

fn renamed(numbers: &mut HashMap<String, usize>, print: u32, name: &str) -> String {
    let next = numbers.len() + 1;
    let number = *numbers.entry(name.to_owned()).or_insert(next);
    format!("{print:08x}-{number}")
}

/// FNV-1a, 32 bits: tells posts on one page apart, and is the same on every machine and in every release.
fn fingerprint(source: &str) -> u32 {
    source.bytes().fold(0x811C_9DC5, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}
