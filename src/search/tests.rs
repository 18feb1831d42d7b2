//! What search promises.

#![allow(clippy::unwrap_used)]

mod living;

use super::excerpt::around;
use super::tokens::words;
use super::*;

fn texts(text: &str) -> Vec<String> {
    words(text).into_iter().map(|word| word.text).collect()
}

#[test]
fn words_are_folded_and_characters_without_spaces_stand_alone() {
    assert_eq!(texts("Café-Röhre, 10 nF"), ["cafe", "rohre", "10", "nf"]);
    assert_eq!(texts("日本語 test"), ["日", "本", "語", "test"]);
    assert_eq!(texts(&"a".repeat(500)), [""; 0]);
    assert_ne!(texts("が"), texts("か"), "a mark outside of Latin makes another letter");
    assert_ne!(texts("ёж"), texts("еж"));
    assert_eq!(texts("हिन्दी"), ["हिन्दी"]);
}

#[test]
fn a_query_is_understood_or_refused_and_never_hurts() {
    let parsed = parse("brass \"thread before\" -plastic in:chat").unwrap();
    assert_eq!(parsed.must, [vec!["brass"], vec!["thread", "before"]]);
    assert_eq!((parsed.not, parsed.place), (vec![vec!["plastic".to_owned()]], Place::Chat));
    assert_eq!(parse("日本").unwrap().must, [vec!["日", "本"]]);
    for hostile in
        ["(".repeat(5000), "\"".repeat(5000), "-".repeat(5000), "a:b^2 [* TO *] ~".repeat(9000), String::new()]
    {
        if let Ok(parsed) = parse(&hostile) {
            assert!(parsed.must.len() <= 16);
        }
    }
    assert!(parse("((((").is_err());
    assert_eq!(parse("cold \"-20 degrees\"").unwrap().must, [vec!["cold"], vec!["20", "degrees"]]);
    assert_eq!(parse("cold -\"20 degrees\"").unwrap().not, [vec!["20", "degrees"]]);
}

#[test]
fn an_excerpt_marks_whole_words_and_cuts_on_boundaries() {
    let text = format!("{} the Röhre glows {}", "ünï ".repeat(100), "end ".repeat(100));
    let parts = around(&text, &parse("rohre").unwrap());
    assert!(parts.iter().any(|(text, marked)| *marked && text == "Röhre"));
    assert!(parts.iter().map(|(text, _)| text.len()).sum::<usize>() < 400);
}
