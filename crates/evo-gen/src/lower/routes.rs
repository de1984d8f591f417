//! Which declared routes a client can use.

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
        let (variable, behind) = after.split_once('}').ok_or(Unusable::Syntax)?;
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
    let needed = |member: &Member| {
        let variable = format!("{{{}}}", member.dotnet_name);
        !routes.is_empty() && routes.iter().all(|route| route.contains(&variable))
    };
    let position = |index: &usize| {
        let name = members.get(*index).map(|member| format!("{{{}}}", member.dotnet_name)).unwrap_or_default();
        routes.first().and_then(|route| route.find(&name))
    };
    let mut indices: Vec<usize> =
        members.iter().enumerate().filter(|(_, member)| needed(member)).map(|(index, _)| index).collect();
    indices.sort_by_key(position);
    indices
}
