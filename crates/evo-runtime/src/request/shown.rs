//! A request as it may be shown.

use http::Method;

use super::PreparedRequest;
use super::long_get::METHOD_OVERRIDE;
use crate::transport::Body;
use crate::wire::SECRET;

/// A request as it may be shown to a person; made by [`PreparedRequest::shown`].
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ShownRequest {
    /// The method that is sent.
    pub method: Method,
    /// The URL with its query.
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
    /// There is none.
    Empty,
    /// It is text.
    Text(String),
    /// It is not text, or a stream. The length is in bytes; `None` if it is not known.
    Bytes(Option<u64>),
    /// It is a form with files, `multipart/form-data`.
    Form(Vec<ShownPart>),
}

/// A part of a form that may be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum ShownPart {
    /// A field with its text.
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
        /// The length in bytes; `None` if it is not known.
        length: Option<u64>,
    },
}

/// The parts of a form, for people.
#[derive(Debug, Clone)]
pub(crate) struct ShownForm {
    /// All that is sent, with secrets.
    pub(crate) parts: Vec<ShownPart>,
    /// The same without secrets.
    pub(crate) redacted_parts: Vec<ShownPart>,
}

impl PreparedRequest {
    /// The request as it may be shown. Secret members and header values that may be secret are shown as `<secret>`. Credentials and cookies
    /// of the client are not part of it. A body that may repeat secrets is shown by its length, and a form by its parts.
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
