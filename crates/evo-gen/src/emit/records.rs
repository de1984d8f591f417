//! Structs, and newtypes over lists and maps.

use super::files::visibility;
use super::layout::{self, Definition, Entry, Field, MacroCall, literal};
use super::scope::{Scope, spelled};
use super::{attributes, docs, examples, lints, operations, rules};
use crate::Error;
use crate::api::{Collection, Item, Member, Record, Ty};

/// The struct.
pub(super) fn definition(item: &Item, record: &Record, scope: &mut Scope<'_>) -> Result<String, Error> {
    let (visibility, name, parameters) = (visibility(scope.api), spelled(&item.name), parameters(record));
    let fields: Vec<Field> = record.members.iter().map(|member| field(member, scope)).collect();
    let mut paragraphs = item_docs(item);
    if let Some(operation) = &record.operation {
        paragraphs.extend(operations::docs(operation, scope));
        paragraphs.extend(examples::of_operation(item, operation, scope.api));
    }
    let attributes = attributes::of_item(item, record.only_received, lints::of_record(item, record), scope.api);
    let head = format!("{visibility} struct {name}{parameters}");
    Definition { docs: docs::lines(&paragraphs), attributes, head, fields }.text()
}

/// What the service says about a type, else its .NET name.
pub(super) fn item_docs(item: &Item) -> Vec<String> {
    let paragraphs: Vec<String> = item.docs.iter().flat_map(|text| docs::escape(text)).collect();
    if paragraphs.is_empty() {
        let dotnet = item.dotnet.split('#').next().unwrap_or_default();
        return vec![dotnet_name(dotnet)];
    }
    paragraphs
}

/// A .NET name as code.
pub(super) fn dotnet_name(name: &str) -> String {
    format!("{}.", docs::code(name))
}

fn field(member: &Member, scope: &mut Scope<'_>) -> Field {
    let mut paragraphs: Vec<String> = member.docs.iter().flat_map(|text| docs::escape(text)).collect();
    paragraphs.extend(rules::sentence(member));
    let paragraphs = if paragraphs.is_empty() { vec![dotnet_name(&member.dotnet_name)] } else { paragraphs };
    let (visibility, name, ty) = (visibility(scope.api), spelled(&member.name), scope.ty(&member.ty));
    let mut attributes = attributes::stated(member.deprecated.as_ref(), &member.attributes);
    attributes.extend(lints::of_type(&member.ty, scope.api));
    Field { docs: docs::lines(&paragraphs), attributes, text: format!("{visibility} {name}: {ty}") }
}

/// `<T, U>`, or nothing.
fn parameters(record: &Record) -> String {
    if record.parameters.is_empty() {
        return String::new();
    }
    let names: Vec<_> = record.parameters.iter().map(|name| spelled(name)).collect();
    format!("<{}>", names.join(", "))
}

/// The macro calls of a struct: its names on the wire, and its setters.
pub(super) fn calls(item: &Item, record: &Record, scope: &mut Scope<'_>) -> String {
    let (name, parameters) = (spelled(&item.name), parameters(record));
    scope.runtime_macro("record");
    let entries = record.members.iter().map(|member| {
        let mut text = format!("{}: {}", spelled(&member.name), literal(&member.dotnet_name));
        if let Some(wire) = &member.wire_name {
            text.extend([" as ", &literal(wire)]);
        }
        let marks = [(member.hides, " hides"), (member.required && record.new.is_some(), " required")];
        for (number, (_, mark)) in marks.into_iter().filter(|(is_set, _)| *is_set).enumerate() {
            text.extend([if number == 0 { " =>" } else { "" }, mark]);
        }
        Entry { docs: Vec::new(), text }
    });
    let call = MacroCall {
        name: "record",
        head: format!("{name}{parameters}"),
        entries: Some(entries.collect()),
        tail: String::new(),
    };
    call.text() + &setters(item, record, scope)
}

fn setters(item: &Item, record: &Record, scope: &mut Scope<'_>) -> String {
    let Some(new) = &record.new else { return String::new() };
    scope.runtime_macro("setters");
    let (name, parameters) = (spelled(&item.name), parameters(record));
    let mut arguments = Vec::new();
    for member in new.iter().filter_map(|index| record.members.get(*index)) {
        if let Some(setter) = &member.setter {
            let plain = if is_plain(member) { " = plain" } else { "" };
            arguments.push(format!("{}: {}{plain}", spelled(&member.name), scope.ty(&setter.ty)));
        }
    }
    let mut entries = Vec::new();
    let mut deprecated = Vec::new();
    for (index, member) in record.members.iter().enumerate() {
        let Some(setter) = member.setter.as_ref().filter(|_| !new.contains(&index)) else { continue };
        let mut text = spelled(&member.name).into_owned();
        if setter.method != member.name {
            text.extend([" as ", &spelled(&setter.method)]);
        }
        text.extend([": ", &scope.ty(&setter.ty)]);
        if is_plain(member) {
            text.push_str(" = plain");
        }
        match &member.deprecated {
            Some(note) => {
                text.extend([" => ", &literal(note)]);
                deprecated.push(Entry { docs: Vec::new(), text });
            }
            None => entries.push(Entry { docs: Vec::new(), text }),
        }
    }
    let head = format!("{name}{parameters}({})", arguments.join(", "));
    let mut text = MacroCall { name: "setters", head, entries: Some(entries), tail: String::new() }.text();
    if !deprecated.is_empty() {
        scope.runtime_macro("deprecated_setters");
        let (name, head) = ("deprecated_setters", format!("{name}{parameters}"));
        text += &MacroCall { name, head, entries: Some(deprecated), tail: String::new() }.text();
    }
    text
}

/// Whether a member is no `Option`.
fn is_plain(member: &Member) -> bool {
    !matches!(member.ty, Ty::Option(_))
}

/// A class that is a list or a map.
pub(super) fn collection(item: &Item, collection: &Collection, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("collection");
    let (visibility, name) = (visibility(scope.api), spelled(&item.name));
    let inner = scope.ty(&collection.inner);
    let mut paragraphs = item_docs(item);
    if let Some(operation) = &collection.operation {
        paragraphs.extend(operations::docs(operation, scope));
        paragraphs.extend(examples::of_operation(item, operation, scope.api));
    }
    let attributes = attributes::of_item(item, false, lints::of_type(&collection.inner, scope.api), scope.api);
    let newtype = format!("{visibility} struct {name}({visibility} {inner});");
    let definition = layout::newtype(&docs::lines(&paragraphs), &attributes, &newtype)?;
    let request = if collection.operation.is_some() { "request " } else { "" };
    let head = format!("{request}{name}({inner})");
    let call = MacroCall { name: "collection", head, entries: None, tail: String::new() };
    Ok(vec![definition, call.text()])
}
