//! .NET types: scalars, collections and others that are serialized.

use super::missing::check_arity;
use super::{Meaning, Place, Resolver};
use crate::api::Ty;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin::{self, Generic};
use crate::lower::type_expr::Name;

impl Resolver<'_> {
    /// Finds the wire form of a .NET name.
    pub(super) fn find_dotnet(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Option<Meaning> {
        // Names inside arguments have no arity, and servers lose arguments.
        let arity = name.arity.unwrap_or(match name.args.len() {
            1 if name.simple.ends_with("Dictionary") => 2,
            count => count,
        });
        if builtin::is_never_serialized(&name.simple) {
            return Some(Meaning::Nothing);
        }
        if arity == 0 {
            return builtin::scalar(&name.simple).map(Meaning::Type);
        }
        // Arguments carry no namespace, so there only the name identifies a collection. The same goes for other .NET namespaces.
        let is_among_collections =
            place.namespace.is_some_and(is_collection_namespace) || builtin::is_collection_name(&name.simple);
        if !is_among_collections && matches!(builtin::generic(&name.simple, arity), Generic::List | Generic::Map) {
            return None;
        }
        // The flags of a nullable type describe the type inside.
        let is_nullable = name.simple == "Nullable";
        let inner = Place {
            is_enum: is_nullable && place.is_enum,
            is_value_type: is_nullable && place.is_value_type,
            ..place.inside_arguments()
        };
        check_arity(name, arity, place, diagnostics);
        let args: Vec<Meaning> = name.args.iter().map(|arg| self.resolve_type_expr(arg, inner, diagnostics)).collect();
        let holds_values = !matches!(builtin::generic(&name.simple, arity), Generic::Nothing | Generic::Unknown);
        let mut types: Vec<Ty> = Vec::with_capacity(arity);
        for arg in args {
            match arg {
                Meaning::Type(ty) => types.push(ty),
                // A container of files, or of something that is never serialized, is treated the same.
                Meaning::Nothing | Meaning::File if holds_values => return Some(arg),
                Meaning::Nothing | Meaning::File => types.push(builtin::value()),
            }
        }
        let mut args = types;
        args.resize(arity, builtin::value());
        let mut args = args.into_iter();
        let mut next = || Box::new(args.next().unwrap_or_else(builtin::value));
        Some(Meaning::Type(match builtin::generic(&name.simple, arity) {
            Generic::List => Ty::List(next()),
            Generic::Map => {
                let key = self.choose_key(*next(), place, diagnostics);
                Ty::Map(Box::new(key), next())
            }
            Generic::Keyed => {
                next();
                Ty::List(next())
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

    /// Chooses the key type of a map. A type without an order or a text form becomes text.
    fn choose_key(&self, key: Ty, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        let can_be_key = match &key {
            Ty::Std(name) => !matches!(*name, "f32" | "f64"),
            Ty::Runtime(name, _) => matches!(
                name.as_str(),
                "DateTime" | "DateTimeOffset" | "Date" | "Time" | "TimeSpan" | "Uuid" | "DayOfWeek" | "HttpStatusCode"
            ),
            Ty::Item(id, _) => self.catalog.entries[*id].definition.is_enum,
            // The user is responsible for this.
            Ty::Foreign(_) => true,
            _ => false,
        };
        if can_be_key {
            return key;
        }
        if let Ty::Item(id, _) = key {
            let class = self.catalog.entries[id].key.dotnet();
            diagnostics.warn(
                "EVO0021",
                place.pointer,
                format!("the class {class} is the key of a map"),
                "the keys are read as text",
            );
        }
        Ty::Std("String")
    }
}

/// Whether a namespace holds collections and little else.
fn is_collection_namespace(namespace: &str) -> bool {
    ["System.Collections", "System.Linq"].iter().any(|start| namespace.starts_with(start))
}
