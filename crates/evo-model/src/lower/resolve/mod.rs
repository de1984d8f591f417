//! Resolves a written type to, in this order: a parameter, a type of the document, a replaced type, a ServiceStack type, or a .NET type.

pub(crate) mod advice;
mod aliases;
mod described;
mod dotnet;
mod missing;
pub(crate) mod replace;
mod replaced;
mod resolutions;

use self::aliases::Aliases;
use self::replace::Replacements;
use self::resolutions::Resolutions;
use crate::Error;
use crate::api::{ItemId, Ty};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::csharp;
use crate::lower::type_expr::{Name, TypeExpr, parse};
use crate::metadata::{Property, TypeName, Types};

/// Resolves written types.
pub(crate) struct Resolver<'a> {
    pub catalog: &'a Catalog<'a>,
    /// Types that the settings replace.
    pub replacements: &'a Replacements<'a>,
    /// The types that the setting `resolve` states.
    resolutions: Resolutions,
    /// Types that are aliases of other types.
    aliases: Aliases<'a>,
}

/// The place in the document where a type is written.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// A pointer into the document, for remarks.
    pub pointer: &'a str,
    /// The type whose member this is.
    pub declaring: Option<ItemId>,
    /// The member whose type this is, if any.
    pub member: Option<&'a str>,
    /// The namespace, if the document states one.
    pub namespace: Option<&'a str>,
    /// Whether the document marks the type as an enum.
    pub is_enum: bool,
    /// Whether the document marks the type as a value type: a struct, an enum or a primitive.
    pub is_value_type: bool,
}

impl Place<'_> {
    /// Returns a place outside the document.
    fn nowhere() -> Self {
        Self { pointer: "", declaring: None, member: None, namespace: None, is_enum: false, is_value_type: false }
    }

    /// Returns the same place without what the document states about the type, which does not apply to its arguments.
    fn inside_arguments(self) -> Self {
        Self { namespace: None, is_enum: false, is_value_type: false, ..self }
    }
}

/// The meaning of a written type.
pub(crate) enum Meaning {
    /// A type that is serialized.
    Type(Ty),
    /// A type that is described but never serialized.
    Nothing,
    /// A file, which is sent alongside the request.
    File,
}

impl Meaning {
    fn into_type(self) -> Ty {
        match self {
            Self::Type(ty) => ty,
            Self::Nothing | Self::File => builtin::value(),
        }
    }
}

/// The result of a search among the types of the document.
enum Found<T> {
    Type(T),
    /// Several fit equally well; this has been reported.
    Ambiguous,
    Nothing,
}

impl<'a> Resolver<'a> {
    /// Creates a resolver for the types of a document, with the names settled by the setting `resolve`.
    ///
    /// # Errors
    ///
    /// If `resolve` names a member that does not exist, a type that is not described, or one that the member does not mention.
    pub fn new(
        catalog: &'a Catalog<'a>,
        replacements: &'a Replacements<'a>,
        types: &Types,
        settings: &'a Settings,
    ) -> Result<Self, Error> {
        Ok(Self {
            catalog,
            replacements,
            resolutions: Resolutions::new(catalog, types, &settings.resolve)?,
            aliases: Aliases::new(&settings.supply, catalog)?,
        })
    }

