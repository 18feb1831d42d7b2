//! A view together with what stands around a value: keyword hits, code fences, how the digits were read.
//! Limit: it answers questions about places; what follows from the answers is up to the rules.

use super::context::{self, Hit};
use super::fold::View;
use std::cell::OnceCell;

/// Keywords are looked for in blocks of so many characters, and only where somebody asks.
const BLOCK: usize = 256;

/// One reading of the text, ready for the rules.
pub(super) struct Scene<'f> {
    pub(super) view: View,
    /// Digits may come from words or letters, so a number needs a keyword.
    pub(super) said: bool,
    fences: &'f [(usize, usize)],
    blocks: Vec<OnceCell<Vec<Hit>>>,
}

impl<'f> Scene<'f> {
    pub(super) fn new(view: View, fences: &'f [(usize, usize)], said: bool) -> Self {
        let blocks = vec![OnceCell::new(); view.len() / BLOCK + 1];
        Self { view, said, fences, blocks }
    }

    /// The keywords that begin in `from..to`.
    fn hits(&self, from: usize, to: usize) -> impl DoubleEndedIterator<Item = &Hit> {
        let blocks = self.blocks.iter().enumerate().skip(from / BLOCK).take(to / BLOCK - from / BLOCK + 1);
        blocks
            .flat_map(move |(index, block)| {
                block.get_or_init(|| context::hits(&self.view, index * BLOCK, (index + 1) * BLOCK))
            })
            .filter(move |hit| (from..to).contains(&hit.from))
    }

    /// How many characters before `at` the nearest keyword of `classes` begins, within `reach`.
    pub(super) fn before(&self, at: usize, reach: usize, classes: u16) -> Option<usize> {
        let mut near = self.hits(at.saturating_sub(reach), at).rev();
        near.find(|hit| hit.class & classes != 0 && hit.to <= at).map(|hit| at - hit.from)
    }

    /// Whether a keyword of `classes` begins within `reach` characters after `at`.
    pub(super) fn after(&self, at: usize, reach: usize, classes: u16) -> bool {
        self.hits(at, at + reach).any(|hit| hit.class & classes != 0)
    }

    /// Whether a keyword of `classes` ends exactly at `at`.
    pub(super) fn ends_at(&self, at: usize, classes: u16) -> bool {
        self.hits(at.saturating_sub(context::LONGEST), at).any(|hit| hit.to == at && hit.class & classes != 0)
    }

    /// Whether a keyword of `classes` begins exactly at `at`.
    pub(super) fn starts_at(&self, at: usize, classes: u16) -> bool {
        self.hits(at, at + 1).any(|hit| hit.class & classes != 0)
    }

    /// Whether the cell at `at` lies in a fenced code block.
    pub(super) fn in_fence(&self, at: usize) -> bool {
        let (byte, _) = self.view.bytes(at, at + 1);
        let next = self.fences.partition_point(|fence| fence.0 <= byte);
        next.checked_sub(1).and_then(|last| self.fences.get(last)).is_some_and(|fence| byte < fence.1)
    }
}

/// The byte ranges of closed fenced code blocks (three back-ticks or tildes at the start of a line).
pub(super) fn fences(text: &str) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    let mut open: Option<(usize, &str)> = None;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let body = line.trim_start();
        let found = ["```", "~~~"].into_iter().find(|mark| body.starts_with(mark));
        match (open, found) {
            (None, Some(mark)) => open = Some((at, mark)),
            (Some((start, opened)), Some(mark)) if opened == mark => {
                out.push((start, at + line.len()));
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    out
}
