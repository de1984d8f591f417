//! What servers make of a value that arrives, by the type of its member (reference, Appendix A).

use super::{Value, dates, durations, json_reader, jsv};
use crate::schema::{Enum, Record, Schema, Shape, Type};

/// How a value arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// JSON that `ServiceStack.Text` reads: what it cannot read is lost without an error.
    ClassicJson,
    /// JSON that `System.Text.Json` reads: what it cannot read fails the request.
    StrictJson,
    /// A value of a query, a path or a form, or a part of a JSV body; the same on every host.
    Text,
}

/// Why a value cannot be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mismatch(pub(crate) String);

/// A converted value; `None` stands for a value that is lost without an error.
pub(crate) type Converted = Result<Option<Value>, Mismatch>;

pub(crate) struct Converter<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) form: Form,
}

impl Converter<'_> {
    /// Converts a value of the whole request, a member or an item.
    pub(crate) fn convert(&self, shape: &Shape, value: Value) -> Converted {
        if let Some(fault) = self.forbidden_type(shape, &value) {
            return Err(fault);
        }
        if value.is_null() {
            return match shape {
                Shape::Nullable(_) | Shape::Text | Shape::Any | Shape::Bytes | Shape::List(_) | Shape::Map(..) => {
                    Ok(None)
                }
                Shape::Defined(id) if !matches!(self.schema.get(*id), Type::Enum(_)) => Ok(None),
                _ if self.form == Form::StrictJson => self.mismatch("null"),
                _ => Ok(None),
            };
        }
        match shape {
            Shape::Nullable(inner) if self.is_empty_scalar(inner, &value) => Ok(None),
            Shape::Nullable(inner) => self.convert(inner, value),
            Shape::Bool => self.convert_bool(&value),
            Shape::Char => self.convert_char(&value),
            Shape::Integer { min, max } => self.convert_integer(&value, *min, *max),
            Shape::Float => self.convert_float(&value),
            Shape::Decimal => self.convert_decimal(&value),
            Shape::Text => self.convert_text(value),
            Shape::DateTime | Shape::DateTimeOffset => self.convert_date(&value, false),
            Shape::Date => self.convert_date(&value, true),
            Shape::Time => self.convert_span(&value, true),
            Shape::Span => self.convert_span(&value, false),
            Shape::Guid => self.convert_guid(&value),
            Shape::Bytes => self.convert_bytes(&value),
            Shape::Any => Ok(Some(value)),
            Shape::List(item) => self.convert_list(item, value),
            Shape::Map(key, item) => self.convert_map(key, item, value),
            Shape::Struct(inner) => self.convert_struct(inner, value),
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Record(record) => self.convert_record(record, value),
                Type::Enum(own) => self.convert_enum(own, &value),
                Type::Alias(shape) => self.convert(shape, value),
                Type::Variants(_) => self.convert_polymorphic(&value),
                Type::Opaque => Ok(Some(value)),
            },
        }
    }

    /// `__type` inside a request: hosts refuse to make a type that the sender names (reference 3.10).
    fn forbidden_type(&self, shape: &Shape, value: &Value) -> Option<Mismatch> {
        let names_type = match value {
            Value::Object(members) => members.first().is_some_and(is_full_type),
            _ => return None,
        };
        let is_made = match shape {
            Shape::Any => self.form != Form::StrictJson,
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Record(_) => self.form != Form::StrictJson,
                Type::Variants(_) => true,
                _ => false,
            },
            _ => false,
        };
        (names_type && is_made).then(|| Mismatch("__type".to_owned()))
    }

    /// A value that servers refuse, or lose without a word.
    fn mismatch(&self, text: &str) -> Converted {
        match self.form {
            Form::ClassicJson => Ok(None),
            Form::StrictJson | Form::Text => Err(Mismatch(text.to_owned())),
        }
    }

    fn refuse(&self, value: &Value) -> Converted {
        match value {
            Value::Text(text) | Value::Number(text) => self.mismatch(text),
            Value::Bool(flag) => self.mismatch(&flag.to_string()),
            Value::List(_) => self.mismatch("a list"),
            Value::Object(_) => self.mismatch("an object"),
            Value::Null => self.mismatch("null"),
        }
    }

    /// An empty text for a nullable scalar is read as null outside `System.Text.Json`.
    fn is_empty_scalar(&self, shape: &Shape, value: &Value) -> bool {
        let is_scalar = !matches!(shape, Shape::Text | Shape::Bytes | Shape::Any | Shape::List(_) | Shape::Map(..));
        self.form != Form::StrictJson && is_scalar && *value == Value::text("")
    }

    fn convert_bool(&self, value: &Value) -> Converted {
        if let Value::Bool(_) = value {
            return Ok(Some(value.clone()));
        }
        let (Value::Text(text) | Value::Number(text)) = value else { return self.refuse(value) };
        if self.form == Form::StrictJson {
            return self.refuse(value);
        }
        match text.to_ascii_lowercase().as_str() {
            "true" | "1" | "t" | "on" => Ok(Some(Value::Bool(true))),
            "false" | "0" | "f" | "off" => Ok(Some(Value::Bool(false))),
            _ => self.refuse(value),
        }
    }

    fn convert_char(&self, value: &Value) -> Converted {
        let Value::Text(text) = value else { return self.refuse(value) };
        let first = text.chars().next();
        match first {
            Some(first) if self.form == Form::StrictJson && text.encode_utf16().count() > 1 => {
                self.mismatch(&format!("{first}.."))
            }
            Some(first) => Ok(Some(Value::text(first))),
            None => self.mismatch(""),
        }
    }

    fn convert_integer(&self, value: &Value, min: i128, max: i128) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.refuse(value),
        };
        let mut digits = digits.clone();
        // A comma is a thousands separator to the reader of queries, and blanks are nothing.
        if self.form == Form::Text {
            digits.retain(|c| !matches!(c, ',' | ' '));
        }
        match digits.parse::<i128>() {
            Ok(number) if (min..=max).contains(&number) && !digits.starts_with('+') => Ok(Some(Value::number(number))),
            _ => self.refuse(value),
        }
    }

    fn convert_float(&self, value: &Value) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.refuse(value),
        };
        match digits.as_str() {
            "NaN" | "Infinity" | "-Infinity" if self.form != Form::StrictJson => Ok(Some(Value::number(digits))),
            _ if digits.parse::<f64>().is_ok() && is_number(digits) => Ok(Some(Value::number(digits))),
            _ => self.refuse(value),
        }
    }

    fn convert_decimal(&self, value: &Value) -> Converted {
        let digits = match value {
            Value::Number(digits) => digits,
            Value::Text(digits) if self.form != Form::StrictJson => digits,
            _ => return self.refuse(value),
        };
        // A comma is a thousands separator to the reader of queries.
        let digits = if self.form == Form::Text { digits.replace(',', "") } else { digits.clone() };
        if is_number(&digits) { Ok(Some(Value::Number(digits))) } else { self.refuse(value) }
    }

    fn convert_text(&self, value: Value) -> Converted {
        match value {
            Value::Text(_) => Ok(Some(value)),
            _ if self.form == Form::StrictJson => self.refuse(&value),
            Value::Number(digits) => Ok(Some(Value::Text(digits))),
            Value::Bool(flag) => Ok(Some(Value::text(flag.to_string()))),
            // A list or an object inside JSV is the text that stands there.
            Value::List(_) | Value::Object(_) => Ok(Some(Value::Text(jsv::write(&value)))),
            Value::Null => Ok(None),
        }
    }

    fn convert_date(&self, value: &Value, only_date: bool) -> Converted {
        let text = match value {
            Value::Text(text) => text,
            // ServiceStack.Text reads a bare number as milliseconds.
            Value::Number(digits) if self.form == Form::ClassicJson => &format!("/Date({digits})/"),
            _ => return self.refuse(value),
        };
        let is_strict = self.form == Form::StrictJson;
        if is_strict && (text.contains('(') || (text.len() > 10 && !text.contains('T')) || text.len() < 10) {
            return self.refuse(value);
        }
        match dates::Date::parse(text) {
            Some(date) if only_date => {
                let has_time = text.contains('T');
                if is_strict && has_time {
                    self.refuse(value)
                } else {
                    Ok(Some(Value::text(date.clock.date().to_string())))
                }
            }
            Some(date) => Ok(Some(Value::Text(date.iso()))),
            None => self.refuse(value),
        }
    }

    fn convert_span(&self, value: &Value, is_time: bool) -> Converted {
        let text = match value {
            Value::Text(text) => text,
            Value::Number(seconds) if self.form != Form::StrictJson => seconds,
            _ => return self.refuse(value),
        };
        // System.Text.Json reads the clock form as zero, without an error.
        if self.form == Form::StrictJson && durations::parse(text, false).is_none() {
            return Ok(Some(Value::text(durations::write(0))));
        }
        match durations::parse(text, true) {
            // A time of day ends at 24 hours.
            Some(ticks) if is_time && !(0..24 * 3_600 * 10_000_000).contains(&ticks) => self.refuse(value),
            Some(ticks) => Ok(Some(Value::Text(durations::write(ticks)))),
            None => self.refuse(value),
        }
    }

    fn convert_guid(&self, value: &Value) -> Converted {
        let Value::Text(text) = value else { return self.refuse(value) };
        let is_dashed = text.len() == 36;
        match uuid::Uuid::try_parse(text) {
            Ok(guid) if is_dashed || self.form != Form::StrictJson => Ok(Some(Value::text(guid.to_string()))),
            _ => self.refuse(value),
        }
    }

    fn convert_bytes(&self, value: &Value) -> Converted {
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
                    None => self.refuse(value),
                }
            }
            _ => self.refuse(value),
        }
    }

    fn convert_list(&self, item: &Shape, value: Value) -> Converted {
        let items = match value {
            Value::List(items) => items,
            Value::Text(text) if self.form == Form::Text => return self.convert_list_text(item, &text),
            // Inside JSV a single item needs no brackets.
            Value::Object(_) if self.form == Form::Text => vec![value],
            _ => return self.refuse(&value),
        };
        let mut converted = Vec::new();
        for value in items {
            let default = default_of(self.schema, item);
            converted.push(self.convert(item, value)?.unwrap_or(default));
        }
        Ok(Some(Value::List(converted)))
    }

    /// A list in a query: brackets are optional.
    fn convert_list_text(&self, item: &Shape, text: &str) -> Converted {
        if text.is_empty() {
            return Ok(None);
        }
        // Quotes make texts of numbers, which are refused.
        let is_plain = matches!(item, Shape::Integer { .. } | Shape::Float | Shape::Decimal | Shape::Bool);
        if is_plain && text.contains('"') {
            return self.mismatch(text);
        }
        let bracketed = if text.starts_with('[') { text.to_owned() } else { format!("[{text}]") };
        match jsv::read(&bracketed) {
            Ok(Value::List(items)) => self.convert_list(item, Value::List(items)),
            // Texts are taken apart somehow.
            _ if *item == Shape::Text => {
                Ok(Some(Value::List(text.trim_matches(['[', ']']).split(',').map(Value::text).collect())))
            }
            _ => self.mismatch(text),
        }
    }

    fn convert_map(&self, key: &Shape, item: &Shape, value: Value) -> Converted {
        let pairs = match value {
            Value::Object(pairs) => pairs,
            Value::Text(text) if self.form == Form::Text => match jsv::read(&text) {
                Ok(Value::Object(pairs)) => pairs,
                _ => return self.mismatch(&text),
            },
            _ => return self.refuse(&value),
        };
        let keys = Converter { schema: self.schema, form: Form::Text };
        let mut converted = Vec::new();
        for (text, value) in pairs {
            let key = match keys.convert(key, Value::text(text.as_str())) {
                Ok(Some(Value::Text(key) | Value::Number(key))) => key,
                Ok(Some(Value::Bool(flag))) => flag.to_string(),
                // A key that cannot be read drops the whole dictionary in ServiceStack.Text.
                _ => return self.mismatch(&text),
            };
            if let Some(value) = self.convert(item, value)? {
                converted.push((key, value));
            }
        }
        Ok(Some(Value::Object(converted)))
    }

    /// Text in ServiceStack.Text, an object in System.Text.Json; the other form is lost or refused.
    fn convert_struct(&self, inner: &Shape, value: Value) -> Converted {
        match (&value, self.form) {
            (Value::Text(_), Form::ClassicJson | Form::Text) => Ok(Some(value)),
            (Value::Object(_), Form::StrictJson) => self.convert(inner, value),
            _ => self.refuse(&value),
        }
    }

    pub(crate) fn convert_record(&self, record: &Record, value: Value) -> Converted {
        // System.Text.Json cannot use a class whose members differ by case alone.
        if self.form == Form::StrictJson && record.has_clash() {
            return self.mismatch(&record.name);
        }
        let members = match value {
            Value::Object(members) => members,
            Value::Text(text) if self.form == Form::Text => match read_object(&text) {
                Some(members) => members,
                None => return self.mismatch(&text),
            },
            _ => return self.refuse(&value),
        };
        let mut converted: Vec<(String, Value)> = Vec::new();
        for (name, value) in members {
            let Some(member) = record.find(&name) else { continue };
            if self.form == Form::StrictJson && member.is_value && value.is_null() {
                return self.mismatch("null");
            }
            if let Some(value) = self.convert(&member.shape, value)? {
                converted.retain(|(own, _)| *own != member.name);
                converted.push((member.name.clone(), value));
            }
        }
        Ok(Some(Value::Object(converted)))
    }

    fn convert_enum(&self, own: &Enum, value: &Value) -> Converted {
        let text = match value {
            Value::Number(number) if self.form == Form::StrictJson => number,
            Value::Text(_) if self.form == Form::StrictJson && own.is_number => return self.refuse(value),
            Value::Text(text) if self.form == Form::StrictJson && own.is_other_case(text) => {
                return self.refuse(value);
            }
            Value::Text(text) | Value::Number(text) => text,
            _ => return self.refuse(value),
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
                None => self.refuse(value),
            };
        }
        match find(text) {
            Some(member) => Ok(Some(Value::text(member.name.as_str()))),
            // A list of names is their bits, whether or not the enum is meant for it.
            None if self.form != Form::StrictJson && text.contains(',') => {
                let parts: Option<Vec<i128>> = text.split(',').map(|part| find(part.trim())?.value).collect();
                match parts {
                    Some(parts) => {
                        self.convert_enum(own, &Value::number(parts.into_iter().fold(0, |all, part| all | part)))
                    }
                    None => self.refuse(value),
                }
            }
            None => self.refuse(value),
        }
    }

    /// A value for an abstract member: without a type name it is lost on classic hosts and refused on others.
    fn convert_polymorphic(&self, value: &Value) -> Converted {
        match self.form {
            Form::StrictJson => self.refuse(value),
            Form::ClassicJson | Form::Text => Ok(None),
        }
    }
}

