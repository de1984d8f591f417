//! What a module can call by its simple name.

use std::borrow::{Borrow, Cow};
use std::collections::{BTreeMap, BTreeSet};
use std::slice;

use proc_macro2::TokenStream;

use super::parts::Part;
use super::{attributes, layout};
use crate::api::{Api, Item, ItemId, Module, ModuleId, Ty};
use crate::config::Maps;
use crate::identifiers::{is_identifier, is_keyword};

/// The names of one file: its own, and those that it imports because its code mentions them.
pub(super) struct Scope<'a> {
    pub api: &'a Api,
    pub module: &'a Module,
    /// The part of the module, where that is split.
    part: Option<&'a Part>,
    own: BTreeSet<&'a str>,
    /// What is being written is left out without some feature.
    is_conditional: bool,
    /// The macros of the runtime that it calls.
    own_macros: BTreeSet<&'static str>,
    /// The imported name, and the path it comes from.
    imports: BTreeMap<String, String>,
    /// Those of the imported names that are deprecated.
    deprecated: BTreeSet<&'a str>,
    /// The path from here to each module that was mentioned, by its index.
    paths: BTreeMap<ModuleId, String>,
}

/// The path of the runtime in generated code.
const RUNTIME: &str = "::evo_runtime";

impl<'a> Scope<'a> {
    pub fn new(api: &'a Api, module: &'a Module, part: Option<&'a Part>) -> Self {
        let mut own = BTreeSet::new();
        let items = part.map_or(&module.items, |part| &part.items);
        for item in items.iter().map(|id| &api.items[*id]) {
            own.insert(item.name.as_str());
            if let crate::api::ItemKind::Record(record) = &item.kind {
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
            paths: BTreeMap::new(),
        }
    }

    /// A name from elsewhere: imported where nothing else is called so, else with its path.
    fn import(&mut self, path: &str, name: &str) -> String {
        let simple = spelled(name);
        // The import of what is written under a condition would need the same condition.
        if !self.is_conditional && !self.own.contains(name) {
            match self.imports.get(name) {
                Some(other) if other == path => return simple.into_owned(),
                Some(_) => {}
                None => {
                    self.imports.insert(name.to_owned(), path.to_owned());
                    return simple.into_owned();
                }
            }
        }
        format!("{path}::{simple}")
    }

    /// From here on an item is written, which may be left out without some feature.
    pub fn begin(&mut self, item: &Item) {
        self.is_conditional = !item.features.is_empty();
        self.own_macros.clear();
    }

    /// The macros that the item imports for itself.
    pub fn own_macros(&self) -> String {
        let names: Vec<_> = self.own_macros.iter().map(|name| spelled(name)).collect();
        if names.is_empty() { String::new() } else { use_line(RUNTIME, &names) }
    }

    /// A macro of the runtime.
    pub fn runtime_macro(&mut self, name: &'static str) {
        if self.is_conditional {
            self.own_macros.insert(name);
        } else if !self.imports.contains_key(name) {
            self.imports.insert(name.to_owned(), RUNTIME.to_owned());
        }
    }

    /// A type of the runtime; `dto::` stands before one of ServiceStack's own.
    pub fn runtime(&mut self, name: &str) -> String {
        match name.rsplit_once("::") {
            Some((module, name)) => self.import(&format!("{RUNTIME}::{module}"), name),
            None => self.import(RUNTIME, name),
        }
    }

    /// Whether an item is a struct with members.
    pub fn is_record(&self, index: ItemId) -> bool {
        matches!(self.api.items[index].kind, crate::api::ItemKind::Record(_))
    }

    /// An item of the API.
    pub fn item(&mut self, index: ItemId) -> String {
        let api = self.api;
        let item = &api.items[index];
        let home = &api.modules[item.module];
        let is_here = self.part.is_none_or(|part| part.items.contains(&index));
        if is_here && home.path == self.module.path {
            return spelled(&item.name).into_owned();
        }
        if item.deprecated.is_some() {
            self.deprecated.insert(&item.name);
        }
        // Taken out for the time of the call.
        let path = self.paths.remove(&item.module).unwrap_or_else(|| self.path_to(home));
        let name = self.import(&path, &item.name);
        self.paths.insert(item.module, path);
        name
    }

    fn path_to(&self, home: &Module) -> String {
        let here: Vec<&str> =
            self.module.path.iter().chain(self.part.map(|part| &part.name)).map(String::as_str).collect();
        relative_path(&here, &home.path)
    }

    /// A type.
    pub fn ty(&mut self, ty: &Ty) -> String {
        match ty {
            Ty::Std(name) => spelled(name).into_owned(),
            Ty::Parameter(name) => spelled(name).into_owned(),
            Ty::Runtime(name, args) => {
                let name = self.runtime(name);
                self.with_arguments(name, args)
            }
            Ty::Item(index, args) => {
                let name = self.item(*index);
                self.with_arguments(name, args)
            }
            Ty::Option(inner) => self.with_arguments("Option".to_owned(), slice::from_ref(inner)),
            Ty::List(inner) => self.with_arguments("Vec".to_owned(), slice::from_ref(inner)),
            Ty::Boxed(inner) => self.with_arguments("Box".to_owned(), slice::from_ref(inner)),
            // The path is as the settings have it.
            Ty::Foreign(foreign) => {
                let path: TokenStream = foreign.path.parse().unwrap_or_default();
                self.with_arguments(layout::spell(&path), &foreign.args)
            }
            Ty::Map(key, value) => {
                let map = match self.api.maps {
                    Maps::BTreeMap => self.import("::std::collections", "BTreeMap"),
                    Maps::HashMap => self.import("::std::collections", "HashMap"),
                    Maps::IndexMap => self.runtime("indexmap::IndexMap"),
                };
                let (key, value) = (self.ty(key), self.ty(value));
                format!("{map}<{key}, {value}>")
            }
        }
    }

    fn with_arguments(&mut self, mut name: String, args: &[impl Borrow<Ty>]) -> String {
        for (number, arg) in args.iter().enumerate() {
            name.push_str(if number == 0 { "<" } else { ", " });
            name.push_str(&self.ty(arg.borrow()));
        }
        if !args.is_empty() {
            name.push('>');
        }
        name
    }

    /// The `use` lines: the standard library, the runtime, then this API.
    pub fn use_lines(&self) -> String {
        let mut by_path: BTreeMap<(u8, &str, bool), Vec<Cow<'_, str>>> = BTreeMap::new();
        for (name, path) in &self.imports {
            let rank = match path.as_str() {
                path if path.starts_with("::std") => 0,
                path if path.starts_with(RUNTIME) => 1,
                _ => 2,
            };
            let is_deprecated = rank == 2 && self.deprecated.contains(name.as_str());
            by_path.entry((rank, path, is_deprecated)).or_default().push(spelled(name));
        }
        let lines = by_path.iter().map(|((_, path, is_deprecated), names)| {
            let leave = if *is_deprecated { format!("{}\n", attributes::ALLOW) } else { String::new() };
            leave + &use_line(path, names)
        });
        lines.collect::<Vec<_>>().concat()
    }
}

/// The import of one or more names from one path.
fn use_line(path: &str, names: &[Cow<'_, str>]) -> String {
    match names {
        [name] => format!("use {path}::{name};\n"),
        names => format!("use {path}::{{{}}};\n", names.join(", ")),
    }
}

/// The path from one module to another, over what they have in common.
fn relative_path(from: &[&str], to: &[String]) -> String {
    let same = from.iter().zip(to).take_while(|(a, b)| *a == b).count();
    let up = from.len() - same;
    let mut parts: Vec<&str> = if up == 0 { vec!["self"] } else { vec!["super"; up] };
    parts.extend(to.iter().skip(same).map(String::as_str));
    parts.join("::")
}

/// An identifier as it is spelled: raw where it is a keyword.
pub(super) fn spelled(name: &str) -> Cow<'_, str> {
    if is_keyword(name) && !matches!(name, "self" | "super" | "crate") {
        return format!("r#{name}").into();
    }
    // Names have been through the sanitiser; what is none all the same is made one, rather than let into the code.
    if is_identifier(name) { name.into() } else { "unnamed".into() }
}
