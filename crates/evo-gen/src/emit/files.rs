//! Files: a header, imports, submodules and items of each module or part of one.

use super::parts::{Part, are_too_long, estimated_lengths, parts};
use super::scope::{Scope, spelled};
use super::{
    Generated, GeneratedFile, Header, attributes, docs, enums, layout, lints, operations, records, rules, service,
    variants,
};
use crate::Error;
use crate::api::{Api, Item, ItemId, ItemKind, Module};
use crate::config::Visibility;
use crate::parallel::in_parallel;

/// Writes a module tree: `mod.rs`, a file for each module below it, and more files for modules that would be too long for one.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub fn emit(api: &Api, header: &Header) -> Result<Generated, Error> {
    // Each file is written by itself, so that many can be at once; for that, what belongs into it is estimated first.
    let modules: Vec<(&Module, Vec<Part>)> =
        api.modules.iter().map(|module| (module, parts(api, module, &estimated_lengths(api, module)))).collect();
    let tasks: Vec<(&Module, Option<&Part>)> = modules
        .iter()
        .flat_map(|(module, parts)| {
            let whole = parts.is_empty().then_some(None);
            whole.into_iter().chain(parts.iter().map(Some)).map(|part| (*module, part))
        })
        .collect();
    let mut bodies = in_parallel(&tasks, |(module, part)| Body::of(api, module, *part)).into_iter();
    let mut files = Vec::new();
    for (module, parts) in &modules {
        let bodies: Vec<Body> = bodies.by_ref().take(parts.len().max(1)).collect::<Result<_, _>>()?;
        // Operations stand before types in a module as in its parts.
        let lengths: Vec<usize> = bodies.iter().flat_map(Body::lengths).collect();
        let measured = self::parts(api, module, &lengths);
        let is_too_long = !api.is_one_file && bodies.iter().any(Body::is_too_long);
        files.extend(if is_too_long || measured.is_empty() != parts.is_empty() {
            let wanted = measured.iter().map(Some).chain(measured.is_empty().then_some(None));
            let bodies = wanted.map(|part| Body::of(api, module, part)).collect::<Result<_, _>>()?;
            module_files(api, module, &measured, bodies, header)?
        } else {
            module_files(api, module, parts, bodies, header)?
        });
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(Generated { files, names: api.names.clone(), features: api.features() })
}

/// The file of a module and those of its parts, whose bodies are written already.
fn module_files(
    api: &Api,
    module: &Module,
    parts: &[Part],
    mut bodies: Vec<Body>,
    header: &Header,
) -> Result<Vec<GeneratedFile>, Error> {
    let visibility = visibility(api);
    let body = match bodies.pop() {
        Some(whole) if parts.is_empty() => whole,
        last => {
            bodies.extend(last);
            Body::beside_parts(api, module)?
        }
    };
    let children = api.children(module).map(|child| format!("{};\n", module_head(api, module, child)));
    let names: Vec<_> = parts.iter().map(|part| spelled(&part.name)).collect();
    let modules: Vec<String> = children.chain(names.iter().map(|name| format!("mod {name};\n"))).collect();
    let reexports = names.iter().map(|name| format!("{}{visibility} use self::{name}::*;\n", lints::OF_REEXPORTS));
    let lints = if module.path.is_empty() { lints::OF_ROOT } else { "" };
    let text = join(&[
        header_text(header),
        inner_docs(&module_docs(api, module)),
        lints.to_owned(),
        body.uses.clone(),
        modules.concat(),
        reexports.collect::<Vec<_>>().concat(),
        body.text(),
    ]);
    let stem = module.path.join("/");
    let path = if stem.is_empty() { "mod.rs".to_owned() } else { format!("{stem}.rs") };
    let mut files = vec![GeneratedFile { path, text }];
    let folder = if stem.is_empty() { String::new() } else { format!("{stem}/") };
    files.extend(parts.iter().zip(bodies).map(|(part, body)| {
        let docs = inner_docs(&part_docs(module, part));
        let text = join(&[header_text(header), docs, body.uses.clone(), body.text()]);
        GeneratedFile { path: format!("{folder}{}.rs", part.name), text }
    }));
    Ok(files)
}

/// Writes everything into one text, to be included from `OUT_DIR`. All of it stands in a module of its own, which can have the
/// attributes that the top of an included file cannot.
///
/// # Errors
///
/// When what was written is no Rust, which is a defect of ours.
pub fn emit_single(api: &Api, header: &Header) -> Result<String, Error> {
    let Some(root) = api.modules.iter().next() else { return Ok(header_text(header)) };
    let (visibility, inside) = (visibility(api), indented(&nested(api, root)?));
    let module = format!("{}\nmod included {{\n{inside}\n}}\n", lints::OF_INCLUDED);
    let reexport = format!("{}{visibility} use self::included::*;\n", lints::OF_REEXPORTS);
    Ok(join(&[header_text(header), module, reexport]))
}

fn indented(text: &str) -> String {
    let lines = text.lines().map(|line| if line.is_empty() { String::new() } else { format!("    {line}") });
    lines.collect::<Vec<_>>().join("\n")
}

