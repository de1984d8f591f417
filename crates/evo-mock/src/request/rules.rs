//! Checks the rules in the document after a request has been bound.

use evo_runtime::Decimal;
use evo_runtime::dto::ResponseError;
use evo_runtime::wire::Encode;

use crate::reply::FieldError;
use crate::rules::{CheckedMember, check_rules};
use crate::schema::Record;
use crate::values::Value;

/// Returns the errors of a request, in the order of its members and their rules.
pub(crate) fn check(record: &Record, request: &Value) -> Vec<FieldError> {
    let ruled = || record.members.iter().filter(|member| !member.rules.is_empty());
    let values: Vec<Box<dyn Encode>> =
        ruled().map(|member| encodable(request.get(&member.name).unwrap_or(&Value::Null))).collect();
    let members = ruled().zip(&values).map(|(member, value)| CheckedMember {
        name: &member.name,
        value: &**value,
        is_value: member.is_value,
        rules: &member.rules,
    });
    match check_rules("", &members.collect::<Vec<_>>()) {
        Ok(()) => Vec::new(),
        Err(error) => error.field_errors().iter().map(FieldError::from).collect(),
    }
}

/// Converts a value for the rules. Decimals keep their digits, which some rules count.
fn encodable(value: &Value) -> Box<dyn Encode> {
    match value {
        Value::Number(digits) => match digits.parse::<Decimal>() {
            Ok(number) => Box::new(number),
            Err(_) => Box::new(value.to_json()),
        },
        _ => Box::new(value.to_json()),
    }
}

impl From<&ResponseError> for FieldError {
    fn from(error: &ResponseError) -> Self {
        Self {
            error_code: error.error_code.clone().unwrap_or_default(),
            field_name: error.field_name.clone().unwrap_or_default(),
            message: error.message.clone().unwrap_or_default(),
            meta: error.meta.clone().unwrap_or_default().into_iter().collect(),
        }
    }
}
