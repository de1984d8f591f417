//! Types of the model.

use std::collections::BTreeSet;

use super::{Draft, Hints, ItemId, ModuleId, Named, Operation, Rule, Stage};

/// A Rust type to emit.
#[derive(Debug, Clone, PartialEq)]
pub struct Item<S: Stage = Named> {
    /// The Rust name.
    pub name: S::Decided<String>,
    /// The module that it belongs to.
    pub module: S::Decided<ModuleId>,
    /// The C# name without namespace and arity, from which the Rust name is derived.
    pub simple_name: String,
    /// The .NET namespace.
    pub namespace: String,
    /// The .NET name with its namespace, such as ``Voice.Api.ListResponse`1``.
    pub dotnet: String,
    /// The service's documentation, in paragraphs.
    pub docs: Vec<String>,
    /// The class is a `[DataContract]`, which hosts instantiate if a request names it as `__type`.
    pub is_data_contract: bool,
    /// The deprecation note from the settings.
    pub deprecated: S::Decided<Option<String>>,
    /// The traits to derive, as written in code.
    pub derives: S::Decided<Vec<String>>,
    /// The attributes from the settings, as written there.
    pub attributes: S::Decided<Vec<String>>,
    /// The Cargo features that enable the item; empty if it is always compiled.
    pub features: S::Decided<BTreeSet<String>>,
    /// The lints that the code of the item would trigger.
    pub allowed: S::Decided<Allowed>,
    /// Whether the response of its operation holds dates. Hosts return them in full precision only on request.
    pub has_dates: S::Decided<bool>,
    /// The kind of Rust type.
    pub kind: ItemKind<S>,
}

impl<S: Stage> Item<S> {
    /// The operation, if the item is a request.
    #[must_use]
    pub fn operation(&self) -> Option<&Operation> {
        match &self.kind {
            ItemKind::Record(record) => record.operation.as_ref(),
            ItemKind::Collection(collection) => collection.operation.as_deref(),
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => None,
        }
    }

    /// Whether this name refers to the item: with or without its namespace, ignoring case.
    #[must_use]
    pub fn is_called(&self, name: &str) -> bool {
        [&self.simple_name, &self.dotnet].into_iter().any(|own| own.eq_ignore_ascii_case(name))
    }

    /// Returns the type parameters.
    #[must_use]
    pub fn parameters(&self) -> &[String] {
        match &self.kind {
            ItemKind::Record(record) => &record.parameters,
            _ => &[],
        }
    }

    /// Returns the .NET name of the class that the item was created from. An enum over classes and its companion struct share one.
    #[must_use]
    pub fn class_name(&self) -> &str {
        self.dotnet.split('#').next().unwrap_or(&self.dotnet)
    }

    /// Returns the operation, mutably.
    pub(crate) fn operation_mut(&mut self) -> Option<&mut Operation> {
        match &mut self.kind {
            ItemKind::Record(record) => record.operation.as_mut(),
            ItemKind::Collection(collection) => collection.operation.as_deref_mut(),
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => None,
        }
    }
}

impl Item<Draft> {
    /// Creates an item about which nothing else is decided.
    pub(crate) fn new(
        simple_name: String,
        namespace: String,
        dotnet: String,
        docs: Vec<String>,
        kind: ItemKind<Draft>,
    ) -> Self {
        Self {
            name: (),
            module: (),
            simple_name,
            namespace,
            dotnet,
            docs,
            is_data_contract: false,
            deprecated: (),
            derives: (),
            attributes: (),
            features: (),
            allowed: (),
            has_dates: (),
            kind,
        }
    }
}

/// The lints that the code of an item would trigger and therefore allows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Allowed {
    /// The lints about names and shapes.
    pub lints: Vec<&'static str>,
    /// Whether there are more members than clippy accepts in an array.
    pub large_arrays: bool,
    /// Whether the definition mentions deprecated items.
    pub deprecated: bool,
    /// Whether macro calls mention deprecated items.
    pub deprecated_in_calls: bool,
}

/// Removes the marks of companion types from a .NET name: `Shop.Animal#base.Name` becomes `Shop.Animal.Name`. The marks are internal to
/// evo-gen; nobody writes or reads them.
#[must_use]
pub fn without_marks(name: &str) -> String {
    name.replacen("#base", "", 1).replacen("#any", "", 1)
}

