//! Which declared routes a client can use.

mod template;

use self::template::{Unusable, parse};
use crate::api::{Member, Route, Verb};
use crate::diagnostics::Diagnostics;
use crate::metadata::{self, Operation};

/// The routes that `verb` can use, in declared order; the others are reported with the reason.
pub(super) fn usable(
    operation: &Operation,
    verb: Verb,
    members: &[Member],
    diagnostics: &mut Diagnostics,
) -> Vec<Route> {
    let mut usable: Vec<Route> = Vec::new();
    let names: Vec<&str> = members.iter().map(|member| member.dotnet_name.as_str()).collect();
    for route in &operation.routes {
        if !serves(route, verb) {
            continue;
        }
        match parse(&route.path, &names) {
            Ok(parsed) if usable.iter().any(|other| other.template() == parsed.template()) => {}
            Ok(parsed) => usable.push(parsed),
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
    if usable.is_empty() && !operation.routes.is_empty() && operation.routes.iter().all(|route| !serves(route, verb)) {
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
pub(super) fn describe(route: &metadata::Route) -> String {
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
pub(super) fn needed_by_all(routes: &[Route], members: &[Member]) -> Vec<usize> {
    let index = |name: &str| members.iter().position(|member| member.dotnet_name == name);
    needed(routes).into_iter().filter_map(index).collect()
}

/// The names of those members.
fn needed(routes: &[Route]) -> Vec<&str> {
    let Some((first, others)) = routes.split_first() else { return Vec::new() };
    let mut names: Vec<&str> = Vec::new();
    for variable in first.needed() {
        let is_needed = |route: &Route| route.needed().any(|other| other.member == variable.member);
        if others.iter().all(is_needed) && !names.contains(&variable.member.as_str()) {
            names.push(&variable.member);
        }
    }
    names
}

#[cfg(test)]
mod tests;
