//! The types of a service at run time: type parameters are replaced with arguments, and names are found in any casing.

use std::cell::RefCell;
use std::collections::BTreeMap;

use evo_runtime::wire::names::camel_case;
use evo_runtime::wire::{Mark, Shape};

use crate::api::{Api, Enum, Flags, Item, ItemId, ItemKind, Record, Ty, Variants};

/// The structure of a type.
pub enum Kind<'a> {
    /// A standard library or runtime type, by its name.
    Scalar(String),
    /// Any JSON.
    Any,
    /// A list of items of this type.
    List(Ty),
    /// A map with keys and values of these types.
    Map(Ty, Ty),
    /// A class with named members.
    Class(Class<'a>),
    /// An enum: one of its names.
    Choice(&'a Enum),
    /// A flags enum: any of its names.
    Flags(&'a Flags),
    /// A class of a hierarchy.
    Variants(&'a Variants),
    /// A string, or a value of this type.
    TextOr(Ty),
}

impl Kind<'_> {
    /// Whether a value has no members.
    pub fn is_leaf(&self) -> bool {
        matches!(self, Self::Scalar(_) | Self::Any | Self::Choice(_) | Self::Flags(_))
    }
}

/// A type with named members.
pub struct Class<'a> {
    /// The Rust name.
    pub name: String,
    /// The full .NET name, which is unique.
    dotnet: String,
    pub fields: Vec<Field>,
    /// The record of the model; `None` for runtime types.
    pub record: Option<&'a Record>,
}

/// A member of a class.
pub struct Field {
    /// The C# name.
    pub name: String,
    /// The wire name, if the service declares one.
    pub wire_name: Option<String>,
    pub ty: Ty,
    pub is_secret: bool,
}

impl Field {
    /// Returns the name for messages, which is the wire name.
    pub fn shown_name(&self) -> String {
        self.wire_name.clone().unwrap_or_else(|| camel_case(&self.name))
    }
}

impl Class<'_> {
    /// Finds a member by its C# or wire name: an exact match, otherwise in any casing.
    pub fn find(&self, name: &str) -> Option<usize> {
        let entries = self.fields.iter().map(|field| [Some(field.name.as_str()), field.wire_name.as_deref()]);
        find_name(&entries, name)
    }
}

/// Finds the entry with this name: an exact match, otherwise ignoring case, `_` and `-`.
pub fn find_name<'a>(entries: &(impl Iterator<Item = [Option<&'a str>; 2]> + Clone), name: &str) -> Option<usize> {
    let matching =
        |is_same: &dyn Fn(&str) -> bool| entries.clone().position(|names| names.into_iter().flatten().any(is_same));
    matching(&|own| own == name).or_else(|| matching(&|own| folded(own) == folded(name)))
}

fn folded(name: &str) -> String {
    name.chars().filter(|char| !matches!(char, '_' | '-')).flat_map(char::to_lowercase).collect()
}

/// Leaks a string. The runtime requires `'static` names, which are constants in generated code. The program makes one call and exits, so a
/// few leaked names are harmless.
pub fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

/// The types of a service.
pub struct Types<'a> {
    api: &'a Api,
    /// The shapes created so far, by the .NET name of the class.
    shapes: RefCell<BTreeMap<String, &'static Shape>>,
}

impl<'a> Types<'a> {
    pub fn new(api: &'a Api) -> Self {
        Self { api, shapes: RefCell::default() }
    }

