//! Finds the declared routes that a client can use.

mod template;

use std::collections::{BTreeMap, BTreeSet};

use self::template::{MemberNames, Unusable, parse};
use crate::api::{DeclaredRoute, Route, Verb};
use crate::diagnostics::Diagnostics;
use crate::lower::draft::Member;
use crate::metadata::{self, Operation};

/// Finds the verbs that declared routes state in addition to that of the operation, in declared order.
pub(super) fn find_other_verbs(operation: &Operation, verb: Verb) -> Vec<Verb> {
    let mut others = Vec::new();
    for other in operation.routes.iter().flat_map(read_verbs).filter_map(|name| Verb::parse(&name)) {
        if other != verb && !others.contains(&other) {
            others.push(other);
        }
    }
    others
}

/// Finds the routes that `verb` can use, in declared order; the rest are reported with the reason. `by_name` is the address at which the
/// operation can be called without a route, if there is one.
pub(super) fn find_usable(
    operation: &Operation,
    verb: Verb,
    by_name: Option<&str>,
    members: &[Member],
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    if operation.routes.is_empty() {
        return Vec::new();
    }
    let mut usable: Vec<Route> = Vec::new();
    let mut templates: BTreeSet<String> = BTreeSet::new();
    let members = MemberNames::new(members);
    let elsewhere = match by_name {
        Some(address) => format!("calls go to {address}"),
        None => "no other address leads to this operation".to_owned(),
    };
    for route in &operation.routes {
        if !serves(route, verb) {
            continue;
        }
        match parse(&route.path, &members) {
            Ok(parsed) => usable.extend(Some(parsed).filter(|parsed| templates.insert(parsed.template()))),
            Err(Unusable::NoMember(variable)) => diagnostics.warn(
                "EVO0040",
                format!("{}/path", route.pointer),
                format!(
                    "the route {} has a variable `{variable}` that no member of {} fills",
                    route.path, operation.request.name
                ),
                format!("the route is never used, because servers respond to it with 400; {elsewhere}"),
            ),
            Err(reason) => diagnostics.warn(
                "EVO0041",
                format!("{}/path", route.pointer),
                format!("the route {} cannot be filled in: {reason}", route.path),
                format!("the route is not used; {elsewhere}"),
            ),
        }
    }
    if usable.is_empty() && operation.routes.iter().all(|route| !serves(route, verb)) {
        let routes: Vec<String> = operation.routes.iter().map(|route| read_declared(route).to_string()).collect();
        diagnostics.warn(
            "EVO0042",
            format!("{}/routes", operation.pointer),
            format!("no route of {} serves its verb {}: {}", operation.request.name, verb.name(), routes.join(", ")),
            elsewhere,
        );
    }
    usable
}

/// Reads a route with its summary and notes.
pub(super) fn read_declared(route: &metadata::Route) -> DeclaredRoute {
    let texts = route.summary.iter().chain(&route.notes);
    let docs = texts.filter(|text| !text.trim().is_empty()).cloned().collect();
    DeclaredRoute { verbs: read_verbs(route), path: route.path.clone(), docs }
}

/// Reads the verbs of a route, separated by commas or blanks: upper-case, without duplicates, and empty if the route accepts all.
fn read_verbs(route: &metadata::Route) -> Vec<String> {
    let stated = route.verbs.as_deref().unwrap_or_default().split([',', ' ', ';']).map(str::trim);
    let mut verbs: Vec<String> = Vec::new();
    for verb in stated.filter(|verb| !verb.is_empty()).map(str::to_ascii_uppercase) {
        if !verbs.contains(&verb) {
            verbs.push(verb);
        }
    }
    if verbs.iter().any(|verb| matches!(verb.as_str(), "ANY" | "*")) { Vec::new() } else { verbs }
}

fn serves(route: &metadata::Route, verb: Verb) -> bool {
    let verbs = read_verbs(route);
    verbs.is_empty() || verbs.iter().any(|name| Verb::parse(name) == Some(verb))
}

/// Finds the members that every usable route needs, by index, in the order of the first route. Optional variables and a trailing wildcard
/// are not needed.
pub(crate) fn find_needed_members(routes: &[Route], members: &[Member]) -> Vec<usize> {
    if routes.is_empty() {
        return Vec::new();
    }
    let by_name: BTreeMap<&str, usize> =
        members.iter().enumerate().map(|(index, member)| (member.dotnet_name.as_str(), index)).collect();
    find_needed_names(routes).into_iter().filter_map(|name| by_name.get(name).copied()).collect()
}

/// Finds the names of the members that every route needs.
fn find_needed_names(routes: &[Route]) -> Vec<&str> {
    let Some((first, others)) = routes.split_first() else { return Vec::new() };
    let names = |route| -> BTreeSet<&str> { Route::needed(route).map(|variable| variable.member.as_str()).collect() };
    let others: Vec<BTreeSet<&str>> = others.iter().map(names).collect();
    let mut seen = BTreeSet::new();
    let variables = first.needed().map(|variable| variable.member.as_str());
    variables.filter(|name| seen.insert(*name) && others.iter().all(|other| other.contains(name))).collect()
}

#[cfg(test)]
mod tests;
