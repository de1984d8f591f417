//! JSON values with pointers to them. Members are looked up by their camelCase names, whatever the casing of the host.

use serde_json::{Map, Value};

use crate::diagnostics::Diagnostics;

/// A value of the document and its location.
#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    value: &'a Value,
    pointer: String,
    /// Whether all keys are camelCase, so that they can be looked up directly.
    is_camel: bool,
}

impl<'a> Node<'a> {
    pub fn root(value: &'a Value) -> Self {
        Self::new(value, String::new())
    }

    fn new(value: &'a Value, pointer: String) -> Self {
        let is_camel = value.as_object().is_none_or(|members| members.keys().all(|key| is_camel(key)));
        Self { value, pointer, is_camel }
    }

    /// Returns the JSON pointer to this value.
    pub fn pointer(&self) -> &str {
        &self.pointer
    }

    fn members(&self) -> Option<&'a Map<String, Value>> {
        self.value.as_object()
    }

    /// Finds a member by its camelCase name, along with its actual key; `null` is absent.
    fn find(&self, name: &str) -> Option<(&'a str, &'a Value)> {
        let members = self.members()?;
        let (key, value) = if self.is_camel {
            members.get_key_value(name)?
        } else {
            members.iter().find(|(key, _)| is_same_name(key, name))?
        };
        (!value.is_null()).then_some((key, value))
    }

    /// Creates the node of a member. Most members need their location only if something is wrong with them.
    fn child(&self, (key, value): (&str, &'a Value)) -> Node<'a> {
        let escaped = key.replace('~', "~0").replace('/', "~1");
        Node::new(value, format!("{}/{escaped}", self.pointer))
    }

    fn get(&self, name: &str) -> Option<Node<'a>> {
        Some(self.child(self.find(name)?))
    }

    /// Returns the JSON pointer to a member; empty if there is none.
    pub fn pointer_to(&self, name: &str) -> String {
        self.find(name).map(|found| self.child(found).pointer).unwrap_or_default()
    }

    /// Whether there is a member with this name.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// Reads a string; a number or boolean is converted to one.
    pub fn text(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<String> {
        let found = self.find(name)?;
        let text = as_text(found.1);
        if text.is_none() {
            self.child(found).report("text", diagnostics);
        }
        text
    }

    /// Reads a boolean.
    pub fn boolean(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<bool> {
        let found = self.find(name)?;
        let value = match found.1 {
            Value::Bool(value) => Some(*value),
            Value::String(text) if text.eq_ignore_ascii_case("true") => Some(true),
            Value::String(text) if text.eq_ignore_ascii_case("false") => Some(false),
            _ => None,
        };
        if value.is_none() {
            self.child(found).report("a boolean", diagnostics);
        }
        value
    }

    /// Reads a boolean; `false` if absent.
    pub fn flag(&self, name: &str, diagnostics: &mut Diagnostics) -> bool {
        self.boolean(name, diagnostics).unwrap_or_default()
    }

    /// Reads an object.
    pub fn object(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<Node<'a>> {
        let node = self.get(name)?;
        if node.value.is_object() {
            return Some(node);
        }
        node.report("an object", diagnostics);
        None
    }

    /// Reads the objects of a list; empty if absent.
    pub fn objects(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
        let items = self.items(name, diagnostics);
        items
            .into_iter()
            .filter(|item| {
                let is_object = item.value.is_object();
                if !is_object && !item.value.is_null() {
                    item.report("an object", diagnostics);
                }
                is_object
            })
            .collect()
    }

    /// Reads the names of a type's arguments. An entry that is not a string, or is blank, is an unknown type, represented by `Object`.
    pub fn type_arguments(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
        let Some((found, items)) = self.list(name, diagnostics) else { return Vec::new() };
        let argument = |(index, item): (usize, &Value)| {
            as_text(item).filter(|name| !name.trim().is_empty()).unwrap_or_else(|| {
                let pointer = format!("{}/{index}", self.child(found).pointer);
                let found = if item.is_string() { "an empty text" } else { kind(item) };
                let message = format!("expected the name of a type, found {found}");
                diagnostics.warn("EVO0005", pointer, message, "it is read as any JSON");
                "Object".to_owned()
            })
        };
        items.iter().enumerate().map(argument).collect()
    }

    /// Reads the names of the parameters of a generic type. An entry that is not a string still counts as a parameter.
    pub fn parameters(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
        let names = self.maybe_texts(name, diagnostics).into_iter().enumerate();
        names.map(|(index, name)| name.unwrap_or_else(|| format!("T{}", index + 1))).collect()
    }

    /// Reads the strings of a list; empty if absent.
    pub fn texts(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<String> {
        self.maybe_texts(name, diagnostics).into_iter().flatten().collect()
    }

    /// Reads the strings of a list whose entries may be null.
    pub fn maybe_texts(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<Option<String>> {
        self.list(name, diagnostics).into_iter().flat_map(|(_, items)| items).map(as_text).collect()
    }

    fn items(&self, name: &str, diagnostics: &mut Diagnostics) -> Vec<Node<'a>> {
        let Some((found, items)) = self.list(name, diagnostics) else { return Vec::new() };
        let pointer = self.child(found).pointer;
        items.iter().enumerate().map(|(index, item)| Node::new(item, format!("{pointer}/{index}"))).collect()
    }

    /// Finds a member that is a list, and its items.
    fn list(&self, name: &str, diagnostics: &mut Diagnostics) -> Option<((&'a str, &'a Value), &'a Vec<Value>)> {
        let found = self.find(name)?;
        let items = found.1.as_array();
        if items.is_none() {
            self.child(found).report("a list", diagnostics);
        }
        Some((found, items?))
    }

    fn report(&self, expected: &str, diagnostics: &mut Diagnostics) {
        let found = kind(self.value);
        diagnostics.warn(
            "EVO0005",
            &self.pointer,
            format!("expected {expected}, found {found}"),
            "it is read as absent",
        );
    }
}

/// Returns the kind of a value, for remarks.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "text",
        Value::Array(_) => "a list",
        Value::Object(_) => "an object",
    }
}

fn as_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(value) => Some(value.to_string()),
        _ => None,
    }
}

fn is_camel(key: &str) -> bool {
    !key.contains('_') && !key.starts_with(|c: char| c.is_uppercase())
}

/// Whether a key is this camelCase name, ignoring case and underscores.
fn is_same_name(key: &str, name: &str) -> bool {
    let folded = key.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_lowercase());
    folded.eq(name.bytes().map(|byte| byte.to_ascii_lowercase()))
}
