//! Parsing the event stream format of the HTML standard into frames.

use std::time::Duration;

use bytes::{Buf, BytesMut};

/// One frame of an event stream.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Frame {
    /// The last id received. `ServiceStack` counts from 1 in each connection.
    pub id: String,
    /// The field `event`, which `ServiceStack` does not use. Empty if absent.
    pub event: String,
    /// The fields `data`, joined by line feeds.
    pub data: String,
}

/// The error for a frame that exceeds the limit of the reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FrameTooLong {
    /// The limit, in bytes.
    pub limit: usize,
}

impl std::fmt::Display for FrameTooLong {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "a frame of the event stream has more than {} bytes", self.limit)
    }
}

impl std::error::Error for FrameTooLong {}

/// Reads frames from bytes that arrive in chunks of any size.
///
/// Lines end in LF, CRLF or CR. A byte order mark, comments and unknown fields are skipped. A frame that is not terminated by an empty line
/// is dropped. <https://html.spec.whatwg.org/multipage/server-sent-events.html#parsing-an-event-stream>
///
/// ```
/// use evo_runtime::events::FrameReader;
///
/// let mut frames = FrameReader::new(1024);
/// frames.feed(b"id: 1\ndata: home@cmd.announce \"hi\"\n");
/// assert_eq!(frames.next_frame()?, None);
/// frames.feed(b"\n");
/// assert_eq!(frames.next_frame()?.unwrap().data, r#"home@cmd.announce "hi""#);
/// # Ok::<(), evo_runtime::events::FrameTooLong>(())
/// ```
#[derive(Debug)]
pub struct FrameReader {
    limit: usize,
    /// The bytes that have arrived and have not been read yet.
    buffer: BytesMut,
    /// The length of the part of the buffer that is known to contain no line end.
    scanned: usize,
    /// Whether the last line ended in CR, so that an LF that follows belongs to it.
    after_cr: bool,
    /// Whether the first line, which may have a byte order mark, has been read.
    started: bool,
    frame: Frame,
    /// Whether there was a field `data`, even if it was empty.
    has_data: bool,
    retry: Option<Duration>,
}

impl FrameReader {
    /// Creates a reader for frames of at most `limit` bytes.
    #[must_use]
    pub fn new(limit: usize) -> Self {
        Self {
            limit,
            buffer: BytesMut::new(),
            scanned: 0,
            after_cr: false,
            started: false,
            frame: Frame::default(),
            has_data: false,
            retry: None,
        }
    }

    /// Adds the next bytes of the stream.
    pub fn feed(&mut self, chunk: &[u8]) {
        self.buffer.extend_from_slice(chunk);
    }

    /// Returns the next frame, or `None` if more bytes are needed.
    ///
    /// # Errors
    ///
    /// If a frame is larger than the limit. Later frames are then unreliable.
    pub fn next_frame(&mut self) -> Result<Option<Frame>, FrameTooLong> {
        while let Some(line) = self.line() {
            if let Some(frame) = self.take_line(&line) {
                return Ok(Some(frame));
            }
            self.check(0)?;
        }
        self.check(self.buffer.len())?;
        Ok(None)
    }

    /// Returns the pause before the next connection that the server requests (field `retry`).
    #[must_use]
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn check(&self, unread: usize) -> Result<(), FrameTooLong> {
        let held = self.frame.id.len() + self.frame.event.len() + self.frame.data.len() + unread;
        if held > self.limit { Err(FrameTooLong { limit: self.limit }) } else { Ok(()) }
    }

    /// Returns the next complete line, without its line end.
    fn line(&mut self) -> Option<BytesMut> {
        if self.after_cr && !self.buffer.is_empty() {
            self.after_cr = false;
            if self.buffer.first() == Some(&b'\n') {
                self.buffer.advance(1);
            }
        }
        let unscanned = self.buffer.get(self.scanned..).unwrap_or_default();
        let Some(found) = unscanned.iter().position(|byte| matches!(byte, b'\n' | b'\r')) else {
            self.scanned = self.buffer.len();
            return None;
        };
        let line = self.buffer.split_to(self.scanned + found);
        self.scanned = 0;
        self.after_cr = self.buffer.first() == Some(&b'\r');
        self.buffer.advance(1);
        Some(line)
    }

    /// Processes a line. Returns a frame if the line terminates one.
    fn take_line(&mut self, line: &[u8]) -> Option<Frame> {
        let line = match line.strip_prefix("\u{feff}".as_bytes()) {
            Some(rest) if !self.started => rest,
            _ => line,
        };
        self.started = true;
        if line.is_empty() {
            return self.end_frame();
        }
        let (name, value) = match line.iter().position(|byte| *byte == b':') {
            Some(colon) => line.split_at(colon),
            None => (line, &[][..]),
        };
        let value = value.strip_prefix(b":").unwrap_or(value);
        let value = String::from_utf8_lossy(value.strip_prefix(b" ").unwrap_or(value));
        match name {
            b"data" => {
                if self.has_data {
                    self.frame.data.push('\n');
                }
                self.has_data = true;
                self.frame.data.push_str(&value);
            }
            b"id" if !value.contains('\0') => self.frame.id = value.into_owned(),
            b"event" => self.frame.event = value.into_owned(),
            b"retry" if !value.is_empty() && value.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.retry = value.parse().ok().map(Duration::from_millis);
            }
            _ => {}
        }
        None
    }

    fn end_frame(&mut self) -> Option<Frame> {
        let has_data = std::mem::take(&mut self.has_data);
        let event = std::mem::take(&mut self.frame.event);
        let data = std::mem::take(&mut self.frame.data);
        has_data.then(|| Frame { id: self.frame.id.clone(), event, data })
    }
}
