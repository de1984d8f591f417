//! Lists, maps and classes.

use super::{Converted, Converter, Form, default_of};
use crate::schema::{Record, Shape};
use crate::values::{Value, json_reader, jsv};

impl Converter<'_> {
    pub(super) fn convert_list(&self, item: &Shape, value: Value) -> Converted {
        let items = match value {
            Value::List(items) => items,
            Value::Text(text) if self.form == Form::Text => return self.convert_list_text(item, &text),
            // Inside JSV, a single item needs no brackets.
            Value::Object(_) if self.form == Form::Text => vec![value],
            _ => return self.reject(&value),
        };
        let mut converted = Vec::new();
        for value in items {
            let default = default_of(self.schema, item);
            converted.push(self.convert(item, value)?.unwrap_or(default));
        }
        Ok(Some(Value::List(converted)))
    }

    /// Converts a list in a query, where the brackets are optional.
    pub(super) fn convert_list_text(&self, item: &Shape, text: &str) -> Converted {
        if text.is_empty() {
            return Ok(None);
        }
        // Quoted numbers are strings, which are rejected.
        let is_plain = matches!(item, Shape::Integer { .. } | Shape::Float | Shape::Decimal | Shape::Bool);
        if is_plain && text.contains('"') {
            return self.mismatch(text);
        }
        let bracketed = if text.starts_with('[') { text.to_owned() } else { format!("[{text}]") };
        match jsv::read(&bracketed) {
            Ok(Value::List(items)) => self.convert_list(item, Value::List(items)),
            // Strings are split on a best-effort basis.
            _ if *item == Shape::Text => {
                Ok(Some(Value::List(text.trim_matches(['[', ']']).split(',').map(Value::text).collect())))
            }
            _ => self.mismatch(text),
        }
    }

    pub(super) fn convert_map(&self, key: &Shape, item: &Shape, value: Value) -> Converted {
        let pairs = match value {
            Value::Object(pairs) => pairs,
            Value::Text(text) if self.form == Form::Text => match jsv::read(&text) {
                Ok(Value::Object(pairs)) => pairs,
                _ => return self.mismatch(&text),
            },
            _ => return self.reject(&value),
        };
        // Keys are strings. `System.Text.Json` only reads GUIDs with dashes.
        let is_strict_key = self.form == Form::StrictJson && *key == Shape::Guid;
        let keys = Converter { schema: self.schema, form: if is_strict_key { self.form } else { Form::Text } };
        let mut converted = Vec::new();
        for (text, value) in pairs {
            let key = match keys.convert(key, Value::text(text.as_str())) {
                Ok(Some(Value::Text(key) | Value::Number(key))) => key,
                Ok(Some(Value::Bool(flag))) => flag.to_string(),
                // In ServiceStack.Text, an unreadable key drops the entire dictionary.
                _ => return self.mismatch(&text),
            };
            if let Some(value) = self.convert(item, value)? {
                converted.push((key, value));
            }
        }
        Ok(Some(Value::Object(converted)))
    }

    /// Converts a struct, which is a string for `ServiceStack.Text` and an object for `System.Text.Json`. The other form is dropped or
    /// rejected.
    pub(super) fn convert_struct(&self, inner: &Shape, value: Value) -> Converted {
        match (&value, self.form) {
            (Value::Text(_), Form::ClassicJson | Form::Text) => Ok(Some(value)),
            (Value::Object(_), Form::StrictJson) => self.convert(inner, value),
            _ => self.reject(&value),
        }
    }

    /// Converts a tuple, which is an object. A string is dropped or rejected.
    pub(super) fn convert_tuple(&self, inner: &Shape, value: Value) -> Converted {
        match (&value, self.form) {
            // `System.Text.Json` ignores the fields of a tuple.
            (Value::Object(_), Form::StrictJson) => Ok(Some(Value::Object(Vec::new()))),
            (Value::Object(_), _) => self.convert(inner, value),
            _ => self.reject(&value),
        }
    }

    pub(crate) fn convert_record(&self, record: &Record, value: Value) -> Converted {
        // `System.Text.Json` cannot use a class whose members differ only in case.
        if self.form == Form::StrictJson && record.has_clash() {
            return self.mismatch(&record.name);
        }
        let members = match value {
            Value::Object(members) => members,
            Value::Text(text) if self.form == Form::Text => match read_object(&text) {
                Some(members) => members,
                None => return self.mismatch(&text),
            },
            _ => return self.reject(&value),
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

    /// Converts a value of an abstract type: without a type name, classic hosts drop it and others reject it.
    pub(super) fn convert_abstract(&self, value: &Value) -> Converted {
        match self.form {
            Form::StrictJson => self.reject(value),
            Form::ClassicJson | Form::Text => Ok(None),
        }
    }
}

/// Reads an object inside a query value: JSV, or JSON in the way newer hosts read it.
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
