//! Compares two documents of one service: operations and types that were added, removed or changed.

use std::collections::{BTreeMap, BTreeSet};

use crate::metadata::{Operation, Type, TypeName, Types};

/// A difference between two documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// Whether it was added, removed or changed.
    pub kind: ChangeKind,
    /// `operation` or `type`.
    pub what: &'static str,
    /// The .NET name.
    pub name: String,
    /// The differences, if it was changed.
    pub details: Vec<String>,
}

/// Whether something was added, removed or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangeKind {
    /// Only the new document has it.
    Added,
    /// Only the old document has it.
    Removed,
    /// Both have it, and they differ.
    Changed,
}

impl ChangeKind {
    /// Returns the word for it in JSON lines.
    pub fn name(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Changed => "changed",
        }
    }
}

impl std::fmt::Display for Change {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let sign = match self.kind {
            ChangeKind::Added => '+',
            ChangeKind::Removed => '-',
            ChangeKind::Changed => '~',
        };
        write!(f, "{sign} {} {}", self.what, self.name)?;
        if self.details.is_empty() { Ok(()) } else { write!(f, ": {}", self.details.join(", ")) }
    }
}

/// Returns the differences, operations before types, each ordered by name.
pub fn changes(old: &Types, new: &Types) -> Vec<Change> {
    let mut changes = compare("operation", &operations(old), &operations(new));
    changes.extend(compare("type", &types(old), &types(new)));
    changes
}

/// The parts of an operation or a type that are compared, with their text.
type Parts = BTreeMap<String, String>;

fn compare(what: &'static str, old: &BTreeMap<String, Parts>, new: &BTreeMap<String, Parts>) -> Vec<Change> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let change = |name: &String| {
        let (kind, details) = match (old.get(name), new.get(name)) {
            (Some(old), Some(new)) if old == new => return None,
            (Some(old), Some(new)) => (ChangeKind::Changed, details(old, new)),
            (None, _) => (ChangeKind::Added, Vec::new()),
            (_, None) => (ChangeKind::Removed, Vec::new()),
        };
        Some(Change { kind, what, name: name.clone(), details })
    };
    names.into_iter().filter_map(change).collect()
}

fn details(old: &Parts, new: &Parts) -> Vec<String> {
    let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let detail = |name: &String| match (old.get(name), new.get(name)) {
        (Some(old), Some(new)) if old == new => None,
        (Some(old), Some(new)) => Some(format!("{name}: {old} -> {new}")),
        (None, Some(new)) => Some(format!("+{name}: {new}")),
        (Some(old), None) => Some(format!("-{name}: {old}")),
        (None, None) => None,
    };
    names.into_iter().filter_map(detail).collect()
}

fn operations(document: &Types) -> BTreeMap<String, Parts> {
    document.operations.iter().map(|operation| (full_name(&operation.request), operation_parts(operation))).collect()
}

fn operation_parts(operation: &Operation) -> Parts {
    let mut parts = type_parts(&operation.request);
    let mut part = |name: &str, text: String| parts.insert(name.to_owned(), text);
    part("verb", operation.method.clone().unwrap_or_else(|| operation.actions.join(" ")));
    let response = operation.return_type.as_ref().map(spelled);
    let response = response.or_else(|| operation.response.as_ref().map(|response| response.name.clone()));
    part("response", response.unwrap_or_else(|| "none".to_owned()));
    let routes = operation.routes.iter().map(|route| match &route.verbs {
        Some(verbs) => format!("{verbs} {}", route.path),
        None => route.path.clone(),
    });
    part("routes", format!("[{}]", routes.collect::<Vec<_>>().join(", ")));
    parts
}

fn types(document: &Types) -> BTreeMap<String, Parts> {
    let responses = document.operations.iter().filter_map(|operation| operation.response.as_ref());
    responses.chain(&document.types).map(|described| (full_name(described), type_parts(described))).collect()
}

fn type_parts(described: &Type) -> Parts {
    let members = described.properties.iter().map(|member| {
        let spelled = TypeName {
            name: member.type_name.clone(),
            namespace: member.namespace.clone(),
            generic_args: member.generic_args.clone(),
        };
        (format!("member {}", member.name), self::spelled(&spelled))
    });
    let values = described.enum_members.iter().map(|member| {
        let value = member.value.clone().unwrap_or_else(|| "unknown".to_owned());
        (format!("value {}", member.name), value)
    });
    let base = described.inherits.iter().map(|base| ("base".to_owned(), spelled(base)));
    members.chain(values).chain(base).collect()
}

fn full_name(described: &Type) -> String {
    if described.namespace.is_empty() {
        described.name.clone()
    } else {
        format!("{}.{}", described.namespace, described.name)
    }
}

/// Spells a type as C# does.
fn spelled(name: &TypeName) -> String {
    let plain = name.name.split('`').next().unwrap_or_default();
    if name.generic_args.is_empty() { name.name.clone() } else { format!("{plain}<{}>", name.generic_args.join(", ")) }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::diagnostics::Diagnostics;
    use crate::metadata::read_value;

    #[test]
    fn every_kind_of_change_is_named() {
        let operation = |name: &str, verb: &str, route: &str, answer: &str, member: &str| {
            json!({
                "request": { "name": name, "namespace": "Pets", "properties": [{ "name": member, "type": "String" }] },
                "method": verb, "routes": [{ "path": route, "verbs": verb }], "returnType": { "name": answer },
            })
        };
        let enumeration = |names: &[&str]| json!({ "name": "Kind", "isEnum": true, "enumNames": names });
        let old = json!({
            "operations": [
                operation("FindPets", "GET", "/pets", "Pet", "Name"),
                operation("Same", "GET", "/same", "Pet", "Id"),
                operation("Gone", "GET", "/gone", "Pet", "Id"),
            ],
            "types": [enumeration(&["Cat", "Dog"])],
        });
        let new = json!({
            "operations": [
                operation("FindPets", "POST", "/pets/find", "Pets", "Query"),
                operation("Same", "GET", "/same", "Pet", "Id"),
            ],
            "types": [enumeration(&["Cat", "Dog", "Fish"]), { "name": "Owner" }],
        });
        let read = |document| read_value(document, &mut Diagnostics::default()).unwrap();
        let lines: Vec<String> = changes(&read(&old), &read(&new)).iter().map(ToString::to_string).collect();
        assert_eq!(
            lines,
            [
                "~ operation Pets.FindPets: -member Name: String, +member Query: String, response: Pet -> Pets, \
                 routes: [GET /pets] -> [POST /pets/find], verb: GET -> POST",
                "- operation Pets.Gone",
                "~ type Kind: +value Fish: 2",
                "+ type Owner",
            ]
        );
        assert_eq!(changes(&read(&new), &read(&new)), []);
    }
}
