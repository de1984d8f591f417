//! Operations: the calls behind requests.

pub(crate) mod answers;
mod requests;
pub(crate) mod routes;
mod rows;
pub(crate) mod verbs;

use std::collections::BTreeSet;

use crate::api::{self, Access, ChangeKind, DeclaredRoute, IdVec, ItemId, StatedStatus, TableChange};
use crate::diagnostics::Diagnostics;
use crate::lower::builtin;
use crate::lower::draft::{Item, ItemKind};
use crate::lower::items::rules;
use crate::lower::operations::answers::answer;
use crate::lower::operations::verbs::verb;
use crate::lower::resolve::Resolver;
use crate::metadata::{self, Types};

/// Gives each request its operation. `selected` says which operations are wanted.
pub(crate) fn add_operations(
    items: &mut IdVec<ItemId, Item>,
    types: &Types,
    selected: &[bool],
    resolver: &Resolver<'_>,
    diagnostics: &mut Diagnostics,
) {
    requests::check_members(types, diagnostics);
    let same_names = requests::find_same_names(types, diagnostics);
    for (item, entry) in items.iter_mut().zip(&resolver.catalog.entries) {
        let Some(index) = entry.operation.filter(|index| selected.get(*index).copied().unwrap_or_default()) else {
            continue;
        };
        let Some(operation) = types.operations.get(index) else { continue };
        let members = match &item.kind {
            ItemKind::Record(record) => record.members.as_slice(),
            ItemKind::Collection(_) => &[],
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {
                diagnostics.warn(
                    "EVO0043",
                    &operation.pointer,
                    format!("the request {} is no class", operation.request.name),
                    "the operation is left out",
                );
                continue;
            }
        };
        let verb = verb(operation, resolver.catalog);
        let answer = answer(operation, resolver, diagnostics);
        // Conditions are about rows that come back.
        let rows = if answer.ty().is_some() { rows::rows(operation, resolver, diagnostics) } else { Vec::new() };
        let (errors, successes) = stated_statuses(operation).into_iter().partition(StatedStatus::is_error);
        let call = api::Operation {
            name: entry.key.simple().to_owned(),
            verb,
            routes: routes::usable(operation, verb, members, diagnostics),
            declared: operation.routes.iter().map(declared).collect(),
            only_routes: same_names.contains(&index),
            answer,
            has_dates: false,
            rows,
            other_verbs: routes::other_verbs(operation, verb),
            access: access(operation),
            table: table(operation),
            checks: rules::of_request(&operation.request.attributes),
            errors,
            successes,
            tags: operation.tags.clone(),
        };
        match &mut item.kind {
            ItemKind::Record(record) => {
                record.operation = Some(call);
                record.new = Some(Vec::new());
            }
            ItemKind::Collection(collection) => collection.operation = Some(Box::new(call)),
            ItemKind::Enum(_) | ItemKind::Flags(_) | ItemKind::Variants(_) => {}
        }
    }
}

/// A route with its summary and notes.
fn declared(route: &metadata::Route) -> DeclaredRoute {
    let texts = route.summary.iter().chain(&route.notes);
    let docs = texts.filter(|text| !text.trim().is_empty()).cloned().collect();
    DeclaredRoute { call: routes::describe(route), docs }
}

/// What an AutoQuery operation does to its table, which a marker interface tells.
fn table(operation: &metadata::Operation) -> Option<TableChange> {
    operation.request.implements.iter().find_map(|marker| {
        let kind = match marker.name.as_str() {
            "ICreateDb`1" => ChangeKind::Create,
            "IUpdateDb`1" => ChangeKind::Update,
            "IPatchDb`1" => ChangeKind::Patch,
            "IDeleteDb`1" => ChangeKind::Delete,
            "ISaveDb`1" => ChangeKind::Save,
            _ => return None,
        };
        let table = marker.generic_args.first().filter(|_| builtin::is_service_stack(&marker.namespace))?;
        Some(TableChange { kind, table: table.clone() })
    })
}

/// The statuses of `[ApiResponse]`.
fn stated_statuses(operation: &metadata::Operation) -> Vec<StatedStatus> {
    let stated = operation.request.attributes.iter().filter(|attribute| attribute.name == "ApiResponse");
    let status = |attribute: &metadata::Attribute| {
        let arg = |name: &str| {
            attribute.args.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim())
        };
        let status = arg("StatusCode").filter(|status| *status != "0").map(str::to_owned);
        let description = arg("Description").unwrap_or_default().to_owned();
        (status.is_some() || !description.is_empty()).then_some(StatedStatus { status, description })
    };
    stated.filter_map(status).collect()
}

/// Who may call an operation.
fn access(operation: &metadata::Operation) -> Vec<Access> {
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

/// Operations that the runtime brings, by the name of their request, and their answers.
pub(crate) fn of_runtime(types: &Types, selected: &[bool]) -> (Vec<String>, Vec<String>) {
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
