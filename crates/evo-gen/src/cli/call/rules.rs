//! Checks the rules of a request before it is sent, like the method `validate` of generated code.

use evo_mock::{CheckedMember, check_rules};

use super::value::DynamicRecord;
use crate::api::Record;

/// Checks the rules of all members.
pub fn check(name: &'static str, record: &Record, values: &DynamicRecord) -> Result<(), evo_runtime::Error> {
    let members = record.members.iter().zip(values.values()).filter(|(member, _)| !member.rules.is_empty());
    let members = members.map(|(member, value)| CheckedMember {
        name: &member.dotnet_name,
        value,
        is_value: member.is_value,
        rules: &member.rules,
    });
    check_rules(name, &members.collect::<Vec<_>>())
}
