//! Two Rust tools behind the adapters' format: `peers redact-core` and `peers leakguard` read lines `{"id","text"}` and
//! write lines `{"id","spans"}`. Limit: no options; what a tool does by default is what it is.

use leakguard::{Kind, Redactor};
use redact_core::{AnalyzerEngine, EntityType};
use rustix::time::{ClockId, clock_gettime};
use serde_json::{Value, json};
use std::io::{BufRead, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};

type Span = (usize, usize, &'static str);

fn main() -> std::io::Result<()> {
    std::panic::set_hook(Box::new(|_| {}));
    match std::env::args().nth(1).as_deref() {
        Some("redact-core") => {
            let engine = AnalyzerEngine::new();
            run("redact-core", "0.12.7", |text| redact_core(&engine, text))
        }
        Some("leakguard") => {
            let redactor = Redactor::new().with_detector(leakguard::detectors::PhoneNumber);
            run("leakguard", "1.0.0", |text| Some(leakguard(&redactor, text)))
        }
        _ => Err(std::io::Error::other("peers redact-core | peers leakguard")),
    }
}

fn run(tool: &str, version: &str, find: impl Fn(&str) -> Option<Vec<Span>>) -> std::io::Result<()> {
    let mut out = std::io::stdout().lock();
    let mut cpu = 0.0;
    for line in std::io::stdin().lock().lines() {
        let row: Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default();
        let begin = seconds();
        // A tool that breaks down on a text is part of the comparison.
        let found = catch_unwind(AssertUnwindSafe(|| find(text))).ok().flatten();
        cpu += seconds() - begin;
        let answer = match found {
            Some(spans) => json!({ "id": row["id"], "spans": spans.iter().map(span).collect::<Vec<_>>() }),
            None => json!({ "id": row["id"], "failed": true }),
        };
        writeln!(out, "{answer}")?;
    }
    writeln!(out, "{}", json!({ "tool": tool, "version": version, "cpu": cpu }))
}

fn span((start, end, kind): &Span) -> Value {
    json!({ "start": start, "end": end, "kind": kind })
}

fn seconds() -> f64 {
    let now = clock_gettime(ClockId::ThreadCPUTime);
    now.tv_sec as f64 + now.tv_nsec as f64 / 1e9
}

fn redact_core(engine: &AnalyzerEngine, text: &str) -> Option<Vec<Span>> {
    let found = engine.analyze(text, None).ok()?.detected_entities;
    let kind = |entity: &EntityType| {
        Some(match entity.as_str() {
            "EMAIL_ADDRESS" => "email",
            "CREDIT_CARD" => "card",
            "US_SSN" => "ssn",
            "PHONE_NUMBER" | "UK_PHONE_NUMBER" | "UK_MOBILE_NUMBER" => "phone",
            "IBAN" | "IBAN_CODE" => "iban",
            "IP_ADDRESS" => "ip",
            "PRIVATE_KEY"
            | "JWT_TOKEN"
            | "AWS_ACCESS_KEY"
            | "GITHUB_TOKEN"
            | "GITLAB_TOKEN"
            | "SLACK_TOKEN"
            | "SLACK_WEBHOOK"
            | "STRIPE_API_KEY"
            | "GOOGLE_API_KEY"
            | "OPENAI_API_KEY"
            | "ANTHROPIC_API_KEY"
            | "NPM_TOKEN"
            | "PYPI_TOKEN"
            | "SENDGRID_API_KEY"
            | "TWILIO_API_KEY"
            | "TELEGRAM_BOT_TOKEN"
            | "HASHICORP_VAULT_TOKEN"
            | "DATABASE_CONNECTION_STRING"
            | "HUGGINGFACE_TOKEN"
            | "DATABRICKS_TOKEN"
            | "DIGITALOCEAN_TOKEN"
            | "NOTION_API_KEY"
            | "PERPLEXITY_API_KEY"
            | "HTTP_BASIC_AUTH"
            | "GENERIC_SECRET" => "secret",
            _ => return None,
        })
    };
    Some(found.iter().filter_map(|one| Some((one.start, one.end, kind(&one.entity_type)?))).collect())
}

fn leakguard(redactor: &Redactor, text: &str) -> Vec<Span> {
    let kind = |kind: &Kind| {
        Some(match kind {
            Kind::Email => "email",
            Kind::CreditCard => "card",
            Kind::UsSsn => "ssn",
            Kind::PhoneNumber => "phone",
            Kind::Iban => "iban",
            Kind::IpV4 | Kind::IpV6 => "ip",
            Kind::MacAddress | Kind::Custom(_) => return None,
            _ => "secret",
        })
    };
    redactor.find(text).iter().filter_map(|one| Some((one.start, one.end, kind(&one.kind)?))).collect()
}
