//! E-mail addresses with a space behind every character: "a n n a @ f e n m a i l . o r g".
//! Limit: finds such a chain around an `@` and closes it up; what it says is judged by [`super::email`].

use super::alloc::vec::Vec;
use super::email;
use super::fold::View;
use super::scene::Scene;
use super::types::Finding;

/// Most characters of a chain to each side of the sign.
const REACH: usize = 80;
/// Fewest characters to each side.
const FEWEST: usize = 3;
/// Words of one letter may follow.
const MOST_WORDS: usize = 3;

/// Reads the chain around the `@` at `at`.
pub(super) fn read(scene: &Scene<'_>, at: usize) -> Option<Finding> {
    let view = &scene.view;
    let part = |ch: char| ch.is_ascii_alphanumeric() || matches!(ch, '.' | '-' | '_' | '+');
    let alone = |at: usize| !view.ch(at).is_ascii_alphanumeric();
    let before = (1..=REACH)
        .take_while(|&step| at >= step * 2 && view.ch(at - step * 2 + 1) == ' ' && part(view.ch(at - step * 2)))
        .take_while(|&step| at == step * 2 || alone(at - step * 2 - 1))
        .count();
    let after = (1..=REACH)
        .take_while(|&step| view.ch(at + step * 2 - 1) == ' ' && part(view.ch(at + step * 2)))
        .take_while(|&step| alone(at + step * 2 + 1))
        .count();
    if before < FEWEST || after < FEWEST {
        return None;
    }
    (0..=MOST_WORDS).find_map(|words| {
        let mut closed = View::with_capacity(before + after);
        for at in (at - before * 2..=at + after.saturating_sub(words) * 2).step_by(2) {
            let (start, end) = view.bytes(at, at + 1);
            closed.push(view.ch(at), start, end);
        }
        let mut found = Vec::new();
        email::find(&Scene::new(closed.anchored(), &[], false), &mut found);
        found.pop()
    })
}
