//! The beginnings, alphabets and lengths of keys and tokens. Limit: data and the questions to it.
//! Source: the formats that the services publish. Compared in November 2026 with `config/gitleaks.toml` of
//! `gitleaks/gitleaks`: AWS, age, Anthropic, Databricks, DigitalOcean, GitLab's trigger, runner and SCIM tokens,
//! Google's `AIza`, Grafana, Hugging Face, Linear, Mailgun, Alibaba, Artifactory, Atlassian, Clojars, Doppler, Duffel,
//! Dynatrace, EasyPost, Facebook, Fly.io, Frame.io, New Relic, Notion, 1Password, PlanetScale, Prefect, Pulumi, ReadMe,
//! Scalingo, Sentry, Shippo, Sourcegraph, Stripe, Typeform, Vault. The others were not compared with a second source.
//! Lengths are kept wide where they may grow.
//! Public identifiers (`pk_live_`, `AC…`, `sq0idp-`) are left out on purpose.

use super::small::holds_one;

/// Characters that a token is made of.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Set {
    /// 0-9, a-f, A-F.
    Hex,
    /// 0-9, A-Z.
    Upper,
    /// Letters and digits.
    Alnum,
    /// Letters and digits without 0, O, I, l.
    Base58,
    /// Letters, digits, `-`, `_`.
    Url,
    /// The same with `.`.
    Dotted,
    /// The same with `/`.
    Path,
    /// Letters, digits, `+`, `/`, `=`, `-`, `_`.
    Base64,
}

impl Set {
    pub(super) fn has(self, key: u8) -> bool {
        match key {
            b'0'..=b'9' => self != Self::Base58 || key != b'0',
            b'A'..=b'F' => true,
            b'G'..=b'Z' => self != Self::Hex && (self != Self::Base58 || !matches!(key, b'I' | b'O')),
            b'a'..=b'f' => self != Self::Upper,
            b'g'..=b'z' => !matches!(self, Self::Hex | Self::Upper) && (self != Self::Base58 || key != b'l'),
            b'-' | b'_' => matches!(self, Self::Url | Self::Dotted | Self::Path | Self::Base64),
            b'.' => matches!(self, Self::Dotted | Self::Path),
            b'/' => matches!(self, Self::Path | Self::Base64),
            b'+' | b'=' => self == Self::Base64,
            _ => false,
        }
    }
}

/// A kind of token: what it begins with, and what and how much follows.
pub(super) struct Token {
    pub(super) prefix: &'static str,
    pub(super) set: Set,
    pub(super) least: u16,
    pub(super) most: u16,
}

const fn token(prefix: &'static str, set: Set, least: u16, most: u16) -> Token {
    Token { prefix, set, least, most }
}

/// Longest open-ended token.
const LONG: u16 = 400;

