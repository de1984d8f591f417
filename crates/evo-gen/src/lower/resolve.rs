//! What a spelled type means: .NET's own, ServiceStack's, or one of the document.

use std::collections::BTreeSet;

use super::builtin::{self, Generic};
use super::catalog::Catalog;
use super::spelling::{Name, Spelling, parse};
use crate::api::Ty;
use crate::diagnostics::Diagnostics;
use crate::metadata::{Property, TypeName, Types};

/// Finds the types behind spellings.
pub(super) struct Resolver<'a> {
    pub catalog: &'a Catalog<'a>,
    /// Structs of the API, which a document names but never describes.
    structs: BTreeSet<String>,
}

/// Where a spelling stands.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    /// A pointer into the document, for remarks.
    pub pointer: &'a str,
    /// The type whose member it is, by index.
    pub declaring: Option<usize>,
    /// The namespace that the document states, where it states one.
    pub namespace: Option<&'a str>,
    /// What the document says about the type: an enum, a struct or primitive.
    pub is_enum: bool,
    pub is_value_type: bool,
}

impl Place<'_> {
    fn inside_arguments(self) -> Self {
        Self { namespace: None, is_enum: false, is_value_type: false, ..self }
    }
}

/// The meaning of a spelling.
pub(super) enum Meaning {
    /// A type that travels.
    Type(Ty),
    /// A type that is described but does not travel.
    Nothing,
}

/// What a search among the types of the document gave.
enum Found<T> {
    Type(T),
    /// Several fit equally well; that has been reported.
    Ambiguous,
    Nothing,
}

impl Meaning {
    fn into_type(self) -> Ty {
        match self {
            Self::Type(ty) => ty,
            Self::Nothing => builtin::value(),
        }
    }
}

impl<'a> Resolver<'a> {
    pub fn new(catalog: &'a Catalog<'a>, types: &Types) -> Self {
        let described = catalog.entries.iter().flat_map(|entry| &entry.definition.properties);
        let undescribed = types.types.iter().flat_map(|definition| &definition.properties);
        let structs = described
            .chain(undescribed)
            .filter(|property| property.is_value_type && !property.is_enum && property.generic_args.is_empty())
            .filter(|property| !builtin::is_system(&property.namespace))
            .filter(|property| catalog.candidates(&property.type_name, 0).is_empty())
            .map(|property| property.type_name.clone())
            .collect();
        Self { catalog, structs }
    }

