//! Which declared routes a client can use.

mod template;

use std::collections::{BTreeMap, BTreeSet};

use self::template::{Members, Unusable, parse};
use crate::api::{Route, Verb};
use crate::diagnostics::Diagnostics;
use crate::lower::draft::Member;
use crate::metadata::{self, Operation};

/// The verbs that declared routes state beside that of the operation, in declared order.
pub(crate) fn other_verbs(operation: &Operation, verb: Verb) -> Vec<Verb> {
    let mut verbs = Vec::new();
    for stated in operation.routes.iter().filter_map(|route| route.verbs.as_deref()) {
        for other in stated.split(',').filter_map(|name| Verb::parse(name.trim())) {
            if other != verb && !verbs.contains(&other) {
                verbs.push(other);
            }
        }
    }
    verbs
}

/// The routes that `verb` can use, in declared order; the others are reported with the reason.
pub(crate) fn usable(
    operation: &Operation,
    verb: Verb,
    members: &[Member],
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    if operation.routes.is_empty() {
        return Vec::new();
    }
    let mut usable: Vec<Route> = Vec::new();
    let mut templates: BTreeSet<String> = BTreeSet::new();
    let members = Members::new(members);
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
                "servers answer it with 400, so that it is never used; calls go to /api or /json/reply",
            ),
            Err(reason) => diagnostics.warn(
                "EVO0041",
                format!("{}/path", route.pointer),
                format!("the route {} cannot be filled in: {reason}", route.path),
                "it is not used; calls go to /api or /json/reply",
            ),
        }
    }
    if usable.is_empty() && operation.routes.iter().all(|route| !serves(route, verb)) {
        let routes: Vec<String> = operation.routes.iter().map(describe).collect();
        diagnostics.warn(
            "EVO0042",
            format!("{}/routes", operation.pointer),
            format!("no route of {} serves its verb {}: {}", operation.request.name, verb.name(), routes.join(", ")),
            "calls go to /api or /json/reply",
        );
    }
    usable
}

/// A route as people write it: verbs and path.
pub(crate) fn describe(route: &metadata::Route) -> String {
    match verbs(route) {
        Some(verbs) => format!("{} {}", verbs.join(", "), route.path),
        None => format!("ANY {}", route.path),
    }
}

/// The verbs of a route, separated by commas or blanks; `None` for all.
fn verbs(route: &metadata::Route) -> Option<Vec<&str>> {
    let verbs: Vec<&str> =
        route.verbs.as_deref()?.split([',', ' ', ';']).map(str::trim).filter(|verb| !verb.is_empty()).collect();
    let is_any = verbs.is_empty() || verbs.iter().any(|verb| verb.eq_ignore_ascii_case("ANY") || *verb == "*");
    (!is_any).then_some(verbs)
}

fn serves(route: &metadata::Route, verb: Verb) -> bool {
    verbs(route).is_none_or(|verbs| verbs.iter().any(|name| Verb::parse(name) == Some(verb)))
}

/// The members that every usable route needs, by index, in the order of the first route; what a route can do without, and the
/// wildcard at its end, is not needed.
pub(crate) fn needed_by_all(routes: &[Route], members: &[Member]) -> Vec<usize> {
    if routes.is_empty() {
        return Vec::new();
    }
    let by_name: BTreeMap<&str, usize> =
        members.iter().enumerate().map(|(index, member)| (member.dotnet_name.as_str(), index)).collect();
    needed(routes).into_iter().filter_map(|name| by_name.get(name).copied()).collect()
}

/// The names of those members.
fn needed(routes: &[Route]) -> Vec<&str> {
    let Some((first, others)) = routes.split_first() else { return Vec::new() };
    let names = |route| -> BTreeSet<&str> { Route::needed(route).map(|variable| variable.member.as_str()).collect() };
    let others: Vec<BTreeSet<&str>> = others.iter().map(names).collect();
    let mut seen = BTreeSet::new();
    let variables = first.needed().map(|variable| variable.member.as_str());
    variables.filter(|name| seen.insert(*name) && others.iter().all(|other| other.contains(name))).collect()
}

#[cfg(test)]
mod tests;