/// Sorted by the first character.
pub(super) const TOKENS: &[Token] = &[
    // Bitcoin, private keys in WIF.
    token("5", Set::Base58, 50, 50),
    token("A3T", Set::Upper, 17, 17),
    token("ABIA", Set::Upper, 16, 16),
    token("ACCA", Set::Upper, 16, 16),
    token("AGE-SECRET-KEY-1", Set::Upper, 58, 58),
    token("AIza", Set::Url, 35, 35),
    token("AKIA", Set::Upper, 16, 16),
    token("ASIA", Set::Upper, 16, 16),
    token("AKCp", Set::Alnum, 69, 69),
    token("ATATT3", Set::Base64, 186, 186),
    token("CLOJARS_", Set::Alnum, 60, 60),
    // Square.
    token("EAAA", Set::Url, 60, 60),
    token("EAAC", Set::Alnum, 100, LONG),
    token("EAAM", Set::Alnum, 100, LONG),
    token("EZAK", Set::Alnum, 54, 54),
    // Google, client secrets.
    token("GOCSPX-", Set::Url, 28, 28),
    token("K", Set::Base58, 51, 51),
    token("L", Set::Base58, 51, 51),
    token("LTAI", Set::Alnum, 20, 20),
    token("NRAK-", Set::Alnum, 27, 27),
    token("PMAK-", Set::Url, 50, 60),
    token("SG.", Set::Dotted, 60, 70),
    token("SK", Set::Hex, 32, 32),
    token("cio", Set::Alnum, 32, 32),
    token("dapi", Set::Hex, 32, 32),
    token("dckr_pat_", Set::Url, 27, 27),
    token("discord.com/api/webhooks/", Set::Path, 70, 110),
    token("discordapp.com/api/webhooks/", Set::Path, 70, 110),
    token("doo_v1_", Set::Hex, 64, 64),
    token("dop_v1_", Set::Hex, 64, 64),
    token("dor_v1_", Set::Hex, 64, 64),
    token("dp.pt.", Set::Alnum, 43, 43),
    token("dt0c01.", Set::Dotted, 89, 89),
    token("duffel_live_", Set::Base64, 43, 43),
    token("fio-u-", Set::Base64, 64, 64),
    token("fo1_", Set::Url, 43, 43),
    token("ghp_", Set::Alnum, 36, 251),
    token("gho_", Set::Alnum, 36, 251),
    token("ghu_", Set::Alnum, 36, 251),
    token("ghs_", Set::Alnum, 36, 251),
    token("ghr_", Set::Alnum, 36, 251),
    token("github_pat_", Set::Url, 60, 251),
    token("glpat-", Set::Dotted, 20, LONG),
    token("gldt-", Set::Url, 20, LONG),
    token("glrt-", Set::Dotted, 20, LONG),
    token("glcbt-", Set::Url, 20, LONG),
    token("glptt-", Set::Url, 40, LONG),
    token("glft-", Set::Url, 20, LONG),
    token("glsoat-", Set::Url, 20, LONG),
    token("glimt-", Set::Url, 20, LONG),
    token("glagent-", Set::Url, 50, LONG),
    token("gloas-", Set::Url, 64, LONG),
    token("glsa_", Set::Url, 41, 41),
    token("gsk_", Set::Alnum, 40, 60),
    token("hf_", Set::Alnum, 34, 40),
    token("hooks.slack.com/services/", Set::Path, 40, 100),
    token("hooks.slack.com/triggers/", Set::Path, 40, 100),
    token("hooks.slack.com/workflows/", Set::Path, 40, 120),
    token("hvs.", Set::Url, 24, LONG),
    token("hvb.", Set::Url, 138, 300),
    // Mailgun.
    token("key-", Set::Hex, 32, 32),
    token("lin_api_", Set::Alnum, 40, 48),
    token("npm_", Set::Alnum, 36, 36),
    token("nvapi-", Set::Url, 60, 70),
    token("ntn_", Set::Alnum, 46, 46),
    token("ops_eyJ", Set::Base64, 200, 1200),
    token("pplx-", Set::Alnum, 48, 56),
    token("pypi-AgE", Set::Url, 50, LONG),
    token("pnu_", Set::Alnum, 36, 36),
    token("pscale_oauth_", Set::Dotted, 32, 64),
    token("pscale_pw_", Set::Dotted, 32, 64),
    token("pscale_tkn_", Set::Dotted, 32, 64),
    token("pul-", Set::Hex, 40, 40),
    token("rk_live_", Set::Alnum, 10, 250),
    token("rk_test_", Set::Alnum, 16, 250),
    token("rubygems_", Set::Hex, 48, 48),
    token("rdme_", Set::Alnum, 70, 70),
    token("rk_prod_", Set::Alnum, 10, 99),
    token("sbp_", Set::Hex, 40, 40),
    token("sk_live_", Set::Alnum, 10, 250),
    token("sk_test_", Set::Alnum, 16, 250),
    token("sk-proj-", Set::Url, 40, LONG),
    token("sk-svcacct-", Set::Url, 40, LONG),
    token("sk-admin-", Set::Url, 40, LONG),
    token("sk-ant-", Set::Url, 40, LONG),
    token("sk-or-v1-", Set::Hex, 64, 64),
    token("sk-", Set::Alnum, 32, 64),
    // Shopify.
    token("shpat_", Set::Hex, 32, 32),
    token("shpca_", Set::Hex, 32, 32),
    token("shppa_", Set::Hex, 32, 32),
    token("shpss_", Set::Hex, 32, 32),
    token("sq0atp-", Set::Url, 22, 22),
    token("sq0csp-", Set::Url, 43, 43),
    token("sgp_", Set::Url, 40, 60),
    token("shippo_live_", Set::Hex, 40, 40),
    token("sk_prod_", Set::Alnum, 10, 99),
    token("sntrys_", Set::Base64, 80, LONG),
    token("sntryu_", Set::Hex, 64, 64),
    token("tfp_", Set::Dotted, 59, 59),
    token("tk-us-", Set::Url, 48, 48),
    // Stripe, webhooks.
    token("whsec_", Set::Base64, 32, 64),
    token("xai-", Set::Alnum, 70, 90),
    token("xapp-", Set::Url, 40, LONG),
    token("xkeysib-", Set::Url, 70, 90),
    token("xoxa-", Set::Url, 20, LONG),
    token("xoxb-", Set::Url, 20, LONG),
    token("xoxe-", Set::Url, 20, LONG),
    token("xoxe.xox", Set::Url, 40, LONG),
    token("xoxo-", Set::Url, 20, LONG),
    token("xoxp-", Set::Url, 20, LONG),
    token("xoxr-", Set::Url, 20, LONG),
    token("xoxs-", Set::Url, 20, LONG),
    token("xprv", Set::Base58, 107, 107),
    // Google, access tokens.
    token("ya29.", Set::Url, 30, 1000),
];

