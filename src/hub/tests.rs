//! What sockets may rely on.

#![allow(clippy::unwrap_used)]

use super::*;
use crate::ids::RoomId;

const ROOM: Stream = Stream::Room(RoomId(1));

fn frame(text: &str) -> Utf8Bytes {
    Utf8Bytes::from(text.to_owned())
}

fn seqs(pull: Pull) -> Option<Vec<i64>> {
    match pull {
        Pull::Frames(frames) => Some(frames.into_iter().map(|(seq, _)| seq).collect()),
        Pull::Behind => None,
    }
}

#[tokio::test]
async fn a_follower_is_woken_and_pulls_in_order() {
    let hub = Hub::default();
    let mut socket = hub.connect(Some(MemberId(1)), None);
    socket.follow(ROOM);
    assert_eq!(seqs(hub.pull(ROOM, 0, 10)), None, "an empty ring sends its reader to the log");
    hub.publish(ROOM, 7, frame("a"));
    hub.publish(ROOM, 8, frame("b"));
    assert_eq!(socket.wait().await.moved, [ROOM]);
    assert_eq!(seqs(hub.pull(ROOM, 6, 10)).unwrap(), [7, 8]);
    assert_eq!(seqs(hub.pull(ROOM, 6, 1)).unwrap(), [7]);
    assert_eq!(seqs(hub.pull(ROOM, 8, 10)).unwrap(), [0i64; 0]);
    assert_eq!(seqs(hub.pull(ROOM, 5, 10)), None, "6 may have existed before the ring");
}

#[test]
fn a_ring_stays_bounded_and_never_jumps_a_gap() {
    let mut ring = Ring::default();
    for seq in 1..=2000 {
        ring.push(seq, frame("x"));
    }
    assert_eq!(ring.after(0, 10), Pull::Behind);
    assert_eq!(seqs(ring.after(1488, 1)).unwrap(), [1489]);
    ring.push(1990, frame("again"));
    assert_eq!(seqs(ring.after(1999, 10)).unwrap(), [2000]);
    ring.push(2005, frame("after a gap"));
    assert_eq!(ring.after(2000, 10), Pull::Behind);
    ring.push(2006, frame(&"y".repeat(BIG)));
    ring.push(2007, frame(&"y".repeat(BIG)));
    assert_eq!(ring.after(2005, 10), Pull::Behind);
    assert_eq!(seqs(ring.after(2006, 10)).unwrap(), [2007]);
}

const BIG: usize = 200 * 1024;

#[tokio::test]
async fn a_dropped_socket_is_forgotten_and_a_slow_one_keeps_its_last_signals() {
    let hub = Hub::default();
    let mut slow = hub.connect(Some(MemberId(1)), Some(SessionId(4)));
    slow.follow(ROOM);
    for number in 0..200 {
        hub.whisper(ROOM, u64::MAX, &frame(&number.to_string()));
    }
    hub.end_session(SessionId(4));
    let wake = slow.wait().await;
    assert!(wake.signals.len() <= 65);
    assert_eq!(wake.signals.last(), Some(&Signal::SessionEnded));
    assert_eq!((hub.sockets(), hub.present(ROOM)), (1, vec![MemberId(1)]));
    drop(slow);
    assert_eq!((hub.sockets(), hub.is_followed(ROOM)), (0, false));
}
