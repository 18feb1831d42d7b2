//! Any text in every profile: rendering ends, and what comes out holds no tag, attribute or address but the allowed.

#![no_main]

#[path = "../../src/text/tests/html.rs"]
#[allow(dead_code, reason = "the reader of HTML that the tests of `text` share")]
mod html;

use libfuzzer_sys::fuzz_target;
use tact_fuzz::text::{EXCERPT_CHARS, Profile, member_name, normalise, render};

fuzz_target!(|data: &[u8]| {
    let Ok(source) = normalise(&String::from_utf8_lossy(data), 64 * 1024) else { return };
    for profile in [Profile::Post, Profile::Message, Profile::Line] {
        let Ok(rendered) = render(&source, profile) else { continue };
        assert_eq!(html::fault(&rendered.html), None, "{}", rendered.html);
        assert!(rendered.excerpt.chars().count() <= EXCERPT_CHARS && !rendered.excerpt.contains('\n'));
        assert!(rendered.mentions.iter().all(|name| member_name(name).as_ref() == Ok(name)));
    }
});
