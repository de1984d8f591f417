//! Enums: names, wire names and numbers.

use super::{Converted, Converter, Form};
use crate::schema::Enum;
use crate::values::Value;

impl Converter<'_> {
    pub(super) fn convert_enum(&self, own: &Enum, value: &Value) -> Converted {
        let text = match value {
            Value::Number(number) if self.form == Form::StrictJson => number,
            Value::Text(_) if self.form == Form::StrictJson && own.is_number => return self.reject(value),
            Value::Text(text) if self.form == Form::StrictJson && own.is_other_case(text) => {
                return self.reject(value);
            }
            Value::Text(text) | Value::Number(text) => text,
            _ => return self.reject(value),
        };
        if let Ok(number) = text.parse::<i128>() {
            let member = own.members.iter().find(|member| member.value == Some(number));
            return Ok(Some(match member {
                Some(member) if !own.is_number => Value::text(member.name.as_str()),
                _ => Value::number(number),
            }));
        }
        let find = |text: &str| {
            let is_called = |name: &str| name.eq_ignore_ascii_case(text);
            own.members
                .iter()
                .find(|member| is_called(&member.name) || member.wire_name.as_deref().is_some_and(is_called))
        };
        if own.is_number {
            let parts: Option<Vec<i128>> =
                text.split(',').map(|part| find(part.trim()).and_then(|member| member.value)).collect();
            return match parts {
                Some(parts) => Ok(Some(Value::number(parts.into_iter().fold(0, |all, part| all | part)))),
                None => self.reject(value),
            };
        }
        match find(text) {
            Some(member) => Ok(Some(Value::text(member.name.as_str()))),
            // A list of names is the union of their bits, even if the enum is not `[Flags]`.
            None if self.form != Form::StrictJson && text.contains(',') => {
                let parts: Option<Vec<i128>> = text.split(',').map(|part| find(part.trim())?.value).collect();
                match parts {
                    Some(parts) => {
                        self.convert_enum(own, &Value::number(parts.into_iter().fold(0, |all, part| all | part)))
                    }
                    None => self.reject(value),
                }
            }
            None => self.reject(value),
        }
    }
}
