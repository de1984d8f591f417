//! The code behind [`rules!`](crate::rules): the rules of `ServiceStack`'s validators that depend only on the value, with the codes and
//! messages of its `FluentValidation`. <https://docs.servicestack.net/declarative-validation>

mod checks;
mod messages;
mod operand;
#[cfg(feature = "regex")]
mod patterns;

use std::collections::BTreeMap;

use self::operand::Operand;
use crate::dto::{ResponseError, ResponseStatus};
use crate::error::Error;
use crate::wire::Encode;

/// A member and its rules.
pub struct Member<'a> {
    /// The C# name.
    pub name: &'a str,
    /// The value.
    pub value: &'a dyn Encode,
    /// Whether the service uses the default of the type if the value is unset.
    pub is_value: bool,
    /// The rules, in the service's order.
    pub rules: &'a [Stated<'a>],
}

/// A rule as declared by the service.
pub struct Stated<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// The service's own error code, if it has one.
    pub code: &'a [&'a str],
    /// The service's own message, if it has one.
    pub message: &'a [&'a str],
}

/// A condition on a value.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Rule<'a> {
    /// The value must not be null.
    NotNull,
    /// The value must not be empty text, an empty collection or a default.
    NotEmpty,
    /// The value must be null.
    Null,
    /// The value must be empty text, an empty collection or a default.
    Empty,
    /// The text must contain exactly one `@`, neither first nor last.
    Email,
    /// The number must have a valid check digit.
    CreditCard,
    /// This .NET pattern must match in the text.
    RegularExpression(&'a str),
    /// The length of the text in UTF-16 units must be in this range, inclusive.
    Length(usize, usize),
    /// The text must have exactly this many UTF-16 units.
    ExactLength(usize),
    /// The text must have at least this many UTF-16 units.
    MinimumLength(usize),
    /// The text must have at most this many UTF-16 units.
    MaximumLength(usize),
    /// The value must be less than this.
    LessThan(&'a dyn Encode),
    /// The value must be less than or equal to this.
    LessThanOrEqual(&'a dyn Encode),
    /// The value must be greater than this.
    GreaterThan(&'a dyn Encode),
    /// The value must be greater than or equal to this.
    GreaterThanOrEqual(&'a dyn Encode),
    /// The value must be equal to this.
    Equal(&'a dyn Encode),
    /// The value must not be equal to this.
    NotEqual(&'a dyn Encode),
    /// The value must be between the two, inclusive.
    InclusiveBetween(&'a dyn Encode, &'a dyn Encode),
    /// The value must be between the two, exclusive.
    ExclusiveBetween(&'a dyn Encode, &'a dyn Encode),
    /// The number must have at most this many decimals, and this many digits in total.
    ScalePrecision(u32, u32),
}

/// The parameters of a rule and its value, by the names that messages use.
type Parameters = BTreeMap<String, String>;

/// Checks all rules of all members.
///
/// # Errors
///
/// If a rule is broken. The error has the code and message of the first broken rule, and lists all of them as member errors.
pub fn check(operation: &'static str, members: &[Member<'_>]) -> Result<(), Error> {
    let mut errors = Vec::new();
    for member in members {
        let value = Operand::from_member(member);
        for stated in member.rules {
            if let Some(parameters) = stated.rule.broken_by(&value, member.is_value) {
                errors.push(error_of(member.name, &value, stated, parameters));
            }
        }
    }
    let Some(first) = errors.first() else { return Ok(()) };
    let (error_code, message) = (first.error_code.clone(), first.message.clone());
    let status = ResponseStatus { error_code, message, errors: Some(errors), ..ResponseStatus::default() };
    Err(Error::from_rules(status).during(operation))
}

fn error_of(name: &str, value: &Operand, stated: &Stated<'_>, mut parameters: Parameters) -> ResponseError {
    parameters.insert("PropertyName".to_owned(), messages::display_name(name));
    if let Some(text) = value.text() {
        parameters.insert("PropertyValue".to_owned(), text);
    }
    let (code, template) = stated.rule.texts();
    let code = stated.code.first().copied().unwrap_or(code);
    let message = messages::fill(stated.message.first().copied().unwrap_or(template), &parameters);
    ResponseError {
        error_code: Some(code.to_owned()),
        field_name: Some(name.to_owned()),
        message: Some(message),
        meta: Some(parameters),
    }
}
