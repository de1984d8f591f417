//! Local files, read and written with tokio.

use std::io;
use std::path::{Path, PathBuf};

use bytes::{Bytes, BytesMut};
use futures_util::{StreamExt as _, stream};
use tokio::fs::File;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt};

use super::{FilePart, unreadable};
use crate::client::Download;
use crate::error::{Error, ErrorKind};
use crate::transport::{Body, TransportError};

/// The number of bytes to read at once.
const CHUNK_SIZE: usize = 64 * 1024;

impl FilePart {
    /// Creates a file from a local path. It is read while it is sent, and can be sent again.
    ///
    /// # Errors
    ///
    /// If there is no such file, or if its size is unknown.
    pub async fn path(path: impl AsRef<Path>) -> io::Result<Self> {
        let path = path.as_ref().to_owned();
        let length = tokio::fs::metadata(&path).await?.len();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let open = move || stream::try_unfold(Source::Path(path.clone()), next_piece).boxed();
        Ok(Self::body(name, Body::replayable(Some(length), open)))
    }

    /// Creates a file from a reader. It is read while it is sent, and can be sent only once. `length` is in bytes.
    pub fn reader(
        name: impl Into<String>,
        length: Option<u64>,
        reader: impl AsyncRead + Send + Unpin + 'static,
    ) -> Self {
        Self::body(name, Body::from_stream(length, stream::try_unfold(Source::Open(Box::new(reader)), next_piece)))
    }
}

/// Where a file is read from.
enum Source {
    Path(PathBuf),
    Open(Box<dyn AsyncRead + Send + Unpin>),
}

/// Returns the next chunk of a file and where to continue, or `None` at the end.
async fn next_piece(source: Source) -> Result<Option<(Bytes, Source)>, TransportError> {
    let mut reader: Box<dyn AsyncRead + Send + Unpin> = match source {
        Source::Path(path) => Box::new(File::open(path).await.map_err(unreadable)?),
        Source::Open(reader) => reader,
    };
    let mut piece = BytesMut::with_capacity(CHUNK_SIZE);
    let count = reader.read_buf(&mut piece).await.map_err(unreadable)?;
    Ok((count > 0).then(|| (piece.freeze(), Source::Open(reader))))
}

impl Download {
    /// Writes the rest of the download to a writer, and returns the number of bytes.
    ///
    /// # Errors
    ///
    /// If the connection breaks, if more arrives than the limit allows, or if the writer fails.
    pub async fn write_to(&mut self, writer: &mut (impl AsyncWrite + Unpin)) -> Result<u64, Error> {
        let mut count = 0;
        while let Some(piece) = self.chunk().await? {
            writer.write_all(&piece).await.map_err(|error| unwritable(&error))?;
            count += piece.len() as u64;
        }
        writer.flush().await.map_err(|error| unwritable(&error))?;
        Ok(count)
    }

    /// Writes the rest of the download to a new file, and returns the number of bytes. An interrupted download can be
    /// [resumed](super::DownloadCall::resume_from).
    ///
    /// # Errors
    ///
    /// As for [`write_to`](Self::write_to), and if the file already exists.
    pub async fn save(&mut self, path: impl AsRef<Path>) -> Result<u64, Error> {
        let mut options = tokio::fs::OpenOptions::new();
        let mut file = options.write(true).create_new(true).open(path).await.map_err(|error| unwritable(&error))?;
        self.write_to(&mut file).await
    }
}

fn unwritable(error: &io::Error) -> Error {
    Error::new(ErrorKind::Write, format!("the download cannot be written: {error}"))
}
