//! An answer that is no error.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::Download;
use super::body::{End, read_body};
use crate::auth::is_confidential;
use crate::error::{Error, ErrorKind, content_type, is_jsv};
use crate::facts::Format;
use crate::transport::ReplyBody;
use crate::wire::{Wire, json, jsv};

/// An answer whose status is no error.
#[derive(Debug)]
pub struct Reply {
    pub(super) operation: &'static str,
    /// In which format it was asked for.
    pub(super) format: Format,
    pub(super) status: StatusCode,
    pub(super) reason: Option<String>,
    pub(super) headers: HeaderMap,
    pub(super) content: Content,
}

/// The body of an answer.
pub(super) enum Content {
    Whole(Bytes),
    /// The JSON of one answer of a batch, where text and bytes are JSON too.
    Item(Bytes),
    Arriving(ReplyBody),
}

impl std::fmt::Debug for Content {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(bytes) | Self::Item(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Arriving(_) => f.write_str("a stream"),
        }
    }
}

impl Reply {
    /// The C# name of the operation.
    pub(crate) fn operation(&self) -> &'static str {
        self.operation
    }

    /// The status.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The reason phrase; HTTP/2 has none.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The body; empty where the operation answers a stream.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        match &self.content {
            Content::Whole(bytes) | Content::Item(bytes) => bytes,
            Content::Arriving(_) => &[],
        }
    }

    /// Decodes the body, JSON or JSV by its content type; an empty body is the default.
    ///
    /// # Errors
    ///
    /// When the body does not fit; the error names the path to what did not.
    pub fn decode<T: Wire + Default>(&self) -> Result<T, Error> {
        let mut value = T::default();
        // `?` would be a function more for each type.
        match self.decode_into(&mut value) {
            Ok(()) => Ok(value),
            Err(error) => Err(error),
        }
    }

    fn decode_into(&self, value: &mut dyn Wire) -> Result<(), Error> {
        let body = self.body();
        let body = body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body);
        let start = body.trim_ascii_start();
        if start.is_empty() {
            return Ok(());
        }
        let content_type = content_type(&self.headers);
        if is_jsv(content_type) {
            return jsv::read_slice(body, value).map_err(|error| self.unreadable(self.shown(&error)));
        }
        if start.starts_with(b"<") {
            let content_type = content_type.to_ascii_lowercase();
            let message = format!("the server answered a page ({content_type}) where {} was expected", self.format);
            return Err(self.unreadable(message).with_hint(
                "it writes pages when the header Accept is lost on the way, or when the base URL is not that of the service",
            ));
        }
        json::read_slice(body, value).map_err(|error| self.unreadable(self.shown(&error)))
    }

    /// What is said about a body that could not be read. The bytes around the fault may be part of a token.
    fn shown(&self, error: &dyn std::fmt::Display) -> String {
        if is_confidential(self.operation) {
            return "the body could not be read; it may hold secrets and is not shown".to_owned();
        }
        error.to_string()
    }

    pub(crate) fn unreadable(&self, message: String) -> Error {
        let body = Bytes::copy_from_slice(self.body());
        Error::new(ErrorKind::Decode, message)
            .with_answer(self.status, self.reason.clone(), self.headers.clone(), &body)
            .during(self.operation)
    }

    /// The whole body as text, never decoded.
    ///
    /// # Errors
    ///
    /// When the body is no UTF-8.
    pub fn into_text(self) -> Result<String, Error> {
        if let Content::Item(_) = self.content {
            return self.decode();
        }
        match std::str::from_utf8(self.body()) {
            Ok(text) => Ok(text.to_owned()),
            Err(error) => Err(self.unreadable(format!("the body is no UTF-8: {error}"))),
        }
    }

    /// The whole body; empty where the operation answers a stream.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        match self.content {
            Content::Whole(bytes) | Content::Item(bytes) => bytes,
            Content::Arriving(_) => Bytes::new(),
        }
    }

    /// The bytes that the operation answers: the whole body, or base64 in an answer of a batch.
    pub(crate) fn into_answered_bytes(self) -> Result<Bytes, Error> {
        match self.content {
            Content::Item(_) => self.decode(),
            _ => Ok(self.into_bytes()),
        }
    }

    /// One answer of a batch.
    pub(crate) fn item(&self, json: Bytes) -> Self {
        let (reason, headers) = (self.reason.clone(), HeaderMap::new());
        Self { reason, headers, content: Content::Item(json), ..*self }
    }

    /// The same answer with its body in memory.
    pub(super) async fn whole(self, limit: usize) -> Result<Self, Error> {
        let Content::Arriving(mut body) = self.content else { return Ok(self) };
        let (body, end) = read_body(&mut body, limit).await;
        match end {
            End::Complete | End::Limit => Ok(Self { content: Content::Whole(body), ..self }),
            End::Broken(error) => Err(error.during(self.operation)),
        }
    }

    /// The body as it arrives.
    #[must_use]
    pub fn into_download(self) -> Download {
        let body = match self.content {
            Content::Whole(bytes) | Content::Item(bytes) => ReplyBody::from(bytes),
            Content::Arriving(body) => body,
        };
        Download::new(self.operation, self.status, self.headers, body)
    }
}
