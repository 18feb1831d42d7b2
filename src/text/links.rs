//! Which links are followed, and how they are written. One policy, used on the tree and again by the sanitiser.

use comrak::nodes::NodeValue;
use comrak::{Arena, Node};
use url::Url;

use super::{chars, link_text, markdown, tree};

/// Where an allowed link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Target {
    /// The address in canonical form: punycode host, percent-encoded, no white space.
    pub(super) href: String,
    /// The other end, as far as a reader must know it.
    pub(super) end: End,
}

/// The other end of a link.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum End {
    /// A host in ASCII form.
    Host(String),
    /// An e-mail address.
    Mail(String),
    /// This server.
    Here,
}

/// The host that stands for "this server" while a path is resolved; never leaves this file.
const BASE: &str = "https://here.invalid/";

/// Allows `http`, `https` and `mailto` without user information, paths of this server, and jumps inside a text.
pub(super) fn target(url: &str) -> Option<Target> {
    let url = url.trim();
    if let Some(name) = url.strip_prefix('#') {
        return fragment(name);
    }
    if url.starts_with('/') {
        return here(url);
    }
    let mut parsed = Url::parse(url).ok()?;
    let end = match parsed.scheme() {
        "http" | "https" if parsed.username().is_empty() && parsed.password().is_none() => {
            End::Host(parsed.host_str()?.to_owned())
        }
        "mailto" => {
            // A query could fill in recipients and words that the reader has not seen.
            parsed.set_query(None);
            parsed.set_fragment(None);
            let address = parsed.path();
            if !is_address(address) {
                return None;
            }
            End::Mail(address.to_owned())
        }
        _ => return None,
    };
    Some(Target { href: parsed.into(), end })
}

fn is_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(name, host)| {
        !name.is_empty()
            && !host.is_empty()
            && !host.contains('@')
            && text.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\,;:%".contains(&b))
    })
}

fn fragment(name: &str) -> Option<Target> {
    let plain = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    let name = name.strip_prefix(super::sanitise::ID_PREFIX).unwrap_or(name);
    plain.then(|| Target { href: format!("#{}{name}", super::sanitise::ID_PREFIX), end: End::Here })
}

/// A path of this server. Resolved as a browser does, since `/\t/host`, `/\host` and `/.//host` all lead elsewhere.
fn here(path: &str) -> Option<Target> {
    let base = Url::parse(BASE).ok()?;
    let resolved = base.join(path).ok()?;
    let href = resolved.as_str().strip_prefix(BASE)?;
    if href.starts_with(['/', '\\']) {
        return None;
    }
    Some(Target { href: format!("/{href}"), end: End::Here })
}

/// Writes every allowed link in canonical form, shows where it leads when its text says otherwise, and takes the others
/// out, leaving their text.
pub(super) fn apply<'a>(root: Node<'a>, arena: &'a Arena<'a>) {
    let links: Vec<_> = root.descendants().filter(|n| matches!(n.data().value, NodeValue::Link(_))).collect();
    for node in links {
        let NodeValue::Link(mut link) = node.data().value.clone() else { continue };
        let allowed = if tree::in_link(node) { None } else { target(&link.url) };
        let Some(allowed) = allowed else {
            tree::unwrap(node);
            continue;
        };
        link.url.clone_from(&allowed.href);
        // A title is seen by some readers only, and by no screening of the visible text.
        link.title = String::new();
        node.data_mut().value = NodeValue::Link(link);
        let pictured = node.descendants().any(|n| matches!(n.data().value, NodeValue::Image(_)));
        let text = node.collect_text();
        if !pictured && chars::is_blank(&text) {
            node.append(markdown::node(arena, NodeValue::Text(link_text::name(&allowed.end).to_owned().into())));
        } else if let Some(end) = link_text::contradicted(&text, &allowed.end) {
            node.insert_after(markdown::node(arena, NodeValue::Raw(link_text::disclosure(&end))));
        }
    }
}
