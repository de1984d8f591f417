//! Samples for other tools: requests, responses and calls of an operation.

use evo_model::api::Api;
use serde_json::Value as Json;

use crate::page::curl;
use crate::sample::Sampler;
use crate::schema::{Response, Schema, Shape, schema_of};
use crate::values::Value;
use crate::values::json_writer::{Casing, Style, Writer};

/// Sample requests and responses of a service, as a host with `System.Text.Json` writes them.
#[derive(Debug)]
pub struct Samples {
    schema: Schema,
    casing: Casing,
    folder: &'static str,
}

impl Samples {
    /// Creates samples of a service from its model.
    #[must_use]
    pub fn of(api: &Api, casing: Casing) -> Self {
        Self { schema: schema_of(api), casing, folder: api.folder_of_names() }
    }

    /// Returns a request with all members set, or `None` if the service has no such operation.
    #[must_use]
    pub fn request(&self, operation: &str) -> Option<Json> {
        let operation = self.schema.operation(operation)?;
        self.json(&operation.request, &self.sampler(None).request(operation))
    }

    /// Returns the response to that request, or `None` if there is no such operation or its response is not JSON.
    #[must_use]
    pub fn response(&self, operation: &str) -> Option<Json> {
        let operation = self.schema.operation(operation)?;
        let Response::Json(shape) = &operation.response else { return None };
        let request = self.sampler(None).request(operation);
        self.json(shape, &self.sampler(Some(&request)).response(shape, operation))
    }

    /// Returns the call of that request as a curl command, to the host at `base`.
    #[must_use]
    pub fn curl(&self, operation: &str, base: &str) -> Option<String> {
        let operation = self.schema.operation(operation)?;
        let line = curl::line(operation, self.folder, &self.sampler(None).request(operation), &self.writer());
        Some(line.replace("{base}", base.trim_end_matches('/')))
    }

    /// Returns the call of the operation as a line of Rust.
    #[must_use]
    pub fn rust(&self, operation: &str) -> Option<&str> {
        Some(&self.schema.operation(operation)?.rust)
    }

    fn sampler<'a>(&'a self, request: Option<&'a Value>) -> Sampler<'a> {
        Sampler::new(&self.schema, request, true)
    }

    fn writer(&self) -> Writer<'_> {
        Writer { schema: &self.schema, style: Style { is_strict: true, casing: self.casing, iso_dates: true } }
    }

    fn json(&self, shape: &Shape, value: &Value) -> Option<Json> {
        serde_json::from_str(&self.writer().write(shape, value)).ok()
    }
}
