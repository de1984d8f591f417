//! A mirror of `/types/metadata` that accepts every casing, version and omission.
//!
//! Nothing is interpreted here. A member of the wrong kind is reported and treated as absent; `null` is always treated as absent.

mod identity;
mod node;
mod operation;
mod property;
mod types;

use serde_json::Value;

pub use self::identity::identity;
use self::node::Node;
pub use self::operation::{Operation, Route};
pub use self::property::{Attribute, Property};
pub use self::types::{EnumMember, Type, TypeName};
use crate::diagnostics::Diagnostics;
use crate::{Error, source::Document};

/// A document of types and operations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Types {
    /// The host's own base URL; behind a proxy it may be an internal one.
    pub base_url: Option<String>,
    /// Every type that is neither a request nor a response.
    pub types: Vec<Type>,
    /// Every visible operation.
    pub operations: Vec<Operation>,
}

/// Reads a document.
///
/// # Errors
///
/// If it is not a metadata document.
pub fn read(document: &Document, diagnostics: &mut Diagnostics) -> Result<Types, Error> {
    read_value(&document.types, diagnostics)
}

/// Reads the JSON of a document.
///
/// # Errors
///
/// If it is not a metadata document.
pub fn read_value(document: &Value, diagnostics: &mut Diagnostics) -> Result<Types, Error> {
    let root = Node::root(document);
    if !document.is_object() || (!root.has("types") && !root.has("operations")) {
        return Err(Error::document("this JSON has neither `types` nor `operations`").coded("EVO0006").at("/").help(
            "use the document that a ServiceStack server returns at /types/metadata.json, or its /metadata/app.json",
        ));
    }
    Ok(Types {
        base_url: root.object("config", diagnostics).and_then(|config| config.text("baseUrl", diagnostics)),
        types: root.objects("types", diagnostics).iter().filter_map(|node| Type::read(node, diagnostics)).collect(),
        operations: root
            .objects("operations", diagnostics)
            .iter()
            .filter_map(|node| Operation::read(node, diagnostics))
            .collect(),
    })
}
