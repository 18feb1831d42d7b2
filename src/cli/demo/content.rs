//! The content of the sample community as it stands in the files beside this one, and its order in time.

use serde::Deserialize;

use crate::entity::pii_policy::PolicyAction;

const FILES: [&str; 10] = [
    include_str!("community.toml"),
    include_str!("boards-desk.toml"),
    include_str!("boards-electronics.toml"),
    include_str!("boards-mechanical.toml"),
    include_str!("boards-news.toml"),
    include_str!("boards-parts.toml"),
    include_str!("boards-textiles.toml"),
    include_str!("boards-wood.toml"),
    include_str!("rooms.toml"),
    include_str!("review.toml"),
];

/// Everything.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub struct Community {
    pub member: Vec<Person>,
    pub section: Vec<Section>,
    pub board: Vec<Board>,
    pub topic: Vec<Topic>,
    pub room: Vec<Room>,
    pub held: Vec<Held>,
    pub flag: Vec<Flag>,
    pub edit: Vec<Edit>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Person {
    pub name: String,
    pub display: String,
    pub bio: String,
    pub role: String,
    pub board: Option<String>,
    pub joined_days_ago: i64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Section {
    pub slug: String,
    pub title: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Board {
    pub slug: String,
    pub section: String,
    pub title: String,
    pub description: String,
    pub colour: i16,
    pub read: String,
    #[serde(default)]
    pub policy: std::collections::BTreeMap<String, PolicyAction>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Topic {
    pub board: String,
    pub author: String,
    pub title: String,
    #[serde(default)]
    pub pinned: bool,
    #[serde(default)]
    pub locked: bool,
    pub hours_ago: f64,
    pub body: String,
    #[serde(default)]
    pub post: Vec<Post>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Post {
    pub author: String,
    pub hours_ago: f64,
    pub reply_to: Option<usize>,
    pub body: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Room {
    pub slug: String,
    pub title: String,
    pub topic: String,
    pub kind: String,
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub message: Vec<Message>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Message {
    pub author: String,
    pub minutes_ago: i64,
    pub reply_to: Option<usize>,
    pub body: String,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Held {
    pub author: String,
    pub topic: Option<String>,
    pub room: Option<String>,
    pub reply_to: Option<usize>,
    pub hours_ago: f64,
    pub body: String,
    pub decision: Option<String>,
    pub decided_by: Option<String>,
    pub decided_hours_ago: Option<f64>,
    pub reason: Option<String>,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Flag {
    pub topic: Option<String>,
    pub post: Option<usize>,
    pub room: Option<String>,
    pub message: Option<usize>,
    pub by: String,
    pub reason: String,
    pub note: String,
    pub hours_ago: f64,
}

#[derive(Debug, Clone, Deserialize)]
pub struct Edit {
    pub topic: String,
    pub post: usize,
    pub hours_ago: f64,
    pub body: String,
}

/// One thing somebody did.
pub struct Step<'a> {
    /// Seconds before the start of filling.
    pub seconds_ago: i64,
    /// What.
    pub what: What<'a>,
}

/// What somebody did.
pub enum What<'a> {
    Topic(&'a Topic),
    Post(&'a Topic, usize, &'a Post),
    Message(&'a Room, usize, &'a Message),
    Edit(&'a Edit),
    Held(&'a Held),
    Flag(&'a Flag),
}

/// Hours as whole seconds.
#[allow(clippy::cast_possible_truncation)] // a few thousand hours at most
pub fn seconds(hours: f64) -> i64 {
    (hours * 3600.0) as i64
}

/// Reads the files.
pub fn load() -> Result<Community, toml::de::Error> {
    let mut all = Community::default();
    for file in FILES {
        let part: Community = toml::from_str(file)?;
        all.member.extend(part.member);
        all.section.extend(part.section);
        all.board.extend(part.board);
        all.topic.extend(part.topic);
        all.room.extend(part.room);
        all.held.extend(part.held);
        all.flag.extend(part.flag);
        all.edit.extend(part.edit);
    }
    Ok(all)
}

/// Everything that happened, oldest first.
pub fn in_order(community: &Community) -> Vec<Step<'_>> {
    let mut steps = Vec::new();
    for topic in &community.topic {
        steps.push(Step { seconds_ago: seconds(topic.hours_ago), what: What::Topic(topic) });
        let posts = topic.post.iter().enumerate();
        steps.extend(
            posts
                .map(|(at, post)| Step { seconds_ago: seconds(post.hours_ago), what: What::Post(topic, at + 2, post) }),
        );
    }
    for room in &community.room {
        let messages = room.message.iter().enumerate();
        steps.extend(messages.map(|(at, message)| Step {
            seconds_ago: message.minutes_ago * 60,
            what: What::Message(room, at + 1, message),
        }));
    }
    steps.extend(
        community.edit.iter().map(|edit| Step { seconds_ago: seconds(edit.hours_ago), what: What::Edit(edit) }),
    );
    steps.extend(
        community.held.iter().map(|held| Step { seconds_ago: seconds(held.hours_ago), what: What::Held(held) }),
    );
    steps.extend(
        community.flag.iter().map(|flag| Step { seconds_ago: seconds(flag.hours_ago), what: What::Flag(flag) }),
    );
    steps.sort_by_key(|step| std::cmp::Reverse(step.seconds_ago));
    steps
}
