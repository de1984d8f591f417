//! Downloads as readers.

use std::io::{self, Read};
use std::ops::Deref;

use bytes::{Buf, Bytes};

use super::runtime::Runtime;
use crate::error::{Error, ErrorKind};

/// A response body that is read as it arrives. Status, headers and file name are methods of the async [`Download`](crate::Download).
///
/// See [`guide::files`](crate::guide::files#without-an-async-runtime).
#[derive(Debug)]
pub struct Download {
    pub(super) runtime: Runtime,
    pub(super) arriving: crate::Download,
    /// The bytes that have arrived but have not been read yet.
    pub(super) rest: Bytes,
}

impl Download {
    /// Returns the next chunk, or `None` at the end.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or if more arrives than the limit allows.
    pub fn chunk(&mut self) -> Result<Option<Bytes>, Error> {
        if self.rest.is_empty() {
            self.runtime.wait(self.arriving.chunk())?
        } else {
            Ok(Some(std::mem::take(&mut self.rest)))
        }
    }

    /// Reads the rest of the download into memory.
    ///
    /// # Errors
    ///
    /// If the connection breaks, or if more arrives than the limit allows.
    pub fn bytes(self) -> Result<Bytes, Error> {
        let Self { runtime, arriving, rest } = self;
        let bytes = runtime.wait(arriving.bytes())??;
        if rest.is_empty() { Ok(bytes) } else { Ok([rest, bytes].concat().into()) }
    }
}

impl Deref for Download {
    type Target = crate::Download;

    fn deref(&self) -> &Self::Target {
        &self.arriving
    }
}

/// Errors of the reader wrap the [`Error`] of the download.
impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        while self.rest.is_empty() {
            match self.chunk().map_err(unreadable)? {
                Some(piece) => self.rest = piece,
                None => return Ok(0),
            }
        }
        let count = buffer.len().min(self.rest.len());
        let (filled, _) = buffer.split_at_mut(count);
        self.rest.copy_to_slice(filled);
        Ok(count)
    }
}

fn unreadable(error: Error) -> io::Error {
    let kind = match error.kind() {
        ErrorKind::Timeout => io::ErrorKind::TimedOut,
        // `io::ErrorKind::Interrupted` asks the caller to retry, which cannot succeed here.
        ErrorKind::Interrupted => io::ErrorKind::ConnectionAborted,
        ErrorKind::TooLarge => io::ErrorKind::FileTooLarge,
        _ => io::ErrorKind::Other,
    };
    io::Error::new(kind, error)
}
