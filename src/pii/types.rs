//! The words of a finding: which rule, how sure, why. Limit: names and texts only; how something is found is elsewhere.

/// A kind of private data.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Rule {
    /// An e-mail address of a person.
    Email,
    /// The number of a payment card.
    Card,
    /// A United States Social Security number, or the taxpayer number of the same shape (ITIN).
    Ssn,
    /// A telephone number.
    Phone,
    /// An international bank account number, or a United States account with its routing number.
    Iban,
    /// A password that the text gives away.
    Password,
    /// A key or token of a service, a private key, or a web address with a password inside.
    Secret,
    /// A public IP address.
    Ip,
}

impl Rule {
    /// Every rule, in a fixed order.
    pub const ALL: &[Self] =
        &[Self::Email, Self::Card, Self::Ssn, Self::Phone, Self::Iban, Self::Password, Self::Secret, Self::Ip];

    /// The stable key, as stored and as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Card => "card",
            Self::Ssn => "ssn",
            Self::Phone => "phone",
            Self::Iban => "iban",
            Self::Password => "password",
            Self::Secret => "secret",
            Self::Ip => "ip",
        }
    }

    /// The rule of a stable key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|rule| rule.as_str() == key)
    }

    /// The name shown to people.
    #[must_use]
    pub fn label(self) -> &'static str {
        match self {
            Self::Email => "Email address",
            Self::Card => "Card number",
            Self::Ssn => "Social Security number",
            Self::Phone => "Phone number",
            Self::Iban => "Bank account",
            Self::Password => "Password",
            Self::Secret => "Secret key",
            Self::Ip => "IP address",
        }
    }

    /// The name inside a sentence, with its article: "a card number".
    #[must_use]
    pub fn phrase(self) -> &'static str {
        match self {
            Self::Email => "an email address",
            Self::Card => "a card number",
            Self::Ssn => "a Social Security number",
            Self::Phone => "a phone number",
            Self::Iban => "a bank account",
            Self::Password => "a password",
            Self::Secret => "a secret key",
            Self::Ip => "an IP address",
        }
    }

    /// The name inside a sentence, without its article: "card number".
    #[must_use]
    pub fn name(self) -> &'static str {
        let phrase = self.phrase();
        phrase.split_once(' ').map_or(phrase, |(_, name)| name)
    }

    /// What a masked value becomes in the source text. The detector reads straight over these tokens.
    #[must_use]
    pub fn token(self) -> &'static str {
        match self {
            Self::Email => "[email hidden]",
            Self::Card => "[card number hidden]",
            Self::Ssn => "[SSN hidden]",
            Self::Phone => "[phone number hidden]",
            Self::Iban => "[bank account hidden]",
            Self::Password => "[password hidden]",
            Self::Secret => "[secret hidden]",
            Self::Ip => "[IP address hidden]",
        }
    }
}

/// How sure the detector is. Policy acts on `Likely` and `Certain`; `Possible` is only counted.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Level {
    /// The shape fits, but the words around it speak against it.
    Possible,
    /// The shape and the checks fit.
    Likely,
    /// The shape and the checks fit, and the text says what it is.
    Certain,
}

impl Level {
    /// Every level, from the weakest to the strongest.
    pub const ALL: &[Self] = &[Self::Possible, Self::Likely, Self::Certain];

    /// The stable key, as stored and as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Possible => "possible",
            Self::Likely => "likely",
            Self::Certain => "certain",
        }
    }

    /// The level of a stable key.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|level| level.as_str() == key)
    }

    /// `base` moved by a sum of steps, held between the ends.
    pub(super) fn from_score(score: i32) -> Self {
        match score {
            i32::MIN..=0 => Self::Possible,
            1 => Self::Likely,
            _ => Self::Certain,
        }
    }
}