/// What secrets begin with that are none of [`TOKENS`].
pub(super) const OPENINGS: &[&str] = &["BEGIN", "eyJ", "M", "N", "O", "PuTTY"];

/// The tokens that begin with `first`.
pub(super) fn tokens(first: u8) -> impl Iterator<Item = &'static Token> {
    let bound = |at: usize| STARTS.get(at).map_or(0, |start| usize::from(*start));
    TOKENS.get(bound(first.into())..bound(usize::from(first) + 1)).unwrap_or_default().iter()
}

/// Where the tokens begin whose first character is this one of ASCII.
#[allow(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at build time only")]
static STARTS: [u8; 128] = {
    let (mut starts, mut at, mut first) = ([0; 128], 0, 0);
    while first < 128 {
        while at < TOKENS.len() && (TOKENS[at].prefix.as_bytes()[0] as usize) < first {
            at += 1;
        }
        starts[first] = at as u8;
        first += 1;
    }
    starts
};

/// What a text calls a value that is to be kept secret: ends of names, folded, without the signs between words.
const NAMES: &[&str] = &[
    "accesskey",
    "accesskeyid",
    "accountkey",
    "apikey",
    "apitoken",
    "auth",
    "authkey",
    "authorization",
    "authtoken",
    "clientsecret",
    "encryptionkey",
    "privatekey",
    "secret",
    "secretkey",
    "sharedaccesskey",
    "signingkey",
    "token",
    "accesstoken",
    "secretaccesskey",
    "masterkey",
];
/// Parts of names that say that a value may be known, or is worth nothing.
const PUBLIC: &[&str] =
    &["public", "csrf", "xsrf", "page", "next", "cache", "publish", "sync", "cancel", "etag", "verification"];

/// Whether a name, folded and without signs, announces a secret.
pub(super) fn is_secret_name(name: &str) -> bool {
    NAMES.iter().any(|end| name.ends_with(end)) && !holds_one(name, PUBLIC)
}

/// What stands in samples where a secret would stand, folded.
const FILLERS: &[&str] = &[
    "example",
    "xxxx",
    "your",
    "placeholder",
    "changeme",
    "change_me",
    "redacted",
    "dummy",
    "sample",
    "insert",
    "replace",
    "abcdef",
    "123456",
    "qwerty",
    "012345",
    "....",
    "deadbeef",
    "foobar",
    "aaaaaa",
    "000000",
];

/// Whether folded text is a filler.
pub(super) fn is_filler(text: &str) -> bool {
    holds_one(text, FILLERS)
}
