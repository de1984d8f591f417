//! Scalars: numbers, strings, dates.

use super::{Converted, Converter, Form};
use crate::values::{Value, dates, durations, jsv};

impl Converter<'_> {
    pub(super) fn convert_bool(&self, value: &Value) -> Converted {
        if let Value::Bool(_) = value {
            return Ok(Some(value.clone()));
        }
        let (Value::Text(text) | Value::Number(text)) = value else { return self.reject(value) };
        if self.form == Form::StrictJson {
            return self.reject(value);
        }
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "t" | "on" => Ok(Some(Value::Bool(true))),
            "false" | "0" | "f" | "off" => Ok(Some(Value::Bool(false))),
            _ => self.reject(value),
        }
    }

    pub(super) fn convert_char(&self, value: &Value) -> Converted {
        let Value::Text(text) = value else { return self.reject(value) };
        let first = text.chars().next();
        match first {
            Some(first) if self.form == Form::StrictJson && text.encode_utf16().count() > 1 => {
                self.mismatch(&format!("{first}.."))
            }
            Some(first) => Ok(Some(Value::text(first))),
            None => self.mismatch(""),
        }
    }

    pub(super) fn convert_integer(&self, value: &Value, min: i128, max: i128) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.reject(value),
        };
        let mut digits = digits.clone();
        // In queries, a comma is a thousands separator and spaces are ignored.
        if self.form == Form::Text {
            digits.retain(|c| !matches!(c, ',' | ' '));
        }
        match digits.parse::<i128>() {
            Ok(number) if (min..=max).contains(&number) && !digits.starts_with('+') => Ok(Some(Value::number(number))),
            _ => self.reject(value),
        }
    }

    pub(super) fn convert_float(&self, value: &Value) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.reject(value),
        };
        match digits.as_str() {
            "NaN" | "Infinity" | "-Infinity" if self.form != Form::StrictJson => Ok(Some(Value::number(digits))),
            _ if digits.parse::<f64>().is_ok() && is_number(digits) => Ok(Some(Value::number(digits))),
            _ => self.reject(value),
        }
    }

    pub(super) fn convert_decimal(&self, value: &Value) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.reject(value),
        };
        // In queries, a comma is a thousands separator.
        let digits = if self.form == Form::Text { digits.replace(',', "") } else { digits.clone() };
        if is_number(&digits) { Ok(Some(Value::Number(digits))) } else { self.reject(value) }
    }

    pub(super) fn convert_text(&self, value: Value) -> Converted {
        match value {
            Value::Text(_) => Ok(Some(value)),
            _ if self.form == Form::StrictJson => self.reject(&value),
            Value::Number(digits) => Ok(Some(Value::Text(digits))),
            Value::Bool(flag) => Ok(Some(Value::text(flag.to_string()))),
            // A list or an object inside JSV is read as its text.
            Value::List(_) | Value::Object(_) => Ok(Some(Value::Text(jsv::write(&value)))),
            Value::Null => Ok(None),
        }
    }

    pub(super) fn convert_date(&self, value: &Value, only_date: bool) -> Converted {
        let text = match value {
            Value::Text(text) => text,
            // ServiceStack.Text reads a plain number as milliseconds.
            Value::Number(digits) if self.form == Form::ClassicJson => &format!("/Date({digits})/"),
            _ => return self.reject(value),
        };
        let is_strict = self.form == Form::StrictJson;
        if is_strict && (text.contains('(') || (text.len() > 10 && !text.contains('T')) || text.len() < 10) {
            return self.reject(value);
        }
        match dates::Date::parse(text) {
            Some(date) if only_date => {
                let has_time = text.contains('T');
                if is_strict && has_time {
                    self.reject(value)
                } else {
                    Ok(Some(Value::text(date.clock.date().to_string())))
                }
            }
            Some(date) => Ok(Some(Value::Text(date.iso()))),
            None => self.reject(value),
        }
    }

    pub(super) fn convert_span(&self, value: &Value, is_time: bool) -> Converted {
        let text = match value {
            Value::Text(text) => text,
            Value::Number(seconds) if self.form != Form::StrictJson => seconds,
            _ => return self.reject(value),
        };
        // System.Text.Json reads the clock form as zero, without an error.
        if self.form == Form::StrictJson && durations::parse(text, false).is_none() {
            return Ok(Some(Value::text(durations::write(0))));
        }
        match durations::parse(text, true) {
            // A time of day must be below 24 hours.
            Some(ticks) if is_time && !(0..24 * 3_600 * 10_000_000).contains(&ticks) => self.reject(value),
            Some(ticks) => Ok(Some(Value::Text(durations::write(ticks)))),
            None => self.reject(value),
        }
    }

    pub(super) fn convert_guid(&self, value: &Value) -> Converted {
        let Value::Text(text) = value else { return self.reject(value) };
        let is_dashed = text.len() == 36;
        match uuid::Uuid::try_parse(text) {
            Ok(guid) if is_dashed || self.form != Form::StrictJson => Ok(Some(Value::text(guid.to_string()))),
            _ => self.reject(value),
        }
    }

    pub(super) fn convert_bytes(&self, value: &Value) -> Converted {
        use base64::Engine as _;
        match value {
            Value::Text(text) if base64::engine::general_purpose::STANDARD.decode(text).is_ok() => {
                Ok(Some(value.clone()))
            }
            Value::List(items) if self.form != Form::StrictJson => {
                let bytes: Option<Vec<u8>> =
                    items.iter().map(|item| item.as_integer().and_then(|byte| u8::try_from(byte).ok())).collect();
                match bytes {
                    Some(bytes) => Ok(Some(Value::Text(base64::engine::general_purpose::STANDARD.encode(bytes)))),
                    None => self.reject(value),
                }
            }
            _ => self.reject(value),
        }
    }
}

fn is_number(digits: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(digits).is_ok()
        && digits.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}
