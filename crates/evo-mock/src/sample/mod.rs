//! Sample values that fit the name and the type of a member. They are the same on every run.

mod texts;

use std::cell::Cell;
use std::ops::Range;

use crate::schema::{Enum, Member, Operation, Record, Schema, Shape, Type, TypeId, Variants};
use crate::values::Value;

/// The maximum nesting depth of samples.
const MAX_DEPTH: usize = 6;

/// The number of items in a list of a response, unless the request specifies a page.
const ITEMS: usize = 2;

/// The total number of rows that a request can page through.
const ROWS: usize = 25;

/// The maximum number of objects in a sample. It limits samples of types that contain many others.
const MAX_RECORDS: u32 = 20_000;

/// Creates samples of a service's types.
pub(crate) struct Sampler<'a> {
    schema: &'a Schema,
    /// The request that a response is for. Its values are reflected in the response.
    request: Option<&'a Value>,
    /// Whether the host reads and writes JSON with `System.Text.Json`.
    is_strict: bool,
    /// The number of objects that may still be created.
    records: Cell<u32>,
}

/// Returns a sample for a string member.
pub(crate) fn sample_text(shape: &Shape, owner: &str, member: &str) -> String {
    match texts::scalar(shape, owner, member, 0) {
        Value::Text(text) => text,
        _ => String::new(),
    }
}

/// The position of a sample.
#[derive(Clone, Copy)]
struct Place<'a> {
    /// The member whose value it is.
    member: &'a str,
    /// The class that the member belongs to.
    owner: &'a str,
    /// The index of the item in its list, which makes items differ.
    number: usize,
    depth: usize,
}

impl<'a> Sampler<'a> {
    pub(crate) fn new(schema: &'a Schema, request: Option<&'a Value>, is_strict: bool) -> Self {
        Self { schema, request, is_strict, records: Cell::new(MAX_RECORDS) }
    }

    /// Returns a sample request with all members set.
    pub(crate) fn request(&self, operation: &Operation) -> Value {
        let place = Place { member: "", owner: &operation.name, number: 0, depth: 0 };
        let mut sample = self.sample(&operation.request, place);
        if let (Some(query), Value::Object(members)) = (&operation.auto_query, &mut sample) {
            let rows = query.rows.iter().filter_map(|row| self.schema.record(&Shape::Defined(*row)));
            let columns: Vec<&str> =
                rows.flat_map(|record| &record.members).map(|member| member.name.as_str()).collect();
            for (name, value) in members {
                name_columns(name, value, &columns);
            }
        }
        sample
    }

    /// Returns a sample response.
    pub(crate) fn response(&self, shape: &Shape, operation: &Operation) -> Value {
        let place = Place { member: "", owner: &operation.name, number: 0, depth: 0 };
        match (shape, self.schema.record(shape)) {
            (Shape::List(item), _) => Value::List(self.page(item, &self.window(operation), place)),
            (_, Some(record)) => self.response_record(record, operation, place),
            _ => self.sample(shape, place),
        }
    }

    /// Returns a sample response of a class. If the class has a list of rows, it contains the requested page, and its totals are the number
    /// of all rows.
    fn response_record(&self, record: &Record, operation: &Operation, place: Place<'_>) -> Value {
        let window = self.window(operation);
        let has_rows =
            record.members.iter().any(|member| list_item(&member.shape).is_some() && texts::is_rows(&member.name));
        let members = record.members.iter().filter_map(|member| {
            let place = Place { member: &member.name, owner: &record.name, ..place };
            let value = match list_item(&member.shape) {
                Some(item) if has_rows && texts::is_rows(&member.name) => Value::List(self.page(item, &window, place)),
                _ if has_rows && texts::is_total(&member.name) => Value::number(self.total(&member.name)),
                _ if has_rows && texts::is_offset(&member.name) => Value::number(window.start),
                _ if has_rows && texts::is_page_count(&member.name) => {
                    Value::number(ROWS.div_ceil(window.len().max(1)))
                }
                _ if has_rows && texts::is_more(&member.name) => Value::Bool(window.end < ROWS),
                _ => self.member(member, place)?,
            };
            Some((member.name.clone(), value))
        });
        Value::Object(members.collect())
    }

    /// Returns the number of all rows. AutoQuery includes it only on request.
    fn total(&self, member: &str) -> usize {
        let includes_total =
            |text: &str| text.to_ascii_lowercase().contains("total") || text.to_ascii_lowercase().contains("count(");
        match self.request.and_then(|request| request.get("Include")) {
            Some(Value::Text(include)) if !includes_total(include) && member == "Total" => 0,
            _ => ROWS,
        }
    }

