//! Declared routes: choosing one for a call, and filling in its path.
//!
//! <https://docs.servicestack.net/routing>

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::address::Destination;
use crate::facts::Address;
use crate::wire::query::{ENCODED, scalar_text};
use crate::wire::{Encode, Shape};

/// The characters to encode in the literals between the variables of a template.
const ENCODED_LITERAL: &AsciiSet = &ENCODED
    .remove(b'!')
    .remove(b'$')
    .remove(b'%')
    .remove(b'&')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b'+')
    .remove(b',')
    .remove(b';')
    .remove(b'=')
    .remove(b':')
    .remove(b'@');

/// The formats that servers recognize as an extension: they remove it from the path and respond in that format.
const FORMATS: [&str; 7] = ["json", "xml", "jsv", "csv", "html", "jsonl", "jsonreport"];

/// Returns the best route: of those whose variables are all set, the one with the most variables, then the shortest, then the first. `None`
/// if the values do not fit in any path, or if the choice is ambiguous because two routes have equally many but different variables.
pub(super) fn best(routes: &[&str], shape: &Shape, members: &[&dyn Encode]) -> Option<Destination> {
    let mut candidates: Vec<(&str, Vec<usize>)> =
        routes.iter().filter_map(|route| Some((*route, named(route, shape, members)?))).collect();
    let most = candidates.iter().map(|(_, named)| named.len()).max()?;
    candidates.retain(|(_, named)| named.len() == most);
    let (_, first) = candidates.first()?;
    if candidates.iter().any(|(_, named)| named != first) {
        return None;
    }
    // The sort is stable, so the first of the shortest is tried first.
    candidates.sort_by_key(|(route, _)| route.len());
    candidates.into_iter().find_map(|(route, _)| fill(route, shape, members))
}

/// Returns the members that the variables of a route refer to, which distinguish the routes. `None` if a variable is not a member or is not
/// set, except that a wildcard may be unset.
fn named(route: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<Vec<usize>> {
    let mut named = Vec::new();
    for segment in segments_of(route) {
        for piece in pieces_of(segment)? {
            let (Piece::Variable(name) | Piece::Wildcard(name)) = piece else { continue };
            let index = shape.find(name)?;
            if members.get(index)?.is_unset() && matches!(piece, Piece::Variable(_)) {
                return None;
            }
            named.push(index);
        }
    }
    named.sort_unstable();
    Some(named)
}

/// Fills in the variables of a route; `None` if the path cannot represent a value.
fn fill(route: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<Destination> {
    let mut filled = Destination { address: Address::Routes, path: String::new(), in_path: Vec::new() };
    let mut segments = segments_of(route).peekable();
    while let Some(segment) = segments.next() {
        filled.path.push('/');
        let is_last = segments.peek().is_none();
        let pieces = pieces_of(segment)?;
        match pieces[..] {
            [Piece::Wildcard(name)] => fill_wildcard(name, is_last, shape, members, &mut filled)?,
            [Piece::Literal(literal)] => push_encoded(&mut filled.path, literal, ENCODED_LITERAL),
            _ => fill_segment(&pieces, is_last, shape, members, &mut filled)?,
        }
    }
    Some(filled)
}

fn segments_of(route: &str) -> std::str::Split<'_, char> {
    route.trim_matches('/').split('/')
}

fn push_encoded(path: &mut String, text: &str, set: &'static AsciiSet) {
    utf8_percent_encode(text, set).for_each(|part| path.push_str(part));
}

#[derive(Clone, Copy)]
enum Piece<'a> {
    Literal(&'a str),
    Variable(&'a str),
    Wildcard(&'a str),
}

/// Splits a segment such as `{Id}.{Format}` into at least one piece; `None` if the template is malformed. A constraint (`{Id:int}`) or mark
/// (`{Id?}`) is not part of the name.
fn pieces_of(segment: &str) -> Option<Vec<Piece<'_>>> {
    let (mut pieces, mut rest) = (Vec::new(), segment);
    while let Some((literal, after)) = rest.split_once('{') {
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        let (inside, behind) = after.split_once('}')?;
        let name = inside.trim_matches('*').split([':', '?', '*']).next().unwrap_or_default().trim();
        pieces.push(if inside.contains('*') { Piece::Wildcard(name) } else { Piece::Variable(name) });
        rest = behind;
    }
    if !rest.is_empty() || pieces.is_empty() {
        pieces.push(Piece::Literal(rest));
    }
    (!rest.contains('}')).then_some(pieces)
}

fn fill_segment(
    pieces: &[Piece<'_>],
    is_last: bool,
    shape: &Shape,
    members: &[&dyn Encode],
    filled: &mut Destination,
) -> Option<()> {
    let mut text = String::new();
    for piece in pieces {
        match *piece {
            Piece::Literal(literal) => {
                text.push_str(literal);
                push_encoded(&mut filled.path, literal, ENCODED_LITERAL);
            }
            Piece::Variable(name) => {
                let (index, value) = value_of(name, shape, members)?;
                let value = value.filter(|value| is_safe(value))?;
                // In `{Id}.{Format}` the server splits at the first separator.
                if pieces.len() > 1 && (value.contains('.') || pieces.iter().any(|piece| piece.is_within(&value))) {
                    return None;
                }
                text.push_str(&value);
                push_encoded(&mut filled.path, &value, ENCODED);
                filled.in_path.push(index);
            }
            Piece::Wildcard(_) => return None,
        }
    }
    // The segment contains a variable; a segment without one is used as it is.
    let is_unsafe = (is_last && ends_in_format(&text)) || matches!(text.as_str(), "." | "..");
    (!is_unsafe).then_some(())
}

impl Piece<'_> {
    fn is_within(&self, value: &str) -> bool {
        matches!(self, Self::Literal(literal) if value.contains(literal))
    }
}

/// Fills in a wildcard, which takes the rest of the path including slashes, and may be unset.
fn fill_wildcard(
    name: &str,
    is_last: bool,
    shape: &Shape,
    members: &[&dyn Encode],
    filled: &mut Destination,
) -> Option<()> {
    let (index, value) = value_of(name, shape, members)?;
    if members.get(index).is_some_and(Encode::is_unset) {
        return is_last.then_some(());
    }
    let value = value?;
    for (position, part) in value.split('/').enumerate() {
        if !is_safe(part) {
            return None;
        }
        if position > 0 {
            filled.path.push('/');
        }
        push_encoded(&mut filled.path, part, ENCODED);
    }
    filled.in_path.push(index);
    // A wildcard keeps `.json`, and the response is JSON anyway.
    let is_unsafe = is_last && ends_in_format(&value) && !value.to_ascii_lowercase().ends_with(".json");
    (!is_unsafe).then_some(())
}

/// Returns the member that a variable refers to, and its value as text if it is set.
fn value_of(name: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<(usize, Option<String>)> {
    let index = shape.find(name)?;
    let member = members.get(index)?;
    Some((index, if member.is_unset() { None } else { scalar_text(&member.view()) }))
}

/// Whether a value survives in a path: on every host `+` becomes a space, and `%2F` is not decoded.
fn is_safe(value: &str) -> bool {
    !matches!(value, "" | "." | "..") && !value.contains(['+', '/', '\0'])
}

fn ends_in_format(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(_, end)| FORMATS.iter().any(|format| format.eq_ignore_ascii_case(end)))
}