    /// Returns an item of the service.
    pub fn item(&self, id: ItemId) -> &'a Item {
        &self.api.items[id]
    }

    /// Returns the structure of a type without unbound parameters. An `Option` has the structure of its content.
    pub fn kind(&self, ty: &Ty) -> Kind<'a> {
        match ty {
            Ty::Option(inner) | Ty::Boxed(inner) => self.kind(inner),
            Ty::List(item) => Kind::List((**item).clone()),
            Ty::Map(key, value) => Kind::Map((**key).clone(), (**value).clone()),
            Ty::Std(name) => Kind::Scalar((*name).to_owned()),
            Ty::Item(id, args) => self.item_kind(*id, args),
            Ty::Runtime(name, args) => self.runtime_kind(name, args),
            // Parameters without an argument, and user-defined types, which are unknown here.
            Ty::Parameter(_) | Ty::Foreign(_) => Kind::Any,
        }
    }

    fn runtime_kind(&self, name: &str, args: &[Ty]) -> Kind<'a> {
        let class = |members: Vec<(String, Ty)>| {
            let field = |(name, ty)| Field { name, wire_name: None, ty, is_secret: false };
            let fields = members.into_iter().map(field).collect();
            Kind::Class(Class { name: name.to_owned(), dotnet: name.to_owned(), fields, record: None })
        };
        let members = |names: &[&str], types: &[Ty]| -> Vec<(String, Ty)> {
            names.iter().map(|name| (*name).to_owned()).zip(types.iter().cloned()).collect()
        };
        match (name, args) {
            ("Value", _) => Kind::Any,
            ("KeyValuePair", _) => class(members(&["Key", "Value"], args)),
            ("ValueTuple", [tuple]) => self.kind(tuple),
            ("dto::QueryResponse", [row]) => {
                let (number, rows) = (Ty::Std("i32"), Ty::List(Box::new(row.clone())));
                class(members(&["Offset", "Total", "Results"], &[number.clone(), number, rows]))
            }
            ("TextOrObject", [object]) => Kind::TextOr(object.clone()),
            ("TextOrObject", _) => Kind::TextOr(Ty::Runtime("Value".to_owned(), Vec::new())),
            (tuple, _) if tuple.starts_with("Tuple") => {
                class(args.iter().enumerate().map(|(index, ty)| (format!("Item{}", index + 1), ty.clone())).collect())
            }
            (name, _) => Kind::Scalar(name.to_owned()),
        }
    }

    fn item_kind(&self, id: ItemId, args: &[Ty]) -> Kind<'a> {
        let item = self.item(id);
        match &item.kind {
            ItemKind::Record(record) => Kind::Class(class_of(item, record, args)),
            ItemKind::Enum(choice) => Kind::Choice(choice),
            ItemKind::Flags(flags) => Kind::Flags(flags),
            ItemKind::Collection(collection) => self.kind(&collection.inner),
            ItemKind::Variants(variants) => Kind::Variants(variants),
        }
    }

    /// Returns the shape of a class, which is the same as in generated code.
    pub fn shape(&self, class: &Class<'_>) -> &'static Shape {
        if let Some(shape) = self.shapes.borrow().get(&class.dotnet) {
            return shape;
        }
        let shape = shape_of(class);
        self.shapes.borrow_mut().insert(class.dotnet.clone(), shape);
        shape
    }
}

fn class_of<'a>(item: &'a Item, record: &'a Record, args: &[Ty]) -> Class<'a> {
    let arguments: BTreeMap<&str, &Ty> = record.parameters.iter().map(String::as_str).zip(args).collect();
    let fields = record.members.iter().map(|member| Field {
        name: member.dotnet_name.clone(),
        wire_name: member.wire_name.clone(),
        ty: close(&member.ty, &arguments),
        is_secret: member.secret,
    });
    Class { name: item.name.clone(), dotnet: item.dotnet.clone(), fields: fields.collect(), record: Some(record) }
}

/// Replaces the parameters of a type with the arguments of the enclosing type.
fn close(ty: &Ty, arguments: &BTreeMap<&str, &Ty>) -> Ty {
    let mut ty = ty.clone();
    ty.each_mut(&mut |inner| {
        if let Ty::Parameter(name) = inner
            && let Some(argument) = arguments.get(name.as_str())
        {
            *inner = (*argument).clone();
        }
    });
    ty
}

fn shape_of(class: &Class<'_>) -> &'static Shape {
    let members = class.record.map(|record| record.members.as_slice()).unwrap_or_default();
    let is_sent = class.record.is_some_and(|record| record.new.is_some());
    let names: Vec<&'static str> = class.fields.iter().map(|field| leaked(&field.name)).collect();
    let mut marks = Vec::new();
    for (member, name) in members.iter().zip(&names) {
        let wire = member.wire_name.as_deref().map(|wire| Mark::WrittenAs(leaked(wire)));
        let secret = member.secret.then_some(Mark::Secret);
        let hides = member.hides.then_some(Mark::Hides);
        let required = (member.required && is_sent).then_some(Mark::Required);
        marks.extend([secret, wire, hides, required].into_iter().flatten().map(|mark| (*name, mark)));
    }
    Box::leak(Box::new(Shape::new(leaked(&class.name), names.leak(), marks.leak())))
}
