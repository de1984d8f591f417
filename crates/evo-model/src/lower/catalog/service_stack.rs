//! ServiceStack's own types and operations. Since version 6.9 documents mention them but do not describe them; a bundled file in the format
//! of a document does.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

use super::undescribed::Undescribed;
use super::{Entry, Key};
use crate::Error;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::type_expr::parse;
use crate::metadata::{self, Operation, Type, Types};

/// The content of the bundled file.
pub(crate) struct ServiceStack {
    types: Types,
    /// The types by namespace and simple name; types that differ only in arity share an entry.
    by_name: BTreeMap<(String, String), Vec<usize>>,
    /// Their simple names, each with its namespaces.
    namespaces: BTreeMap<String, Vec<String>>,
}

/// Returns the content of the file, which is parsed once.
pub(crate) fn service_stack() -> &'static ServiceStack {
    static READ: OnceLock<ServiceStack> = OnceLock::new();
    READ.get_or_init(|| ServiceStack::read(include_str!("../../../templates/servicestack-types.json")))
}

impl ServiceStack {
    fn read(text: &str) -> Self {
        let document = serde_json::from_str(text).unwrap_or_default();
        // A test ensures that the file is a valid document.
        let mut types = metadata::read_value(&document, &mut Diagnostics::default()).unwrap_or_default();
        let requests = types.operations.iter_mut().map(|operation| {
            operation.pointer.clear();
            &mut operation.request
        });
        // Pointers refer to the document of the service, never to this file.
        for definition in types.types.iter_mut().chain(requests) {
            definition.pointer.clear();
            definition.properties.iter_mut().for_each(|property| property.pointer.clear());
        }
        let mut by_name: BTreeMap<(String, String), Vec<usize>> = BTreeMap::new();
        let mut namespaces: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for (index, definition) in types.types.iter().enumerate() {
            let (namespace, simple) = (definition.namespace.clone(), Key::for_type(definition).simple().to_owned());
            namespaces.entry(simple.clone()).or_default().push(namespace.clone());
            by_name.entry((namespace, simple)).or_default().push(index);
        }
        Self { types, by_name, namespaces }
    }

    /// Returns the types with this namespace and simple name.
    pub fn find(&self, namespace: &str, simple: &str) -> impl Iterator<Item = &Type> {
        let key = (namespace.to_owned(), simple.to_owned());
        self.by_name.get(&key).into_iter().flatten().filter_map(|index| self.types.types.get(*index))
    }

    /// Returns the types with this simple name, in any namespace.
    fn find_anywhere(&self, simple: &str) -> impl Iterator<Item = &Type> {
        let namespaces = self.namespaces.get(simple).into_iter().flatten();
        namespaces.flat_map(move |namespace| self.find(namespace, simple))
    }

    /// Returns the operation with this request name.
    fn operation(&self, name: &str) -> Option<&Operation> {
        self.types.operations.iter().find(|operation| operation.request.name == name)
    }
}

/// Returns the name of the ServiceStack operation that `text` refers to, with or without its namespace and ignoring case. Since version
/// 6.9, documents do not list these operations; the setting `service_stack` adds them by name.
#[must_use]
pub fn service_stack_operation(text: &str) -> Option<&'static str> {
    let is_meant = |request: &Type| {
        let full = || format!("{}.{}", request.namespace, request.name);
        request.name.eq_ignore_ascii_case(text) || full().eq_ignore_ascii_case(text)
    };
    let found = service_stack().types.operations.iter().find(|operation| is_meant(&operation.request));
    found.map(|operation| operation.request.name.as_str())
}

/// Adds ServiceStack's own operations that the setting `service_stack` names to a document.
///
/// # Errors
///
/// If ServiceStack has no such operation, or if the document lists it already.
pub(crate) fn with_operations<'a>(types: &'a Types, names: &[String]) -> Result<Cow<'a, Types>, Error> {
    let mut types = Cow::Borrowed(types);
    for name in names {
        let refuse = |message: String| Error::usage(message).setting("service_stack", Some(name));
        let Some(operation) = service_stack().operation(name) else {
            let mut known: Vec<&str> =
                service_stack().types.operations.iter().map(|operation| operation.request.name.as_str()).collect();
            known.sort_unstable();
            let error = refuse(format!("ServiceStack has no operation `{name}`, which `service_stack` names"));
            return Err(error.help(crate::config::did_you_mean(name, &known)));
        };
        let is_listed = |other: &Operation| Key::for_type(&other.request) == Key::for_type(&operation.request);
        if types.operations.iter().any(is_listed) {
            let error = refuse(format!("the document lists the operation `{name}`, which `service_stack` names"));
            return Err(error.help("remove it from the list: it is generated anyway"));
        }
        types.to_mut().operations.push(operation.clone());
    }
    Ok(types)
}

