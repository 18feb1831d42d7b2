//! Nothing that people wrote, no address and no secret reaches what the program prints and logs, at the most talkative
//! level and in both formats; and what must not lie open in the data directory does not.
//!
//! Every way into the program is driven with words that stand nowhere else, the wrong ways too.

mod entering;
mod rough;
mod writing;

use std::sync::Mutex;

use serde_json::json;

use crate::actors::{Actor, PASSWORD};
use crate::canaries::holds;
use crate::program::{Home, Program};

/// Every canary in use, and whether the data directory may hold it.
#[derive(Default)]
pub struct Canaries(Mutex<Vec<(String, bool)>>);

impl Canaries {
    /// A word of its own, for a text that is stored as it is.
    pub fn word(&self, what: &str) -> String {
        self.keep(format!("qz{what}zq"), true)
    }

    /// The same for what is stored nowhere, or sealed, or as a hash.
    pub fn secret(&self, what: &str) -> String {
        self.keep(format!("qz{what}zq"), false)
    }

    /// A secret that the program made.
    pub fn found(&self, value: &str) -> String {
        assert!(value.len() > 8, "\"{value}\" is no secret");
        self.keep(value.to_owned(), false)
    }

    fn keep(&self, value: String, stored: bool) -> String {
        let mut all = self.0.lock().unwrap();
        if !all.iter().any(|(known, _)| *known == value) {
            all.push((value.clone(), stored));
        }
        value
    }

    /// Those that occur in a text: in letters, in hexadecimal digits, or as numbers.
    fn in_text(&self, text: &str) -> Vec<String> {
        self.among(text, |_| true)
    }

    /// The same for those that are stored nowhere, and so can only be an echo.
    fn echoes(&self, text: &str) -> Vec<String> {
        self.among(text, |stored| !stored)
    }

    fn among(&self, text: &str, wanted: impl Fn(bool) -> bool) -> Vec<String> {
        let lower = text.to_lowercase();
        let all = self.0.lock().unwrap();
        let occurs = |canary: &String| {
            let bytes = canary.as_bytes();
            let hex = bytes.iter().map(|byte| format!("{byte:02x}")).collect::<Vec<_>>().concat();
            let numbers = bytes.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            lower.contains(&canary.to_lowercase()) || lower.contains(&hex) || lower.contains(&numbers)
        };
        all.iter().filter(|(_, stored)| wanted(*stored)).map(|(canary, _)| canary.clone()).filter(occurs).collect()
    }
}

/// The server and who takes part.
pub struct Stage {
    pub home: Home,
    pub canaries: Canaries,
    /// Signed in, with a token.
    pub admin: Actor,
    pub mara: Actor,
}

impl Stage {
    /// Signs somebody up who has a token, all of it secret.
    pub async fn with_token(&self, actor: &mut Actor) {
        let page = actor.form("/settings/tokens", &[("label", &self.canaries.word("tokenlabel"))]).await;
        let secret = page.text.split("tact_pat_").nth(1).expect("the page shows the token");
        let secret: String =
            secret.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-' || *c == '_').collect();
        self.canaries.found(&secret);
        actor.token = Some(format!("tact_pat_{secret}"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_sings_in_the_text_log() {
    sing("text").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn no_canary_sings_in_the_json_log() {
    sing("json").await;
}

async fn sing(format: &str) {
    let home = Home::new().await;
    let settings = [("TACT_LOG", "trace"), ("TACT_LOG_FORMAT", format), ("TACT_EXEMPT", "127.0.0.1")];
    let program = home.start(&settings).await;
    let stage = entering::first_admin(home, &program).await;
    entering::members(&stage).await;
    writing::boards(&stage).await;
    writing::posts(&stage).await;
    writing::edits(&stage).await;
    writing::rooms(&stage).await;
    writing::profiles_and_search(&stage).await;
    writing::moderation(&stage).await;
    rough::bodies(&stage).await;
    rough::heads(&stage).await;
    rough::sockets(&stage).await;
    elsewhere(&stage).await;
    settled(&stage, &program).await;
    let printed = program.stop().await;
    assert!(printed.contains("/api/v1/topics/{id}/posts"), "the log tells something: {printed}");
    silent(&stage.canaries, &printed);
    let all = stage.canaries.0.lock().unwrap().clone();
    for (canary, _) in all.iter().filter(|(_, stored)| !stored) {
        let files = holds(stage.home.folder.path(), canary.as_bytes());
        assert!(files.is_empty(), "{canary} lies in {files:?}");
    }
}

/// Neither canaries nor addresses of clients are in what was printed.
fn silent(canaries: &Canaries, printed: &str) {
    // The link of the first start is meant for the console, and stands there once.
    let (invitations, rest): (Vec<_>, Vec<_>) = printed.lines().partition(|line| line.contains("/setup?key="));
    assert_eq!(invitations.len(), 1, "{invitations:?}");
    let told = |canary: &String| rest.iter().find(|line| line.contains(canary.as_str())).copied().unwrap_or("(coded)");
    let found: Vec<_> =
        canaries.in_text(&rest.join("\n")).iter().map(|canary| (canary.clone(), told(canary))).collect();
    assert!(found.is_empty(), "{found:#?}");
    // Settings name the address to listen on and the exempt one.
    let ours = ["(--listen)", "(TACT_EXEMPT)", "Limits do not apply to"];
    let log = rest.iter().filter(|line| !ours.iter().any(|setting| line.contains(setting)));
    let named: Vec<_> = log.filter(|line| line.contains("127.0.0.1") || line.contains("192.0.2.77")).collect();
    assert!(named.is_empty(), "{named:?}");
}

/// What others see: pages, errors and the state of the server.
async fn elsewhere(stage: &Stage) {
    let guest = stage.home.actor(None);
    let pages = ["/", "/chat", "/t/1", "/u/mara", "/search?q=nothing"];
    let others = ["/readyz", "/healthz", "/metrics", "/nowhere", "/t/999999", "/api/v1/entries/999999"];
    for path in pages.iter().chain(&others) {
        let answer = guest.get(path).await;
        assert_eq!(stage.canaries.echoes(&answer.text), [""; 0], "{path}");
    }
}

/// Waits until the index has everything, so that its log is complete too.
async fn settled(stage: &Stage, program: &Program) {
    let guest = stage.home.actor(None);
    let ready = async {
        while guest.get("/readyz").await.json()["events_behind"] != 0 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(20), ready)
        .await
        .unwrap_or_else(|_| panic!("{}", program.printed()));
    assert_eq!(stage.mara.api("POST", "/preview", Some(json!({ "body": PASSWORD }))).await.status, 200);
}
