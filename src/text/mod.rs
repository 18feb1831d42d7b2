//! Turns what people typed into safe HTML, plain text, mentions, names and slugs.
//!
//! Pure: no input or output, no clock. The only home of the Markdown parser and of the HTML sanitiser. The way of a
//! body: `normalise` → limits on the source → Markdown tree → limits on the tree → our changes to the tree → HTML →
//! allow-list. Raw HTML is shown as the text it is; the allow-list behind it is a second wall, not the first.

mod chars;
mod error;
mod excerpt;
mod footnotes;
mod images;
mod inline_only;
mod limits;
mod link_text;
mod links;
mod markdown;
mod marks;
mod mentions;
mod names;
mod normalise;
mod origin;
mod sanitise;
mod skeleton;
mod slug;
mod tree;
mod units;
mod visible;

#[cfg(test)]
mod tests;

pub use error::TextError;
pub use excerpt::EXCERPT_CHARS;
pub use limits::{MAX_LINE_PROFILE_CHARS, MAX_MESSAGE_CHARS, MAX_POST_BYTES};
pub use marks::mask_tokens;
pub use names::member_name;
pub use normalise::{line, normalise};
pub use origin::origin;
pub use skeleton::skeleton;
pub use slug::slug;
pub use units::utf16;

/// Raised whenever `render` gives other output for the same source; stored beside the output so that old rows can be
/// found.
pub const RENDERER_VERSION: i16 = 1;

/// Where a text will stand, which decides what formatting it may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Profile {
    /// A forum post: everything; headings begin at level 3 because the page owns 1 and 2.
    Post,
    /// A chat message: headings become bold paragraphs, every line break counts.
    Message,
    /// A bio or a room topic: emphasis, code, links and mentions only, no paragraphs.
    Line,
}

/// A text ready to be stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Safe HTML, to be put into a page as it is.
    pub html: String,
    /// What a reader sees, without any markup. Screened and indexed.
    pub plain: String,
    /// The beginning of `plain` on one line, at most [`EXCERPT_CHARS`] characters.
    pub excerpt: String,
    /// Lower-case names of the people mentioned, each once, in order, at most 50.
    pub mentions: Vec<String>,
}

/// Renders Markdown `source` for `profile`.
///
/// # Errors
/// A limit of the profile is passed (size, nesting, links, images, mentions, tables, size of the output), or a post or
/// message shows nothing; a line may be empty.
pub fn render(source: &str, profile: Profile) -> Result<Rendered, TextError> {
    render_within(source, profile, 1)
}

/// As [`render`], for a source in which values were hidden after it had passed the limits: its size may be up to three
/// times the limits, because a token can be longer than what it hides.
///
/// # Errors
/// As [`render`].
pub fn render_masked(source: &str, profile: Profile) -> Result<Rendered, TextError> {
    render_within(source, profile, limits::MASKED_SLACK)
}

fn render_within(source: &str, profile: Profile, slack: usize) -> Result<Rendered, TextError> {
    limits::check_source(source, profile, slack)?;
    let formatted = markdown::format(source, profile)?;
    let html = sanitise::clean(&formatted.html, profile);
    if html.len() > limits::MAX_OUTPUT_BYTES {
        return Err(TextError::OutputTooLarge);
    }
    let plain = visible::visible(&html);
    if profile != Profile::Line && !html.contains("<img ") && chars::is_blank(&plain) {
        return Err(TextError::Empty);
    }
    let excerpt = excerpt::excerpt(&plain);
    Ok(Rendered { html, plain, excerpt, mentions: formatted.mentions })
}