/// Adds the ServiceStack types that entries and operations mention, and those that these types mention in turn. They include the types of
/// the runtime's own operations if `with_runtime_operations` is set.
pub(super) fn add_mentioned(
    found: &mut BTreeMap<Key, Entry<'_>>,
    types: &Types,
    undescribed: &Undescribed,
    with_runtime_operations: bool,
) {
    // Type arguments carry no namespace, so a type of the service takes precedence there, described or not.
    let described = found.keys().map(|key| key.simple().to_owned());
    let own: BTreeSet<String> = described.chain(undescribed.names.iter().cloned()).collect();
    let mut mentioned: Vec<&'static Type> = Vec::new();
    {
        let mut mentions = Mentions { own: &own, found: &mut mentioned };
        for entry in found.values() {
            mentions.add_type(&entry.definition);
        }
        for operation in &types.operations {
            mentions.add_operation(operation);
        }
    }
    while let Some(definition) = mentioned.pop() {
        let key = Key::for_type(definition);
        if let Some(entry) = found.get_mut(&key) {
            // The document names this response without describing it.
            if entry.definition.properties.is_empty() && !entry.is_from_service_stack {
                Mentions { own: &own, found: &mut mentioned }.add_type(definition);
                entry.definition = Cow::Borrowed(definition);
            }
            continue;
        }
        let is_described = with_runtime_operations && builtin::belongs_to_runtime_operation(key.simple());
        if builtin::runtime_dto(key.simple(), key.arity).is_some() && !is_described {
            continue;
        }
        Mentions { own: &own, found: &mut mentioned }.add_type(definition);
        let entry = Entry { is_from_service_stack: true, ..Entry::new(Cow::Borrowed(definition)) };
        found.insert(key, entry);
    }
}

/// Collects the ServiceStack types that are mentioned somewhere.
struct Mentions<'a> {
    /// The simple names of the service's types.
    own: &'a BTreeSet<String>,
    found: &'a mut Vec<&'static Type>,
}

impl Mentions<'_> {
    fn add_type(&mut self, definition: &Type) {
        if let Some(base) = &definition.inherits {
            self.add_name(&base.namespace, &base.name, &base.generic_args);
        }
        for property in &definition.properties {
            self.add_name(&property.namespace, &property.type_name, &property.generic_args);
        }
    }

    fn add_operation(&mut self, operation: &Operation) {
        if let Some(response) = &operation.response {
            self.add_name(&response.namespace, &response.name, &[]);
        }
        let names = [&operation.return_type, &operation.data_model, &operation.view_model];
        for name in names.into_iter().flatten() {
            self.add_name(&name.namespace, &name.name, &name.generic_args);
        }
    }

    fn add_name(&mut self, namespace: &str, name: &str, args: &[String]) {
        if namespace.is_empty() {
            self.add_text(name);
        } else if builtin::is_service_stack(namespace) {
            let simple = words(name).next().unwrap_or_default();
            self.found.extend(service_stack().find(namespace, simple));
        } else if name.contains('<') {
            // Before v6.7 the arguments were part of the name.
            self.add_text(name);
        }
        for arg in args {
            self.add_text(arg);
        }
    }

    /// Collects the names in a written type, whose namespaces are unknown.
    fn add_text(&mut self, text: &str) {
        // Few types contain such a name; only those are parsed.
        if !words(text).any(|word| service_stack().namespaces.contains_key(word)) {
            return;
        }
        let Some(type_expr) = parse(text, &[]) else { return };
        type_expr.each_name(&mut |name| {
            if !self.own.contains(&name.simple) {
                let known = service_stack().find_anywhere(&name.simple);
                self.found.extend(known.filter(|definition| Key::for_type(definition).arity == name.argument_count()));
            }
        });
    }
}

/// Splits a written type into names.
fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_a_document_without_faults() {
        let text = include_str!("../../../templates/servicestack-types.json");
        let mut diagnostics = Diagnostics::default();
        let types = metadata::read_value(&serde_json::from_str(text).unwrap(), &mut diagnostics).unwrap();
        assert_eq!(diagnostics.as_slice(), []);
        assert_eq!((types.types.len(), types.operations.len()), (173, 66));
        let requests = types.operations.iter().map(|operation| &operation.request);
        let foreign = types.types.iter().chain(requests).filter(|of| !builtin::is_service_stack(&of.namespace));
        assert_eq!(foreign.collect::<Vec<_>>(), Vec::<&Type>::new());
    }

    #[test]
    fn a_simple_name_tells_the_type() {
        for (name, namespaces) in &service_stack().namespaces {
            let distinct: BTreeSet<&String> = namespaces.iter().collect();
            assert_eq!(distinct.len(), 1, "{name}: {namespaces:?}");
        }
    }
}
