//! An answer that is handed over while it arrives.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use http::{HeaderMap, StatusCode, header};

use super::body::Pieces;
use crate::error::{Error, ErrorKind};
use crate::files::file_name;
use crate::transport::{BoxFuture, ReplyBody, TransportError};

/// A file or stream that a service answers, as it arrives.
#[derive(Debug)]
pub struct Download {
    operation: &'static str,
    status: StatusCode,
    headers: HeaderMap,
    /// None while a piece is awaited by the stream.
    body: Option<ReplyBody>,
    /// The piece that the stream awaits.
    next: Option<NextPiece>,
    start: u64,
    total: Option<u64>,
    /// How many bytes may still come, and how many might at first.
    limit: Option<(u64, u64)>,
}

/// A piece, and the body that it comes from.
struct NextPiece(BoxFuture<'static, (ReplyBody, Result<Option<Bytes>, TransportError>)>);

impl std::fmt::Debug for NextPiece {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a piece that is awaited")
    }
}

impl Download {
    pub(super) fn new(operation: &'static str, status: StatusCode, headers: HeaderMap, body: ReplyBody) -> Self {
        Self { operation, status, headers, body: Some(body), next: None, start: 0, total: None, limit: None }
    }

    /// It is a part of a file.
    pub(crate) fn set_part(&mut self, start: u64, total: Option<u64>) {
        (self.start, self.total) = (start, total);
    }

    /// No more than so many bytes may come.
    pub(crate) fn set_limit(&mut self, limit: Option<u64>) -> Result<(), Error> {
        self.limit = limit.map(|limit| (limit, limit));
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

    /// With which byte of the file it starts: 0, unless a part was asked for and came.
    #[must_use]
    pub fn start(&self) -> u64 {
        self.start
    }

    /// How many bytes the whole file has, where the server says so.
    #[must_use]
    pub fn total(&self) -> Option<u64> {
        if self.status == StatusCode::PARTIAL_CONTENT { self.total } else { self.content_length() }
    }

    /// The status: 200, or 206 for a part.
    #[must_use]
    pub fn status(&self) -> u16 {
        self.status.as_u16()
    }

    /// The headers.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The content type. Servers label bytes as JSON where the service did not say what they are.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.headers.get(header::CONTENT_TYPE)?.to_str().ok()
    }

    /// How many bytes are to come, where the server says so.
    #[must_use]
    pub fn content_length(&self) -> Option<u64> {
        self.headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
    }

    /// The name of the file, without the folders that a server may have put before it. Servers leave it out when it is not ASCII.
    #[must_use]
    pub fn file_name(&self) -> Option<String> {
        file_name(self.headers.get(header::CONTENT_DISPOSITION)?)
    }

    /// The next piece; none at the end.
    ///
    /// # Errors
    ///
    /// When the connection breaks, or more comes than the limit allows.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        poll_fn(|context| self.poll_chunk(context)).await.transpose()
    }

    fn poll_chunk(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, Error>>> {
        if let Some(mut body) = self.body.take() {
            self.next = Some(NextPiece(Box::pin(async move {
                let piece = body.chunk().await;
                (body, piece)
            })));
        }
        // After the end, and after an error, there is neither.
        let Some(NextPiece(next)) = &mut self.next else { return Poll::Ready(None) };
        let (body, piece) = ready!(next.as_mut().poll(context));
        self.next = None;
        let piece = piece.map_err(|error| Error::of_transport(&error).during(self.operation));
        let piece = piece.and_then(|piece| match (&piece, &mut self.limit) {
            (Some(bytes), Some((left, limit))) => match left.checked_sub(bytes.len() as u64) {
                Some(rest) => {
                    *left = rest;
                    Ok(piece)
                }
                None => Err(*limit),
            }
            .map_err(|limit| self.too_large(limit)),
            _ => Ok(piece),
        });
        if let Ok(Some(_)) = piece {
            self.body = Some(body);
        }
        Poll::Ready(piece.transpose())
    }

    /// Everything that is still to come, in memory, whatever its size.
    ///
    /// # Errors
    ///
    /// When the connection breaks.
    pub async fn bytes(mut self) -> Result<Bytes, Error> {
        let mut pieces = Pieces::default();
        while let Some(piece) = self.chunk().await? {
            pieces.push(piece);
        }
        Ok(pieces.into_bytes())
    }
}

/// The pieces, until the end or an error.
impl Stream for Download {
    type Item = Result<Bytes, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_chunk(context)
    }
}
