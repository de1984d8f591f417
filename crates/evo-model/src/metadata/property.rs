//! Members of types, and attributes.

use super::node::Node;
use crate::diagnostics::Diagnostics;

/// A member of a type.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Property {
    /// The JSON pointer to the member.
    pub pointer: String,
    /// The C# name.
    pub name: String,
    /// The type: its name with arity, or an array of it.
    pub type_name: String,
    /// The namespace of the type; `System` if the type is nullable.
    pub namespace: String,
    /// The arguments of the type, as strings.
    pub generic_args: Vec<String>,
    /// Whether the type, or the one inside `Nullable`, is a struct, an enum or a primitive.
    pub is_value_type: bool,
    /// Whether the type, or the one inside `Nullable`, is an enum.
    pub is_enum: bool,
    /// Whether the member is a primary key, or is named like one; no effect on the wire.
    pub is_primary_key: bool,
    /// `Some(true)`: not nullable; `Some(false)`: nullable; absent: unknown.
    pub is_required: Option<bool>,
    /// The text of `[ApiMember(Description)]`.
    pub description: Option<String>,
    /// The name of its `[DataMember(Name)]`, which is the exact wire name.
    pub wire_name: Option<String>,
    /// The location of an `[UploadTo]`: the service stores files there, and sets the member to what it stored.
    pub upload_to: Option<String>,
    /// The values of `[ApiAllowableValues]`.
    pub allowable_values: Vec<String>,
    /// The smallest allowed value.
    pub allowable_min: Option<String>,
    /// The largest allowed value.
    pub allowable_max: Option<String>,
    /// The help text of a form.
    pub form_help: Option<String>,
    /// The values that a form offers.
    pub form_values: Vec<String>,
    /// The class that the member refers to, for look-ups in user interfaces.
    pub form_reference: Option<String>,
    /// Attributes that the host exports.
    pub attributes: Vec<Attribute>,
}

/// An attribute of a type or member.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Attribute {
    /// The name, without `Attribute`.
    pub name: String,
    /// Its arguments by name, with their values as strings.
    pub args: Vec<(String, String)>,
}

impl Property {
    pub(super) fn read(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let name = node.text("name", diagnostics).filter(|name| !name.is_empty());
        let type_name = node.text("type", diagnostics).filter(|name| !name.is_empty());
        let (Some(name), Some(type_name)) = (name, type_name) else {
            diagnostics.warn("EVO0003", node.pointer(), "this member has no name or no type", "it is left out");
            return None;
        };
        let form = node.object("input", diagnostics);
        Some(Self {
            pointer: node.pointer().to_owned(),
            name,
            type_name,
            namespace: node
                .text("namespace", diagnostics)
                .or_else(|| node.text("typeNamespace", diagnostics))
                .unwrap_or_default(),
            generic_args: node.type_arguments("genericArgs", diagnostics),
            is_value_type: node.flag("isValueType", diagnostics),
            is_enum: node.flag("isEnum", diagnostics),
            is_primary_key: node.flag("isPrimaryKey", diagnostics),
            is_required: node.boolean("isRequired", diagnostics),
            description: node.text("description", diagnostics),
            wire_name: node
                .object("dataMember", diagnostics)
                .and_then(|member| member.text("name", diagnostics))
                .filter(|name| !name.is_empty()),
            upload_to: node.text("uploadTo", diagnostics).filter(|location| !location.is_empty()),
            allowable_values: node.texts("allowableValues", diagnostics),
            allowable_min: node.text("allowableMin", diagnostics),
            allowable_max: node.text("allowableMax", diagnostics),
            form_help: form.as_ref().and_then(|form| form.text("help", diagnostics)),
            form_values: form.map(|form| form.texts("allowableValues", diagnostics)).unwrap_or_default(),
            form_reference: node.object("ref", diagnostics).and_then(|of| of.text("model", diagnostics)),
            attributes: Attribute::read_all(&node.objects("attributes", diagnostics), diagnostics),
        })
    }
}

impl Attribute {
    pub(super) fn read_all(nodes: &[Node<'_>], diagnostics: &mut Diagnostics) -> Vec<Self> {
        nodes.iter().filter_map(|node| Self::read(node, diagnostics)).collect()
    }

    fn read(node: &Node<'_>, diagnostics: &mut Diagnostics) -> Option<Self> {
        let mut args = node.objects("constructorArgs", diagnostics);
        args.extend(node.objects("args", diagnostics));
        Some(Self {
            name: node.text("name", diagnostics)?,
            args: args
                .iter()
                .filter_map(|arg| {
                    Some((arg.text("name", diagnostics)?, arg.text("value", diagnostics).unwrap_or_default()))
                })
                .collect(),
        })
    }
}
