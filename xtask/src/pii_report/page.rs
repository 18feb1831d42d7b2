//! Puts tables into `docs/detector.md`, each between its two marks. Limit: what stands outside the marks is kept as it is.

use crate::run::{root, say};

const PAGE: &str = "docs/detector.md";

/// The mark of Tact's own figures.
pub const FIGURES: &str = "figures";
/// The mark of the comparison with other tools.
pub const PEERS: &str = "peers";

/// Replaces the part of the page under a mark.
pub fn put(mark: &str, part: &str) -> Result<(), String> {
    let path = root().join(PAGE);
    let page = std::fs::read_to_string(&path).map_err(|error| format!("{PAGE}: {error}"))?;
    let page = replaced(&page, mark, part).ok_or_else(|| format!("{PAGE}: the marks of {mark} are missing"))?;
    std::fs::write(&path, page).map_err(|error| format!("{PAGE}: {error}"))?;
    say(&format!("{PAGE} holds the {mark} now"));
    Ok(())
}

fn replaced(page: &str, mark: &str, part: &str) -> Option<String> {
    let (begin, end) = (format!("<!-- {mark}: begin -->\n"), format!("<!-- {mark}: end -->"));
    let (before, rest) = page.split_once(&begin)?;
    let (_, after) = rest.split_once(&end)?;
    Some(format!("{before}{begin}{}\n{end}{after}", part.trim_end()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_part_between_its_marks_changes() {
        let page = "a\n<!-- x: begin -->\nold\n<!-- x: end -->\nb\n<!-- y: begin -->\nkept\n<!-- y: end -->\n";
        let after = replaced(page, "x", "new\n\n");
        assert_eq!(after.as_deref(), Some(page.replace("old", "new").as_str()));
        assert_eq!(replaced(page, "z", "new"), None);
    }

    #[test]
    fn the_page_has_both_marks() {
        let page = std::fs::read_to_string(root().join(PAGE)).unwrap_or_default();
        assert!(replaced(&page, FIGURES, "").is_some() && replaced(&page, PEERS, "").is_some());
    }
}
