//! The files of an upload.

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::Body;

/// A file of an upload: its name, its type, and where its bytes are.
#[derive(Debug, Clone)]
#[must_use = "a file travels with an upload"]
pub struct FilePart {
    pub(super) field: Option<String>,
    pub(super) name: String,
    pub(super) content_type: Option<String>,
    pub(super) content: Body,
}

impl FilePart {
    /// A file in memory. Of its name the folders are left out.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::body(name, Body::from(bytes.into()))
    }

    /// A file that is made while it is sent. It can be sent once; with its length, in bytes, the server learns how much there is to come.
    pub fn stream<S, E>(name: impl Into<String>, length: Option<u64>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::body(name, Body::from_stream(length, stream))
    }

    /// A file from a body, which perhaps can be sent again.
    pub fn body(name: impl Into<String>, content: impl Into<Body>) -> Self {
        let (name, content) = (name.into(), content.into());
        let name = name.rsplit(['/', '\\']).next().unwrap_or_default().to_owned();
        Self { field: None, name, content_type: None, content }
    }

    /// The name of its field; `file` where there is one file, else `upload0`, `upload1` and so on, unless this says otherwise.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Its content type; by the end of its name unless this says otherwise.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Its content type.
    pub(super) fn type_of_content(&self) -> &str {
        self.content_type.as_deref().unwrap_or_else(|| by_extension(&self.name))
    }
}

/// The content types of the files that services mostly deal in.
fn by_extension(name: &str) -> &'static str {
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension).to_ascii_lowercase();
    match extension.as_str() {
        "txt" | "log" => "text/plain",
        "csv" => "text/csv",
        "htm" | "html" => "text/html",
        "css" => "text/css",
        "md" => "text/markdown",
        "json" => "application/json",
        "xml" => "application/xml",
        "pdf" => "application/pdf",
        "zip" => "application/zip",
        "gz" => "application/gzip",
        "doc" => "application/msword",
        "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "xls" => "application/vnd.ms-excel",
        "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "png" => "image/png",
        "jpg" | "jpeg" => "image/jpeg",
        "gif" => "image/gif",
        "svg" => "image/svg+xml",
        "webp" => "image/webp",
        "mp3" => "audio/mpeg",
        "wav" => "audio/wav",
        "ogg" => "audio/ogg",
        "m4a" => "audio/mp4",
        "mp4" => "video/mp4",
        "webm" => "video/webm",
        _ => "application/octet-stream",
    }
}
