//! Which images are shown: only files of this server. Showing others would tell a stranger's server who reads what.

use comrak::nodes::{NodeLink, NodeValue};
use comrak::{Arena, Node};

use super::{Profile, markdown, tree};

/// Turns every foreign image into a link with the image's description, or into the description when it is already in a
/// link.
pub(super) fn apply<'a>(root: Node<'a>, arena: &'a Arena<'a>, profile: Profile) {
    let images: Vec<_> = root.descendants().filter(|n| matches!(n.data().value, NodeValue::Image(_))).collect();
    for image in images {
        let NodeValue::Image(mut link) = image.data().value.clone() else { continue };
        if tree::in_image(image) {
            continue; // only its words count, as part of the outer description
        }
        if profile != Profile::Line && is_own_media(&link.url) {
            link.title = String::new();
            image.data_mut().value = NodeValue::Image(link);
            continue;
        }
        if image.first_child().is_none() {
            image.append(markdown::node(arena, NodeValue::Text("image".into())));
        }
        if tree::in_link(image) {
            tree::unwrap(image);
        } else {
            image.data_mut().value = NodeValue::Link(Box::new(NodeLink { url: link.url, title: String::new() }));
        }
    }
}

/// True for `/media/` followed by plain path segments; no query, no dot segments.
pub(super) fn is_own_media(url: &str) -> bool {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.');
    url.len() <= 200
        && url.strip_prefix("/media/").is_some_and(|path| {
            path.split('/').all(|part| !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain))
        })
}
