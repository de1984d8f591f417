//! Writes responses as hosts do: `ServiceStack.Text` and `System.Text.Json` differ in dates, GUIDs, nulls and escapes.

use std::fmt::Write as _;

use super::convert::default_of;
use super::{Value, dates, durations};
use crate::schema::{Enum, Member, Record, Schema, Shape, Type};

/// The casing of member names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Casing {
    /// `callSid`.
    #[default]
    Camel,
    /// `CallSid`.
    Pascal,
    /// `call_sid`.
    Snake,
}

/// The serializer and its settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// Whether the serializer is `System.Text.Json` rather than `ServiceStack.Text`.
    pub(crate) is_strict: bool,
    pub(crate) casing: Casing,
    /// Whether dates are written as ISO 8601 with seven fractional digits, as with `jsconfig=dh:iso8601`.
    pub(crate) iso_dates: bool,
}

pub(crate) struct Writer<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) style: Style,
}

impl Writer<'_> {
    /// Writes a canonical value.
    pub(crate) fn write(&self, shape: &Shape, value: &Value) -> String {
        let mut out = String::new();
        self.value(shape, value, &mut out);
        out
    }

    fn value(&self, shape: &Shape, value: &Value, out: &mut String) {
        match (shape, value) {
            (_, Value::Null) => out.push_str("null"),
            (Shape::Nullable(inner), _) | (Shape::Struct(inner), Value::Object(_)) => self.value(inner, value, out),
            (Shape::Tuple(_), _) if self.style.is_strict => out.push_str("{}"),
            (Shape::Tuple(_), _) => self.text(&tuple_text(value), out),
            (Shape::DateTime | Shape::DateTimeOffset, Value::Text(text)) => self.text(&self.date(text), out),
            (Shape::Guid, Value::Text(text)) if !self.style.is_strict => self.text(&text.replace('-', ""), out),
            (Shape::List(item), Value::List(items)) => self.list(item, items, out),
            (Shape::Map(key, item), Value::Object(pairs)) => self.map(key, item, pairs, out),
            (Shape::Defined(id), _) => match (self.schema.get(*id), value) {
                (Type::Record(record), Value::Object(members)) => self.record(record, members, out),
                (Type::Enum(own), _) => self.enum_value(own, value, out),
                (Type::Alias(shape), _) => self.value(shape, value, out),
                // System.Text.Json writes the members of the declared class.
                (Type::Variants(variants), Value::Object(members)) => {
                    match variants.base.filter(|_| self.style.is_strict).or_else(|| variants.class_of(members)) {
                        Some(id) => self.value(&Shape::Defined(id), value, out),
                        None => self.any(value, out),
                    }
                }
                _ => self.any(value, out),
            },
            _ => self.any(value, out),
        }
    }

    fn date(&self, text: &str) -> String {
        let Some(date) = dates::Date::parse(text) else { return text.to_owned() };
        match (self.style.is_strict, self.style.iso_dates) {
            (true, _) => date.iso(),
            (false, true) => date.iso_with_ticks(),
            (false, false) => date.wcf(),
        }
    }

    fn list(&self, item: &Shape, items: &[Value], out: &mut String) {
        // ServiceStack.Text leaves a gap where some values are null, and writes objects without members for others.
        let is_classic = !self.style.is_strict;
        let is_number = |shape: &Shape| matches!(shape, Shape::Integer { .. } | Shape::Float | Shape::Decimal);
        let is_class = is_classic && self.schema.record(item).is_some();
        let leaves_holes = is_classic
            && !is_class
            && match item {
                Shape::Bytes => true,
                Shape::List(inner) => is_number(inner),
                Shape::Nullable(inner) => matches!(**inner, Shape::Guid | Shape::Span | Shape::Defined(_)),
                _ => false,
            };
        out.push('[');
        for (index, value) in items.iter().enumerate() {
            if index > 0 {
                out.push(',');
            }
            match value {
                Value::Null if leaves_holes => {}
                Value::Null if is_class => out.push_str("{}"),
                _ => self.value(item, value, out),
            }
        }
        out.push(']');
    }

    fn map(&self, key: &Shape, item: &Shape, pairs: &[(String, Value)], out: &mut String) {
        out.push('{');
        let mut is_first = true;
        for (name, value) in pairs {
            // ServiceStack.Text omits pairs whose value is null.
            if value.is_null() && !self.style.is_strict {
                continue;
            }
            if !std::mem::take(&mut is_first) {
                out.push(',');
            }
            self.text(&self.key(key, name), out);
            out.push(':');
            self.value(item, value, out);
        }
        out.push('}');
    }

    fn key(&self, shape: &Shape, key: &str) -> String {
        let is_strict = self.style.is_strict;
        match shape {
            Shape::DateTime | Shape::DateTimeOffset => self.date(key),
            Shape::Guid if !is_strict => key.replace('-', ""),
            Shape::Bool if is_strict => if key == "true" { "True" } else { "False" }.to_owned(),
            Shape::Span | Shape::Time if is_strict => {
                durations::parse(key, true).map_or_else(|| key.to_owned(), durations::write_clock)
            }
            _ => key.to_owned(),
        }
    }

    fn record(&self, record: &Record, members: &[(String, Value)], out: &mut String) {
        out.push('{');
        let mut is_first = true;
        if let Some(name) = type_name(members).filter(|_| !self.style.is_strict) {
            is_first = false;
            out.push_str("\"__type\":");
            self.text(&name, out);
        }
        for member in &record.members {
            let value = members.iter().find(|(name, _)| *name == member.name).map(|(_, value)| value);
            // A member of a value type is always written.
            let value = match value {
                Some(value) if !value.is_null() => value.clone(),
                _ if member.is_value => default_of(self.schema, &member.shape),
                _ => continue,
            };
            if !std::mem::take(&mut is_first) {
                out.push(',');
            }
            self.text(&self.member_name(member), out);
            out.push(':');
            self.value(&member.shape, &value, out);
        }
        out.push('}');
    }

    pub(crate) fn member_name(&self, member: &Member) -> String {
        member.wire_name.clone().unwrap_or_else(|| apply_casing(&member.name, self.style.casing))
    }

    fn enum_value(&self, own: &Enum, value: &Value, out: &mut String) {
        match value {
            Value::Text(name) => {
                let member = own.members.iter().find(|member| member.name == *name);
                self.text(member.and_then(|member| member.wire_name.as_deref()).unwrap_or(name), out);
            }
            Value::Number(number) if own.is_number || self.style.is_strict => out.push_str(number),
            // An undefined number is quoted.
            Value::Number(number) => self.text(number, out),
            _ => self.any(value, out),
        }
    }

    /// Converts a value to the names and scalar forms of JSV.
    pub(crate) fn jsv_value(&self, shape: &Shape, value: &Value) -> Value {
        match (shape, value) {
            (Shape::Nullable(inner) | Shape::Struct(inner), _) => self.jsv_value(inner, value),
            (Shape::Tuple(_), _) => Value::Text(tuple_text(value)),
            (Shape::DateTime | Shape::DateTimeOffset, Value::Text(text)) => {
                Value::Number(dates::Date::parse(text).map_or_else(|| text.clone(), dates::Date::jsv))
            }
            (Shape::Guid, Value::Text(text)) => Value::Text(text.replace('-', "")),
            (Shape::List(item), Value::List(items)) => {
                Value::List(items.iter().map(|value| self.jsv_value(item, value)).collect())
            }
            (Shape::Map(key, item), Value::Object(pairs)) => Value::Object(
                pairs.iter().map(|(name, value)| (self.key(key, name), self.jsv_value(item, value))).collect(),
            ),
            (Shape::Defined(id), _) => match (self.schema.get(*id), value) {
                (Type::Record(record), Value::Object(members)) => self.jsv_record(record, members),
                (Type::Enum(own), Value::Text(name)) => {
                    let member = own.members.iter().find(|member| member.name == *name);
                    Value::text(member.and_then(|member| member.wire_name.as_deref()).unwrap_or(name))
                }
                (Type::Alias(shape), _) => self.jsv_value(shape, value),
                (Type::Variants(variants), Value::Object(members)) => match variants.class_of(members) {
                    Some(id) => self.jsv_value(&Shape::Defined(id), value),
                    None => value.clone(),
                },
                _ => value.clone(),
            },
            _ => value.clone(),
        }
    }

    fn jsv_record(&self, record: &Record, members: &[(String, Value)]) -> Value {
        let type_name = type_name(members).map(|name| ("__type".to_owned(), Value::Text(name)));
        let members = record.members.iter().filter_map(|member| {
            let value = members.iter().find(|(name, _)| *name == member.name).map(|(_, value)| value);
            let value = match value {
                Some(value) if !value.is_null() => value.clone(),
                _ if member.is_value => default_of(self.schema, &member.shape),
                _ => return None,
            };
            Some((self.member_name(member), self.jsv_value(&member.shape, &value)))
        });
        Value::Object(type_name.into_iter().chain(members).collect())
    }

    /// Writes a value of unknown type as it was received.
    pub(crate) fn any(&self, value: &Value, out: &mut String) {
        match value {
            Value::Null => out.push_str("null"),
            Value::Bool(flag) => out.push_str(if *flag { "true" } else { "false" }),
            Value::Number(digits) => out.push_str(digits),
            Value::Text(text) => self.text(text, out),
            Value::List(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    self.any(item, out);
                }
                out.push(']');
            }
            Value::Object(members) => {
                out.push('{');
                for (index, (name, value)) in members.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    self.text(name, out);
                    out.push(':');
                    self.any(value, out);
                }
                out.push('}');
            }
        }
    }

    /// Writes a string. `System.Text.Json` escapes everything outside ASCII and some HTML characters, `ServiceStack.Text` the slashes of
    /// dates.
    fn text(&self, text: &str, out: &mut String) {
        out.push('"');
        if !self.style.is_strict && text.starts_with("/Date(") && text.ends_with(")/") {
            out.push_str(&text.replace('/', "\\/"));
            out.push('"');
            return;
        }
        for c in text.chars() {
            match c {
                '"' if self.style.is_strict => out.push_str("\\u0022"),
                '"' => out.push_str("\\\""),
                '\\' => out.push_str("\\\\"),
                '\n' => out.push_str("\\n"),
                '\r' => out.push_str("\\r"),
                '\t' => out.push_str("\\t"),
                '\u{8}' => out.push_str("\\b"),
                '\u{c}' => out.push_str("\\f"),
                '&' | '\'' | '+' | '<' | '>' | '`' if self.style.is_strict => escape(c, out),
                _ if c.is_control() || (self.style.is_strict && !c.is_ascii()) => escape(c, out),
                _ => out.push(c),
            }
        }
        out.push('"');
    }
}