    /// Returns the range of rows on the page that the request specifies.
    fn window(&self, operation: &Operation) -> Range<usize> {
        let number = |names: &[&str]| {
            let values = names.iter().filter_map(|name| self.request?.get(name)?.as_integer());
            values.map(|number| usize::try_from(number).unwrap_or_default()).next()
        };
        let size = number(&["Take", "PageSize", "CountPerPage", "PerPage", "Limit", "Count", "Top", "MaxResults"]);
        let start = match number(&["Skip", "Offset", "StartIndex"]) {
            Some(start) => start,
            None => {
                let first = usize::from(!self.counts_pages_from_zero(operation));
                let page = number(&["Page", "PageNumber", "PageIndex"]).unwrap_or(first);
                page.saturating_sub(first).saturating_mul(size.unwrap_or(ROWS))
            }
        };
        let size = size.unwrap_or(if start > 0 { ROWS } else { ITEMS });
        start..start.saturating_add(size).min(ROWS).max(start)
    }

    /// Whether the first page is 0. Most services count pages from 1, unless the name or the description mentions an index.
    fn counts_pages_from_zero(&self, operation: &Operation) -> bool {
        let Some(record) = self.schema.record(&operation.request) else { return false };
        let page =
            record.members.iter().find(|member| ["Page", "PageNumber", "PageIndex"].contains(&member.name.as_str()));
        page.is_some_and(|page| {
            let docs = page.docs.join(" ").to_ascii_lowercase();
            page.name == "PageIndex" || docs.contains("index") || docs.contains("zero") || docs.contains("from 0")
        })
    }

    fn page(&self, item: &Shape, window: &Range<usize>, place: Place<'_>) -> Vec<Value> {
        window.clone().map(|number| self.sample(item, Place { number, depth: place.depth + 1, ..place })).collect()
    }

    fn sample(&self, shape: &Shape, place: Place<'_>) -> Value {
        match shape {
            Shape::Nullable(inner) | Shape::Tuple(inner) => self.sample(inner, place),
            Shape::Struct(inner) if self.is_strict => match self.sample(inner, place) {
                object @ Value::Object(_) => object,
                // The document does not describe the content.
                _ => Value::Object(Vec::new()),
            },
            Shape::List(_) | Shape::Map(..) if place.depth >= MAX_DEPTH => Value::List(Vec::new()).or_object(shape),
            Shape::List(item) => {
                let items = 0..if place.depth < 3 { ITEMS } else { 1 };
                Value::List(
                    items.map(|number| self.sample(item, Place { number, depth: place.depth + 1, ..place })).collect(),
                )
            }
            Shape::Map(key, item) => {
                let key = match self.sample(key, Place { member: "Key", ..place }) {
                    Value::Text(text) | Value::Number(text) => text,
                    Value::Bool(flag) => flag.to_string(),
                    _ => "key".to_owned(),
                };
                Value::Object(vec![(key, self.sample(item, Place { depth: place.depth + 1, ..place }))])
            }
            Shape::Defined(id) => self.sample_defined(*id, place),
            _ => texts::scalar(shape, place.owner, place.member, place.number),
        }
    }

    fn sample_defined(&self, id: TypeId, place: Place<'_>) -> Value {
        match self.schema.get(id) {
            Type::Record(_) if place.depth >= MAX_DEPTH || self.records.get() == 0 => Value::Object(Vec::new()),
            Type::Record(record) => {
                self.records.set(self.records.get() - 1);
                let place = Place { owner: &record.name, depth: place.depth + 1, ..place };
                let members = record.members.iter().filter_map(|member| {
                    Some((member.name.clone(), self.member(member, Place { member: &member.name, ..place })?))
                });
                Value::Object(members.collect())
            }
            Type::Enum(own) => sample_enum(own, place.number),
            Type::Alias(shape) => self.sample(shape, place),
            Type::Variants(variants) => self.sample_variant(variants, place),
            Type::Opaque => Value::Object(Vec::new()),
        }
    }

    /// Returns a value of the first derived class, with its `__type`, where `ServiceStack.Text` writes an abstract class. Otherwise,
    /// returns a value of the base: hosts reject `__type` in requests, and `System.Text.Json` writes the members of the declared class.
    fn sample_variant(&self, variants: &Variants, place: Place<'_>) -> Value {
        let derived =
            variants.derived.first().filter(|_| variants.is_abstract && self.request.is_some() && !self.is_strict);
        let id = derived.map(|(_, id)| *id).or(variants.base).filter(|_| place.depth < MAX_DEPTH);
        let Some(id) = id else { return Value::Object(Vec::new()) };
        let mut value = self.sample_defined(id, Place { depth: place.depth + 1, ..place });
        if let (Some((name, _)), Value::Object(members)) = (derived, &mut value) {
            members.insert(0, ("__type".to_owned(), Value::text(name.as_str())));
        }
        value
    }

