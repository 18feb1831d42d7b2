//! Frames as they stand on the wire.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use serde_json::{Value, json};

use super::*;
use crate::clock::Moment;
use crate::error::{Error, Limited};
use crate::ids::{EntryId, MemberId, RoomId, Stream, TopicId};

fn one(value: &Value) -> Result<Frame, Refusal> {
    parse(&value.to_string()).unwrap().remove(0)
}

#[test]
fn requests_are_read_and_unknown_fields_ignored() {
    let frame = one(&json!({"t": "send", "id": 7, "room": 3, "nonce": "n", "body": "hi", "colour": "red"})).unwrap();
    assert_eq!(frame.id, Some(7));
    let Request::Send { room, nonce, body, reply_to: None, choice: None, consent: None } = frame.request else {
        panic!("not a plain send")
    };
    assert_eq!((room, nonce.as_str(), body.as_str()), (RoomId(3), "n", "hi"));
    let frame = one(&json!({"t": "sub", "stream": "t12", "after": 4})).unwrap();
    assert_eq!(frame.request, Request::Sub(Cursor { stream: Stream::Topic(TopicId(12)), after: Some(4) }));
    let frame = one(&json!({"t": "hello", "v": 1, "ticket": "x", "streams": [{"stream": "r1"}]})).unwrap();
    let Request::Hello(hello) = frame.request else { panic!("not a hello") };
    assert_eq!(hello.streams, [Cursor { stream: Stream::Room(RoomId(1)), after: None }]);
    let frame = one(&json!({"t": "send", "room": 1, "nonce": "n", "body": "b", "choice": "mask", "consent": {"token": "t", "ack": true}})).unwrap();
    assert!(matches!(
        frame.request,
        Request::Send { choice: Some(Wish::Mask), consent: Some(Consent { ack: true, .. }), .. }
    ));
}

