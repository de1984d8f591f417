//! Responses whose body is streamed.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll};

use bytes::Bytes;
use futures_core::Stream;
use futures_core::stream::BoxStream;
use futures_util::stream::{self, StreamExt as _, TryStreamExt as _};
use http::response::Parts;
use http::{HeaderMap, StatusCode, header};

use super::body::announced_length;
use crate::error::{Error, ErrorKind};
use crate::files::file_name;
use crate::transport::{Body, End, read_chunks};

/// A file or stream returned by a service. Its body is a [`Stream`] of chunks.
pub struct Download {
    pub(super) operation: &'static str,
    pub(super) head: Parts,
    /// The rest of the body. The connection is released at its end or after an error.
    body: BoxStream<'static, Result<Bytes, Error>>,
    pub(crate) start: u64,
    /// The length of the whole file, if the body is a part of it.
    pub(crate) total: Option<u64>,
}

impl Download {
    pub(super) fn new(operation: &'static str, head: Parts, body: Body) -> Self {
        let body = stream::try_unfold(body.into_stream(), move |mut body| async move {
            let chunk = body.try_next().await.map_err(|error| Error::from(error).during(operation))?;
            Ok(chunk.map(|chunk| (chunk, body)))
        });
        Self { operation, head, body: body.boxed(), start: 0, total: None }
    }

    /// Makes the download fail if more than `limit` bytes arrive.
    pub(crate) fn limited(mut self, limit: u64) -> Result<Self, Error> {
        let operation = self.operation;
        let too_large = move || {
            Error::new(ErrorKind::TooLarge, format!("the download has more than {limit} bytes"))
                .with_hint("set another limit of the download")
                .during(operation)
        };
        if self.content_length().is_some_and(|length| length > limit) {
            return Err(too_large());
        }
        let body = stream::try_unfold((self.body, limit), move |(mut body, left)| async move {
            let Some(chunk) = body.try_next().await? else { return Ok(None) };
            let left = left.checked_sub(chunk.len() as u64).ok_or_else(too_large)?;
            Ok(Some((chunk, (body, left))))
        });
        self.body = body.boxed();
        Ok(self)
    }

    /// Returns the position in the file at which the body starts: 0 unless a part was requested and the server sent it.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// Returns the length of the whole file, if the server announces it.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        if self.status() == StatusCode::PARTIAL_CONTENT { self.total } else { self.content_length() }
    }

    /// Returns the status: 200, or 206 for a part.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.head.status
    }

    /// Returns the headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.head.headers
    }

    /// Returns the content type. Servers label bytes as JSON if the service does not specify a type.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers().get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the length of this response, if the server announces it.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        announced_length(self.headers())
    }

    /// Returns the file name without its folders. Servers leave out names that are not ASCII.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        file_name(self.headers().get(header::CONTENT_DISPOSITION)?)
    }

    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or if more arrives than the limit allows.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        self.try_next().await
    }

    /// Reads the rest of the body into memory.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or if more arrives than the limit allows.
    pub async fn bytes(self) -> Result<Bytes, Error> {
        match read_chunks(self.body, usize::MAX).await {
            (_, End::Broken(error)) => Err(error),
            (bytes, _) => Ok(bytes),
        }
    }
}

/// Yields the chunks of the body, up to its end or an error.
impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.body.poll_next_unpin(context)
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
