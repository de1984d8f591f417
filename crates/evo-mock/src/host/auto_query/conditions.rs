//! Query conditions without a declared member: `?titleStartsWith=A` (reference 12.1). Their values have to match the column.

use super::{AutoQuery, Host, Member, Shape};
use crate::host::calls::Call;
use crate::reply::Failure;
use crate::schema::Type;
use crate::values::Value;
use crate::values::convert::{Converter, Form};

/// The number of values that a condition compares with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operands {
    One,
    Two,
    Several,
    /// A pattern, which is valid for any column.
    Text,
}

/// The words for conditions with one value, which come before or after the name of the column.
const WORDS: [&str; 39] = [
    "Above",
    "Begin",
    "Beyond",
    "Over",
    "OlderThan",
    "After",
    ">",
    "GreaterThan",
    "OnOrAfter",
    "From",
    "Since",
    "Start",
    "Higher",
    "GreaterThanOrEqualTo",
    "Min",
    "Minimum",
    "Behind",
    "Below",
    "Under",
    "Lower",
    "Before",
    "YoungerThan",
    "<",
    "LessThan",
    "OnOrBefore",
    "End",
    "Stop",
    "To",
    "Until",
    "LessThanOrEqualTo",
    "Max",
    "Maximum",
    "!",
    "NotEqualTo",
    "<>",
    "IsNull",
    "IsNotNull",
    "HasAll",
    "HasAny",
];

/// The words for other conditions.
const OTHER_WORDS: [(&str, Operands); 6] = [
    ("In", Operands::Several),
    ("Between", Operands::Two),
    ("StartsWith", Operands::Text),
    ("Contains", Operands::Text),
    ("EndsWith", Operands::Text),
    ("Like", Operands::Text),
];

impl Host {
    /// Returns why a condition without a declared member is rejected.
    pub(super) fn check_conditions(&self, call: &Call<'_>, auto_query: &AutoQuery) -> Option<Failure> {
        let record = self.schema.record(&call.operation.request)?;
        // A condition without a value finds rows in which the column is null.
        let mut conditions =
            call.request.query.iter().filter(|(name, value)| record.find(name).is_none() && !value.is_empty());
        conditions.find_map(|(name, value)| {
            let (column, operands) = self.condition(auto_query, name)?;
            self.check_operands(&column.shape, operands, value)
        })
    }

    /// Returns the column of a condition, and what it compares with.
    fn condition(&self, auto_query: &AutoQuery, name: &str) -> Option<(&Member, Operands)> {
        // The part after `#` only distinguishes conditions on the same column.
        let name = name.split('#').next().unwrap_or(name);
        let find = |word: &str| {
            let after = name.strip_suffix(word).and_then(|column| self.column(auto_query, column));
            after.or_else(|| name.strip_prefix(word).and_then(|column| self.column(auto_query, column)))
        };
        let plural = || name.strip_suffix('s').and_then(|column| self.column(auto_query, column));
        let others = || OTHER_WORDS.iter().find_map(|(word, operands)| Some((find(word)?, *operands)));
        let one = |column| (column, Operands::One);
        let plain = self.column(auto_query, name).map(one);
        plain
            .or_else(others)
            .or_else(|| WORDS.iter().find_map(|word| find(word)).map(one))
            .or_else(|| plural().map(|column| (column, Operands::Several)))
    }

    fn check_operands(&self, shape: &Shape, operands: Operands, text: &str) -> Option<Failure> {
        match operands {
            Operands::Text => None,
            Operands::One => self.check_operand(shape, text),
            Operands::Several | Operands::Two => {
                let inner = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
                let items: Vec<&str> = inner.split(',').filter(|_| !inner.is_empty()).collect();
                if operands == Operands::Two && items.len() != 2 {
                    let message = "Between takes two values";
                    return Some(Failure::new(400, "ArgumentException", message).thrown());
                }
                items.into_iter().find_map(|item| self.check_operand(shape, item))
            }
        }
    }

    /// Returns why a value does not match a column, with the exception that .NET throws.
    fn check_operand(&self, shape: &Shape, text: &str) -> Option<Failure> {
        let reject = |status, code: &str, message: String| Some(Failure::new(status, code, message).thrown());
        let shape = if let Shape::Nullable(inner) = shape { inner } else { shape };
        let converter = Converter { schema: &self.schema, form: Form::Text };
        if matches!(converter.convert(shape, Value::text(text)), Ok(Some(_))) {
            return None;
        }
        match shape {
            Shape::Integer { .. } if text.parse::<i128>().is_ok() => {
                reject(500, "OverflowException", "Value was either too large or too small.".to_owned())
            }
            Shape::Integer { .. } | Shape::Float | Shape::Decimal => {
                reject(400, "FormatException", format!("The input string '{text}' was not in a correct format."))
            }
            Shape::DateTime | Shape::DateTimeOffset | Shape::Date => {
                reject(400, "FormatException", format!("String '{text}' was not recognized as a valid DateTime."))
            }
            Shape::Bool | Shape::Guid | Shape::Time | Shape::Span => {
                reject(400, "FormatException", format!("String '{text}' was not recognized as a valid value."))
            }
            Shape::Defined(id) if matches!(self.schema.get(*id), Type::Enum(_)) => {
                reject(400, "ArgumentException", format!("Requested value '{text}' was not found."))
            }
            _ => None,
        }
    }
}
