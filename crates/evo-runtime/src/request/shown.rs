//! Requests for display, without secrets.

use http::Method;

use super::PreparedRequest;
use super::long_get::METHOD_OVERRIDE;
use crate::transport::Body;
use crate::wire::SECRET;

/// A redacted request for display, created by [`PreparedRequest::shown`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownRequest {
    /// The method.
    pub method: Method,
    /// The URL, including its query.
    pub url: String,
    /// The names and values of the headers, without those that a transport adds itself.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: ShownBody,
}

/// The body of a [`ShownRequest`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownBody {
    /// No body.
    Empty,
    /// Text.
    Text(String),
    /// Binary data or a stream. The length is in bytes; `None` if it is unknown.
    Bytes(Option<u64>),
    /// A form with files, `multipart/form-data`.
    Form(Vec<ShownPart>),
}

/// A part of a [`ShownBody::Form`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownPart {
    /// A text field.
    Field {
        /// The name of the part.
        name: String,
        /// The text, or `<secret>`.
        value: String,
    },
    /// A file.
    File {
        /// The name of the part.
        name: String,
        /// The name of the file.
        file_name: String,
        /// The content type.
        content_type: String,
        /// The length in bytes; `None` if it is unknown.
        length: Option<u64>,
    },
}

/// The parts of a form, for display.
#[derive(Debug, Clone)]
pub(crate) struct ShownForm {
    /// The parts including secrets.
    pub(crate) parts: Vec<ShownPart>,
    /// The parts without secrets.
    pub(crate) redacted_parts: Vec<ShownPart>,
}

impl PreparedRequest {
    /// Returns the request for display. Secret members and header values that may be secret are replaced by `<secret>`. Credentials and
    /// cookies of the client are not included. For a body that may contain secrets only the length is shown, and for a form its parts.
    #[must_use]
    pub fn shown(&self) -> ShownRequest {
        self.shown_with(false)
    }

    pub(super) fn shown_with(&self, secrets: bool) -> ShownRequest {
        let (url, body) = if secrets { (&self.url, Some(&self.body)) } else { (self.shown_url(), self.shown_body()) };
        let mut headers: Vec<(String, String)> = Vec::new();
        for (name, value) in &self.headers {
            let is_secret = value.is_sensitive() && !secrets;
            let value = if is_secret { SECRET.into() } else { String::from_utf8_lossy(value.as_bytes()) };
            headers.push((name.to_string(), value.into_owned()));
        }
        let mut method = self.method.clone();
        if self.is_long_get() {
            method = Method::POST;
            headers.push((METHOD_OVERRIDE.to_string(), "GET".to_owned()));
        }
        let text = body.and_then(Body::as_bytes).and_then(|bytes| std::str::from_utf8(bytes).ok());
        let body = match (&self.form, text) {
            (Some(form), _) => ShownBody::Form(if secrets { form.parts.clone() } else { form.redacted_parts.clone() }),
            _ if self.body.is_empty() => ShownBody::Empty,
            (None, Some(text)) => ShownBody::Text(text.to_owned()),
            (None, None) => ShownBody::Bytes(self.body.length()),
        };
        ShownRequest { method, url: url.to_string(), headers, body }
    }
}
