//! What a module can call by its simple name.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::attributes;
use super::parts::Part;
use crate::api::{Api, Item, Module, Ty};
use crate::config::Maps;
use crate::lower::identifiers::{is_identifier, is_keyword};

/// The names of one file: its own, and those that it imports because its code mentions them.
pub(super) struct Scope<'a> {
    pub api: &'a Api,
    pub module: &'a Module,
    /// The part of the module, where that is split.
    part: Option<&'a Part>,
    own: BTreeSet<String>,
    /// What is being written is left out without some feature.
    is_conditional: bool,
    /// The macros of the runtime that it calls.
    own_macros: BTreeSet<String>,
    /// The imported name, and the path it comes from.
    imports: BTreeMap<String, String>,
    /// Those of the imported names that are deprecated.
    deprecated: BTreeSet<String>,
}

/// The path of the runtime in generated code.
const RUNTIME: &str = "::evo_runtime";

impl<'a> Scope<'a> {
    pub fn new(api: &'a Api, module: &'a Module, part: Option<&'a Part>) -> Self {
        let mut own = BTreeSet::new();
        let items = part.map_or(&module.items, |part| &part.items);
        for item in items.iter().filter_map(|index| api.items.get(*index)) {
            own.insert(item.name.clone());
            if let crate::api::ItemKind::Record(record) = &item.kind {
                own.extend(record.parameters.iter().cloned());
            }
        }
        if part.is_none() {
            own.extend(api.children(module).filter_map(|child| child.path.last().cloned()));
            if module.path.is_empty() && !api.types_only {
                own.extend(["Client".to_owned(), "SERVICE".to_owned()]);
            }
        }
        Self {
            api,
            module,
            part,
            own,
            is_conditional: false,
            own_macros: BTreeSet::new(),
            imports: BTreeMap::new(),
            deprecated: BTreeSet::new(),
        }
    }

