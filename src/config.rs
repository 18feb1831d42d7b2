//! Settings of one server: from defaults, a TOML file, the environment (`TACT_…`) and flags, the later ones win.
//!
//! Every value remembers where it came from, so that `tact serve` can print it and a refusal can name it.

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use url::Url;

/// Where a setting came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// Built in.
    Default,
    /// The configuration file.
    File(PathBuf),
    /// An environment variable, by name.
    Environment(String),
    /// A command line flag, by name.
    Flag(&'static str),
}

impl std::fmt::Display for Origin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Environment(name) => f.write_str(name),
            Self::Flag(name) => f.write_str(name),
        }
    }
}

/// A refused setting, as a sentence.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct ConfigError(pub String);

/// The settings a server runs with.
#[derive(Debug, Clone)]
pub struct Config {
    /// Folder for the database, the keys, and the search index.
    pub data: PathBuf,
    /// Address to listen on.
    pub listen: SocketAddr,
    /// `sqlite` (a file in the data folder) or a `postgres://` URL.
    pub database: Database,
    /// How the world reaches this server; the only source of absolute URLs and of the allowed Origin.
    pub public_url: Url,
    /// Whether browsers are told to use https for every host below this one too (HSTS `includeSubDomains`).
    pub hsts_subdomains: bool,
    /// Name of the community.
    pub site_name: String,
    /// Addresses of reverse proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<IpAddr>,
    /// Addresses that no limit applies to: load tests, monitoring. Named at start.
    pub exempt: Vec<IpAddr>,
    /// Whether guests may create an account.
    pub sign_up: bool,
    /// How many days a held text waits for a moderator before it goes back to its author, 1 to 90.
    pub hold_days: u16,
    /// Log filter in the syntax of `tracing` directives.
    pub log: String,
    /// `text` or `json`.
    pub log_json: bool,
    settled: Vec<(&'static str, String, Origin)>,
}

/// Which database.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Database {
    /// The embedded one: a file.
    Sqlite(PathBuf),
    /// A PostgreSQL server, by URL.
    Postgres(String),
}

const KEYS: [(&str, &str); 12] = [
    ("data", "data"),
    ("listen", "127.0.0.1:8080"),
    ("database", "sqlite"),
    ("public_url", ""),
    ("hsts_subdomains", "false"),
    ("site_name", "Tact"),
    ("trusted_proxies", ""),
    ("exempt", ""),
    ("sign_up", "true"),
    ("hold_days", "7"),
    ("log", "info,sea_orm_migration=warn,sqlx=warn,tantivy=warn"),
    ("log_format", "text"),
];

