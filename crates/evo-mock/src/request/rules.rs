//! The rules of the document, checked as ServiceStack's validators check them.

use evo_model::api::{Check, Operand, Rule};

use crate::answer::FieldError;
use crate::schema::{Member, Record, in_words};
use crate::values::Value;
use crate::values::dates::Date;

/// The errors of a request, in the order of its members and their rules.
pub(crate) fn check(record: &Record, request: &Value) -> Vec<FieldError> {
    let members = record.members.iter();
    members.flat_map(|member| member.rules.iter().filter_map(|rule| broken(rule, member, request))).collect()
}

fn broken(rule: &Rule, member: &Member, request: &Value) -> Option<FieldError> {
    let default = if member.is_value { Value::number(0) } else { Value::Null };
    let value = request.get(&member.name).cloned().unwrap_or(default);
    let (code, message) = fault(&rule.check, &value)?;
    let name = in_words(&member.name);
    Some(FieldError {
        error_code: rule.error_code.clone().unwrap_or_else(|| code.to_owned()),
        field_name: member.name.clone(),
        message: rule.message.clone().unwrap_or(message).replace("{PropertyName}", &name),
        meta: vec![("PropertyName".to_owned(), member.name.clone())],
    })
}

/// The code and message of a rule that a value breaks.
fn fault(check: &Check, value: &Value) -> Option<(&'static str, String)> {
    let text = match value {
        Value::Text(text) => Some(text.as_str()),
        _ => None,
    };
    let length = text.map(|text| text.encode_utf16().count());
    let is_empty = match value {
        Value::Null => true,
        Value::Text(text) => text.trim().is_empty(),
        Value::List(items) => items.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Number(digits) => digits.parse::<f64>().is_ok_and(|number| number == 0.0),
        Value::Bool(flag) => !flag,
    };
    let quoted = |message: &str| Some(format!("'{{PropertyName}}' {message}"));
    let is = |is_broken: bool, code, message: Option<String>| is_broken.then(|| (code, message.unwrap_or_default()));
    match check {
        Check::NotNull => is(value.is_null(), "NotNull", quoted("must not be empty.")),
        Check::NotEmpty => is(is_empty, "NotEmpty", quoted("must not be empty.")),
        Check::Null => is(!value.is_null(), "Null", quoted("must be empty.")),
        Check::Empty => is(!is_empty, "Empty", quoted("must be empty.")),
        // All other rules pass what is not there.
        _ if value.is_null() => None,
        Check::Email => {
            let is_broken =
                text.is_some_and(|text| text.matches('@').count() != 1 || text.starts_with('@') || text.ends_with('@'));
            is(is_broken, "Email", quoted("is not a valid email address."))
        }
        Check::CreditCard => {
            is(text.is_some_and(|text| !is_card(text)), "CreditCard", quoted("is not a valid credit card number."))
        }
        Check::RegularExpression(pattern) => {
            let regex = regex::Regex::new(pattern).ok()?;
            is(
                text.is_some_and(|text| !regex.is_match(text)),
                "RegularExpression",
                quoted("is not in the correct format."),
            )
        }
        Check::Length(min, max) => {
            let entered = length?;
            let is_broken = !(size(*min)..=size(*max)).contains(&entered);
            is(
                is_broken,
                "Length",
                quoted(&format!("must be between {min} and {max} characters. You entered {entered} characters.")),
            )
        }
        Check::ExactLength(exact) => {
            let entered = length?;
            is(
                entered != size(*exact),
                "ExactLength",
                quoted(&format!("must be {exact} characters in length. You entered {entered} characters.")),
            )
        }
        Check::MinimumLength(min) => {
            let entered = length?;
            is(
                entered < size(*min),
                "MinimumLength",
                Some(format!(
                    "The length of '{{PropertyName}}' must be at least {min} characters. You entered {entered} characters."
                )),
            )
        }
        Check::MaximumLength(max) => {
            let entered = length?;
            is(
                entered > size(*max),
                "MaximumLength",
                Some(format!(
                    "The length of '{{PropertyName}}' must be {max} characters or fewer. You entered {entered} characters."
                )),
            )
        }
        _ => comparison_fault(check, value),
    }
}