/// Returns the class that `ServiceStack.Text` writes as `__type` if it differs from the declared one.
fn type_name(members: &[(String, Value)]) -> Option<String> {
    match members.first() {
        Some((name, Value::Text(text))) if name == "__type" => Some(format!("{text}, Mock")),
        _ => None,
    }
}

/// Formats a tuple as .NET does: `(left, 1)`.
fn tuple_text(value: &Value) -> String {
    let Value::Object(members) = value else { return String::new() };
    let items = members.iter().map(|(_, value)| match value {
        Value::Text(text) | Value::Number(text) => text.clone(),
        Value::Bool(flag) => if *flag { "True" } else { "False" }.to_owned(),
        _ => String::new(),
    });
    format!("({})", items.collect::<Vec<_>>().join(", "))
}

fn escape(c: char, out: &mut String) {
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a `String` cannot fail.
        let _ = write!(out, "\\u{unit:04X}");
    }
}

/// Returns the wire name of a member (reference 3.1).
pub(crate) fn apply_casing(name: &str, casing: Casing) -> String {
    match casing {
        Casing::Pascal => name.to_owned(),
        Casing::Camel => camel(name),
        Casing::Snake => {
            let mut snake = String::new();
            for c in camel(name).chars() {
                if c.is_lowercase() || c.is_ascii_digit() || c == '_' {
                    snake.push(c);
                } else {
                    snake.push('_');
                    snake.extend(c.to_lowercase());
                }
            }
            snake
        }
    }
}

