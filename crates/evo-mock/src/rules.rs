//! Checks values against the rules of a document, with the codes and messages of `FluentValidation`.

use evo_model::api::{self, Check, Operand};
use evo_runtime::Error;
use evo_runtime::validation::{self, Member, Rule, Stated};
use evo_runtime::wire::Encode;

/// A member of a request, with its value and the rules of the document.
pub struct CheckedMember<'a> {
    /// The C# name.
    pub name: &'a str,
    /// The value.
    pub value: &'a dyn Encode,
    /// Whether an unset value has the default of its type on the service.
    pub is_value: bool,
    /// The rules, in the order of the document.
    pub rules: &'a [api::Rule],
}

/// Checks the rules of a request before it is sent or when it arrives.
///
/// # Errors
///
/// Fails if a value violates a rule. The error has the code and message of the first violation, and lists all violations as field errors.
pub fn check_rules(operation: &'static str, members: &[CheckedMember<'_>]) -> Result<(), Error> {
    let read: Vec<Vec<ReadRule<'_>>> =
        members.iter().map(|member| member.rules.iter().filter_map(ReadRule::new).collect()).collect();
    let stated: Vec<Vec<Stated<'_>>> = read.iter().map(|rules| rules.iter().map(ReadRule::stated).collect()).collect();
    let members = members.iter().zip(&stated).map(|(member, rules)| Member {
        name: member.name,
        value: member.value,
        is_value: member.is_value,
        rules,
    });
    validation::check(operation, &members.collect::<Vec<_>>())
}

/// A rule with its operands.
struct ReadRule<'a> {
    check: &'a Check,
    operands: Vec<Box<dyn Encode>>,
    code: Vec<&'a str>,
    message: Vec<&'a str>,
}

impl<'a> ReadRule<'a> {
    /// Returns `None` if only the service can check the rule.
    fn new(rule: &'a api::Rule) -> Option<Self> {
        let operands = match &rule.check {
            Check::Other(_) => return None,
            Check::LessThan(one)
            | Check::LessThanOrEqual(one)
            | Check::GreaterThan(one)
            | Check::GreaterThanOrEqual(one)
            | Check::Equal(one)
            | Check::NotEqual(one) => vec![operand(one)],
            Check::InclusiveBetween(from, to) | Check::ExclusiveBetween(from, to) => vec![operand(from), operand(to)],
            _ => Vec::new(),
        };
        let (code, message) = (rule.error_code.as_deref(), rule.message.as_deref());
        let (code, message) = (code.into_iter().collect(), message.into_iter().collect());
        Some(Self { check: &rule.check, operands, code, message })
    }

    fn stated(&self) -> Stated<'_> {
        Stated { rule: self.rule(), code: &self.code, message: &self.message }
    }

    fn rule(&self) -> Rule<'_> {
        let [from, to] = [0, 1].map(|index| self.operands.get(index).map_or(&() as &dyn Encode, |operand| &**operand));
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        match self.check {
            Check::NotNull | Check::Other(_) => Rule::NotNull,
            Check::NotEmpty => Rule::NotEmpty,
            Check::Null => Rule::Null,
            Check::Empty => Rule::Empty,
            Check::Email => Rule::Email,
            Check::CreditCard => Rule::CreditCard,
            Check::RegularExpression(pattern) => Rule::RegularExpression(pattern),
            Check::Length(min, max) => Rule::Length(count(*min), count(*max)),
            Check::ExactLength(length) => Rule::ExactLength(count(*length)),
            Check::MinimumLength(min) => Rule::MinimumLength(count(*min)),
            Check::MaximumLength(max) => Rule::MaximumLength(count(*max)),
            Check::LessThan(_) => Rule::LessThan(from),
            Check::LessThanOrEqual(_) => Rule::LessThanOrEqual(from),
            Check::GreaterThan(_) => Rule::GreaterThan(from),
            Check::GreaterThanOrEqual(_) => Rule::GreaterThanOrEqual(from),
            Check::Equal(_) => Rule::Equal(from),
            Check::NotEqual(_) => Rule::NotEqual(from),
            Check::InclusiveBetween(..) => Rule::InclusiveBetween(from, to),
            Check::ExclusiveBetween(..) => Rule::ExclusiveBetween(from, to),
            Check::ScalePrecision(scale, precision) => Rule::ScalePrecision(*scale, *precision),
        }
    }
}

fn operand(operand: &Operand) -> Box<dyn Encode> {
    match operand {
        Operand::Integer(value) => Box::new(*value),
        // An invalid number fails every comparison.
        Operand::Fraction(digits) => Box::new(digits.parse::<f64>().unwrap_or(f64::NAN)),
        Operand::Text(text) => Box::new(text.clone()),
        Operand::Boolean(value) => Box::new(*value),
    }
}