    /// A name from elsewhere: imported where nothing else is called so, else with its path.
    fn import(&mut self, path: &str, name: &str) -> TokenStream {
        // The import of what is written under a condition would need the same condition.
        let is_free = !self.is_conditional
            && !self.own.contains(name)
            && self.imports.get(name).is_none_or(|other| other == path);
        let simple = ident(name);
        if is_free {
            self.imports.insert(name.to_owned(), path.to_owned());
            return quote!(#simple);
        }
        let path: TokenStream = path.parse().unwrap_or_default();
        quote!(#path::#simple)
    }

    /// From here on an item is written, which may be left out without some feature.
    pub fn begin(&mut self, item: &Item) {
        self.is_conditional = !item.features.is_empty();
        self.own_macros.clear();
    }

    /// The macros that the item imports for itself.
    pub fn own_macros(&self) -> TokenStream {
        let names: Vec<Ident> = self.own_macros.iter().map(|name| ident(name)).collect();
        if names.is_empty() { TokenStream::new() } else { use_line(RUNTIME, &names) }
    }

    /// A macro of the runtime.
    pub fn runtime_macro(&mut self, name: &str) {
        if self.is_conditional {
            self.own_macros.insert(name.to_owned());
            return;
        }
        self.imports.insert(name.to_owned(), RUNTIME.to_owned());
    }

    /// A type of the runtime; `dto::` stands before one of ServiceStack's own.
    pub fn runtime(&mut self, name: &str) -> TokenStream {
        match name.rsplit_once("::") {
            Some((module, name)) => self.import(&format!("{RUNTIME}::{module}"), name),
            None => self.import(RUNTIME, name),
        }
    }

    /// Whether an item is a struct with members.
    pub fn is_record(&self, index: usize) -> bool {
        matches!(self.api.items.get(index).map(|item| &item.kind), Some(crate::api::ItemKind::Record(_)))
    }

    /// An item of the API.
    pub fn item(&mut self, index: usize) -> TokenStream {
        let api = self.api;
        let Some(item) = api.items.get(index) else { return self.runtime("Value") };
        let Some(home) = api.modules.get(item.module) else { return self.runtime("Value") };
        let is_here = self.part.is_none_or(|part| part.items.contains(&index));
        if home.path == self.module.path && is_here {
            let name = ident(&item.name);
            return quote!(#name);
        }
        if item.deprecated.is_some() {
            self.deprecated.insert(item.name.clone());
        }
        let here: Vec<String> = self.module.path.iter().chain(self.part.map(|part| &part.name)).cloned().collect();
        let path = relative_path(&here, &home.path);
        self.import(&path, &item.name)
    }

    /// A type.
    pub fn ty(&mut self, ty: &Ty) -> TokenStream {
        match ty {
            Ty::Std(name) => {
                let name = ident(name);
                quote!(#name)
            }
            Ty::Parameter(name) => {
                let name = ident(name);
                quote!(#name)
            }
            Ty::Runtime(name, args) => {
                let name = self.runtime(name);
                let args = self.arguments(args);
                quote!(#name #args)
            }
            Ty::Item(index, args) => {
                let name = self.item(*index);
                let args = self.arguments(args);
                quote!(#name #args)
            }
            Ty::Option(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            Ty::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Ty::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            Ty::Foreign(foreign) => {
                let path: TokenStream = foreign.path.parse().unwrap_or_default();
                let args = self.arguments(&foreign.args);
                quote!(#path #args)
            }
            Ty::Map(key, value) => {
                let map = match self.api.maps {
                    Maps::BTreeMap => self.import("::std::collections", "BTreeMap"),
                    Maps::HashMap => self.import("::std::collections", "HashMap"),
                    Maps::IndexMap => self.runtime("indexmap::IndexMap"),
                };
                let (key, value) = (self.ty(key), self.ty(value));
                quote!(#map<#key, #value>)
            }
        }
    }

    fn arguments(&mut self, args: &[Ty]) -> TokenStream {
        if args.is_empty() {
            return TokenStream::new();
        }
        let args: Vec<TokenStream> = args.iter().map(|arg| self.ty(arg)).collect();
        quote!(<#(#args),*>)
    }

    /// The `use` lines: the standard library, the runtime, then this API.
    pub fn use_lines(&self) -> TokenStream {
        let mut by_path: BTreeMap<(u8, &str, bool), Vec<Ident>> = BTreeMap::new();
        for (name, path) in &self.imports {
            let rank = match path.as_str() {
                path if path.starts_with("::std") => 0,
                path if path.starts_with(RUNTIME) => 1,
                _ => 2,
            };
            let is_deprecated = rank == 2 && self.deprecated.contains(name);
            by_path.entry((rank, path, is_deprecated)).or_default().push(ident(name));
        }
        let lines = by_path.iter().map(|((_, path, is_deprecated), names)| {
            let leave = is_deprecated.then(attributes::allow);
            let line = use_line(path, names);
            quote!(#leave #line)
        });
        quote!(#(#lines)*)
    }
}

/// The import of one or more names from one path.
fn use_line(path: &str, names: &[Ident]) -> TokenStream {
    let path: TokenStream = path.parse().unwrap_or_default();
    match names {
        [name] => quote!(use #path::#name;),
        names => quote!(use #path::{#(#names),*};),
    }
}

/// The path from one module to another, over what they have in common.
fn relative_path(from: &[String], to: &[String]) -> String {
    let same = from.iter().zip(to).take_while(|(a, b)| a == b).count();
    let up = from.len() - same;
    let mut parts: Vec<&str> = if up == 0 { vec!["self"] } else { vec!["super"; up] };
    parts.extend(to.iter().skip(same).map(String::as_str));
    parts.join("::")
}

/// An identifier; a keyword is spelled raw.
pub(super) fn ident(name: &str) -> Ident {
    if is_keyword(name) && !matches!(name, "self" | "super" | "crate") {
        return Ident::new_raw(name, Span::call_site());
    }
    // Names have been through the sanitiser; what is none all the same is made one instead of a panic.
    Ident::new(if is_identifier(name) { name } else { "unnamed" }, Span::call_site())
}
