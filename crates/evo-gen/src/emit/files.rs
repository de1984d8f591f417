//! Emits files: a header, documentation, imports, submodules and the items of a module or of a part of one.

use proc_macro2::TokenStream;
use quote::quote;
#[cfg(feature = "cli")]
use rayon::iter::{IntoParallelIterator as _, ParallelIterator as _};

use super::items::{self, lints, service, visibility};
use super::rust::{self, Scope, ident};
use super::{Generated, GeneratedFile, Header, docs};
use crate::Error;
use crate::api::{Api, ItemId, Module, ModulePart};

/// Emits a module tree: `mod.rs`, a file for each module below it, and one for each part of a module that is split.
///
/// # Errors
///
/// If the generated code is not valid Rust, which is a bug in evo-gen.
pub fn emit(api: &Api, header: &Header) -> Result<Generated, Error> {
    let files = api.modules.iter().flat_map(|module| {
        let parts = module.parts.iter().map(move |part| (module, Some(part)));
        std::iter::once((module, None)).chain(parts)
    });
    let files: Vec<(&Module, Option<&ModulePart>)> = files.collect();
    // Files are independent, and more than half of a run's time is spent here. Build scripts do without rayon.
    #[cfg(feature = "cli")]
    let files = files.into_par_iter();
    #[cfg(not(feature = "cli"))]
    let files = files.into_iter();
    let files = files.map(|(module, part)| {
        let (path, tokens) = match part {
            None => (module_path(module), module_file(api, module)),
            Some(part) => (part_path(module, part), part_file(api, module, part)),
        };
        let text = rust::print(tokens).map_err(|error| error.at(path.clone()))?;
        Ok(GeneratedFile { path, text: header_lines(header) + &text })
    });
    let mut files = files.collect::<Result<Vec<_>, Error>>()?;
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Generated { files, names: api.names.clone(), features: api.features() })
}

fn module_path(module: &Module) -> String {
    if module.path.is_empty() { "mod.rs".to_owned() } else { format!("{}.rs", module.path.join("/")) }
}

fn part_path(module: &Module, part: &ModulePart) -> String {
    let folders = module.path.iter().chain([&part.name]).cloned();
    format!("{}.rs", folders.collect::<Vec<_>>().join("/"))
}

/// Returns a module: its submodules, the re-exports of its parts, and the items that are in none of them.
fn module_file(api: &Api, module: &Module) -> TokenStream {
    let docs = docs::inside_module(api, module);
    let lints = module.path.is_empty().then(lints::unused_code).map(|allow| quote!(#![#allow]));
    let children = api.children(module).map(|child| {
        let head = module_head(api, module, child);
        quote!(#head;)
    });
    let parts: Vec<_> = module.parts.iter().map(|part| ident(&part.name)).collect();
    let (vis, unused) = (visibility(api), lints::unused_reexports());
    let mut scope = Scope::new(api, module, None);
    let body = if module.parts.is_empty() { body(&mut scope, &module.items) } else { body(&mut scope, &[]) };
    let imports = scope.imports();
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #docs
        #lints
        #imports
        #(#children)*
        #(mod #parts;)*
        #(#unused #vis use self::#parts::*;)*
        #body
    }
}

/// Returns a part of a module: a private module with some of the items, which the module re-exports.
fn part_file(api: &Api, module: &Module, part: &ModulePart) -> TokenStream {
    let docs = docs::inside_part(module, part);
    let mut scope = Scope::new(api, module, Some(part));
    let items = items(&mut scope, &part.items);
    let imports = scope.imports();
    quote! {
        #![cfg_attr(rustfmt, rustfmt_skip)]
        #docs
        #imports
        #items
    }
}

/// Emits everything as one file, to be included from `OUT_DIR`. The code is wrapped in its own module, because the top of an included file
/// cannot have attributes.
///
/// # Errors
///
/// If the generated code is not valid Rust, which is a bug in evo-gen.
pub fn emit_single(api: &Api, header: &Header) -> Result<String, Error> {
    let Some(root) = api.modules.iter().next() else { return Ok(header_lines(header)) };
    let (content, vis) = (nested(api, root), visibility(api));
    let (unused_code, unused_reexports) = (lints::unused_code(), lints::unused_reexports());
    let included = rust::print(quote! {
        #[#unused_code]
        mod included { #content }
        #unused_reexports
        #vis use self::included::*;
    })?;
    Ok(format!("{}\n{included}", header_lines(header)))
}

/// Returns the content of a module, with its submodules nested inside.
fn nested(api: &Api, module: &Module) -> TokenStream {
    let mut scope = Scope::new(api, module, None);
    let body = body(&mut scope, &module.items);
    let imports = scope.imports();
    let children = api.children(module).map(|child| {
        let (docs, head, content) = (docs::for_module(api, child), module_head(api, module, child), nested(api, child));
        quote!(#docs #head { #content })
    });
    quote!(#imports #body #(#children)*)
}

/// Returns `pub mod name` with its attributes.
fn module_head(api: &Api, outer: &Module, module: &Module) -> TokenStream {
    let feature = module.feature.as_ref().map(|feature| {
        let name = &feature.name;
        quote!(#[cfg(feature = #name)])
    });
    let (lints, vis) = (lints::for_module(outer, module), visibility(api));
    let name = ident(module.path.last().map_or("", String::as_str));
    quote!(#feature #lints #vis mod #name)
}

/// Returns the content of a module below its head: the items, preceded in the root by what is known about the service.
fn body(scope: &mut Scope<'_>, ids: &[ItemId]) -> TokenStream {
    let is_client = scope.module.path.is_empty() && !scope.api.types_only;
    let service = is_client.then(|| service::service(scope));
    let items = items(scope, ids);
    quote!(#service #items)
}

fn items(scope: &mut Scope<'_>, ids: &[ItemId]) -> TokenStream {
    let api = scope.api;
    ids.iter().map(|id| items::item(&api.items[*id], scope)).collect()
}

fn header_lines(header: &Header) -> String {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let (source, command) = (clean(&header.source), clean(&header.command));
    let mut hint = format!("// Do not edit; regenerate with `{command}`.");
    if hint.chars().count() > rust::WIDTH {
        hint = format!("// Do not edit; regenerate with\n// `{command}`.");
    }
    format!("// @generated by evo-gen {} from {source}.\n{hint}\n", env!("CARGO_PKG_VERSION"))
}
