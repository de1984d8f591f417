//! What a spelled type means: a parameter, a type of the document, one that the settings replace, ServiceStack's, or .NET's own; in
//! this order.

pub(crate) mod advice;
mod described;
mod dotnet;
mod missing;
pub(crate) mod replace;
mod replaced;
mod same_as;
mod settled;

use self::missing::structs;
use self::replace::Replacements;
use self::same_as::SameAs;
use self::settled::Settled;
use crate::Error;
use crate::api::{ItemId, Ty};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::spelling::{Name, Spelling, parse};
use crate::metadata::{Property, TypeName, Types};

/// Finds the types behind spellings.
pub(crate) struct Resolver<'a> {
    pub catalog: &'a Catalog<'a>,
    /// Types that the settings replace.
    pub replacements: &'a Replacements<'a>,
    /// Structs of the API, by simple name: a document names them but never describes them.
    structs: std::collections::BTreeSet<String>,
    /// What the setting `resolve` says.
    settled: Settled,
    /// Types that are others by another name.
    same_as: SameAs<'a>,
}

/// Where a spelling stands.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    /// A pointer into the document, for remarks.
    pub pointer: &'a str,
    /// The type whose member it is.
    pub declaring: Option<ItemId>,
    /// The member, where it is that of one.
    pub member: Option<&'a str>,
    /// The namespace that the document states, where it states one.
    pub namespace: Option<&'a str>,
    /// What the document says about the type: an enum, a struct or primitive.
    pub is_enum: bool,
    pub is_value_type: bool,
}

impl Place<'_> {
    /// No place of the document.
    fn nowhere() -> Self {
        Self { pointer: "", declaring: None, member: None, namespace: None, is_enum: false, is_value_type: false }
    }

    /// The same place, where it says nothing about the type but the name.
    fn inside_arguments(self) -> Self {
        Self { namespace: None, is_enum: false, is_value_type: false, ..self }
    }
}

/// The meaning of a spelling.
pub(crate) enum Meaning {
    /// A type that travels.
    Type(Ty),
    /// A type that is described but does not travel.
    Nothing,
    /// A file, which is sent beside the request.
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

/// What a search among the types of the document gave.
enum Found<T> {
    Type(T),
    /// Several fit equally well; that has been reported.
    Ambiguous,
    Nothing,
}

impl<'a> Resolver<'a> {
    /// A resolver for the types of a document, with the names that the setting `resolve` settles.
    ///
    /// # Errors
    ///
    /// If `resolve` names a member that is not there, or a type that is not described or that the member does not mention.
    pub fn new(
        catalog: &'a Catalog<'a>,
        replacements: &'a Replacements<'a>,
        types: &Types,
        settings: &'a Settings,
    ) -> Result<Self, Error> {
        Ok(Self {
            catalog,
            replacements,
            structs: structs(catalog, types),
            settled: Settled::new(catalog, types, &settings.resolve)?,
            same_as: SameAs::new(&settings.supply, catalog)?,
        })
    }

    /// The type of a member that `declaring` declares.
    pub fn property(&self, property: &Property, declaring: ItemId, diagnostics: &mut Diagnostics) -> Meaning {
        let place = Place {
            pointer: &property.pointer,
            declaring: Some(declaring),
            member: Some(&property.name),
            namespace: Some(property.namespace.as_str()).filter(|namespace| !namespace.is_empty()),
            is_enum: property.is_enum,
            is_value_type: property.is_value_type,
        };
        self.text(&property.type_name, &property.generic_args, place, diagnostics)
    }

    /// The type of a name such as a base class or an answer.
    pub fn name(
        &self,
        name: &TypeName,
        pointer: &str,
        declaring: Option<ItemId>,
        diagnostics: &mut Diagnostics,
    ) -> Meaning {
        let namespace = Some(name.namespace.as_str()).filter(|namespace| !namespace.is_empty());
        let place = Place { pointer, declaring, member: None, namespace, is_enum: false, is_value_type: false };
        self.text(&name.name, &name.generic_args, place, diagnostics)
    }

    fn text(&self, text: &str, args: &[String], place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        match parse(text, args) {
            Some(spelling) => self.spelling(&spelling, place, diagnostics),
            None => Meaning::Type(missing::unreadable(text, place, diagnostics)),
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
                    other => other,
                }
            }
            Spelling::Name(name) => self.named(name, place, diagnostics),
        }
    }

    fn named(&self, name: &Name, place: Place<'_>, diagnostics: &mut Diagnostics) -> Meaning {
        if let Some(parameter) = self.parameter(name, place) {
            return Meaning::Type(parameter);
        }
        // A namespace stands beside the name, or, in spellings of people, before it.
        let namespace = place.namespace.or(name.outer.as_deref().filter(|outer| builtin::is_system(outer)));
        let is_system = namespace.is_some_and(builtin::is_system);
        let is_keyword = namespace.is_none() && builtin::is_keyword_of_csharp(&name.simple) && name.args.is_empty();
        if !is_keyword && (!is_system || self.is_supplied(name, namespace)) {
            match self.described(name, place, diagnostics) {
                Found::Type(ty) => return Meaning::Type(ty),
                // It has been said already.
                Found::Ambiguous => return Meaning::Type(builtin::value()),
                Found::Nothing => {}
            }
        }
        if namespace.is_none_or(|namespace| namespace == "ServiceStack.Web") && name.args.is_empty() {
            if builtin::is_file(&name.simple) {
                return Meaning::File;
            }
            if builtin::is_exchange(&name.simple) {
                return Meaning::Nothing;
            }
        }
        if let Some(ty) = self.replaced(name, Place { namespace, ..place }, diagnostics) {
            return Meaning::Type(ty);
        }
        if namespace.is_none_or(builtin::is_service_stack)
            && !is_keyword
            && let Some(dto) = builtin::runtime_dto(&name.simple, name.args.len())
        {
            let args = name.args.iter().map(|arg| self.argument(arg, place, diagnostics)).collect();
            return Meaning::Type(Ty::Runtime(dto, args));
        }
        if namespace.is_none_or(builtin::is_system)
            && let Some(meaning) = self.system(name, Place { namespace, ..place }, diagnostics)
        {
            return meaning;
        }
        if let Some(ty) = self.same_as(name, Place { namespace, ..place }, diagnostics) {
            return Meaning::Type(ty);
        }
        Meaning::Type(self.unresolved(name, place, diagnostics))
    }

    /// A type parameter of the declaring type.
    fn parameter(&self, name: &Name, place: Place<'_>) -> Option<Ty> {
        let declaring = place.declaring.map(|id| &self.catalog.entries[id]);
        let is_declared = declaring.is_some_and(|entry| entry.parameters.contains(&name.simple));
        // A parameter carries the namespace of its declaring type; a type of the same name elsewhere is another.
        let is_near =
            place.namespace.is_none_or(|namespace| declaring.is_some_and(|entry| entry.key.namespace == namespace));
        if name.args.is_empty() && is_declared && (is_near || name.is_parameter) {
            return Some(Ty::Parameter(name.simple.clone()));
        }
        name.is_parameter.then(builtin::value)
    }
}