    /// The type of a member that `declaring` declares.
    pub fn property(&self, property: &Property, declaring: usize, diagnostics: &mut Diagnostics) -> Meaning {
        let place = Place {
            pointer: &property.pointer,
            declaring: Some(declaring),
            namespace: Some(property.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            is_enum: property.is_enum,
            is_value_type: property.is_value_type,
        };
        match parse(&property.type_name, &property.generic_args) {
            Some(spelling) => self.spelling(&spelling, place, diagnostics),
            None => {
                unreadable(&property.type_name, place, diagnostics);
                Meaning::Type(builtin::value())
            }
        }
    }

    /// The type of a name such as a base class or an answer.
    pub fn name(
        &self,
        name: &TypeName,
        pointer: &str,
        declaring: Option<usize>,
        diagnostics: &mut Diagnostics,
    ) -> Meaning {
        let namespace = Some(name.namespace.as_str()).filter(|namespace| !namespace.is_empty());
        let place = Place { pointer, declaring, namespace, is_enum: false, is_value_type: false };
        match parse(&name.name, &name.generic_args) {
            Some(spelling) => self.spelling(&spelling, place, diagnostics),
            None => {
                unreadable(&name.name, place, diagnostics);
                Meaning::Type(builtin::value())
            }
        }
    }

    /// A type where no namespace is known.
    pub fn argument(&self, spelling: &Spelling, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        self.spelling(spelling, place.inside_arguments(), diagnostics).into_type()
    }

    fn spelling(&self, spelling: &Spelling, place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        match spelling {
            Spelling::Array(item) => {
                if matches!(&**item, Spelling::Name(name) if name.simple == "Byte" && name.args.is_empty()) {
                    return Meaning::Type(builtin::runtime("Bytes"));
                }
                // The namespace of an array is that of its items; whether it is an enum is not said.
                match self.spelling(item, Place { is_value_type: false, ..place }, diagnostics) {
                    Meaning::Type(item) => Meaning::Type(Ty::List(Box::new(item))),
                    Meaning::Nothing => Meaning::Nothing,
                }
            }
            Spelling::Name(name) => self.named(name, place, diagnostics),
        }
    }

    fn named(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        if let Some(parameter) = self.parameter(name, place) {
            return Meaning::Type(parameter);
        }
        let is_system = place.namespace.is_some_and(builtin::is_system);
        let is_keyword =
            place.namespace.is_none() && builtin::is_keyword_of_csharp(&name.simple) && name.args.is_empty();
        if !is_system && !is_keyword {
            match self.described(name, place, diagnostics) {
                Found::Type(ty) => return Meaning::Type(ty),
                // It has been said already.
                Found::Ambiguous => return Meaning::Type(builtin::value()),
                Found::Nothing => {}
            }
            let may_be_service_stack = place.namespace.is_none_or(builtin::is_service_stack);
            if may_be_service_stack && let Some(dto) = builtin::service_stack(&name.simple, name.args.len()) {
                let args = name.args.iter().map(|arg| self.argument(arg, place, diagnostics)).collect();
                return Meaning::Type(Ty::Runtime(dto, args));
            }
        }
        if (is_system || place.namespace.is_none())
            && let Some(meaning) = self.system(name, place, diagnostics)
        {
            return meaning;
        }
        Meaning::Type(self.unresolved(name, place, diagnostics))
    }

    /// A type parameter of the declaring type.
    fn parameter(&self, name: &Name, place: Place<'_>) -> Option<Ty> {
        let declaring = place.declaring.and_then(|index| self.catalog.get(index));
        let is_declared = declaring.is_some_and(|entry| entry.parameters.contains(&name.simple));
        // A parameter carries the namespace of its declaring type; a type of the same name elsewhere is another.
        let is_near =
            place.namespace.is_none_or(|namespace| declaring.is_some_and(|entry| entry.key.namespace == namespace));
        if name.args.is_empty() && is_declared && (is_near || name.is_parameter) {
            return Some(Ty::Parameter(name.simple.clone()));
        }
        name.is_parameter.then(builtin::value)
    }

    /// A type of the document.
    fn described(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Found<Ty> {
        let arity = if name.args.is_empty() { name.arity.unwrap_or(0) } else { name.args.len() };
        let mut candidates: Vec<usize> = self.catalog.candidates(&name.simple, arity).to_vec();
        let mut args = name.args.as_slice();
        if candidates.is_empty() {
            // A type nested in a generic one, or deriving from one, shows arguments that it does not declare.
            candidates = self.catalog.candidates(&name.simple, 0).to_vec();
            args = &[];
        }
        if place.is_enum {
            // Whatever else is called so, it is not meant.
            candidates.retain(|index| self.catalog.get(*index).is_some_and(|entry| entry.definition.is_enum));
        }
        let index = match self.choose(&candidates, name, place, diagnostics) {
            Found::Type(index) => index,
            Found::Ambiguous => return Found::Ambiguous,
            Found::Nothing => return Found::Nothing,
        };
        let Some(entry) = self.catalog.get(index) else { return Found::Nothing };
        let mut args: Vec<Ty> = args.iter().map(|arg| self.argument(arg, place, diagnostics)).collect();
        args.resize(entry.parameters.len(), builtin::value());
        Found::Type(Ty::Item(index, args))
    }

    /// Which of several types of one name is meant.
    fn choose(
        &self,
        candidates: &[usize],
        name: &Name,
        place: Place<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Found<usize> {
        let entries = || candidates.iter().filter_map(|index| Some((*index, self.catalog.get(*index)?)));
        let exactly_one = |matches: &dyn Fn(&super::catalog::Entry<'_>) -> bool| {
            let mut found = entries().filter(|(_, entry)| matches(entry));
            let first = found.next()?;
            found.next().is_none().then_some(first.0)
        };
        let declaring = place.declaring.and_then(|index| self.catalog.get(index));
        if let Some(outer) = &name.outer
            && let Some(index) = exactly_one(&|entry| entry.key.outer() == Some(outer))
        {
            return Found::Type(index);
        }
        if let Some(namespace) = place.namespace.filter(|namespace| !builtin::is_system(namespace)) {
            return exactly_one(&|entry| entry.key.namespace == namespace).map_or(Found::Nothing, Found::Type);
        }
        let by_inner_type = |entry: &super::catalog::Entry<'_>| {
            declaring.is_some_and(|declaring| {
                let inner = &declaring.definition.inner_types;
                inner.iter().any(|inner| inner.name == entry.definition.name && inner.namespace == entry.key.namespace)
            })
        };
        let by_namespace = |entry: &super::catalog::Entry<'_>| {
            declaring.is_some_and(|declaring| declaring.key.namespace == entry.key.namespace)
        };
        let found =
            exactly_one(&by_inner_type).or_else(|| exactly_one(&by_namespace)).or_else(|| exactly_one(&|_| true));
        if let Some(index) = found {
            return Found::Type(index);
        }
        if candidates.is_empty() {
            return Found::Nothing;
        }
        let mut names: Vec<String> = entries().take(SHOWN).map(|(_, entry)| entry.key.dotnet()).collect();
        if candidates.len() > SHOWN {
            names.push(format!("one of {} others", candidates.len() - SHOWN));
        }
        diagnostics.warn(
            "EVO0020",
            place.pointer,
            format!("`{}` can mean {}", name.simple, names.join(" or ")),
            "it is read as any JSON",
        );
        Found::Ambiguous
    }

    /// A type of .NET.
    fn system(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Option<Meaning> {
        let arity = if name.args.is_empty() { name.arity.unwrap_or(0) } else { name.args.len() };
        if builtin::does_not_travel(&name.simple) {
            return Some(Meaning::Nothing);
        }
        if arity == 0 {
            return builtin::scalar(&name.simple).map(Meaning::Type);
        }
        if place.namespace.is_none() && matches!(builtin::generic(&name.simple, arity), Generic::List | Generic::Map) {
            // Inside arguments no namespace says that this is .NET's; only the names of its collections are.
            if !is_collection_name(&name.simple) {
                return None;
            }
        }
        // What the document says of a nullable type, it says of the type inside.
        let is_nullable = name.simple == "Nullable";
        let inner = Place {
            is_enum: is_nullable && place.is_enum,
            is_value_type: is_nullable && place.is_value_type,
            ..place.inside_arguments()
        };
        let mut args: Vec<Ty> =
            name.args.iter().map(|arg| self.spelling(arg, inner, diagnostics).into_type()).collect();
        args.resize(arity, builtin::value());
        let mut args = args.into_iter();
        let mut next = || Box::new(args.next().unwrap_or_else(builtin::value));
        Some(Meaning::Type(match builtin::generic(&name.simple, arity) {
            Generic::List => Ty::List(next()),
            Generic::Map => {
                let key = self.key(*next(), place, diagnostics);
                Ty::Map(Box::new(key), next())
            }
            Generic::Nullable => Ty::Option(next()),
            Generic::Transparent => *next(),
            Generic::Runtime(name) => Ty::Runtime(name, args.collect()),
            Generic::ValueTuple(arity) => {
                Ty::Runtime("ValueTuple".to_owned(), vec![Ty::Runtime(format!("Tuple{arity}"), args.collect())])
            }
            Generic::Nothing => return Some(Meaning::Nothing),
            Generic::Unknown => return None,
        }))
    }

    /// The type of a map's key; what has no order or no text of its own is kept as text.
    fn key(&self, key: Ty, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        let can_be_key = match &key {
            Ty::Std(name) => !matches!(*name, "f32" | "f64"),
            Ty::Runtime(name, _) => matches!(
                name.as_str(),
                "DateTime" | "DateTimeOffset" | "Date" | "Time" | "TimeSpan" | "Uuid" | "DayOfWeek" | "HttpStatusCode"
            ),
            Ty::Item(index, _) => self.catalog.get(*index).is_some_and(|entry| entry.definition.is_enum),
            _ => false,
        };
        if can_be_key {
            return key;
        }
        if let Ty::Item(index, _) = key {
            let class = self.catalog.get(index).map(|entry| entry.key.dotnet()).unwrap_or_default();
            diagnostics.warn(
                "EVO0021",
                place.pointer,
                format!("the class {class} is the key of a map"),
                "the keys are read as text",
            );
        }
        Ty::Std("String")
    }

    fn unresolved(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        let is_struct = place.is_value_type || self.structs.contains(&name.simple);
        if place.is_enum {
            diagnostics.warn(
                "EVO0022",
                place.pointer,
                format!("the enum `{}` is not described", name.simple),
                "its values are kept as text or number",
            );
            return builtin::runtime("UnknownValue");
        }
        if is_struct && !place.namespace.is_some_and(builtin::is_system) {
            diagnostics.warn(
                "EVO0023",
                place.pointer,
                format!("`{}` is a struct, which no document describes", name.simple),
                "it is kept as the text that some hosts send or the object that others send",
            );
            return builtin::runtime("TextOrObject");
        }
        diagnostics.warn(
            "EVO0024",
            place.pointer,
            format!("the type `{}` is not described", name.simple),
            "it is read as any JSON",
        );
        builtin::value()
    }
}

/// So many types are named of those that a name can mean.
const SHOWN: usize = 5;

fn unreadable(text: &str, place: Place<'_>, diagnostics: &mut Diagnostics) {
    let shown: String = text.chars().take(60).collect();
    diagnostics.warn("EVO0025", place.pointer, format!("`{shown}` is no type"), "it is read as any JSON");
}

/// The names that .NET's collections end in.
fn is_collection_name(name: &str) -> bool {
    ["List", "Collection", "Enumerable", "Set", "Queue", "Stack", "Dictionary", "Array", "Bag", "Queryable"]
        .iter()
        .any(|ending| name.ends_with(ending))
}
