//! A response whose body is handed over while it arrives.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use futures_util::{StreamExt as _, TryStreamExt as _};
use http::response::Parts;
use http::{HeaderMap, StatusCode, header};

use super::body::announced_length;
use crate::error::{Error, ErrorKind};
use crate::files::file_name;
use crate::transport::{Body, ByteStream};

/// A file or stream that a service returns, as it arrives.
pub struct Download {
    pub(super) operation: &'static str,
    pub(super) head: Parts,
    /// The rest of the body; `None` at its end, and after an error.
    body: Option<ByteStream>,
    start: u64,
    total: Option<u64>,
    limit: Option<Limit>,
}

/// How many bytes may arrive.
#[derive(Clone, Copy)]
struct Limit {
    bytes: u64,
    left: u64,
}

impl Download {
    pub(super) fn new(operation: &'static str, head: Parts, body: Body) -> Self {
        Self { operation, head, body: Some(body.into_stream()), start: 0, total: None, limit: None }
    }

    /// Marks it as a part of a file.
    pub(crate) fn set_part(&mut self, start: u64, total: Option<u64>) {
        (self.start, self.total) = (start, total);
    }

    /// Limits the number of bytes.
    pub(crate) fn set_limit(&mut self, limit: Option<u64>) -> Result<(), Error> {
        self.limit = limit.map(|bytes| Limit { bytes, left: bytes });
        match (limit, self.content_length()) {
            (Some(limit), Some(length)) if length > limit => Err(self.too_large(limit)),
            _ => Ok(()),
        }
    }

    fn too_large(&self, limit: u64) -> Error {
        Error::new(ErrorKind::TooLarge, format!("the download has more than {limit} bytes"))
            .with_hint("set another limit of the download")
            .during(self.operation)
    }

    /// The position in the file at which it starts: 0, unless a part was requested and the server sent it.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// The length of the whole file, if the server announces it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        if self.status() == StatusCode::PARTIAL_CONTENT { self.total } else { self.content_length() }
    }

    /// The status: 200, or 206 for a part.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// The content type. Servers label bytes as JSON if the service does not say what they are.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// The length of this response, if the server announces it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        announced_length(self.headers())
    }

    /// The name of the file, without folders that a server may have put before it. Servers leave it out if it is not ASCII.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        file_name(self.headers().get(header::CONTENT_DISPOSITION)?)
    }

    /// The next chunk; `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or more arrives than the limit allows.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.try_next().await
    }

    /// Everything that is still to come, in memory.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or more arrives than the limit allows.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let first = self.chunk().await?.unwrap_or_default();
        let Some(second) = self.chunk().await? else { return Ok(first) };
        let mut bytes = BytesMut::from(first);
        bytes.extend_from_slice(&second);
        while let Some(chunk) = self.chunk().await? {
            bytes.extend_from_slice(&chunk);
        }
        Ok(bytes.freeze())
    }

    /// Checks a chunk against the limit.
    fn check(&mut self, chunk: &Bytes) -> Result<(), Error> {
        let Some(limit) = &mut self.limit else { return Ok(()) };
        match limit.left.checked_sub(chunk.len() as u64) {
            Some(left) => {
                limit.left = left;
                Ok(())
            }
            None => {
                let bytes = limit.bytes;
                Err(self.too_large(bytes))
            }
        }
    }
}

/// The chunks, until the end or an error.
impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(body) = &mut self.body else { return Poll::Ready(None) };
        body.poll_next_unpin(context).map(|chunk| {
            let chunk = chunk.map(|chunk| match chunk {
                Ok(chunk) => self.check(&chunk).map(|()| chunk),
                Err(error) => Err(Error::from(error).during(self.operation)),
            });
            if !matches!(chunk, Some(Ok(_))) {
                self.body = None;
            }
            chunk
        })
    }
}

impl fmt::Debug for Download {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Download")
            .field("operation", &self.operation)
            .field("status", &self.status())
            .field("headers", self.headers())
            .field("start", &self.start)
            .field("total", &self.total)
            .finish_non_exhaustive()
    }
}
