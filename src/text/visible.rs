//! What a reader sees of sanitised HTML, as plain text: for screening, search and excerpts.
//!
//! Reads only what the sanitiser writes, in which `<`, `>` and `&` never stand for themselves, neither in text nor in
//! values.

/// The visible text of `html`: a line for each block and each line break, spaces between table cells.
pub(super) fn visible(html: &str) -> String {
    let mut text = Text { out: String::with_capacity(html.len() / 2), verbatim: false };
    let mut rest = html;
    while let Some((words, tail)) = rest.split_once('<') {
        text.words(words);
        let Some((tag, tail)) = tail.split_once('>') else { break };
        text.tag(tag);
        rest = tail;
    }
    if !rest.is_empty() && !rest.contains('<') {
        text.words(rest);
    }
    text.out.truncate(text.out.trim_end().len());
    text.out
}

struct Text {
    out: String,
    verbatim: bool,
}

impl Text {
    fn words(&mut self, escaped: &str) {
        let words = decode(escaped);
        if self.verbatim {
            self.out.push_str(&words);
            return;
        }
        for c in words.chars() {
            if !c.is_whitespace() {
                self.out.push(c);
            } else if !self.out.is_empty() && !self.out.ends_with([' ', '\n']) {
                self.out.push(' ');
            }
        }
    }

    fn tag(&mut self, tag: &str) {
        let closing = tag.starts_with('/');
        let name = tag.trim_start_matches('/').split([' ', '/']).next().unwrap_or_default();
        match name {
            "img" => {
                if let Some((_, value)) = tag.split_once(" alt=\"") {
                    self.words(value.split('"').next().unwrap_or_default());
                }
            }
            // A raised number must not be read as part of the number before it.
            "td" | "th" | "sup" => self.words(" "),
            "pre" => {
                self.new_line();
                self.verbatim = !closing;
            }
            "blockquote" | "br" | "h3" | "h4" | "h5" | "h6" | "hr" | "li" | "ol" | "p" | "section" | "table" | "tr"
            | "ul" => self.new_line(),
            _ => {}
        }
    }

    fn new_line(&mut self) {
        if self.out.ends_with(' ') && !self.verbatim {
            self.out.pop();
        }
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
}

/// The five references that the sanitiser writes.
fn decode(text: &str) -> String {
    if !text.contains('&') {
        return text.to_owned();
    }
    // The ampersand last, or `&amp;lt;` would become `<`.
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&nbsp;", " ").replace("&amp;", "&")
}
