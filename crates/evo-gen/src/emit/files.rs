//! Files: a header, imports, submodules and items of each module.

use proc_macro2::TokenStream;
use quote::quote;

use super::scope::{Scope, ident};
use super::{
    Generated, GeneratedFile, Header, deprecations, docs, enums, layout, lints, operations, records, rules, service,
    variants,
};
use crate::Error;
use crate::api::{Api, Item, ItemKind, Module};
use crate::config::Visibility;

/// Writes a module tree: `mod.rs`, and a file for each namespace.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub fn emit(api: &Api, header: &Header) -> Result<Generated, Error> {
    let mut files = Vec::new();
    for module in &api.modules {
        let path = match module.path.as_slice() {
            [] => "mod.rs".to_owned(),
            path => format!("{}.rs", path.join("/")),
        };
        let children: Vec<TokenStream> = api
            .children(module)
            .map(|child| {
                let (visibility, name) = (visibility(api), ident(child.path.last().map_or("", String::as_str)));
                let lints = lints::of_module(module, child);
                quote!(#lints #visibility mod #name;)
            })
            .collect();
        let body = Body::of(api, module)?;
        let lints = if module.path.is_empty() { lints::of_root(api.visibility) } else { "" };
        let text = join(&[
            header_text(header),
            inner_docs(&module_docs(api, module)),
            lints.to_owned(),
            body.uses,
            layout::items(quote!(#(#children)*))?.replace("\n\n", "\n"),
            body.items,
        ]);
        files.push(GeneratedFile { path, text });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Generated { files, names: api.names.clone() })
}

/// Writes everything into one text, to be included from `OUT_DIR`.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub fn emit_single(api: &Api, header: &Header) -> Result<String, Error> {
    let Some(root) = api.modules.first() else { return Ok(header_text(header)) };
    Ok(join(&[header_text(header), nested(api, root)?]))
}

/// A module with its submodules inside.
fn nested(api: &Api, module: &Module) -> Result<String, Error> {
    let body = Body::of(api, module)?;
    let mut parts = vec![body.uses, body.items];
    for child in api.children(module) {
        let inside = nested(api, child)?;
        let indented: Vec<String> =
            inside.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") }).collect();
        let docs: Vec<String> = module_docs(api, child).iter().map(|line| format!("/// {line}\n")).collect();
        let docs = docs.concat();
        let lints = lints::of_module(module, child);
        let lints = if lints.is_empty() { String::new() } else { format!("{}\n", layout::spell(&lints)) };
        let visibility = if api.visibility == Visibility::Crate { "pub(crate)" } else { "pub" };
        let name = ident(child.path.last().map_or("", String::as_str));
        parts.push(format!("{docs}{lints}{visibility} mod {name} {{\n{}\n}}\n", indented.join("\n")));
    }
    Ok(join(&parts))
}

/// The imports and items of a module.
struct Body {
    uses: String,
    items: String,
}

impl Body {
    fn of(api: &Api, module: &Module) -> Result<Self, Error> {
        let mut scope = Scope::new(api, module);
        let mut texts = Vec::new();
        if module.path.is_empty() && !api.types_only {
            texts.push(service::service(&mut scope)?);
        }
        for item in module.items.iter().filter_map(|index| api.items.get(*index)) {
            texts.push(item_text(item, &mut scope)?);
        }
        let uses = layout::items(scope.use_lines())?;
        Ok(Self { uses, items: join(&texts) })
    }
}

fn item_text(item: &Item, scope: &mut Scope<'_>) -> Result<String, Error> {
    let parts = match &item.kind {
        ItemKind::Record(record) => {
            let mut parts = vec![records::definition(item, record, scope)?];
            parts.push(records::calls(item, record, scope));
            if let Some(operation) = &record.operation {
                parts.push(operations::call(item, operation, scope));
                parts.extend(rules::call(item, record, scope));
            }
            parts
        }
        ItemKind::Choice(choice) => enums::choice(item, choice, scope)?,
        ItemKind::Flags(flags) => enums::flags(item, flags, scope)?,
        ItemKind::Collection(collection) => {
            let mut parts = records::collection(item, collection, scope)?;
            parts.extend(collection.operation.as_deref().map(|operation| operations::call(item, operation, scope)));
            parts
        }
        ItemKind::Variants(variants) => variants::variants(item, variants, scope)?,
    };
    let Some((definition, calls)) = parts.split_first() else { return Ok(String::new()) };
    // The calls belong to the definition and stand after a blank line.
    Ok(format!("{definition}\n{}", deprecations::around_calls(calls.concat(), item, scope.api)))
}

/// `pub` or `pub(crate)`.
pub(super) fn visibility(api: &Api) -> TokenStream {
    match api.visibility {
        Visibility::Public => quote!(pub),
        Visibility::Crate => quote!(pub(crate)),
    }
}

fn header_text(header: &Header) -> String {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    format!(
        "// @generated by evo-gen {} from {}. Do not edit; regenerate with\n// `{}`.\n",
        env!("CARGO_PKG_VERSION"),
        clean(&header.source),
        clean(&header.command)
    )
}

fn inner_docs(lines: &[String]) -> String {
    let lines: Vec<String> =
        lines.iter().map(|line| if line.is_empty() { "//!\n".to_owned() } else { format!("//! {line}\n") }).collect();
    lines.concat()
}

fn module_docs(api: &Api, module: &Module) -> Vec<String> {
    if module.path.is_empty() {
        return docs::lines(&service::module_docs(api));
    }
    let namespaces: Vec<String> = module.namespaces.iter().map(|namespace| docs::code(namespace)).collect();
    match namespaces.as_slice() {
        [] => vec!["The namespaces below.".to_owned()],
        names => vec![format!("{}.", names.join(", "))],
    }
}

/// Parts with a blank line between them; empty ones are left out.
fn join(parts: &[String]) -> String {
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("{}\n", parts.join("\n\n")) }
}
