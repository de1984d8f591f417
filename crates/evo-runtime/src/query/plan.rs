//! What a query adds to its operation. Not generic, so it is compiled only once.

use super::conventions::Fields;
use super::value::condition_text;
use crate::client::{CallOptions, read_query_text, set_member};
use crate::error::{Error, ErrorKind};
use crate::operations::OperationSpec;
use crate::request::{self, PreparedRequest};
use crate::wire::names::{camel_case, eq_ignoring_case};
use crate::wire::query::jsv_text;
use crate::wire::{Decode, Encode, ReadError, Record, Shape, View, json, jsv};

/// The settings of a query apart from its operation.
pub(super) struct Plan {
    operation: &'static str,
    pub(super) fields: Fields,
    /// Names and values as text, in the order in which they were given.
    conditions: Vec<(String, String)>,
    /// Fields, and whether the largest values come first.
    order: Vec<(String, bool)>,
    selected: Vec<String>,
    pub(super) distinct: bool,
    includes: Vec<String>,
    pub(super) skip: Option<u32>,
    pub(super) take: Option<u32>,
    /// The first error.
    problem: Option<Error>,
}

impl Plan {
    pub(super) fn new(operation: &'static str, rows: Vec<&'static Shape>) -> Self {
        Self {
            operation,
            fields: Fields(rows),
            conditions: Vec::new(),
            order: Vec::new(),
            selected: Vec::new(),
            distinct: false,
            includes: Vec::new(),
            skip: None,
            take: None,
            problem: None,
        }
    }

