//! Cursors over the log: nothing missing, nothing twice, nothing that is gone.

use super::*;
use crate::clock::Moment;
use crate::ids::Stream;
use crate::outbox::{EventKind, NewEvent};

fn at(server: &Server, after: i64) -> Value {
    json!([{"stream": format!("r{}", server.room), "after": after}])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn replay_and_live_join_without_gap_or_repeat() {
    const EACH: i64 = 60;
    let server = Arc::new(server().await);
    let mut senders = Vec::new();
    for name in ["ann", "bob", "cem"] {
        let (server, viewer) = (Arc::clone(&server), server.member(name).await);
        senders.push(tokio::spawn(async move {
            for number in 0..EACH {
                server.send(&viewer, &number.to_string(), "one of many").await;
            }
        }));
    }
    let token = server.token(&server.noor).await;
    // The room's making, three joins, and the messages.
    let (mut last, wanted) = (0, 1 + 3 + 3 * EACH);
    while last < wanted {
        let mut client = server.client_with(&token, at(&server, last)).await;
        client.until("welcome").await;
        // A few events on each connection, then it is cut.
        for _ in 0..17 {
            if last == wanted {
                break;
            }
            let ev = client.until("ev").await;
            assert_eq!(ev["seq"].as_i64(), Some(last + 1));
            last += 1;
        }
    }
    for sender in senders {
        sender.await.unwrap();
    }
    assert_eq!(outbox::head(server.site.db.reads(), Stream::Room(server.room)).await.unwrap(), wanted);
}

#[tokio::test]
async fn synced_tells_where_the_replay_ended_and_ping_where_it_stands() {
    let server = server().await;
    let head = server.send(&server.noor, "a", "one").await.seq;
    let mut client = server.client(&server.noor, at(&server, 0)).await;
    assert_eq!(client.until("welcome").await["heads"][format!("r{}", server.room)], head);
    for seq in 1..=head {
        assert_eq!(client.until("ev").await["seq"], seq);
    }
    assert_eq!(client.until("synced").await["seq"], head);
    let next = server.send(&server.noor, "b", "two").await.seq;
    assert_eq!(client.until("ev").await["seq"], next);
    let ok = client.ask(json!({"t": "sub", "id": 1, "stream": format!("r{}", server.room), "after": next})).await;
    assert_eq!((&ok["head"], &ok["oldest"]), (&json!(next), &json!(1)));
    assert_eq!(client.until("synced").await["seq"], next);
    assert_eq!(client.ask(json!({"t": "unsub", "id": 2, "stream": format!("r{}", server.room)})).await["t"], "ok");
    server.send(&server.noor, "c", "three").await;
    server.settle().await;
    assert_eq!(client.ask(json!({"t": "unsub", "id": 3, "stream": "t1"})).await["id"], 3, "and no ev before it");
}

#[tokio::test]
async fn removed_and_masked_text_does_not_come_out_of_a_replay() {
    let server = server().await;
    let removed = server.send(&server.noor, "a", "the removed secret").await;
    let edited = server.send(&server.noor, "b", "the edited secret").await;
    server.remove(&server.noor, removed.entry.unwrap()).await;
    let change =
        publish::Submission::Edit { entry: edited.entry.unwrap(), revision: 1, title: None, body: "harmless".into() };
    publish::publish(&server.site, &server.noor, change, Envelope { nonce: "c".into(), ..Envelope::default() })
        .await
        .unwrap();
    let mut client = server.client(&server.noor, at(&server, 0)).await;
    let mut heard = Vec::new();
    loop {
        let frame = client.hear().await.unwrap();
        if frame["t"] == "synced" {
            break;
        }
        heard.push(frame);
    }
    let evs: Vec<_> = heard.iter().filter(|frame| frame["t"] == "ev").collect();
    let kinds: Vec<_> = evs.iter().map(|ev| ev["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["join", "message", "message", "removal", "edit"]);
    assert_eq!(
        (&evs[1]["data"]["state"], &evs[2]["data"]["source"]),
        (&json!("removed_by_author"), &json!("harmless"))
    );
    assert!(!heard.iter().any(|frame| frame.to_string().contains("secret")));
}

/// So many events in the room, in one transaction.
async fn happen(server: &Server, count: usize) {
    let (room, actor) = (server.room, server.noor.id());
    let job = move |tx: crate::db::Tx| async move {
        for _ in 0..count {
            let data = json!({});
            let event =
                NewEvent { stream: Stream::Room(room), kind: EventKind::PlaceChanged, entry: None, actor, data };
            outbox::append(&tx, Moment(0), event).await?;
        }
        Ok(())
    };
    server.site.db.write((), move |tx, _| job(tx)).await.unwrap();
}

#[tokio::test]
async fn a_cursor_that_cannot_be_served_is_reset() {
    let server = server().await;
    let room = server.room;
    happen(&server, 1001).await;
    let mut client = server.client(&server.noor, at(&server, 0)).await;
    let reset = client.until("reset").await;
    assert_eq!((&reset["reason"], &reset["head"], &reset["oldest"]), (&json!("too_far"), &json!(1002), &json!(1)));
    let stream = format!("r{room}");
    client.say(json!({"t": "sub", "id": 1, "stream": stream, "after": 1003})).await;
    assert_eq!(client.until("reset").await["reason"], "epoch");
    assert_eq!(client.ask(json!({"t": "sub", "id": 2, "stream": stream, "after": -1})).await["code"], "invalid");
    client.say(json!({"t": "sub", "id": 3, "stream": stream, "after": 2})).await;
    let mut last = 2;
    while last < 1002 {
        last += 1;
        assert_eq!(client.until("ev").await["seq"], last);
    }
    client.until("synced").await;
    let token = server.token(&server.noor).await;
    let mut other = server.knock(&[]).await.unwrap();
    other.say(json!({"t": "hello", "v": 1, "token": token, "epoch": "another", "streams": at(&server, 1002)})).await;
    assert_eq!(other.until("reset").await["reason"], "epoch");
}

#[tokio::test]
async fn a_reader_behind_the_ring_reads_the_log() {
    let server = server().await;
    let mut client = server.client(&server.noor, at(&server, 1)).await;
    client.until("synced").await;
    happen(&server, 700).await;
    for seq in 2..=701 {
        assert_eq!(client.until("ev").await["seq"], seq);
    }
}

#[tokio::test]
async fn a_topic_is_a_stream_too() {
    let server = server().await;
    let mara = server.member("mara").await;
    let board = testing_board(&server).await;
    let topic = publish::Submission::Topic { board, title: "Radios".into(), body: "Which one?".into() };
    let Outcome::Published(topic) =
        publish::publish(&server.site, &server.noor, topic, Envelope { nonce: "t".into(), ..Envelope::default() })
            .await
            .unwrap()
    else {
        panic!("not published")
    };
    let stream = format!("t{}", topic.topic.unwrap());
    let mut client = server.client(&mara, json!([{"stream": stream, "after": 0}])).await;
    let first = client.until("ev").await;
    assert_eq!(
        (&first["kind"], &first["data"]["number"], &first["stream"]),
        (&json!("post"), &json!(1), &json!(stream))
    );
    client.until("synced").await;
    let post = publish::Submission::Post { topic: topic.topic.unwrap(), reply_to: None, body: "The red one".into() };
    publish::publish(&server.site, &mara, post, Envelope { nonce: "p".into(), ..Envelope::default() }).await.unwrap();
    let second = client.until("ev").await;
    assert_eq!(
        (&second["data"]["number"], &second["data"]["reply_to"]["number"], &second["data"]["depth"]),
        (&json!(2), &json!(1), &json!(1))
    );
}

async fn testing_board(server: &Server) -> crate::ids::BoardId {
    use crate::entity::{board, section};
    use sea_orm::{ActiveValue::Set, EntityTrait};
    server
        .site
        .db
        .write((), |tx, _| async move {
            let section = section::ActiveModel { title: Set("All".into()), position: Set(1), ..Default::default() };
            let section = section::Entity::insert(section).exec(&*tx).await?.last_insert_id;
            let row = board::ActiveModel {
                section_id: Set(section),
                slug: Set("talk".into()),
                title: Set("Talk".into()),
                description: Set(String::new()),
                colour: Set(1),
                readers: Set(board::Readers::Public),
                writers: Set(board::Writers::Members),
                archived: Set(false),
                position: Set(1),
                ..Default::default()
            };
            Ok(board::Entity::insert(row).exec(&*tx).await?.last_insert_id)
        })
        .await
        .unwrap()
}
