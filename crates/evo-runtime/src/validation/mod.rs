//! The code behind [`rules!`](crate::rules): the rules of `ServiceStack`'s validators that need nothing but the value, with the codes and
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
    /// Whether the service uses the default of the type if this is unset.
    pub is_value: bool,
    /// The rules, in the order of the service.
    pub rules: &'a [Stated<'a>],
}

/// A rule as the service states it.
pub struct Stated<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// The error code of the service's own, if it has one.
    pub code: &'a [&'a str],
    /// The message of the service's own, if it has one.
    pub message: &'a [&'a str],
}

/// A condition on a value.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Rule<'a> {
    /// The value must not be null.
    NotNull,
    /// The value must not be an empty text, an empty collection or a default.
    NotEmpty,
    /// The value must be null.
    Null,
    /// The value must be an empty text, an empty collection or a default.
    Empty,
    /// The text must have an `@` inside.
    Email,
    /// The number must have the right check digit.
    CreditCard,
    /// This pattern of .NET must be found in the text.
    RegularExpression(&'a str),
    /// The text must have between so many UTF-16 units, inclusive.
    Length(usize, usize),
    /// The text must have exactly so many UTF-16 units.
    ExactLength(usize),
    /// The text must have at least so many UTF-16 units.
    MinimumLength(usize),
    /// The text must have at most so many UTF-16 units.
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
    /// The number must have at most `0` decimals, and `1` digits in total.
    ScalePrecision(u32, u32),
}

/// The parameters of a rule and its value, by the names that messages use.
type Parameters = BTreeMap<String, String>;

/// Checks all rules of all members.
///
/// # Errors
///
/// If a rule is broken. The error has the code and the message of the first one, and all of them as errors of members.
pub fn check(operation: &'static str, members: &[Member<'_>]) -> Result<(), Error> {
    let mut errors = Vec::new();
    for member in members {
        let value = Operand::of_member(member);
        for stated in member.rules {
            if let Some(parameters) = stated.rule.broken_by(&value, member.is_value) {
                errors.push(error_of(member.name, &value, stated, parameters));
            }
        }
    }
    let Some(first) = errors.first() else { return Ok(()) };
    let (error_code, message) = (first.error_code.clone(), first.message.clone());
    let status = ResponseStatus { error_code, message, errors: Some(errors), ..ResponseStatus::default() };
    Err(Error::of_rules(status).during(operation))
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