/// Raw values by key, with their origin, as they are collected.
#[derive(Debug, Default)]
pub struct Sources(BTreeMap<&'static str, (String, Origin)>);

impl Sources {
    /// Starts from the defaults.
    pub fn new() -> Self {
        Self(KEYS.iter().map(|(key, value)| (*key, ((*value).to_owned(), Origin::Default))).collect())
    }

    /// Adds a TOML file; unknown keys are refused by name.
    pub fn file(&mut self, path: &Path) -> Result<(), ConfigError> {
        let text = std::fs::read_to_string(path).map_err(|error| {
            ConfigError(format!("The configuration file {} cannot be read: {error}.", path.display()))
        })?;
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| {
            ConfigError(format!("{} is not valid TOML: {}.", path.display(), error.message()))
        })?;
        for (name, value) in table {
            let key = known(&name).ok_or_else(|| {
                ConfigError(format!("{}: there is no setting `{name}`. Settings are: {}.", path.display(), names()))
            })?;
            let text = match value {
                toml::Value::String(text) => text,
                toml::Value::Array(list) => list.iter().filter_map(toml::Value::as_str).collect::<Vec<_>>().join(","),
                toml::Value::Boolean(value) => value.to_string(),
                toml::Value::Integer(value) => value.to_string(),
                _ => {
                    return Err(ConfigError(format!(
                        "{}: `{name}` must be a text, a number, a truth value or a list.",
                        path.display()
                    )));
                }
            };
            self.0.insert(key, (text, Origin::File(path.to_owned())));
        }
        Ok(())
    }

    /// Adds environment variables `TACT_<KEY>`; unknown ones are refused by name.
    pub fn environment(&mut self, variables: impl Iterator<Item = (String, String)>) -> Result<(), ConfigError> {
        for (name, value) in variables {
            let Some(rest) = name.strip_prefix("TACT_") else { continue };
            let lower = rest.to_ascii_lowercase();
            if lower == "config" || lower.starts_with("test_") {
                continue;
            }
            let key = known(&lower).ok_or_else(|| {
                ConfigError(format!("{name}: there is no setting `{lower}`. Settings are: {}.", names()))
            })?;
            self.0.insert(key, (value, Origin::Environment(name)));
        }
        Ok(())
    }

    /// Adds one flag.
    pub fn flag(&mut self, key: &'static str, flag: &'static str, value: Option<String>) {
        if let Some(value) = value {
            self.0.insert(key, (value, Origin::Flag(flag)));
        }
    }

    /// Checks every value and builds the configuration.
    pub fn settle(self) -> Result<Config, ConfigError> {
        let data = PathBuf::from(self.text("data"));
        let listen: SocketAddr = self.parse("listen", "an address and a port such as 127.0.0.1:8080")?;
        let database = self.database(&data)?;
        Ok(Config {
            listen,
            database,
            public_url: self.public_url(listen)?,
            hsts_subdomains: self.parse("hsts_subdomains", "`true` or `false`")?,
            site_name: self.site_name()?,
            trusted_proxies: self.addresses("trusted_proxies")?,
            exempt: self.addresses("exempt")?,
            sign_up: self.parse("sign_up", "`true` or `false`")?,
            hold_days: self.days("hold_days")?,
            log: self.text("log").to_owned(),
            log_json: self.one_of("log_format", &["text", "json"])? == "json",
            data,
            settled: self.shown(),
        })
    }

    fn text(&self, key: &str) -> &str {
        self.0.get(key).map_or("", |(value, _)| value)
    }

    fn refuse(&self, key: &str, wanted: &str) -> ConfigError {
        let origin = self.0.get(key).map_or(Origin::Default, |(_, origin)| origin.clone());
        let value = if key == "database" { "the given value" } else { self.text(key) };
        ConfigError(format!("The setting `{key}` (from {origin}) must be {wanted}; it is {value}."))
    }

    fn parse<T: std::str::FromStr>(&self, key: &str, wanted: &str) -> Result<T, ConfigError> {
        self.text(key).trim().parse().map_err(|_| self.refuse(key, wanted))
    }

    fn one_of<'a>(&self, key: &str, values: &[&'a str]) -> Result<&'a str, ConfigError> {
        let text = self.text(key);
        values.iter().find(|value| **value == text).copied().ok_or_else(|| self.refuse(key, &values.join(" or ")))
    }

    fn days(&self, key: &str) -> Result<u16, ConfigError> {
        let wanted = "a number of days from 1 to 90";
        let days: u16 = self.parse(key, wanted)?;
        if (1..=90).contains(&days) { Ok(days) } else { Err(self.refuse(key, wanted)) }
    }

    fn addresses(&self, key: &str) -> Result<Vec<IpAddr>, ConfigError> {
        let items = self.text(key).split(',').map(str::trim).filter(|item| !item.is_empty());
        items
            .map(|item| item.parse().map_err(|_| self.refuse(key, "a list of IP addresses, separated by commas")))
            .collect()
    }

    fn database(&self, data: &Path) -> Result<Database, ConfigError> {
        let text = self.text("database").trim();
        if text == "sqlite" {
            return Ok(Database::Sqlite(data.join("tact.db")));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Database::Postgres(text.to_owned()));
        }
        Err(self.refuse("database", "`sqlite` or a postgres://user@host/name URL"))
    }

    fn public_url(&self, listen: SocketAddr) -> Result<Url, ConfigError> {
        let text = self.text("public_url").trim();
        let default = || format!("http://localhost:{}", listen.port());
        let url = Url::parse(&if text.is_empty() { default() } else { text.to_owned() });
        match url {
            Ok(url) if matches!(url.scheme(), "http" | "https") && url.path() == "/" && url.host().is_some() => Ok(url),
            _ => Err(self.refuse("public_url", "a URL such as https://forum.example without a path")),
        }
    }

    fn site_name(&self) -> Result<String, ConfigError> {
        let name = self.text("site_name").trim();
        if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
            return Err(self.refuse("site_name", "1 to 40 characters without control characters"));
        }
        Ok(name.to_owned())
    }

    fn shown(&self) -> Vec<(&'static str, String, Origin)> {
        let show = |(key, (value, origin)): (&&'static str, &(String, Origin))| {
            let hidden = *key == "database" && value != "sqlite";
            (*key, if hidden { "postgres (address not shown)".to_owned() } else { value.clone() }, origin.clone())
        };
        self.0.iter().map(show).collect()
    }
}