/// A module with its submodules inside.
fn nested(api: &Api, module: &Module) -> Result<String, Error> {
    let body = Body::of(api, module, None)?;
    let mut parts = vec![body.uses.clone(), body.text()];
    for child in api.children(module) {
        let inside = nested(api, child)?;
        let docs: Vec<String> = module_docs(api, child).iter().map(|line| format!("/// {line}\n")).collect();
        let docs = docs.concat();
        let head = module_head(api, module, child);
        parts.push(format!("{docs}{head} {{\n{}\n}}\n", indented(&inside)));
    }
    Ok(join(&parts))
}

/// What a file holds below its head.
struct Body {
    uses: String,
    /// What is known about the service, in the root module.
    service: String,
    /// The code of each item.
    items: Vec<String>,
}

impl Body {
    /// The items of a module, or of a part of it.
    fn of(api: &Api, module: &Module, part: Option<&Part>) -> Result<Self, Error> {
        let items = part.map_or(&module.items, |part| &part.items);
        Self::with(Scope::new(api, module, part), part.is_none(), items)
    }

    /// What stays in a module whose items stand in parts.
    fn beside_parts(api: &Api, module: &Module) -> Result<Self, Error> {
        Self::with(Scope::new(api, module, None), true, &[])
    }

    fn with(mut scope: Scope<'_>, is_module: bool, items: &[ItemId]) -> Result<Self, Error> {
        let api = scope.api;
        let is_client = is_module && scope.module.path.is_empty() && !api.types_only;
        let service = if is_client { service::service(&mut scope)? } else { String::new() };
        let items = items.iter().map(|id| &api.items[*id]);
        let items = items.map(|item| item_text(item, &mut scope)).collect::<Result<_, _>>()?;
        let uses = layout::imports(&scope.use_lines())?;
        Ok(Self { uses, service, items })
    }

    /// How many lines each item has, with the blank one before it.
    fn lengths(&self) -> Vec<usize> {
        self.items.iter().map(|text| text.lines().count() + 1).collect()
    }

    /// Whether a file of it is longer than it needs to be.
    fn is_too_long(&self) -> bool {
        self.items.len() > 1 && are_too_long(&self.lengths())
    }

    /// The service and the items.
    fn text(&self) -> String {
        join(&[self.service.clone(), join(&self.items)])
    }
}

fn item_text(item: &Item, scope: &mut Scope<'_>) -> Result<String, Error> {
    scope.begin(item);
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
        ItemKind::Enum(choice) => enums::choice(item, choice, scope)?,
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
    Ok(format!("{definition}\n{}", attributes::around_calls(calls.concat(), item, scope)?))
}

/// `pub mod name` with its attributes, each on a line.
fn module_head(api: &Api, outer: &Module, module: &Module) -> String {
    let attributes = only_with(module).into_iter().chain(lints::of_module(outer, module));
    let attributes: Vec<String> = attributes.map(|attribute| attribute + "\n").collect();
    let name = spelled(module.path.last().map_or("", String::as_str));
    format!("{}{} mod {name}", attributes.concat(), visibility(api))
}

/// The condition under which a module is there.
fn only_with(module: &Module) -> Option<String> {
    module.feature.as_ref().map(|feature| format!("#[cfg(feature = {})]", layout::literal(&feature.name)))
}

/// `pub` or `pub(crate)`.
pub(super) fn visibility(api: &Api) -> &'static str {
    match api.visibility {
        Visibility::Public => "pub",
        Visibility::Crate => "pub(crate)",
    }
}

fn header_text(header: &Header) -> String {
    let clean = |text: &str| text.chars().filter(|c| !c.is_control()).collect::<String>();
    let (source, command) = (clean(&header.source), clean(&header.command));
    let mut hint = format!("// Do not edit; regenerate with `{command}`.");
    if hint.chars().count() > layout::WIDTH {
        hint = format!("// Do not edit; regenerate with\n// `{command}`.");
    }
    format!("// @generated by evo-gen {} from {source}.\n{hint}\n", env!("CARGO_PKG_VERSION"))
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
    let namespaces = namespaces(module);
    let feature = module.feature.as_ref().map(|feature| format!(" Needs the feature {}.", docs::code(&feature.name)));
    let feature = feature.unwrap_or_default();
    if namespaces.is_empty() {
        return vec!["The namespaces below.".to_owned()];
    }
    vec![format!("{namespaces}.{feature}")]
}

/// The namespaces of a module, as documentation lists them.
fn namespaces(module: &Module) -> String {
    module.namespaces.iter().map(|namespace| docs::code(namespace)).collect::<Vec<_>>().join(", ")
}

fn part_docs(module: &Module, part: &Part) -> Vec<String> {
    let what = if part.are_operations { "Operations" } else { "Types" };
    let namespaces = namespaces(module);
    let of = if namespaces.is_empty() { "the module above" } else { &namespaces };
    vec![format!("{what} of {of}.")]
}

/// Parts with a blank line between them; empty ones are left out.
fn join(parts: &[String]) -> String {
    let parts: Vec<&str> =
        parts.iter().map(|part| part.trim_end_matches('\n')).filter(|part| !part.is_empty()).collect();
    if parts.is_empty() { String::new() } else { format!("{}\n", parts.join("\n\n")) }
}
