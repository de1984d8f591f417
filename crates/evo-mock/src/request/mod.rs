//! Processes a request, from its bytes to the value of its DTO.

pub(crate) mod body;
pub(crate) mod parameters;
pub(crate) mod rules;

use http::{HeaderMap, Method};

/// A received request with its decoded body.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    pub(crate) method: Method,
    /// The encoded path in the request line, without the query.
    pub(crate) path: String,
    pub(crate) query: Vec<(String, String)>,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

impl Request {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// Returns the value of a query parameter, ignoring the case of its name.
    pub(crate) fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// Returns the verb in `X-Http-Method-Override`. The header takes precedence over the query parameter.
    pub(crate) fn override_verb(&self) -> Option<&str> {
        self.header("x-http-method-override").or_else(|| self.parameter("X-Http-Method-Override"))
    }

    /// Returns the media type of the body, in lower case and without parameters.
    pub(crate) fn media_type(&self) -> String {
        let header = self.header("content-type").unwrap_or_default();
        header.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
    }

    /// Whether the host sees the body. It ignores chunked JSON unless the body is compressed.
    pub(crate) fn has_visible_body(&self) -> bool {
        let is_chunked = self.headers.contains_key("transfer-encoding") && !self.headers.contains_key("content-length");
        !self.body.is_empty() && (!is_chunked || self.headers.contains_key("content-encoding"))
    }
}
