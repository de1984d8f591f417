//! The schema of a service: its operations, and the .NET types of their requests and responses.

mod from_api;
mod names;
mod rust;
mod types;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::from_api::schema_of;
pub(crate) use self::names::split_words;
pub(crate) use self::types::{Enum, EnumMember, Member, Record, Shape, Type, TypeId, Variants};
use evo_model::api::{ChangeKind, Rule};

use crate::request::parameters::decode_segment;

/// A service.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema {
    /// The display name.
    pub(crate) name: String,
    pub(crate) operations: Vec<Operation>,
    /// The indexes into `operations`, by lower-case name.
    by_name: BTreeMap<String, usize>,
    /// The routes, by lower-case first segment. The key is empty for a segment with variables.
    routes: BTreeMap<String, Vec<(usize, usize)>>,
    types: Vec<Type>,
    /// The full C# names of classes with `[DataContract]`.
    data_contracts: BTreeSet<String>,
}

impl Schema {
    /// Whether the class with this full C# name has `[DataContract]`.
    pub(crate) fn is_data_contract(&self, name: &str) -> bool {
        self.data_contracts.contains(name)
    }

    /// Finds an operation by name, ignoring case.
    pub(crate) fn operation(&self, name: &str) -> Option<&Operation> {
        self.operations.get(*self.by_name.get(&name.to_ascii_lowercase())?)
    }

    /// Returns the routes whose first segment can match a path, with their operations.
    pub(crate) fn routes_of<'a>(&'a self, path: &str) -> impl Iterator<Item = (&'a Operation, &'a Route)> {
        let first = path.split('/').find(|segment| !segment.is_empty()).unwrap_or_default();
        let first = decode_segment(first).to_ascii_lowercase();
        // A suffix may request a format: `/orders.json`.
        let without_suffix = first.rsplit_once('.').and_then(|(first, _)| self.routes.get(first));
        let variable = if first.is_empty() { None } else { self.routes.get("") };
        let places = self.routes.get(&first).into_iter().chain(without_suffix).chain(variable).flatten();
        places.filter_map(|(operation, route)| {
            let operation = self.operations.get(*operation)?;
            Some((operation, operation.routes.get(*route)?))
        })
    }

    /// Builds the indexes of operations and routes.
    fn index(&mut self) {
        for (place, operation) in self.operations.iter().enumerate() {
            self.by_name.insert(operation.name.to_ascii_lowercase(), place);
            for (number, route) in operation.routes.iter().enumerate() {
                self.routes.entry(route.first_literal()).or_default().push((place, number));
            }
        }
    }

    pub(crate) fn get(&self, id: TypeId) -> &Type {
        self.types.get(id.0).unwrap_or(&Type::Opaque)
    }

    /// Returns the class of a shape, if it has one.
    pub(crate) fn record(&self, shape: &Shape) -> Option<&Record> {
        match shape {
            Shape::Nullable(inner) => self.record(inner),
            Shape::Defined(id) => match self.get(*id) {
                Type::Record(record) => Some(record),
                Type::Alias(shape) => self.record(shape),
                _ => None,
            },
            _ => None,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Operation {
    pub(crate) name: String,
    /// The verb that the service prefers.
    pub(crate) verb: String,
    /// The verbs that it implements; empty if it implements all.
    pub(crate) actions: Vec<String>,
    pub(crate) routes: Vec<Route>,
    pub(crate) request: Shape,
    pub(crate) response: Response,
    pub(crate) access: Access,
    /// Whether the service reads the body as a stream, in which case members are bound from the URL.
    pub(crate) takes_raw_body: bool,
    /// How ServiceStack itself reads or changes rows of tables, if it implements the operation.
    pub(crate) auto_query: Option<AutoQuery>,
    pub(crate) tags: Vec<String>,
    pub(crate) docs: Vec<String>,
    /// The call in Rust.
    pub(crate) rust: String,
}

impl Operation {
    /// Whether the service implements a verb.
    pub(crate) fn allows(&self, verb: &str) -> bool {
        self.actions.is_empty() || self.actions.iter().any(|action| action.eq_ignore_ascii_case(verb))
    }
}

/// The response of an operation.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Response {
    Nothing,
    Json(Shape),
    Text,
    Bytes,
    Stream,
}

/// An operation that ServiceStack itself implements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct AutoQuery {
    pub(crate) kind: AutoQueryKind,
    /// The classes of the rows.
    pub(crate) rows: Vec<TypeId>,
}

