//! A view together with what stands around a value: keyword hits, code fences, how the digits were read.
//! Limit: it answers questions about places; what follows from the answers is up to the rules.

use super::alloc::{vec, vec::Vec};
use super::context::{self, Hit};
use super::fold::View;
use core::cell::OnceCell;

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

    /// The last keyword of `classes` that begins in `from..to` and fits `wanted`.
    fn last(&self, from: usize, to: usize, classes: u16, wanted: &dyn Fn(&Hit) -> bool) -> Option<&Hit> {
        let first = from / BLOCK;
        let end = self.blocks.len().min(to / BLOCK + 1);
        let blocks = self.blocks.get(first..end).unwrap_or_default();
        for (index, block) in blocks.iter().enumerate().rev() {
            let index = first + index;
            let hits = block.get_or_init(|| context::hits(&self.view, index * BLOCK, (index + 1) * BLOCK));
            for hit in hits.iter().rev() {
                if hit.class & classes != 0 && (from..to).contains(&hit.from) && wanted(hit) {
                    return Some(hit);
                }
            }
        }
        None
    }

    /// How many characters before `at` the nearest keyword of `classes` begins, within `reach`.
    pub(super) fn before(&self, at: usize, reach: usize, classes: u16) -> Option<usize> {
        self.last(at.saturating_sub(reach), at, classes, &|hit| hit.to <= at).map(|hit| at - hit.from)
    }

    /// Whether a keyword of `classes` begins within `reach` characters after `at`.
    pub(super) fn after(&self, at: usize, reach: usize, classes: u16) -> bool {
        self.last(at, at + reach, classes, &|_| true).is_some()
    }

    /// Whether a keyword of `classes` ends exactly at `at`.
    pub(super) fn ends_at(&self, at: usize, classes: u16) -> bool {
        self.last(at.saturating_sub(context::LONGEST), at, classes, &|hit| hit.to == at).is_some()
    }

    /// Whether a keyword of `classes` begins exactly at `at`.
    pub(super) fn starts_at(&self, at: usize, classes: u16) -> bool {
        self.after(at, 1, classes)
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
