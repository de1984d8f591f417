//! Enums: closed lists that keep what they do not know, and `[Flags]`.

use super::files::visibility;
use super::layout::{self, Definition, Entry, Field, MacroCall, literal};
use super::records::{dotnet_name, item_docs};
use super::scope::{Scope, spelled};
use super::{attributes, docs, lints, numbers};
use crate::Error;
use crate::api::{Enum, EnumMember, Flags, Item};

/// An enum whose values travel by name.
pub(super) fn choice(item: &Item, choice: &Enum, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("choice");
    let (name, unknown) = (spelled(&item.name), spelled(&choice.unknown));
    let mut fields: Vec<Field> = choice
        .members
        .iter()
        .enumerate()
        .map(|(index, member)| {
            let mut attributes: Vec<String> = (index == 0).then(|| "#[default]".to_owned()).into_iter().collect();
            attributes.extend(attributes::stated(member.deprecated.as_ref(), &member.attributes));
            Field { docs: docs::lines(&member_docs(member)), attributes, text: spelled(&member.name).into_owned() }
        })
        .collect();
    fields.push(Field {
        docs: vec!["A value that this client does not know.".to_owned()],
        attributes: Vec::new(),
        text: format!("{unknown}({})", scope.runtime("UnknownValue")),
    });
    let attributes = attributes::of_item(item, true, lints::of_choice(item, choice), scope.api);
    let head = format!("{} enum {name}", visibility(scope.api));
    let definition = Definition { docs: docs::lines(&item_docs(item)), attributes, head, fields }.text()?;
    let entries = choice.members.iter().map(|member| Entry { docs: Vec::new(), text: entry(member) });
    let is_number = if choice.is_number { "number " } else { "" };
    let call = MacroCall {
        name: "choice",
        head: format!("{is_number}{name}"),
        entries: Some(entries.collect()),
        tail: format!("else {unknown}"),
    };
    Ok(vec![definition, call.text()])
}

/// A `[Flags]` enum.
pub(super) fn flags(item: &Item, flags: &Flags, scope: &mut Scope<'_>) -> Result<Vec<String>, Error> {
    scope.runtime_macro("flags");
    let (visibility, name) = (visibility(scope.api), spelled(&item.name));
    let attributes = attributes::of_item(item, false, None, scope.api);
    let newtype = format!("{visibility} struct {name}(u64);");
    let definition = layout::newtype(&docs::lines(&item_docs(item)), &attributes, &newtype)?;
    let entries = flags.flags.iter().map(|flag| {
        let mut text = attributes::stated(flag.deprecated.as_ref(), &flag.attributes);
        text.push(entry(flag));
        Entry { docs: docs::lines(&member_docs(flag)), text: text.join(" ") }
    });
    let entries = Some(entries.collect());
    let call = MacroCall { name: "flags", head: name.into_owned(), entries, tail: String::new() };
    Ok(vec![definition, call.text()])
}

fn member_docs(member: &EnumMember) -> Vec<String> {
    let paragraphs: Vec<String> = member.docs.iter().flat_map(|text| docs::escape(text)).collect();
    if paragraphs.is_empty() { vec![dotnet_name(&member.dotnet_name)] } else { paragraphs }
}

/// `NorthEast: "NorthEast" as "north-east" = 1`.
fn entry(member: &EnumMember) -> String {
    let wire = member.wire_name.as_ref().map(|wire| format!(" as {}", literal(wire))).unwrap_or_default();
    let (name, value) = (spelled(&member.name), numbers::integer(member.value));
    format!("{name}: {}{wire} = {value}", literal(&member.dotnet_name))
}