/// The kind of Rust type to emit.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemKind<S: Stage = Named> {
    /// A struct with named members.
    Record(Box<Record<S>>),
    /// An enum whose values are serialized by name.
    Enum(Enum<S>),
    /// A `[Flags]` enum.
    Flags(Flags<S>),
    /// A class that is a list or a map.
    Collection(Collection),
    /// An abstract class, or a base class that other classes derive from.
    Variants(Variants<S>),
}

/// The Rust type of a value.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Ty {
    /// A primitive or a type of the standard prelude.
    Std(&'static str),
    /// A runtime type with its arguments; ServiceStack's own DTOs have the prefix `dto::`.
    Runtime(String, Vec<Ty>),
    /// An item of this API with its arguments.
    Item(ItemId, Vec<Ty>),
    /// A type parameter of the enclosing item.
    Parameter(String),
    /// `Option`.
    Option(Box<Ty>),
    /// `Vec`.
    List(Box<Ty>),
    /// The map of the API: [`Api::maps`](super::Api::maps).
    Map(Box<Ty>, Box<Ty>),
    /// `Box`, because the type would otherwise contain itself.
    Boxed(Box<Ty>),
    /// A user's type that replaces a type of the service.
    Foreign(Foreign),
}

/// A user's type. It implements `Wire`, `Default`, `Debug`, `Clone` and `PartialEq`; nothing else is known about it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Foreign {
    /// The path, as written in the settings.
    pub path: String,
    /// The arguments of the type that it replaces; empty if the path has its own arguments.
    pub args: Vec<Ty>,
    /// Whether it replaces an enum, a struct or a primitive, which always has a value, rather than a class.
    pub is_value: bool,
}

/// A struct with named members.
#[derive(Debug, Clone, PartialEq)]
pub struct Record<S: Stage = Named> {
    /// Type parameters.
    pub parameters: Vec<String>,
    /// Members; those of derived classes come before those of base classes.
    pub members: Vec<Member<S>>,
    /// The files that are sent alongside a request, from the members of the service's class that represent them.
    pub files: Vec<FilePart>,
    /// The arguments of `new`, as positions of members; `None` if the type is only received and may gain members later.
    pub new: S::Decided<Option<Vec<usize>>>,
    /// The operation, if the record is a request.
    pub operation: Option<Operation>,
    /// The name of the method that checks the rules before a call, if the settings enable it.
    pub validate: S::Decided<Option<String>>,
}

/// A member of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Member<S: Stage = Named> {
    /// The Rust name. The emitter writes a keyword as a raw identifier.
    pub name: S::Decided<String>,
    /// The C# name.
    pub dotnet_name: String,
    /// The .NET type in C# syntax, without namespaces: `List<string>`, `int?`.
    pub dotnet_type: String,
    /// The .NET name of the base class that declares the member; `None` if the type declares it itself.
    pub declared_by: Option<String>,
    /// The deprecation note from the settings.
    pub deprecated: S::Decided<Option<String>>,
    /// The attributes from the settings, as written there.
    pub attributes: S::Decided<Vec<String>>,
    /// The name of its `[DataMember(Name)]`.
    pub wire_name: Option<String>,
    /// Whether the member hides one of a base class.
    pub hides: bool,
    /// Whether the value is a secret, which `Debug` must not show.
    pub secret: S::Decided<bool>,
    /// Whether the document marks the member as required.
    pub required: bool,
    /// Whether the type is a value type that is not nullable: if the member is not sent, the service uses the default of that type.
    pub is_value: bool,
    /// The validation rules of the member.
    pub rules: Vec<Rule>,
    /// What the service declares about the values without checking it.
    pub hints: Hints,
    /// The location where the service stores the files of the part with the name of the member; it then sets the member to what it stored.
    pub upload_to: Option<String>,
    /// The service's documentation, in paragraphs.
    pub docs: Vec<String>,
    /// The type.
    pub ty: Ty,
    /// Whether the length of the value counts items rather than characters.
    pub counts_items: S::Decided<bool>,
    /// The setter, if the type is sent.
    pub setter: S::Decided<Option<Setter>>,
    /// The lints that the type would trigger.
    pub lints: S::Decided<Vec<&'static str>>,
}

/// A file that is sent alongside a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FilePart {
    /// The name of the part, which is the C# name of the member.
    pub name: String,
    /// The location where the service stores it; `None` if the document does not state it.
    pub location: Option<String>,
}

