//! The path of a declared route, parsed: literals, variables, and a trailing wildcard.
//!
//! Classic hosts write a wildcard as `{Path*}`, hosts with endpoint routing as `{*Path}` or `{**Path}`; the latter also support constraints
//! (`{Id:int}`), defaults (`{Id=1}`) and optional variables (`{Id?}`).

use std::collections::BTreeMap;
use std::fmt;

use crate::api::{Part, Route, Variable};
use crate::lower::draft::Member;

/// Why a client cannot use a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Unusable {
    /// No member has the name of this variable.
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
            Self::Query => "it contains a query or a fragment, which is not part of a path",
            Self::Brace => "its braces do not match",
            Self::EscapedBrace => "it contains escaped braces",
            Self::Anything => "its asterisk matches anything, and has no name",
            Self::WildcardInside => "its wildcard is not the whole last segment",
            Self::Touching => "two of its variables touch each other",
        })
    }
}

/// The C# names of members, looked up ignoring case.
pub(super) struct MemberNames(BTreeMap<String, String>);

impl MemberNames {
    /// Of several that differ only in case, the first one is found.
    pub fn new(members: &[Member]) -> Self {
        Self::from_names(members.iter().map(|member| member.dotnet_name.as_str()))
    }

    pub fn from_names<'a>(names: impl IntoIterator<Item = &'a str>) -> Self {
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

/// Parses a path. Each variable gets the name of the member that fills it.
pub(super) fn parse(path: &str, members: &MemberNames) -> Result<Route, Unusable> {
    let below = path.strip_prefix('/').ok_or(Unusable::NoSlash)?;
    if path.contains("{{") || path.contains("}}") {
        return Err(Unusable::EscapedBrace);
    }
    let mut route = Route::default();
    for segment in split_segments(below)? {
        if route.tail.is_some() {
            return Err(Unusable::WildcardInside);
        }
        match read_tail(segment, members)? {
            Some(tail) => route.tail = Some(tail),
            None => route.segments.push(parts(segment, members)?),
        }
    }
    Ok(route)
}

/// Splits a path at its slashes; a slash in braces belongs to a constraint.
fn split_segments(path: &str) -> Result<Vec<&str>, Unusable> {
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

/// Reads the wildcard of a segment that consists of one.
fn read_tail(segment: &str, members: &MemberNames) -> Result<Option<Variable>, Unusable> {
    let inside = segment.strip_prefix('{').and_then(|rest| rest.strip_suffix('}'));
    let Some(inside) = inside.filter(|inside| !inside.contains('{')) else { return Ok(None) };
    // The pattern of a constraint may contain an asterisk too.
    let name = inside.split(':').next().unwrap_or_default().trim();
    if name.starts_with('*') || name.ends_with('*') { variable(inside, members).map(Some) } else { Ok(None) }
}

/// Splits a segment such as `{Id}.{Format}` into literals and variables.
fn parts(segment: &str, members: &MemberNames) -> Result<Vec<Part>, Unusable> {
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

/// Parses a variable from the text between its braces: `Id`, `Id:int`, `Id=1`, `Id:int?`, `**Path`.
fn variable(inside: &str, members: &MemberNames) -> Result<Variable, Unusable> {
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
