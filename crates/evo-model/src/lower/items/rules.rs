//! The validators of a service as rules: the attributes `Validate`, `ValidateNotEmpty` and so on, parsed once.
//!
//! A rule is written in ServiceStack's `#Script`: `NotEmpty`, `Length(1,20)`, `RegularExpression('^a')`, several as
//! `[NotNull,Email]`. <https://docs.servicestack.net/declarative-validation>

use crate::api::{Check, Operand, Rule};
use crate::metadata::Attribute;

/// Reads the rules that the attributes of a member state, in their order.
pub(super) fn read_rules(attributes: &[Attribute]) -> Vec<Rule> {
    attributes.iter().flat_map(read_attribute).collect()
}

/// Reads the rules for a request as a whole, except those that check the caller.
pub(crate) fn read_request_rules(attributes: &[Attribute]) -> Vec<Rule> {
    let all = attributes.iter().filter(|attribute| attribute.name == "ValidateRequest").flat_map(read_attribute);
    all.filter(|rule| !checks_caller(rule)).collect()
}

/// Whether an attribute of a request states a rule that checks the caller.
pub(crate) fn validates_access(attributes: &[Attribute]) -> bool {
    attributes.iter().flat_map(read_attribute).any(|rule| checks_caller(&rule))
}

fn checks_caller(rule: &Rule) -> bool {
    const VALIDATORS: [&str; 8] =
        ["IsAuth", "IsAdmin", "HasRole", "HasPermission", "HasClaim", "HasScope", "ApiKey", "AuthSecret"];
    matches!(&rule.check, Check::Other(text) if VALIDATORS.iter().any(|name| text.starts_with(name)))
}

fn read_attribute(attribute: &Attribute) -> Vec<Rule> {
    let Some(kind) = attribute.name.strip_prefix("Validate") else { return Vec::new() };
    let arg = |name: &str| {
        let found = attribute.args.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.trim()).filter(|value| !value.is_empty())
    };
    let (error_code, message) = (arg("ErrorCode").map(str::to_owned), arg("Message").map(str::to_owned));
    let stated = match (arg("Condition"), arg("Validator")) {
        (Some(condition), _) => vec![Check::Other(condition.to_owned())],
        (None, Some(validators)) => read_script(validators),
        // A dedicated attribute is named after its rule.
        (None, None) if !matches!(kind, "" | "Request") => {
            const OWN: [&str; 4] = ["Message", "ErrorCode", "AllConditions", "AnyConditions"];
            let args = attribute.args.iter().filter(|(key, _)| !OWN.contains(&key.as_str()));
            let args: Vec<Operand> =
                args.map(|(_, value)| read_literal(value).unwrap_or_else(|| text(value))).collect();
            vec![find_check(kind, &args).unwrap_or_else(|| Check::Other(kind.to_owned()))]
        }
        (None, None) => Vec::new(),
    };
    let rule = |check| Rule { check, error_code: error_code.clone(), message: message.clone() };
    stated.into_iter().map(rule).collect()
}

/// Reads the rules in a `#Script` text. What cannot be parsed is kept verbatim for readers.
fn read_script(script: &str) -> Vec<Check> {
    let list = script.strip_prefix('[').and_then(|inside| inside.strip_suffix(']')).unwrap_or(script);
    let read = |part: &str| {
        let part = part.trim();
        let (name, args) = match part.split_once('(') {
            Some((name, args)) => (name.trim(), split(args.strip_suffix(')')?)?),
            None => (part, Vec::new()),
        };
        let args: Option<Vec<Operand>> = args.iter().map(|arg| read_literal(arg.trim())).collect();
        find_check(name, &args?)
    };
    let Some(parts) = split(list) else { return vec![Check::Other(script.to_owned())] };
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.map(|part| read(part).unwrap_or_else(|| Check::Other(part.trim().to_owned()))).collect()
}

/// Splits a string at the commas outside quotes and parentheses. Returns `None` if these do not match.
fn split(text: &str) -> Option<Vec<&str>> {
    if text.trim().is_empty() {
        return Some(Vec::new());
    }
    let mut parts = Vec::new();
    let (mut start, mut depth, mut quote, mut is_escaped) = (0, 0_usize, None, false);
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (Some(_), _) if is_escaped => is_escaped = false,
            (Some(_), '\\') => is_escaped = true,
            // A doubled quote closes and immediately reopens the string.
            (Some(open), c) if c == open => quote = None,
            (None, c) if QUOTES.contains(&c) => quote = Some(c),
            (None, '(' | '[' | '{') => depth += 1,
            (None, ')' | ']' | '}') => depth = depth.checked_sub(1)?,
            (None, ',') if depth == 0 => {
                parts.push(text.get(start..at)?);
                start = at + 1;
            }
            _ => {}
        }
    }
    parts.push(text.get(start..)?);
    (depth == 0 && quote.is_none()).then_some(parts)
}