impl Config {
    /// Each setting with its value and origin, for the start-up banner; passwords are not among them.
    pub fn settled(&self) -> &[(&'static str, String, Origin)] {
        &self.settled
    }

    /// Whether members reach this server over https.
    pub fn is_https(&self) -> bool {
        self.public_url.scheme() == "https"
    }

    /// The public origin as browsers send it: scheme, host, and port when it is not the scheme's own.
    pub fn origin(&self) -> String {
        self.public_url.origin().ascii_serialization()
    }

    /// An absolute URL of a path that starts with a slash.
    pub fn absolute(&self, path: &str) -> String {
        format!("{}{path}", self.origin())
    }
}

fn known(name: &str) -> Option<&'static str> {
    KEYS.iter().map(|(key, _)| *key).find(|key| *key == name)
}

fn names() -> String {
    KEYS.map(|(key, _)| key).join(", ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn later_sources_win_and_remember_their_origin() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tact.toml");
        std::fs::write(&path, "site_name = \"From file\"\nlisten = \"127.0.0.1:1\"\nexempt = [\"127.0.0.9\"]\n")
            .unwrap();
        let mut sources = Sources::new();
        sources.file(&path).unwrap();
        sources.environment([("TACT_LISTEN".to_owned(), "127.0.0.1:2".to_owned())].into_iter()).unwrap();
        sources.flag("data", "--data", Some("/tmp/x".to_owned()));
        let config = sources.settle().unwrap();
        assert_eq!(config.site_name, "From file");
        assert_eq!(config.listen.port(), 2);
        assert_eq!(config.exempt, ["127.0.0.9".parse::<IpAddr>().unwrap()]);
        assert_eq!(config.origin(), "http://localhost:2");
        let origin =
            |key| config.settled().iter().find(|(k, ..)| *k == key).map(|(.., origin)| origin.to_string()).unwrap();
        assert_eq!(
            (origin("data"), origin("listen"), origin("log")),
            ("--data".into(), "TACT_LISTEN".into(), "default".into())
        );
    }

    #[test]
    fn a_wrong_value_is_refused_with_a_sentence() {
        for (key, value, part) in [
            ("listen", "8080", "must be an address and a port"),
            ("database", "mysql://x:secret@y", "`sqlite` or a postgres://"),
            ("public_url", "https://forum.example/path", "without a path"),
            ("exempt", "10.0.0.0/8", "list of IP addresses"),
            ("site_name", "", "1 to 40 characters"),
            ("hold_days", "0", "from 1 to 90"),
            ("hsts_subdomains", "yes", "`true` or `false`"),
        ] {
            let mut sources = Sources::new();
            sources.flag(known(key).unwrap(), "--x", Some(value.to_owned()));
            let text = sources.settle().unwrap_err().0;
            assert!(text.contains(part) && text.contains("--x") && !text.contains("secret"), "{text}");
        }
        let unknown = Sources::new().environment([("TACT_LISTN".to_owned(), String::new())].into_iter()).unwrap_err();
        assert!(unknown.0.contains("no setting `listn`"), "{unknown}");
    }
}
