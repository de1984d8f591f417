//! `multipart/form-data` as ServiceStack reads it (RFC 7578).

use std::sync::Arc;

use futures_util::{StreamExt as _, stream};

use super::FilePart;
use crate::random::random;
use crate::request::ShownPart;
use crate::transport::{Body, ByteStream};

/// The maximum size of an in-memory form that is sent in one piece.
const MAX_WHOLE: u64 = 256 * 1024;

/// Receives the number of bytes sent so far, and the total if it is known.
pub(super) type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// A form that is ready to be sent.
pub(super) struct Form {
    boundary: String,
    segments: Vec<Body>,
    /// The files, for display.
    pub(super) shown_files: Vec<ShownPart>,
}

impl Form {
    /// Creates a form from fields and files.
    pub(super) fn new(fields: &[(String, String)], files: Vec<FilePart>) -> Self {
        // Random, so that no file contains it by accident.
        let boundary = format!("evo{:016x}{:016x}", random(), random());
        let disposition =
            |name: &str| format!("--{boundary}\r\nContent-Disposition: form-data; name=\"{}\"", safe(name));
        let mut text = String::new();
        for (name, value) in fields {
            text.extend([&disposition(name), "\r\n\r\n", value, "\r\n"]);
        }
        let (mut segments, mut shown_files) = (Vec::new(), Vec::new());
        let is_only = files.len() == 1;
        for (index, file) in files.into_iter().enumerate() {
            let field = match &file.field {
                Some(field) => safe(field),
                None if is_only => "file".to_owned(),
                None => format!("upload{index}"),
            };
            let (name, content_type) = (safe(file.file_name()), safe(file.type_of_content()));
            let disposition = disposition(&field);
            text.extend([&disposition, "; filename=\"", &name, "\"\r\nContent-Type: ", &content_type, "\r\n\r\n"]);
            segments.push(Body::from(std::mem::take(&mut text)));
            let length = file.content.length();
            shown_files.push(ShownPart::File { name: field, file_name: name, content_type, length });
            segments.push(file.content);
            text.push_str("\r\n");
        }
        text.extend(["--", &boundary, "--\r\n"]);
        segments.push(Body::from(text));
        Self { boundary, segments, shown_files }
    }

    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    pub(super) fn into_body(self, progress: Option<Progress>) -> Body {
        let length: Option<u64> = self.segments.iter().map(Body::length).sum();
        let whole: Option<Vec<&[u8]>> = self.segments.iter().map(Body::as_bytes).collect();
        if let Some(whole) = whole.filter(|_| progress.is_none() && length.is_some_and(|length| length <= MAX_WHOLE)) {
            return Body::from(whole.concat());
        }
        let is_replayable = self.segments.iter().all(Body::is_replayable);
        let segments = self.segments;
        let open = move || with_progress(segments.clone(), length, progress.clone());
        if is_replayable { Body::replayable(length, open) } else { Body::from_stream(length, open()) }
    }
}

/// Returns the bytes of the segments, one after another, reporting progress.
fn with_progress(segments: Vec<Body>, length: Option<u64>, progress: Option<Progress>) -> ByteStream {
    let mut sent = 0;
    let chunks = stream::iter(segments).flat_map(Body::into_stream).inspect(move |chunk| {
        if let (Ok(chunk), Some(progress)) = (chunk, &progress) {
            sent += chunk.len() as u64;
            progress(sent, length);
        }
    });
    chunks.boxed()
}

/// Replaces the characters that cannot be quoted: servers decode neither `\"` nor `%22`, and a line end would end the header.
fn safe(name: &str) -> String {
    name.chars().map(|c| if c == '"' || c.is_control() { '_' } else { c }).collect()
}
