//! Finds the operation for a path and a verb.

use crate::host::binding::Address;
use crate::request::parameters::decode_segment;
use crate::schema::{Operation, Part, Route, Schema, Segment};

/// The formats that a suffix or the parameter `format` can select.
pub(crate) const FORMATS: [&str; 6] = ["json", "jsv", "xml", "csv", "html", "jsonl"];

/// The parts of a predefined address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Predefined<'a> {
    /// `api`, or the format in `/{format}/reply`.
    pub(crate) family: Family<'a>,
    /// The name of the operation, as it was sent.
    pub(crate) name: &'a str,
    /// The format in a suffix: `/api/Op.jsv`.
    pub(crate) format: Option<&'a str>,
    /// Whether the name ends with `[]`.
    pub(crate) is_batch: bool,
}

/// A family of predefined addresses.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Family<'a> {
    Api,
    Reply(&'a str),
    OneWay(&'a str),
}

/// Parses a predefined address. Returns `None` if the path is not one.
pub(crate) fn predefined(path: &str) -> Option<Predefined<'_>> {
    let path = path.strip_prefix('/')?;
    let (family, name) = if let Some(name) = path.strip_prefix("api/") {
        (Family::Api, name)
    } else {
        let (format, rest) = path.split_once('/')?;
        FORMATS.contains(&format).then_some(())?;
        let (kind, name) = rest.split_once('/')?;
        match kind.to_ascii_lowercase().as_str() {
            "reply" => (Family::Reply(format), name),
            "oneway" => (Family::OneWay(format), name),
            _ => return None,
        }
    };
    let (name, is_batch) =
        match name.strip_suffix("[]").or_else(|| name.strip_suffix("%5B%5D")).or_else(|| name.strip_suffix("%5b%5d")) {
            Some(name) => (name, true),
            None => (name, false),
        };
    if name.is_empty() || name.contains('/') {
        return None;
    }
    let (name, format) = match name.split_once('.') {
        Some((name, format)) if family == Family::Api && FORMATS.contains(&format) => (name, Some(format)),
        _ => (name, None),
    };
    Some(Predefined { family, name, format, is_batch })
}

/// A declared route that matches a path.
#[derive(Debug, Clone)]
pub(crate) struct Match<'a> {
    pub(crate) operation: &'a Operation,
    pub(crate) route: &'a Route,
    pub(crate) address: Address,
    /// The format in a suffix.
    pub(crate) format: Option<&'static str>,
}

/// Returns all declared routes that match a path, most literal first.
pub(crate) fn declared<'a>(schema: &'a Schema, path: &str) -> Vec<Match<'a>> {
    let trimmed = path.trim_end_matches('/');
    let suffix = FORMATS.iter().copied().find(|format| {
        trimmed.len() > format.len() && trimmed.strip_suffix(format).is_some_and(|rest| rest.ends_with('.'))
    });
    let mut found = Vec::new();
    for (operation, route) in schema.routes_of(path) {
        let whole = match_route(route, path).map(|(variables, score)| (variables, score, None));
        let cut = suffix.and_then(|format| {
            let path = trimmed.get(..trimmed.len() - format.len() - 1)?;
            match_route(route, path).map(|(variables, score)| (variables, score, Some(format)))
        });
        let found_here = if suffix.is_some() && !route.ends_in_tail() { cut } else { whole };
        if let Some((variables, score, format)) = found_here {
            found.push((score, Match { operation, route, address: Address::Route(variables), format }));
        }
    }
    found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
    found.into_iter().map(|(_, found)| found).collect()
}

/// Matches a path against a route. Returns the variables, and a score that is higher for more literals.
fn match_route(route: &Route, path: &str) -> Option<(Vec<(String, String)>, usize)> {
    let mut segments = path.split('/').filter(|segment| !segment.is_empty());
    let mut variables = Vec::new();
    let mut score = 0;
    for wanted in &route.segments {
        match wanted {
            Segment::Tail(name) => {
                let rest: Vec<String> = segments.by_ref().map(decode_segment).collect();
                variables.push((name.clone(), rest.join("/")));
            }
            Segment::Parts(parts) => {
                let segment = decode_segment(segments.next()?);
                score += match_segment(parts, &segment, &mut variables)?;
            }
        }
    }
    segments.next().is_none().then_some((variables, score))
}

fn match_segment(parts: &[Part], segment: &str, variables: &mut Vec<(String, String)>) -> Option<usize> {
    // `{Id}.{Format}` matches exactly one dot.
    let dots = |text: &str| text.matches('.').count();
    let wanted: usize = parts.iter().map(|part| if let Part::Literal(text) = part { dots(text) } else { 0 }).sum();
    if wanted > 0 && wanted != dots(segment) {
        return None;
    }
    let mut rest = segment;
    let mut score = 0;
    for (index, part) in parts.iter().enumerate() {
        match part {
            Part::Literal(text) => {
                let (head, tail) = rest.split_at_checked(text.len())?;
                head.eq_ignore_ascii_case(text).then_some(())?;
                rest = tail;
                score += 100;
            }
            Part::Variable(name) => {
                let end = match parts.get(index + 1) {
                    Some(Part::Literal(next)) => rest.find(next.as_str())?,
                    _ => rest.len(),
                };
                let (value, tail) = rest.split_at_checked(end)?;
                (!value.is_empty() || parts.len() > 1).then_some(())?;
                variables.push((name.clone(), value.to_owned()));
                rest = tail;
                score += 1;
            }
        }
    }
    rest.is_empty().then_some(score)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn predefined_addresses_are_taken_apart() {
        let api = |name, format, is_batch| Predefined { family: Family::Api, name, format, is_batch };
        let cases = [
            ("/api/HoldSession", Some(api("HoldSession", None, false))),
            ("/api/HoldSession.jsv", Some(api("HoldSession", Some("jsv"), false))),
            ("/api/HoldSession[]", Some(api("HoldSession", None, true))),
            ("/api/HoldSession%5B%5D", Some(api("HoldSession", None, true))),
            ("/json/reply/Find", Some(Predefined { family: Family::Reply("json"), ..api("Find", None, false) })),
            ("/jsv/oneway/Find", Some(Predefined { family: Family::OneWay("jsv"), ..api("Find", None, false) })),
            ("/api/", None),
            ("/sessions/1", None),
            ("/text/reply/Find", None),
        ];
        for (path, expected) in cases {
            assert_eq!(predefined(path), expected, "{path}");
        }
    }

    #[test]
    fn routes_match_literals_variables_and_tails() {
        let variables = |template: &str, path: &str| {
            match_route(&Route::parse(template, Vec::new()), path).map(|(found, _)| {
                found.into_iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" ")
            })
        };
        let cases = [
            ("/sessions/{Id}/hold", "/Sessions/s%201/HOLD/", Some("Id=s 1")),
            ("/files/{Path*}", "/files/a/b%20c.txt", Some("Path=a/b c.txt")),
            ("/files/{*Path}", "/files", Some("Path=")),
            ("/reports/{Id}.{Format}", "/reports/12.pdf", Some("Id=12 Format=pdf")),
            ("/things/{Id:int}", "/things/5", Some("Id=5")),
            ("/sessions/{Id}", "/sessions", None),
            ("/sessions", "/sessions/5", None),
        ];
        for (template, path, expected) in cases {
            assert_eq!(variables(template, path).as_deref(), expected, "{template} {path}");
        }
    }
}
