//! Reads the labelled cases of `tests/pii/`. Limit: the format of the files; what a case is worth is in `scores`.

use serde_json::Value;
use std::path::Path;
use tact_pii::pii::Rule;

/// How a value is written, or that none stands there.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Class {
    /// As people write it.
    Plain,
    /// Hidden from filters.
    Disguised,
    /// The shape of something private that is not.
    LookAlike,
    /// Talk that uses a detector's words.
    Talk,
}

impl Class {
    /// Every class, in the order of the tables.
    pub const ALL: &[Self] = &[Self::Plain, Self::Disguised, Self::LookAlike, Self::Talk];

    /// The class of a name in the files; `corpus.jsonl` writes `lookalike` in one word.
    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "plain" => Some(Self::Plain),
            "disguised" => Some(Self::Disguised),
            "look_alike" | "lookalike" => Some(Self::LookAlike),
            "prose" => Some(Self::Talk),
            _ => None,
        }
    }

    /// The name in tables.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Disguised => "disguised",
            Self::LookAlike => "look-alike",
            Self::Talk => "talk",
        }
    }
}

/// One labelled value: bytes of the text, and the widest find that is still right.
#[derive(Clone, Copy, Debug)]
pub struct Span {
    /// What it is.
    pub kind: Rule,
    /// First byte.
    pub start: usize,
    /// First byte after it.
    pub end: usize,
    /// First byte, and first byte after it, of the widest right find.
    pub within: Option<(usize, usize)>,
}

/// One labelled text.
pub struct Case {
    /// Unique among all files.
    pub id: String,
    /// What somebody wrote.
    pub text: String,
    /// How the values in it are written.
    pub class: Class,
    /// Two letters, or `-` where the file names none.
    pub lang: String,
    /// What it was made from, or `by hand`.
    pub family: String,
    /// The values in it, in order.
    pub spans: Vec<Span>,
    /// The kinds that a negative must not be taken for; all, when empty.
    pub not: Vec<Rule>,
}

impl Case {
    /// Whether a find of this kind counts against the detector where no span is labelled.
    pub fn forbids(&self, kind: Rule) -> bool {
        self.not.is_empty() || self.not.contains(&kind)
    }
}

/// Reads a file of cases, one a line.
pub fn read(path: &Path) -> Result<Vec<Case>, String> {
    let text = std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let numbered = text.split('\n').filter(|line| !line.is_empty()).enumerate();
    numbered
        .map(|(number, line)| parse(line).ok_or_else(|| format!("{}: line {} is no case", path.display(), number + 1)))
        .collect()
}

/// Reads one line.
pub fn parse(line: &str) -> Option<Case> {
    let value: Value = serde_json::from_str(line).ok()?;
    let word = |key: &str| value.get(key).and_then(Value::as_str).map(str::to_owned);
    let kind = |name: &Value| name.as_str().and_then(Rule::parse);
    let case = Case {
        id: word("id")?,
        text: word("text")?,
        class: Class::parse(&word("class")?)?,
        lang: word("lang").unwrap_or_else(|| "-".to_owned()),
        family: word("family").unwrap_or_else(|| "by hand".to_owned()),
        spans: value.get("spans")?.as_array()?.iter().map(span).collect::<Option<_>>()?,
        not: match value.get("not") {
            Some(kinds) => kinds.as_array()?.iter().map(kind).collect::<Option<_>>()?,
            None => Vec::new(),
        },
    };
    case.spans.iter().all(|span| case.text.get(span.start..span.end).is_some()).then_some(case)
}

/// Reads `{"start","end","kind"}` with an optional `"within"`.
pub fn span(value: &Value) -> Option<Span> {
    let number = |value: &Value| value.as_u64().and_then(|number| usize::try_from(number).ok());
    let within = match value.get("within") {
        Some(pair) => Some((number(pair.get(0)?)?, number(pair.get(1)?)?)),
        None => None,
    };
    Some(Span {
        kind: Rule::parse(value.get("kind")?.as_str()?)?,
        start: number(value.get("start")?)?,
        end: number(value.get("end")?)?,
        within,
    })
}
