//! Types of a document.

use super::node::Node;
use super::property::{Attribute, Property};
use crate::diagnostics::Diagnostics;

/// The name of a type where it is mentioned: a base class, an interface, a response.
#[derive(Debug, Clone, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct TypeName {
    /// The name, with its arity after a backtick if it is generic.
    pub name: String,
    /// The .NET namespace.
    pub namespace: String,
    /// The arguments, as strings.
    pub generic_args: Vec<String>,
}

/// A class, interface or enum.
#[expect(clippy::struct_excessive_bools, reason = "the document has these flags")]
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Type {
    /// The JSON pointer to the type.
    pub pointer: String,
    /// The name, with its arity after a backtick if it is generic.
    pub name: String,
    /// The .NET namespace.
    pub namespace: String,
    /// The names of its parameters or, in a closed response, its arguments.
    pub generic_args: Vec<String>,
    /// The base class.
    pub inherits: Option<TypeName>,
    /// Interfaces and markers.
    pub implements: Vec<TypeName>,
    /// The text of `[Api]` or `[Description]`.
    pub description: Option<String>,
    /// The text of `[Notes]`, possibly HTML.
    pub notes: Option<String>,
    /// Whether it is an enum.
    pub is_enum: bool,
    /// Whether it is a `[Flags]` enum, or an enum of a host that writes all enums as numbers.
    pub is_enum_int: bool,
    /// Whether it is an interface.
    pub is_interface: bool,
    /// Whether it is an abstract class or an interface.
    pub is_abstract: bool,
    /// Whether it is a `[DataContract]`.
    pub is_data_contract: bool,
    /// The members declared by the type itself.
    pub properties: Vec<Property>,
    /// Attributes that the host exports.
    pub attributes: Vec<Attribute>,
    /// Types declared inside this one.
    pub inner_types: Vec<TypeName>,
    /// The members of an enum.
    pub enum_members: Vec<EnumMember>,
}

/// A member of an enum. The document has separate lists of names, numbers and texts; entries at the same position belong together.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EnumMember {
    /// The JSON pointer to its name; empty if the settings supply it.
    pub pointer: String,
    /// The C# name.
    pub name: String,
    /// The number as written in the document; `None` if the document lists numbers, but none for this member.
    pub value: Option<String>,
    /// The value of its `[EnumMember]`, which is its wire name.
    pub wire_name: Option<String>,
    /// The text of its `[Description]`.
    pub description: Option<String>,
}

impl EnumMember {
    /// Reads the members of an enum. A member without a name is skipped, along with its number.
    fn read_all(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Vec<Self> {
        let list = node.pointer_to("enumNames");
        let names = node.maybe_texts("enumNames", diagnostics);
        let values = node.maybe_texts("enumValues", diagnostics);
        let wire_names = node.maybe_texts("enumMemberValues", diagnostics);
        let descriptions = node.maybe_texts("enumDescriptions", diagnostics);
        let at = |list: &[Option<String>], index: usize| list.get(index).cloned().flatten();
        let member = |(index, name): (usize, Option<String>)| {
            Some(Self {
                pointer: format!("{list}/{index}"),
                name: name.filter(|name| !name.is_empty())?,
                // Without a list of numbers they are 0, 1, 2, ...
                value: if values.is_empty() { Some(index.to_string()) } else { at(&values, index) },
                wire_name: at(&wire_names, index),
                description: at(&descriptions, index),
            })
        };
        names.into_iter().enumerate().filter_map(member).collect()
    }
}

impl TypeName {
    pub(super) fn read(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        Some(Self {
            name: node.text("name", diagnostics)?,
            namespace: node.text("namespace", diagnostics).unwrap_or_default(),
            generic_args: node.type_arguments("genericArgs", diagnostics),
        })
    }

    pub(super) fn read_all(nodes: &[Node<'_>], diagnostics: &mut Diagnostics) -> Vec<Self> {
        nodes.iter().filter_map(|node| Self::read(node, diagnostics)).collect()
    }
}

impl Type {
    pub(super) fn read(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let Some(name) = node.text("name", diagnostics).filter(|name| !name.is_empty()) else {
            diagnostics.warn("EVO0002", node.pointer(), "this type has no name", "it is left out");
            return None;
        };
        let list = |key, diagnostics: &mut Diagnostics| node.objects(key, diagnostics);
        let enum_members = EnumMember::read_all(node, diagnostics);
        Some(Self {
            pointer: node.pointer().to_owned(),
            name,
            namespace: node.text("namespace", diagnostics).unwrap_or_default(),
            generic_args: node.parameters("genericArgs", diagnostics),
            inherits: node.object("inherits", diagnostics).and_then(|base| TypeName::read(&base, diagnostics)),
            implements: TypeName::read_all(&list("implements", diagnostics), diagnostics),
            description: node.text("description", diagnostics),
            notes: node.text("notes", diagnostics),
            is_enum: node.flag("isEnum", diagnostics) || !enum_members.is_empty(),
            is_enum_int: node.flag("isEnumInt", diagnostics),
            is_interface: node.flag("isInterface", diagnostics),
            is_abstract: node.flag("isAbstract", diagnostics),
            is_data_contract: node.has("dataContract"),
            properties: list("properties", diagnostics)
                .iter()
                .filter_map(|property| Property::read(property, diagnostics))
                .collect(),
            attributes: Attribute::read_all(&list("attributes", diagnostics), diagnostics),
            inner_types: TypeName::read_all(&list("innerTypes", diagnostics), diagnostics),
            enum_members,
        })
    }
}
