//! Batches: an array of requests returns an array of responses in the same order (reference 7).

use super::Host;
use super::calls::{Call, Returned};
use super::formats::Format;
use crate::log::Line;
use crate::reply::{Failure, JSON, Reply};
use crate::request::rules;
use crate::schema::{AutoQuery, AutoQueryKind, Response, Shape};
use crate::values::convert::{Converter, Form, Mismatch};
use crate::values::json_writer::Writer;
use crate::values::{Value, json_reader, jsv};

impl Host {
    pub(super) fn run_batch(&self, call: &Call<'_>, line: &mut Line) -> Reply {
        line.operation = Some(format!("{}[]", call.operation.name));
        if let Err(refusal) = self.check_access(call) {
            return self.refusal(call, refusal);
        }
        let items = match self.read_items(call) {
            Ok(items) => items,
            Err(failure) => return self.failure(call, &failure),
        };
        if let Some(reply) = self.check_batch(call, &items) {
            return reply;
        }
        if let Response::Json(Shape::Integer { .. } | Shape::Bool | Shape::Float | Shape::Decimal | Shape::Guid) =
            &call.operation.response
        {
            let message = "Unable to cast an object of a value type to type 'System.Object[]'.";
            return self.failure(call, &Failure::new(500, "InvalidCastException", message));
        }
        // AutoQuery changes either all rows or none, and does not count them.
        let is_counted = !matches!(&call.operation.auto_query, Some(AutoQuery { kind: AutoQueryKind::Change(_), .. }));
        let mut results = Vec::new();
        for (index, item) in items.iter().enumerate() {
            match self.serve(call.operation, item, call.faults, line) {
                Ok((_, returned)) => results.push(returned),
                Err(failure) if !is_counted => return self.failure(call, &failure),
                Err(mut failure) => {
                    failure.meta.push(("AutoBatchIndex".to_owned(), index.to_string()));
                    return self.failure(call, &failure).header("x-autobatch-completed", index.to_string());
                }
            }
        }
        let body = self.write_all(call, &results);
        let media_type = if call.format == Format::Jsv { "application/jsv" } else { JSON };
        let reply = Reply::with_body(200, media_type, body);
        if items.is_empty() || !is_counted {
            reply
        } else {
            reply.header("x-autobatch-completed", items.len().to_string())
        }
    }

    /// Rejects a batch with an invalid item. All items are validated before the first one runs.
    fn check_batch(&self, call: &Call<'_>, items: &[Value]) -> Option<Reply> {
        let record = self.schema.record(&call.operation.request).filter(|_| !self.is_lenient)?;
        let (index, mut failure) = items
            .iter()
            .enumerate()
            .find_map(|(index, item)| Some((index, Failure::from_rules(rules::check(record, item))?)))?;
        failure.meta.push(("AutoBatchIndex".to_owned(), index.to_string()));
        Some(self.failure(call, &failure))
    }

    fn read_items(&self, call: &Call<'_>) -> Result<Vec<Value>, Failure> {
        let text = String::from_utf8_lossy(&call.request.body);
        let malformed = |message: String| Failure::new(400, "SerializationException", message);
        let (value, form) = if call.format == Format::Jsv {
            (jsv::read(&text).map_err(|error| malformed(error.to_string()))?, Form::Text)
        } else {
            let read = json_reader::read(&text, !self.has_endpoints());
            let form = if self.has_endpoints() { Form::StrictJson } else { Form::ClassicJson };
            (read.map_err(|_| malformed("The body is not JSON.".to_owned()))?, form)
        };
        let items = match value {
            Value::List(items) => items,
            single => vec![single],
        };
        let converter = Converter { schema: &self.schema, form };
        let convert = |item: Value| {
            if item.is_null() {
                return Err(Failure::new(500, "NullReferenceException", "An item of the batch is null."));
            }
            let bound = converter.convert(&call.operation.request, item).map_err(|Mismatch(text)| malformed(text))?;
            Ok(bound.unwrap_or(Value::Object(Vec::new())))
        };
        items.into_iter().map(convert).collect()
    }

    fn write_all(&self, call: &Call<'_>, results: &[Returned]) -> String {
        let writer = Writer { schema: &self.schema, style: self.style(call.request) };
        let is_jsv = call.format == Format::Jsv;
        let parts = results.iter().map(|result| match (result, &call.operation.response) {
            (Returned::Value(value), Response::Json(shape)) if is_jsv => jsv::write(&writer.jsv_value(shape, value)),
            (Returned::Value(value), Response::Json(shape)) => writer.write(shape, value),
            (Returned::Raw(body), Response::Text) => serde_json::Value::from(String::from_utf8_lossy(body)).to_string(),
            (Returned::Raw(body), _) => {
                use base64::Engine as _;
                serde_json::Value::from(base64::engine::general_purpose::STANDARD.encode(body)).to_string()
            }
            _ => "null".to_owned(),
        });
        format!("[{}]", parts.collect::<Vec<_>>().join(","))
    }
}
