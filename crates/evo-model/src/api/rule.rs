//! What a service states about the values of a member.

/// A rule of a service's validators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// What is asked for.
    pub check: Check,
    /// A length is a number of items, not of characters.
    pub counts_items: bool,
    /// The error code of the service's own.
    pub error_code: Option<String>,
    /// The message of the service's own.
    pub message: Option<String>,
}

/// What a value is asked to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// Something.
    NotNull,
    /// More than nothing, an empty text, an empty collection or a default.
    NotEmpty,
    /// Nothing.
    Null,
    /// No more than an empty text, an empty collection or a default.
    Empty,
    /// An e-mail address.
    Email,
    /// The number of a credit card.
    CreditCard,
    /// A text in which this pattern of .NET is found.
    RegularExpression(String),
    /// A text of so many characters, both numbers included.
    Length(u32, u32),
    /// A text of exactly so many characters.
    ExactLength(u32),
    /// A text of so many characters at least.
    MinimumLength(u32),
    /// A text of so many characters at most.
    MaximumLength(u32),
    /// Less than this.
    LessThan(Operand),
    /// This or less.
    LessThanOrEqual(Operand),
    /// More than this.
    GreaterThan(Operand),
    /// This or more.
    GreaterThanOrEqual(Operand),
    /// Equal to this.
    Equal(Operand),
    /// Not equal to this.
    NotEqual(Operand),
    /// Between two, or one of them.
    InclusiveBetween(Operand, Operand),
    /// Between two, and none of them.
    ExclusiveBetween(Operand, Operand),
    /// No more decimals than the first, and no more digits than the second.
    ScalePrecision(u32, u32),
    /// Something that only the service can check, as it states it.
    Other(String),
}

/// What a value is compared with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// An integer.
    Integer(i64),
    /// A number with a fraction, by its digits.
    Fraction(String),
    /// A text.
    Text(String),
    /// A boolean.
    Boolean(bool),
}

/// What a service tells about the values of a member without checking it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// The values to choose from.
    pub allowed: Vec<String>,
    /// The smallest value.
    pub min: Option<String>,
    /// The largest value.
    pub max: Option<String>,
    /// How many characters the service stores.
    pub max_length: Option<u32>,
    /// The class whose key it holds.
    pub refers_to: Option<String>,
    /// The service computes it.
    pub is_computed: bool,
}
