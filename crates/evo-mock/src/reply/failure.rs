//! Errors in the form that hosts send (reference 8.1).

use super::{JSON, Reply};
use crate::schema::{Operation, Response, Schema};
use crate::values::convert::default_of;
use crate::values::json_writer::{Casing, Style, Writer, apply_casing};
use crate::values::{Value, csv, jsv, xml};

/// An error of a single member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FieldError {
    pub(crate) error_code: String,
    pub(crate) field_name: String,
    pub(crate) message: String,
    pub(crate) meta: Vec<(String, String)>,
}

/// The object that contains the status of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Envelope {
    /// Only the status, because the request was not bound.
    Bare,
    /// The response DTO with its defaults, because the service or a validator rejected the request.
    Response,
}

/// The reason phrase of an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reason {
    /// The standard phrase of the status.
    Standard,
    /// The error code.
    Code,
    Own(&'static str),
}

/// The error for a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Failure {
    pub(crate) status: u16,
    pub(crate) reason: Reason,
    pub(crate) error_code: Box<str>,
    pub(crate) message: String,
    pub(crate) errors: Vec<FieldError>,
    pub(crate) meta: Vec<(String, String)>,
    pub(crate) envelope: Envelope,
}

impl Failure {
    pub(crate) fn new(status: u16, error_code: &str, message: impl Into<String>) -> Self {
        Self {
            status,
            reason: Reason::Standard,
            error_code: error_code.into(),
            message: message.into(),
            errors: Vec::new(),
            meta: Vec::new(),
            envelope: Envelope::Bare,
        }
    }

    /// Creates the error for violated rules, with the code and message of the first violation.
    pub(crate) fn from_rules(errors: Vec<FieldError>) -> Option<Self> {
        let first = errors.first()?;
        let mut failure = Self::new(400, &first.error_code, first.message.clone()).thrown();
        failure.errors = errors;
        Some(failure)
    }

    /// Creates the error for invalid values in a query, path or form, with their names as they were sent.
    pub(crate) fn from_binding(operation: &str, values: Vec<(String, String)>) -> Self {
        let code = "SerializationException";
        let errors = values.into_iter().map(|(field_name, value)| FieldError {
            error_code: code.to_owned(),
            message: format!("'{value}' is an Invalid value for '{field_name}'"),
            field_name,
            meta: Vec::new(),
        });
        let mut failure = Self::new(400, code, format!("Unable to bind to request '{operation}'"));
        failure.errors = errors.collect();
        failure
    }

    /// Wraps the status in the response DTO and uses the code as the reason phrase, as for all errors that a service throws.
    pub(crate) fn thrown(mut self) -> Self {
        self.envelope = Envelope::Response;
        self.reason = Reason::Code;
        self
    }

    pub(crate) fn reason(mut self, reason: &'static str) -> Self {
        self.reason = Reason::Own(reason);
        self
    }

    /// Returns the reply as JSON, or as JSV if requested.
    pub(crate) fn reply(&self, schema: &Schema, operation: Option<&Operation>, style: Style, is_jsv: bool) -> Reply {
        // These statuses have no body.
        if matches!(self.status, 204 | 304) {
            return Reply::empty(self.status);
        }
        let body = self.body(schema, operation, style);
        self.with_reason(if is_jsv {
            Reply::with_body(self.status, "application/jsv", jsv::write(&body))
        } else {
            let mut text = String::new();
            Writer { schema, style }.any(&body, &mut text);
            Reply::with_body(self.status, JSON, text)
        })
    }

    /// Returns the reply as CSV.
    pub(crate) fn reply_csv(&self, schema: &Schema, operation: &Operation) -> Reply {
        let response = match &operation.response {
            Response::Json(shape) => schema.record(shape).filter(|_| self.envelope == Envelope::Response),
            _ => None,
        };
        let text = csv::write_status(response, &self.response_status(Casing::Camel));
        self.with_reason(Reply::with_body(self.status, "text/csv", text))
    }

    /// Returns the reply as XML.
    pub(crate) fn reply_xml(&self) -> Reply {
        let text = xml::write_error("ErrorResponse", &self.error_code, &self.message);
        self.with_reason(Reply::with_body(self.status, "application/xml", text))
    }

    fn with_reason(&self, reply: Reply) -> Reply {
        match self.reason {
            Reason::Standard => reply,
            Reason::Code => reply.reason(&*self.error_code),
            Reason::Own(reason) => reply.reason(reason),
        }
    }

    fn body(&self, schema: &Schema, operation: Option<&Operation>, style: Style) -> Value {
        let status = (apply_casing("ResponseStatus", style.casing), self.response_status(style.casing));
        let response = match (self.envelope, operation.map(|operation| &operation.response)) {
            (Envelope::Response, Some(Response::Json(shape))) => schema.record(shape),
            _ => None,
        };
        let Some(response) = response else { return Value::Object(vec![status]) };
        if response.find("ResponseStatus").is_none() {
            // A response type that is found by convention loses the status if it has no member for it.
            let is_conventional =
                operation.is_some_and(|operation| response.name == format!("{}Response", operation.name));
            return Value::Object(if is_conventional { Vec::new() } else { vec![status] });
        }
        let writer = Writer { schema, style };
        let values = response.members.iter().filter(|member| member.is_value);
        let mut members: Vec<_> =
            values.map(|member| (writer.member_name(member), default_of(schema, &member.shape))).collect();
        members.push(status);
        Value::Object(members)
    }

    fn response_status(&self, casing: Casing) -> Value {
        let member = |name: &str, value: Value| (apply_casing(name, casing), value);
        let text = |text: &str| Value::text(text);
        let map = |pairs: &[(String, String)]| {
            Value::Object(pairs.iter().map(|(key, value)| (key.clone(), text(value))).collect())
        };
        let errors = self.errors.iter().map(|error| {
            let mut members = vec![
                member("ErrorCode", text(&error.error_code)),
                member("FieldName", text(&error.field_name)),
                member("Message", text(&error.message)),
            ];
            if !error.meta.is_empty() {
                members.push(member("Meta", map(&error.meta)));
            }
            Value::Object(members)
        });
        let mut members = vec![
            member("ErrorCode", text(&self.error_code)),
            member("Message", text(&self.message)),
            member("Errors", Value::List(errors.collect())),
        ];
        if !self.meta.is_empty() {
            members.push(member("Meta", map(&self.meta)));
        }
        Value::Object(members)
    }
}
