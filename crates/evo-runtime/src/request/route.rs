//! Declared routes: which one takes a call, and what a path can carry.
//!
//! <https://docs.servicestack.net/routing>

use percent_encoding::{AsciiSet, utf8_percent_encode};

use crate::wire::query::{ENCODED, scalar_text};
use crate::wire::{Encode, Shape};

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

/// The best of some routes: of those whose variables are all set the one with the most variables, then the shortest, then the first. None
/// where a path cannot carry a value of the best one, and where two with the same number of variables differ in them: which one is meant
/// is then anybody's guess.
pub(super) fn best(routes: &[&str], shape: &Shape, members: &[&dyn Encode]) -> Option<Filled> {
    let mut candidates: Vec<(&str, Vec<usize>)> =
        routes.iter().filter_map(|route| Some((*route, named(route, shape, members)?))).collect();
    let most = candidates.iter().map(|(_, named)| named.len()).max()?;
    candidates.retain(|(_, named)| named.len() == most);
    let (_, first) = candidates.first()?;
    if candidates.iter().any(|(_, named)| named != first) {
        return None;
    }
    // The first of the shortest.
    candidates.sort_by_key(|(route, _)| route.len());
    candidates.into_iter().find_map(|(route, _)| fill(route, shape, members))
}

/// The members that the variables of a route name, by which routes are told apart. None where one is no member, or is not set (a wildcard
/// may be unset).
fn named(route: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<Vec<usize>> {
    let mut named = Vec::new();
    for piece in segments_of(route).flat_map(Pieces::of) {
        let piece = piece?;
        let (Piece::Variable(name) | Piece::Wildcard(name)) = piece else { continue };
        let index = shape.find(name)?;
        if members.get(index)?.is_unset() && matches!(piece, Piece::Variable(_)) {
            return None;
        }
        named.push(index);
    }
    named.sort_unstable();
    Some(named)
}

/// Writes the values into the path; none where it cannot carry one.
fn fill(route: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<Filled> {
    let mut filled = Filled { path: String::with_capacity(2 * route.len()), used: Vec::new() };
    let mut segments = segments_of(route).peekable();
    while let Some(segment) = segments.next() {
        filled.path.push('/');
        let is_last = segments.peek().is_none();
        let mut pieces = Pieces::of(segment);
        match (pieces.next()??, pieces.next()) {
            (Piece::Wildcard(name), None) => fill_wildcard(name, is_last, shape, members, &mut filled)?,
            (Piece::Literal(literal), None) => push_encoded(&mut filled.path, literal, ENCODED_LITERAL),
            _ => fill_segment(segment, is_last, shape, members, &mut filled)?,
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

/// The parts of a segment such as `{Id}.{Format}`, of which there is at least one; none in the place of a part where the template is broken.
/// A constraint (`{Id:int}`) or mark (`{Id?}`) is no part of the name.
#[derive(Clone)]
struct Pieces<'a> {
    rest: Option<&'a str>,
    is_first: bool,
}

impl<'a> Pieces<'a> {
    fn of(segment: &'a str) -> Self {
        Self { rest: Some(segment), is_first: true }
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Option<Piece<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        let rest = self.rest.take()?;
        let is_first = std::mem::replace(&mut self.is_first, false);
        match split_at_byte(rest, b'{') {
            Some(("", after)) => {
                let Some((inside, after)) = split_at_byte(after, b'}') else { return Some(None) };
                self.rest = Some(after);
                // Most say no more than a name.
                if inside.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                    return Some(Some(Piece::Variable(inside)));
                }
                let name = inside.trim_matches('*').split([':', '?', '*']).next().unwrap_or_default().trim();
                Some(Some(if inside.contains('*') { Piece::Wildcard(name) } else { Piece::Variable(name) }))
            }
            Some((literal, _)) => {
                self.rest = rest.get(literal.len()..);
                Some(Some(Piece::Literal(literal)))
            }
            None if rest.is_empty() && !is_first => None,
            None => Some((!rest.bytes().any(|byte| byte == b'}')).then_some(Piece::Literal(rest))),
        }
    }
}

/// What stands before and after the first of a byte: for a dozen bytes cheaper than what searches texts of any length.
fn split_at_byte(text: &str, byte: u8) -> Option<(&str, &str)> {
    let at = text.bytes().position(|found| found == byte)?;
    Some((text.get(..at)?, text.get(at + 1..)?))
}

fn fill_segment(
    segment: &str,
    is_last: bool,
    shape: &Shape,
    members: &[&dyn Encode],
    filled: &mut Filled,
) -> Option<()> {
    let mut text = String::new();
    let others = Pieces::of(segment).flatten();
    let is_alone = others.clone().nth(1).is_none();
    for piece in Pieces::of(segment) {
        match piece? {
            Piece::Literal(literal) => {
                text.push_str(literal);
                push_encoded(&mut filled.path, literal, ENCODED_LITERAL);
            }
            Piece::Variable(name) => {
                let (index, value) = value_of(name, shape, members)?;
                let value = value.filter(|value| is_safe(value))?;
                // In `{Id}.{Format}` the server looks for the first separator.
                if !is_alone && (value.contains('.') || others.clone().any(|piece| piece.is_within(&value))) {
                    return None;
                }
                text.push_str(&value);
                push_encoded(&mut filled.path, &value, ENCODED);
                filled.used.push(index);
            }
            Piece::Wildcard(_) => return None,
        }
    }
    // There is a variable: literals alone are written as they stand.
    let is_unsafe = (is_last && ends_in_format(&text)) || matches!(text.as_str(), "." | "..");
    (!is_unsafe).then_some(())
}

impl Piece<'_> {
    fn is_within(&self, value: &str) -> bool {
        matches!(self, Self::Literal(literal) if value.contains(literal))
    }
}

/// A wildcard takes the rest of the path, slashes and all; it may be unset.
fn fill_wildcard(name: &str, is_last: bool, shape: &Shape, members: &[&dyn Encode], filled: &mut Filled) -> Option<()> {
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
    filled.used.push(index);
    // `.json` is kept here, and JSON is what comes back anyway.
    let is_unsafe = is_last && ends_in_format(&value) && !value.to_ascii_lowercase().ends_with(".json");
    (!is_unsafe).then_some(())
}

/// The member that a variable names, and the text of its value where it has one.
fn value_of(name: &str, shape: &Shape, members: &[&dyn Encode]) -> Option<(usize, Option<String>)> {
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
