//! The rules of a request, checked before it is sent: as the method `validate` of a generated client does.

use evo_runtime::validation::{self, Member, Rule, Stated};
use evo_runtime::wire::Encode;

use super::kinds::leaked;
use super::value::DynamicRecord;
use crate::api::{self, Check, Operand, Record};

/// Checks the rules of all members.
pub fn check(name: &'static str, record: &Record, values: &DynamicRecord) -> Result<(), evo_runtime::Error> {
    let told: Vec<Vec<Told>> =
        record.members.iter().map(|member| member.rules.iter().filter_map(Told::of).collect()).collect();
    let rules: Vec<Vec<Stated<'_>>> = told.iter().map(|rules| rules.iter().map(Told::stated).collect()).collect();
    let members = record.members.iter().zip(values.values()).zip(&rules).filter(|(_, rules)| !rules.is_empty());
    let members: Vec<Member<'_>> = members
        .map(|((member, value), rules)| {
            let name = leaked(&member.dotnet_name);
            Member { name, value, is_value: member.is_value, rules }
        })
        .collect();
    validation::check(name, &members)
}

/// A rule with the values that it compares with.
struct Told {
    check: Check,
    operands: Vec<Box<dyn Encode>>,
    code: Vec<&'static str>,
    message: Vec<&'static str>,
}

impl Told {
    /// `None` if only the service can check the rule.
    fn of(rule: &api::Rule) -> Option<Self> {
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
        let text = |text: &Option<String>| text.iter().map(|text| leaked(text)).collect();
        Some(Self { check: rule.check.clone(), operands, code: text(&rule.error_code), message: text(&rule.message) })
    }

    fn stated(&self) -> Stated<'_> {
        Stated { rule: self.rule(), code: &self.code, message: &self.message }
    }

    fn rule(&self) -> Rule<'_> {
        let [from, to] = [0, 1].map(|index| self.operands.get(index).map_or(&() as &dyn Encode, |operand| &**operand));
        let count = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
        match &self.check {
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
        // What is not a number compares with nothing.
        Operand::Fraction(digits) => Box::new(digits.parse::<f64>().unwrap_or(f64::NAN)),
        Operand::Text(text) => Box::new(text.clone()),
        Operand::Boolean(value) => Box::new(*value),
    }
}