/// The code and message of a comparison that a value does not stand.
fn comparison_fault(check: &Check, value: &Value) -> Option<(&'static str, String)> {
    let quoted = |message: &str| format!("'{{PropertyName}}' {message}");
    let is = |is_broken: bool, code, message: String| is_broken.then_some((code, message));
    match check {
        Check::LessThan(than) => {
            is(compare(value, than)?.is_ge(), "LessThan", quoted(&format!("must be less than '{}'.", show(than))))
        }
        Check::LessThanOrEqual(than) => is(
            compare(value, than)?.is_gt(),
            "LessThanOrEqual",
            quoted(&format!("must be less than or equal to '{}'.", show(than))),
        ),
        Check::GreaterThan(than) => {
            is(compare(value, than)?.is_le(), "GreaterThan", quoted(&format!("must be greater than '{}'.", show(than))))
        }
        Check::GreaterThanOrEqual(than) => is(
            compare(value, than)?.is_lt(),
            "GreaterThanOrEqual",
            quoted(&format!("must be greater than or equal to '{}'.", show(than))),
        ),
        Check::Equal(other) => {
            is(compare(value, other)?.is_ne(), "Equal", quoted(&format!("must be equal to '{}'.", show(other))))
        }
        Check::NotEqual(other) => {
            is(compare(value, other)?.is_eq(), "NotEqual", quoted(&format!("must not be equal to '{}'.", show(other))))
        }
        Check::InclusiveBetween(from, to) => is(
            compare(value, from)?.is_lt() || compare(value, to)?.is_gt(),
            "InclusiveBetween",
            quoted(&format!("must be between {} and {}. You entered {}.", show(from), show(to), entered(value))),
        ),
        Check::ExclusiveBetween(from, to) => is(
            compare(value, from)?.is_le() || compare(value, to)?.is_ge(),
            "ExclusiveBetween",
            quoted(&format!(
                "must be between {} and {} (exclusive). You entered {}.",
                show(from),
                show(to),
                entered(value)
            )),
        ),
        // Only the service can tell, or the digits of a decimal would have to be counted as .NET counts them.
        _ => None,
    }
}

fn size(length: u32) -> usize {
    usize::try_from(length).unwrap_or(usize::MAX)
}

fn compare(value: &Value, operand: &Operand) -> Option<std::cmp::Ordering> {
    match (value, operand) {
        (Value::Number(digits), Operand::Integer(number)) => {
            digits.parse::<f64>().ok()?.partial_cmp(&to_float(*number))
        }
        (Value::Number(digits), Operand::Fraction(number)) => {
            digits.parse::<f64>().ok()?.partial_cmp(&number.parse().ok()?)
        }
        (Value::Bool(flag), Operand::Boolean(other)) => Some(flag.cmp(other)),
        (Value::Text(text), Operand::Text(other)) => match (Date::parse(text), Date::parse(other)) {
            (Some(date), Some(other)) => Some(date.clock.cmp(&other.clock)),
            _ => Some(text.cmp(other)),
        },
        _ => None,
    }
}

#[expect(clippy::cast_precision_loss, reason = "rules compare with numbers that people wrote")]
fn to_float(number: i64) -> f64 {
    number as f64
}

fn show(operand: &Operand) -> String {
    match operand {
        Operand::Integer(number) => number.to_string(),
        Operand::Fraction(text) | Operand::Text(text) => text.clone(),
        Operand::Boolean(true) => "True".to_owned(),
        Operand::Boolean(false) => "False".to_owned(),
    }
}

fn entered(value: &Value) -> String {
    match value {
        Value::Number(text) | Value::Text(text) => text.clone(),
        _ => String::new(),
    }
}

/// Luhn's checksum over the digits; dashes and spaces are ignored.
fn is_card(text: &str) -> bool {
    let digits: Option<Vec<u32>> =
        text.chars().filter(|c| !matches!(c, '-' | ' ')).rev().map(|c| c.to_digit(10)).collect();
    let Some(digits) = digits.filter(|digits| !digits.is_empty()) else { return false };
    let sum: u32 = digits
        .iter()
        .enumerate()
        .map(|(index, digit)| match index % 2 {
            1 => digit * 2 / 10 + digit * 2 % 10,
            _ => *digit,
        })
        .sum();
    sum.is_multiple_of(10)
}
