//! The short commands: schema, members, tokens, index, check-up.

use clap::{Subcommand, ValueEnum};

use super::{demo, say};
use crate::access::{Credential, Role, Viewer};
use crate::accounts::filling::Filling;
use crate::accounts::{self, Applicant, Grant};
use crate::clock::Clock;
use crate::config::Config;
use crate::error::Error;
use crate::limits::Limits;
use crate::site::Site;
use crate::{app, search};

/// `tact member …`
#[derive(Debug, Subcommand)]
pub enum MemberCommand {
    /// Create a member; the password is printed
    Add {
        /// Login name
        name: String,
        /// Name as shown
        #[arg(long, default_value = "")]
        display: String,
    },
    /// Give a member standing
    Promote {
        /// Login name
        name: String,
        /// What they become
        role: Standing,
        /// Only on the board with this name in its URL
        #[arg(long, conflicts_with = "room")]
        board: Option<String>,
        /// Only in the room with this name in its URL
        #[arg(long)]
        room: Option<String>,
    },
    /// Give a member a new password, print it, and end their sessions
    Reset {
        /// Login name
        name: String,
    },
}

/// What a member can become.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum Standing {
    /// A plain member
    Member,
    /// Moderates the site, or one board or room
    Moderator,
    /// Runs the server
    Admin,
}

/// `tact token …`
#[derive(Debug, Subcommand)]
pub enum TokenCommand {
    /// Make an API token for a member and print it once
    Add {
        /// Login name
        member: String,
        /// What the token is for
        #[arg(long, default_value = "made at the console")]
        label: String,
        /// Days until it expires
        #[arg(long, default_value_t = 90)]
        days: u16,
    },
}

async fn open(config: Config) -> Result<Site, String> {
    app::open(config, Limits::new(Vec::new()), Clock::system()).await.map_err(|error| error.0)
}

/// What went wrong, as whoever sits at the console can act on it.
pub fn sentence(error: Error) -> String {
    match error {
        Error::Internal(cause) if cause.to_string().ends_with("in use by another process") => {
            format!("It did not work: {cause}. Another Tact runs on this data directory; stop it first.")
        }
        Error::Internal(cause) | Error::Unavailable(_, cause) => format!("It did not work: {cause}."),
        other => other.message().into_owned(),
    }
}

/// `tact migrate`
pub async fn migrate(config: Config) -> Result<(), String> {
    let site = open(config).await?;
    say(&format!("The schema is up to date. {} ({})", site.db.facts().version, site.db.facts().durability));
    site.db.close().await;
    Ok(())
}

/// `tact seed`
pub async fn seed(config: Config) -> Result<(), String> {
    let site = open(config).await?;
    let interrupted = accounts::filling::begun(&site).await.map_err(sentence)?.is_some();
    if !interrupted && !demo::is_empty(&site).await.map_err(sentence)? {
        return Err("This community is not empty; the sample one is only put into an empty one.".to_owned());
    }
    demo::fill(&site, &Filling::default()).await.map_err(sentence)?;
    say(&format!("Done. Every sample member has the password \"{}\".", demo::PASSWORD));
    site.db.close().await;
    Ok(())
}

/// `tact member …`
pub async fn member(config: Config, command: MemberCommand) -> Result<(), String> {
    let site = open(config).await?;
    match command {
        MemberCommand::Add { name, display } => {
            let password = site.clock.token();
            let applicant = Applicant { name, display, password: password.clone(), ..Applicant::default() };
            let member = accounts::add(&site, applicant, Role::Member).await.map_err(sentence)?;
            say(&format!("{} can sign in with the password {password}", member.name));
        }
        MemberCommand::Promote { name, role, board, room } => {
            let grant = match (role, board, room) {
                (Standing::Moderator, Some(board), _) => Grant::Board(board),
                (Standing::Moderator, None, Some(room)) => Grant::Room(room),
                (_, None, None) => Grant::Site(match role {
                    Standing::Member => Role::Member,
                    Standing::Moderator => Role::Moderator,
                    Standing::Admin => Role::Admin,
                }),
                _ => return Err("Only moderators can be tied to one board or room.".to_owned()),
            };
            accounts::promote(&site, &name, grant).await.map_err(sentence)?;
            say("Done. Their sessions were ended; they sign in again with their new rights.");
        }
        MemberCommand::Reset { name } => {
            let reset = accounts::reset(&site, &name).await.map_err(sentence)?;
            say(&format!("{} can sign in with the password {}", reset.name, reset.password));
        }
    }
    site.db.close().await;
    Ok(())
}

/// `tact token …`
pub async fn token(config: Config, command: TokenCommand) -> Result<(), String> {
    let site = open(config).await?;
    let TokenCommand::Add { member, label, days } = command;
    let found = demo::member_id(&site, &member).await.map_err(sentence)?;
    let loaded = crate::access::store::load(site.db.reads(), found, Credential::Console).await.map_err(sentence)?;
    let viewer = Viewer::Member(loaded.ok_or("There is no active member of that name.")?);
    let token = accounts::token_add(&site, &viewer, &label, days).await.map_err(sentence)?;
    say(&token.secret);
    site.db.close().await;
    Ok(())
}

/// `tact reindex`
pub async fn reindex(config: Config) -> Result<(), String> {
    let site = open(config).await?;
    let index = search::Index::open(&site.config.data.join("index")).map_err(sentence)?;
    let count = search::reindex(&site, &index, |done, of| {
        if done % 2000 == 0 || done == of {
            say(&format!("{done} of {of} entries"));
        }
    })
    .await
    .map_err(sentence)?;
    say(&format!("Indexed {count} entries."));
    site.db.close().await;
    Ok(())
}

/// `tact doctor`
pub async fn doctor(config: Config) -> Result<(), String> {
    say(&format!("Data directory  {}", config.data.display()));
    let https = config.is_https();
    let site = open(config).await?;
    say(&format!("Database        {} ({})", site.db.facts().version, site.db.facts().durability));
    site.db
        .probe()
        .await
        .map_err(|_| "The database does not take writes. Is the disk full or the folder read-only?".to_owned())?;
    say("Writes          work");
    let index = search::Index::open(&site.config.data.join("index"));
    say(if index.is_ok() {
        "Search index    can be opened"
    } else {
        "Search index    cannot be opened: run `tact reindex` while the server is stopped"
    });
    say(if https {
        "Public URL      https"
    } else {
        "Public URL      plain http: fine on this machine, not on the internet; set public_url to the https address"
    });
    say(if accounts::has_admin(&site).await.map_err(sentence)? {
        "Admin           there is one"
    } else {
        "Admin           none yet: start the server and open the link it prints"
    });
    site.db.close().await;
    Ok(())
}
