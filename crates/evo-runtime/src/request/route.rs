//! Declared routes: which one takes a call, and what a path can carry.
//!
//! <https://docs.servicestack.net/routing>

use percent_encoding::{AsciiSet, utf8_percent_encode};

use super::query::{ENCODED, scalar_text};
use crate::wire::{Shape, Wire};

/// What stands between the variables of a template may hold these.
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

/// Servers cut these off the end of a path and answer in that format.
const FORMATS: [&str; 7] = ["json", "xml", "jsv", "csv", "html", "jsonl", "jsonreport"];

/// A route with its variables filled in.
pub(super) struct Filled {
    /// The path, encoded.
    pub(super) path: String,
    /// The indexes of the members that stand in it.
    pub(super) used: Vec<usize>,
}

/// A route whose variables are set.
struct Candidate<'a> {
    route: &'a str,
    /// The members that its variables name; what tells two routes apart.
    named: Vec<usize>,
    /// None where a path cannot carry one of the values.
    filled: Option<Filled>,
}

/// The best of some routes: of those whose variables are all set the one with the most variables, then the shortest, then the first. None
/// where a path cannot carry a value of the best one, and where two with the same number of variables differ in them: which one is meant
/// is then anybody's guess.
pub(super) fn best(routes: &[&str], shape: &Shape, members: &[&dyn Wire]) -> Option<Filled> {
    let mut candidates: Vec<Candidate<'_>> =
        routes.iter().filter_map(|route| candidate(route, shape, members)).collect();
    let most = candidates.iter().map(|candidate| candidate.named.len()).max()?;
    candidates.retain(|candidate| candidate.named.len() == most);
    let first = candidates.first()?;
    if candidates.iter().any(|candidate| candidate.named != first.named) {
        return None;
    }
    candidates.into_iter().min_by_key(|candidate| (candidate.filled.is_none(), candidate.route.len()))?.filled
}

/// A route with its variables; none where one is no member, or is not set (a wildcard may be unset).
fn candidate<'a>(route: &'a str, shape: &Shape, members: &[&dyn Wire]) -> Option<Candidate<'a>> {
    let segments: Vec<Vec<Piece<'_>>> = route.trim_matches('/').split('/').map(pieces_of).collect::<Option<_>>()?;
    let mut named = Vec::new();
    for piece in segments.iter().flatten() {
        let (Piece::Variable(name) | Piece::Wildcard(name)) = piece else { continue };
        let index = shape.find(name)?;
        if members.get(index)?.is_unset() && matches!(piece, Piece::Variable(_)) {
            return None;
        }
        named.push(index);
    }
    named.sort_unstable();
    Some(Candidate { route, named, filled: fill(&segments, shape, members) })
}

/// Writes the values into the path; none where it cannot carry one.
fn fill(segments: &[Vec<Piece<'_>>], shape: &Shape, members: &[&dyn Wire]) -> Option<Filled> {
    let mut filled = Filled { path: String::new(), used: Vec::new() };
    for (index, pieces) in segments.iter().enumerate() {
        filled.path.push('/');
        let is_last = index + 1 == segments.len();
        match pieces.as_slice() {
            [Piece::Wildcard(name)] => fill_wildcard(name, is_last, shape, members, &mut filled)?,
            pieces => fill_segment(pieces, is_last, shape, members, &mut filled)?,
        }
    }
    Some(filled)
}

enum Piece<'a> {
    Literal(&'a str),
    Variable(&'a str),
    Wildcard(&'a str),
}

/// The parts of a segment such as `{Id}.{Format}`; a constraint (`{Id:int}`) or mark (`{Id?}`) is no part of the name.
fn pieces_of(segment: &str) -> Option<Vec<Piece<'_>>> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((literal, after)) = rest.split_once('{') {
        if !literal.is_empty() {
            pieces.push(Piece::Literal(literal));
        }
        let (inside, after) = after.split_once('}')?;
        let name = inside.trim_matches('*').split([':', '?', '*']).next()?.trim();
        pieces.push(if inside.contains('*') { Piece::Wildcard(name) } else { Piece::Variable(name) });
        rest = after;
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
    members: &[&dyn Wire],
    filled: &mut Filled,
) -> Option<()> {
    let mut text = String::new();
    let mut has_variable = false;
    for piece in pieces {
        match piece {
            Piece::Literal(literal) => {
                text.push_str(literal);
                filled.path.extend(utf8_percent_encode(literal, ENCODED_LITERAL));
            }
            Piece::Variable(name) => {
                has_variable = true;
                let (index, value) = value_of(name, shape, members)?;
                let value = value.filter(|value| is_safe(value))?;
                // In `{Id}.{Format}` the server looks for the first separator.
                if pieces.len() > 1 && (value.contains('.') || pieces.iter().any(|piece| piece.is_within(&value))) {
                    return None;
                }
                text.push_str(&value);
                filled.path.extend(utf8_percent_encode(&value, ENCODED));
                filled.used.push(index);
            }
            Piece::Wildcard(_) => return None,
        }
    }
    let is_unsafe = has_variable && ((is_last && ends_in_format(&text)) || matches!(text.as_str(), "." | ".."));
    (!is_unsafe).then_some(())
}

impl Piece<'_> {
    fn is_within(&self, value: &str) -> bool {
        matches!(self, Self::Literal(literal) if value.contains(literal))
    }
}

/// A wildcard takes the rest of the path, slashes and all; it may be unset.
fn fill_wildcard(name: &str, is_last: bool, shape: &Shape, members: &[&dyn Wire], filled: &mut Filled) -> Option<()> {
    let (index, value) = value_of(name, shape, members)?;
    if members.get(index).is_some_and(|member| member.is_unset()) {
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
        filled.path.extend(utf8_percent_encode(part, ENCODED));
    }
    filled.used.push(index);
    // `.json` is kept here, and JSON is what comes back anyway.
    let is_unsafe = is_last && ends_in_format(&value) && !value.to_ascii_lowercase().ends_with(".json");
    (!is_unsafe).then_some(())
}

/// The member that a variable names, and the text of its value where it has one.
fn value_of(name: &str, shape: &Shape, members: &[&dyn Wire]) -> Option<(usize, Option<String>)> {
    let index = shape.find(name)?;
    let member = members.get(index)?;
    Some((index, if member.is_unset() { None } else { scalar_text(&member.view()) }))
}

/// Whether a value arrives as it is when it stands in a path: `+` becomes a blank and `%2F` stays as it is, on every host.
fn is_safe(value: &str) -> bool {
    !matches!(value, "" | "." | "..") && !value.contains(['+', '/', '\0'])
}

fn ends_in_format(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(_, end)| FORMATS.iter().any(|format| format.eq_ignore_ascii_case(end)))
}