/// An object inside a query value: JSV, or JSON as newer hosts read it.
fn read_object(text: &str) -> Option<Vec<(String, Value)>> {
    if let Ok(Value::Object(members)) = jsv::read(text) {
        let is_quoted = |name: &String| name.starts_with('"');
        if !members.iter().any(|(name, _)| is_quoted(name)) {
            return Some(members);
        }
    }
    match json_reader::read(text, true) {
        Ok(Value::Object(members)) => Some(members),
        _ => None,
    }
}

/// `"__type": "Ns.Dog, Asm"`; a short name is no type to a host.
fn is_full_type((name, value): &(String, Value)) -> bool {
    name == "__type" && matches!(value, Value::Text(text) if text.contains('.'))
}

fn is_number(digits: &str) -> bool {
    serde_json::from_str::<&serde_json::value::RawValue>(digits).is_ok()
        && digits.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// What a value is before anything is read into it.
pub(crate) fn default_of(schema: &Schema, shape: &Shape) -> Value {
    match shape {
        Shape::Bool => Value::Bool(false),
        Shape::Char => Value::text("\0"),
        Shape::Integer { .. } | Shape::Float | Shape::Decimal => Value::number(0),
        Shape::DateTime => Value::text("0001-01-01T00:00:00"),
        Shape::DateTimeOffset => Value::text("0001-01-01T00:00:00Z"),
        Shape::Date => Value::text("0001-01-01"),
        Shape::Time | Shape::Span => Value::text("PT0S"),
        Shape::Guid => Value::text("00000000-0000-0000-0000-000000000000"),
        Shape::Defined(id) => match schema.get(*id) {
            Type::Enum(own) => match own.members.iter().find(|member| member.value == Some(0)) {
                Some(member) if !own.is_number => Value::text(member.name.as_str()),
                _ => Value::number(0),
            },
            _ => Value::Null,
        },
        _ => Value::Null,
    }
}
