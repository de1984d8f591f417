//! The files of an upload.

use bytes::Bytes;
use futures_core::Stream;

use crate::transport::Body;

/// A file of an upload: its name, its content type and its content.
#[derive(Debug, Clone)]
#[must_use = "a file is sent with an upload"]
pub struct FilePart {
    pub(super) field: Option<String>,
    /// As it was given, with folders.
    name: String,
    keeps_folders: bool,
    content_type: Option<String>,
    pub(super) content: Body,
}

impl FilePart {
    /// A file in memory.
    pub fn bytes(name: impl Into<String>, bytes: impl Into<Bytes>) -> Self {
        Self::body(name, Body::from(bytes.into()))
    }

    /// A file that is read from a stream while it is sent. It can be sent once. `length` is its length in bytes; without one the server does not
    /// learn how much is to come.
    pub fn stream<S, E>(name: impl Into<String>, length: Option<u64>, stream: S) -> Self
    where
        S: Stream<Item = Result<Bytes, E>> + Send + 'static,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::body(name, Body::from_stream(length, stream))
    }

    /// A file from a body, which can be sent again if the body can.
    pub fn body(name: impl Into<String>, content: impl Into<Body>) -> Self {
        Self { field: None, name: name.into(), keeps_folders: false, content_type: None, content: content.into() }
    }

    /// The name of its field. The default is `file` for a single file, else `upload0`, `upload1` and so on.
    pub fn field(mut self, field: impl Into<String>) -> Self {
        self.field = Some(field.into());
        self
    }

    /// Its content type. The default depends on the extension of its name.
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Sends the folders of its name too, which are removed by default.
    pub fn with_folders(mut self) -> Self {
        self.keeps_folders = true;
        self
    }

    /// The name that is sent.
    pub(super) fn file_name(&self) -> &str {
        if self.keeps_folders { &self.name } else { self.last_segment() }
    }

    /// Why servers would not accept it: they drop a file without a name, and one without a field, and reply with 200.
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

    /// Its content type.
    pub(super) fn type_of_content(&self) -> &str {
        self.content_type.as_deref().unwrap_or_else(|| by_extension(self.last_segment()))
    }
}

/// The content types of common files.
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
