//! A member who replies in a topic over HTTP, one post after the other, and repeats what was not answered.

use serde_json::{Value, json};
use tokio::sync::watch;
use tokio::time::timeout;

use super::{Acked, Line, Orders, PATIENCE};
use crate::program::Home;

pub struct Poster {
    pub name: String,
    pub lines: Vec<Line>,
    /// Posts that were stored already when they were sent again.
    pub repeats: usize,
    url: String,
    token: String,
    client: reqwest::Client,
}

impl Poster {
    pub fn new(home: &Home, name: &str, token: String, topic: i64) -> Self {
        let url = format!("{}/api/v1/topics/{topic}/posts", home.base);
        Self { name: name.to_owned(), lines: Vec::new(), repeats: 0, url, token, client: reqwest::Client::new() }
    }

    /// Posts until told to be quiet and the last post is acknowledged.
    pub async fn run(mut self, mut orders: watch::Receiver<Orders>, acks: watch::Sender<u64>) -> Self {
        while !orders.borrow().quiet {
            let mut line = Line::new(&self.name, self.lines.len());
            let (start, done) = loop {
                let start = orders.borrow().starts;
                if let Ok((status, text)) = self.post(&line).await {
                    assert_eq!(status, 201, "{text}");
                    break (start, serde_json::from_str::<Value>(&text).unwrap());
                }
                let again = orders.wait_for(|orders| orders.starts > start);
                timeout(PATIENCE, again).await.expect("a broken request is followed by a new start").unwrap();
            };
            let [number, entry] = ["number", "id"].map(|field| done[field].as_i64().unwrap());
            line.acked = Some(Acked { number, entry, start });
            self.repeats += usize::from(done["dup"] == true);
            self.lines.push(line);
            acks.send_modify(|count| *count += 1);
        }
        self
    }

    async fn post(&self, line: &Line) -> Result<(u16, String), reqwest::Error> {
        let body = json!({ "nonce": line.nonce, "body": line.body });
        let answer = self.client.post(&self.url).bearer_auth(&self.token).json(&body).send().await?;
        Ok((answer.status().as_u16(), answer.text().await?))
    }
}