/// A setter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Setter {
    /// The name of the method.
    pub method: String,
    /// The type `T` of its parameter `impl Into<T>`.
    pub ty: Ty,
}

/// An enum whose values are serialized by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Enum<S: Stage = Named> {
    /// Whether the values are serialized as numbers.
    pub is_number: bool,
    /// The members.
    pub members: Vec<EnumMember<S>>,
    /// The name of the variant for unknown values.
    pub unknown: S::Decided<String>,
}

impl<S: Stage> Enum<S> {
    /// Returns the position of the member that represents an unset value: in .NET, the one with number 0. `None` if there is none; then the
    /// default is an unknown value.
    #[must_use]
    pub fn default_member(&self) -> Option<usize> {
        self.members.iter().position(|member| member.value == Some(0))
    }
}

/// A member of an enum.
#[derive(Debug, Clone, PartialEq)]
pub struct EnumMember<S: Stage = Named> {
    /// The Rust name of the variant, or of the constant of a flag.
    pub name: S::Decided<String>,
    /// The C# name.
    pub dotnet_name: String,
    /// The name of its `[EnumMember(Value)]`.
    pub wire_name: Option<String>,
    /// The number, signed or unsigned; `None` if the document does not state it.
    pub value: Option<i128>,
    /// The deprecation note from the settings.
    pub deprecated: S::Decided<Option<String>>,
    /// The attributes from the settings, as written there.
    pub attributes: S::Decided<Vec<String>>,
    /// The service's documentation, in paragraphs.
    pub docs: Vec<String>,
}

/// A `[Flags]` enum.
#[derive(Debug, Clone, PartialEq)]
pub struct Flags<S: Stage = Named> {
    /// The named flags.
    pub flags: Vec<EnumMember<S>>,
}

/// A class that is a list or a map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Collection {
    /// The list or map.
    pub inner: Ty,
    /// The operation, if the class is a request. The body is then the list or map itself.
    pub operation: Option<Box<Operation>>,
}

/// An abstract class, or a base class that other classes derive from.
#[derive(Debug, Clone, PartialEq)]
pub struct Variants<S: Stage = Named> {
    /// The known classes.
    pub variants: Vec<Variant<S>>,
    /// The struct with the members that all of them share.
    pub base: Base,
    /// The name of the variant for unknown classes.
    pub other: S::Decided<String>,
    /// Whether a value is sent with the name of its class as `__type`.
    pub is_typed: bool,
    /// The methods for members that all classes have.
    pub accessors: S::Decided<Vec<Accessor>>,
}

impl Variants<Draft> {
    /// Creates an enum whose variants have no names yet.
    pub(crate) fn new(variants: Vec<Variant<Draft>>, base: Base, is_typed: bool) -> Self {
        Self { variants, base, other: (), is_typed, accessors: () }
    }
}

impl<S: Stage> Variants<S> {
    /// Returns the variant of values without a type name; `None` if the base is abstract.
    #[must_use]
    pub fn untyped(&self) -> Option<&Variant<S>> {
        self.variants.get(self.base.untyped?)
    }

    /// Returns the class of values without a type name: that of their variant, or the base if there is none.
    #[must_use]
    pub fn untyped_class(&self) -> ItemId {
        self.untyped().map_or(self.base.item, |variant| variant.item)
    }
}

/// The common part of all classes of a hierarchy.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Base {
    /// The item with the base's members.
    pub item: ItemId,
    /// The position of the variant for values without a type name, if the base is a concrete class.
    pub untyped: Option<usize>,
}

/// A known class of a hierarchy.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant<S: Stage = Named> {
    /// The Rust name of the variant.
    pub name: S::Decided<String>,
    /// The name of the method that returns the class if a value is an instance of it: `as_car`.
    pub accessor: S::Decided<String>,
    /// The .NET name with its namespace, as in `__type` before the comma.
    pub dotnet: String,
    /// The class.
    pub item: ItemId,
}

/// A method of an enum over classes, for a member that all of them have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Accessor {
    /// The name of the method.
    pub method: String,
    /// The name of the member, which is the same in all classes.
    pub field: String,
    /// The type of the member.
    pub ty: Ty,
    /// Whether the method returns the value instead of a reference.
    pub is_copied: bool,
}
