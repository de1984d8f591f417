//! The codes and English messages of `FluentValidation`, which ServiceStack sends unless a service defines its own.

use super::{Parameters, Rule};

impl Rule<'_> {
    /// The error code, and the message with the names of its parameters in braces.
    pub(super) fn texts(self) -> (&'static str, &'static str) {
        match self {
            Rule::NotNull => ("NotNull", "'{PropertyName}' must not be empty."),
            Rule::NotEmpty => ("NotEmpty", "'{PropertyName}' must not be empty."),
            Rule::Null => ("Null", "'{PropertyName}' must be empty."),
            Rule::Empty => ("Empty", "'{PropertyName}' must be empty."),
            Rule::Email => ("Email", "'{PropertyName}' is not a valid email address."),
            Rule::CreditCard => ("CreditCard", "'{PropertyName}' is not a valid credit card number."),
            Rule::RegularExpression(_) => ("RegularExpression", "'{PropertyName}' is not in the correct format."),
            Rule::Length(..) => (
                "Length",
                "'{PropertyName}' must be between {MinLength} and {MaxLength} characters. You entered {TotalLength} characters.",
            ),
            Rule::ExactLength(_) => (
                // Servers send the code of the rule that this is a special case of.
                "Length",
                "'{PropertyName}' must be {MaxLength} characters in length. You entered {TotalLength} characters.",
            ),
            Rule::MinimumLength(_) => (
                "MinimumLength",
                "The length of '{PropertyName}' must be at least {MinLength} characters. You entered {TotalLength} characters.",
            ),
            Rule::MaximumLength(_) => (
                "MaximumLength",
                "The length of '{PropertyName}' must be {MaxLength} characters or fewer. You entered {TotalLength} characters.",
            ),
            Rule::LessThan(_) => ("LessThan", "'{PropertyName}' must be less than '{ComparisonValue}'."),
            Rule::LessThanOrEqual(_) => {
                ("LessThanOrEqual", "'{PropertyName}' must be less than or equal to '{ComparisonValue}'.")
            }
            Rule::GreaterThan(_) => ("GreaterThan", "'{PropertyName}' must be greater than '{ComparisonValue}'."),
            Rule::GreaterThanOrEqual(_) => {
                ("GreaterThanOrEqual", "'{PropertyName}' must be greater than or equal to '{ComparisonValue}'.")
            }
            Rule::Equal(_) => ("Equal", "'{PropertyName}' must be equal to '{ComparisonValue}'."),
            Rule::NotEqual(_) => ("NotEqual", "'{PropertyName}' must not be equal to '{ComparisonValue}'."),
            Rule::InclusiveBetween(..) => {
                ("InclusiveBetween", "'{PropertyName}' must be between {From} and {To}. You entered {Value}.")
            }
            Rule::ExclusiveBetween(..) => (
                "ExclusiveBetween",
                "'{PropertyName}' must be between {From} and {To} (exclusive). You entered {Value}.",
            ),
            Rule::ScalePrecision(..) => (
                "ScalePrecision",
                "'{PropertyName}' must not be more than {ExpectedPrecision} digits in total, with allowance for {ExpectedScale} decimals. {Digits} digits and {ActualScale} decimals were found.",
            ),
        }
    }
}

/// Fills in the parameters. Braces that do not contain the name of a parameter are kept.
pub(super) fn fill(template: &str, parameters: &Parameters) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let named = after.split_once('}').and_then(|(name, after)| Some((parameters.get(name)?, after)));
        if let Some((value, after)) = named {
            text.push_str(value);
            rest = after;
        } else {
            text.push('{');
            rest = after;
        }
    }
    text.push_str(rest);
    text
}

/// The name of a member in words: `ArtistId` becomes `Artist Id`, `URLPath` becomes `URL Path`.
pub(super) fn display_name(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let is_upper = |index: usize| chars.get(index).is_some_and(|c| c.is_uppercase());
    let mut words = String::new();
    for (index, c) in chars.iter().enumerate() {
        let follows_small = index > 1 && !is_upper(index - 1);
        let precedes_small = index + 1 < chars.len() && !is_upper(index + 1);
        if c.is_uppercase() && (follows_small || precedes_small) {
            words.push(' ');
        }
        words.push(*c);
    }
    words.trim().to_owned()
}
