//! A response that is not an error.

use bytes::Bytes;
use http::response::Parts;
use http::{HeaderMap, StatusCode};

use super::Download;
use crate::error::{Error, ErrorKind, begins_with_status, content_type, failed_while_writing, is_jsv};
use crate::facts::Format;
use crate::transport::{Body, End, ReasonPhrase, read_chunks};
use crate::wire::encode::may_be_null;
use crate::wire::json::without_mark;
use crate::wire::{Decode, ReadError, Wire, charset, json, jsv};

/// A response whose status is not an error.
#[derive(Debug)]
pub struct Reply {
    pub(crate) operation: &'static str,
    /// The format requested.
    pub(super) format: Format,
    pub(super) head: Parts,
    pub(super) content: ReplyBody,
}

/// The body of a response.
pub(super) enum ReplyBody {
    Whole(Bytes),
    /// The JSON of one item of a batch response, in which even text and bytes are JSON.
    Item(Bytes),
    Arriving(Body),
}

impl std::fmt::Debug for ReplyBody {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Whole(bytes) | Self::Item(bytes) => write!(f, "{} bytes", bytes.len()),
            Self::Arriving(_) => f.write_str("a stream"),
        }
    }
}

impl Reply {
    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the reason phrase, if it is not the standard one; HTTP/2 has none.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        ReasonPhrase::of(&self.head.extensions)
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the body, which is empty if it is streamed.
    #[must_use]
    pub fn body(&self) -> &[u8] {
        match &self.content {
            ReplyBody::Whole(bytes) | ReplyBody::Item(bytes) => bytes,
            ReplyBody::Arriving(_) => &[],
        }
    }

    /// Decodes the body as JSON or JSV, depending on its content type. An empty body is the default value.
    ///
    /// # Errors
    ///
    /// If the body does not match the type. The error contains the path to the value that does not.
    pub fn decode<T: Wire>(&self) -> Result<T, Error> {
        let mut value = T::default();
        if self.decode_into(&mut value)? || may_be_null(&value) {
            return Ok(value);
        }
        Err(self.unreadable("the body is `null`".to_owned()))
    }

    /// Returns whether there was a value. An empty body is the default value.
    fn decode_into(&self, value: &mut dyn Decode) -> Result<bool, Error> {
        let content_type = content_type(self.headers());
        let body = charset::to_utf8(self.body(), content_type);
        let body = without_mark(&body);
        let start = body.trim_ascii_start();
        if start.is_empty() {
            value.absent();
            return Ok(true);
        }
        if is_jsv(content_type) {
            let is_there = jsv::read_slice(body, value).map_err(|error| self.undecodable(error))?;
            // An unquoted JSV string may have swallowed the status of a server that failed while writing.
            return match failed_while_writing(&self.head, self.body()) {
                Some(_) if !begins_with_status(body) => {
                    Err(self.undecodable(ReadError::new("the document breaks off")))
                }
                _ => Ok(is_there),
            };
        }
        if start.starts_with(b"<") {
            let content_type = content_type.to_ascii_lowercase();
            let message = format!("the server answered a page ({content_type}) where {} was expected", self.format);
            return Err(self.unreadable(message).with_hint(
                "servers send pages if the header Accept is lost on the way, or if the base URL is not that of the service",
            ));
        }
        json::read_slice(body, value).map_err(|error| self.undecodable(error))
    }

    /// Returns the error for a body that could not be decoded. Messages contain no values of the body, since they may be secrets.
    pub(crate) fn undecodable(&self, error: ReadError) -> Error {
        match failed_while_writing(&self.head, self.body()) {
            Some(failure) => failure.during(self.operation).with_read_error(error),
            None => self.unreadable(error.to_string()).with_read_error(error),
        }
    }

    pub(crate) fn unreadable(&self, message: String) -> Error {
        let body = Bytes::copy_from_slice(self.body());
        Error::new(ErrorKind::Decode, message).with_answer(self.head.clone(), &body).during(self.operation)
    }

    /// Returns the whole body as text, without decoding it from JSON. The encoding is that of its byte order mark or content type, or UTF-8
    /// by default.
    ///
    /// # Errors
    ///
    /// If the body is not valid in that encoding, or if the encoding is unknown.
    pub fn into_text(self) -> Result<String, Error> {
        if let ReplyBody::Item(_) = self.content {
            return self.decode();
        }
        charset::decode(self.body(), content_type(self.headers())).map_err(|message| self.unreadable(message))
    }

    /// Returns the whole body, which is empty if it is streamed.
    #[must_use]
    pub fn into_bytes(self) -> Bytes {
        match self.content {
            ReplyBody::Whole(bytes) | ReplyBody::Item(bytes) => bytes,
            ReplyBody::Arriving(_) => Bytes::new(),
        }
    }

    /// Returns the bytes that the operation returned: the whole body, or base64 in an item of a batch response.
    pub(crate) fn into_answered_bytes(self) -> Result<Bytes, Error> {
        match self.content {
            ReplyBody::Item(_) => self.decode(),
            _ => Ok(self.into_bytes()),
        }
    }

    /// Returns one item of a batch response.
    pub(crate) fn item(&self, json: Bytes) -> Self {
        let mut head = self.head.clone();
        head.headers = HeaderMap::new();
        Self { operation: self.operation, format: self.format, head, content: ReplyBody::Item(json) }
    }

    /// Reads the body into memory, up to a limit.
    pub(super) async fn whole(self, limit: usize) -> Result<Self, Error> {
        let ReplyBody::Arriving(body) = self.content else { return Ok(self) };
        match read_chunks(body.into_stream(), limit).await {
            (_, End::Broken(error)) => Err(Error::from(error).during(self.operation)),
            (body, _) => Ok(Self { content: ReplyBody::Whole(body), ..self }),
        }
    }

    /// Returns the body as a stream.
    #[must_use]
    pub fn into_download(self) -> Download {
        let body = match self.content {
            ReplyBody::Whole(bytes) | ReplyBody::Item(bytes) => Body::from(bytes),
            ReplyBody::Arriving(body) => body,
        };
        Download::new(self.operation, self.head, body)
    }
}
