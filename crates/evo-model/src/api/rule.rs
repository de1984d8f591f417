//! What a service declares about the values of a member.

/// A validation rule of the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rule {
    /// The condition.
    pub check: Check,
    /// The error code that the service returns, if declared.
    pub error_code: Option<String>,
    /// The message that the service returns, if declared.
    pub message: Option<String>,
}

/// A condition that a value must meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Check {
    /// The value must not be null.
    NotNull,
    /// The value must not be null, blank, an empty collection or the default of its type.
    NotEmpty,
    /// The value must be null.
    Null,
    /// The value must be null, blank, an empty collection or the default of its type.
    Empty,
    /// The string must be an email address.
    Email,
    /// The string must be a credit card number.
    CreditCard,
    /// The string must match this .NET regular expression.
    RegularExpression(String),
    /// The length must be in this range, which includes both bounds.
    Length(u32, u32),
    /// The length must be this.
    ExactLength(u32),
    /// The length must be at least this.
    MinimumLength(u32),
    /// The length must be at most this.
    MaximumLength(u32),
    /// The value must be less than this.
    LessThan(Operand),
    /// The value must be at most this.
    LessThanOrEqual(Operand),
    /// The value must be greater than this.
    GreaterThan(Operand),
    /// The value must be at least this.
    GreaterThanOrEqual(Operand),
    /// The value must equal this.
    Equal(Operand),
    /// The value must not equal this.
    NotEqual(Operand),
    /// The value must be in this range, which includes both bounds.
    InclusiveBetween(Operand, Operand),
    /// The value must be in this range, which excludes both bounds.
    ExclusiveBetween(Operand, Operand),
    /// The value must have at most this many decimals and this many digits.
    ScalePrecision(u32, u32),
    /// A condition that only the service can check, in its own words.
    Other(String),
}

/// The value that a condition compares with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Operand {
    /// An integer.
    Integer(i64),
    /// A number with a fraction, as digits.
    Fraction(String),
    /// A string.
    Text(String),
    /// A boolean.
    Boolean(bool),
}

/// What the service declares about the values of a member without checking it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Hints {
    /// The values to choose from.
    pub allowed: Vec<String>,
    /// The smallest value.
    pub min: Option<String>,
    /// The largest value.
    pub max: Option<String>,
    /// The maximum number of characters that the service stores.
    pub max_length: Option<u32>,
    /// The class whose key the member holds.
    pub refers_to: Option<String>,
    /// Whether the service computes the value.
    pub is_computed: bool,
}

impl Rule {
    /// Returns the rule in words. `counts_items` indicates that lengths count items rather than characters. `code` marks up patterns and
    /// strings of the service.
    #[must_use]
    pub fn phrase(&self, counts_items: bool, code: &dyn Fn(&str) -> String) -> String {
        let unit = if counts_items { "item" } else { "character" };
        let characters = |count: &u32| if *count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") };
        let operand = |operand: &Operand| match operand {
            Operand::Integer(value) => value.to_string(),
            Operand::Fraction(digits) => digits.clone(),
            Operand::Text(text) => code(text),
            Operand::Boolean(value) => code(&value.to_string()),
        };
        match &self.check {
            Check::NotNull => "not null".to_owned(),
            Check::NotEmpty => "not empty".to_owned(),
            Check::Null => "null".to_owned(),
            Check::Empty => "empty".to_owned(),
            Check::Email => "an e-mail address".to_owned(),
            Check::CreditCard => "the number of a credit card".to_owned(),
            Check::RegularExpression(pattern) => format!("matches {}", code(pattern)),
            Check::Length(min, max) => format!("{min} to {}", characters(max)),
            Check::ExactLength(length) => format!("exactly {}", characters(length)),
            Check::MinimumLength(min) => format!("at least {}", characters(min)),
            Check::MaximumLength(max) => format!("at most {}", characters(max)),
            Check::LessThan(value) => format!("less than {}", operand(value)),
            Check::LessThanOrEqual(value) => format!("at most {}", operand(value)),
            Check::GreaterThan(value) => format!("greater than {}", operand(value)),
            Check::GreaterThanOrEqual(value) => format!("at least {}", operand(value)),
            Check::Equal(value) => format!("equal to {}", operand(value)),
            Check::NotEqual(value) => format!("not equal to {}", operand(value)),
            Check::InclusiveBetween(from, to) => format!("from {} to {}", operand(from), operand(to)),
            Check::ExclusiveBetween(from, to) => format!("between {} and {}", operand(from), operand(to)),
            Check::ScalePrecision(scale, precision) => {
                let digits = if *precision == 1 { "digit" } else { "digits" };
                format!("at most {precision} {digits}, {scale} of them decimals")
            }
            Check::Other(text) => format!("the service checks {}", code(text)),
        }
    }
}
