//! Every type that the document describes, once: merges requests, responses and types by namespace and name.

pub(crate) mod closed;
pub(crate) mod reopen;
pub(crate) mod service_stack;
pub(crate) mod supply;
mod undescribed;

use std::borrow::Cow;
use std::collections::{BTreeMap, btree_map};

use crate::Error;
use crate::api::{IdVec, ItemId};
use crate::config::Settings;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::closed::Form;
use crate::lower::catalog::reopen::reopen;
use crate::lower::catalog::undescribed::Undescribed;
use crate::lower::type_expr::split_arity;
use crate::metadata::{Operation, Type, TypeName, Types};

/// The described types, ordered by key, so that the order of the document does not matter.
pub(crate) struct Catalog<'a> {
    /// Each entry becomes the item with the same id.
    pub entries: IdVec<ItemId, Entry<'a>>,
    by_key: BTreeMap<Key, ItemId>,
    by_simple: BTreeMap<(String, usize), Vec<ItemId>>,
    /// The closed forms of generic classes without a definition.
    forms: BTreeMap<Key, BTreeMap<Form, ItemId>>,
    /// The service's own types that are named but not described.
    pub undescribed: Undescribed,
}

/// The identity of a type.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub namespace: String,
    /// The name without arity; before v6.7 it includes the enclosing class.
    pub name: String,
    pub arity: usize,
}

/// A described type.
pub(crate) struct Entry<'a> {
    pub key: Key,
    pub definition: Cow<'a, Type>,
    pub parameters: Vec<String>,
    /// The operation whose request this is, by index.
    pub operation: Option<usize>,
    /// The generic class that this is a closed form of, if its definition is unknown.
    pub form_of: Option<Key>,
    /// Whether the settings describe it, rather than the document.
    pub is_supplied: bool,
    /// Whether it is one of ServiceStack's own types, which the document omits.
    pub is_from_service_stack: bool,
}

impl Key {
    pub fn for_type(definition: &Type) -> Self {
        let name: Vec<&str> = definition.name.split(['.', '+']).map(|part| split_arity(part).0).collect();
        Self { namespace: definition.namespace.clone(), name: name.join("."), arity: name_parameters(definition).len() }
    }

    /// Returns the name without the enclosing class.
    pub fn simple(&self) -> &str {
        self.name.rsplit('.').next().unwrap_or(&self.name)
    }

    /// Whether the type is declared in this class or namespace, whose leading parts may be omitted.
    pub fn is_declared_in(&self, outer: &str) -> bool {
        let class = self.name.rsplit_once('.').map_or("", |(class, _)| class);
        let dot = if self.namespace.is_empty() || class.is_empty() { "" } else { "." };
        let around = format!("{}{dot}{class}", self.namespace);
        around.strip_suffix(outer).is_some_and(|before| before.is_empty() || before.ends_with('.'))
    }

    /// Returns the full name without arity, as people write it in settings.
    pub fn plain(&self) -> String {
        let dot = if self.namespace.is_empty() { "" } else { "." };
        format!("{}{dot}{}", self.namespace, self.name)
    }

    /// Returns the full name in .NET notation: ``Voice.Api.ListResponse`1``.
    pub fn dotnet(&self) -> String {
        let arity = if self.arity == 0 { String::new() } else { format!("`{}", self.arity) };
        format!("{}{arity}", self.plain())
    }
}

impl<'a> Catalog<'a> {
    /// Merges the types that the document describes, those that the settings supply, and those of ServiceStack that are mentioned.
    ///
    /// # Errors
    ///
    /// If the settings supply a type that is described already, or something that is not a type.
    pub fn new(types: &'a Types, settings: &Settings, diagnostics: &mut Diagnostics) -> Result<Self, Error> {
        let is_provided = |definition: &Type| {
            is_runtime_type(definition)
                && !(settings.describe_runtime_operations && builtin::belongs_to_runtime_operation(&definition.name))
        };
        let mut found: BTreeMap<Key, Entry<'a>> = BTreeMap::new();
        for definition in types.types.iter().filter(|definition| is_dto(definition)) {
            add(&mut found, Cow::Borrowed(definition));
        }
        for (index, operation) in types.operations.iter().enumerate() {
            let request = &operation.request;
            // A request is always a class of the service, whatever its namespace looks like.
            if request.name.ends_with("[]") || is_provided(request) {
                continue;
            }
            if !request.generic_args.is_empty() || request.name.contains('`') {
                diagnostics.warn(
                    "EVO0010",
                    &request.pointer,
                    format!("the request {} is generic, and servers have no predictable name for it", request.name),
                    "the operation is left out",
                );
                continue;
            }
            if found.get(&Key::for_type(request)).is_some_and(|entry| entry.operation.is_some()) {
                diagnostics.warn(
                    "EVO0012",
                    &request.pointer,
                    format!("the request {} is listed twice", request.name),
                    "the first one is used",
                );
                continue;
            }
            // A request can be its own response.
            add(&mut found, Cow::Borrowed(request)).operation = Some(index);
        }
        let mut forms: BTreeMap<Key, Vec<&'a Operation>> = BTreeMap::new();
        for operation in &types.operations {
            let Some(response) = operation.response.as_ref().filter(|response| is_dto(response)) else { continue };
            let key = Key::for_type(response);
            if key.arity == 0 {
                add(&mut found, Cow::Borrowed(response));
            } else if !found.contains_key(&key) {
                forms.entry(key).or_default().push(operation);
            }
        }
        for (class, mut operations) in forms {
            // The order of the document must not matter.
            operations.sort_by_key(|operation| (&operation.request.namespace, &operation.request.name));
            if let Some(definition) = reopen(&operations, diagnostics) {
                add(&mut found, definition);
                continue;
            }
            for form in closed::make_classes(&operations, |key| found.contains_key(key)) {
                add(&mut found, Cow::Owned(form)).form_of = Some(class.clone());
            }
        }
        for definition in supply::make_definitions(&settings.supply)? {
            let key = Key::for_type(&definition);
            if found.contains_key(&key) {
                return Err(supply::described_already(&key));
            }
            add(&mut found, Cow::Owned(definition)).is_supplied = true;
        }
        let undescribed = Undescribed::find(&found, types);
        service_stack::add_mentioned(&mut found, types, &undescribed, settings.describe_runtime_operations);
        let mut catalog = Self::index(found.into_values().collect(), undescribed);
        supply::find_bases(&mut catalog)?;
        Ok(catalog)
    }