fn text(value: &str) -> Operand {
    Operand::Text(value.to_owned())
}

/// The quotes around strings: servers write the prime, U+2032, and people any quote that `#Script` accepts.
const QUOTES: [char; 4] = ['\u{2032}', '`', '\'', '"'];

/// Reads a `#Script` literal.
fn read_literal(literal: &str) -> Option<Operand> {
    if let Some(quote) = literal.chars().next().filter(|first| QUOTES.contains(first)) {
        let inside = literal.strip_prefix(quote)?.strip_suffix(quote)?;
        return unescape(inside, quote).map(Operand::Text);
    }
    match literal {
        "true" => return Some(Operand::Boolean(true)),
        "false" => return Some(Operand::Boolean(false)),
        _ => {}
    }
    read_number(literal)
}

/// Reads a number, without trailing zeros in its fraction.
fn read_number(literal: &str) -> Option<Operand> {
    let (whole, fraction) = literal.split_once('.').unwrap_or((literal, ""));
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        return whole.parse().ok().map(Operand::Integer);
    }
    // Numbers that do not fit in an `f64` are left to the service.
    let digits = format!("{whole}.{fraction}");
    let number: f64 = digits.parse().ok()?;
    (number.to_string() == digits).then_some(Operand::Fraction(digits))
}

/// Unescapes the text between two quotes. A quote inside it is doubled or follows a backslash. Any other backslash belongs to a regular
/// expression, where nobody doubles it, unless it makes a line break or a tab between C# quotes.
fn unescape(text: &str, quote: char) -> Option<String> {
    let has_escapes = matches!(quote, '\'' | '"');
    let mut unescaped = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            c if c == quote => unescaped.push(chars.next().filter(|next| *next == quote)?),
            '\\' => match chars.next()? {
                'n' if has_escapes => unescaped.push('\n'),
                'r' if has_escapes => unescaped.push('\r'),
                't' if has_escapes => unescaped.push('\t'),
                '\\' if has_escapes => unescaped.push('\\'),
                next if next == quote => unescaped.push(next),
                next => unescaped.extend(['\\', next]),
            },
            c => unescaped.push(c),
        }
    }
    Some(unescaped)
}

