//! Bodies of answers that are read as a whole.

use bytes::{Bytes, BytesMut};
use http::HeaderMap;
use http::header::CONTENT_LENGTH;

use crate::error::Error;
use crate::transport::ReplyBody;

/// How many bytes the body of an answer has, as its header says.
pub(super) fn announced_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.trim().parse().ok()
}

/// How reading a body ended.
pub(super) enum End {
    Complete,
    Limit,
    Broken(Error),
}

/// Reads a body, no further than a limit.
pub(super) async fn read_body(body: &mut ReplyBody, limit: usize) -> (Bytes, End) {
    let mut pieces = Pieces::default();
    let end = loop {
        match body.chunk().await {
            Ok(None) => break End::Complete,
            Ok(Some(piece)) if pieces.len() + piece.len() > limit => break End::Limit,
            Ok(Some(piece)) => pieces.push(piece),
            Err(error) => break End::Broken(Error::of_transport(&error)),
        }
    };
    (pieces.into_bytes(), end)
}

/// The pieces of a body, put together. Most answers are one piece, which is not copied.
#[derive(Default)]
pub(super) struct Pieces {
    first: Bytes,
    all: BytesMut,
}

impl Pieces {
    pub(super) fn push(&mut self, piece: Bytes) {
        if self.len() == 0 {
            self.first = piece;
            return;
        }
        self.all.extend_from_slice(&std::mem::take(&mut self.first));
        self.all.extend_from_slice(&piece);
    }

    fn len(&self) -> usize {
        self.first.len() + self.all.len()
    }

    pub(super) fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}
