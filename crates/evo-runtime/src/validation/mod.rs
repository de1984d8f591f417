//! What is behind [`rules!`](crate::rules): the rules of `ServiceStack`'s validators that need nothing but the value, with the codes and
//! messages of its `FluentValidation`. <https://docs.servicestack.net/declarative-validation>

mod checks;
mod messages;
mod operand;
mod patterns;

use std::collections::BTreeMap;

use self::operand::Operand;
use crate::dto::{ResponseError, ResponseStatus};
use crate::error::Error;
use crate::wire::Encode;

/// A member and its rules.
pub struct Member<'a> {
    /// The C# name.
    pub name: &'static str,
    /// The value.
    pub value: &'a dyn Encode,
    /// Whether the service has a value where this is unset: the default of the type.
    pub is_value: bool,
    /// The rules, in the order of the service.
    pub rules: &'a [Stated<'a>],
}

/// A rule as the service states it.
pub struct Stated<'a> {
    /// The rule.
    pub rule: Rule<'a>,
    /// The error code of the service's own, where it has one.
    pub code: &'a [&'static str],
    /// The message of the service's own, where it has one.
    pub message: &'a [&'static str],
}

/// What a value has to be like.
#[derive(Clone, Copy)]
#[non_exhaustive]
pub enum Rule<'a> {
    /// There is a value.
    NotNull,
    /// There is more than an empty text, an empty collection or a default.
    NotEmpty,
    /// There is no value.
    Null,
    /// There is no more than an empty text, an empty collection or a default.
    Empty,
    /// An address with an `@` inside.
    Email,
    /// A number with the right check digit.
    CreditCard,
    /// A text in which this pattern of .NET is found.
    RegularExpression(&'a str),
    /// A text with so many UTF-16 units, the last number included.
    Length(usize, usize),
    /// A text with exactly so many UTF-16 units.
    ExactLength(usize),
    /// A text with so many UTF-16 units at least.
    MinimumLength(usize),
    /// A text with so many UTF-16 units at most.
    MaximumLength(usize),
    /// Less than this.
    LessThan(&'a dyn Encode),
    /// Less than this, or equal.
    LessThanOrEqual(&'a dyn Encode),
    /// More than this.
    GreaterThan(&'a dyn Encode),
    /// More than this, or equal.
    GreaterThanOrEqual(&'a dyn Encode),
    /// Equal to this.
    Equal(&'a dyn Encode),
    /// Not equal to this.
    NotEqual(&'a dyn Encode),
    /// Between two, or one of them.
    InclusiveBetween(&'a dyn Encode, &'a dyn Encode),
    /// Between two, and none of them.
    ExclusiveBetween(&'a dyn Encode, &'a dyn Encode),
    /// No more decimals than the first, and no more digits than the second where all decimals are taken.
    ScalePrecision(u32, u32),
}

/// The parameters of a rule and its value, by the names that messages use.
type Parameters = BTreeMap<String, String>;

/// Checks all rules of all members.
///
/// # Errors
///
/// When one is broken: the error code and the message of the first, and all of them as errors of members.
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

fn error_of(name: &'static str, value: &Operand, stated: &Stated<'_>, mut parameters: Parameters) -> ResponseError {
    parameters.insert("PropertyName".to_owned(), messages::display_name(name));
    if let Some(text) = value.text() {
        parameters.insert("PropertyValue".to_owned(), text);
    }
    let code = stated.code.first().copied().unwrap_or(stated.rule.code());
    let template = stated.message.first().copied().unwrap_or(stated.rule.message());
    let message = messages::fill(template, &parameters);
    ResponseError {
        error_code: Some(code.to_owned()),
        field_name: Some(name.to_owned()),
        message: Some(message),
        meta: Some(parameters),
    }
}
