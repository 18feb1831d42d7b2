//! What each rule looks for, in the words of the page that explains the filter.

use crate::entity::pii_policy::PolicyAction;
use crate::pii::Rule;
use crate::publish::{Class, Setting};

/// What is looked for and why it matters.
pub fn about(rule: Rule) -> &'static str {
    match rule {
        Rule::Email => {
            "An address in any of the ways people write it: plain, with words or brackets for its signs, with foreign letters that look alike, or with invisible characters in between. Whoever has it can write to you, and programs collect addresses from public pages within hours. Addresses of examples, programs and repositories are left alone."
        }
        Rule::Card => {
            "The digits of a payment card: the first digits belong to a card network, the length is one that network uses, and the last digit fits the others. With it and a little more, others can pay. Order numbers, tracking numbers and the numbers that networks publish for tests are left alone."
        }
        Rule::Ssn => {
            "Nine digits as the United States give them out as Social Security numbers, or to taxpayers without one. Together with a name they are enough to open accounts. Numbers that were never issued are left alone; nine bare digits count only where the text says what they are."
        }
        Rule::Phone => {
            "A telephone number with its country code, in the shape of its country, or beside a word such as call or text. Many numbers are public on purpose, so in most places this rule is off."
        }
        Rule::Iban => {
            "An international account number: the length its country uses, and check digits that fit. In the United States an account number beside its routing number. Others can use it to send you bills or to take payments."
        }
        Rule::Password => {
            "A value that the text itself calls a password, in a dozen languages. Talk about passwords, placeholders and program code are left alone. A password that stood in public is used up: change it."
        }
        Rule::Secret => {
            "A key or token in the format of the service that issues it, a private key, or a web address with a password inside. Programs search public pages for these and use them within minutes. If one was public, withdraw it at its service."
        }
        Rule::Ip => {
            "A public internet address. It says roughly where somebody is and who connects them. Private networks, documentation and version numbers are left alone. In most places this rule is off."
        }
    }
}

/// What happens in a public place unless its moderators chose otherwise.
pub fn usually(rule: Rule) -> &'static str {
    match Setting::default_of(rule, Class::Public).action {
        PolicyAction::Off => "Usually off.",
        PolicyAction::Warn => "You are asked first, and may publish it anyway.",
        PolicyAction::Mask => "It is always hidden.",
        PolicyAction::Hold => "It is hidden, or a moderator looks first.",
        PolicyAction::Refuse => "It cannot be published.",
    }
}