    fn note(&mut self, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            self.problem.get_or_insert(error);
        }
    }

    pub(super) fn filter(&mut self, operation: &mut dyn Record, name: &str, value: &dyn Encode) {
        let outcome = match value.view() {
            View::Null if operation.shape().find(name).is_some() => Ok(true),
            _ => set_member(operation, name, &|member| convert(value, member)),
        };
        let outcome = outcome.and_then(|is_set| if is_set { Ok(()) } else { self.add(name, value) });
        self.note(outcome);
    }

    fn add(&mut self, name: &str, value: &dyn Encode) -> Result<(), Error> {
        self.fields.check_condition(name)?;
        if crate::wire::query::is_reserved(name) {
            let message = format!("the parameter {name} is reserved by servers");
            return Err(Error::new(ErrorKind::Request, message).with_hint(format!("name the condition {name}In")));
        }
        if let Some(text) = condition_text(name, value)? {
            self.push(name, text);
        }
        Ok(())
    }

    /// A name that is already used gets `#` and a number appended, which servers strip: only one of several equal names would count.
    fn push(&mut self, name: &str, text: String) {
        let mut unique = name.to_owned();
        let mut number = 2;
        while self.conditions.iter().any(|(taken, _)| eq_ignoring_case(taken, &unique)) {
            unique = format!("{name}#{number}");
            number += 1;
        }
        self.conditions.push((unique, text));
    }

    pub(super) fn is_null(&mut self, operation: &dyn Record, field: &str) {
        let outcome = self.fields.check_field(field);
        if outcome.is_ok() {
            // A declared member without a value is not a condition; for other fields, this is the only form that services over memory also
            // support.
            match operation.shape().find(field) {
                Some(_) => self.push(&format!("{field}IsNull"), String::new()),
                None => self.push(field, String::new()),
            }
        }
        self.note(outcome);
    }

    pub(super) fn is_not_null(&mut self, field: &str) {
        let outcome = self.fields.check_field(field);
        if outcome.is_ok() {
            self.push(&format!("{field}IsNotNull"), String::new());
        }
        self.note(outcome);
    }

    pub(super) fn between(&mut self, field: &str, first: &dyn Encode, last: &dyn Encode) {
        let name = format!("{field}Between");
        let outcome = self.fields.check_field(field).and_then(|()| {
            match (condition_text(&name, first)?, condition_text(&name, last)?) {
                (Some(first), Some(last)) => {
                    self.push(&name, format!("{first},{last}"));
                    Ok(())
                }
                _ => Err(Error::new(ErrorKind::Request, format!("the condition {name} needs two values"))),
            }
        });
        self.note(outcome);
    }

    pub(super) fn order_by(&mut self, field: &str, largest_first: bool) {
        let outcome = self.fields.check_field(field);
        self.order.push((field.to_owned(), largest_first));
        self.note(outcome);
    }

    pub(super) fn field(&mut self, field: &str) {
        let outcome = self.fields.check_field(field);
        self.selected.push(field.to_owned());
        self.note(outcome);
    }

    pub(super) fn include(&mut self, aggregate: &str) {
        let has_as = aggregate.split_whitespace().any(|word| word.eq_ignore_ascii_case("as"));
        if has_as {
            let message = format!("the aggregate {aggregate:?} has an `AS`, with which servers fail");
            self.note(Err(
                Error::new(ErrorKind::Request, message).with_hint("write the alias without: `AVG(Id) average`")
            ));
        }
        self.includes.push(aggregate.to_owned());
    }

    /// The number of rows to skip, as set by the query or by its operation.
    pub(super) fn first_row(&self, operation: &dyn Record) -> u64 {
        if let Some(skip) = self.skip {
            return u64::from(skip);
        }
        let mut skip = 0;
        if let Some(index) = operation.shape().find("Skip") {
            operation.members(&mut |members| {
                if let Some(View::Int(rows)) = members.get(index).map(|member| member.view()) {
                    skip = u64::try_from(rows).unwrap_or_default();
                }
            });
        }
        skip
    }

    /// Prepares the request. Members that the operation declares are set in its DTO, which may be sent in a body; conditions are always
    /// sent in the query, the only place where servers read them.
    pub(super) fn prepare(
        &mut self,
        options: &CallOptions,
        spec: &OperationSpec,
        operation: &mut dyn Record,
    ) -> Result<PreparedRequest, Error> {
        if let Some(problem) = self.problem.take() {
            return Err(problem.during(self.operation));
        }
        let mut query = Vec::new();
        for (name, text) in self.base_members() {
            let is_set = set_member(operation, name, &|member| read_query_text(&text, member));
            if !is_set.map_err(|error| error.during(self.operation))? {
                query.push((camel_case(name), text));
            }
        }
        query.extend_from_slice(&self.conditions);
        let mut request = options.prepare(spec, operation)?;
        request.append_query(&query, |_| false);
        let length = request.url.path().len() + request.url.query().map_or(0, str::len);
        if length > request::MAX_TARGET_LEN {
            let message = format!("the conditions are too long for a URL, which would have {length} bytes");
            return Err(Error::new(ErrorKind::Request, message)
                .during(self.operation)
                .with_hint("send several queries with a part of the conditions each"));
        }
        Ok(request)
    }

    /// The members that every query has, as text.
    fn base_members(&self) -> Vec<(&'static str, String)> {
        let rows = [("Skip", self.skip), ("Take", self.take)];
        let mut members: Vec<(&'static str, String)> =
            rows.into_iter().filter_map(|(name, rows)| Some((name, rows?.to_string()))).collect();
        if !self.order.is_empty() {
            // Only one of the two members counts; a `-` reverses the order of one field.
            let all_largest_first = self.order.iter().all(|(_, largest_first)| *largest_first);
            let fields = self.order.iter().map(|(field, largest_first)| {
                if *largest_first && !all_largest_first { format!("-{field}") } else { field.clone() }
            });
            let name = if all_largest_first { "OrderByDesc" } else { "OrderBy" };
            members.push((name, fields.collect::<Vec<_>>().join(",")));
        }
        if !self.includes.is_empty() {
            members.push(("Include", self.includes.join(",")));
        }
        if !self.selected.is_empty() {
            let distinct = if self.distinct { "DISTINCT " } else { "" };
            members.push(("Fields", format!("{distinct}{}", self.selected.join(","))));
        }
        members
    }
}

/// Writes a value and reads it into another one, which can be of any type with the same form.
fn convert(value: &dyn Encode, into: &mut dyn Decode) -> Result<bool, ReadError> {
    if let Ok(text) = json::to_vec(value) {
        return json::read_slice(&text, into);
    }
    // JSV has words for NaN and the infinities, which are allowed in a query but not in JSON.
    let text = jsv_text(value.view()).map_err(|error| ReadError::new(error.message()))?;
    jsv::read_slice(text.as_bytes(), into)
}

/// Omits values, which may be confidential.
impl std::fmt::Debug for Plan {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let conditions: Vec<&str> = self.conditions.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Plan").field("conditions", &conditions).field("order", &self.order).finish_non_exhaustive()
    }
}