#[test]
fn an_array_carries_several_and_one_bad_object_spoils_only_itself() {
    let frames = parse(r#"[{"t":"pong","ts":1},{"t":"wave","id":2},{"t":"sub","id":3,"stream":"x9"},{"t":"typing","room":1,"on":true}]"#).unwrap();
    assert_eq!(frames.len(), 4);
    assert_eq!(frames[1], Err(Refusal { id: Some(2), code: Code::UnknownType }));
    assert_eq!(frames[2], Err(Refusal { id: Some(3), code: Code::BadFrame }));
    assert!(frames[3].is_ok());
}

#[test]
fn what_is_no_frame_is_refused() {
    let many = format!("[{}]", vec![r#"{"t":"pong"}"#; MAX_BATCH + 1].join(","));
    let deep = "[".repeat(10_000);
    for text in ["", "hi", "1", "null", "[]", "{", "\"t\"", many.as_str(), deep.as_str()] {
        assert_eq!(parse(text).unwrap_err().code, Code::BadFrame, "{} bytes", text.len());
    }
    for value in [
        json!({}),
        json!({"t": 5}),
        json!({"t": "send", "room": "1"}),
        json!({"t": "sub", "stream": "r0"}),
        json!({"t": "sub", "stream": "é"}),
    ] {
        assert_eq!(one(&value).unwrap_err().code, Code::BadFrame);
    }
}

#[test]
fn every_request_name_is_a_request() {
    let fields =
        json!({"v": 1, "stream": "r1", "room": 1, "nonce": "n", "body": "b", "entry": 1, "rev": 1, "on": true});
    for name in Request::NAMES {
        let mut value = fields.clone();
        value["t"] = name.into();
        assert!(one(&value).is_ok(), "{name}");
    }
}

#[test]
fn frames_stand_on_the_wire_as_documented() {
    let stream = Stream::Room(RoomId(3));
    let text = |frame: &Outgoing| serde_json::from_str::<Value>(&encode(frame)).unwrap();
    assert_eq!(text(&Outgoing::Synced { stream, seq: 9 }), json!({"t": "synced", "stream": "r3", "seq": 9}));
    let done = Done::Published { seq: 9, at: Moment(5), dup: false, entry: Some(EntryId(4)), revision: 1 };
    assert_eq!(
        text(&Outgoing::Ok { id: Some(1), done }),
        json!({"t": "ok", "id": 1, "seq": 9, "at": 5, "dup": false, "entry": 4, "revision": 1})
    );
    assert_eq!(text(&Outgoing::Ok { id: None, done: Done::Nothing {} }), json!({"t": "ok"}));
    let ping = Outgoing::Ping { ts: Moment(1), heads: Heads::from([(stream, 4)]) };
    assert_eq!(text(&ping), json!({"t": "ping", "ts": 1, "heads": {"r3": 4}}));
    let void = Ev { stream, seq: 1, kind: EvKind::Void, at: Moment(1), by: Some(MemberId(2)), nonce: None, data: None };
    assert_eq!(
        text(&Outgoing::Ev(Box::new(void))),
        json!({"t": "ev", "stream": "r3", "seq": 1, "kind": "void", "at": 1, "by": 2})
    );
    let failure =
        Failure { code: Code::SlowMode, message: "Wait.".into(), retry_ms: Some(5), temporary: true, detail: None };
    let wanted =
        json!({"t": "err", "id": 2, "code": "slow_mode", "message": "Wait.", "retry_ms": 5, "temporary": true});
    assert_eq!(text(&Outgoing::Err { id: Some(2), failure: Box::new(failure) }), wanted);
}

#[test]
fn domain_errors_have_codes() {
    let limited = |quota| Error::Limited(Limited { quota, retry_after_s: 1, allowed: 1, window_s: 1 });
    for (error, code) in [
        (Error::NotFound, Code::NotFound),
        (Error::SignInNeeded, Code::Unauthenticated),
        (limited("slow_mode"), Code::SlowMode),
        (limited("message"), Code::RateLimited),
        (Error::Conflict("nonce_conflict", "".into()), Code::NonceConflict),
        (Error::Conflict("nobody_knows_this", "".into()), Code::Refused),
        (Error::field("body", "x"), Code::Invalid),
    ] {
        assert_eq!(Code::of(&error), code);
    }
}

/// Words in backticks at the beginning of table rows under a heading.
fn documented(document: &str, heading: &str) -> Vec<String> {
    let section = document.split("\n## ").find(|section| section.starts_with(heading)).unwrap_or_default();
    let rows = section.lines().filter_map(|line| line.strip_prefix("| `"));
    rows.filter_map(|row| row.split_once('`')).map(|(word, _)| word.to_owned()).collect()
}

/// The strings of a union type of the declarations.
fn declared(types: &str, name: &str) -> Vec<String> {
    let body = types
        .split(&format!("export type {name} ="))
        .nth(1)
        .and_then(|rest| rest.split(';').next())
        .unwrap_or_default();
    body.split('"').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn documentation_and_declarations_name_the_same_frames_and_codes() {
    let document = include_str!("../../docs/protocol.md");
    let types = include_str!("../../frontend/js/protocol.d.ts");
    let kinds: Vec<String> =
        EvKind::ALL.iter().map(|kind| serde_json::to_value(kind).unwrap().as_str().unwrap().to_owned()).collect();
    let codes: Vec<&str> = Code::ALL.iter().map(|code| code.as_str()).collect();
    for (heading, name, words) in [
        ("Client to server", "RequestName", Request::NAMES.to_vec()),
        ("Server to client", "FrameName", Outgoing::NAMES.to_vec()),
        ("Events", "EvKind", kinds.iter().map(String::as_str).collect()),
        ("Error codes", "ErrorCode", codes),
    ] {
        assert_eq!(documented(document, heading), words, "docs/protocol.md, {heading}");
        assert_eq!(declared(types, name), words, "protocol.d.ts, {name}");
    }
    let numbers: Vec<String> = Close::ALL.iter().map(|close| close.number().to_string()).collect();
    assert_eq!(documented(document, "Close codes"), numbers);
    for close in Close::ALL {
        let row = document.lines().find(|line| line.starts_with(&format!("| `{}`", close.number()))).unwrap();
        assert!(
            row.contains(&format!("`{}`", close.as_str()))
                && row.contains(if close.is_final() { "| no |" } else { "| yes |" }),
            "{row}"
        );
    }
}
