//! Finds the places of items in a document by their .NET names.

use std::collections::BTreeMap;

use super::subject::{Part, Spot};
use crate::api::Api;
use crate::lower::dotnet_name;
use crate::metadata::{Operation, Type, Types};

/// The described types and operations of a document, by the .NET names of their classes.
pub(super) struct Places<'a> {
    types: BTreeMap<String, &'a Type>,
    operations: BTreeMap<String, &'a Operation>,
}

impl<'a> Places<'a> {
    pub fn new(document: &'a Types) -> Self {
        let mut types: BTreeMap<String, &Type> = BTreeMap::new();
        let requests = document.operations.iter().map(|operation| &operation.request);
        let responses = document.operations.iter().filter_map(|operation| operation.response.as_ref());
        for described in document.types.iter().chain(requests).chain(responses) {
            // Of several descriptions, the one with the most members is the complete one.
            let whole = types.entry(dotnet_name(described)).or_insert(described);
            if described.properties.len() > whole.properties.len() {
                *whole = described;
            }
        }
        let operations = document.operations.iter().map(|operation| (dotnet_name(&operation.request), operation));
        Self { types, operations: operations.collect() }
    }

    /// Whether a described class itself has a member.
    pub fn declares(&self, class: &str, member: &str) -> bool {
        self.types.get(class).is_some_and(|described| property(described, member).is_some())
    }

    /// Returns the JSON pointer to an item or a part of one; `None` if the document does not describe it.
    pub fn pointer(&self, api: &Api, spot: &Spot<'_>) -> Option<String> {
        let item = api.items.find(spot.item)?;
        let class = item.class_name();
        let operation = self.operations.get(class).filter(|_| item.operation().is_some());
        let described = self.types.get(class);
        let pointer = match spot.part {
            Part::Whole | Part::Class(_) => match operation {
                Some(operation) => &operation.pointer,
                None => &described?.pointer,
            },
            Part::Member(member) => {
                let declarer = match &member.declared_by {
                    Some(class) => self.types.get(class.as_str()),
                    None => described,
                };
                let property = declarer.and_then(|described| property(described, &member.dotnet_name));
                property.map_or_else(|| described.map(|described| &described.pointer), Some)?
            }
            Part::Value(value) => {
                let described = described?;
                let member = described.enum_members.iter().find(|member| member.name == value.dotnet_name);
                member.map(|member| &member.pointer).filter(|pointer| !pointer.is_empty()).unwrap_or(&described.pointer)
            }
            Part::Route(call) => {
                let operation = operation?;
                let route = operation.routes.iter().find(|route| call.ends_with(&format!(" {}", route.path)));
                route.map_or(&operation.pointer, |route| &route.pointer)
            }
        };
        Some(pointer.clone())
    }
}

fn property<'a>(described: &'a Type, name: &str) -> Option<&'a String> {
    described.properties.iter().find(|property| property.name == name).map(|property| &property.pointer)
}