/// Finds the check with this name. Returns `None` if there is none, or if the arguments do not fit.
fn find_check(name: &str, args: &[Operand]) -> Option<Check> {
    let count = |index: usize| match args.get(index) {
        Some(Operand::Integer(number)) => u32::try_from(*number).ok(),
        _ => None,
    };
    let operand = |index: usize| args.get(index).cloned();
    let (expected, check) = match name.to_ascii_lowercase().as_str() {
        "notnull" => (0, Check::NotNull),
        "notempty" => (0, Check::NotEmpty),
        "null" => (0, Check::Null),
        "empty" => (0, Check::Empty),
        "email" => (0, Check::Email),
        "creditcard" => (0, Check::CreditCard),
        "regularexpression" => match args {
            [Operand::Text(pattern)] => (1, Check::RegularExpression(pattern.clone())),
            _ => return None,
        },
        "length" => (2, Check::Length(count(0)?, count(1)?)),
        "exactlength" => (1, Check::ExactLength(count(0)?)),
        "minimumlength" => (1, Check::MinimumLength(count(0)?)),
        "maximumlength" => (1, Check::MaximumLength(count(0)?)),
        "lessthan" => (1, Check::LessThan(operand(0)?)),
        "lessthanorequal" => (1, Check::LessThanOrEqual(operand(0)?)),
        "greaterthan" => (1, Check::GreaterThan(operand(0)?)),
        "greaterthanorequal" => (1, Check::GreaterThanOrEqual(operand(0)?)),
        "equal" => (1, Check::Equal(operand(0)?)),
        "notequal" => (1, Check::NotEqual(operand(0)?)),
        "inclusivebetween" => (2, Check::InclusiveBetween(operand(0)?, operand(1)?)),
        "exclusivebetween" => (2, Check::ExclusiveBetween(operand(0)?, operand(1)?)),
        "scaleprecision" => (2, Check::ScalePrecision(count(0)?, count(1)?)),
        _ => return None,
    };
    (args.len() == expected).then_some(check)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn attribute(name: &str, args: &[(&str, &str)]) -> Attribute {
        let args = args.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Attribute { name: name.to_owned(), args: args.collect() }
    }

    fn other(text: &str) -> Check {
        Check::Other(text.to_owned())
    }

    #[test]
    fn validators_are_read_as_rules() {
        let integer = Operand::Integer;
        for (script, expected) in [
            ("NotEmpty", vec![Check::NotEmpty]),
            ("GreaterThan(0)", vec![Check::GreaterThan(integer(0))]),
            ("Length(1,20)", vec![Check::Length(1, 20)]),
            (" length( 1 , 20 ) ", vec![Check::Length(1, 20)]),
            (
                "InclusiveBetween(-5,0.5)",
                vec![Check::InclusiveBetween(integer(-5), Operand::Fraction("0.5".to_owned()))],
            ),
            ("[NotNull,MaximumLength(40)]", vec![Check::NotNull, Check::MaximumLength(40)]),
            ("Equal('a, (b')", vec![Check::Equal(text("a, (b"))]),
            ("RegularExpression(`^\\d+$`)", vec![Check::RegularExpression("^\\d+$".to_owned())]),
            ("RegularExpression('^\\d+\\'$')", vec![Check::RegularExpression("^\\d+'$".to_owned())]),
            ("RegularExpression('^a\\.b\\\\c$')", vec![Check::RegularExpression("^a\\.b\\c$".to_owned())]),
            ("RegularExpression(\u{2032}^[a-z]+$\u{2032})", vec![Check::RegularExpression("^[a-z]+$".to_owned())]),
            (
                "RegularExpression(\u{2032}^\\d{2},\\n'\\(\u{2032})",
                vec![Check::RegularExpression("^\\d{2},\\n'\\(".to_owned())],
            ),
            ("NotEqual(\u{2032}it's\u{2032})", vec![Check::NotEqual(text("it's"))]),
            ("NotEqual(\u{2032}a\"b\u{2032})", vec![Check::NotEqual(text("a\"b"))]),
            ("Equal(\u{2032}a\u{2032}\u{2032}b\u{2032})", vec![Check::Equal(text("a\u{2032}b"))]),
            ("Equal(\u{2032}a\\\u{2032}b\u{2032})", vec![Check::Equal(text("a\u{2032}b"))]),
            ("Equal('it''s')", vec![Check::Equal(text("it's"))]),
            ("Equal(\"say \"\"hi\"\"\")", vec![Check::Equal(text("say \"hi\""))]),
            ("Equal('')", vec![Check::Equal(text(""))]),
            ("Equal('a'b')", vec![other("Equal('a'b')")]),
            (
                "InclusiveBetween(\u{2032}a\u{2032},\u{2032}f\u{2032})",
                vec![Check::InclusiveBetween(text("a"), text("f"))],
            ),
            (
                "[NotEqual(\u{2032}a], (b\u{2032}),Length(1,20)]",
                vec![Check::NotEqual(text("a], (b")), Check::Length(1, 20)],
            ),
            ("NotEqual(true)", vec![Check::NotEqual(Operand::Boolean(true))]),
            ("LessThan(1.50)", vec![Check::LessThan(Operand::Fraction("1.5".to_owned()))]),
            ("GreaterThan(-5.0)", vec![Check::GreaterThan(integer(-5))]),
            ("ScalePrecision(2,5)", vec![Check::ScalePrecision(2, 5)]),
            ("IsOdd", vec![other("IsOdd")]),
            ("Length(1)", vec![other("Length(1)")]),
            ("Length(-1,2)", vec![other("Length(-1,2)")]),
            ("GreaterThan(now)", vec![other("GreaterThan(now)")]),
            ("GreaterThan(0.10000000000000000000001)", vec![other("GreaterThan(0.10000000000000000000001)")]),
            ("[NotNull,Weird(", vec![other("[NotNull,Weird(")]),
            ("[]", vec![]),
        ] {
            let read: Vec<Check> = read_rules(&[attribute("Validate", &[("Validator", script)])])
                .into_iter()
                .map(|rule| rule.check)
                .collect();
            assert_eq!(read, expected, "{script}");
        }
    }

    #[test]
    fn attributes_of_other_forms_are_read() {
        let rule = |check| Rule { check, error_code: None, message: None };
        let stated =
            attribute("Validate", &[("Validator", "NotNull"), ("Message", "No {PropertyName}"), ("ErrorCode", "X")]);
        let full = Rule {
            check: Check::NotNull,
            error_code: Some("X".to_owned()),
            message: Some("No {PropertyName}".to_owned()),
        };
        for (attribute, expected) in [
            (stated, vec![full]),
            (attribute("ValidateNotEmpty", &[]), vec![rule(Check::NotEmpty)]),
            (attribute("ValidateLength", &[("min", "1"), ("max", "9")]), vec![rule(Check::Length(1, 9))]),
            (attribute("ValidateCustom", &[]), vec![rule(other("Custom"))]),
            (attribute("Validate", &[("Condition", "it > 1")]), vec![rule(other("it > 1"))]),
            (attribute("Required", &[]), vec![]),
        ] {
            assert_eq!(read_rules(std::slice::from_ref(&attribute)), expected, "{attribute:?}");
        }
        let request = attribute("ValidateRequest", &[("Validator", "[IsAdmin,HasRole(`A`),OnWeekdays]")]);
        assert_eq!(read_request_rules(&[request]), [rule(other("OnWeekdays"))]);
    }
}
