//! The model of a client. It holds every decision; emission only writes them out.

mod id_vec;
mod ids;
mod operation;
mod route;
mod rule;
mod spelled;
mod stage;
mod types;
mod visit;

pub use self::id_vec::IdVec;
pub use self::ids::{ItemId, ModuleId};
pub use self::operation::{Access, Answer, ChangeKind, DeclaredRoute, Operation, StatedStatus, TableChange, Verb};
pub use self::route::{Part, Route, Variable};
pub use self::rule::{Check, Hints, Operand, Rule};
pub use self::stage::{Decision, Draft, Named, Stage};
pub use self::types::{
    Accessor, Allowed, Base, Collection, Enum, EnumMember, FilePart, Flags, Foreign, Item, ItemKind, Member, Record,
    Setter, Ty, Variant, Variants, without_marks,
};
pub use self::visit::Position;
use crate::config::AddressKind;

/// The model of a client, complete for emission.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Api {
    /// Facts about the service for the generated client.
    pub service: Service,
    /// Every module, ordered by path; the first is the root, with an empty path.
    pub modules: IdVec<ModuleId, Module>,
    /// Every item.
    pub items: IdVec<ItemId, Item>,
    /// The operations of the service that are part of the runtime. The root module re-exports them.
    pub runtime_operations: Vec<String>,
    /// The responses of these operations, also re-exported by the root module.
    pub runtime_answers: Vec<String>,
    /// The path of the root module for other crates. If it is set, operations have examples.
    pub examples: Option<String>,
    /// Whether only types are written, without operations and client.
    pub types_only: bool,
    /// Whether everything is written into one file, whatever its length.
    pub is_one_file: bool,
    /// The visibility of the items.
    pub visibility: crate::config::Visibility,
    /// The Rust type of a [`Ty::Map`].
    pub maps: crate::config::Maps,
    /// The features of evo-runtime that the code needs, in addition to those that a user chooses.
    pub runtime_features: std::collections::BTreeSet<&'static str>,
    /// The `recursion_limit` that crates with these types need; `None` if the default suffices.
    pub recursion_limit: Option<usize>,
    /// Every name that was chosen, for the manifest: .NET names, with a letter for their kind, to Rust names.
    pub names: std::collections::BTreeMap<String, String>,
}

impl Api {
    /// Returns the folder under which the client calls operations by name.
    #[must_use]
    pub fn folder_of_names(&self) -> &'static str {
        AddressKind::folder_of_names(&self.service.addresses)
    }

    /// Returns the number of operations, including those of the runtime, and the number of other types.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let operations = self.operations().count();
        (operations + self.runtime_operations.len(), self.items.len() - operations)
    }

    /// Returns the Cargo features of the modules, each with the features that it needs.
    #[must_use]
    pub fn features(&self) -> std::collections::BTreeMap<String, std::collections::BTreeSet<String>> {
        let features = self.modules.iter().filter_map(|module| module.feature.clone());
        features.map(|feature| (feature.name, feature.needs)).collect()
    }

    /// Returns the modules directly below a module.
    pub fn children<'a>(&'a self, module: &'a Module) -> impl Iterator<Item = &'a Module> {
        // Modules are ordered by path, so everything below one follows it.
        let start = self.modules.as_slice().partition_point(|other| other.path <= module.path);
        let below = self.modules.as_slice().get(start..).unwrap_or_default().iter();
        below
            .take_while(|other| other.path.starts_with(&module.path))
            .filter(|other| other.path.len() == module.path.len() + 1)
    }

    /// Returns the operations of the service, each with its record. A request that is a list or a map has no record.
    pub fn operations(&self) -> impl Iterator<Item = (&Item, Option<&Record>, &Operation)> {
        self.items.iter().filter_map(|item| {
            let record = match &item.kind {
                ItemKind::Record(record) => Some(&**record),
                _ => None,
            };
            Some((item, record, item.operation()?))
        })
    }
}

/// What is known about the service itself.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Service {
    /// The display name.
    pub name: String,
    /// The facts that the host states.
    pub facts: Option<crate::facts::Facts>,
    /// The addresses that calls try, in order. If empty, the runtime's default applies.
    pub addresses: Vec<AddressKind>,
}

/// A module: one .NET namespace.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Module {
    /// The path below the root module. It is empty for the root module itself.
    pub path: Vec<String>,
    /// The namespaces of its items.
    pub namespaces: Vec<String>,
    /// The Cargo feature that enables the module; `None` if it is always compiled.
    pub feature: Option<Feature>,
    /// Its items: operations first, each group by name.
    pub items: Vec<ItemId>,
    /// The files that it is split into if one would be too long; together they hold its items.
    pub parts: Vec<ModulePart>,
}

/// Items of a module that are in a separate file, and are re-exported by the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModulePart {
    /// The name of the private module.
    pub name: String,
    /// Whether they are operations rather than types.
    pub are_operations: bool,
    /// The items.
    pub items: Vec<ItemId>,
}

/// A Cargo feature of a module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Feature {
    /// Its name.
    pub name: String,
    /// The features that it needs.
    pub needs: std::collections::BTreeSet<String>,
}
