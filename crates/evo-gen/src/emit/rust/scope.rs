//! The names that a module can use without a path.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{TokenStream, TokenTree};
use quote::quote;

use super::names::{escape_keyword, ident, path};
use crate::api::{Api, Item, ItemId, ItemKind, Module, ModulePart, Ty};
use crate::config::Maps;
use crate::emit::items::lints;

/// The names of one file: its own, and those that it imports because its code uses them.
pub(in crate::emit) struct Scope<'a> {
    pub api: &'a Api,
    pub module: &'a Module,
    /// The part of the module, if the module is split.
    part: Option<&'a ModulePart>,
    own: BTreeSet<&'a str>,
    /// Whether the item being written is only compiled with some feature.
    is_conditional: bool,
    /// The runtime macros that this item calls.
    own_macros: BTreeSet<&'static str>,
    /// The imported names, each with the path it comes from.
    imports: BTreeMap<String, String>,
    /// The imported names that are deprecated.
    deprecated: BTreeSet<&'a str>,
}

/// The path of the runtime crate in generated code.
const RUNTIME: &str = "::evo_runtime";

impl<'a> Scope<'a> {
    pub fn new(api: &'a Api, module: &'a Module, part: Option<&'a ModulePart>) -> Self {
        let mut own = BTreeSet::new();
        let items = part.map_or(&module.items, |part| &part.items);
        for item in items.iter().map(|id| &api.items[*id]) {
            own.insert(item.name.as_str());
            if let ItemKind::Record(record) = &item.kind {
                own.extend(record.parameters.iter().map(String::as_str));
            }
        }
        if part.is_none() {
            own.extend(api.children(module).filter_map(|child| child.path.last()).map(String::as_str));
            if module.path.is_empty() && !api.types_only {
                own.extend(["Client", "SERVICE"]);
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

    /// Returns a name from elsewhere: imported if the name is free, otherwise with its path.
    fn import(&mut self, path: &str, name: &str) -> String {
        // The import for a conditional item would need the same condition.
        let is_free = !self.is_conditional
            && !self.own.contains(name)
            && self.imports.get(name).is_none_or(|other| other == path);
        if is_free {
            self.imports.insert(name.to_owned(), path.to_owned());
            return escape_keyword(name).into_owned();
        }
        format!("{path}::{}", escape_keyword(name))
    }

    /// Begins an item, which may be conditional on some feature.
    pub fn begin(&mut self, item: &Item) {
        self.is_conditional = !item.features.is_empty();
        self.own_macros.clear();
    }

    /// Returns the import of the macros that the item imports for itself.
    pub fn own_macros(&self) -> Option<TokenStream> {
        let names: Vec<TokenTree> = self.own_macros.iter().map(|name| ident(name)).collect();
        (!names.is_empty()).then(|| use_line(RUNTIME, &names))
    }

    /// Imports a runtime macro: for the file, or only for the item if that is conditional.
    pub fn runtime_macro(&mut self, name: &'static str) {
        if self.is_conditional {
            self.own_macros.insert(name);
        } else {
            self.imports.insert(name.to_owned(), RUNTIME.to_owned());
        }
    }

    /// Returns a runtime type; the name of one of ServiceStack's own types begins with `dto::`.
    pub fn runtime(&mut self, name: &str) -> TokenStream {
        let name = match name.rsplit_once("::") {
            Some((module, name)) => self.import(&format!("{RUNTIME}::{module}"), name),
            None => self.import(RUNTIME, name),
        };
        path(&name)
    }

    /// Returns the path of an item of the API, relative to this module.
    pub fn item_path(&mut self, id: ItemId) -> String {
        let api = self.api;
        let item = &api.items[id];
        let home = &api.modules[item.module];
        let is_here = self.part.is_none_or(|part| part.items.contains(&id));
        if is_here && home.path == self.module.path {
            return escape_keyword(&item.name).into_owned();
        }
        if item.deprecated.is_some() {
            self.deprecated.insert(&item.name);
        }
        self.import(&self.path_to(home), &item.name)
    }

    /// Returns the path of an item of the API as tokens.
    pub fn item(&mut self, id: ItemId) -> TokenStream {
        path(&self.item_path(id))
    }

    fn path_to(&self, home: &Module) -> String {
        let here: Vec<&str> =
            self.module.path.iter().chain(self.part.map(|part| &part.name)).map(String::as_str).collect();
        relative_path(&here, &home.path)
    }

    /// Returns a type as tokens.
    pub fn ty(&mut self, ty: &Ty) -> TokenStream {
        match ty {
            Ty::Std(name) => path(name),
            Ty::Parameter(name) => path(name),
            Ty::Runtime(name, args) => {
                let (name, args) = (self.runtime(name), self.arguments(args));
                quote!(#name #args)
            }
            Ty::Item(index, args) => {
                let (name, args) = (self.item(*index), self.arguments(args));
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
            // The syntax of the path was checked when the settings were read.
            Ty::Foreign(foreign) => {
                let path: TokenStream = foreign.path.parse().unwrap_or_default();
                let args = self.arguments(&foreign.args);
                quote!(#path #args)
            }
            Ty::Map(key, value) => {
                let map = match self.api.maps {
                    Maps::BTreeMap => self.import("::std::collections", "BTreeMap"),
                    Maps::HashMap => self.import("::std::collections", "HashMap"),
                    Maps::IndexMap => self.import(&format!("{RUNTIME}::indexmap"), "IndexMap"),
                };
                let (map, key, value) = (path(&map), self.ty(key), self.ty(value));
                quote!(#map<#key, #value>)
            }
        }
    }

    fn arguments(&mut self, args: &[Ty]) -> Option<TokenStream> {
        let args: Vec<TokenStream> = args.iter().map(|arg| self.ty(arg)).collect();
        (!args.is_empty()).then(|| quote!(<#(#args),*>))
    }

    /// Returns the `use` lines: the standard library, the runtime, then this API.
    pub fn imports(&self) -> TokenStream {
        let mut by_path: BTreeMap<(u8, &str, bool), Vec<TokenTree>> = BTreeMap::new();
        for (name, path) in &self.imports {
            let rank = match path.as_str() {
                path if path.starts_with("::std") => 0,
                path if path.starts_with(RUNTIME) => 1,
                _ => 2,
            };
            let is_deprecated = rank == 2 && self.deprecated.contains(name.as_str());
            by_path.entry((rank, path, is_deprecated)).or_default().push(ident(name));
        }
        let lines = by_path.iter().map(|((_, path, is_deprecated), names)| {
            let allow = is_deprecated.then(lints::deprecated);
            let line = use_line(path, names);
            quote!(#allow #line)
        });
        quote!(#(#lines)*)
    }
}

/// Returns the import of one or more names from one path.
fn use_line(from: &str, names: &[TokenTree]) -> TokenStream {
    let from = path(from);
    match names {
        [name] => quote!(use #from::#name;),
        names => quote!(use #from::{#(#names),*};),
    }
}

/// Returns the relative path from one module to another.
fn relative_path(from: &[&str], to: &[String]) -> String {
    let same = from.iter().zip(to).take_while(|(a, b)| *a == b).count();
    let up = from.len() - same;
    let mut parts: Vec<&str> = if up == 0 { vec!["self"] } else { vec!["super"; up] };
    parts.extend(to.iter().skip(same).map(String::as_str));
    parts.join("::")
}
