//! Which declared routes a client can use.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Member, Verb};
use crate::diagnostics::Diagnostics;
use crate::metadata::{Operation, Route};

/// The routes that `verb` can use, in declared order, each with the C# names of the members as variables: `/sessions/{SessionId}`,
/// a wildcard as `{Path*}`.
pub(super) fn usable(
    operation: &Operation,
    verb: Verb,
    members: &[Member],
    diagnostics: &mut Diagnostics,
) -> Vec<String> {
    let mut usable = Vec::new();
    for route in &operation.routes {
        if !serves(route, verb) {
            continue;
        }
        match template(&route.path, members) {
            Ok(path) if usable.contains(&path) => {}
            Ok(path) => usable.push(path),
            Err(Unusable::Variable(variable)) => diagnostics.warn(
                "EVO0040",
                format!("{}/path", route.pointer),
                format!(
                    "the route {} has a variable `{variable}` that no member of {} fills",
                    route.path, operation.request.name
                ),
                "servers answer it with 400, so that it is never used; calls go to /api or /json/reply",
            ),
            Err(Unusable::Syntax) => diagnostics.warn(
                "EVO0041",
                format!("{}/path", route.pointer),
                format!("the route {} cannot be filled in", route.path),
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
pub(super) fn describe(route: &Route) -> String {
    match verbs(route) {
        Some(verbs) => format!("{} {}", verbs.join(", "), route.path),
        None => format!("ANY {}", route.path),
    }
}

/// The verbs of a route, separated by commas or blanks; `None` for all.
fn verbs(route: &Route) -> Option<Vec<&str>> {
    let verbs: Vec<&str> =
        route.verbs.as_deref()?.split([',', ' ', ';']).map(str::trim).filter(|verb| !verb.is_empty()).collect();
    let is_any = verbs.is_empty() || verbs.iter().any(|verb| verb.eq_ignore_ascii_case("ANY") || *verb == "*");
    (!is_any).then_some(verbs)
}

fn serves(route: &Route, verb: Verb) -> bool {
    verbs(route).is_none_or(|verbs| verbs.iter().any(|name| Verb::parse(name) == Some(verb)))
}

enum Unusable {
    /// No member fills this variable.
    Variable(String),
    /// The path cannot be filled in.
    Syntax,
}

/// The path with each variable named like its member.
fn template(path: &str, members: &[Member]) -> Result<String, Unusable> {
    if !path.starts_with('/') || path.contains(['?', '#']) && !path.contains('{') {
        return Err(Unusable::Syntax);
    }
    let mut template = String::with_capacity(path.len());
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (variable, behind) =
            after.split_once('}').filter(|(name, _)| !name.contains('{')).ok_or(Unusable::Syntax)?;
        literal(before, &mut template)?;
        let is_wildcard = variable.starts_with('*') || variable.ends_with('*');
        // A constraint or a default follows a colon, an optional variable ends with a question mark.
        let name = variable.trim_matches('*').split([':', '?', '=']).next().unwrap_or_default().trim();
        let member = members.iter().find(|member| member.dotnet_name.eq_ignore_ascii_case(name));
        let member = member.ok_or_else(|| Unusable::Variable(name.to_owned()))?;
        if is_wildcard && !behind.is_empty() {
            return Err(Unusable::Syntax);
        }
        template.push('{');
        template.push_str(&member.dotnet_name);
        template.push_str(if is_wildcard { "*}" } else { "}" });
        rest = behind;
    }
    literal(rest, &mut template)?;
    Ok(template)
}

/// Text between variables: without an asterisk, which matches anything, and without a stray brace.
fn literal(text: &str, template: &mut String) -> Result<(), Unusable> {
    if text.contains(['*', '}', '?', '#']) {
        return Err(Unusable::Syntax);
    }
    template.push_str(text);
    Ok(())
}

/// The members that every usable route needs, by index: the variables that are no wildcards, which may stay empty.
pub(super) fn needed_by_all(routes: &[String], members: &[Member]) -> Vec<usize> {
    let Some((first, others)) = routes.split_first() else { return Vec::new() };
    let others: Vec<BTreeSet<&str>> = others.iter().map(|route| variables(route).collect()).collect();
    let by_name: BTreeMap<&str, usize> =
        members.iter().enumerate().map(|(index, member)| (member.dotnet_name.as_str(), index)).collect();
    let mut needed = Vec::new();
    for variable in variables(first).filter(|variable| others.iter().all(|route| route.contains(variable))) {
        if let Some(index) = by_name.get(variable).filter(|index| !needed.contains(*index)) {
            needed.push(*index);
        }
    }
    needed
}

/// The variables of a usable route that are no wildcards, in order.
fn variables(route: &str) -> impl Iterator<Item = &str> {
    route
        .split('{')
        .skip(1)
        .filter_map(|part| part.split_once('}'))
        .map(|(name, _)| name)
        .filter(|name| !name.ends_with('*'))
}
