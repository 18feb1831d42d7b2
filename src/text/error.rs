//! Why a text was refused. Every variant prints one sentence its author can act on and none repeats the text itself.

/// A refusal of something a person typed. `Display` is meant for that person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TextError {
    /// More bytes than allowed.
    #[error("This is too long. The limit is {max} bytes; shorten it or split it in two.")]
    TooManyBytes {
        /// Most bytes allowed.
        max: usize,
    },
    /// More characters than allowed.
    #[error("This is too long. The limit is {max} characters.")]
    TooLong {
        /// Most characters allowed.
        max: usize,
    },
    /// One line has more characters than allowed.
    #[error("One line is longer than {max} characters. Break it into shorter lines.")]
    LineTooLong {
        /// Most characters allowed in a line.
        max: usize,
    },
    /// Nothing visible is left.
    #[error("This is empty. Write something that can be seen.")]
    Empty,
    /// NUL, a noncharacter, or (in one-line fields) a control character.
    #[error("This holds a character that is not text. Remove it, or type the text again.")]
    NotText,
    /// A mark that turns the writing direction is opened and not closed, or closed and not opened.
    #[error("This holds an unmatched mark that changes the writing direction. Type the text again without it.")]
    UnpairedDirection,
    /// Too many accents on one letter, or an accent with no letter.
    #[error("This stacks too many accents on one letter. Use at most {max}.")]
    TooManyMarks {
        /// Most combining marks in a row.
        max: usize,
    },
    /// Quotes, lists or emphasis inside each other too deeply.
    #[error("Quotes, lists or emphasis are nested too deeply. The limit is {max} levels.")]
    TooDeep {
        /// Most levels.
        max: usize,
    },
    /// More links than allowed.
    #[error("This has too many links. The limit is {max}.")]
    TooManyLinks {
        /// Most links.
        max: usize,
    },
    /// More images than allowed.
    #[error("This has too many images. The limit is {max}.")]
    TooManyImages {
        /// Most images.
        max: usize,
    },
    /// More mentions than allowed.
    #[error("This mentions too many people. The limit is {max}.")]
    TooManyMentions {
        /// Most mentions.
        max: usize,
    },
    /// More references to footnotes than allowed.
    #[error("This has too many footnote references. The limit is {max}.")]
    TooManyFootnotes {
        /// Most footnote references.
        max: usize,
    },
    /// A table is too wide or too long.
    #[error("A table is too large. The limit is {columns} columns and {rows} rows.")]
    TableTooLarge {
        /// Most columns.
        columns: usize,
        /// Most rows below the header.
        rows: usize,
    },
    /// The page made of the text would be far larger than the text.
    #[error("This grows too large when it is shown. Use less formatting.")]
    OutputTooLarge,
    /// A member name is too short or too long.
    #[error("Choose a name of {min} to {max} characters.")]
    NameLength {
        /// Fewest characters.
        min: usize,
        /// Most characters.
        max: usize,
    },
    /// A member name has a character outside `a-z 0-9 _ . -`.
    #[error("A name may hold the letters a to z, digits, and the signs _ . and - only.")]
    NameCharacters,
    /// A member name begins or ends with a dot or hyphen, or doubles one.
    #[error("A name must begin and end with a letter, digit or _, and may not have two of . and - in a row.")]
    NameShape,
    /// A member name that could be mistaken for the staff or the software.
    #[error("This name is reserved. Choose another one.")]
    NameReserved,
}

impl TextError {
    /// A stable key for programs; never shown to people.
    pub fn code(self) -> &'static str {
        match self {
            Self::TooManyBytes { .. } | Self::TooLong { .. } => "text_too_long",
            Self::LineTooLong { .. } => "line_too_long",
            Self::Empty => "text_empty",
            Self::NotText => "not_text",
            Self::UnpairedDirection => "unpaired_direction",
            Self::TooManyMarks { .. } => "too_many_accents",
            Self::TooDeep { .. } => "nested_too_deep",
            Self::TooManyLinks { .. } => "too_many_links",
            Self::TooManyImages { .. } => "too_many_images",
            Self::TooManyMentions { .. } => "too_many_mentions",
            Self::TooManyFootnotes { .. } => "too_many_footnotes",
            Self::TableTooLarge { .. } => "table_too_large",
            Self::OutputTooLarge => "output_too_large",
            Self::NameLength { .. } => "name_length",
            Self::NameCharacters => "name_characters",
            Self::NameShape => "name_shape",
            Self::NameReserved => "name_reserved",
        }
    }
}