/// The effect of an operation on its rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AutoQueryKind {
    /// Finds rows in a database, or in memory.
    Query { in_database: bool },
    /// Changes a table.
    Change(ChangeKind),
}

/// Who may call an operation.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Access {
    pub(crate) user: bool,
    pub(crate) api_key: bool,
    pub(crate) roles: Vec<String>,
    pub(crate) any_role: Vec<String>,
    pub(crate) permissions: Vec<String>,
    pub(crate) any_permission: Vec<String>,
    /// Whether access is checked by a validator of the request, which rejects it with a JSON body, rather than by a filter.
    pub(crate) by_validator: bool,
}

impl Access {
    /// Whether anybody may call the operation.
    pub(crate) fn is_open(&self) -> bool {
        *self == Self::default()
    }
}

/// A declared route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Route {
    /// The verbs; empty for all verbs.
    pub(crate) verbs: Vec<String>,
    pub(crate) segments: Vec<Segment>,
}

/// A segment of a route.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// Literals and variables: `{Id}.{Format}`.
    Parts(Vec<Part>),
    /// A wildcard, which matches the rest of the path.
    Tail(String),
}

/// A part of a segment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Part {
    Literal(String),
    Variable(String),
}

impl Route {
    /// Parses a path from the document.
    pub(crate) fn parse(path: &str, verbs: Vec<String>) -> Self {
        let segments = path.split('/').filter(|segment| !segment.is_empty()).map(parse_segment).collect();
        Self { verbs, segments }
    }

    /// Returns the lower-case first segment; empty if it has variables or does not exist.
    fn first_literal(&self) -> String {
        match self.segments.first() {
            Some(Segment::Parts(parts)) => match parts.as_slice() {
                [Part::Literal(text)] => text.to_ascii_lowercase(),
                _ => String::new(),
            },
            _ => String::new(),
        }
    }

    /// Whether a segment joins variables with dots, as in `{Id}.{Format}`.
    pub(crate) fn has_dots(&self) -> bool {
        let joins = |segment: &Segment| matches!(segment, Segment::Parts(parts) if parts.len() > 1);
        self.segments.iter().any(joins)
    }

    /// Whether the last segment matches the rest of the path.
    pub(crate) fn ends_in_tail(&self) -> bool {
        matches!(self.segments.last(), Some(Segment::Tail(_)))
    }

    /// Whether the route accepts a verb.
    pub(crate) fn allows(&self, verb: &str) -> bool {
        self.verbs.is_empty() || self.verbs.iter().any(|own| own.eq_ignore_ascii_case(verb))
    }
}

fn parse_segment(segment: &str) -> Segment {
    let mut parts = Vec::new();
    let mut rest = segment;
    while let Some((literal, after)) = rest.split_once('{') {
        let Some((variable, after)) = after.split_once('}') else { break };
        let name = variable.trim_matches('*').split([':', '?', '=']).next().unwrap_or_default().to_owned();
        if variable.contains('*') {
            return Segment::Tail(name);
        }
        if !literal.is_empty() {
            parts.push(Part::Literal(literal.to_owned()));
        }
        parts.push(Part::Variable(name));
        rest = after;
    }
    if !rest.is_empty() || parts.is_empty() {
        parts.push(Part::Literal(rest.to_owned()));
    }
    Segment::Parts(parts)
}

/// The rules that the document declares for a member.
pub(crate) type Rules = Vec<Rule>;