/// The reason of a finding, in words an author understands.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, PartialOrd, Ord)]
pub enum Why {
    /// A whole address as everybody writes it.
    EmailAddress,
    /// An address with foreign letters, spaces, codes or marks inside.
    EmailDisguised,
    /// An address with words or brackets for its signs.
    EmailSpelled,
    /// Digits of a card network's range and length whose checksum fits.
    CardChecksum,
    /// The same, and the text around speaks of a card.
    CardNamed,
    /// A number called a card whose network publishes no checksum.
    CardRange,
    /// Nine digits grouped and numbered like an SSN.
    SsnGrouped,
    /// Nine digits that the text calls a Social Security number.
    SsnNamed,
    /// Nine digits that the text calls a taxpayer number.
    ItinNamed,
    /// A number with the code of a country.
    PhoneInternational,
    /// A number in a country's usual layout.
    PhoneShaped,
    /// A number that the text calls a telephone's.
    PhoneNamed,
    /// A country's length and layout whose check digits fit.
    IbanChecksum,
    /// The same, and the text around speaks of an account.
    IbanNamed,
    /// An account number beside its bank's routing number.
    AccountRouted,
    /// An address of the public Internet.
    IpGlobal,
    /// A key or token in the form that its service gives out.
    SecretToken,
    /// A private key.
    PrivateKey,
    /// The password of a web address.
    SecretLogin,
    /// A random value that the text calls a key or token.
    SecretNamed,
    /// A value that the text calls a password.
    PasswordNamed,
}

impl Why {
    /// Every reason, in a fixed order.
    pub const ALL: &[Self] = &[
        Self::EmailAddress,
        Self::EmailDisguised,
        Self::EmailSpelled,
        Self::CardChecksum,
        Self::CardNamed,
        Self::CardRange,
        Self::SsnGrouped,
        Self::SsnNamed,
        Self::ItinNamed,
        Self::PhoneInternational,
        Self::PhoneShaped,
        Self::PhoneNamed,
        Self::IbanChecksum,
        Self::IbanNamed,
        Self::AccountRouted,
        Self::IpGlobal,
        Self::SecretToken,
        Self::PrivateKey,
        Self::SecretLogin,
        Self::SecretNamed,
        Self::PasswordNamed,
    ];

    /// The sentence shown to the author.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::EmailAddress => "a complete email address",
            Self::EmailDisguised => "an email address, written in disguise",
            Self::EmailSpelled => "an email address, spelled out",
            Self::CardChecksum => "the digits of a card network, checksum fits",
            Self::CardNamed => "called a card, checksum fits",
            Self::CardRange => "called a card, in the range of a card network",
            Self::SsnGrouped => "nine digits grouped like a Social Security number",
            Self::SsnNamed => "called a Social Security number",
            Self::ItinNamed => "called a taxpayer number",
            Self::PhoneInternational => "a phone number with its country code",
            Self::PhoneShaped => "grouped like a phone number",
            Self::PhoneNamed => "called a phone number",
            Self::IbanChecksum => "a bank account with its country, check digits fit",
            Self::IbanNamed => "called an account, check digits fit",
            Self::AccountRouted => "an account number beside its routing number",
            Self::IpGlobal => "an address of the public Internet",
            Self::SecretToken => "the form of a service's key or token",
            Self::PrivateKey => "a private key",
            Self::SecretLogin => "a password inside a web address",
            Self::SecretNamed => "called a key or token, and random",
            Self::PasswordNamed => "called a password",
        }
    }

    /// The stable key, as stored and as sent.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::EmailAddress => "email_address",
            Self::EmailDisguised => "email_disguised",
            Self::EmailSpelled => "email_spelled",
            Self::CardChecksum => "card_checksum",
            Self::CardNamed => "card_named",
            Self::CardRange => "card_range",
            Self::SsnGrouped => "ssn_grouped",
            Self::SsnNamed => "ssn_named",
            Self::ItinNamed => "itin_named",
            Self::PhoneInternational => "phone_international",
            Self::PhoneShaped => "phone_shaped",
            Self::PhoneNamed => "phone_named",
            Self::IbanChecksum => "iban_checksum",
            Self::IbanNamed => "iban_named",
            Self::AccountRouted => "account_routed",
            Self::IpGlobal => "ip_global",
            Self::SecretToken => "secret_token",
            Self::PrivateKey => "private_key",
            Self::SecretLogin => "secret_login",
            Self::SecretNamed => "secret_named",
            Self::PasswordNamed => "password_named",
        }
    }
}

/// One place of a text that looks private. It carries no text.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct Finding {
    /// What it is.
    pub rule: Rule,
    /// First byte of the value.
    pub start: usize,
    /// First byte after the value.
    pub end: usize,
    /// How sure the detector is.
    pub level: Level,
    /// What it went by.
    pub why: Why,
}
