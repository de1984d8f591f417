//! The files of an upload.

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::Body;

/// A file to upload: its name, content type and content.
#[derive(Debug, Clone)]
#[must_use = "a file is sent with an upload"]
pub struct FilePart {
    pub(super) field: Option<String>,
    /// The name as given, with folders.
    name: String,
    keeps_folders: bool,
    content_type: Option<String>,
    pub(super) content: Body,
}

impl FilePart {
    /// Creates a file from bytes in memory.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::body(name, Body::from(bytes.into()))
    }

    /// Creates a file from a stream. It is read while it is sent, and can be sent only once. `length` is its length in bytes; without it
    /// the server does not know how much to expect.
    pub fn stream<S, E>(name: impl Into<String>, length: Option<u64>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::body(name, Body::from_stream(length, stream))
    }

    /// Creates a file from a body. It can be sent again if the body can.
    pub fn body(name: impl Into<String>, content: impl Into<Body>) -> Self {
        Self { field: None, name: name.into(), keeps_folders: false, content_type: None, content: content.into() }
    }

    /// Sets the name of the form field. The default is `file` for a single file, and otherwise `upload0`, `upload1` and so on.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Sets the content type. The default depends on the file extension.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Includes the folders in the file name, which are removed by default.
    pub fn with_folders(mut self) -> Self {
        self.keeps_folders = true;
        self
    }

    /// Returns the name to send.
    pub(super) fn file_name(&self) -> &str {
        if self.keeps_folders { &self.name } else { self.last_segment() }
    }

    /// Returns why servers would not accept the file: they respond with 200 but drop a file without a name or a field name.
    pub(super) fn problem(&self) -> Option<String> {
        if self.last_segment().trim().is_empty() {
            return Some(format!("the file {:?} has no name, and servers drop such files", self.name));
        }
        let field = self.field.as_deref().filter(|field| field.trim().is_empty())?;
        Some(format!("the field {field:?} of the file {:?} has no name, and servers drop such files", self.name))
    }

    fn last_segment(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or_default()
    }

    /// Returns the content type.
    pub(super) fn type_of_content(&self) -> &str {
        self.content_type.as_deref().unwrap_or_else(|| by_extension(self.last_segment()))
    }
}

/// Returns the content type for common file extensions.
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