    /// Resolves the type of a member declared by `declaring`.
    pub fn resolve_property(&self, property: &Property, declaring: ItemId, diagnostics: &mut Diagnostics) -> Meaning {
        let place = Place {
            pointer: &property.pointer,
            declaring: Some(declaring),
            member: Some(&property.name),
            namespace: Some(property.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            is_enum: property.is_enum,
            is_value_type: property.is_value_type,
        };
        self.resolve_text(&property.type_name, &property.generic_args, place, diagnostics)
    }

    /// Resolves a name such as a base class or a response.
    pub fn resolve_name(
        &self,
        name: &TypeName,
        pointer: &str,
        declaring: Option<ItemId>,
        diagnostics: &mut Diagnostics,
    ) -> Meaning {
        let namespace = Some(name.namespace.as_str()).filter(|namespace| !namespace.is_empty());
        let place = Place { pointer, declaring, member: None, namespace, is_enum: false, is_value_type: false };
        self.resolve_text(&name.name, &name.generic_args, place, diagnostics)
    }

    fn resolve_text(&self, text: &str, args: &[String], place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        match parse(text, args) {
            Some(type_expr) => {
                missing::check_announced(&type_expr, place, diagnostics);
                self.resolve_type_expr(&type_expr, place, diagnostics)
            }
            None => Meaning::Type(missing::report_unreadable(text, place, diagnostics)),
        }
    }

    /// Resolves a type argument, whose namespace is unknown.
    pub fn resolve_argument(&self, type_expr: &TypeExpr, place: Place<'_>, diagnostics: &mut Diagnostics) -> Ty {
        self.resolve_type_expr(type_expr, place.inside_arguments(), diagnostics).into_type()
    }

    fn resolve_type_expr(&self, type_expr: &TypeExpr, place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        match type_expr {
            TypeExpr::Array(item) => {
                if matches!(&**item, TypeExpr::Name(name) if name.simple == "Byte" && name.args.is_empty()) {
                    return Meaning::Type(builtin::runtime("Bytes"));
                }
                // The stated namespace of an array is that of its items; the value type flag describes the array.
                match self.resolve_type_expr(item, Place { is_value_type: false, ..place }, diagnostics) {
                    Meaning::Type(item) => Meaning::Type(Ty::List(Box::new(item))),
                    other => other,
                }
            }
            TypeExpr::Name(name) => self.resolve_named(name, place, diagnostics),
        }
    }

    fn resolve_named(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        if let Some(parameter) = self.find_parameter(name, place) {
            return Meaning::Type(parameter);
        }
        // The namespace is stated separately or, in names written by people, precedes the name.
        let namespace = place.namespace.or(name.outer.as_deref().filter(|outer| builtin::is_system(outer)));
        let is_system = namespace.is_some_and(builtin::is_system);
        let is_keyword = namespace.is_none() && csharp::has_keyword(&name.simple) && name.args.is_empty();
        if !is_keyword && (!is_system || self.is_supplied(name, namespace)) {
            match self.find_described(name, place, diagnostics) {
                Found::Type(ty) => return Meaning::Type(ty),
                // Reported already.
                Found::Ambiguous => return Meaning::Type(builtin::value()),
                Found::Nothing => {}
            }
        }
        if namespace.is_none_or(|namespace| namespace == "ServiceStack.Web") && name.args.is_empty() {
            if builtin::is_file(&name.simple) {
                return Meaning::File;
            }
            if builtin::is_http_message(&name.simple) {
                return Meaning::Nothing;
            }
        }
        if let Some(ty) = self.find_replaced(name, Place { namespace, ..place }, diagnostics) {
            return Meaning::Type(ty);
        }
        if namespace.is_none_or(builtin::is_service_stack)
            && !is_keyword
            && !self.is_own_undescribed(name, place)
            && let Some(dto) = builtin::runtime_dto(&name.simple, name.args.len())
        {
            let args = name.args.iter().map(|arg| self.resolve_argument(arg, place, diagnostics)).collect();
            return Meaning::Type(Ty::Runtime(dto, args));
        }
        if namespace.is_none_or(builtin::is_system)
            && let Some(meaning) = self.find_dotnet(name, Place { namespace, ..place }, diagnostics)
        {
            return meaning;
        }
        if let Some(ty) = self.resolve_alias(name, Place { namespace, ..place }, diagnostics) {
            return Meaning::Type(ty);
        }
        Meaning::Type(self.report_missing(name, place, diagnostics))
    }

    /// Whether a name without a namespace refers to an undescribed type of the service, rather than to the ServiceStack type of the same
    /// name.
    fn is_own_undescribed(&self, name: &Name, place: Place<'_>) -> bool {
        let is_from_service_stack = place.declaring.is_some_and(|id| self.catalog.entries[id].is_from_service_stack);
        place.namespace.is_none() && !is_from_service_stack && self.catalog.undescribed.names.contains(&name.simple)
    }

    /// Finds a type parameter of the declaring type.
    fn find_parameter(&self, name: &Name, place: Place<'_>) -> Option<Ty> {
        let declaring = place.declaring.map(|id| &self.catalog.entries[id]);
        let is_declared = declaring.is_some_and(|entry| entry.parameters.contains(&name.simple));
        // A parameter carries the namespace of its declaring type; the same name elsewhere is a different type.
        let is_near =
            place.namespace.is_none_or(|namespace| declaring.is_some_and(|entry| entry.key.namespace == namespace));
        if name.args.is_empty() && is_declared && (is_near || name.is_parameter) {
            return Some(Ty::Parameter(name.simple.clone()));
        }
        name.is_parameter.then(builtin::value)
    }
}
