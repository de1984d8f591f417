//! The path of a declared route, parsed: literals, variables, and the wildcard at its end.
//!
//! Classic hosts write a wildcard as `{Path*}`, hosts with endpoint routing as `{*Path}` or `{**Path}`; these also know constraints
//! (`{Id:int}`), defaults (`{Id=1}`) and optional variables (`{Id?}`).

use std::collections::BTreeMap;
use std::fmt;

use crate::api::{Part, Route, Variable};
use crate::lower::draft::Member;

/// Why a client cannot fill a route in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// No member is called like this variable.
    NoMember(String),
    NoSlash,
    Query,
    Brace,
    EscapedBrace,
    Anything,
    WildcardInside,
    Touching,
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NoMember(variable) => return write!(f, "no member fills its variable `{variable}`"),
            Self::NoSlash => "it does not begin with a slash",
            Self::Query => "a path ends where a query or a fragment begins",
            Self::Brace => "its braces do not match",
            Self::EscapedBrace => "it holds braces that are text",
            Self::Anything => "it takes anything where its asterisk stands, and says not what",
            Self::WildcardInside => "its wildcard is not the whole end of the path",
            Self::Touching => "nothing stands between two of its variables",
        })
    }
}

/// The C# names of members, found in any case.
pub(super) struct Members(BTreeMap<String, String>);

impl Members {
    /// Of several that differ in case alone, the first is found.
    pub fn new(members: &[Member]) -> Self {
        Self::of_names(members.iter().map(|member| member.dotnet_name.as_str()))
    }

    pub fn of_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
        let mut by_name = BTreeMap::new();
        for name in names {
            by_name.entry(name.to_ascii_lowercase()).or_insert_with(|| name.to_owned());
        }
        Self(by_name)
    }

    fn find(&self, name: &str) -> Option<&str> {
        self.0.get(&name.to_ascii_lowercase()).map(String::as_str)
    }
}

/// Parses a path; each variable is named like the member that fills it.
pub(super) fn parse(path: &str, members: &Members) -> Result<Route, Unusable> {
    let below = path.strip_prefix('/').ok_or(Unusable::NoSlash)?;
    if path.contains("{{") || path.contains("}}") {
        return Err(Unusable::EscapedBrace);
    }
    let mut route = Route::default();
    for segment in segments(below)? {
        if route.tail.is_some() {
            return Err(Unusable::WildcardInside);
        }
        match tail(segment, members)? {
            Some(tail) => route.tail = Some(tail),
            None => route.segments.push(parts(segment, members)?),
        }
    }
    Ok(route)
}

/// What stands between slashes; a slash in braces, of a constraint, is none.
fn segments(path: &str) -> Result<Vec<&str>, Unusable> {
    let mut segments = Vec::new();
    let (mut start, mut is_variable) = (0, false);
    for (at, c) in path.char_indices() {
        match c {
            '{' if is_variable => return Err(Unusable::Brace),
            '{' => is_variable = true,
            '}' if !is_variable => return Err(Unusable::Brace),
            '}' => is_variable = false,
            '/' if !is_variable => {
                segments.push(path.get(start..at).unwrap_or_default());
                start = at + 1;
            }
            '?' | '#' if !is_variable => return Err(Unusable::Query),
            '*' if !is_variable => return Err(Unusable::Anything),
            _ => {}
        }
    }
    segments.push(path.get(start..).unwrap_or_default());
    if is_variable { Err(Unusable::Brace) } else { Ok(segments) }
}

/// The wildcard that a segment is, where it is one.
fn tail(segment: &str, members: &Members) -> Result<Option<Variable>, Unusable> {
    let inside = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Some(inside) = inside.filter(|inside| !inside.contains('{')) else { return Ok(None) };
    // An asterisk may also stand in the pattern of a constraint.
    let name = inside.split(':').next().unwrap_or_default().trim();
    if name.starts_with('*') || name.ends_with('*') { variable(inside, members).map(Some) } else { Ok(None) }
}

/// The literals and variables of a segment, such as `{Id}.{Format}`.
fn parts(segment: &str, members: &Members) -> Result<Vec<Part>, Unusable> {
    let mut parts: Vec<Part> = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let (inside, behind) = after.split_once('}').ok_or(Unusable::Brace)?;
        if !before.is_empty() {
            parts.push(Part::Literal(before.to_owned()));
        } else if !parts.is_empty() {
            return Err(Unusable::Touching);
        }
        let name = inside.split(':').next().unwrap_or_default().trim();
        if name.starts_with('*') || name.ends_with('*') {
            return Err(Unusable::WildcardInside);
        }
        parts.push(Part::Variable(variable(inside, members)?));
        rest = behind;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    Ok(parts)
}

/// A variable from what stands between its braces: `Id`, `Id:int`, `Id=1`, `Id:int?`, `**Path`.
fn variable(inside: &str, members: &Members) -> Result<Variable, Unusable> {
    let (inside, is_optional) = match inside.trim().strip_suffix('?') {
        Some(inside) => (inside, true),
        None => (inside.trim(), false),
    };
    let end = inside.find([':', '=']).unwrap_or(inside.len());
    let (name, rest) = inside.split_at(end);
    let (name, has_question) = match name.trim().strip_suffix('?') {
        Some(name) => (name, true),
        None => (name.trim(), false),
    };
    let name = name.trim_matches('*').trim();
    let constraint = rest.strip_prefix(':').map(|rest| rest.split('=').next().unwrap_or_default().trim());
    Ok(Variable {
        member: members.find(name).ok_or_else(|| Unusable::NoMember(name.to_owned()))?.to_owned(),
        constraint: constraint.filter(|constraint| !constraint.is_empty()).map(str::to_owned),
        is_optional: is_optional || has_question || rest.contains('='),
    })
}
