//! `multipart/form-data` as ServiceStack reads it (RFC 7578).

use std::collections::VecDeque;
use std::sync::Arc;

use bytes::{Bytes, BytesMut};

use super::part::{Content, FilePart};
use crate::chance::chance;
use crate::transport::{BodyStream, BoxFuture, Chunks, TransportError};

/// Up to which size a form that is in memory is sent in one piece.
const ONE_PIECE: usize = 256 * 1024;

/// Hears how many bytes were handed over, and of how many.
pub(super) type Progress = Arc<dyn Fn(u64, Option<u64>) + Send + Sync>;

/// A form that is ready to be sent.
pub(super) struct Form {
    boundary: String,
    segments: Vec<Content>,
}

/// The body of a form.
pub(super) enum FormBody {
    Whole(Bytes),
    Stream(BodyStream),
}

impl Form {
    /// A form of some fields and files.
    pub(super) fn new(fields: &[(String, String)], files: Vec<FilePart>) -> Self {
        let boundary = boundary();
        let mut text = String::new();
        for (name, value) in fields {
            let name = safe(name);
            text.extend([
                "--",
                &boundary,
                "\r\nContent-Disposition: form-data; name=\"",
                &name,
                "\"\r\n\r\n",
                value,
                "\r\n",
            ]);
        }
        let mut segments = Vec::new();
        let is_only = files.len() == 1;
        for (index, file) in files.into_iter().enumerate() {
            let field = match &file.field {
                Some(field) => safe(field),
                None if is_only => "file".to_owned(),
                None => format!("upload{index}"),
            };
            let (name, content_type) = (safe(&file.name), safe(file.type_of_content()));
            text.extend([
                "--",
                &boundary,
                "\r\nContent-Disposition: form-data; name=\"",
                &field,
                "\"; filename=\"",
                &name,
            ]);
            text.extend(["\"\r\nContent-Type: ", &content_type, "\r\n\r\n"]);
            segments.push(Content::Whole(Bytes::from(std::mem::take(&mut text))));
            segments.push(file.content);
            text.push_str("\r\n");
        }
        text.extend(["--", &boundary, "--\r\n"]);
        segments.push(Content::Whole(Bytes::from(text)));
        Self { boundary, segments }
    }

    pub(super) fn content_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// How many bytes it has, where that is known.
    fn length(&self) -> Option<u64> {
        self.segments.iter().map(Content::length).sum()
    }

    pub(super) fn into_body(self, progress: Option<Progress>) -> FormBody {
        let length = self.length();
        let is_whole = self.segments.iter().all(|segment| matches!(segment, Content::Whole(_)));
        if is_whole && progress.is_none() && length.is_some_and(|length| length <= ONE_PIECE as u64) {
            let mut all = BytesMut::new();
            for segment in &self.segments {
                if let Content::Whole(bytes) = segment {
                    all.extend_from_slice(bytes);
                }
            }
            return FormBody::Whole(all.freeze());
        }
        let once =
            self.segments.iter().any(|segment| matches!(segment, Content::Stream(stream) if !stream.is_repeatable()));
        let segments = self.segments;
        let open = move || Parts {
            waiting: segments.iter().cloned().collect(),
            open: None,
            sent: 0,
            length,
            progress: progress.clone(),
        };
        FormBody::Stream(if once {
            BodyStream::once(length, open())
        } else {
            BodyStream::new(length, move || Box::new(open()))
        })
    }
}

impl Content {
    fn length(&self) -> Option<u64> {
        match self {
            Self::Whole(bytes) => Some(bytes.len() as u64),
            Self::Stream(stream) => stream.length(),
        }
    }
}

/// The pieces of a form.
struct Parts {
    waiting: VecDeque<Content>,
    open: Option<Box<dyn Chunks>>,
    sent: u64,
    length: Option<u64>,
    progress: Option<Progress>,
}

impl Parts {
    async fn piece(&mut self) -> Result<Option<Bytes>, TransportError> {
        loop {
            if let Some(open) = &mut self.open {
                match open.next().await? {
                    Some(piece) => return Ok(Some(piece)),
                    None => self.open = None,
                }
            }
            match self.waiting.pop_front() {
                Some(Content::Whole(bytes)) if bytes.is_empty() => {}
                Some(Content::Whole(bytes)) => return Ok(Some(bytes)),
                Some(Content::Stream(stream)) => self.open = Some(stream.open()),
                None => return Ok(None),
            }
        }
    }
}

impl Chunks for Parts {
    fn next(&mut self) -> BoxFuture<'_, Result<Option<Bytes>, TransportError>> {
        Box::pin(async move {
            let piece = self.piece().await?;
            if let (Some(piece), Some(progress)) = (&piece, &self.progress) {
                self.sent += piece.len() as u64;
                progress(self.sent, self.length);
            }
            Ok(piece)
        })
    }
}

/// A boundary that no file holds but by intent: it is made of chance.
fn boundary() -> String {
    format!("evo{:016x}{:016x}", chance(), chance())
}

/// A name in quotes: servers decode neither `\"` nor `%22`, and a line end would be the end of the header.
fn safe(name: &str) -> String {
    name.chars().map(|c| if c == '"' || c.is_control() { '_' } else { c }).collect()
}
