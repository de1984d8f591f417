//! Binds a request to its DTO: path, query, form and body, in the hosts' order of precedence (reference 5.1).

use crate::reply::Failure;
use crate::request::Request;
use crate::request::body::Form as PostedForm;
use crate::schema::{Operation, Record, Schema, Shape};
use crate::values::convert::{Converter, Form, Mismatch};
use crate::values::{Value, json_reader, jsv};

/// The address by which an operation was called.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Address {
    /// `/api/{Op}` and `/json/reply/{Op}`, where bodies are JSON, whatever their content type.
    Predefined,
    /// `/jsv/reply/{Op}`.
    Jsv,
    /// A declared route with the values of its variables.
    Route(Vec<(String, String)>),
}

/// A bound request.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Bound {
    pub(crate) value: Value,
    /// The sources of the values, for the log: `query`, `json body`.
    pub(crate) sources: Vec<&'static str>,
    /// The names that do not match a member.
    pub(crate) ignored: Vec<String>,
}

pub(crate) struct Binder<'a> {
    pub(crate) schema: &'a Schema,
    pub(crate) operation: &'a Operation,
    /// Whether the host reads JSON with `System.Text.Json`.
    pub(crate) is_strict: bool,
}

impl Binder<'_> {
    /// Binds a request whose verb is known.
    pub(crate) fn bind(
        &self,
        request: &Request,
        verb: &str,
        form: Option<&PostedForm>,
        address: &Address,
    ) -> Result<Bound, Failure> {
        let mut bound = Bound::default();
        let sends_body = matches!(verb, "POST" | "PUT" | "PATCH");
        let body = if form.is_none() { self.read_body(request, sends_body, address)? } else { None };
        let Some(record) = self.schema.record(&self.operation.request) else {
            // The value of a request that is a list or a map is its body.
            bound.value = body.map_or(Value::Null, |(value, _)| value);
            return Ok(bound);
        };
        let body = body.map(|(value, source)| {
            bound.sources.push(source);
            if let Value::Object(members) = &value {
                bound.ignored.extend(
                    members.iter().filter(|(name, _)| record.find(name).is_none()).map(|(name, _)| name.clone()),
                );
            }
            value
        });
        let is_jsv = bound.sources.contains(&"jsv body");
        let body = body.map(|value| self.convert_body(record, value, is_jsv)).transpose()?.flatten();
        let reads_query =
            self.operation.takes_raw_body || body.is_none() || sends_body || matches!(address, Address::Route(_));
        let parameters: &[(String, String)] = if reads_query { &request.query } else { &[] };
        let mut faults = Vec::new();
        let query = self.read_texts(record, parameters, &mut bound, "query", &mut faults);
        let value = match address {
            Address::Predefined | Address::Jsv => merge(query, body),
            Address::Route(variables) => {
                let path = self.read_texts(record, variables, &mut bound, "path", &mut faults);
                merge(merge(body.unwrap_or_default(), Some(path)), Some(query))
            }
        };
        let fields = form.map(|form| self.read_texts(record, &form.fields, &mut bound, "form", &mut faults));
        if !faults.is_empty() {
            return Err(Failure::from_binding(&self.operation.name, faults));
        }
        bound.value = merge(value, fields);
        Ok(bound)
    }

    /// Reads the body. Returns it with its name in the log.
    fn read_body(
        &self,
        request: &Request,
        sends_body: bool,
        address: &Address,
    ) -> Result<Option<(Value, &'static str)>, Failure> {
        if !request.has_visible_body() || self.operation.takes_raw_body {
            return Ok(None);
        }
        let media_type = request.media_type();
        let is_json = match address {
            Address::Predefined if media_type.is_empty() && !sends_body => return Ok(None),
            Address::Predefined => true,
            Address::Jsv => false,
            Address::Route(_) if media_type == "application/json" || media_type.ends_with("+json") => true,
            Address::Route(_) if matches!(media_type.as_str(), "text/jsv" | "application/jsv") => false,
            Address::Route(_) => return Ok(None),
        };
        let text = String::from_utf8_lossy(&request.body);
        if !is_json {
            return match jsv::read(&text) {
                Ok(value) => Ok(Some((value, "jsv body"))),
                Err(error) => Err(Failure::new(400, "SerializationException", error.to_string())),
            };
        }
        let malformed = |offset: usize| {
            Failure::new(400, "SerializationException", format!("The body is not JSON from byte {offset} on."))
        };
        let value = json_reader::read(&text, !self.is_strict).map_err(|fault| malformed(fault.offset))?;
        let is_list = self.schema.record(&self.operation.request).is_none();
        match value {
            Value::Null if self.is_strict => Ok(None),
            Value::Object(_) => Ok(Some((value, "json body"))),
            Value::List(_) if is_list => Ok(Some((value, "json body"))),
            _ => Err(malformed(0)),
        }
    }

    fn convert_body(&self, record: &Record, value: Value, is_jsv: bool) -> Result<Option<Value>, Failure> {
        let form = match (is_jsv, self.is_strict) {
            (true, _) => Form::Text,
            (false, true) => Form::StrictJson,
            (false, false) => Form::ClassicJson,
        };
        let converter = Converter { schema: self.schema, form };
        converter.convert_record(record, value).map_err(|Mismatch(text)| {
            Failure::new(400, "SerializationException", format!("The value could not be converted: {text}"))
        })
    }

    /// Converts named strings. Invalid values are added to `faults`, with their names as they were sent.
    fn read_texts(
        &self,
        record: &Record,
        parameters: &[(String, String)],
        bound: &mut Bound,
        source: &'static str,
        faults: &mut Vec<(String, String)>,
    ) -> Value {
        let converter = Converter { schema: self.schema, form: Form::Text };
        let mut members = Vec::new();
        for (name, text) in parameters {
            let Some(member) = record.find(name) else {
                if !is_reserved(name) {
                    bound.ignored.push(name.clone());
                }
                continue;
            };
            if !bound.sources.contains(&source) {
                bound.sources.push(source);
            }
            // An empty string leaves the member unset.
            if text.is_empty() {
                continue;
            }
            // For a plain `bool`, the first of the joined values counts.
            let is_bool = member.is_value && *without_null(&member.shape) == Shape::Bool;
            let first = if is_bool { text.split(',').next().unwrap_or(text) } else { text };
            let value = if is_verbatim(&member.shape) {
                Ok(Some(Value::text(first)))
            } else {
                converter.convert(&member.shape, Value::text(first))
            };
            match value {
                Ok(Some(value)) => members.push((member.name.clone(), value)),
                Ok(None) => {}
                Err(Mismatch(value)) => faults.push((name.clone(), value)),
            }
        }
        Value::Object(members)
    }
}

fn without_null(shape: &Shape) -> &Shape {
    if let Shape::Nullable(inner) = shape { inner } else { shape }
}

/// Whether a parameter is read by the host itself.
fn is_reserved(name: &str) -> bool {
    ["format", "jsconfig", "callback", "X-Http-Method-Override"].iter().any(|own| own.eq_ignore_ascii_case(name))
}

/// Whether a value is used verbatim: strings and `object`.
fn is_verbatim(shape: &Shape) -> bool {
    match shape {
        Shape::Nullable(inner) => is_verbatim(inner),
        Shape::Text | Shape::Any => true,
        _ => false,
    }
}

/// Merges the members of both values. Those of `over` take precedence.
fn merge(under: Value, over: Option<Value>) -> Value {
    match (under, over) {
        (Value::Object(mut members), Some(Value::Object(over))) => {
            members.retain(|(name, _)| !over.iter().any(|(own, _)| own == name));
            members.extend(over);
            Value::Object(members)
        }
        (under, None | Some(Value::Null)) => under,
        (_, Some(over)) => over,
    }
}