    fn index(entries: IdVec<ItemId, Entry<'a>>, undescribed: Undescribed) -> Self {
        let by_key = entries.enumerate().map(|(id, entry)| (entry.key.clone(), id)).collect();
        let mut by_simple: BTreeMap<_, Vec<ItemId>> = BTreeMap::new();
        for (id, entry) in entries.enumerate() {
            by_simple.entry((entry.key.simple().to_owned(), entry.key.arity)).or_default().push(id);
        }
        let mut forms: BTreeMap<Key, BTreeMap<Form, ItemId>> = BTreeMap::new();
        for (id, entry) in entries.enumerate() {
            if let Some(class) = &entry.form_of {
                forms.entry(class.clone()).or_default().insert(closed::form_of(&entry.definition), id);
            }
        }
        Self { entries, by_key, by_simple, forms, undescribed }
    }

    /// Returns the type with exactly this namespace, name and arity.
    pub fn find(&self, namespace: &str, name: &str, arity: usize) -> Option<ItemId> {
        let key = Key { namespace: namespace.to_owned(), name: name.to_owned(), arity };
        self.by_key.get(&key).copied()
    }

    /// Returns the base class or interface with this name, if the document describes it.
    pub fn find_base(&self, base: &TypeName) -> Option<ItemId> {
        let (simple, declared_arity) = split_arity(&base.name);
        self.find(&base.namespace, simple, base.generic_args.len().max(declared_arity.unwrap_or_default()))
    }

    /// Returns every type with this simple name and arity.
    pub fn candidates(&self, simple: &str, arity: usize) -> &[ItemId] {
        self.by_simple.get(&(simple.to_owned(), arity)).map_or(&[], Vec::as_slice)
    }

    /// Returns the class made from a closed response, if its generic class has no definition.
    pub fn form(&self, response: &Type) -> Option<ItemId> {
        self.forms.get(&Key::for_type(response))?.get(&closed::form_of(response)).copied()
    }

    /// Returns the entry that an item was made from; `None` for an item added by a pass.
    pub fn get(&self, id: ItemId) -> Option<&Entry<'a>> {
        self.entries.find(id)
    }
}

impl<'a> Entry<'a> {
    fn new(definition: Cow<'a, Type>) -> Self {
        Self {
            key: Key::for_type(&definition),
            parameters: name_parameters(&definition),
            definition,
            operation: None,
            form_of: None,
            is_supplied: false,
            is_from_service_stack: false,
        }
    }
}

/// Adds a type unless it was found already. Of several descriptions, the one with the most members is the complete one.
fn add<'f, 'a>(found: &'f mut BTreeMap<Key, Entry<'a>>, definition: Cow<'a, Type>) -> &'f mut Entry<'a> {
    match found.entry(Key::for_type(&definition)) {
        btree_map::Entry::Vacant(place) => place.insert(Entry::new(definition)),
        btree_map::Entry::Occupied(place) => {
            let entry = place.into_mut();
            if definition.properties.len() > entry.definition.properties.len() {
                entry.definition = definition;
            }
            entry
        }
    }
}

/// Returns the parameters of a definition. Those that the arity of its name implies but the document does not list are named here.
fn name_parameters(definition: &Type) -> Vec<String> {
    let listed = definition.generic_args.iter().map(|name| name.trim_start_matches('\'').to_owned());
    let mut parameters: Vec<String> = listed.collect();
    let innermost = definition.name.rsplit(['.', '+']).next().unwrap_or_default();
    let declared_arity = split_arity(innermost).1.unwrap_or_default().min(crate::lower::limits::PARAMETERS);
    parameters.extend((parameters.len()..declared_arity).map(|index| format!("T{}", index + 1)));
    parameters
}

/// Whether a described type becomes an item: it is not an array, not a .NET type, not provided by the runtime, and not a marker.
fn is_dto(definition: &Type) -> bool {
    !definition.name.ends_with("[]") && !builtin::is_system(&definition.namespace) && !is_runtime_type(definition)
}

/// Whether a described type is a ServiceStack type that the runtime provides, or a marker.
fn is_runtime_type(definition: &Type) -> bool {
    let (simple, _) = split_arity(&definition.name);
    let arity = definition.generic_args.len();
    builtin::is_service_stack(&definition.namespace)
        && (builtin::runtime_dto(simple, arity).is_some()
            || builtin::is_marker(definition)
            || builtin::is_raw_answer(simple))
}
