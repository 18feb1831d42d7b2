//! Nothing raw anywhere else: the list of the design, each line a test. Values of six kinds go every way into the program,
//! and none comes out where it must not: not in answers, not in the database, not in the index, not over a socket.
//!
//! What the program logs is the business of `logs`; held text and addresses in files are that of `canaries`.

mod answers;
mod elsewhere;
mod index;
mod redacted;
pub mod tables;
mod waiting;

use serde_json::{Value, json};
use tact::entity::pii_policy::PolicyAction;
use tact::entity::place_role::PlaceKind;
use tact::pii::{Level, Rule};
use tact::publish::{Setting, set_setting};

use crate::actors::{Actor, Answer, World};

/// A text with a value of each kind.
pub const TEXT: &str = "Card 4539 1488 0343 6467 and SSN 512-34-5678.\n\nWrite to qzmara.okafor@fenmail.com. My password is \
     PurpleKaffee390.\n\nIBAN GB67 OFFI 7045 5853 0435 20\n\nkey-0f9e8d7c6b5a4938271605f4e3d2c1b0";

/// The values as [`bare`] leaves them.
const CANARIES: [&str; 6] = [
    "4539148803436467",
    "512345678",
    "qzmara.okafor",
    "purplekaffee390",
    "gb67offi70455853043520",
    "key0f9e8d7c6b5a4938271605f4e3d2c1b0",
];

/// A text in lower case without what can stand between the parts of a value, so that a slug or an address of a page that
/// carries one is recognised too.
fn bare(text: &str) -> String {
    text.to_lowercase().replace("%20", "").replace(|c: char| " -+_\t\r\n".contains(c), "")
}

/// The values that a text shows, plainly or in hexadecimal digits.
pub fn sung(text: &str) -> Vec<&'static str> {
    let text = bare(text);
    let hex = |canary: &str| canary.bytes().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
    CANARIES.into_iter().filter(|canary| text.contains(*canary) || text.contains(&hex(canary))).collect()
}

/// That an answer shows no value, neither in its head nor in its body.
#[track_caller]
pub fn quiet(answer: &Answer, what: &str) {
    head_quiet(answer, what);
    assert_eq!(sung(&answer.text), [""; 0], "{what}: {}", answer.text);
}

/// That no value stands in a head: not in a cookie, not in an address to go to.
#[track_caller]
pub fn head_quiet(answer: &Answer, what: &str) {
    assert_eq!(sung(&format!("{:?}", answer.headers)), [""; 0], "{what}: {:?}", answer.headers);
}

/// A site on which every rule warns, so that an author may publish anything anyway.
pub async fn lenient(world: &World) {
    let setting =
        Setting { action: PolicyAction::Warn, level: Level::Likely, audit: false, floor: false, exempt: None };
    for rule in Rule::ALL {
        let job =
            move |tx: tact::db::Tx, _| async move { set_setting(&*tx, (PlaceKind::Site, 0), *rule, setting).await };
        world.running.app.site.db.write((), job).await.unwrap();
    }
}

/// Publishes over the API what a warning was given for, and returns the answer.
pub async fn anyway(actor: &Actor, method: &str, path: &str, wish: &Value) -> Value {
    let mut wish = wish.clone();
    let warned = actor.api(method, path, Some(wish.clone())).await;
    assert_eq!(warned.status, 422, "{}", warned.text);
    wish["consent"] = warned.json()["warning"]["consent"].clone();
    (wish["choice"], wish["ack"]) = (json!("anyway"), json!(true));
    let done = actor.api(method, path, Some(wish)).await;
    assert!((200..300).contains(&done.status), "{}", done.text);
    done.json()
}

/// Name and number of the first room.
pub async fn room(actor: &Actor) -> (String, i64) {
    let rooms = actor.api("GET", "/rooms", None).await.json();
    (rooms[0]["slug"].as_str().unwrap().to_owned(), rooms[0]["id"].as_i64().unwrap())
}

#[test]
fn the_watch_sees_what_it_watches_for() {
    assert_eq!(sung(TEXT), CANARIES);
    assert_eq!(sung("/t/4/4539-1488-0343-6467"), ["4539148803436467"]);
    assert_eq!(sung("\\x717a6d6172612e6f6b61666f72"), ["qzmara.okafor"]);
    assert_eq!(sung("•••• 6467, q••••@f•••••.com"), [""; 0]);
    let found = tact::pii::scan(TEXT);
    let strong = found.iter().filter(|finding| finding.level >= Level::Likely);
    assert_eq!(strong.count(), CANARIES.len(), "{found:?}");
}
