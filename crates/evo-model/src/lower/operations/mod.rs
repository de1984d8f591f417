//! Operations: the calls behind requests.

mod answers;
mod requests;
pub(crate) mod routes;
pub(crate) mod rows;
mod verbs;

use std::collections::BTreeSet;

use self::answers::find_answer;
use self::rows::find_rows;
use self::verbs::{choose_verb, queries_database, with_bases};
use crate::api::{self, Access, ChangeKind, IdVec, ItemId, StatedStatus, TableChange};
use crate::config::AddressKind;
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::catalog::Catalog;
use crate::lower::draft::{Item, ItemKind, Member};
use crate::lower::items::rules;
use crate::lower::resolve::Resolver;
use crate::metadata::{self, Operation, Property, TypeName, Types};

/// Gives each request its operation. `selected` indicates which operations are wanted, and `addresses` where they are called.
pub(crate) fn add_operations(
    items: &mut IdVec<ItemId, Item>,
    types: &Types,
    selected: &[bool],
    addresses: &[AddressKind],
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) {
    let folder = AddressKind::folder_of_names(addresses);
    requests::check_members(types, diagnostics);
    let same_names = requests::find_same_names(types, diagnostics);
    for (item, entry) in items.iter_mut().zip(&resolver.catalog.entries) {
        let Some(index) = entry.operation.filter(|index| selected.get(*index).copied().unwrap_or_default()) else {
            continue;
        };
        let Some(operation) = types.operations.get(index) else { continue };
        let by_name = (!same_names.contains(&index)).then_some(folder);
        let name = entry.key.simple().to_owned();
        match &mut item.kind {
            ItemKind::Record(record) => {
                let call = make_operation(name, operation, by_name, &record.members, resolver, diagnostics);
                record.operation = Some(call);
            }
            ItemKind::Collection(collection) => {
                let call = make_operation(name, operation, by_name, &[], resolver, diagnostics);
                collection.operation = Some(Box::new(call));
            }
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => diagnostics.warn(
                "EVO0043",
                &operation.pointer,
                format!("the request {} is not a class", operation.request.name),
                "the operation is left out",
            ),
        }
    }
}

/// Creates the operation of a request with these members. `by_name` is the folder under which it can be called by name, if it can.
fn make_operation(
    name: String,
    operation: &Operation,
    by_name: Option<&str>,
    members: &[Member],
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) -> api::Operation {
    let verb = choose_verb(operation, resolver.catalog);
    let answer = find_answer(operation, resolver, diagnostics);
    // Conditions are about the rows of the response.
    let rows = if answer.ty().is_some() { find_rows(operation, resolver, diagnostics) } else { Vec::new() };
    let (errors, successes) = read_statuses(operation).into_iter().partition(StatedStatus::is_error);
    let is_any = operation.actions.iter().any(|action| action.eq_ignore_ascii_case("ANY"));
    api::Operation {
        name,
        verb,
        actions: if is_any { Vec::new() } else { operation.actions.clone() },
        routes: routes::find_usable(operation, verb, by_name, members, diagnostics),
        declared: operation.routes.iter().map(routes::read_declared).collect(),
        only_routes: by_name.is_none(),
        answer,
        rows,
        queries_database: queries_database(&operation.request, resolver.catalog),
        other_verbs: routes::find_other_verbs(operation, verb),
        access: read_access(operation),
        validates_access: rules::validates_access(&operation.request.attributes),
        takes_raw_body: operation.request.properties.iter().any(is_stream),
        table: find_table_change(operation, resolver.catalog),
        checks: rules::read_request_rules(&operation.request.attributes),
        errors,
        successes,
        tags: operation.tags.clone(),
    }
}

/// Whether a member is a .NET `Stream`, rather than a class of the service.
fn is_stream(property: &Property) -> bool {
    property.type_name == "Stream" && (property.namespace.is_empty() || builtin::is_system(&property.namespace))
}

/// Finds out how an AutoQuery operation changes its table, which a marker interface of the request or of a base class indicates.
fn find_table_change(operation: &Operation, catalog: &Catalog<'_>) -> Option<TableChange> {
    let find = |class: &metadata::Type| {
        let (kind, table) = class.implements.iter().find_map(read_table_change)?;
        // A generic class names its parameter.
        let is_parameter = class.generic_args.iter().any(|parameter| parameter.trim_start_matches('\'') == table);
        let model = operation.data_model.as_ref().filter(|_| is_parameter);
        Some(TableChange { kind, table: model.map_or(table, |model| &model.name).clone() })
    };
    with_bases(&operation.request, catalog).find_map(find)
}

/// Reads a marker interface: the kind of change, and the table.
fn read_table_change(marker: &TypeName) -> Option<(ChangeKind, &String)> {
    let kind = match marker.name.as_str() {
        "ICreateDb`1" => ChangeKind::Create,
        "IUpdateDb`1" => ChangeKind::Update,
        "IPatchDb`1" => ChangeKind::Patch,
        "IDeleteDb`1" => ChangeKind::Delete,
        "ISaveDb`1" => ChangeKind::Save,
        _ => return None,
    };
    let table = marker.generic_args.first().filter(|_| builtin::is_service_stack(&marker.namespace))?;
    Some((kind, table))
}

/// Reads the statuses of `[ApiResponse]`.
fn read_statuses(operation: &Operation) -> Vec<StatedStatus> {
    let stated = operation.request.attributes.iter().filter(|attribute| attribute.name == "ApiResponse");
    let status = |attribute: &metadata::Attribute| {
        let arg = |name: &str| {
            attribute.args.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let status = arg("StatusCode").filter(|status| !matches!(*status, "" | "0")).map(str::to_owned);
        let description = arg("Description").unwrap_or_default().to_owned();
        (status.is_some() || !description.is_empty()).then_some(StatedStatus { status, description })
    };
    stated.filter_map(status).collect()
}

/// Reads who may call an operation.
fn read_access(operation: &Operation) -> Vec<Access> {
    let mut access = Vec::new();
    let mut add = |access_of: fn(Vec<String>) -> Access, names: &[String]| {
        if !names.is_empty() {
            access.push(access_of(names.to_vec()));
        }
    };
    add(Access::AllRoles, &operation.required_roles);
    add(Access::AnyRole, &operation.requires_any_role);
    add(Access::AllPermissions, &operation.required_permissions);
    add(Access::AnyPermission, &operation.requires_any_permission);
    if access.is_empty() && operation.requires_auth {
        access.push(Access::SignedIn);
    }
    if operation.requires_api_key {
        access.push(Access::ApiKey);
    }
    access
}

/// Finds the operations that the runtime provides, by the names of their requests, and the names of their responses.
pub(crate) fn find_runtime_operations(types: &Types, selected: &[bool]) -> (Vec<String>, Vec<String>) {
    let name = |definition: &metadata::Type| {
        let is_own = builtin::is_service_stack(&definition.namespace);
        is_own.then(|| builtin::runtime_dto(&definition.name, definition.generic_args.len())).flatten()
    };
    let mut requests = BTreeSet::new();
    let mut answers = BTreeSet::new();
    let wanted = types.operations.iter().zip(selected).filter(|(_, is_selected)| **is_selected);
    for (operation, request) in wanted.filter_map(|(operation, _)| Some((operation, name(&operation.request)?))) {
        requests.insert(request);
        answers.extend(operation.response.as_ref().and_then(name));
    }
    (requests.into_iter().collect(), answers.into_iter().collect())
}