/// Converts the first character to lower case, and further leading capitals as long as the next character is also a capital.
fn camel(name: &str) -> String {
    let chars: Vec<char> = name.chars().collect();
    let mut out = String::with_capacity(name.len());
    let mut is_leading = true;
    for (index, c) in chars.iter().enumerate() {
        let is_next_capital = chars.get(index + 1).is_none_or(char::is_ascii_uppercase);
        is_leading &= c.is_ascii_uppercase() && (index == 0 || is_next_capital);
        out.push(if is_leading { c.to_ascii_lowercase() } else { *c });
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_follow_the_rule_of_the_server() {
        let names = [
            ("UserID", "userID", "user_i_d"),
            ("URLPath", "urlPath", "url_path"),
            ("ID", "id", "id"),
            ("IPv4Address", "iPv4Address", "i_pv4_address"),
            ("SCREAMING_CASE", "screaminG_CASE", "screamin_g__c_a_s_e"),
            ("_Foo", "_Foo", "__foo"),
            ("iPhone", "iPhone", "i_phone"),
        ];
        for (name, camel, snake) in names {
            assert_eq!(apply_casing(name, Casing::Camel), camel);
            assert_eq!(apply_casing(name, Casing::Snake), snake);
            assert_eq!(apply_casing(name, Casing::Pascal), name);
        }
    }
}