    /// Whether a host can read a value in a request. Abstract classes are rejected without `__type`, and so are classes with members whose
    /// names differ only in case.
    fn is_readable(&self, shape: &Shape) -> bool {
        match shape {
            Shape::Nullable(inner) | Shape::List(inner) | Shape::Map(_, inner) => self.is_readable(inner),
            Shape::Defined(id) => match self.schema.get(*id) {
                Type::Variants(variants) => !variants.is_abstract,
                Type::Record(record) => !(self.is_strict && record.has_clash()),
                Type::Alias(shape) => self.is_readable(shape),
                _ => true,
            },
            _ => true,
        }
    }

    /// Returns the value of a member: that of the request under the same name, otherwise a sample. A status and free-form data are omitted.
    fn member(&self, member: &Member, place: Place<'_>) -> Option<Value> {
        if matches!(member.name.as_str(), "ResponseStatus" | "Meta") || matches!(member.shape, Shape::Any) {
            return None;
        }
        if self.request.is_none() && !self.is_readable(&member.shape) {
            return None;
        }
        if let Some(value) = self.reflected(member, place) {
            return Some(value);
        }
        if let Some(first) = member.allowed.first().filter(|_| matches!(member.shape, Shape::Text)) {
            return Some(Value::text(first.as_str()));
        }
        Some(texts::within_rules(self.sample(&member.shape, place), &member.rules))
    }

    /// Returns the value in the request for a member with this name, or for the ID of this class.
    fn reflected(&self, member: &Member, place: Place<'_>) -> Option<Value> {
        let request = self.request.filter(|_| place.depth <= 1 && place.number == 0)?;
        let value = request.get(&member.name).or_else(|| {
            // `sessionId` in the request is the `id` of a session.
            let is_id = member.name.eq_ignore_ascii_case("Id");
            let owner = place.owner.trim_end_matches("Response").trim_end_matches("Info").trim_end_matches("Dto");
            is_id.then(|| request.get(&format!("{owner}Id"))).flatten()
        })?;
        fits(&member.shape, value).then(|| value.clone())
    }
}

/// Sets a member of a query that lists columns.
fn name_columns(name: &str, value: &mut Value, columns: &[&str]) {
    let count = match name {
        "OrderBy" | "OrderByDesc" => 1,
        "Fields" => 2,
        "Include" => 0,
        _ => return,
    };
    if let Value::Text(text) = value {
        *text = match count {
            0 => "Total".to_owned(),
            count => columns.iter().take(count).copied().collect::<Vec<_>>().join(","),
        };
    }
}

/// Whether a value from the request matches the type in a response.
fn fits(shape: &Shape, value: &Value) -> bool {
    match (shape, value) {
        (Shape::Nullable(inner), _) => fits(inner, value),
        (Shape::Integer { .. } | Shape::Float | Shape::Decimal, Value::Number(_))
        | (Shape::Bool, Value::Bool(_))
        | (Shape::Text | Shape::Char | Shape::Bytes, Value::Text(_)) => true,
        (Shape::Guid, Value::Text(text)) => uuid::Uuid::try_parse(text).is_ok(),
        (Shape::DateTime | Shape::DateTimeOffset | Shape::Date, Value::Text(text)) => {
            crate::values::dates::Date::parse(text).is_some()
        }
        (Shape::Span | Shape::Time, Value::Text(text)) => text.starts_with(['P', '-']),
        (Shape::List(item), Value::List(items)) => items.iter().all(|value| value.is_null() || fits(item, value)),
        _ => false,
    }
}

fn sample_enum(own: &Enum, number: usize) -> Value {
    let named: Vec<_> =
        own.members.iter().filter(|member| !own.is_number || member.value.is_some_and(|value| value != 0)).collect();
    let Some(member) = named.get(number % named.len().max(1)) else { return Value::number(0) };
    match (own.is_number, member.value) {
        (true, Some(value)) => Value::number(value),
        _ => Value::text(member.name.as_str()),
    }
}

fn list_item(shape: &Shape) -> Option<&Shape> {
    match shape {
        Shape::Nullable(inner) => list_item(inner),
        Shape::List(item) => Some(item),
        _ => None,
    }
}

impl Value {
    /// Returns an empty object if the shape is a map, otherwise the value.
    fn or_object(self, shape: &Shape) -> Self {
        if matches!(shape, Shape::Map(..)) { Self::Object(Vec::new()) } else { self }
    }
}
